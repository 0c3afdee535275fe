"""Nothing to show, something hidden, something missing, something late: each is said in words."""

import json
import shutil

import pytest
from opened import charts

from tilannehuone.release import POINTER
from tilannehuone.texts import LANGUAGES, catalogue

PAGES = (
    *("overview", "trend", "area", "map", "compare", "outlook"),
    *("research", "quality", "about"),
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_an_instance_without_a_release_says_what_to_do(page, lang, tmp_path, open_app, markup):
    shown = markup(open_app(page, folder=tmp_path, lang=lang))

    assert catalogue(lang)["frame.no_release_title"] in shown
    assert "tilannehuone build" in shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_damaged_release_is_not_guessed_at(lang, tmp_path, open_app, markup):
    releases = tmp_path / "data" / "releases"
    releases.mkdir(parents=True)
    (releases / "20260101T000000Z.duckdb").write_bytes(b"not a database")
    (releases / POINTER).write_text("20260101T000000Z.duckdb")

    shown = markup(open_app(folder=tmp_path, lang=lang))

    assert catalogue(lang)["frame.broken_release_title"] in shown


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", ["meeting", "observations", "cases", "pack", "trend", "quality"])
def test_an_unreachable_meeting_database_is_told_in_one_line(
    page, lang, instance, monkeypatch, open_app, markup
):
    monkeypatch.setenv("TILANNEHUONE_DATABASE", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    asked = {"id": "0" * 64} if page == "pack" else {}

    shown = markup(open_app(page, folder=instance, lang=lang, **asked))

    needs_it = page not in ("trend", "quality")
    assert (catalogue(lang)["frame.no_book_title"] in shown) == needs_it
    assert (catalogue(lang)["faults.book_unavailable"] in shown) == (page != "trend")


def test_a_pointer_to_nothing_is_told(tmp_path, open_app, markup):
    releases = tmp_path / "data" / "releases"
    releases.mkdir(parents=True)
    (releases / POINTER).write_text("20260101T000000Z.duckdb")

    assert "CURRENT" in markup(open_app(folder=tmp_path))


def test_a_new_release_is_shown_without_a_restart(instance, tmp_path, open_app, markup):
    shutil.copytree(instance, tmp_path / "copy")
    app = open_app("about", folder=tmp_path / "copy")
    releases = tmp_path / "copy" / "data" / "releases"
    newer = "20990101T000000Z.duckdb"
    shutil.copy(releases / (releases / POINTER).read_text().strip(), releases / newer)
    (releases / POINTER).write_text(newer)

    app.run()

    assert not app.exception
    assert "<h1>" in markup(app)


def test_an_old_release_says_how_old_it_is(altered, open_app, markup):
    folder = altered("update release set built_at = built_at - interval 60 day")

    assert "Julkaisu on 60 päivää vanha" in markup(open_app(folder=folder))


def test_a_hidden_series_gives_way_to_a_longer_period_and_says_so(open_app, markup, chart):
    key = {"area": "072", "indicator": "pilot_line_contacts_rate", "period": "month"}
    app = open_app("trend", **key)

    assert app.selectbox(key="pick.period").value == "half_year"
    assert chart(app)
    assert "Kuukausitasolla luvut ovat liian pieniä näytettäviksi, joten tässä on" in markup(app)


def test_a_small_area_opens_at_a_period_that_can_be_read(open_app):
    app = open_app("trend", area="072", indicator="pilot_line_contacts_rate")

    assert app.selectbox(key="pick.period").value == "half_year"


@pytest.mark.parametrize(
    ("area", "indicator", "period", "word"),
    [
        ("tuira", "pilot_line_contacts_rate", "month", "ei saatavilla"),
        ("yli_ii", "cp_open_care_share", "half_year", "peitetty"),
        ("kiiminki_jaali", "lp_discussions_rate", "quarter", "myöhässä"),
        ("kiiminki_jaali", "shl_family_work_rate", "quarter", "epäluotettava"),
    ],
)
def test_a_period_without_a_number_is_a_word_in_chart_table_and_note(
    area, indicator, period, word, open_app, markup, chart
):
    app = open_app("trend", area=area, indicator=indicator, period=period)
    figure, _ = chart(app)
    words = [one["text"] for one in json.loads(figure)["layout"]["annotations"]]

    assert word in words
    assert f'<span class="quiet">{word}</span>' in markup(app)
    assert f"Jaksoja, joilta lukua ei näytetä: {word}" in markup(app)


def test_no_mark_in_the_chart_stands_where_there_is_no_number(open_app, chart):
    app = open_app("trend", area="yli_ii", indicator="cp_open_care_share", period="half_year")
    figure = json.loads(chart(app)[0])
    marks = [one for one in figure["data"] if one.get("mode") == "markers"]

    assert marks
    assert all(
        y is not None and text
        for one in marks
        for y, text in zip(one["y"], one["text"], strict=True)
    )


def test_a_measure_not_published_for_the_area_is_said_not_to_be(open_app, markup):
    app = open_app("trend", area="kaakkuri", indicator="cp_clients_per_social_worker")

    assert "ei julkaista" in markup(app)
    assert not charts(app)
