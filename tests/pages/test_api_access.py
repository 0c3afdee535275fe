"""The interface for other programs under access rules: nobody is told of an area beyond theirs."""

import os
import re
import shutil

import pytest
from asked_api import KEY, SINGLE, TABLES, asked, client, opened_releases, with_older
from locked import ABOVE, EVERYTHING, FOREIGN, OWN, PAIR, cookie_of, lock
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from tilannehuone.access import RIGHTS

SEEN = {OWN, *ABOVE}
FORMS = {path: ["json", "csv", "parquet"] for path in TABLES} | {"/cells": ["json-stat"]}
FORMS["/cells"] += ["json", "csv", "parquet"]
MINE = KEY | {"area": OWN}


@pytest.fixture(scope="module", autouse=True)
def locked(instance, tmp_path_factory):
    """Return the id of the older of two releases of an instance with a login."""
    folder = tmp_path_factory.mktemp("api") / "locked"
    older = with_older(instance, folder)
    lock(folder)
    files = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(folder / ".streamlit" / "secrets.toml")])
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TILANNEHUONE_INSTANCE", str(folder))
        with opened_releases(folder):
            yield older
    config.set_option("secrets.files", files)
    secrets_singleton._reset()


def as_somebody(name):
    return client(cookie_of(name))


def query_of(path):
    return MINE if path == "/series" else TABLES.get(path, {})


def tells_of_others(answer):
    """Return the foreign areas that an answer's bytes tell of, by code or name."""
    # an event that concerns all areas is named after two of them
    told = answer.content.replace(b"Kaakkurissa ja Tuirassa", b"")
    names = [*FOREIGN.values(), "tuira", "kiiminki_jaali", "kaakkuri", '"072"', ",072,"]
    return [one for one in names if one.encode() in told]


@pytest.mark.parametrize("path", [*sorted(TABLES), *SINGLE, "/none", "/cells/", "/%0A"])
def test_nothing_below_the_interface_answers_who_has_not_logged_in(path):
    for method in ("GET", "HEAD", "POST"):
        stranger = client().request(method, f"/api/v1{path}")
        nobody = as_somebody("unknown").request(method, f"/api/v1{path}")

        assert (stranger.status_code, nobody.status_code) == (401, 403), method
    problem = client().get(f"/api/v1{path}?lang=en")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == 401


@pytest.mark.parametrize("path", sorted(TABLES))
def test_a_reader_of_one_area_is_told_of_no_other_in_any_form_or_vintage(path, locked):
    who = as_somebody("viewer")
    vintages = ({"release": locked}, {}) if path != "/revisions" else ({},)
    for form in FORMS[path]:
        for vintage in vintages:
            answer = asked(path, who, **query_of(path), **vintage, format=form)

            assert answer.status_code == 200, answer.text[:300]
            assert not tells_of_others(answer), (form, vintage)


@pytest.mark.parametrize("path", SINGLE)
def test_what_is_told_of_the_release_names_no_foreign_area(path):
    assert not tells_of_others(asked(path, as_somebody("viewer")))


def test_the_rows_are_of_ones_own_area_and_those_above_it():
    for path in ("/cells", "/areas", "/findings", "/comparisons", "/forecasts", "/revisions"):
        rows = asked(path, as_somebody("viewer"), **query_of(path)).json()["rows"]
        every = asked(path, as_somebody(EVERYTHING), **query_of(path)).json()["rows"]

        assert {one["area_code"] for one in rows} <= SEEN
        assert {one["area_code"] for one in every} > {"tuira"}
        assert [one for one in every if one["area_code"] in SEEN] == rows


@pytest.mark.parametrize("role", sorted(RIGHTS))
@pytest.mark.parametrize("area", [*FOREIGN, "nowhere", "564"])
def test_an_area_that_one_may_not_open_is_refused_to_every_role(role, area, locked):
    for path in ("/cells", "/series", "/findings", "/forecasts", "/comparisons", "/revisions"):
        query = query_of(path) | {"area": area}
        answer = asked(path, as_somebody(role), **query, release=locked)

        assert (answer.status_code, answer.json()["status"]) == (403, 403), path
        assert not [one for one in FOREIGN.values() if one in answer.text]


def test_one_foreign_area_among_ones_own_refuses_the_whole():
    assert asked("/cells", as_somebody("viewer"), area=[OWN, "tuira"]).status_code == 403
    assert asked("/cells", as_somebody(PAIR), area=[OWN, "kiiminki_jaali"]).status_code == 200


def test_tags_of_readers_of_other_areas_differ():
    tags = {
        asked("/cells", as_somebody(one)).headers["etag"] for one in ("viewer", PAIR, EVERYTHING)
    }
    mine = asked("/cells", as_somebody("viewer")).headers["etag"]

    assert len(tags) == 3
    foreign = {"if-none-match": mine}
    assert asked("/cells", as_somebody(EVERYTHING), headers=foreign).status_code == 200
    assert asked("/cells", as_somebody("chair"), headers=foreign).status_code == 304
    assert asked("/cells", headers=foreign).status_code == 401


def test_who_has_no_area_of_a_release_is_refused_it(tmp_path, monkeypatch):

    folder = tmp_path / "elsewhere"
    shutil.copytree(os.environ["TILANNEHUONE_INSTANCE"], folder)
    rules = folder / "data" / "access.yaml"
    rules.write_text(re.sub(rf"areas: {OWN}\}}", "areas: pirha}", rules.read_text()))
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(folder))

    for path in ("/cells", "/release", "/indicators/cp_notifications_rate", "/revisions"):
        assert asked(path, as_somebody("viewer")).status_code == 403
