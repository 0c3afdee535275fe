"""The finding and its words: worked sentences, the ladder, and renderings that never disagree."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.finding import (
    Finding,
    Series,
    SeriesNames,
    alt_text,
    caption,
    direction_word,
    find,
    icon,
    ladder_step,
    sentence,
)
from tilannehuone.periods import next_start
from tilannehuone.stats.spc import analyse
from tilannehuone.texts import LANGUAGES, catalogue

QUIET = [10.0, 12.0] * 10
NAMES = SeriesNames("Käynnit", "Kaakkuri", "käyntiä", 0)

CHANGE = re.compile(
    r"nouse|nousu|laske|paranee|heikken|stiger|stigit|sjunk|förbättr|försämr|"
    r"rising|risen|falling|fallen|improv|getting worse",
    re.IGNORECASE,
)


def found_in(values, *, direction="up", target=None, rebase=(), k=5, period_type="month"):
    """Return the finding of a series; a text in `values` is a status without a value."""
    statuses = [one if isinstance(one, str) else "ok" for one in values]
    numbers = [None if isinstance(one, str) else one for one in values]
    periods = [date(2023, 1, 1)]
    while len(periods) < len(values):
        periods.append(next_start(period_type, periods[-1]))
    limits = [None if one is None else (one - 1, one + 1) for one in numbers]
    series = Series(
        indicator_id="visits",
        area_code="A",
        period_type=period_type,
        breakdown="all",
        category="all",
        periods=periods[: len(values)],
        values=numbers,
        lowers=[one and one[0] for one in limits],
        uppers=[one and one[1] for one in limits],
        statuses=statuses,
    )
    floats = [float("nan") if one is None else one for one in numbers]
    result = analyse(floats, direction=direction, target=target, rebase=rebase)
    return find(series, result, direction=direction, target=target, k=k)


def told(values, lang="fi", **settings):
    """Return the sentence with ordinary spaces."""
    words = sentence(found_in(values, **settings), NAMES, lang)
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_quiet_series_in_three_languages():
    assert told(QUIET) == (
        "Elokuussa 2024 luku oli 12 käyntiä. Muutosta ei näy: vaihtelu on tavanomaista."
    )
    assert told(QUIET, "sv") == (
        "I augusti 2024 var värdet 12 käyntiä. Ingen förändring syns: variationen är den vanliga."
    )
    assert told(QUIET, "en") == (
        "In August 2024 the value was 12 käyntiä. "
        "No change can be seen: the variation is the usual."
    )


def test_a_good_leap_with_its_target():
    assert told([*QUIET, 40.0], target=5) == (
        "Syyskuussa 2024 luku oli 40 käyntiä. "
        "Tilanne paranee: luku ylittää tavanomaisen vaihtelun ylärajan. "
        "Tavoite (vähintään 5 käyntiä) täyttyy luotettavasti."
    )


def test_a_bad_run_when_less_is_better():
    assert told([*QUIET, *[14.0, 15.0] * 4], direction="down", target=3).endswith(
        "Tilanne heikkenee: luku on ollut keskitason yläpuolella 8 kuukautta peräkkäin. "
        "Tavoite (enintään 3 käyntiä) ei täyty nykyisellä toimintatavalla."
    )


def test_context_is_higher_or_lower_and_interpreted_together():
    words = told([*QUIET, 40.0], direction="context")

    assert words.endswith(
        "Luku on korkeampi kuin tavallisesti: se ylittää tavanomaisen vaihtelun ylärajan. "
        "Tulkitaan yhdessä."
    )
    assert direction_word(found_in([*QUIET, 40.0], direction="context"), "sv") == "högre än vanligt"


def test_a_context_trend_rises_whatever_its_level():
    climb = found_in([*QUIET, 7.5, 8.5, 9.5, 10.5, 11.5, 12.5, 13.5], direction="context")

    assert direction_word(climb, "fi") == "nousee"
    assert "Luku nousee: se on noussut 6 kuukautta peräkkäin. Tulkitaan" in sentence(
        climb, NAMES, "fi"
    )


def test_signs_both_ways_are_both_told():
    both = [*QUIET, *[13.0, 14.0] * 4, 1.0]

    assert icon(found_in(both)) == "both"
    assert (
        "Merkkejä on kahteen suuntaan: luku alittaa tavanomaisen vaihtelun alarajan, "
        "mutta sitä ennen se oli keskitason yläpuolella 9 kuukautta peräkkäin."
    ) in told(both)


def test_a_short_series_tells_its_level_with_its_interval_and_no_direction():
    assert told([7.0, 8.0, 9.0]) == (
        "Maaliskuussa 2023 luku oli 9 käyntiä (95 %:n luottamusväli 8–10). "
        "Suunta ei ole vielä arvioitavissa: vertailukelpoisia lukuja on 3, ja arvioon tarvitaan 13."
    )


def test_a_break_counts_from_its_date():
    words = told([*QUIET, *QUIET[:8]], rebase=[20])

    assert "1.9.2024 alkaen vertailukelpoisia lukuja on 8" in words
    assert told([*QUIET, "c"], rebase=[20]) == (
        "Ei tietoa: sarja katkesi 1.9.2024, eikä sen jälkeen ole näytettäviä lukuja."
    )


@pytest.mark.parametrize("status", ["c", "k", "x", "z", "u", "o"])
def test_a_newest_period_without_a_value_is_explained(status):
    found = found_in([*QUIET, status], k=10)
    words = {lang: sentence(found, NAMES, lang) for lang in LANGUAGES}

    assert "Elokuussa 2024 luku oli" in words["fi"]
    assert "syys 2024" in words["fi"]
    assert "sep 2024" in words["sv"]
    assert "Sep 2024" in words["en"]
    if status == "c":
        assert "peitetty tietosuojan vuoksi (alle 10 tai suojaa muita)" in words["fi"]


@pytest.mark.parametrize("status", ["c", "k", "x", "z", "u", "o"])
def test_a_series_without_any_value_says_why(status):
    found = found_in([status] * 3)

    assert all(sentence(found, NAMES, lang) for lang in LANGUAGES)
    assert icon(found) == ("hidden" if status == "c" else "nothing")
    if status == "c":
        assert told(["c"]) == "Peitetty tietosuojan vuoksi (alle 5 tai suojaa muita)."


def test_the_alternative_text_names_the_series_its_span_and_limits():
    words = alt_text(found_in([*QUIET, "c"]), NAMES, "fi").replace("\u00a0", " ")

    assert words.startswith(
        "Aikasarjakaavio: Käynnit, Kaakkuri. Lukuja on 20 (tammi 2023 – elo 2024). "
        "Peitettyjä lukuja on 1. Keskitaso on 11 käyntiä, ja tavanomaisen vaihtelun rajat ovat"
    )


def test_a_caption_puts_the_names_in_front():
    named = SeriesNames("Käynnit", "Tuira", "%", 1, "0–6 v")

    assert caption(found_in(QUIET), named, "fi").startswith(
        "Käynnit, 0–6 v, Tuira. Elokuussa 2024 luku oli 12,0\u202f%."
    )


def test_the_ladder():
    steps = [ladder_step(n) for n in (0, 1, 4, 5, 12, 13, 100)]

    assert steps == ["nothing", "level", "level", "early", "early", "signals", "signals"]
    assert ladder_step(20, has_words=False) == "early"


def test_every_language_has_the_same_texts_with_the_same_places():
    places = {
        lang: {
            key: sorted(re.findall(r"{(\w+)}", words))
            for key, words in catalogue(lang).items()
            if key.startswith("finding.")
        }
        for lang in LANGUAGES
    }

    assert places["fi"] == places["sv"] == places["en"]


numbers = st.integers(0, 30).map(float)
values = st.lists(st.one_of(numbers, numbers, numbers, st.sampled_from("cxo")), max_size=40)
rises = st.builds(
    lambda start, step, length: [*QUIET, *(start + step * n for n in range(length))],
    *(st.integers(0, 20).map(float), st.sampled_from([-1.0, 0.5, 1.0]), st.integers(0, 12)),
)
directions = st.sampled_from(["up", "down", "context"])
cadences = st.sampled_from(["week", "month", "quarter", "half_year", "year", "rolling3"])


@given(st.one_of(values, rises), directions, st.one_of(st.none(), numbers), cadences, st.data())
def test_no_rendering_says_more_than_the_ladder_or_than_another(
    cells, direction, target, cadence, data
):
    rebase = data.draw(st.sets(st.integers(0, max(len(cells) - 1, 0)), max_size=1 if cells else 0))
    found = found_in(cells, direction=direction, target=target, rebase=rebase, period_type=cadence)

    for lang in LANGUAGES:
        words = sentence(found, NAMES, lang)
        word = direction_word(found, lang)
        assert words
        assert "{" not in words
        assert words in alt_text(found, NAMES, lang)
        assert words in caption(found, NAMES, lang)
        if found.ladder != "signals" or found.variation == "common":
            assert not CHANGE.search(words)
            assert not CHANGE.search(word)
    if found.ladder == "signals":
        assert (icon(found) == "common") == (not found.marks)
        assert (found.marks[0].kind if found.marks else "common") == found.variation
    else:
        assert icon(found) in ("nothing", "hidden", "not_yet")
        assert found.assurance is None


@given(st.one_of(values, rises), directions)
def test_a_finding_survives_json(cells, direction):
    found = found_in(cells, direction=direction, target=9.5)

    assert Finding.from_json(found.to_json()) == found
