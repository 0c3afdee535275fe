"""The words of a finding's evidence: what could have been seen, obstacles, seasons, new levels."""

import json
from dataclasses import replace
from datetime import date

import pytest
from findings import NAMES, QUIET, SHARE, found_in, plain

from tilannehuone.finding import (
    Evidence,
    Finding,
    NewLevel,
    Recent,
    Seen,
    alt_text,
    detail,
    direction_word,
    icon,
    message,
    sentence,
    suggestion,
)
from tilannehuone.stats.spc_result import Mark
from tilannehuone.texts import LANGUAGES

CLIMB = [*QUIET, 7.5, 8.5, 9.5, 10.5, 11.5, 12.5, 13.5]


def seen(step, periods, lang="fi", names=NAMES, values=QUIET, **settings):
    """Return the detail of a quiet series; `step` of its centre of 11."""
    found = found_in(values, evidence=Evidence(seen=Seen(step, 6, periods)), **settings)
    return plain(detail(found, names, lang))


def test_no_change_tells_what_it_could_have_seen():
    assert seen(0.43, 9) == (
        "Pysyvä 43 %:n muutos näkyisi todennäköisesti 6 kuukaudessa "
        "ja 20 %:n muutos tyypillisesti 9 kuukaudessa."
    )
    assert seen(0.43, 9, "sv") == (
        "En bestående förändring på 43 % skulle sannolikt synas inom 6 månader "
        "och en på 20 % vanligen inom 9 månader."
    )
    assert seen(0.43, 9, "en") == (
        "A lasting change of 43% would probably show within 6 months, "
        "and one of 20% typically within 9 months."
    )


def test_a_share_is_told_in_percentage_points():
    assert "Pysyvä 5,5 prosenttiyksikön muutos näkyisi" in seen(0.5, 9, names=SHARE)
    assert "på 2,2 procentenheter vanligen inom" in seen(0.5, 9, "sv", SHARE)
    assert "change of 5.5 percentage points would" in seen(0.5, 9, "en", SHARE)


def test_a_small_share_keeps_a_digit():
    small = [0.2, 0.4] * 10

    assert seen(0.9, 9, names=SHARE, values=small).startswith("Pysyvä 0,3 prosenttiyksikön muutos")
    assert "ja 0,06 prosenttiyksikön muutos" in seen(0.9, 9, names=SHARE, values=small)


def test_a_share_without_room_upwards_would_be_seen_downwards():
    high = [95.0, 85.0] * 10  # a centre of 90: 20 % of it is 18 points, and ten are left

    assert seen(0.3, 4, names=SHARE, values=high) == (
        "Pysyvä 27 prosenttiyksikön muutos alaspäin näkyisi todennäköisesti 6 kuukaudessa "
        "ja 18 prosenttiyksikön muutos alaspäin tyypillisesti 4 kuukaudessa."
    )
    assert "nedåt" not in seen(0.05, 1, "sv", SHARE, high).partition("och")[0]


@pytest.mark.parametrize(
    ("step", "periods", "words"),
    [
        (0.25, 6, "Pysyvä 25 %:n muutos näkyisi todennäköisesti 6 kuukaudessa ja 20 %:n muutos "
                  "tyypillisesti samassa ajassa."),
        (0.201, 4, "Pysyvä 20 %:n muutos näkyisi tyypillisesti 4 kuukaudessa ja todennäköisesti "
                   "6 kuukaudessa."),
        (0.199, 6, "Pysyvä 20 %:n muutos näkyisi todennäköisesti 6 kuukaudessa."),
        (0.9, None, "Pysyvä 90 %:n muutos näkyisi todennäköisesti 6 kuukaudessa, mutta 20 %:n "
                    "muutos olisi liian pieni erottuakseen."),
        (0.001, 1, "Pienikin pysyvä muutos näkyisi todennäköisesti 6 kuukaudessa."),
        (None, None, "Sattuma voi näissä luvuissa peittää suurenkin muutoksen."),
    ],
)  # fmt: skip
def test_a_change_is_told_once_and_in_its_own_way(step, periods, words):
    assert seen(step, periods) == words
    assert all(seen(step, periods, lang).endswith(".") for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("period_type", "periods", "within", "typically"),
    [
        ("week", 9, "6 viikossa", "9 viikossa"),
        ("week", 1, "6 viikossa", "viikossa"),
        ("month", 24, "6 kuukaudessa", "2 vuodessa"),
        ("month", 40, "6 kuukaudessa", "noin 3,5 vuodessa"),
        ("quarter", 9, "18 kuukaudessa", "27 kuukaudessa"),
        ("quarter", 4, "18 kuukaudessa", "vuodessa"),
        ("half_year", 5, "3 vuodessa", "30 kuukaudessa"),
        ("year", 7, "6 vuodessa", "7 vuodessa"),
    ],
)
def test_time_is_told_as_people_count_it(period_type, periods, within, typically):
    words = seen(0.43, periods, period_type=period_type)

    assert f"todennäköisesti {within} ja" in words
    assert words.endswith(f"tyypillisesti {typically}.")


def test_what_takes_over_ten_years_is_too_small_to_notice():
    assert seen(0.43, 41, "en", period_type="quarter").endswith(
        "would probably show within 18 months, but one of 20% would be too small to notice."
    )


def test_a_change_that_was_seen_needs_no_such_words():
    evidence = Evidence(seen=Seen(0.43, 6, 9))

    assert detail(found_in([*QUIET, 40.0], evidence=evidence), NAMES, "fi") == ""


@pytest.mark.parametrize(
    ("evidence", "fi", "sv", "en"),
    [
        (
            Evidence(obstacle="overlap", longer="year"),
            "koska niiden jaksot menevät päällekkäin: katso vuosilukuja.",
            "eftersom perioderna överlappar varandra: se på årsvärdena.",
            "because their periods overlap: look at the yearly values.",
        ),
        (
            Evidence(obstacle="rare", longer="quarter"),
            "Tapauksia on jaksossa niin vähän, ettei muutosta erota sattumasta: "
            "katso neljännesvuosilukuja.",
            "Fallen är så få per period att en förändring inte kan skiljas från slumpen: "
            "se på kvartalsvärdena.",
            "There are so few cases in a period that a change cannot be told from chance: "
            "look at the quarterly values.",
        ),
        (
            Evidence(obstacle="rare"),
            "tapaukset kannattaa käydä läpi yksitellen.",
            "gå hellre igenom fallen ett för ett.",
            "it is better to go through them one by one.",
        ),
    ],
)
def test_an_obstacle_says_where_to_look_and_not_that_it_is_too_early(evidence, fi, sv, en):
    found = found_in([*QUIET, 40.0], evidence=evidence)

    for lang, words in (("fi", fi), ("sv", sv), ("en", en)):
        assert plain(sentence(found, NAMES, lang)).endswith(words)
    assert icon(found) == "not_yet"
    assert direction_word(found, "fi") == "suuntaa ei arvioida"


def test_a_season_taken_out_is_told_and_named_where_a_trend_depends_on_it():
    seasonal = Evidence(seasonal=True)
    quiet, climb = found_in(QUIET, evidence=seasonal), found_in(CLIMB, evidence=seasonal)

    assert detail(quiet, NAMES, "fi") == "Lomakuukausien tavanomainen poikkeama on otettu huomioon."
    assert "Lomakuukausien ulkopuolella keskitaso on" in alt_text(quiet, NAMES, "fi")
    assert message(climb, NAMES, "fi").endswith(
        "luku on noussut 6 kuukautta peräkkäin, kun lomakuukausien vaikutus poistetaan."
    )
    assert "6 months in a row once the effect of holiday" in message(climb, NAMES, "en")
    assert detail(climb, NAMES, "fi") == ""


def test_a_holiday_month_without_a_factor_is_told_about():
    found = replace(found_in(QUIET), newest_period=date(2024, 12, 1))

    assert "Uusinta lukua (joulukuussa 2024) ei arvioida: lomakuukaudelle" in plain(
        message(found, NAMES, "fi")
    )


def test_a_new_level_is_suggested():
    found = found_in(QUIET, evidence=Evidence(new_level=NewLevel(date(2024, 1, 1), 8, "low")))

    assert suggestion(found, "fi") == (
        "8 viime lukua (1.1.2024 alkaen) on ollut keskitason alapuolella. "
        "Jos muutos on pysyvä ja sen syy tiedossa, kirjatkaa uusi taso ja syy."
    )
    assert plain(suggestion(found, "en")).startswith("The last 8 values (since 1 Jan 2024) have")
    assert suggestion(found_in(QUIET), "sv") == ""


def test_all_evidence_survives_json_and_an_older_finding_has_none():
    mark = Mark("recent_trend", "high", "concern", 5)
    level = NewLevel(date(2024, 1, 1), 8, "low")
    everything = Evidence(
        Seen(0.4, 6, 9), Recent(mark, 0.1, None), level, 0.02, True, "rare", "year"
    )
    found = found_in(QUIET, evidence=everything)
    older = json.loads(found.to_json())
    del older["evidence"]

    assert Finding.from_json(found.to_json()) == found
    assert Finding.from_json(json.dumps(older)) == replace(found, evidence=Evidence())
