"""What a reader looks for first on the trend page: its headline with the sentence, and the chart.

Both are made once for a series, a language, a day and what is tried: the page shows them, and so
does what is sent ahead of it (`web/ahead.py`).
"""

from dataclasses import dataclass

from tilannehuone.ui import trend, trend_drawing, trend_head
from tilannehuone.ui.frame import Page
from tilannehuone.ui.initiatives import token
from tilannehuone.ui.kept import Keyed, kept
from tilannehuone.ui.options import Choice

MOST_KEPT = 2000
"""Series whose first things are kept: some 20 kB each."""


@dataclass(frozen=True, slots=True)
class First:
    """The headline as HTML and the chart as SVG; `drawing` is empty where there is no chart."""

    head: str
    drawing: str


_last: list[Choice] = []


def first(page: Page, choice: Choice) -> First:
    """Return what stands first on the page of a series that somebody looks at."""
    _last[:] = [choice]
    return made(page, choice)


def made(page: Page, choice: Choice) -> First:
    """Return the same for a series that somebody may look at later."""
    return _made(page, keyed(choice), token(choice.area_code))


def keyed(choice: Choice) -> Keyed[Choice]:
    """Return a choice as what is kept for it is known."""
    return Keyed((*choice.key.values(), choice.asked), choice)


def looked_at_last() -> Choice | None:
    """Return the series that anybody looked at last, in this process."""
    return _last[0] if _last else None


@kept(MOST_KEPT)
def _made(page: Page, chosen: Keyed[Choice], _initiatives: str) -> First:
    shown = trend.view(page, chosen.told)
    drawing = trend_drawing.drawing(shown, page.lang) if trend.has_chart(shown) else ""
    return First(trend_head.head_html(page, shown), drawing)
