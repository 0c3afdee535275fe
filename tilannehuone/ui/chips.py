"""Areas as links in a row: each takes its area in beside the others, or leaves it out."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from tilannehuone.ui import options
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.links import CURRENT


def chips_html(
    page: Page, view: str, query: Mapping[str, str], now: Sequence[str], offered: Iterable[str]
) -> str:
    """Return a link for each area that is offered on a page; the one followed keeps them in sight.

    `query` is the address of what is shown, `now` the areas that stand beside; the texts of the
    page have `take_in` and `leave_out`.
    """
    chips = "".join(_chip(page, view, query, now, one) for one in offered)
    return f'<ul class="th-chips">{chips}</ul>'


def _chip(page: Page, view: str, query: Mapping[str, str], now: Sequence[str], code: str) -> str:
    is_in = code in now
    then = [one for one in now if one != code] if is_in else [*now, code]
    link = address(view, **{"lang": page.lang, **query, "with": ",".join(then), "choose": "1"})
    name = options.names_of_areas(page)[code]
    label = escape(page.text("leave_out" if is_in else "take_in", area=name))
    return (
        f'<li><a href="{link}" target="_self" aria-label="{label}"{CURRENT if is_in else ""}>'
        f'<span aria-hidden="true">{"✓" if is_in else "+"}</span> {escape(name)}</a></li>'
    )
