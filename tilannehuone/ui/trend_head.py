"""What stands first on the trend page: the sentence, and where to look when it cannot be read."""

from html import escape

from tilannehuone.finding import detail, message, suggestion
from tilannehuone.ui import cached, options, reading
from tilannehuone.ui.frame import Page, address, link_html
from tilannehuone.ui.marks import look
from tilannehuone.ui.markup import icon_html, tone
from tilannehuone.ui.trend import View


def head_html(page: Page, shown: View) -> str:
    """Return what is looked at, large what is to be said of it, and under it what bears on that."""
    names = shown.names
    where = ", ".join(one for one in (names.area, names.category) if one)
    title = f'<h1>{escape(names.indicator)} <span class="where">{escape(where)}</span></h1>'
    told, mark, more = page.text("small_all" if shown.is_small else "message_none"), "", []
    if shown.finding is not None and not shown.is_small:
        told, mark = message(shown.finding, names, page.lang), look(shown.finding)
        more = [detail(shown.finding, names, page.lang), suggestion(shown.finding, page.lang)]
    lines = [escape(one) for one in more if one] + [
        one for one in [_grain_html(page, shown)] if one
    ]
    details = "".join(f'<p class="th-detail">{one}</p>' for one in lines)
    icon = f'<span class="{tone(mark)}">{icon_html(mark)}</span>' if mark else ""
    return (
        f'<header class="th-head" lang="{page.lang}">{title}'
        f'<div class="th-lead">{icon}<p class="th-message big">{escape(told)}</p>'
        f"{details}</div></header>"
    )


def elsewhere_html(page: Page, shown: View) -> str:
    """Return where there are figures to be read when this series has none to draw.

    That is another grain, or where the figures are too small at every one the nearest area above.
    """
    told = _larger_html(page, shown) if shown.is_small else _longer_html(page, shown)
    return f'<p class="th-message" lang="{page.lang}">{told}</p>'


def _larger_html(page: Page, shown: View) -> str:
    choice = shown.choice
    above = reading.nearest_above(page.release, choice.area_code, choice.indicator.id)
    if above is None:
        return ""
    name = _area_name(page, above)
    return f"{escape(page.text('nearest'))} {_link(page, choice, name, area=above)}"


def _longer_html(page: Page, shown: View) -> str:
    choice = shown.choice
    found = reading.readable(reading.grains(page.release, choice.area_code, choice.indicator.id))
    links = [
        _link(page, choice, options.grain_name(one, page.lang), period=one)
        for one in found.sort_values("coarseness")["period_type"]
    ]
    return f"{escape(page.text('coarser'))} {' · '.join(links)}" if links else ""


def _grain_html(page: Page, shown: View) -> str:
    """Return why another grain is shown than the one asked for, or that this one has ended."""
    choice = shown.choice
    if shown.is_small or shown.finding is None:
        return ""
    if choice.asked != choice.period_type:
        return f"{_instead(page, choice)} {_asked_above(page, choice)}".strip()
    return _ended(page, choice) if choice.breakdown == options.ALL else ""


def _instead(page: Page, choice: options.Choice) -> str:
    at = reading.grain_words("at", choice.asked, page.lang)
    figures = reading.grain_words("figures", choice.period_type, page.lang)
    return escape(page.text("small_shown", at=at, figures=figures))


def _asked_above(page: Page, choice: options.Choice) -> str:
    """Return a link to the nearest area above that can be read at the grain asked for."""
    key = (page.release, choice.area_code, choice.indicator.id, choice.asked)
    above = reading.nearest_above(*key)
    if above is None:
        return ""
    figures = reading.grain_words("figures", choice.asked, page.lang)
    words = page.text("small_above", figures=figures, area=_area_name(page, above))
    return _link(page, choice, words, area=above, period=choice.asked)


def _ended(page: Page, choice: options.Choice) -> str:
    """Return that the latest year is not offered at this grain, with a link to one at which it is.

    The years before it are shown, so the grain can still be looked at.
    """
    found = reading.grains(page.release, choice.area_code, choice.indicator.id)
    good = reading.readable(found)
    for row in cached.records(good[good["period_type"] == choice.period_type]):
        coarser = good[good["is_offered"] & (good["coarseness"] > row["coarseness"])]
        if row["is_offered"] or coarser.empty:
            return ""
        best = str(coarser.sort_values(["badness", "coarseness"])["period_type"].iloc[0])
        at = reading.grain_words("at", choice.period_type, page.lang)
        figures = reading.grain_words("figures", best, page.lang)
        words = escape(page.text("small_now", at=at, year=int(row["latest_year"])))
        return f"{words} {_link(page, choice, page.text('look_at', figures=figures), period=best)}"
    return ""


def _link(page: Page, choice: options.Choice, words: str, **other: str) -> str:
    query = {"lang": page.lang, "area": choice.area_code, "indicator": choice.indicator.id} | other
    return link_html(page, query["area"], address("trend", **query), escape(words))


def _area_name(page: Page, area_code: str) -> str:
    return options.names_of_areas(page)[area_code]
