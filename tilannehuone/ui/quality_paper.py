"""The quality page as it leaves the room: its message, what to do, and every check."""

from tilannehuone.charts.paper import Paper
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.ui import quality
from tilannehuone.ui.frame import Page
from tilannehuone.ui.options import ALL
from tilannehuone.ui.overview_table import release_notes
from tilannehuone.ui.quality_pick import names
from tilannehuone.ui.quality_todo import tasks


def paper(page: Page, source: str = ALL) -> Paper:
    """Return what the page shows of all sources, or of one, ready for every kind of file."""
    read, built = quality.read_words(page, source), page.facts["built_at"]
    return Paper(
        name="quality" if source == ALL else f"quality-{source}",
        lang=page.lang,
        title=page.text("title"),
        where=names(page).get(source, ""),
        messages=(quality.message(page, source), read),
        table=_table(page, source),
        built=built,
    )


def _table(page: Page, source: str) -> Table:
    """Return every check, the failed first; the notes begin with what to do about problems."""
    failed, passed = (quality.checks(page, source, passed=one) for one in (False, True))
    state = Column(page.text("col_outcome"))
    failed_rows, passed_rows = (
        tuple((*row[:2], Cell(page.text(word)), *row[2:]) for row in one.rows)
        for one, word in ((failed, "outcome_remark"), (passed, "outcome_passed"))
    )
    columns = (*failed.columns[:2], state, *failed.columns[2:])
    todo = [(page.text("todo"), f"{one.what} {one.where} {one.do}") for one in tasks(page, source)]
    notes = (*todo, *release_notes(page, *page.indicators.values()))
    return Table(page.text("results"), columns, failed_rows + passed_rows, notes=notes)
