"""Comparison: own trends first, levels without ranks, and no word where none may compare."""

import json
import re
from html import unescape

import pytest
from opened import csv_rows, drawings, words_of

from tilannehuone.charts.levels import LETTER, Level, levels_figure
from tilannehuone.network.comparable import WORDS
from tilannehuone.texts import LANGUAGES, catalogue, text
from tilannehuone.ui import compare, compare_levels, compare_paper

MEASURE = "cp_open_care_share"  # by the half-year and year; less is better
OPENED = {"indicator": MEASURE, "area": "kaakkuri", "period": "year"}
HIDE = (
    "update cells set status = 'c', numerator = null, denominator = null, value = null,"
    f" lower95 = null, upper95 = null where indicator_id = '{MEASURE}' and breakdown = 'all'"
    " and area_code = 'tuira' and period_type = 'year'"
    " and period_start = (select max(period_start) from cells where period_type = 'year')"
)
RANKS = {
    "fi": r"\b(\d+\.\s*(sija|paras)|sijoitu|sijalla|parhain|huonoin|kärki|häntäpää|voitta)",
    "sv": r"\b(plats \d|rankning|placer|bäst|sämst|topp|vinn)",
    "en": r"\b(rank|league|top \d|best|worst|winner|leader)",
}


def room_of(tuira_counts):
    """Return the statements that make two regions of two districts; their words are one's own."""
    told = {}
    for region, change in (("north", {}), ("south", tuira_counts)):
        told[region] = json.dumps({"kind": "rate", "unit": {"fi": "%"}, "scale": 100} | change)
    return ";".join(
        [
            "insert into regions by name select 'north' region, 'Pohjoinen' name_fi,"
            " 'Norra' name_sv, 'North' name_en, 'päällikkö' contact_fi, 'chef' contact_sv,"
            " 'head' contact_en, '[]'::json listed",
            "insert into regions by name select 'south' region, 'Etelä' name_fi,"
            " 'Södra' name_sv, 'South' name_en, 'johtaja' contact_fi, 'ledare' contact_sv,"
            " 'lead' contact_en, '[\"tuira\"]'::json listed",
            "insert into region_areas values ('kaakkuri', 'north', 'kaakkuri'),"
            " ('tuira', 'south', 'tuira'), ('kiiminki_jaali', 'south', 'kiiminki_jaali')",
            *(
                f"insert into region_indicators values ('{region}', '{MEASURE}',"
                f" '{definition}', '{region}', '[\"LC\"]')"
                for region, definition in told.items()
            ),
        ]
    )


def shown_by(app):
    return words_of("\n".join((*[one.proto.body for one in app.get("html")], *drawings(app))))


def section(app, name):
    return next(one for one in drawings(app) if f"th-compare-{name}" in one)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_trends_before_levels_and_ranks_nobody(lang, open_app):
    app = open_app("compare", lang=lang, **OPENED)
    shown, drawn = shown_by(app), drawings(app)

    assert "Kaakkuri" in shown
    assert text("compare.trends", lang) in words_of(drawn[0])
    assert "th-compare-levels" in drawn[1]
    for key in ("turned", "verdicts_note", "as_table"):
        assert text(f"compare.{key}", lang) in shown
    told = [one for key, one in catalogue(lang).items() if key.startswith("compare.")]
    assert not [one for one in (*told, shown) if re.search(RANKS[lang], one, re.IGNORECASE)]


def test_areas_stand_by_name_whatever_their_figures(room, altered, instance):
    turned_over = altered(f"update cells set value = 99 - value where indicator_id = '{MEASURE}'")
    for folder in (instance, turned_over):
        page = room("compare", folder=folder)
        shown = compare.view(page, MEASURE, "kaakkuri", {"period": "year"})
        names = [one.name for one in shown.places]
        table = compare_levels.table(page, shown, compare_levels.levels(shown))

        assert names == sorted(names, key=str.casefold)
        assert [row[0].text for row in table.rows] == names


def test_the_median_is_of_the_areas_that_show_a_figure_and_says_of_how_many(room, altered):
    page = room("compare", folder=altered(HIDE))
    shown = compare.view(page, MEASURE, "kaakkuri", {"period": "year"})
    found = compare_levels.levels(shown)
    tuira = next(one for one in found.rows if one.place.code == "tuira")

    assert (tuira.value, tuira.status, tuira.word) == (None, "c", None)
    assert (found.counted, found.of) == (len(shown.places) - 1, len(shown.places))


def test_a_figure_hidden_before_reading_begins_is_said_to_be_hidden(room, altered):
    hide_all = HIDE.partition(" and period_start")[0] + (
        " and period_start < (select max(period_start) from cells where period_type = 'year')"
    )
    page = room("compare", folder=altered(hide_all))
    shown = compare.view(page, MEASURE, "kaakkuri", {"period": "year", "with": "tuira,564"})
    tuira = next(one for one in shown.places if one.code == "tuira")
    before = sorted(tuira.facts.expected)[-2]

    assert compare.row_at(tuira, before)["status"] == "c"
    assert before not in set(tuira.series["period_start"])


def test_a_hidden_figure_is_in_no_drawing_table_or_file(altered, room, monkeypatch):
    page = room("compare")
    shown = compare.view(page, MEASURE, "kaakkuri", {"period": "year"})
    tuira = next(one for one in shown.places if one.code == "tuira")
    start, value = tuira.series.iloc[-1][["period_start", "value"]]
    folder = altered(f"{HIDE}")
    page = room("compare", folder=folder)
    shown = compare.view(page, MEASURE, "kaakkuri", {"period": "year"})
    papers = compare_paper.papers(page, shown)
    rows = csv_rows(monkeypatch, folder, "compare", lang="fi", **OPENED)

    assert compare.value_at(next(p for p in shown.places if p.code == "tuira"), start) is None
    whole = [one.figure.to_json() for one in papers if one.figure] + [one.alt for one in papers]
    assert not [one for one in whole if repr(float(value)) in one]
    (mine,) = [row for row in rows if row and row[0] == "Tuira"]
    assert "peitetty" in mine


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_counts_otherwise_is_drawn_but_not_compared_in_words(lang, room, altered):
    folder = altered(room_of({"cohort_days": 90}))
    page = room("compare", lang, folder)
    asked = {"period": "year", "with": "tuira,kiiminki_jaali,564"}
    shown = compare.view(page, MEASURE, "kaakkuri", asked)
    found = compare_levels.levels(shown)
    tuira = next(one for one in found.rows if one.place.code == "tuira")

    assert tuira.place.verdict.word == "not_comparable"
    assert tuira.value is not None
    assert (tuira.word, tuira.apart) == (None, None)
    assert compare_levels.word_of(page, tuira) == text("compare.not_worded", lang)
    assert found.counted == sum(one.place.may_be_worded for one in found.rows)
    drawn = compare_levels.chart(page, shown, found)
    assert "Tuira" in drawn.to_json()
    unit = shown.indicator.unit.in_language(lang)
    assert unit in {one.text for one in drawn.layout.annotations}


def test_the_same_counting_in_another_region_is_worded_with_reservations(room, altered):
    page = room("compare", folder=altered(room_of({})))
    shown = compare.view(page, MEASURE, "kaakkuri", {"period": "year", "with": "tuira"})
    (tuira,) = shown.others

    assert tuira.verdict.word == "with_reservations"
    assert [one.key for one in tuira.verdict.reasons] == ["definition_worded"]
    assert tuira.name == "Etelä: Tuira"


def test_a_network_room_opens_with_one_area_of_each_other_region(room, altered):
    page = room("compare", folder=altered(room_of({})))
    shown = compare.view(page, MEASURE, "kaakkuri", {"period": "year"})

    assert [one.facts.region for one in shown.others].count("south") == 1
    assert "north" not in [one.facts.region for one in shown.others]


def test_unlike_units_and_unlike_periods_are_said_before_anything_is_compared(
    altered, open_app, markup
):
    shown = markup(open_app("compare", folder=altered(HIDE), **OPENED | {"with": "tuira,564"}))

    assert "Alueet ovat erilaisia yksiköitä: suuralue, kunta." in unescape(shown)
    assert "Alueiden uusin jakso ei ole kaikilla sama." in unescape(shown)


def test_an_area_can_be_taken_in_and_left_out_by_links_that_keep_the_rest(open_app, markup):
    shown = markup(open_app("compare", **OPENED | {"with": "tuira,564"}))
    chips = re.findall(r'<li><a href="compare\?([^"]*)"[^>]*aria-label="([^"]*)"', shown)
    ways = {unescape(label): unescape(query) for query, label in chips}

    assert "with=564&" in ways["Jätä pois Tuira"]
    assert "with=564%2Ctuira%2Ckiiminki_jaali" in ways["Ota rinnalle Kiiminki–Jääli"]
    assert all(f"indicator={MEASURE}" in one and "period=year" in one for one in ways.values())


def test_an_index_begins_in_a_shown_year_and_leaves_out_who_hides_it(room, altered):
    hide_first = HIDE.replace("max(period_start)", "min(period_start)")
    page = room("compare", folder=altered(hide_first))
    shown = compare.view(page, MEASURE, "kaakkuri", {"period": "year"})
    papers = {one.name.rpartition("-")[2]: one for one in compare_paper.papers(page, shown)}
    index = papers["index"].table

    firsts = {row[0].text: row[1].number for row in index.rows}
    assert set(firsts.values()) == {100.0}
    begins = int(index.columns[1].header)
    for one in shown.places:
        series = one.series[one.series["value"].notna()]
        is_shown = begins in {day.year for day in series["period_start"]}
        assert (one.name in firsts) == is_shown


def test_every_area_has_a_verdict_with_a_reason(open_app, markup):
    app = open_app("compare", **OPENED)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", markup(app).partition("th-compare-verdicts")[2])
    words = [text(f"compare.verdict_{one}", "fi") for one in WORDS]

    assert len(rows) > 3
    for row in rows[1:]:
        assert any(word in row for word in words)


def test_every_drawing_has_its_words_and_its_table(open_app):
    app = open_app("compare", **OPENED)

    for name in ("levels", "funnel", "index"):
        drawn = section(app, name)
        assert re.search(r"<desc[^>]*>[^<]{20,}</desc>", drawn)
        assert "<table" in drawn


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_hold_the_messages_and_say_that_the_order_is_no_ranking(lang, room):
    page = room("compare", lang)
    shown = compare.view(page, MEASURE, "kaakkuri", {"period": "year"})
    papers = compare_paper.papers(page, shown)

    assert papers[0].figure is not None
    assert all((text("compare.note_order", lang), text("compare.order", lang)) in one.table.notes
               for one in papers)  # fmt: skip
    assert any(page.facts["release_id"] in words for _, words in papers[0].table.notes)


def test_a_small_an_unpublished_and_an_uncounted_measure_have_an_answer(room):
    page = room("compare")
    small, unpublished = ("cp_notifications_rate", "072"), ("lp_trained_staff_share", "yli_ii")
    for name, area in (small, unpublished, ("network_wait_median_days", "kaakkuri")):
        shown = compare.view(page, name, area, {})
        assert compare_paper.papers(page, shown)[0].messages[0]


def test_a_long_name_stands_in_two_lines_and_is_not_cut():
    name = "Pohjois-Pohjanmaan hyvinvointialue, kodin ulkopuolelle sijoitetut"
    drawn = levels_figure([Level(name, 1.0, 0.5, 1.5, "1", "common")], None, "", "fi")
    (told,) = drawn.layout.yaxis.ticktext

    lines = told.split("<br>")
    assert " ".join(lines) == name
    assert max(map(len, lines)) * LETTER <= drawn.layout.margin.l
