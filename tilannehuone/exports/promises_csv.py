"""The promises of a meeting as a CSV file, like the files of the tables: `exports/csv.py`."""

from tilannehuone.charts.table import Cell, Column, Table
from tilannehuone.exports.csv import table_bytes
from tilannehuone.exports.minutes_tables import answer_words, due_words, promiser, seen_words
from tilannehuone.meeting.minutes import Minutes
from tilannehuone.meeting.minutes_parts import Pledge
from tilannehuone.texts import text
from tilannehuone.texts.format import day

COLUMNS = ("promiser", "promise", "due", "measure", "expected", "seen", "state", "meeting")


def promises_bytes(minutes: Minutes) -> bytes:
    """Return the answers to earlier promises and the promises made, one a row."""
    lang = minutes.lang
    heads = tuple(Column(text(f"minutes.col_{one}", lang)) for one in COLUMNS)
    rows = [_row(one.pledge, answer_words(one, lang), minutes) for one in minutes.answers]
    rows += [_row(one, text("minutes.open", lang), minutes) for one in minutes.promises]
    return table_bytes(Table("", heads, tuple(rows)), lang)


def _row(one: Pledge, state: str, minutes: Minutes) -> tuple[Cell, ...]:
    lang = minutes.lang
    expected = text(f"minutes.direction_{one.expected}", lang) if one.expected else ""
    told = (
        promiser(one, lang), one.text, due_words(one, lang), one.measure, expected,
        seen_words(one, lang), state.rstrip("."), day(minutes.day, lang),
    )  # fmt: skip
    return tuple(map(Cell, told))
