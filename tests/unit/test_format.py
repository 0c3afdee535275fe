"""Numbers, dates and periods as Finnish, Swedish and English write them."""

import math
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.texts.format import day, in_period, number, percent, period, value_with_unit


@pytest.mark.parametrize(
    ("x", "decimals", "fi", "en"),
    [
        (8.9, 1, "8,9", "8.9"),
        (214638, 0, "214\u202f638", "214\u202f638"),
        (1000, 0, "1\u202f000", "1\u202f000"),
        (999, 0, "999", "999"),
        (-6.9, 1, "\u22126,9", "\u22126.9"),
        (1234567.891, 2, "1\u202f234\u202f567,89", "1\u202f234\u202f567.89"),
        (2.5, 0, "3", "3"),
        (8.25, 1, "8,3", "8.3"),
        (-0.001, 1, "0,0", "0.0"),
    ],
)
def test_numbers(x, decimals, fi, en):
    assert number(x, "fi", decimals) == fi
    assert number(x, "sv", decimals) == fi
    assert number(x, "en", decimals) == en


@pytest.mark.parametrize("x", [math.nan, math.inf])
def test_what_is_not_known_is_never_written_as_a_number(x):
    with pytest.raises(ValueError, match="known number"):
        number(x, "fi", 1)


def test_percent_and_units():
    assert percent(10.2, "sv", 1) == "10,2\u202f%"
    assert value_with_unit(95, "%", "en", 0) == "95%"
    assert value_with_unit(12.5, "päivää", "fi", 1) == "12,5\u00a0päivää"
    assert value_with_unit(7, "", "fi", 0) == "7"


@pytest.mark.parametrize(
    ("x", "decimals", "fi", "sv", "en"),
    [
        (1, 0, "1\u00a0päivä", "1\u00a0dag", "1\u00a0day"),
        (0.6, 0, "1\u00a0päivä", "1\u00a0dag", "1\u00a0day"),
        (-1, 0, "\u22121\u00a0päivä", "\u22121\u00a0dag", "\u22121\u00a0day"),
        (1, 1, "1,0\u00a0päivää", "1,0\u00a0dagar", "1.0\u00a0days"),
        (21, 0, "21\u00a0päivää", "21\u00a0dagar", "21\u00a0days"),
    ],
)
def test_one_of_something_is_written_as_one(x, decimals, fi, sv, en):
    assert value_with_unit(x, "päivää", "fi", decimals) == fi
    assert value_with_unit(x, "dagar", "sv", decimals) == sv
    assert value_with_unit(x, "days", "en", decimals) == en


def test_a_unit_that_is_not_known_stays_as_it_was_declared():
    assert value_with_unit(1, "pussia", "fi", 0) == "1\u00a0pussia"


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_every_known_unit_has_both_its_forms(lang):
    many, one = (catalogue(lang)[f"units.{form}"].split() for form in ("many", "one"))

    assert len(many) == len(one) == len(set(many))


def test_days():
    assert day(date(2025, 2, 5), "fi") == "5.2.2025"
    assert day(date(2025, 2, 5), "en") == "5\u00a0Feb\u00a02025"


@pytest.mark.parametrize(
    ("period_type", "start", "fi", "sv", "en"),
    [
        ("month", date(2025, 1, 1), "tammi 2025", "jan 2025", "Jan 2025"),
        ("quarter", date(2025, 7, 1), "3. neljännes 2025", "kvartal 3/2025", "Q3 2025"),
        ("year", date(2025, 1, 1), "2025", "2025", "2025"),
        ("week", date(2024, 12, 30), "viikko 1/2025", "vecka 1/2025", "week 1, 2025"),
        ("rolling3", date(2025, 1, 1), "tammi–maalis 2025", "jan–mars 2025", "Jan–Mar 2025"),
        (
            "half_year",
            date(2024, 10, 1),
            "1.10.2024–31.3.2025",
            "1.10.2024–31.3.2025",
            "1 Oct 2024 – 31 Mar 2025",
        ),
    ],
)
def test_periods_are_named(period_type, start, fi, sv, en):
    assert period(period_type, start, "fi") == fi
    assert period(period_type, start, "sv") == sv
    assert period(period_type, start, "en").replace("\u00a0", " ") == en


@pytest.mark.parametrize(
    ("period_type", "start", "fi", "sv", "en"),
    [
        ("month", date(2025, 8, 1), "elokuussa 2025", "i augusti 2025", "in August 2025"),
        (
            "half_year",
            date(2025, 4, 1),
            "huhti–syyskuussa 2025",
            "i april–september 2025",
            "in April–September 2025",
        ),
        (
            "quarter",
            date(2025, 4, 1),
            "vuoden 2025 toisella neljänneksellä",
            "under andra kvartalet 2025",
            "in the second quarter of 2025",
        ),
        (
            "rolling12",
            date(2024, 8, 1),
            "ajalla 1.8.2024–31.7.2025",
            "under tiden 1.8.2024–31.7.2025",
            "between 1 Aug 2024 and 31 Jul 2025",
        ),
        ("year", date(2025, 1, 1), "vuonna 2025", "år 2025", "in 2025"),
        (
            "week",
            date(2025, 1, 27),
            "viikolla 5/2025",
            "under vecka 5/2025",
            "in week 5 of 2025",
        ),
    ],
)
def test_periods_stand_in_a_sentence(period_type, start, fi, sv, en):
    assert in_period(period_type, start, "fi") == fi
    assert in_period(period_type, start, "sv") == sv
    assert in_period(period_type, start, "en").replace("\u00a0", " ") == en


def test_every_language_has_the_same_period_texts():
    keys = {
        lang: {key for key in catalogue(lang) if key.startswith("periods.")}
        for lang in ("fi", "sv", "en")
    }

    assert keys["fi"] == keys["sv"] == keys["en"] != set()


@given(st.floats(-1e9, 1e9), st.integers(0, 4), st.sampled_from(["fi", "sv", "en"]))
def test_a_written_number_reads_back_to_its_rounding(x, decimals, lang):
    written = number(x, lang, decimals)
    plain = written.replace("\u202f", "").replace(",", ".").replace("\u2212", "-")

    assert float(plain) == pytest.approx(x, abs=0.5000001 * 10**-decimals)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_in_a_text_is_not_parted_from_its_per_cent_sign(lang):
    apart = re.compile(r"\d\s+%" if lang == "en" else r"\d[ \u00a0]?%")
    wrong = [
        key
        for key, words in catalogue(lang).items()
        if "col" not in key and apart.search(words)  # headers of files stay as they are
    ]

    assert wrong == []
