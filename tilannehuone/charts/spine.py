"""One measure of one area among the areas of its type: a row of a spine chart, as inline SVG.

Places are in percent of the width, so the drawing fills its cell at any size; it carries no words,
those stand in the row. What it is given is what is shown; of a hidden area it knows nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

FEWEST_FOR_BAND = 5
"""Areas: of fewer the middle half says nothing."""

REACH = 47.0
"""Percent of the width on each side of the centre that the farthest value may take."""
OWN_REACH = 1.6
"""How much farther than the farthest value an area's own interval is followed."""


@dataclass(frozen=True, slots=True)
class Spine:
    """What is drawn of one measure.

    `others` are the values of the other areas, `tips` what is said of each; `benchmark` is the
    level at the centre, None where there is none. `tone` is the colour role of the area's own
    mark. `is_mirrored` puts the smaller values to the right: where less is better.
    """

    value: float
    lower: float | None
    upper: float | None
    others: Sequence[float]
    tips: Sequence[str]
    benchmark: float | None
    tone: str
    is_mirrored: bool


def spine_svg(spine: Spine) -> str:
    """Return the drawing, hidden from screen readers.

    >>> drawing = spine_svg(Spine(9, 7, 11, (5, 6), ("A", "B"), 6.5, "concern", True))
    >>> drawing.count("<circle"), "th-spine-band" in drawing
    (3, False)
    """
    scale = _Scale.of(spine)
    every = [spine.value, *spine.others]
    parts = ['<line class="th-spine-track" x1="0" x2="100%" y1="50%" y2="50%"/>']
    if len(every) >= FEWEST_FOR_BAND:
        ends = sorted(scale.place(float(one)) for one in np.percentile(every, [25, 75]))
        wide = f'x="{_percent(ends[0])}" width="{_percent(ends[1] - ends[0])}"'
        parts.append(f'<rect class="th-spine-band" {wide} y="22%" height="56%" rx="3"/>')
    if spine.benchmark is not None:
        at = _percent(scale.place(spine.benchmark))
        parts.append(f'<line class="th-spine-centre" x1="{at}" x2="{at}" y1="6%" y2="94%"/>')
    parts += _interval(spine, scale)
    parts += [
        f'<circle class="th-spine-other" cx="{_percent(scale.place(one))}" cy="50%" r="0.24em"'
        f' data-tip="{escape(tip)}"/>'
        for one, tip in zip(spine.others, spine.tips, strict=True)
    ]
    own = f'cx="{_percent(scale.place(spine.value))}" cy="50%" r="0.5em"'
    parts.append(f'<circle class="th-spine-own {escape(spine.tone)}" {own}/>')
    drawn = "".join(parts)
    return f'<svg class="th-spine" aria-hidden="true" focusable="false">{drawn}</svg>'


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where values stand: the centre, how much of a value the half of the width is, which way."""

    centre: float
    half: float
    sign: float

    @classmethod
    def of(cls, spine: Spine) -> "_Scale":
        every = [spine.value, *spine.others]
        middle = (min(every) + max(every)) / 2
        centre = middle if spine.benchmark is None else spine.benchmark
        far = max(abs(one - centre) for one in every)
        own = [abs(one - centre) for one in (spine.lower, spine.upper) if one is not None]
        widest = max([far, *(min(one, OWN_REACH * far) for one in own)])
        return cls(centre, widest or 1.0, -1.0 if spine.is_mirrored else 1.0)

    def place(self, value: float) -> float:
        """Return the place in percent; what lies beyond the edge is at the edge."""
        share = self.sign * (value - self.centre) / self.half
        return 50 + REACH * min(max(share, -1.0), 1.0)


def _interval(spine: Spine, scale: _Scale) -> list[str]:
    if spine.lower is None or spine.upper is None:
        return []
    first, last = sorted((scale.place(spine.lower), scale.place(spine.upper)))
    ends = f'x1="{_percent(first)}" x2="{_percent(last)}"'
    return [f'<line class="th-spine-interval {escape(spine.tone)}" {ends} y1="50%" y2="50%"/>']


def _percent(x: float) -> str:
    return f"{x:.1f}%"
