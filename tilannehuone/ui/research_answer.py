"""What a study found, in one form for every kind: message, chart, facts, assumptions, table."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go

from tilannehuone.charts.paint import paint
from tilannehuone.charts.paper import Paper
from tilannehuone.charts.table import Table
from tilannehuone.ui import options
from tilannehuone.ui.frame import Page
from tilannehuone.ui.links import ALL_ENDINGS, WITHOUT_PICTURE
from tilannehuone.ui.markup import facts_html, table_html
from tilannehuone.ui.research import Study

SIZE = (1400.0, 440.0)
TYPE = 1.2


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found.

    `facts` are estimates and diagnostics as terms and words; `assumptions` are what the words
    rest on, `warnings` what speaks against them. `tests` is how many tests the answer itself is:
    0 where nothing is inferred.
    """

    message: str
    table: Table
    figure: go.Figure | None = None
    alt: str = ""
    drawing: str = ""  # markup in the place of one figure: small charts side by side
    notes: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    assumptions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    tests: int = 0
    code: str = ""  # what was computed, as Python over `wide` (`ui.research_code`)
    areas: tuple[str, ...] = ()  # that the code reads; none: those of the study


def head_html(page: Page, shown: Study, found: Answer) -> str:
    """Return the title, what is studied, and the one message."""
    place = options.names_of_areas(page)[shown.choice.area_code]
    parts = (shown.choice.indicator.name.in_language(page.lang), _split(page, shown))
    what = ", ".join(one for one in parts if one)
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(what)} '
        f'<span class="where">{escape(place)}</span></h1>'
        f'<p class="th-message">{escape(found.message)}</p>{_notes(found.notes)}</header>'
    )


def chart_markup(page: Page, shown: Study, found: Answer) -> str:
    """Return the drawing; empty where there is nothing to draw."""
    if found.drawing or found.figure is None:
        return found.drawing
    title = shown.choice.indicator.name.in_language(page.lang)
    return paint(found.figure, *SIZE, title=title, description=found.alt, type_scale=TYPE)


def findings_html(page: Page, found: Answer) -> str:
    """Return estimates and diagnostics, what speaks against them, and what they rest on."""
    if not found.facts:
        return ""
    beside = "".join(
        f"<h3>{escape(page.text(key))}</h3>{_listed(told)}"
        for key, told in (("warnings", found.warnings), ("assumptions", found.assumptions))
        if told
    )
    return (
        f'<section class="th-section th-study" lang="{page.lang}">'
        f"<h2>{escape(page.text('facts'))}</h2>"
        f"<div>{facts_html(found.facts, page.lang)}</div><div>{beside}</div></section>"
    )


def values_html(page: Page, found: Answer) -> str:
    """Return the figures of the study as a table."""
    return table_html(found.table, page.lang) if found.table.rows else ""


def paper(page: Page, shown: Study, found: Answer) -> Paper:
    """Return the study as a file has it."""
    told = (*found.notes, *(f"{term}: {words}" for term, words in found.facts))
    choice = shown.choice
    return Paper(
        name=f"research_{shown.kind}_{choice.indicator.id}_{choice.area_code}",
        lang=page.lang,
        title=choice.indicator.name.in_language(page.lang),
        where=options.names_of_areas(page)[choice.area_code],
        messages=(found.message, *told, *found.warnings, *found.assumptions),
        table=found.table,
        alt=found.alt,
        figure=found.figure,
        unit=choice.indicator.unit.in_language(page.lang),
        decimals=choice.indicator.decimals,
        built=page.facts["built_at"],
    )


def endings(found: Answer) -> tuple[str, ...]:
    """Return the kinds of file there are: without one figure there is no picture of one."""
    return WITHOUT_PICTURE if found.figure is None else ALL_ENDINGS


def _split(page: Page, shown: Study) -> str:
    return options.category_name(shown.choice, page.lang)


def _notes(told: Sequence[str]) -> str:
    return "".join(f'<p class="th-note">{escape(one)}</p>' for one in told)


def _listed(told: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in told)}</ul>"
