"""One view as it leaves the room: what it says, what it shows, and all that vouches for it.

A screen makes it, every kind of file is written from it: the same words, numbers and picture in
all of them. It holds nothing that the screen does not show.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import plotly.graph_objects as go

from tilannehuone.charts.table import Table

Role = Literal["value", "centre", "lower", "upper", "target", "forecast", "low80", "high80"]


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a chart as numbers: None where nothing is known or shown."""

    role: Role
    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One view of one release in one language.

    `name` is a file's name without its ending, made of ids. `messages` begins with the one
    message. `labels` are the periods (or areas, or measures) that each of `curves` has a value
    for. `table.notes` is the passport: definition, source, period, release, quality, marks; every
    file carries it. `figure` is drawn for pictures, `alt` says it in words; None: nothing to draw.
    `unit` and `decimals` are those of the values. `foot` is the passport in at most two lines, for
    pictures and slides (period, source, release, id of the definition); without it they take the
    short ones of `table.notes`. `built` is when the release was made: the date files bear.
    """

    name: str
    lang: str
    title: str
    where: str
    messages: tuple[str, ...]
    table: Table
    alt: str = ""
    figure: go.Figure | None = None
    labels: tuple[str, ...] = ()
    curves: tuple[Curve, ...] = ()
    unit: str = ""
    decimals: int = 1
    foot: tuple[str, ...] = ()
    built: datetime | None = None
