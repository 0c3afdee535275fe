"""The official measure beside one's own: its latest figures, whose it is, and what to beware of."""

from html import escape

from tilannehuone.finding import Finding
from tilannehuone.registry import Indicator
from tilannehuone.texts.format import day, in_period, value_with_unit
from tilannehuone.ui import cached, options, reading
from tilannehuone.ui.frame import Page, address, link_html
from tilannehuone.ui.trend import View


def benchmark_html(page: Page, shown: View) -> str:
    """Return what the declared official measure says of the areas around; empty without one.

    It is told of the undivided measure only, and has a page of its own with its own breaks.
    """
    official = page.indicators.get(shown.indicator.benchmark or "")
    if official is None or shown.choice.breakdown != options.ALL:
        return ""
    found = _figures(page, official.id, shown.choice.area_code)
    if not found:
        return ""
    caveats = escape(" ".join(_caveats(page, shown, official)))
    lines = [_figures_html(page, official, found), *([caveats] if caveats else [])]
    told = "".join(f'<p class="th-note">{one}</p>' for one in lines)
    return f'<div lang="{page.lang}">{told}</div>'


def _figures(page: Page, indicator_id: str, area_code: str) -> dict[str, Finding]:
    """Return the latest known figure of the outermost and of the nearest area that have one."""
    around = [area_code, *reading.above(cached.areas(page.release), area_code)]
    found = {code: one for code in around if (one := _latest(page, indicator_id, code)) is not None}
    ends = list(found)[-1:] + list(found)[:1]
    return {code: found[code] for code in dict.fromkeys(ends)}


def _latest(page: Page, indicator_id: str, area_code: str) -> Finding | None:
    """Return the finding of the grain by which the measure is read in an area, if it has one."""
    grains = reading.readable(reading.grains(page.release, area_code, indicator_id))
    if grains.empty:
        return None
    undivided = {"breakdown": options.ALL, "category": options.ALL}
    key = {"indicator_id": indicator_id, "period_type": str(grains["period_type"].iloc[0])}
    finding = cached.findings(page.release, **key, **undivided).get(area_code)
    return finding if finding is not None and finding.latest_value is not None else None


def _figures_html(page: Page, official: Indicator, found: dict[str, Finding]) -> str:
    outermost = next(iter(found))
    to = address("trend", lang=page.lang, indicator=official.id, area=outermost)
    name = escape(official.name.in_language(page.lang))
    figures = [escape(_figure(page, official, code, one)) for code, one in found.items()]
    return page.text(
        "benchmark",
        link=link_html(page, outermost, to, name),
        figures="; ".join(figures),
        source=escape(_source(page, official)),
    )


def _figure(page: Page, official: Indicator, area_code: str, one: Finding) -> str:
    if one.latest_value is None or one.latest_period is None:
        return ""
    unit = official.unit.in_language(page.lang)
    return page.text(
        "benchmark_figure",
        area=options.names_of_areas(page)[area_code],
        value=value_with_unit(one.latest_value, unit, page.lang, official.decimals),
        when=in_period(one.period_type, one.latest_period, page.lang),
    )


def _source(page: Page, official: Indicator) -> str:
    if official.sotkanet_id is None:
        return official.register_
    number = str(official.sotkanet_id)
    return page.text("benchmark_number", register=official.register_, number=number)


def _caveats(page: Page, shown: View, official: Indicator) -> list[str]:
    """Return the official definition, how it differs from one's own, and its breaks."""
    own, lang = shown.indicator, page.lang
    if official.definition == own.definition and _alike(official, own):
        told = []
    else:
        definition = official.definition.in_language(lang)
        likeness = "benchmark_otherwise" if _alike(official, own) else "benchmark_unlike"
        told = [page.text("benchmark_definition", definition=definition), page.text(likeness)]
    return told + [
        page.text("benchmark_break", day=day(one.date, lang), text=one.text.in_language(lang))
        for one in official.breaks
    ]


def _alike(one: Indicator, other: Indicator) -> bool:
    """Tell whether two measures are figures of one kind, so that their levels can be compared."""
    return (one.kind, one.scale, one.unit) == (other.kind, other.scale, other.unit)
