"""The verdict of comparability: every combination of its conditions, against a table of its own."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_counted import COUNTED

from tilannehuone.network.comparable import Facts, verdict

QUARTERS = tuple(date(year, month, 1) for year in range(2021, 2026) for month in (1, 4, 7, 10))
OLD = tuple(date(2018, month, 1) for month in (1, 4, 7, 10))
A = Facts(
    region="north",
    area_code="north-a",
    area_type="district",
    indicator_id="m",
    definition=COUNTED,
    definitions_hash="one",
    systems=("LC",),
    period_type="quarter",
    latest_period=QUARTERS[-1],
    shown=QUARTERS,
    expected=QUARTERS,
)
B = replace(A, region="south", area_code="south-b")
RES, NOT = "with_reservations", "not_comparable"


def years(last, count=5):
    return tuple(date(last - n, 1, 1) for n in reversed(range(count)))


# each condition: how the second area (or both) is made, and the reason that must follow
DEFINITION = {
    "same": ({}, None),
    "worded": ({"definitions_hash": "two", "definition": COUNTED | {"name": {"fi": "X"}}}, RES),
    "counted": ({"definitions_hash": "two", "definition": COUNTED | {"cohort_days": 90}}, NOT),
}
PERIOD = {"same": None, "earlier": RES, "none": NOT, "grain": NOT}
COVERAGE = {  # of the eight quarters looked at, so many are hidden: in the first, in the second
    (0, 0): None,
    (1, 1): None,
    (3, 0): RES,
    (0, 4): RES,
    (0, 5): NOT,
    (6, 3): NOT,
}
SYSTEM = {
    "same": (("LC",), None),
    "other": (("AK",), RES),
    "more": (("LC", "AK"), RES),
    "undeclared": ((), RES),
}
BREAK = {  # days of the first, days of the second
    "none": ((), (), None),
    "shared": ((date(2025, 1, 1),), (date(2025, 1, 1),), None),
    "before the window": ((), (date(2021, 4, 1),), None),
    "before": ((), (date(2025, 1, 1),), RES),
    "other days": ((date(2025, 4, 1),), (date(2025, 1, 1),), RES),
    "after": ((date(2025, 11, 15),), (), NOT),
    "in the future": ((), (date(2026, 2, 1),), None),
}
LEVEL = {"none": ((), None), "confirmed": ((date(2025, 1, 1),), RES)}
UNITS = {"alike": ("district", None), "unlike": ("county", RES)}
KEYS = {
    "worded": "definition_worded",
    "counted": "definition_counted",
    "earlier": "period_differs",
    "none": "period_none",
    "grain": "period_none",
    "other": "system_differs",
    "more": "system_differs",
    "undeclared": "system_undeclared",
    "before": "break_before",
    "other days": "break_before",
    "after": "break_after",
    "confirmed": "level_rebased",
    "unlike": "units_differ",
}


def pair(definition, period, hidden, system, breaks, level, units):
    """Return two areas that differ in exactly these ways."""
    first, second, _ = BREAK[breaks]
    a = replace(A, breaks=first)
    b = replace(B, breaks=second, systems=SYSTEM[system][0], rebases=LEVEL[level][0])
    b = replace(b, area_type=UNITS[units][0], **DEFINITION[definition][0])
    last = QUARTERS[-2] if period == "earlier" else QUARTERS[-1]
    a = replace(a, shown=without(QUARTERS, last, hidden[0]))
    b = replace(b, shown=without([q for q in QUARTERS if q <= last], last, hidden[1]))
    b = replace(b, latest_period=last)
    if period == "none":
        b = replace(b, shown=OLD, latest_period=OLD[-1])
    if period == "grain":
        b = replace(b, period_type="year")
    return a, b


def without(shown, last, count):
    """Return the quarters less the `count` first ones of the eight that end at `last`."""
    at = QUARTERS.index(last) - 7
    gone = QUARTERS[at : at + count]
    return tuple(one for one in shown if one not in gone)


def expected(definition, period, hidden, system, breaks, level, units):
    """Return the reasons by hand: what is not told of a pair that shares no period is left out."""
    told = [(KEYS.get(definition), DEFINITION[definition][1]), (KEYS.get(period), PERIOD[period])]
    if PERIOD[period] != NOT:
        cover = COVERAGE[hidden]
        told.append(("coverage_poor" if cover == NOT else "coverage_low", cover))
        told.append((KEYS.get(breaks), BREAK[breaks][2]))
        told.append((KEYS.get(level), LEVEL[level][1]))
    told += [(KEYS.get(system), SYSTEM[system][1]), (KEYS.get(units), UNITS[units][1])]
    return {(key, severity) for key, severity in told if severity is not None}


def test_every_combination_of_the_conditions_gives_the_word_and_the_reasons_of_the_table():
    every = product(DEFINITION, PERIOD, COVERAGE, SYSTEM, BREAK, LEVEL, UNITS)
    wrong, words = [], set()
    for one in every:
        found = verdict(*pair(*one))
        wanted = expected(*one)
        severities = {severity for _, severity in wanted}
        word = NOT if NOT in severities else RES if RES in severities else "comparable"
        words.add(word)
        if found.word != word or {(r.key, r.severity) for r in found.reasons} != wanted:
            wrong.append((one, found))

    assert wrong == []
    assert words == {"comparable", RES, NOT}


def test_the_order_of_the_two_is_nothing():
    every = product(DEFINITION, PERIOD, COVERAGE, SYSTEM, BREAK, LEVEL, UNITS)
    for a, b in (pair(*one) for n, one in enumerate(every) if n % 7 == 0):
        assert verdict(a, b) == verdict(b, a)


def test_areas_of_one_region_have_one_source_however_it_is_declared():
    undeclared = replace(B, region=A.region, systems=())

    assert verdict(replace(A, systems=()), undeclared).word == "comparable"
    assert verdict(A, replace(undeclared, region="south")).word == RES


@pytest.mark.parametrize(
    ("known", "word"), [(5, "comparable"), (4, "comparable"), (3, RES), (2, NOT), (1, NOT)]
)
def test_of_years_five_are_looked_at_and_the_edges_belong_to_the_better_side(known, word):
    five = years(2025)
    a = replace(A, period_type="year", latest_period=five[-1], shown=five, expected=five)
    b = replace(a, region="south", area_code="b", shown=five[-known:])

    assert verdict(a, b).word == word


def test_half_of_the_quarters_is_enough_to_be_compared_with_reservations():
    assert verdict(*pair("same", "same", (4, 0), "same", "none", "none", "alike")).word == RES


def test_levels_are_compared_at_the_latest_period_that_both_show():
    a, b = pair("same", "earlier", (0, 0), "same", "none", "none", "alike")
    found = verdict(a, b)

    assert found.compared == QUARTERS[-2]
    assert found.reasons[0].values == {"compared": QUARTERS[-2]}
    assert verdict(A, replace(B, shown=OLD, latest_period=OLD[-1])).compared is None


def test_a_break_on_the_first_day_of_the_compared_period_leaves_the_levels():
    start = QUARTERS[-1]

    assert verdict(A, replace(B, breaks=(start,))).word == RES
    assert verdict(A, replace(B, breaks=(start + timedelta(days=1),))).word == NOT


def test_a_confirmed_new_level_is_never_a_reason_not_to_compare():
    assert verdict(A, replace(B, rebases=(date(2025, 11, 15),))).word == RES
    assert verdict(A, replace(B, rebases=(date(2026, 2, 1),))).word == "comparable"


def test_definitions_that_nobody_knows_are_never_taken_for_the_same():
    unknown = replace(A, definition={}, definitions_hash="")

    assert verdict(unknown, replace(unknown, area_code="other")).word == NOT


def test_two_measures_are_never_compared():
    with pytest.raises(ValueError, match="one measure"):
        verdict(A, replace(B, indicator_id="another"))


days = st.dates(date(2020, 1, 1), date(2026, 6, 30))
some_facts = st.builds(
    lambda shown, breaks, rebases, systems, kind: replace(
        B,
        area_code=f"south-{len(shown)}{len(breaks)}{len(rebases)}",
        shown=tuple(sorted(shown)),
        latest_period=max(shown, default=None),
        breaks=tuple(sorted(breaks)),
        rebases=tuple(sorted(rebases)),
        systems=systems,
        area_type=kind,
    ),
    st.sets(st.sampled_from(QUARTERS)),
    st.sets(days, max_size=3),
    st.sets(days, max_size=2),
    st.sampled_from([(), ("LC",), ("AK",)]),
    st.sampled_from(["district", "county"]),
)


@settings(max_examples=100, deadline=None)
@given(some_facts, some_facts)
def test_any_pair_has_one_verdict_whose_word_is_that_of_its_worst_reason(a, b):
    found = verdict(a, b)
    severities = {one.severity for one in found.reasons}

    assert found == verdict(b, a)
    assert (found.word == "comparable") == (not severities)
    assert (found.word == NOT) == (NOT in severities)
    assert found.compared is None or found.compared in set(a.shown) & set(b.shown)
    assert len({one.key for one in found.reasons}) == len(found.reasons)
