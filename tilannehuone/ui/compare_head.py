"""The head of the page: the one message, and what has to be known before anything is compared."""

from html import escape

from tilannehuone.texts import text
from tilannehuone.texts.format import in_period, period, value_with_unit
from tilannehuone.ui import cached, options
from tilannehuone.ui.compare import View, value_at
from tilannehuone.ui.compare_levels import Levels
from tilannehuone.ui.compare_verdicts import tally
from tilannehuone.ui.frame import Page
from tilannehuone.ui.reading import above
from tilannehuone.ui.words import figure


def head_html(page: Page, shown: View, found: Levels) -> str:
    """Return who is looked at in which measure, and the one message."""
    name = escape(shown.indicator.name.in_language(page.lang))
    details = "".join(
        f'<p class="th-detail">{escape(one)}</p>' for one in messages(page, shown, found)[1:]
    )
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(page.text("title"))} '
        f'<span class="where">{name} · {escape(shown.own_name)}</span></h1>'
        f'<p class="th-message big">{escape(message(page, shown, found))}</p>{details}</header>'
    )


def messages(page: Page, shown: View, found: Levels) -> list[str]:
    """Return the one message, and how many areas may be compared."""
    return [message(page, shown, found), *(one for one in (tally(page, shown),) if one)]


def notices_html(page: Page, shown: View) -> str:
    """Return the notices: that periods differ, that units are unlike; empty where neither is."""
    lines = notices(page, shown)
    told = "".join(f"<p>{escape(one)}</p>" for one in lines)
    return f'<div class="th-banner" role="note" lang="{page.lang}">{told}</div>' if told else ""


def notices(page: Page, shown: View) -> list[str]:
    """Return the notices in words."""
    told = (_periods(page, shown), _units(page, shown), *_nested(page, shown))
    return [one for one in told if one]


def message(page: Page, shown: View, found: Levels) -> str:
    """Return how the own level stands to the median, or why nothing can be said of it."""
    own, lang = found.own, page.lang
    told = {"area": shown.own_name}
    if shown.compared is None or own is None or own.value is None:
        return page.text("message_unknown", **told)
    unit, decimals = shown.indicator.unit.in_language(lang), shown.indicator.decimals
    told["value"] = value_with_unit(own.value, unit, lang, decimals)
    told["when"] = in_period(shown.period_type, shown.compared, lang)
    if not shown.others:
        return page.text("message_alone", **told)
    if found.median is None:
        return page.text("message_no_median", **told)
    told["median"] = figure(shown.indicator, found.median, lang)
    if own.word is None:
        return page.text("message_unworded", **told)
    key = "message_similar" if own.word == "similar" else "message_apart"
    return page.text(key, word=text(f"trend.word_{own.word}", lang), **told)


def _periods(page: Page, shown: View) -> str:
    """Return that not all areas have the same newest period, and which period is compared."""
    latest = {one.facts.latest_period for one in shown.places}
    if len(latest) < 2 or shown.compared is None:
        return ""
    when = in_period(shown.period_type, shown.compared, page.lang)
    missing = [one.name for one in shown.places if value_at(one, shown.compared) is None]
    names = ", ".join(missing)
    more = " " + page.text("notice_missing", areas=names) if names else ""
    return page.text("notice_periods", when=when) + more


def _units(page: Page, shown: View) -> str:
    kinds = dict.fromkeys(one.facts.area_type for one in shown.places)
    if len(kinds) < 2:
        return ""
    names = ", ".join(options.area_type_name(one, page.lang) for one in kinds)
    return page.text("notice_units", types=names)


def _nested(page: Page, shown: View) -> list[str]:
    """Return which areas lie within another that stands there: they are not beside each other."""
    areas, names = cached.areas(page.release), {one.code: one.name for one in shown.places}
    within: dict[str, list[str]] = {}
    for code, name in names.items():
        for whole in above(areas, code):
            if whole in names:
                within.setdefault(whole, []).append(name)
    return [
        page.text("notice_nested", whole=names[whole], parts=", ".join(parts))
        for whole, parts in within.items()
    ]


def span(page: Page, shown: View) -> str:
    """Return the compared period's name; empty where there is none."""
    return period(shown.period_type, shown.compared, page.lang) if shown.compared else ""
