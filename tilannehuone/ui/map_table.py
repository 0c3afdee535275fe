"""The areas of the map as a table: names, figures and words, for the screen and for a file."""

from html import escape

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.texts import text
from tilannehuone.texts.format import period
from tilannehuone.ui.area_rows import look
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.map_head import type_name
from tilannehuone.ui.map_looks import marks_note
from tilannehuone.ui.map_view import Place, View
from tilannehuone.ui.markup import table_html
from tilannehuone.ui.overview_table import release_notes
from tilannehuone.ui.words import figure_cell


def side_html(page: Page, shown: View) -> str:
    """Return the table, and under it what the words in place of numbers and of differences mean."""
    lines = marks_note(page, shown)
    lines += [page.text("word_note")] if shown.has_words else []
    told = "".join(f'<p class="th-note under">{escape(one)}</p>' for one in lines)
    return f'<div lang="{page.lang}">{table_html(table(page, shown), page.lang)}{told}</div>'


def table(page: Page, shown: View) -> Table:
    """Return every area in the order of the register, never of the figures."""
    columns = [Column(page.text("col_area")), Column(page.text("col_value"), numeric=True)]
    columns += [Column(page.text("col_word"))] if shown.has_words else []
    columns += [Column(page.text(f"col_{one}"), file_only=True) for one in ("code", "status")]
    rows = tuple(_row(page, shown, one) for one in shown.places)
    codes = [one.code for one in shown.places]
    here = codes.index(shown.here) if shown.here in codes else None
    return Table(_caption(page, shown), tuple(columns), rows, here=here, notes=_notes(page, shown))


def _row(page: Page, shown: View, place: Place) -> tuple[Cell, ...]:
    one = shown.indicator
    link = address("trend", lang=page.lang, area=place.code, indicator=one.id)
    words = [_word(page, shown, place)] if shown.has_words else []
    return (
        Cell(place.name, link=link),
        figure_cell(one, place.value, place.status, page.lang),
        *words,
        Cell(place.code),
        Cell(place.status),
    )


def _word(page: Page, shown: View, place: Place) -> Cell:
    if place.word is None:
        return Cell(text("trend.not_compared", page.lang), quiet=True)
    words = text(f"trend.word_{place.word}", page.lang)
    return Cell(words, icon=look(place.word, shown.indicator))


def _caption(page: Page, shown: View) -> str:
    return page.text(
        "caption",
        indicator=shown.indicator.name.in_language(page.lang),
        type=type_name(page, shown),
        when=period(shown.grain, shown.start, page.lang),
        unit=shown.indicator.unit.in_language(page.lang),
    )


def _notes(page: Page, shown: View) -> tuple[tuple[str, str], ...]:
    one, lang = shown.indicator, page.lang
    own = (
        ("measure", f"{one.name.in_language(lang)} ({one.id})"),
        ("definition", one.definition.in_language(lang)),
        ("grain", period(shown.grain, shown.start, lang)),
        ("unit", one.unit.in_language(lang)),
        ("source", one.register_),
    )
    told = tuple((text(f"trend.note_{name}", lang), words) for name, words in own if words)
    return (*told, *release_notes(page, one))
