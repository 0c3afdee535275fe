"""A made meeting with what it showed, for the tests of frozen packs. Run alone it prints one."""

from datetime import UTC, date, datetime

from findings import QUIET, found_in

from tilannehuone.meeting.objects import Decision, Feedback, Interpretation, Meeting, Promise
from tilannehuone.meeting.pack import Around, frozen
from tilannehuone.meeting.pack_content import Happened, ShownSeries, cells_of

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
AGENDA = '{"items": [{"kind": "situation", "entries": []}], "quiet": []}'
AROUND = Around("Tilannehuone", "Kaakkuri", "0.1.0", "20261120T040000Z", "2026-11-20")
OF_CHART = ("centre", "lower", "upper", "near_lower", "near_upper", "segment")
NAN = float("nan")


def rows(values):
    """Return the rows of a series; a text in `values` is a status, its number whatever follows."""
    found = []
    for n, one in enumerate(values):
        status, value = one if isinstance(one, tuple) else ("ok", one)
        month = date(2025 + n // 12, n % 12 + 1, 1)
        found.append(
            {"period_start": month, "status": status, "value": value}
            | {"lower95": value - 1, "upper95": value + 1, "signal": None, "side": None}
            | dict.fromkeys(OF_CHART, 11.0)
            | {"kind": "common"}
        )
    return found


def shown(values, indicator_id="visits", definition="Käynnit yhteensä.", area_code="kaakkuri"):
    """Return a series as a release shows it."""
    return ShownSeries(
        indicator_id=indicator_id,
        area_code=area_code,
        period_type="month",
        breakdown="all",
        category="all",
        definition={"id": indicator_id, "definition": {"fi": definition}},
        definitions_hash=f"hash of {definition}",
        k=5,
        finding=None,
        cells=cells_of(rows(values)),
        events=(Happened(date(2025, 3, 1), "Uusi käytäntö"),),
    )


def told(indicator_id="visits"):
    """Return the finding of a quiet series as a pack holds it."""
    import json  # noqa: PLC0415

    return json.loads(found_in(QUIET).to_json()) | {"indicator_id": indicator_id}


def meeting(**values):
    """Return a meeting that is being held."""
    return Meeting(
        **{"id": "m1", "area_code": "kaakkuri", "day": date(2026, 11, 20), "state": "open"}
        | {"release_id": AROUND.release_id, "opened_at": AT, "staff_message": "Hei.\r\nKiitos."}
        | values
    )


def records(text="Ei muutosta."):
    """Return what was written in the meeting."""
    of = {"area_code": "kaakkuri", "meeting_id": "m1", "created_at": AT, "created_by": "kirjuri"}
    return [
        Decision(id="d1", course="continue", text="Jatketaan.", **of),
        Feedback(id="f1", score=3, **of),
        Feedback(id="f2", score=1, **of),
        Interpretation(
            id="i1", indicator_id="visits", period_type="month", judgement="same", text=text, **of
        ),
        Promise(id="p1", text="Lupaan soittaa.", promiser="Neuvola", due=date(2026, 12, 18), **of),
    ]


def pack_of(*series, said=None, **values):
    """Return the frozen pack of a meeting that showed these series."""
    return frozen(meeting(**values), AGENDA, series, records() if said is None else said, AROUND)


if __name__ == "__main__":
    print(pack_of(shown([12.0, 0.1 + 0.2, ("c", 3.0)])).content)  # noqa: T201
