"""What happened, as upright lines in a trend chart: numbered, and those that matter most named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tilannehuone.charts.axis import days_between, half_step, moved
from tilannehuone.charts.palette import Palette

LONGEST_LABEL = 46
LETTER = 0.0085
"""A letter's share of the chart's width on the narrowest screen, with some room to spare."""
LINE = 24
"""The height of a label in pixels; its type is 16 px."""
TURN = 0.6
"""Share of the width beyond which a label stands to the left of its line."""


@dataclass(frozen=True, slots=True)
class Event:
    """A break, a new level or another event, in the reader's language.

    A break cuts the line of values; a new level does not, but limits begin anew at both. Another
    event has its words inside the chart only where it `is_named`: a promise that is looked back at.
    """

    day: date
    text: str
    is_break: bool
    is_rebase: bool = False
    is_named: bool = False

    @property
    def begins_anew(self) -> bool:
        """Whether limits are set anew from that day."""
        return self.is_break or self.is_rebase

    @property
    def has_words(self) -> bool:
        """Whether its words stand inside the chart."""
        return self.begins_anew or self.is_named


def event_marks(
    events: Sequence[Event], at: list[str], end: str, colours: Palette, worded: bool = True
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return upright lines for what happened within the time shown, and their labels.

    All are numbered above the chart, as the list under it tells them; a break and a new level
    also have their words inside it if `worded`, in rows, so that none lies on another. The
    chart's time runs to `end`.
    """
    shapes: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    rows: list[list[tuple[float, float]]] = []
    for n, one in enumerate(events_shown(events, at), start=1):
        x = moment_place(one.day, at)
        colour = colours.ink if one.has_words else colours.soft
        dash = "dash" if one.has_words else "dot"
        shapes.append(
            {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
            | {"line": {"color": colour, "width": 1.5, "dash": dash}}
        )
        note = {"x": x, "y": 1, "yref": "paper", "showarrow": False}
        note |= {"font": {"size": 16, "color": colour}}
        notes.append(note | {"yanchor": "bottom", "text": f"<b>{n}</b>"})
        if worded and one.has_words:
            share = days_between(at[0], x) / max(days_between(at[0], end), 1)
            words = _label(one.text, share, rows)
            notes.append(note | words | {"bgcolor": colours.ground})
    return shapes, notes


def _label(words: str, share: float, rows: list[list[tuple[float, float]]]) -> dict[str, Any]:
    """Return a label beside its line, in the first of the `rows` where there is room for it.

    `share` is where the line stands in the width; `rows` holds what is taken, and is added to.
    """
    shown = _shortened(words)
    wide, right = LETTER * len(shown), share < TURN
    span = (share, share + wide) if right else (share - wide, share)
    row = 0
    while row < len(rows) and any(span[0] < b and a < span[1] for a, b in rows[row]):
        row += 1
    if row == len(rows):
        rows.append([])
    rows[row].append(span)
    return {
        "text": shown,
        "yanchor": "top",
        "yshift": -LINE * row,
        "xanchor": "left" if right else "right",
        "xshift": 5 if right else -5,
        "borderpad": 2,
    }


def events_shown(events: Sequence[Event], at: list[str]) -> list[Event]:
    """Return the events that lie within the chart's time, in the order they are numbered."""
    if not at:
        return []
    end = moved(at[-1], 2 * half_step(at))
    return [one for one in events if at[0] < one.day.isoformat() < end]


def moment_place(day: date, at: list[str]) -> str:
    """Return where a day stands: a period's mark is the middle of its time on the axis.

    The first day of a period thus stands halfway between its mark and the one before.
    """
    width = 2 * half_step(at)
    n = max(n for n, one in enumerate(at) if one <= day.isoformat())
    stop = at[n + 1] if n + 1 < len(at) else moved(at[n], width)
    share = days_between(at[n], day.isoformat()) / days_between(at[n], stop)
    left = at[n - 1] if n else moved(at[n], -width)
    reach = timedelta(days=days_between(left, at[n]) if share < 0.5 else days_between(at[n], stop))
    return moved(at[n], reach * (share - 0.5))


def _shortened(label: str) -> str:
    if len(label) <= LONGEST_LABEL:
        return label
    return label[:LONGEST_LABEL].rsplit(" ", 1)[0].rstrip(",;:–") + "…"
