"""The definitions as they leave the room: every measure with all that is declared of it."""

from collections.abc import Sequence

from tilannehuone.charts.paper import Paper
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.registry import Indicator
from tilannehuone.ui import about
from tilannehuone.ui.about_measures import facts, matching
from tilannehuone.ui.frame import Page
from tilannehuone.ui.overview_table import release_notes


def paper(page: Page, words: str = "") -> Paper:
    """Return the definitions that hold every one of `words`, ready for every kind of file."""
    return Paper(
        name="about",
        lang=page.lang,
        title=page.text("title"),
        where="",
        messages=(page.text("message"),),
        table=_table(page, matching(page, words)),
        built=page.facts["built_at"],
    )


def _table(page: Page, found: Sequence[Indicator]) -> Table:
    """Return a row a fact under its measure: a definition is too long for a cell beside others."""
    columns = tuple(Column(page.text(f"col_{one}")) for one in ("measure", "fact", "told"))
    rows = tuple(
        (Cell(one.name.in_language(page.lang)), Cell(term), Cell(told))
        for one in found
        for term, told in facts(page, one)
        if told
    )
    notes = ((page.text("cite"), about.citation(page)), *release_notes(page, *found))
    return Table(page.text("measures"), columns, rows, notes=notes)
