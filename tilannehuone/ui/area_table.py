"""Every measure of an area as a table: for a file, and with a drawing in each row to be seen."""

from collections.abc import Mapping
from html import escape

from tilannehuone.cadence import in_meeting_order
from tilannehuone.charts.spine import Spine, spine_svg
from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.texts import text
from tilannehuone.texts.format import period
from tilannehuone.ui.area import Profile, word_of
from tilannehuone.ui.area_rows import GROUP, Row, above, look, tone
from tilannehuone.ui.frame import Page, address, link_html
from tilannehuone.ui.markup import word_html
from tilannehuone.ui.overview_table import release_notes
from tilannehuone.ui.words import figure, figure_cell, number_cell, status_word, unit_words

GRAIN = "year"
COLUMNS = ("measure", "value", "benchmark", "word", "drawing")
FILE_COLUMNS = ("id", "unit", "status", "lower95", "upper95")


def table_html(page: Page, shown: Profile) -> str:
    """Return the table for the screen: each row a measure, its numbers, words and drawing."""
    caption = escape(_caption(page, shown))
    heads = "".join(
        f'<th scope="col" class="{one}">{escape(_head(page, shown, one))}</th>' for one in COLUMNS
    )
    hidden = tuple(one.indicator.id for one in shown.rows if one.status == "c")
    seen = above(page.release, shown.area_code, hidden)
    body = "".join(
        f"<tbody>{_title(title)}{''.join(_tr(page, shown, one, seen) for one in some)}</tbody>"
        for title, some in _groups(page, shown)
    )
    return (
        f'<div class="th-scroll" lang="{page.lang}" tabindex="0" role="region"'
        f' aria-label="{caption}">{_legend(page, shown)}<table class="th-table th-profile">'
        f"<caption>{caption}</caption><thead><tr>{heads}</tr></thead>{body}</table></div>"
    )


def table(page: Page, shown: Profile) -> Table:
    """Return the same rows in the same order, for a file."""
    names = ("measure", "value", "year", "benchmark", "word")
    columns = tuple(
        Column(_head(page, shown, one), numeric=one in ("value", "benchmark")) for one in names
    )
    extra = tuple(Column(page.text(f"col_{one}"), file_only=True) for one in FILE_COLUMNS)
    rows = tuple(_cells(page, one) for _, some in _groups(page, shown) for one in some)
    notes = (
        (page.text("title"), f"{shown.name} ({shown.area_code})"),
        (page.text("benchmark"), shown.benchmarks[shown.benchmark]),
        (page.text("note_word"), page.text("word_note")),
        *release_notes(page, *page.indicators.values()),
    )
    return Table(_caption(page, shown), columns + extra, rows, notes=notes)


def _groups(page: Page, shown: Profile) -> list[tuple[str, list[Row]]]:
    """Return the rows in the order asked for: by how often they are looked at, or by distance."""
    if shown.sort != "theme":
        return [("", sorted(shown.rows, key=_apart))]
    order = in_meeting_order(list(page.indicators.values()), page.today)
    return [
        (
            text(f"frame.cadence_{cadence}", page.lang),
            [one for one in shown.rows if one.indicator.cadence == cadence],
        )
        for cadence in order
    ]


def _apart(row: Row) -> tuple[int, float]:
    """Return what sorts rows: by distance those with a word, then those without, then hidden."""
    rank = 0 if row.word else 1 if row.value is not None else 2
    return rank, -row.distance


def _title(title: str) -> str:
    if not title:
        return ""
    return (
        f'<tr class="group"><th scope="rowgroup" colspan="{len(COLUMNS)}">{escape(title)}</th></tr>'
    )


def _tr(page: Page, shown: Profile, row: Row, seen: Mapping[str, str]) -> str:
    link = _link(page, shown.area_code, row)
    name = escape(row.indicator.name.in_language(page.lang))
    head = f'<th scope="row"><a href="{link}" target="_self">{name}</a></th>'
    if row.status is None:
        words = escape(page.text("no_series"))
        return f'<tr>{head}<td colspan="4" class="quiet">{words}</td></tr>'
    if row.value is None:
        return f"<tr>{head}{_without(page, shown, row, seen)}</tr>"
    level = "–" if row.benchmark is None else figure(row.indicator, row.benchmark, page.lang)
    return (
        f'<tr>{head}<td class="value">{_value(page, row)}</td>'
        f'<td class="benchmark">{escape(level)}</td>'
        f'<td class="word">{_word(page, row)}</td>'
        f'<td class="drawing">{_drawing(page, shown, row)}</td></tr>'
    )


def _without(page: Page, shown: Profile, row: Row, seen: Mapping[str, str]) -> str:
    """Return the cells of a row without a figure: why, and where there is one."""
    icon = {"c": "common.shield", "o": "concern.late"}.get(str(row.status), "none.waiting")
    why = word_html(status_word(row.status, page.lang), icon)
    year = escape(period(GRAIN, row.start, page.lang)) if row.start else ""
    code = seen.get(row.indicator.id)
    larger = _larger_html(page, shown, row, code) if code else ""
    return (
        f'<td class="value" colspan="3">{why}<span class="year">{year}</span></td>'
        f'<td class="drawing quiet">{larger}</td>'
    )


def _larger_html(page: Page, shown: Profile, row: Row, code: str) -> str:
    """Return a link to the area above whose yearly figures of the measure are shown."""
    words = escape(page.text("see", area=shown.names[code]))
    return link_html(page, code, _link(page, code, row), words)


def _value(page: Page, row: Row) -> str:
    told = escape(figure(row.indicator, row.value or 0.0, page.lang))
    unit = escape(unit_words(row.indicator, page.lang, row.value))
    year = escape(period(GRAIN, row.start, page.lang)) if row.start else ""
    late = escape(status_word("o", page.lang)) if row.status == "o" else ""
    small = " ".join(one for one in (unit, year, late) if one)
    return f'<b>{told}</b><span class="year">{small}</span>'


def _word(page: Page, row: Row) -> str:
    if row.word is None:
        return f'<span class="quiet">{escape(text("trend.not_compared", page.lang))}</span>'
    return word_html(word_of(row.word, page.lang), look(row.word, row.indicator))


def _drawing(page: Page, shown: Profile, row: Row) -> str:
    """Return the drawing between the words of its two ends."""
    one = row.indicator
    drawn = spine_svg(
        Spine(
            row.value or 0.0,
            row.lower,
            row.upper,
            tuple(row.others.values()),
            tuple(
                f"{shown.names[code]} {figure(one, x, page.lang)}" for code, x in row.others.items()
            ),
            row.benchmark,
            tone(row.word),
            is_mirrored=one.direction == "down",
        )
    )
    ends = ("lower", "higher") if one.direction == "context" else ("worse", "better")
    left, right = (escape(page.text(f"end_{end}")) for end in ends)
    between = f"<span>{left}</span>{drawn}<span>{right}</span>"
    return f'<div class="th-ends" aria-hidden="true">{between}</div>'


def _cells(page: Page, row: Row) -> tuple[Cell, ...]:
    one, lang = row.indicator, page.lang
    nothing = Cell(page.text("no_series"), quiet=True)
    level = Cell("–", quiet=True)
    if row.benchmark is not None:
        level = Cell(figure(one, row.benchmark, lang), number=row.benchmark)
    word = Cell(text("trend.not_compared", lang), quiet=True)
    if row.word is not None:
        word = Cell(word_of(row.word, lang), icon=look(row.word, one))
    return (
        Cell(one.name.in_language(lang)),
        figure_cell(one, row.value, row.status, lang) if row.status else nothing,
        Cell(period(GRAIN, row.start, lang) if row.start else ""),
        level,
        word,
        Cell(one.id),
        Cell(one.unit.in_language(lang)),
        Cell(row.status or "z"),
        number_cell(row.lower, lang, one.decimals),
        number_cell(row.upper, lang, one.decimals),
    )


def _head(page: Page, shown: Profile, column: str) -> str:
    if column == "benchmark" and shown.benchmark != GROUP:
        return shown.benchmarks[shown.benchmark]
    return page.text(f"col_{column}")


def _caption(page: Page, shown: Profile) -> str:
    return page.text("caption", area=shown.name, benchmark=shown.benchmarks[shown.benchmark])


def _link(page: Page, area_code: str, row: Row) -> str:
    return address("trend", lang=page.lang, area=area_code, indicator=row.indicator.id)


def _legend(page: Page, shown: Profile) -> str:
    """Return what the marks of the drawings are; decoration beside words."""
    marks = {
        "own": '<circle class="th-spine-own common" cx="50%" cy="50%" r="0.45em"/>',
        "interval": '<line class="th-spine-interval common" x1="5%" x2="95%" y1="50%" y2="50%"/>',
        "centre": '<line class="th-spine-centre" x1="50%" x2="50%" y1="5%" y2="95%"/>',
        "other": '<circle class="th-spine-other" cx="50%" cy="50%" r="0.24em"/>',
        "band": '<rect class="th-spine-band" x="5%" width="90%" y="15%" height="70%" rx="3"/>',
    }
    words = {name: page.text(f"mark_{name}") for name in marks}
    if shown.benchmark != GROUP:
        words["centre"] = shown.benchmarks[shown.benchmark]
    told = "".join(
        f'<li><svg aria-hidden="true" focusable="false">{mark}</svg>{escape(words[name])}</li>'
        for name, mark in marks.items()
    )
    return f'<ul class="th-spine-legend">{told}</ul>'
