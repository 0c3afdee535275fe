"""All slides of a meeting, in the script's order, each with what is written on it so far."""

from collections.abc import Iterator

from tilannehuone.meeting.agenda import Entry, Item
from tilannehuone.texts import text
from tilannehuone.ui import meeting_course as course
from tilannehuone.ui import meeting_phenomenon as phenomenon
from tilannehuone.ui import meeting_promises as promises
from tilannehuone.ui import meeting_situation as situation
from tilannehuone.ui.meeting_held import Held
from tilannehuone.ui.meeting_lookback import look_back
from tilannehuone.ui.meeting_parts import Slide


def slides(held: Held, *, wall: bool) -> list[Slide]:
    """Return the slides in order; on a wall without anything to fill in."""
    found: list[Slide] = []
    for item in held.agenda.items:
        found += _of_item(held, item, wall=wall)
    return found


def items(held: Held) -> list[dict[str, object]]:
    """Return the agenda's items as the browser needs them: id, name and minutes."""
    names = {one.kind: text(f"agenda.item_{one.kind}", held.page.lang) for one in held.agenda.items}
    return [
        {"id": one.kind, "name": names[one.kind], "minutes": one.minutes}
        for one in held.agenda.items
    ]


def _of_item(held: Held, item: Item, *, wall: bool) -> Iterator[Slide]:
    if item.kind == "opening":
        yield course.opening(held, wall=wall)
    elif item.kind in ("promises", "situation"):
        yield from _of_entries(held, item.entries, wall=wall)
    elif item.kind == "phenomenon":
        yield from phenomenon.slides(held, item.entries, wall=wall)
    elif item.kind == "course":
        yield course.course(held, item, wall=wall)
    elif item.kind == "round":
        yield promises.made(held, wall=wall)
    else:
        yield course.message(held, wall=wall)
        yield course.end(held, wall=wall)


OF_ENTRY = {
    "promise": promises.asked,
    "look_back": look_back,
    "measure": situation.measure,
    "case": situation.case,
}


def _of_entries(held: Held, entries: tuple[Entry, ...], *, wall: bool) -> Iterator[Slide]:
    """Yield a slide for each entry that still exists, and one for all that is late."""
    for one in entries:
        draw = OF_ENTRY.get(one.kind)
        drawn = draw(held, one, wall=wall) if draw else None
        if drawn is not None:
            yield drawn
    late = [one for one in entries if one.kind == "late"]
    if late:
        yield situation.late(held, late)
