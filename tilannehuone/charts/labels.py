"""Words in a trend chart, each where its line or its signal is."""

from typing import Any

import pandas as pd

from tilannehuone.charts.axis import spread
from tilannehuone.charts.palette import Palette
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import number

MARGIN = {"l": 64, "r": 190, "t": 40, "b": 60}
LEAST_HEIGHT = 340
"""Pixels the screen gives the chart at least; labels are kept apart for that."""
LABEL_GAP = 23
"""Least distance of two labels at the right edge, in pixels; the type is 17 px."""

MOST_LABELS = 2
LABEL_SHARE = 0.22
"""Signals labelled in words: the latest ones, this share of the width apart."""
HALF_LABEL = 0.09
"""Share of the width that a signal's words take to each side."""
SIGNAL_SHIFT = 22
"""Pixels from a point to the middle of its signal's words."""
TARGET_SHIFT = 15
"""Pixels from the target line to the middle of words that stand beyond it."""
HEIGHTS = (240, 640)
"""The plot's likely heights in pixels: the screen decides, so words must fit at both."""


def edge_labels(
    series: pd.DataFrame,
    indicator: Indicator,
    aim: dict[str, Any] | None,
    outlook: float | None,
    ends: tuple[float, float],
    lang: str,
    colours: Palette,
) -> list[dict[str, Any]]:
    """Name the latest centre, limits, target and forecast at the right edge, none on another.

    `outlook` is where the forecast ends, None where none is drawn.
    """
    levels: list[tuple[float, str, str]] = []
    limited = series[series["centre"].notna()]
    if len(limited):
        last = limited.iloc[-1]
        for name in ("upper", "centre", "lower"):
            if ends[0] <= last[name] <= ends[1]:
                shown = number(last[name], lang, indicator.decimals)
                label = text(f"chart.{name}", lang, value=shown)
                levels.append((float(last[name]), label, colours.soft))
    if aim:
        shown = number(aim["y"][-1], lang, 0 if aim["y"][-1] % 1 == 0 else indicator.decimals)
        levels.append((aim["y"][-1], text("chart.target", lang, value=shown), colours.accent))
    if outlook is not None:
        levels.append((outlook, text("chart.forecast", lang), colours.ink))
    plot = LEAST_HEIGHT - MARGIN["t"] - MARGIN["b"]
    apart = spread([one for one, _, _ in levels], LABEL_GAP * (ends[1] - ends[0]) / plot)
    return [
        note(label, colour, x=1, xref="paper", y=y, xanchor="left", xshift=14)
        for y, (_, label, colour) in zip(apart, levels, strict=True)
    ]


def signal_labels(
    series: pd.DataFrame,
    at: list[str],
    lang: str,
    colours: Palette,
    aim: dict[str, Any] | None = None,
    span: tuple[float, float] = (0.0, 0.0),
) -> list[dict[str, Any]]:
    """Put a word on the last point of every stretch of equal signals, the latest ones first.

    No word lies on a point, nor on the target line, the trace `aim`; `span` is the reach of the
    value axis.
    """
    aims = dict(zip(aim["x"], aim["y"], strict=True)) if aim else {}
    kinds = list(series["kind"].astype("object").where(series["kind"].notna(), "common"))
    sides = list(series["side"])
    ends = [
        n
        for n, kind in enumerate(kinds)
        if kind != "common" and (n + 1 == len(kinds) or kinds[n + 1] != kind)
    ]
    notes: list[dict[str, Any]] = []
    free = float(len(at))
    for n in reversed(ends):
        first = n
        while first and kinds[first - 1] == kinds[n]:
            first -= 1
        high = sides[n] == "high"
        middle = (first + n) // 2 if high else _over_no_gap(series, first, n)
        if middle > free or len(notes) == MOST_LABELS:
            continue
        free = middle - LABEL_SHARE * len(at)
        begin, end = _beneath(middle, len(series))
        near = series["value"].iloc[min(first, begin) : max(n + 1, end)]
        target = aims.get(at[middle])
        notes.append(
            note(
                text(f"chart.kind_{kinds[n]}", lang),
                colours.of_kind(kinds[n]),
                x=at[middle],
                **_beside(float(near.max() if high else near.min()), high, target, span),
                xanchor=_anchor(middle / max(1, len(at) - 1)),
                bgcolor=colours.veil,
            )
        )
    return notes


def _beside(
    level: float, high: bool, target: float | None, span: tuple[float, float]
) -> dict[str, float]:
    """Return where words stand above (`high`) or below a level: beyond a target line in the way.

    A line so far that it is never in the way, at any of HEIGHTS, or so near that it never is,
    leaves the words beside their level.
    """
    way = 1 if high else -1
    reach = span[1] - span[0]
    if target is not None and reach > 0:
        least, most = ((target - level) * way * height / reach for height in HEIGHTS)
        half = LABEL_GAP / 2
        if most > SIGNAL_SHIFT - half and 0 < least < SIGNAL_SHIFT + half:
            return {"y": target, "yshift": way * TARGET_SHIFT}
    return {"y": level, "yshift": way * SIGNAL_SHIFT}


def _over_no_gap(series: pd.DataFrame, first: int, last: int) -> int:
    """Return the place nearest to a stretch's middle that has no gap's word beneath it."""
    middle = (first + last) // 2
    unknown = series["value"].isna().to_numpy()
    clear = [
        n for n in range(first, last + 1) if not unknown[slice(*_beneath(n, len(series)))].any()
    ]
    return min(clear, key=lambda n: abs(n - middle), default=middle)


def _beneath(place: int, points: int) -> tuple[int, int]:
    """Return the first point that words at a place reach over, and the one after their last."""
    room = round(HALF_LABEL * points)
    shift = {"left": room, "center": 0, "right": -room}[_anchor(place / max(1, points - 1))]
    return max(0, place + shift - room), place + shift + room + 1


def _anchor(share: float) -> str:
    """Return how a label at this share of the width keeps within the chart."""
    return "left" if share < 0.12 else "right" if share > 0.88 else "center"


def note(label: str, colour: str, **where: Any) -> dict[str, Any]:
    """Return a line of text in the chart; `where` holds its place as the figure wants it."""
    return {
        "text": label,
        "showarrow": False,
        "font": {"size": 17, "color": colour},
        "align": "left",
        **where,
    }
