"""The interface for other programs as a server: tags, forms, refusals, and its own description."""

import duckdb
import pytest
from asked_api import KEY, SINGLE, TABLES, asked, client, opened_releases, with_older

from tilannehuone import store
from tilannehuone.web.api_described import REFUSALS


@pytest.fixture(scope="module", autouse=True)
def vintaged(instance, tmp_path_factory):
    """Serve a folder with two releases; give it, and the id of the older one."""
    folder = tmp_path_factory.mktemp("vintaged") / "instance"
    older = with_older(instance, folder)
    with pytest.MonkeyPatch.context() as patched, opened_releases(folder):
        patched.setenv("TILANNEHUONE_INSTANCE", str(folder))
        yield folder, older


def test_a_program_that_has_an_answer_is_spared_it():
    first = asked("/cells", **KEY)
    tag = first.headers["etag"]
    again = asked("/cells", headers={"if-none-match": f'"other", W/{tag}'}, **KEY)

    assert tag.startswith('"')
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["cache-control"] == "private, max-age=0, must-revalidate"
    assert again.headers["vary"] == "Accept, Cookie"
    assert asked("/cells", headers={"if-none-match": "*"}, **KEY).status_code == 304
    assert asked("/cells", headers={"if-none-match": "*"}, indicator="none").status_code == 404


def test_every_form_language_and_release_has_a_tag_of_its_own(vintaged):
    ways = ({}, {"format": "csv"}, {"lang": "sv"}, {"release": vintaged[1]}, {"limit": "1"})
    tags = [asked("/cells", **KEY, **one).headers["etag"] for one in ways]
    by_header = asked("/cells", headers={"accept": "text/csv"}, **KEY).headers["etag"]

    assert len({*tags, by_header}) == 6


@pytest.mark.parametrize("path", [*sorted(TABLES), *SINGLE])
def test_head_is_get_without_the_body_and_nothing_else_is_answered(path):
    query = TABLES.get(path, {})
    full = asked(path, **query)
    head = client().request("HEAD", f"/api/v1{path}", params=query)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == full.headers
    assert full.headers["x-content-type-options"] == "nosniff"
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        refused = client().request(method, f"/api/v1{path}", params=query)
        assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("accept", "told"),
    [
        ("*/*", "application/json"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/json;q=0.2, text/*;q=0.9", "text/csv; charset=utf-8"),
        ("application/vnd.apache.parquet", "application/vnd.apache.parquet"),
        ("application/vnd.json-stat+json", "application/vnd.json-stat+json"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"),
        ("*/*, application/json;q=0", "text/csv; charset=utf-8"),
    ],
)
def test_the_form_is_the_one_that_is_most_welcome(accept, told):
    answer = asked("/cells", headers={"accept": accept}, **KEY)

    assert answer.headers["content-type"] == told


@pytest.mark.parametrize(
    ("path", "query", "status", "key"),
    [
        ("/cells", {"indicator": "none"}, 404, "unknown_indicator"),
        ("/cells", {"area": "none"}, 404, "unknown_area"),
        ("/cells", KEY | {"category": "none", "format": "json-stat"}, 404, "no_cells"),
        ("/cells", {"release": "20000101T000000Z"}, 404, "unknown_release"),
        ("/cells", {"known_at": "2000-01-01"}, 404, "unknown_release"),
        ("/cells", {"indicators": "x"}, 422, "parameter_unknown"),
        ("/cells", {"from": "2025-02-30"}, 422, "not_understood"),
        ("/cells", {"from": "1735689600"}, 422, "not_understood"),
        ("/cells", {"release": "../../x"}, 422, "not_understood"),
        ("/areas", {"format": "json-stat"}, 422, "not_understood"),
        ("/series", {}, 422, "not_understood"),
        ("/series", KEY | {"breakdown": "none"}, 404, "unknown_series"),
        ("/indicators/none", {}, 404, "unknown_indicator"),
        ("/none", {}, 404, "unknown_path"),
        ("/", {}, 404, "unknown_path"),
        ("/docs", {}, 404, "unknown_path"),
    ],
)
def test_a_refusal_is_a_problem_in_the_readers_language(path, query, status, key):
    for lang in ("fi", "sv", "en"):
        answer = asked(path, **query, lang=lang)
        told = answer.json()

        assert (answer.status_code, told["status"]) == (status, status), told
        assert told["type"] == f"urn:tilannehuone:problem:{key}"
        assert answer.headers["content-type"] == "application/problem+json"
        assert told["title"] != "" != told["detail"]


def test_hostile_values_are_refused_and_not_repeated():
    values = ["\0" * 300, "9" * 5000, "-1", "1e9", "'; drop table cells; --", "\N{TROPICAL FISH}\0"]
    for name in ("limit", "offset", "from", "known_at", "release", "area", "indicator", "lang"):
        for value in values:
            answer = asked("/cells", **{name: value})

            assert answer.status_code in (404, 422), (name, value)
            assert value not in answer.json()["detail"].replace("\n", " ")


def test_a_form_that_there_is_not_is_refused_by_header_too():
    assert asked("/cells", headers={"accept": "image/png"}).status_code == 406
    assert asked("/release", headers={"accept": "text/csv"}).status_code == 406


def test_without_a_release_every_address_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(tmp_path))
    for path in (*TABLES, "/release", "/indicators/x"):
        answer = asked(path, **TABLES.get(path, {}))

        assert (answer.status_code, answer.json()["status"]) == (503, 503), path


def test_a_release_made_before_tables_were_added_is_told_as_well(vintaged, tmp_path, monkeypatch):
    folder = tmp_path / "old"
    older = with_older(vintaged[0], folder)
    with duckdb.connect(str(folder / "data" / "releases" / f"{older}.duckdb")) as release:
        for name in store.LATER_TABLES:
            release.execute(f"drop table {name}")
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(folder))

    for path in TABLES:
        assert asked(path, **TABLES[path], release=older).status_code in (200, 404), path


def test_the_description_tells_every_address_form_and_refusal():
    described = asked("/openapi.json").json()

    assert {*TABLES, "/release", "/indicators/{indicator}"} == set(described["paths"])
    assert described["servers"] == [{"url": "/api/v1"}]
    for path, ways in described["paths"].items():
        assert set(ways["get"]["responses"]) == {"200", *map(str, REFUSALS)}, path
        forms = len(ways["get"]["responses"]["200"]["content"])
        assert forms == (4 if path == "/cells" else 3 if path in TABLES else 1)
