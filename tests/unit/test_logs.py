"""The log tells what happened and how long it took; of people it tells nothing."""

import io
import json
import logging
import sys

import pytest
from small_instance import AS_OF, make_instance, write_extract

from pipelines.recorded import build_recorded
from tilannehuone import logs
from tilannehuone.errors import BuildBroke, PublishRefused, RegistryError
from tilannehuone.last_build import FILE, LastBuild, read_last_build

MARKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"
LOG = logging.getLogger("tilannehuone.trial")
JSON = {logs.FORM: "json", logs.LEVEL: "debug"}


def code_of(day, number):
    """Return an identity code that nobody has, with its check character computed."""
    return f"{day}-{number}{MARKS[int(day + number) % 31]}"


PLANTED = [code_of("150299", "901"), code_of("280298", "902"), "Zyxtönen", "Qvarztsson"]


@pytest.fixture(autouse=True)
def left_as_it_was():
    loggers = [logging.getLogger(), logging.getLogger(logs.NAME)]
    before = [(one, list(one.handlers), one.level) for one in loggers]
    yield
    for one, handlers, level in before:
        one.handlers, one.level = handlers, level


@pytest.fixture
def written(monkeypatch):
    """Return a function that begins a log and gives what is written to it from then on."""

    def begun(**environ):
        errors = io.StringIO()
        monkeypatch.setattr(sys, "stderr", errors)
        logs.set_up(environ or JSON)
        return errors

    return begun


def lines_of(errors):
    return [json.loads(one) for one in errors.getvalue().splitlines()]


def silent(*_told, **_more):
    """Take progress and say nothing."""


def test_builds_of_broken_extracts_log_every_step_and_nobodys_code_or_name(tmp_path, written):
    folder = make_instance(tmp_path / "instance")
    code, second, name, other = PLANTED
    rows = [f"1.1.2024;{code};{name};Alala", f"x{second};p1;{other} {code};Suvela"]
    write_extract(folder, "visits.csv", ["Päivä;Asiakas;Palvelu;Kunta", *rows])
    people = folder / "data/extracts/people.csv"
    whole = people.read_text(encoding="cp1252").splitlines()
    write_extract(folder, "people.csv", [*whole, f"2024;{name} {other};12", f"2024;Alala;{name}"])
    errors = written()

    with pytest.raises(PublishRefused):
        build_recorded(folder, AS_OF, silent)
    refused = read_last_build(folder)
    write_extract(folder, "people.csv", whole)
    build_recorded(folder, AS_OF, silent)

    told, last = lines_of(errors), read_last_build(folder)
    ends = ["build_began", "build_refused", "build_began", "build_published"]
    assert [one["event"] for one in told if one["event"] != "build_step"] == ends
    steps = [one["step"] for one in told if one["event"] == "build_step"]
    assert steps[-6:] == ["load", "validate", "aggregate", "protect", "analyse", "publish"]
    assert (refused.outcome, refused.release_id) == ("refused", None)
    assert refused.faults == ("check_failed", "extract_refused", "nothing_to_publish")
    assert (last.outcome, last.release_id) == ("published", told[-1]["release"])
    assert "extract_refused" in last.faults
    assert last.faults == tuple(told[-1]["faults"])
    assert last.rows == told[-1]["rows"] == 100
    left = [errors.getvalue(), repr(refused), (folder / FILE).read_text(encoding="utf-8")]
    assert not [one for one in PLANTED for text in left if one in text]
    assert "\\u" not in errors.getvalue()  # a name would not stand there in another spelling


def test_an_error_nobody_foresaw_is_told_by_its_kind_and_place_alone(tmp_path, written):
    folder = make_instance(tmp_path / "instance")
    errors = written()

    def broken(*_told, **_more):
        raise ValueError(f"cannot convert {PLANTED[0]}")

    with pytest.raises(BuildBroke) as broke:
        build_recorded(folder, AS_OF, broken)

    (fault,) = broke.value.faults
    assert (fault.key, fault.values["problem"]) == ("build_broke", "ValueError")
    assert "test_logs.py" in fault.values["place"]
    assert [one["event"] for one in lines_of(errors)][1:] == ["build_broke", "build_failed"]
    assert PLANTED[0] not in errors.getvalue()
    assert read_last_build(folder).faults == ("ValueError",)


def test_a_refused_build_leaves_the_keys_of_its_faults_and_a_wrong_path_nothing(tmp_path, written):
    folder = make_instance(tmp_path / "instance")
    (folder / "data/sources.yaml").write_text("sources: [1]\n", encoding="utf-8")
    errors = written()
    for one in (folder, tmp_path / "nowhere"):
        with pytest.raises(RegistryError):
            build_recorded(one, AS_OF, silent)

    refused = lines_of(errors)[1]
    assert (refused["event"], refused["level"]) == ("build_refused", "error")
    assert read_last_build(folder).outcome == "refused"
    assert not (tmp_path / "nowhere").exists()


def test_what_a_build_left_is_read_back_and_half_a_file_is_none(tmp_path):
    assert read_last_build(tmp_path) is None
    (tmp_path / FILE).parent.mkdir(parents=True)
    for broken in ("", "{", "[]", '{"ended_at": "yesterday", "faults": []}', '{"outcome": 1}'):
        (tmp_path / FILE).write_text(broken, encoding="utf-8")
        assert read_last_build(tmp_path) is None
    told = '{"outcome": "published", "ended_at": "2026-01-02T03:04:05+00:00", "seconds": 2.0, '
    (tmp_path / FILE).write_text(told + '"faults": ["a"], "rows": 500}', encoding="utf-8")
    last = read_last_build(tmp_path)
    assert isinstance(last, LastBuild)
    assert (last.faults, last.rows_per_second) == (("a",), 250.0)


def test_an_event_tells_nothing_that_is_not_known_to_be_harmless():
    with pytest.raises(ValueError, match="email, text"):
        logs.event(LOG, "written", text="what somebody wrote", email="somebody@example.org")


def test_a_librarys_line_has_neither_its_words_nor_those_of_its_error(written):
    library = logging.getLogger("a_library")
    library.propagate, console = True, logging.StreamHandler(sys.stderr)
    library.addHandler(console)
    errors = written()
    console.setStream(errors)
    logs.set_up(JSON)
    try:
        raise KeyError(PLANTED[2])
    except KeyError:
        library.exception("could not read %s", PLANTED[0])
    library.removeHandler(console)

    for told in lines_of(errors):
        assert (told["event"], told["exception"]) == ("library", "KeyError")
        assert told["at"][0].startswith("test_logs.py:")
    assert not [one for one in PLANTED if one in errors.getvalue()]


def test_text_is_one_line_an_event_from_the_level_that_is_asked_for(written):
    errors = written(**{logs.LEVEL: "INFO"})
    logs.event(LOG, "done", seconds=1.5, faults=("a", "b"))
    logs.event(LOG, "detail", logging.DEBUG)
    LOG.warning("two\nlines")

    first, second = errors.getvalue().splitlines()
    assert first.partition(" ")[2] == "info tilannehuone.trial done seconds=1.5 faults=a,b"
    assert second.endswith("message message=two lines")


def test_a_setting_nobody_knows_is_told_and_counts_as_none(written):
    errors = written(**{logs.FORM: "xml", logs.LEVEL: "loud"})

    told = [one.partition(" ")[2] for one in errors.getvalue().splitlines()]
    assert told == [
        f"warning tilannehuone setting_unknown setting={one}" for one in (logs.FORM, logs.LEVEL)
    ]
