"""`/metrics`: well formed, about releases and processes, and for the operator alone."""

import asyncio
import re
from datetime import UTC, datetime

import pytest
from starlette.requests import Request

from tilannehuone.last_build import LastBuild, write_last_build
from tilannehuone.web import metrics
from tilannehuone.web.measured import measured
from tilannehuone.web.metrics_text import gauge, written
from tilannehuone.web.page_runs import Runs, timed

LINE = re.compile(r'[a-z_]+(\{[a-z_]+="[^"\n]*"(,[a-z_]+="[^"\n]*")*\})? (-?[0-9.e+-]+|\+Inf)')
HERE = {"host": "127.0.0.1:8501"}


def scope(path="/metrics", client="127.0.0.1", **headers):
    told = [(name.replace("_", "-").encode(), one.encode()) for name, one in headers.items()]
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": told,
        "client": (client, 1) if client else None,
    }


def asked(**told):
    return metrics.metrics(Request(scope(**{**HERE, **told})))


@pytest.fixture(autouse=True)
def served(instance, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(instance))
    monkeypatch.delenv(metrics.TOKEN, raising=False)


def values(folder):
    text = written(measured(folder))
    return dict(one.rsplit(" ", 1) for one in text.splitlines() if not one.startswith("#"))


def test_every_line_is_one_that_prometheus_reads_and_every_metric_is_explained_once():
    text = asked().body.decode()

    told = [one for one in text.splitlines() if not one.startswith("#")]
    assert [one for one in told if not LINE.fullmatch(one)] == []
    names = re.findall(r"^# HELP (\S+) .+\n# TYPE \1 (?:gauge|counter|histogram)$", text, re.M)
    assert len(names) == len(set(names)) == text.count("# HELP")
    begun = {re.split(r"[{ ]", one)[0].removesuffix("_bucket") for one in told}
    assert {re.sub("_(sum|count)$", "", one) for one in begun} == set(names)


def test_the_release_is_told_by_its_id_and_totals_and_nothing_of_any_area(instance):
    told = values(instance)

    (info,) = [one for one in told if one.startswith("tilannehuone_release_info")]
    assert 'release_id="20' in info
    assert 0 < float(told["tilannehuone_release_hidden_share"]) < 1
    assert float(told["tilannehuone_release_cells"]) > 1000
    text = "\n".join(told)
    assert "area" not in text
    assert "indicator" not in text


def test_late_sources_are_those_whose_measures_should_have_come(instance):
    long_after = datetime(2040, 1, 1, tzinfo=UTC)
    lines = written(measured(instance, long_after)).splitlines()

    sources = [one for one in lines if one.startswith("tilannehuone_source_late{")]
    late = [one for one in sources if one.endswith(" 1")]
    assert len(late) == len(sources) > 3
    assert f"tilannehuone_sources_late {len(late)}" in lines


def test_without_a_release_the_rest_is_told(tmp_path):
    told = values(tmp_path)

    assert told["tilannehuone_release_readable"] == "0"
    assert float(told["process_resident_memory_bytes"]) > 1e6
    assert not [one for one in told if "last_build" in one]


def test_the_last_builds_outcome_and_the_keys_of_its_faults_are_told(tmp_path):
    ended = datetime(2026, 1, 1, tzinfo=UTC)
    write_last_build(tmp_path, LastBuild("refused", ended, 4.5, ("audit_failed",)))
    told = values(tmp_path)

    assert told['tilannehuone_last_build{outcome="refused"}'] == "1"
    assert told['tilannehuone_last_build{outcome="published"}'] == "0"
    assert told['tilannehuone_last_build_fault{key="audit_failed"}'] == "1"
    assert float(told["tilannehuone_last_build_timestamp_seconds"]) == ended.timestamp()
    assert "tilannehuone_last_build_rows_per_second" not in told


def test_a_pages_runs_are_counted_into_growing_bins_however_they_end():
    runs = Runs()
    for seconds in (0.01, 0.2, 0.2, 99):
        runs.add("trend", seconds)
    with pytest.raises(KeyError), timed("", runs):
        raise KeyError

    told = dict(one.rsplit(" ", 1) for one in written([runs.metric()]).splitlines()[2:])
    name = "tilannehuone_page_run_seconds"
    bins = [told[f'{name}_bucket{{page="trend",le="{one}"}}'] for one in ("0.05", "0.2", "+Inf")]
    assert bins == ["1", "3", "4"]
    assert told[f'{name}_sum{{page="trend"}}'] == "99.41"
    assert told[f'{name}_count{{page="overview"}}'] == "1"


def test_a_label_cannot_end_its_line():
    assert written([gauge("a", "b", 1, of='x"\n\\y')]).splitlines()[2] == r'a{of="x\"\n\\y"} 1'


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({}, 200),
        ({"host": "localhost"}, 200),
        ({"client": "::1", "host": "[::1]:8501"}, 200),
        ({"client": "192.0.2.7"}, 403),
        ({"client": None}, 403),
        ({"host": "room.example.org"}, 403),
        ({"host": "localhost.example.org"}, 403),
        ({"x_forwarded_for": "127.0.0.1"}, 403),
        ({"forwarded": "for=127.0.0.1"}, 403),
        ({"via": "1.1 proxy"}, 403),
    ],
    ids=str,
)
def test_without_a_token_only_this_machine_may_ask_and_only_by_itself(told, status):
    assert asked(**told).status_code == status


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ("Bearer of all", 200),
        ("bearer of all", 200),
        ("", 403),
        ("Bearer", 403),
        ("Basic of all", 403),
    ]
    + [("Bearer of al", 403), ("Bearer öf all", 403)],
)
def test_with_a_token_it_opens_from_anywhere_and_nothing_else_does(monkeypatch, given, status):
    monkeypatch.setenv(metrics.TOKEN, "of all")

    assert asked(client="192.0.2.7", host="room", authorization=given).status_code == status
    assert asked().status_code == 403


@pytest.mark.parametrize(
    ("path", "client", "status"),
    [
        ("/_stcore/metrics", "192.0.2.7", 403),
        ("/base/_stcore/metrics/", "192.0.2.7", 403),
        ("/_stcore/metrics", "127.0.0.1", 200),
        ("/_stcore/health", "192.0.2.7", 200),
    ],
)
def test_streamlits_own_metrics_stand_behind_the_same_door(path, client, status):
    sent = []

    async def inner(_scope, _receive, send):
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message):
        sent.append(message)

    asyncio.run(metrics.Guarded(inner)(scope(path, client, **HERE), None, send))
    assert sent[0]["status"] == status
