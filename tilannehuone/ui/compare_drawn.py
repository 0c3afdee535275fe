"""A section of the page with a drawing: its heading, how it is read, and its figures as a table."""

from collections.abc import Iterable
from html import escape

from tilannehuone.charts.table import Table
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import table_html


def drawn_html(
    page: Page, name: str, heading: str, notes: Iterable[str], drawn: str, table: Table
) -> str:
    """Return the section `th-compare-<name>`; `drawn` is markup, empty notes are left out."""
    told = "".join(f'<p class="th-note">{escape(one)}</p>' for one in notes if one)
    return (
        f'<section class="th-section th-compare-{name}" lang="{page.lang}">'
        f"<h2>{escape(heading)}</h2>{told}{drawn}"
        f"<details><summary>{escape(page.text('as_table'))}</summary>"
        f"{table_html(table, page.lang)}</details></section>"
    )
