"""The map as it leaves the room: the same message, areas and passport, with bars in its place."""

from tilannehuone.charts.map_bars import Bar, bars_figure
from tilannehuone.charts.paper import Curve, Paper
from tilannehuone.texts.format import period, value_with_unit
from tilannehuone.ui.area_rows import tone
from tilannehuone.ui.frame import Page
from tilannehuone.ui.map_head import messages, type_name
from tilannehuone.ui.map_looks import Looks
from tilannehuone.ui.map_table import table
from tilannehuone.ui.map_view import View, mark


def paper(page: Page, shown: View) -> Paper:
    """Return what the page shows of one measure over areas, ready for every kind of file."""
    one, lang = shown.indicator, page.lang
    looks = Looks.of(page, shown)
    unit, level = one.unit.in_language(lang), shown.baseline
    bars = [
        Bar(place.name, place.value, looks.told(place), tone(place.word)) for place in shown.places
    ]
    has_values = any(place.value is not None for place in shown.places)
    told = (
        page.text("level", value=value_with_unit(level, unit, lang, one.decimals)) if level else ""
    )
    return Paper(
        name=f"map-{one.id}-{shown.area_type}-{mark(shown.grain, shown.start)}",
        lang=lang,
        title=one.name.in_language(lang),
        where=f"{type_name(page, shown)} {period(shown.grain, shown.start, lang)}",
        messages=tuple(messages(page, shown)),
        table=table(page, shown),
        alt="; ".join(looks.spoken(place) for place in shown.places),
        figure=bars_figure(bars, level, told) if has_values else None,
        labels=tuple(place.name for place in shown.places),
        curves=(Curve("value", one.name.in_language(lang), tuple(p.value for p in shown.places)),),
        unit=unit,
        decimals=one.decimals,
        built=page.facts["built_at"],
    )
