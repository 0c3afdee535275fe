"""The comparison as it leaves the room: the same messages, drawings, tables and passport."""

from collections.abc import Iterator

import plotly.graph_objects as go

from tilannehuone.charts.paper import Curve, Paper
from tilannehuone.charts.table import Table
from tilannehuone.ui import (
    compare_funnel,
    compare_index,
    compare_levels,
    compare_standard,
    compare_trends,
    compare_turned,
    compare_verdicts,
)
from tilannehuone.ui.compare import View
from tilannehuone.ui.compare_head import messages, notices, span
from tilannehuone.ui.compare_levels import Levels, levels
from tilannehuone.ui.frame import Page
from tilannehuone.ui.overview_table import release_notes


def papers(page: Page, shown: View) -> list[Paper]:
    """Return the parts of the page in files' order: levels first, since they have the picture."""
    found = levels(shown)
    return [
        _levels(page, shown, found),
        _paper(page, shown, "trends", (page.text("trends_note"),),
               compare_trends.table(page, shown)),
        *_drawn(page, shown),
        *_told(page, shown),
    ]  # fmt: skip


def _levels(page: Page, shown: View, found: Levels) -> Paper:
    has_values = any(one.value is not None for one in found.rows)
    told = (*messages(page, shown, found), *notices(page, shown))
    name = shown.indicator.name.in_language(page.lang)
    return _paper(
        page,
        shown,
        "levels",
        (*told, *compare_levels.notes(page, found)),
        compare_levels.table(page, shown, found),
        figure=compare_levels.chart(page, shown, found) if has_values else None,
        alt=compare_levels.alt(page, shown, found),
        labels=tuple(one.place.name for one in found.rows),
        curves=(Curve("value", name, tuple(one.value for one in found.rows)),),
    )


def _drawn(page: Page, shown: View) -> Iterator[Paper]:
    funnel, index = compare_funnel.funnelled(shown), compare_index.indexed(page, shown)
    if funnel is not None:
        yield _paper(
            page,
            shown,
            "funnel",
            tuple(compare_funnel.notes(page, funnel)),
            compare_funnel.table(page, shown, funnel),
            figure=compare_funnel.chart(page, shown, funnel),
            alt=compare_funnel.alt(page, shown, funnel),
        )
    if index is not None:
        yield _paper(
            page,
            shown,
            "index",
            tuple(compare_index.notes(page, index)),
            compare_index.table(page, shown, index),
            figure=compare_index.chart(page, index),
            alt=compare_index.alt(page, index),
        )


def _told(page: Page, shown: View) -> Iterator[Paper]:
    standard = compare_standard.table(page, shown)
    if standard is not None:
        yield _paper(page, shown, "standard", (page.text("standard_note"),), standard)
    verdicts = compare_verdicts.table(page, shown)
    yield _paper(page, shown, "verdicts", (page.text("verdicts_note"),), verdicts)
    turned = compare_turned.table(page, shown)
    if turned.rows:
        yield _paper(page, shown, "turned", (page.text("turned_note"),), turned)


def _paper(
    page: Page,
    shown: View,
    part: str,
    told: tuple[str, ...],
    table: Table,
    *,
    figure: go.Figure | None = None,
    alt: str = "",
    labels: tuple[str, ...] = (),
    curves: tuple[Curve, ...] = (),
) -> Paper:
    name = shown.indicator.name.in_language(page.lang)
    notes = (
        (page.text("note_measure"), name),
        (page.text("note_definition"), shown.indicator.definition.in_language(page.lang)),
        (page.text("note_order"), page.text("order")),
        *release_notes(page, shown.indicator),
    )
    return Paper(
        name=f"compare-{shown.indicator.id}-{shown.own}-{part}",
        lang=page.lang,
        title=f"{page.text('title')}: {name}",
        where=", ".join(one for one in (shown.own_name, span(page, shown)) if one),
        messages=told,
        table=Table(table.caption, table.columns, table.rows, table.here, notes),
        alt=alt,
        figure=figure,
        labels=labels,
        curves=curves,
        unit=shown.indicator.unit.in_language(page.lang),
        decimals=shown.indicator.decimals,
        built=page.facts["built_at"],
    )
