"""The words of `bench.table`: ratios, growth and their place in a document. It runs nothing."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BY_HAND, OURS = "by hand", "ours"
Figures = Mapping[tuple[str, int], float]
"""What was measured of one side, by format and number of events."""


@dataclass(frozen=True)
class Kind:
    """One kind of figure: its title, and how its figures are written."""

    title: str
    written: str


CPU = Kind("processor time", "{:,.1f} s")
WALL = Kind("waiting", "{:,.1f} s")
PEAK = Kind("peak memory", "{:,.0f} MB")


def growth(figures: Mapping[int, float]) -> float:
    """Return by which power of the events the figures grow: least squares of the logarithms.

    >>> growth({10: 3, 100: 30, 1000: 300})
    1.0
    """
    at = [math.log(events) for events in figures]
    told = [math.log(figure) for figure in figures.values()]
    middle, level = math.fsum(at) / len(at), math.fsum(told) / len(told)
    spread = math.fsum((x - middle) ** 2 for x in at)
    together = math.fsum((x - middle) * (y - level) for x, y in zip(at, told, strict=True))
    return round(together / spread, 6)


def growth_cell(figures: Mapping[int, float]) -> str:
    """Return the growth over all sizes, and over the last step, where fixed costs weigh least."""
    if len(figures) < 2:
        return ""
    ordered = dict(sorted(figures.items()))
    if len(ordered) == 2:
        return f"{growth(ordered):.2f}"
    return f"{growth(ordered):.2f}; {growth(dict(list(ordered.items())[-2:])):.2f}"


def cost_table(kind: Kind, sides: Mapping[str, Figures]) -> str:
    """Return a table with a row for each side: figures, ratios to by hand, growth.

    A side that was not measured at a size has an empty cell there, and its growth is of the rest.
    """
    sizes = sorted({size for figures in sides.values() for size in figures})
    formats = sorted({file_format for file_format, _ in sizes})
    header, lines = [kind.title], [[side] for side in sides]
    for file_format in formats:
        mine = [events for one, events in sizes if one == file_format]
        header += [f"{events:,} {file_format}" for events in mine] + ["growth"]
        for line, (side, figures) in zip(lines, sides.items(), strict=True):
            found = {
                events: figures[file_format, events]
                for events in mine
                if (file_format, events) in figures
            }
            line += [
                _figure(kind, side, found.get(events), sides[BY_HAND].get((file_format, events)))
                for events in mine
            ]
            line.append(growth_cell(found))
    return markdown([header, *lines])


def _figure(kind: Kind, side: str, figure: float | None, by_hand: float | None) -> str:
    if figure is None:
        return ""
    told = kind.written.format(figure)
    if side == BY_HAND or not by_hand:
        return told
    ratio = f"{figure / by_hand:.2f}"
    return f"{told} (**{ratio}**)" if side == OURS else f"{told} ({ratio})"


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table, the first as its header.

    >>> print(markdown([["", "a"], ["b", "1"]]))
    | | a |
    |---|---|
    | b | 1 |
    """
    header, *rest = ["|" + "".join(f" {cell} |" if cell else " |" for cell in row) for row in rows]
    return "\n".join([header, "|" + "---|" * len(rows[0]), *rest])


def replaced(document: str, name: str, block: str) -> str:
    """Return the document with a block between the two comments that mark its place.

    Raises
    ------
    SystemExit
        When the document does not have each mark once, in this order.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, found_begin, rest = document.partition(begin)
    _, found_end, after = rest.partition(end)
    if not (found_begin and found_end) or begin in rest or end in before + after:
        raise SystemExit(f"no place for the table: {begin} … {end} must stand there once")
    return f"{before}{begin}\n{block.strip()}\n{end}{after}"
