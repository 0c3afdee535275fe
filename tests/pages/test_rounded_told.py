"""A measure whose counts are rounded says so wherever its figures are read, and no other does."""

import json
import re
from html import unescape

import duckdb
import made_release
import pytest
from opened import csv_rows

from tilannehuone.texts import LANGUAGES, text

ROUNDED = "cp_notifications_rate"
SERIES = {"area": "tuira", "indicator": ROUNDED, "period": "month"}
OTHER = {"area": "yli_ii", "indicator": "cp_open_care_share", "period": "half_year"}

# Tuira has so few that some months print 0; every March is hidden
PRINTED = f"""
    update cells set numerator = numerator // 3
        where indicator_id = '{ROUNDED}' and area_code = 'tuira';
    update cells set numerator = 10 * greatest(ceil(numerator / 10 - 0.5), 0)
        where indicator_id = '{ROUNDED}';
    update cells set value = 1000 * numerator / denominator,
            status = case when numerator = 0 then 'k' else status end
        where indicator_id = '{ROUNDED}' and numerator is not null;
    update cells set status = 'c', numerator = null, denominator = null, value = null
        where indicator_id = '{ROUNDED}' and area_code = 'tuira' and month(period_start) = 3"""
DECLARED = """update indicators set definition =
    json_merge_patch(definition, '{"protect": {"method": "rounding"}}')"""


@pytest.fixture(scope="module")
def one_rounded(tmp_path_factory):
    """Return the folder of an instance with one rounded measure, whose zeros are printed."""
    folder = tmp_path_factory.mktemp("rounded")
    release = made_release.write_instance(folder, PRINTED)
    with duckdb.connect(str(release)) as file:
        file.execute(f"{DECLARED} where indicator_id = '{ROUNDED}'")
    return folder


@pytest.fixture
def words(one_rounded, open_app, markup):
    """Return a function that gives all words of a page of that instance."""

    def told(page="overview", folder=one_rounded, **query):
        shown = markup(open_app(page, folder=folder, **query))
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown)))

    return told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_trend_page_says_under_chart_and_table_that_counts_are_rounded(lang, words):
    told = words("trend", lang=lang, **SERIES)

    assert told.count(text("status.rounded_10", lang)) == 2
    assert text("status.long_k_rounded", lang, most=5) in told
    assert text("status.long_c_rounded", lang) in told
    assert text("status.long_c", lang, k=5) not in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_other_measures_are_not_said_to_be_rounded(lang, words):
    told = words("trend", lang=lang, **OTHER)

    assert text("status.rounded_10", lang) not in told
    assert text("status.long_c", lang, k=5) in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_names_the_measures_that_are_rounded(lang, words):
    names = {
        "fi": "Lastensuojeluilmoitukset",
        "sv": "Barnskyddsanmälningar",
        "en": "Child-welfare notifications",
    }
    sentence = text("status.rounded_10", lang)
    told = words(lang=lang)

    assert told.count(sentence) == 1
    assert f"{names[lang]}: {sentence}" in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_definition_tells_the_rule_and_what_zero_means(lang, words):
    told = words("about", lang=lang)
    rule = text("status.rule_rounded", lang, base=10, most=5)

    assert told.count(f"{rule} {text('about.protect_rounding', lang)}") == 1
    assert told.count(text("status.rounded_10", lang)) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_tells_of_rounding_beside_hiding(lang, words, instance):
    rounding = text("quality.protection_rounded", lang)
    told = words("quality", lang=lang)

    assert rounding in told
    assert text("quality.protection_base", lang, base=10) in told
    assert rounding not in words("quality", folder=instance, lang=lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_value_under_the_pointer_says_it_is_rounded(lang, one_rounded, open_app, chart):
    told = [text(f"chart.hover_rounded{end}", lang, base=10, most=5) for end in ("", "_zero")]
    hovers = {}
    for one in (SERIES, OTHER):
        figure = json.loads(chart(open_app("trend", one_rounded, lang=lang, **one))[0])
        marks = [trace for trace in figure["data"] if trace.get("mode") == "markers"]
        hovers[one["indicator"]] = [
            (words, y == 0)
            for trace in marks
            for words, y in zip(trace["text"], trace["y"], strict=True)
        ]

    assert {is_zero for _, is_zero in hovers[ROUNDED]} == {False, True}
    assert all(f"<br>{told[is_zero]}" in words for words, is_zero in hovers[ROUNDED])
    assert not any(told[0] in words for words, _ in hovers[OTHER["indicator"]])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_files_say_what_is_rounded_and_what_their_marks_mean(lang, one_rounded, monkeypatch):
    mine = csv_rows(monkeypatch, one_rounded, "trend", lang=lang, **SERIES)
    other = csv_rows(monkeypatch, one_rounded, "trend", lang=lang, **OTHER)
    overview = csv_rows(monkeypatch, one_rounded, "overview", lang=lang, area="tuira")
    rounding = text("trend.note_rounding", lang)
    zero = text("status.long_k_rounded", lang, most=5)

    assert [rounding, text("status.rounded_10", lang)] in mine
    assert [row[1] for row in mine if row[1:] and row[1].startswith("k = ")] == [f"k = {zero}"]
    assert not [row for row in other if row[:1] == [rounding]]
    assert [row for row in overview if row[:1] == [rounding]]
    assert len([row for row in overview if row[1:] and row[1].startswith("c = ")]) == 2
