"""What can be chosen on the page besides measure and area: the grain, and who stands beside."""

from html import escape

from tilannehuone.ui import cached, options
from tilannehuone.ui.chips import chips_html
from tilannehuone.ui.compare import Place, View
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.links import switch_html


def choices_html(page: Page, shown: View, *, is_open: bool = False) -> str:
    """Return the grains as links side by side, and the areas that can stand on the page.

    A link at an area takes it in or leaves it out. `is_open` keeps the areas in sight.
    """
    grain = f'<div class="th-choices">{_grains(page, shown)}</div>' if len(shown.grains) > 1 else ""
    opened = " open" if is_open else ""
    title = page.text("beside", n=len(shown.others), m=len(shown.offered) - _own_is_offered(shown))
    groups = "".join(_group(page, shown, kind, codes) for kind, codes in _by_type(page, shown))
    return (
        f'<div lang="{page.lang}" class="th-compare-choices">{grain}'
        f"<details{opened}><summary>{escape(title)}</summary>{_usual(page, shown)}{groups}"
        "</details></div>"
    )


def _grains(page: Page, shown: View) -> str:
    base = {"lang": page.lang} | shown.address
    names = {one: options.grain_name(one, page.lang) for one in shown.grains}
    ways = [(name, address("compare", **base | {"period": one})) for one, name in names.items()]
    title = page.common("pick_period")
    return (
        f'<div class="th-choice"><span aria-hidden="true">{escape(title)}</span>'
        f"{switch_html(title, ways, names[shown.period_type])}</div>"
    )


def _usual(page: Page, shown: View) -> str:
    if not shown.chosen:
        return ""
    base = {key: one for key, one in shown.address.items() if key != "with"}
    link = address("compare", lang=page.lang, **base)
    return f'<p><a href="{link}" target="_self">{escape(page.text("usual"))}</a></p>'


def _by_type(page: Page, shown: View) -> list[tuple[str, list[str]]]:
    areas = cached.areas(page.release).drop_duplicates("area_code")
    kinds = dict(zip(areas["area_code"], areas["area_type"], strict=True))
    own = str(kinds[shown.own])
    codes = [one for one in shown.offered if one != shown.own]
    found: dict[str, list[str]] = {str(kinds[one]): [] for one in codes}
    for one in codes:
        found[str(kinds[one])].append(one)
    return sorted(found.items(), key=lambda pair: pair[0] != own)


def _group(page: Page, shown: View, kind: str, codes: list[str]) -> str:
    name = options.area_type_name(kind, page.lang)
    now = [one.code for one in shown.others]
    chips = chips_html(page, "compare", shown.address, now, codes)
    return f'<p class="th-note">{escape(name)}</p>{chips}'


def _own_is_offered(shown: View) -> int:
    return int(shown.own in shown.offered)


def links_to(page: Page, shown: View, place: Place) -> str:
    """Return the address of an area's trend at the grain of the page."""
    query = {"lang": page.lang, "area": place.code, "indicator": shown.indicator.id}
    return address("trend", **query, period=shown.period_type)
