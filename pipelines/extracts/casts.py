"""How the text of a cell becomes a value: numbers, dates, marks, categories, pseudonyms.

Each column yields SQL for its value, for its status (aggregates), and for "there is something
here that cannot be read". Nothing is guessed: a number must be a number as a whole.
"""

import re
from dataclasses import dataclass

from pipelines.extracts.sql import literals, trimmed
from pipelines.extracts.staged import Kind
from pipelines.naming import TYPES, literal
from tilannehuone.sources import Column, Source, Status

THOUSANDS = " \u00a0\u2007\u2009\u202f'’"
"""Signs that may part thousands, besides the comma where the decimal sign is a point."""

DATE_PART = (
    r"^(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{1,2}-\d{1,2}|\d{4}/\d{1,2}/\d{1,2}|\d{8})"
    r"(?:[T ,]+(?:klo |kl\. )?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"(?:Z| ?[+-]\d{2}:?\d{2})?)?$"
)
"""A date with or without a clock; the clock is dropped, the date stays as written."""

DATE_FORMATS = ("%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d")

PUBLIC = ("category", "integer", "decimal", "date")
"""Types whose rejected values may stand in the steward's list."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one column of a raw table comes from the staged one (SQL over its row `s`)."""

    name: str
    value: str
    status: str | None = None
    bad: str | None = None
    reason: str = ""
    delivered: str | None = None  # SQL of the text to show the steward; None: may be personal

    @property
    def plain(self) -> bool:
        """Whether nothing can go wrong in it."""
        return self.bad is None


def read_column(
    name: str, column: Column, source: Source, kind: Kind, cell: str, salt: str, trim: bool = True
) -> Reading:
    """Return how a column of a file is read.

    Parameters
    ----------
    kind
        What the staged column holds.
    cell
        SQL of the staged cell.
    salt
        Of this run; pseudonyms are hashed with it and not kept.
    trim
        Some text of the column may begin or end with a space.
    """
    if kind != "text":
        return _typed(name, column, source, kind, cell)
    if column.type in ("integer", "decimal"):
        return _number(name, column, source, _matched(cell, column))
    if column.type == "date":
        return _date(name, column, source, _matched(cell, column))
    return _text(name, column, trimmed(cell) if trim else cell, salt)


def absent_column(name: str, column: Column, source: Source) -> Reading:
    """Return the reading of an optional column that the file lacks."""
    status = "'x'" if _has_status(column, source) else None
    return Reading(name, f"null::{TYPES[column.type]}", status)


def _has_status(column: Column, source: Source) -> bool:
    return source.shape == "aggregate" and column.type in ("integer", "decimal")


def _typed(name: str, column: Column, source: Source, kind: Kind, cell: str) -> Reading:
    if kind == "date":
        return Reading(name, cell)
    value = f"{cell}::bigint" if column.type == "integer" else cell
    empty = column.protected_as or "x"
    status = f"case when {cell} is null then '{empty}' end"
    fraction = f"{cell} <> floor({cell})" if column.type != kind == "decimal" else None
    return Reading(
        name,
        value,
        status if _has_status(column, source) else None,
        fraction,
        "not_integer",
        f"{cell}::varchar",
    )


def _text(name: str, column: Column, text: str, salt: str) -> Reading:
    shown = text if column.type in PUBLIC else None
    bad = None
    if column.pattern is not None:
        bad = f"not regexp_matches({text}, {literal(column.pattern)})"
        text = _matched(text, column)
    if column.pad is not None:
        short = f"length({text}) < {column.pad} and regexp_full_match({text}, '[0-9]+')"
        text = f"case when {short} then lpad({text}, {column.pad}, '0') else {text} end"
    if column.type == "person":
        text = f"case when {text} is not null then hash({literal(salt)} || {text}) end"
    return Reading(name, text, None, bad, "not_matching", shown)


def _matched(cell: str, column: Column) -> str:
    """Return SQL of the part of a cell that `pattern` picks; NULL when it does not match."""
    text = trimmed(cell)
    if column.pattern is None:
        return text
    group = min(re.compile(column.pattern).groups, 1)
    return f"nullif(regexp_extract({text}, {literal(column.pattern)}, {group}), '')"


def _number(name: str, column: Column, source: Source, text: str) -> Reading:
    number = _number_sql(text, source.decimal)
    marks = _marks(source)
    marked = f"coalesce(lower({text}) in ({literals(marks)}), false)"
    bad = f"{text} is not null and not {marked} and {number} is null"
    reason, value = "not_number", number
    if column.type == "integer":
        whole = f"{number} = floor({number}) and abs({number}) <= 9e15"
        bad = f"{text} is not null and not {marked} and not coalesce({whole}, false)"
        reason, value = "not_integer", f"case when abs({number}) <= 9e15 then {number}::bigint end"
    status = _status(text, column, marks) if _has_status(column, source) else None
    return Reading(name, f"case when not {marked} then {value} end", status, bad, reason, text)


def _marks(source: Source) -> dict[str, Status]:
    """Return every mark, in lower case, with its status; the more telling one wins."""
    marks: dict[str, Status] = {one.lower(): "x" for one in source.missing_marks}
    marks |= {one.lower(): "c" for one in source.protected_marks}
    return marks | {one.lower(): status for one, status in source.status_marks.items()}


def _status(text: str, column: Column, marks: dict[str, Status]) -> str:
    cases = [f"when {text} is null then '{column.protected_as or 'x'}'"]
    for status in sorted(set(marks.values())):
        named = [mark for mark, one in marks.items() if one == status]
        cases.append(f"when lower({text}) in ({literals(named)}) then '{status}'")
    return f"case {' '.join(cases)} end"


def _number_sql(text: str, decimal: str) -> str:
    """Return SQL of a number as a double, NULL for a text that is not wholly one.

    `12.0` is taken whichever the decimal sign, for spreadsheets write whole numbers so.
    """
    parts = THOUSANDS + ("," if decimal == "." else "")
    point = "," if decimal == "," else r"\."
    whole = rf"[-+−]?(?:\d+|\d{{1,3}}(?:[{parts}]\d{{3}})+)"
    form = rf"{whole}(?:{point}\d+|\.0)?(?:[eE][-+]?\d+)?|[-+−]?{point}\d+"
    signs = "−," + parts if decimal == "," else "−" + parts
    plain = f"translate({text}, {literal(signs)}, {literal('-.' if decimal == ',' else '-')})"
    number = f"try_cast({plain} as double)"
    right = f"regexp_full_match({text}, {literal(form)}) and isfinite({number})"
    return f"case when {right} then {number} end"


def _date(name: str, column: Column, source: Source, text: str) -> Reading:
    if column.format is not None:
        form = literal(column.format)
        first = f"try_strptime(split_part({text}, ' ', 1), {form})"
        day = f"coalesce(try_strptime({text}, {form}), {first})"
        day = f"case when regexp_matches({text}, '[0-9]') then {day} end"
    else:
        part = f"regexp_extract({text}, {literal(DATE_PART)}, 1)"
        day = f"try_strptime(nullif({part}, ''), [{literals(DATE_FORMATS)}])"
    known = f"case when year({day}) between 1850 and 2199 then {day}::date end"
    marks = [one.lower() for one in (*source.missing_marks, *source.protected_marks)]
    marked = f"coalesce(lower({text}) in ({literals(marks)}), false)"
    bad = f"{text} is not null and not {marked} and {known} is null"
    return Reading(name, known, None, bad, "not_date", text)
