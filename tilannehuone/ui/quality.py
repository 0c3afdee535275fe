"""Quality in plain words: what was read, checked, rejected, hidden and late."""

from html import escape
from typing import Any

import pandas as pd

from tilannehuone import store
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.texts.format import day
from tilannehuone.ui import cached
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import table_html
from tilannehuone.ui.options import ALL
from tilannehuone.ui.quality_fresh import deliveries
from tilannehuone.ui.quality_pick import fed_by, names
from tilannehuone.ui.words import count, number_cell, reason_words, status_word

COUNTS = ("rows_read", "rows_loaded", "rows_quarantined", "totals_dropped", "rows_other")
STATUSES = ("ok", "c", "x", "o", "u", "k", "z")


def head_html(page: Page, source: str = ALL) -> str:
    """Return the page's one message: what needs care; then how much was read, and when."""
    built = page.text("built", day=day(page.facts["built_at"].date(), page.lang))
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(page.text("title"))}</h1>'
        f'<p class="th-message">{escape(message(page, source))}</p>'
        f'<p class="th-detail">{escape(read_words(page, source))}</p>'
        f'<p class="th-note">{escape(built)}</p></header>'
    )


def message(page: Page, source: str = ALL) -> str:
    """Return what needs care: what is late, refused, or was remarked on; else that nothing does."""
    found, files = _of(cached.checks(page.release), source), _sources(page, source)
    late = {one.source for one in deliveries(page, source) if one.when == "late"}
    counts = {
        "late": len(late),
        "refused": int(files["state"].eq("refused").sum()),
        "remarks": int((~found["success"].astype(bool)).sum()),
    }
    told = [
        page.text(f"message_{one}_one" if n == 1 else f"message_{one}", count=count(n, page.lang))
        for one, n in counts.items()
        if n
    ]
    return " ".join(told) if told else page.text("message_fine")


def read_words(page: Page, source: str = ALL) -> str:
    """Return how much was read, rejected and checked."""
    files, found = _sources(page, source), _of(cached.checks(page.release), source)
    read, rejected = (int(files[one].sum()) for one in ("rows_read", "rows_quarantined"))
    return page.text(
        "message",
        files=count(len(files), page.lang),
        rows=count(read, page.lang),
        rejected=count(rejected, page.lang),
        checks=count(len(found), page.lang),
        failed=count(int((~found["success"].astype(bool)).sum()), page.lang),
    )


def section_html(page: Page, key: str, table: Table) -> str:
    """Return a table under its heading; nothing in it is said in a word."""
    title = escape(page.text(key))
    nothing = f'<p class="th-note">{escape(page.text("nothing"))}</p>'
    body = table_html(table, page.lang) if table.rows else nothing
    return f'<section class="th-section" lang="{page.lang}"><h2>{title}</h2>{body}</section>'


def sources(page: Page, source: str = ALL) -> Table:
    """Return what was read: a row a file, whose counts add up to what it held."""
    files = _sources(page, source)
    columns = (
        Column(page.text("col_source")),
        Column(page.text("col_file")),
        *(Column(page.text(f"col_{one}"), numeric=True) for one in COUNTS),
        Column(page.text("col_state")),
    )
    rows = tuple(_file(page, row) for row in cached.records(files))
    return Table(page.text("sources_note"), columns, rows)


def checks(page: Page, source: str = ALL, *, passed: bool) -> Table:
    """Return the checks that passed, or those that gave a remark, in the reader's words."""
    found = _of(cached.checks(page.release), source)
    columns = tuple(
        Column(page.text(f"col_{one}"), numeric=one == "rows")
        for one in ("source", "check", "severity", "rows")
    )
    rows = tuple(
        (
            Cell(_title(page, row["source"])),
            Cell(str(row[f"message_{page.lang}"])),
            Cell(page.text(f"severity_{row['severity']}")),
            number_cell(row["unexpected_count"], page.lang),
        )
        for row in cached.records(found[found["success"].astype(bool) == passed])
    )
    return Table(page.text("checks_passed" if passed else "checks_failed_note"), columns, rows)


def quarantine(page: Page, source: str = ALL) -> Table:
    """Return how many rows were rejected, and why; never a value of any."""
    found = _of(cached.read(page.release, store.QUARANTINE), source)
    names = ("source", "file", "reason", "rows")
    columns = tuple(Column(page.text(f"col_{one}"), numeric=one == "rows") for one in names)
    rows = tuple(
        (
            Cell(_title(page, row["source"])),
            Cell(str(row["file"])),
            Cell(_reason(page, row)),
            number_cell(row["row_count"], page.lang),
        )
        for row in cached.records(found)
    )
    return Table(page.text("quarantine_note"), columns, rows)


def statuses(page: Page, source: str = ALL) -> Table:
    """Return how many figures of each measure are shown, hidden, missing or late."""
    every = page.indicators.values()
    fed = {one.id for one in (every if source == ALL else fed_by(page, source))}
    found = cached.read(page.release, store.STATUSES)
    tally = found.pivot_table("cell_count", "indicator_id", "status", "sum", fill_value=0)
    used = [one for one in STATUSES if one in tally.columns]
    heads = [page.text("col_shown") if one == "ok" else status_word(one, page.lang) for one in used]
    columns = (Column(page.text("col_measure")), *(Column(one, numeric=True) for one in heads))
    rows = tuple(
        (
            Cell(one.name.in_language(page.lang)),
            *(number_cell(tally.loc[one.id, status], page.lang) for status in used),
        )
        for one in page.indicators.values()
        if one.id in tally.index and one.id in fed
    )
    return Table(page.text("statuses_note"), columns, rows)


def _file(page: Page, row: dict[str, Any]) -> tuple[Cell, ...]:
    state = page.text(f"state_{row['state']}")
    counts = (number_cell(row[one], page.lang) for one in COUNTS)
    return (Cell(_title(page, row["source"])), Cell(str(row["file"])), *counts, Cell(state))


def _title(page: Page, source: str) -> str:
    """Return what a source is called; its id where it was given no title."""
    return names(page).get(source, source)


def _of(rows: pd.DataFrame, source: str) -> pd.DataFrame:
    """Return the rows of one source; all rows for ALL."""
    return rows if source == ALL else rows[rows["source"] == source]


def _sources(page: Page, source: str) -> pd.DataFrame:
    return _of(cached.sources(page.release), source)


def _reason(page: Page, row: dict[str, Any]) -> str:
    """Return why rows were rejected: the words of the source's own rule, or of the loader."""
    reason = str(row["reason"])
    if not reason.startswith("rule:"):
        return reason_words(reason, page.lang)
    checks = cached.checks(page.release)
    mine = checks["source"].eq(row["source"]) & checks["expectation"].str.endswith(f"({reason})")
    found = checks.loc[mine, f"message_{page.lang}"]
    return reason if found.empty else str(found.iloc[0])
