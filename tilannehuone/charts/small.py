"""A small picture of one series among many: its line, its gaps, its latest value and the target.

It carries no words: name, value and direction stand beside it.
"""

from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN = 240.0, 84.0, 7.0


def small_picture(
    values: Sequence[float | None],
    ends: tuple[float, float],
    role: str,
    target: float | None = None,
) -> str:
    """Return a series as inline SVG, hidden from screen readers.

    Parameters
    ----------
    values
        One a period of the common time, None where nothing is known or shown: the line breaks.
    ends
        The values at the lower and the upper edge; what lies beyond is drawn at the edge.
    role
        The colour role of the latest value: improvement, concern, neutral or common.
    target
        Drawn as a dashed line where it lies between the ends.

    Examples
    --------
    >>> picture = small_picture([1.0, None, 3.0], (0.0, 4.0), "common")
    >>> picture.count("<path"), picture.count("<circle")
    (1, 2)
    """
    spots = [
        None if one is None else (_across(n, len(values)), _up(one, ends))
        for n, one in enumerate(values)
    ]
    known = [one for one in spots if one]
    marks = "".join(_dot(spot, 2.2, "var(--soft)") for spot in _lonely(spots) if spot != known[-1])
    last = _dot(known[-1], 5.0, f"var(--{role})") if known else ""
    path = f'<path d="{_path(spots)}" style="fill:none;stroke:var(--soft);stroke-width:1.8"/>'
    return (
        f'<svg class="th-small" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" aria-hidden="true" '
        f'focusable="false">{_aim(target, ends)}{path}{marks}{last}</svg>'
    )


def _across(n: int, count: int) -> float:
    return MARGIN + (WIDTH - 2 * MARGIN) * (n / (count - 1) if count > 1 else 0.5)


def _up(value: float, ends: tuple[float, float]) -> float:
    low, high = ends
    share = (value - low) / (high - low) if high > low else 0.5
    return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * min(max(share, 0.0), 1.0)


def _path(spots: Sequence[tuple[float, float] | None]) -> str:
    steps, is_open = [], False
    for spot in spots:
        if spot:
            steps.append(f"{'L' if is_open else 'M'}{spot[0]:.1f} {spot[1]:.1f}")
        is_open = spot is not None
    return "".join(steps)


def _lonely(spots: Sequence[tuple[float, float] | None]) -> list[tuple[float, float]]:
    """Return the points that no line reaches, since both neighbours are unknown."""
    padded = [None, *spots, None]
    return [
        spot
        for before, spot, after in zip(padded, spots, padded[2:], strict=False)
        if spot and not before and not after
    ]


def _dot(spot: tuple[float, float], radius: float, colour: str) -> str:
    return f'<circle cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="{radius:g}" style="fill:{colour}"/>'


def _aim(target: float | None, ends: tuple[float, float]) -> str:
    if target is None or not ends[0] <= target <= ends[1]:
        return ""
    level = _up(target, ends)
    return (
        f'<path d="M{MARGIN:g} {level:.1f}H{WIDTH - MARGIN:g}" '
        'style="fill:none;stroke:var(--accent);stroke-width:1.2;stroke-dasharray:5 4"/>'
    )
