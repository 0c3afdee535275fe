"""The standardised rate of the shown series, and the standard it is told for."""

from html import escape

from tilannehuone.texts.format import in_period, number, value_with_unit
from tilannehuone.ui import cached, options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.trend import View
from tilannehuone.ui.words import as_day


def standard_html(page: Page, shown: View) -> str:
    """Return the latest standardised rate with its interval and standard, where there is one."""
    told = escape(_words(page, shown))
    line = f'<p class="th-note">{told}</p>' if told else ""
    return f'<div lang="{page.lang}">{line}</div>'


def _words(page: Page, shown: View) -> str:
    choice, names, lang = shown.choice, shown.names, page.lang
    standard = choice.indicator.standard
    if standard is None or choice.breakdown != options.ALL or shown.is_small:
        return ""
    key = {
        "indicator_id": choice.indicator.id,
        "area_code": choice.area_code,
        "period_type": choice.period_type,
    }
    rows = cached.standardised(page.release, **key)
    start = None if rows.empty else as_day(rows.iloc[-1]["period_start"])
    if start is None:
        return ""
    last, decimals = rows.iloc[-1], names.decimals
    return page.text(
        "standardised",
        standard=standard.name.in_language(lang),
        when=in_period(choice.period_type, start, lang),
        value=value_with_unit(last["value"], names.unit, lang, decimals),
        lower=number(last["lower95"], lang, decimals),
        upper=number(last["upper95"], lang, decimals),
    )
