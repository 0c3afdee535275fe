"""The finding and its words: worked sentences, the ladder, what is said of no value."""

import re

import pytest
from findings import NAMES, QUIET, found_in, told
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.finding import (
    Finding,
    SeriesNames,
    alt_text,
    caption,
    direction_word,
    icon,
    ladder_step,
    sentence,
)
from tilannehuone.texts import LANGUAGES, catalogue


def test_a_quiet_series_in_three_languages():
    assert told(QUIET) == (
        "Elokuussa 2024 luku oli 12 käyntiä. Muutosta ei näy: vaihtelu on tavanomaista."
    )
    assert told(QUIET, "sv") == (
        "I augusti 2024 var värdet 12 käyntiä. Ingen förändring syns: värdena varierar som vanligt."
    )
    assert told(QUIET, "en") == (
        "In August 2024 the value was 12 käyntiä. No change can be seen: the values vary as usual."
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
        "Suunta ei ole vielä arvioitavissa: siihen tarvitaan 13 vertailukelpoista lukua, "
        "ja niitä on vasta 3."
    )


def test_a_break_counts_from_its_date():
    words = told([*QUIET, *QUIET[:8]], rebase=[20])

    assert words.endswith(
        "tarvitaan 13 vertailukelpoista lukua, ja 1.9.2024 alkaen niitä on vasta 8."
    )
    broke = "sarja katkesi 1.9.2024, eikä sen jälkeen ole näytettäviä lukuja."
    assert told([*QUIET, "x"], rebase=[20]) == f"Ei tietoa: {broke}"
    assert told([*QUIET, "c"], rebase=[20]) == (
        f"Peitetty tietosuojan vuoksi (alle 5 tai suojaa muita): {broke}"
    )


@pytest.mark.parametrize("status", ["c", "k", "x", "z", "u", "o"])
def test_a_newest_period_without_a_value_is_explained(status):
    found = found_in([*QUIET, status], k=10)
    words = {lang: sentence(found, NAMES, lang) for lang in LANGUAGES}

    assert "Elokuussa 2024 luku oli" in words["fi"]
    assert "(syyskuussa 2024)" in words["fi"]
    assert "(i september 2024)" in words["sv"]
    assert "(in September 2024)" in words["en"]
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
        "Käynnit, 0–6 v, Tuira. Elokuussa 2024 osuus oli 12,0\u202f%."
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


@given(st.one_of(values, rises), directions)
def test_a_finding_survives_json(cells, direction):
    found = found_in(cells, direction=direction, target=9.5)

    assert Finding.from_json(found.to_json()) == found
