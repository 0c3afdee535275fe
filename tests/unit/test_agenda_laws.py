"""Laws of the agenda: whatever is known, minutes add up and nothing is lost or told twice."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from test_agenda import shuffled

from tilannehuone.meeting.agenda import agenda
from tilannehuone.meeting.agenda_time import LONGEST, SHORTEST
from tilannehuone.meeting.known import (
    Known,
    KnownCase,
    KnownLookBack,
    KnownMeasure,
    KnownPhenomenon,
    KnownPromise,
)

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
MEASURES = st.lists(
    st.builds(
        KnownMeasure,
        id=st.sampled_from([f"m{n}" for n in range(40)]),
        place=st.integers(0, 40),
        cadence=st.sampled_from(["month", "quarter", "half_year", "years"]),
        anchor=st.sampled_from(["jan", "apr"]),
        has_signal=st.booleans(),
        is_late=st.booleans(),
        is_unused=st.booleans(),
    ),
    unique_by=lambda one: one.id,
)
KNOWN = st.builds(
    Known,
    measures=MEASURES.map(tuple),
    promises=st.lists(
        st.builds(
            KnownPromise,
            id=st.uuids().map(str),
            made=DAYS,
            due=st.none() | DAYS,
            carried=st.integers(0, 4),
        )
    ).map(tuple),
    look_backs=st.lists(st.builds(KnownLookBack, id=st.uuids().map(str), seen_from=DAYS)).map(
        tuple
    ),
    cases=st.lists(
        st.builds(
            KnownCase,
            id=st.uuids().map(str),
            indicator_id=st.sampled_from([f"m{n}" for n in range(40)]),
            opened=DAYS,
        )
    ).map(tuple),
    phenomena=st.lists(
        st.builds(
            KnownPhenomenon,
            id=st.uuids().map(str),
            began=DAYS,
            last_discussed=st.none() | DAYS,
        )
    ).map(tuple),
)


@settings(max_examples=150)
@given(known=KNOWN, day=DAYS, minutes=st.integers(SHORTEST, LONGEST), seed=st.integers(0, 9))
def test_laws_of_the_agenda(known, day, minutes, seed):
    made = agenda(known, "a", day, minutes)

    assert sum(one.minutes for one in made.items) == minutes
    for item in made.items:
        assert item.minutes >= 0
        assert sum(one.minutes for one in item.entries) <= item.minutes
        assert all(one.minutes >= 1 for one in item.entries)
        assert all(isinstance(one.minutes, int) for one in item.entries)
    everything = [(one.kind, one.id) for one in (*made.entries(), *made.quiet)]
    assert len(everything) == len(set(everything))
    assert {key for key in everything if key[0] in ("promise", "phenomenon", "case")} == {
        *(("promise", one.id) for one in known.promises),
        *(("phenomenon", one.id) for one in known.phenomena),
        *(("case", one.id) for one in known.cases),
    }
    assert {one for kind, one in everything if kind == "measure"} == {
        one.id for one in known.measures
    }
    assert agenda(shuffled(known, seed), "a", day, minutes).to_json() == made.to_json()
