"""What stands over the map: its one message, and links to other areas, times and colours."""

from html import escape

from tilannehuone.texts import text
from tilannehuone.texts.format import in_period, number, period
from tilannehuone.ui import options
from tilannehuone.ui.area import CHANCE
from tilannehuone.ui.area_rows import tone
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.links import switch_html
from tilannehuone.ui.map_view import VALUES, WORDS, View, mark
from tilannehuone.ui.trend_small import counted
from tilannehuone.ui.words import figure


def messages(page: Page, shown: View) -> list[str]:
    """Return the one message, and what bears on it."""
    told = _message(page, shown)
    lines = (told[:1].upper() + told[1:], _chance(page, shown), _small(page, shown))
    return [one for one in lines if one]


def head_html(page: Page, shown: View) -> str:
    """Return what is looked at where and when, the one message, and what cannot be shown."""
    name = shown.indicator.name.in_language(page.lang)
    where = f"{type_name(page, shown)} {period(shown.grain, shown.start, page.lang)}"
    told, *more = messages(page, shown)
    details = "".join(f'<p class="th-detail">{escape(one)}</p>' for one in more)
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(name)} '
        f'<span class="where">{escape(where)}</span></h1>'
        f'<p class="th-message big">{escape(told)}</p>{details}</header>'
    )


def choices_html(page: Page, shown: View) -> str:
    """Return as links the types of area, the periods beside this one, and the colourings."""
    ways = [
        (page.text("type"), [(_named(page, one), {"type": one}) for one in shown.types],
         _named(page, shown.area_type)),
        (page.text("year"), _near(page, shown), period(shown.grain, shown.start, page.lang)),
    ]  # fmt: skip
    if shown.has_words:
        colours = [(page.text(f"by_{one}"), {"by": one}) for one in (WORDS, VALUES)]
        ways.append((page.text("by"), colours, page.text(f"by_{shown.by}")))
    base = {"lang": page.lang, **shown.address}
    told = "".join(
        f'<div class="th-choice"><span aria-hidden="true">{escape(title)}</span>'
        + switch_html(title, [(name, address("map", **base | to)) for name, to in some], current)
        + "</div>"
        for title, some, current in ways
        if len(some) > 1
    )
    return f'<div class="th-choices" lang="{page.lang}">{told}</div>'


def none_html(page: Page, indicator_id: str) -> str:
    """Return that the measure cannot be laid on a map."""
    name = page.indicators[indicator_id].name.in_language(page.lang)
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(name)}</h1>'
        f'<p class="th-message big">{escape(page.text("message_nothing"))}</p></header>'
    )


def type_name(page: Page, shown: View) -> str:
    """Return what people call the areas looked at."""
    return options.area_type_name(shown.area_type, page.lang)


def _near(page: Page, shown: View) -> list[tuple[str, dict[str, str]]]:
    """Return the period before, this one and the next, as far as there are such."""
    at = shown.starts.index(shown.start)
    return [
        (period(shown.grain, one, page.lang), {"year": mark(shown.grain, one)})
        for one in shown.starts[max(0, at - 1) : at + 2]
    ]


def _message(page: Page, shown: View) -> str:
    when = in_period(shown.grain, shown.start, page.lang)
    known = sorted(one.value for one in shown.places if one.value is not None)
    if not known:
        return page.text("message_none", when=when)
    if not shown.has_words:
        low, high = (figure(shown.indicator, one, page.lang) for one in (known[0], known[-1]))
        return page.text("message_range", when=when, low=low, high=high)
    told = {"when": when, "count": sum(one.word is not None for one in shown.places)}
    apart = [one for one in shown.places if one.deviates]
    if not apart:
        return page.text("message_similar", **told)
    named = ", ".join(
        f"{one.name} ({text(f'trend.word_{one.word}', page.lang)})"
        for one in sorted(apart, key=lambda one: tone(one.word))
    )
    return page.text("message_apart", areas=named, **told)


def _chance(page: Page, shown: View) -> str:
    """Return how many areas chance alone would set apart."""
    compared = sum(one.word is not None for one in shown.places)
    if not compared:
        return ""
    return page.text("chance", signals=number(CHANCE * compared, page.lang, 1))


def _small(page: Page, shown: View) -> str:
    hidden = sum(one.status == "c" for one in shown.places)
    return counted(page, "small", hidden) if hidden else ""


def _named(page: Page, area_type: str) -> str:
    name = options.area_type_name(area_type, page.lang)
    return name[:1].upper() + name[1:]
