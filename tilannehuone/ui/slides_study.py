"""A study on the shared screen: its message and chart, large, and what weakens it beside them."""

from collections.abc import Mapping
from dataclasses import replace

from tilannehuone.charts.paint import paint
from tilannehuone.texts import text
from tilannehuone.texts.format import day
from tilannehuone.ui import options, research, research_kinds
from tilannehuone.ui.frame import Page
from tilannehuone.ui.research import Study
from tilannehuone.ui.research_answer import Answer
from tilannehuone.ui.slides_measure import Shape
from tilannehuone.ui.slides_parts import head, more, said, vouched

SHAPE = Shape(1500.0, 520.0, 1.5)
"""Higher than a measure's chart, since no events stand under it."""


def study(page: Page, asked: Mapping[str, str]) -> tuple[str, str, dict[str, str]]:
    """Return the title of the study that an address names, what its slide shows, and its ids.

    Small charts side by side cannot be read from afar: their lines stand in one chart.
    """
    page = replace(page, name="research")
    shown = research.study(page, options.choice_of(page, asked), asked)
    ids = shown.address
    if shown.kind == "multiples":
        shown = replace(shown, kind="lines")
    found = research_kinds.answered(page, shown)
    title, where = _names(page, shown)
    built = text("room.built", page.lang, day=day(page.facts["built_at"].date(), page.lang))
    html = (
        head(title, where)
        + said("", found.message)
        + _picture(title, found)
        + more(" ".join(found.warnings))
        + vouched(page, [built, shown.choice.indicator.register_])
    )
    return f"{title}, {where}", html, ids


def _names(page: Page, shown: Study) -> tuple[str, str]:
    measure = shown.choice.indicator.name.in_language(page.lang)
    parts = (measure, options.category_name(shown.choice, page.lang))
    kind = page.text(f"kind_{shown.kind}")
    where = options.names_of_areas(page)[shown.choice.area_code]
    return ", ".join(one for one in parts if one), f"{where} · {kind}"


def _picture(title: str, found: Answer) -> str:
    """Return the chart; nothing where nothing is drawn."""
    if found.figure is None:
        return ""
    size, scale = (SHAPE.width, SHAPE.height), SHAPE.type_scale
    drawn = paint(found.figure, *size, title=title, description=found.alt, type_scale=scale)
    return f'<div class="th-picture">{drawn}</div>'
