"""Looking back at a promise: a step after it is seen at the right time, and no step is said so."""

import re
from datetime import date

import numpy as np
import pytest
from findings import NAMES, SHARE, found_in, plain

from tilannehuone.finding import Evidence, Seen
from tilannehuone.meeting.agenda import agenda
from tilannehuone.meeting.known import Known, KnownLookBack
from tilannehuone.meeting.lookback import Curve, first_after, look_back, seen_from
from tilannehuone.meeting.lookback_words import look_words, seen_from_words, verdict_word
from tilannehuone.periods import add_months, next_start
from tilannehuone.texts import LANGUAGES, catalogue

MADE = date(2025, 1, 14)
QUIET = (np.random.default_rng(8).poisson(400, 60) / 10.0).tolist()
CAUSES = {
    "fi": r"johtu|aiheut|ansio|vuoksi|takia|koska|syy|siksi|vaikut|seura|tuotti|sai aikaan",
    "sv": r"orsak|bero|tack vare|på grund|eftersom|därför|påverk|ledde|följd|tack",
    "en": r"caus|because|due to|thanks|result|owing|led to|therefore|effect|since then|brought",
}


def bare(words):
    """Return words in small letters without the names of the places in them."""
    return re.sub(r"\{.*?\}", "", words).lower()


def curve(values, first=date(2022, 1, 1), period_type="month", **more):
    periods = [first]
    while len(periods) < len(values):
        periods.append(next_start(period_type, periods[-1]))
    return Curve(period_type, tuple(periods), tuple(values), **more)


def stepped(share, months=6, **more):
    """Return 36 quiet months, the promise's own, and months after it with a step."""
    values = [*QUIET[:37], *(one * (1 + share) for one in QUIET[37 : 37 + months])]
    return curve(values, **more)


def told_at(due=date(2025, 9, 1), effect=8.0, **more):
    return {"due": due, "effect": effect, **more}


@pytest.mark.parametrize(("expected", "share"), [("up", 0.5), ("down", -0.5)])
def test_a_step_in_the_expected_direction_is_seen(expected, share):
    assert look_back(stepped(share), expected, MADE, **told_at()).verdict == "change_expected"


@pytest.mark.parametrize(("expected", "share"), [("up", -0.5), ("down", 0.5)])
def test_a_step_the_other_way_is_said_to_be_one(expected, share):
    assert look_back(stepped(share), expected, MADE, **told_at()).verdict == "change_other_way"


@pytest.mark.parametrize("expected", ["up", "down"])
def test_without_a_step_no_change_is_seen(expected):
    look = look_back(stepped(0), expected, MADE, **told_at())

    assert look.verdict == "no_change"
    assert look.effect == pytest.approx(8.0 / look.before)


@pytest.mark.parametrize("calm", range(5))
def test_a_step_that_had_begun_before_the_promise_is_not_told_as_one_after_it(calm):
    values = list(stepped(-0.5).values)
    before = 36 - calm  # the promise's own month is the 37th
    values[before - 2 : before] = [15.0, 16.0]
    values[before:36] = QUIET[before:36]
    look = look_back(curve(values), "down", MADE, **told_at())

    assert (look.verdict, look.had_begun) == ("cannot_say", True)


def test_one_outlier_against_the_rest_tells_nothing():
    values = list(stepped(0).values)
    values[38:43] = [55.0, 36.0, 36.5, 35.0, 36.0]

    assert look_back(curve(values), "up", MADE, **told_at()).verdict == "cannot_say"


def test_a_change_that_had_begun_before_the_promise_is_not_told_as_one_after_it():
    values = list(stepped(0).values)
    values[30:] = [one * 1.4 for one in values[30:]]
    look = look_back(curve(values), "up", MADE, **told_at())

    assert (look.verdict, look.had_begun) == ("cannot_say", True)
    assert look_words(look, NAMES, "fi") == catalogue("fi")["agenda.look_had_begun"]


def test_limits_rest_on_what_was_before_alone():
    calm, wild = (look_back(stepped(one), "up", MADE).points[0] for one in (0, 0.9))

    assert (calm.centre, calm.upper) == (wild.centre, wild.upper)


def test_no_signal_leans_on_a_value_before_the_promise():
    values = [40.0, 42.0, 38.0, 41.0, 39.0, 40.0] * 6
    values[-5:] = [41.5] * 5
    look = look_back(curve([*values, 40.0, 41.5, 41.5]), "up", MADE, **told_at(date(2025, 4, 1)))

    assert {one.point.side for one in look.points[37:]} == {None}
    assert look.verdict == "no_change"


def test_the_period_that_holds_the_promise_is_neither_before_nor_after():
    values = list(stepped(0).values)
    values[36] = 4000.0
    look, other = look_back(curve(values), "up", MADE), look_back(stepped(0), "up", MADE)

    assert (look.before, look.after) == (other.before, other.after)


def test_a_promise_made_on_the_first_day_counts_its_own_period():
    assert first_after("month", date(2022, 1, 1), date(2025, 2, 1)) == date(2025, 2, 1)
    assert first_after("month", date(2022, 1, 1), date(2025, 2, 2)) == date(2025, 3, 1)
    assert first_after("half_year", date(2022, 4, 1), date(2025, 2, 2)) == date(2025, 4, 1)
    assert first_after("half_year", date(2022, 1, 1), date(2025, 2, 2)) == date(2025, 7, 1)


@pytest.mark.parametrize(
    "unclear",
    [
        curve(stepped(0).values[26:43], first=date(2024, 3, 1)),
        stepped(0, breaks=(date(2025, 3, 1),)),
        stepped(0, months=2),
        stepped(0.5, has_limits=False),
        curve([*stepped(0).values[:37], *[None] * 6]),
    ],
    ids=["too few before", "a break after", "figures not in yet", "no limits", "all hidden"],
)
def test_what_cannot_be_told_is_not_told(unclear):
    look = look_back(unclear, "up", MADE, **told_at())

    assert look.verdict == "cannot_say"
    assert look_words(look, NAMES, "fi")


def test_values_before_a_break_do_not_set_the_limits():
    values = [400.0, 410.0] * 6 + list(stepped(0).values[12:])
    look = look_back(curve(values, breaks=(date(2023, 1, 1),)), "up", MADE, **told_at())

    assert look.before < 60
    assert look.points[12].upper < 100
    assert np.isnan(look.points[11].upper)


def test_nothing_seen_tells_nothing_where_nobody_knows_what_could_be():
    assert look_back(stepped(0), "up", MADE).verdict == "cannot_say"


def test_holidays_are_no_change():
    year = [40.0, 41.0, 39.0, 40.0, 42.0, 39.0, 20.0, 40.0, 41.0, 40.0, 39.0, 28.0]
    values = [one + n % 3 for n, one in enumerate(year * 4)][:43]
    seasonal, plain_ = (
        look_back(curve(values, is_seasonal=one), "down", MADE, **told_at(date(2025, 7, 1)))
        for one in (True, False)
    )

    assert seasonal.verdict == "no_change"
    assert seasonal.points[6].centre < 0.7 * seasonal.points[5].centre
    assert plain_.points[6].centre == plain_.points[5].centre


def finding_with(periods, step, **more):
    seen = Seen(step=step, within=6, periods=periods)
    return found_in(QUIET[:37], evidence=Evidence(seen=seen), **more)


def test_the_month_is_that_of_the_usual_change_with_the_lag_added():
    told = seen_from(finding_with(4, 0.25), "up", MADE, 31)

    # February to May are four periods; May's figure is in on 1 July
    assert told.month == date(2025, 7, 1)
    assert told.share == 0.2


def test_a_figure_that_comes_within_a_month_is_looked_at_in_the_next():
    assert seen_from(finding_with(4, 0.25), "up", MADE, 14).month == date(2025, 7, 1)
    assert seen_from(finding_with(4, 0.25), "up", MADE, 45).month == date(2025, 8, 1)


def test_a_change_too_slow_to_be_seen_is_told_by_what_six_periods_show():
    told = seen_from(finding_with(20, 0.45), "down", MADE, 31)

    assert (told.month, told.share) == (date(2025, 9, 1), 0.45)


def test_a_series_with_a_signal_is_told_by_its_limits():
    leap = [*QUIET[:36], 90.0]

    assert found_in(leap).evidence.seen is None
    assert seen_from(found_in(leap), "up", MADE, 31).share in (0.2, pytest.approx(0.4, abs=0.2))


@pytest.mark.parametrize("values", [QUIET[:8], [10.0, 0.0] * 3])
def test_where_nothing_could_be_seen_no_month_is_named(values):
    told = seen_from(found_in(values), "up", MADE, 31)

    assert told is None
    assert seen_from_words(told, NAMES, "fi") == catalogue("fi")["agenda.seen_never"]


def test_a_seeded_step_comes_back_at_the_right_meeting():
    told = seen_from(finding_with(4, 0.25), "up", MADE, 31)
    known = Known(look_backs=(KnownLookBack("lupaus", told.month),))
    months = [add_months(date(2025, 1, 1), n) for n in range(12)]
    on_it = [
        month
        for month in months
        for one in agenda(known, "a", month.replace(day=12), 60).entries()
        if one.kind == "look_back"
    ]
    look = look_back(stepped(0.5, months=4), "up", MADE, told.month, told.effect)

    assert on_it[0] == date(2025, 7, 1)
    assert look.verdict == "change_expected"


def test_an_absent_step_gives_the_words_of_no_change():
    told = seen_from(finding_with(4, 0.25), "up", MADE, 31)
    look = look_back(stepped(0, months=4), "up", MADE, told.month, told.effect)
    words = plain(look_words(look, NAMES, "fi"))

    assert re.fullmatch(r"Ei näkyvää muutosta \(olisi voitu nähdä ±\d+ %\)\.", words)


def test_a_share_is_told_in_percentage_points():
    look = look_back(stepped(0), "up", MADE, **told_at(effect=8.0))

    assert "±8,0 prosenttiyksikköä" in plain(look_words(look, SHARE, "fi"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_never_said_that_a_promise_brought_something_about(lang):
    texts = [
        words
        for key, words in catalogue(lang).items()
        if key.startswith(("agenda.look_", "agenda.seen_"))
    ]
    looks = [look_back(stepped(one), "up", MADE, **told_at()) for one in (0, 0.5, -0.5)]
    texts += [look_words(one, names, lang) for one in looks for names in (NAMES, SHARE)]
    texts += [verdict_word(one, lang) for one in looks]

    assert len(texts) > 15
    assert not [one for one in texts if re.search(CAUSES[lang], bare(one))]
