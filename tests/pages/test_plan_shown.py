"""The release plan on the pages: another grain, a larger area, and what is left out, in words."""

import json
import re

import pytest
from opened import charts, csv_rows
from planning import YEAR

from tilannehuone.release import current_release
from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import cached

NOTIFICATIONS = {"area": "kaakkuri", "indicator": "cp_notifications_rate"}
DISCUSSIONS = {"area": "kaakkuri", "indicator": "lp_discussions_rate"}
CLIENTS = {"area": "kaakkuri", "indicator": "psychiatry_clients_share"}
PLACED = {"area": "kaakkuri", "indicator": "cp_emergency_placements_rate"}
FAMILY_WORK = {"area": "kaakkuri", "indicator": "shl_family_work_rate", "period": "quarter"}
LATE = {"area": "tuira", "indicator": "cp_notifications_rate", "period": "month"}


@pytest.fixture
def opened(planned, open_app):
    """Return a function that opens a page of the planned release."""
    return lambda page="trend", **query: open_app(page, folder=planned, **query)


def test_a_measure_opens_at_the_finest_grain_offered(opened, chart):
    app = opened(**NOTIFICATIONS)
    picker = app.selectbox(key="pick.period")

    assert picker.value == "quarter"
    assert picker.options[:2] == ["Kuukausi: liian pieni", "Neljännesvuosi"]
    assert "neljännes" in chart(app)[1]


def test_the_page_says_which_finer_periods_are_too_small(opened, markup):
    assert "liian pieniä näytettäviksi: kuukausi." in markup(opened(**NOTIFICATIONS))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_grain_asked_for_in_vain_gives_way_with_a_reason_and_a_way(lang, opened, markup, chart):
    app = opened(lang=lang, period="month", **NOTIFICATIONS)
    shown = markup(app)
    words = catalogue(lang)

    told = words["trend.small_shown"].format(
        at=words["frame.grain_at_month"], figures=words["frame.grain_figures_quarter"]
    )
    assert shown.count(told) == 1
    assert re.search(r'href="trend\?[^"]*area=564[^"]*period=month', shown)
    assert app.selectbox(key="pick.period").value == "quarter"
    assert chart(app)


def test_a_grain_too_small_that_is_picked_by_hand_gives_way_too(opened, markup):
    app = opened(**NOTIFICATIONS)

    app.selectbox(key="pick.period").select("month").run()

    assert not app.exception
    assert app.selectbox(key="pick.period").value == "quarter"
    assert app.query_params["period"] in ("month", ["month"])
    assert "joten tässä on neljännesvuosilukuja" in markup(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_is_offered_one_sentence_says_so_and_names_the_next_area(
    lang, opened, markup
):
    app = opened(lang=lang, **CLIENTS)
    shown = markup(app)

    assert shown.count(catalogue(lang)["trend.small_all"]) == 1
    assert re.search(r'href="trend\?[^"]*area=564[^"]*"[^>]*>(Oulu|Uleåborg)</a></p>', shown)
    assert not charts(app)
    assert "export/trend.png" not in shown
    assert "shield" not in shown
    assert catalogue(lang)["status.short_c"] not in re.sub(r"<[^>]*>", "", shown)


def test_where_no_area_above_can_be_read_none_is_named(opened, markup):
    shown = markup(opened(**PLACED))

    assert catalogue("fi")["trend.small_all"] in shown
    assert catalogue("fi")["trend.nearest"] not in shown


def test_years_not_offered_are_left_out_of_chart_table_and_alternative_text(opened, markup, chart):
    app = opened(**LATE)
    figure, alt = chart(app)
    first = json.loads(figure)["layout"]["xaxis"]["range"][0]
    line = next(one for one in json.loads(figure)["data"] if len(one.get("y", [])) > 30)

    assert first >= f"{YEAR - 4}-12"
    assert None not in line["y"]
    assert "Peitettyjä" not in alt
    assert str(YEAR - 3) in alt
    assert catalogue("fi")["trend.begins"] in markup(app)
    assert f"tammi {YEAR - 3}</th>" in markup(app)
    assert f"joulu {YEAR - 4}</th>" not in markup(app)
    assert "export/trend.png" in markup(app)


def test_a_grain_whose_latest_year_is_not_offered_is_left_for_one_whose_is(opened, markup):
    assert opened(**DISCUSSIONS).selectbox(key="pick.period").value == "half_year"

    shown = markup(opened(period="quarter", **DISCUSSIONS))

    assert "Neljännesvuositasolla luvut ovat vuodesta" in shown
    assert re.search(r'period=half_year"[^>]*>Katso puolivuosilukuja</a>', shown)


def test_a_category_not_offered_is_left_out_and_counted(opened, markup):
    app = opened(**FAMILY_WORK)

    assert len(app.selectbox(key="pick.breakdown").options) == 2
    assert catalogue("fi")["trend.left_categories_one"] in markup(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_category_asked_for_in_vain_is_told_and_the_total_shown(lang, opened, markup):
    app = opened(lang=lang, breakdown="ikaryhma:0-12", **FAMILY_WORK)

    assert catalogue(lang)["frame.small_breakdown"] in markup(app)
    assert app.selectbox(key="pick.breakdown").value == "all"


def test_areas_not_offered_are_left_out_of_the_siblings_and_counted(opened, markup):
    shown = markup(opened(**CLIENTS | {"area": "tuira"}))
    table = shown[shown.index(catalogue("fi")["trend.siblings"]) :]

    assert ">Kaakkuri<" not in table
    assert re.search(r"jätetty pois (yksi alue|\d+ aluetta)", table)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_tile_says_too_small_and_where_to_look_without_a_shield(lang, opened, markup):
    shown = markup(opened("overview", lang=lang, area="kaakkuri"))
    words = catalogue(lang)
    city = {"fi": "Oulu", "sv": "Uleåborg", "en": "Oulu"}[lang]

    assert shown.count(f'<span class="value word">{words["overview.small"]}</span>') == 2
    assert words["overview.small_see"].format(area=city) in shown
    assert words["overview.message_small"].format(count=2) in shown
    assert "shield" not in shown[: shown.index("th-legend")]


def test_a_tile_shows_the_finest_grain_offered(opened, markup):
    shown = markup(opened("overview", area="kaakkuri"))

    assert "indicator=cp_notifications_rate&amp;period=quarter" in shown
    assert "indicator=lp_discussions_rate&amp;period=half_year" in shown


def test_no_measure_of_any_area_opens_at_a_grain_mostly_hidden(planned):
    release = current_release(planned / "data" / "releases")
    for area in ("564", "kaakkuri", "tuira", "072", "kiiminki_jaali", "yli_ii"):
        found = cached.area_findings(release, area)
        first = found[found["reading_rank"] == 1]

        assert (first["reads_from"].notna() | first["is_small"]).all()


def test_a_release_without_a_plan_opens_at_what_can_be_read(altered, planned, open_app):
    folder = altered("drop table plan", planned)

    for key, grain in ((NOTIFICATIONS, "quarter"), (DISCUSSIONS, "quarter")):
        app = open_app("trend", folder=folder, **key)
        assert app.selectbox(key="pick.period").value == grain


def test_what_hides_a_figure_is_said_in_the_same_words_everywhere(open_app, markup):
    key = {"area": "yli_ii", "indicator": "cp_open_care_share", "period": "half_year"}
    shown = markup(open_app("trend", **key))

    assert "alle 5 tai suojaa muita" in shown
    for lang in LANGUAGES:
        of = catalogue(lang)
        assert of["status.tile_c"] in of["status.long_c"]
        assert of["status.tile_c"] in of["finding.nothing_c"]


def test_a_file_says_under_which_number_figures_are_hidden(planned, monkeypatch):
    rows = csv_rows(monkeypatch, planned, "trend", lang="fi", **LATE)

    assert not [row for row in rows if len(row) > 7 and row[7] == "c"]
    assert [row for row in rows if row and row[-1].startswith("c = ") and "alle 5" in row[-1]]
