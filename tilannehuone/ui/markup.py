"""Small pieces of HTML, every word of them escaped."""

from collections.abc import Iterable
from html import escape

from tilannehuone.charts.table import Cell, Column, Table

TONES = ("improvement", "concern", "neutral", "common")


def icon_html(icon: str | None) -> str:
    """Return a finding's icon as decoration: the word beside it says the same.

    `icon` is `<tone>.<shape>`, such as `improvement.low`; None draws none.
    """
    if icon is None:
        return ""
    tone, _, shape = icon.partition(".")
    return f'<span class="th-icon {shape} {tone}" aria-hidden="true"></span>'


def tone(icon: str | None) -> str:
    """Return the colour role of an icon."""
    return (icon or "common").partition(".")[0]


def table_html(table: Table, lang: str) -> str:
    """Return a table with caption and header cells, ready for a screen reader.

    >>> from tilannehuone.charts.table import Cell, Column, Table
    >>> markup = table_html(Table("C", (Column("A"),), ((Cell("<b>"),),)), "en")
    >>> markup[markup.index("<tbody>") : markup.index("</tbody>")]
    '<tbody><tr><th scope="row">&lt;b&gt;</th></tr>'
    """
    shown = [n for n, one in enumerate(table.columns) if not one.file_only]
    heads = "".join(_head(table.columns[n]) for n in shown)
    body = "".join(
        f"<tr{_here(n == table.here)}>"
        + "".join(_cell(row[i], table.columns[i], first=i == shown[0]) for i in shown)
        + "</tr>"
        for n, row in enumerate(table.rows)
    )
    caption = escape(table.caption)
    return (
        f'<div class="th-scroll" lang="{lang}" tabindex="0" role="region" aria-label="{caption}">'
        f'<table class="th-table"><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def facts_html(facts: Iterable[tuple[str, str]], lang: str) -> str:
    """Return terms and what they are; an empty one is left out."""
    rows = "".join(
        f"<dt>{escape(term)}</dt><dd>{escape(words)}</dd>" for term, words in facts if words
    )
    return f'<dl class="th-facts" lang="{lang}">{rows}</dl>'


def word_html(words: str, icon: str | None) -> str:
    """Return a direction word with its icon, in its colour."""
    return (
        f'<span class="th-word {tone(icon)}">{icon_html(icon)}<span>{escape(words)}</span></span>'
    )


def _head(column: Column) -> str:
    return f'<th scope="col"{_kind(column)}>{escape(column.header)}</th>'


def _cell(cell: Cell, column: Column, *, first: bool) -> str:
    words = word_html(cell.text, cell.icon) if cell.icon else escape(cell.text)
    if cell.link:
        words = f'<a href="{cell.link}" target="_self">{words}</a>'
    if cell.quiet:
        words = f'<span class="quiet">{words}</span>'
    kind, scope = ("th", ' scope="row"') if first else ("td", "")
    return f"<{kind}{scope}{_kind(column)}>{words}</{kind}>"


def _kind(column: Column) -> str:
    kind = "number" if column.numeric else "whole" if column.whole else ""
    return f' class="{kind}"' if kind else ""


def _here(here: bool) -> str:
    return ' class="here" aria-current="true"' if here else ""
