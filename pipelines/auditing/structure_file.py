"""A table of any origin and the small file that says what its columns are and what adds up."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, model_validator

from pipelines.loose.numbers import read_numbers
from tilannehuone.declared import Declared, Texts, broken_rule, checked, place, read_yaml
from tilannehuone.errors import ExtractRejected, Fault

Codes = tuple[str, ...]
Key = tuple[str, ...]

DELIMITERS = ";,\t|"


class Structure(Declared):
    """The structure file: which columns are keys, what is hidden, what adds up.

    `totals` names for a column the code that is the sum of all its other codes; `sums` lists the
    parts of each code, or several lists where it is split in several ways.
    """

    keys: Texts = Field(min_length=1)
    value: str = Field(min_length=1)
    hidden: Texts = ("",)  # what stands where a number is hidden
    k: int = Field(default=5, ge=2)
    show_zero: bool = False
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    totals: dict[str, str] = {}
    sums: dict[str, dict[str, Codes | tuple[Codes, ...]]] = {}

    @model_validator(mode="after")
    def _each_column_adds_up_in_one_way(self) -> "Structure":
        for column in (*self.totals, *self.sums):
            if column not in self.keys:
                raise broken_rule("audit_sum_of_no_key", column=column)
        twice = sorted(set(self.totals) & set(self.sums))
        if twice:
            raise broken_rule("audit_sum_twice", column=twice[0])
        return self

    def splits(self, column: str, codes: set[str]) -> list[tuple[str, Codes]]:
        """Return (total, its parts) for a column that holds these codes."""
        if column in self.totals:
            total = self.totals[column]
            return [(total, tuple(sorted(codes - {total})))]
        found: list[tuple[str, Codes]] = []
        for total, parts in self.sums.get(column, {}).items():
            lists = [parts] if all(isinstance(one, str) for one in parts) else list(parts)
            found += [(total, tuple(one)) for one in lists]  # type: ignore[arg-type]
        return found


@dataclass(frozen=True)
class Table:
    """The rows of a table: keys, numbers (NaN where hidden), and the line each stands on."""

    keys: list[Key]
    numbers: list[float]
    lines: list[int]


def read_structure(path: Path) -> Structure:
    """Return the structure, or raise RegistryError with every fault of the file."""
    return checked(Structure, read_yaml(path), path)


def read_table(path: Path, structure: Structure) -> Table:
    """Return the rows of a CSV file.

    Raises
    ------
    ExtractRejected
        With one fault for each thing that is wrong, at its line and column. No value of the
        table stands in a fault.
    """
    rows = [one for one in _rows(path, structure) if any(text.strip() for text in one[1])]
    if len(rows) < 2:
        raise ExtractRejected(Fault("audit_table_empty", file=str(path), line=1))
    header = [one.strip() for one in rows[0][1]]
    wanted = (*structure.keys, structure.value)
    missing = [one for one in wanted if one not in header]
    if missing:
        raise ExtractRejected(
            [Fault("audit_table_no_column", {"column": one}, str(path), 1) for one in missing]
        )
    places = [header.index(one) for one in wanted]
    faults = [
        Fault("audit_table_row_length", {"count": len(header)}, str(path), line, len(row))
        for line, row in rows[1:]
        if len(row) != len(header)
    ]
    if faults:
        raise ExtractRejected(faults)
    return _table([(line, [row[at].strip() for at in places]) for line, row in rows[1:]],
                  path, structure, places[-1] + 1)  # fmt: skip


def _rows(path: Path, structure: Structure) -> list[tuple[int, list[str]]]:
    """Return the rows, each with the number of its line."""
    if not path.is_file():
        raise ExtractRejected(Fault("file_missing", file=str(path)))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ExtractRejected(Fault("not_utf8", file=str(path), line=1)) from None
    first = text.partition("\n")[0]
    delimiter = structure.delimiter or max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    return [(reader.line_num, row) for row in reader]


def _table(
    rows: list[tuple[int, list[str]]], path: Path, structure: Structure, column: int
) -> Table:
    hidden = {one.strip() for one in structure.hidden}
    texts = ["" if row[-1] in hidden else row[-1] for _, row in rows]
    numbers = read_numbers(texts).values
    seen: dict[Key, int] = {}
    faults: list[Fault] = []
    table = Table([], [], [])
    for (line, row), text, number in zip(rows, texts, numbers, strict=True):
        key = tuple(row[:-1])
        if key in seen:
            faults.append(Fault("audit_table_twice", {"first": seen[key]}, str(path), line, 1))
        seen.setdefault(key, line)
        if number is None or (text and number != number):
            faults.append(Fault("audit_table_not_a_number", {}, str(path), line, column))
        elif number < 0:
            faults.append(Fault("audit_table_negative", {}, str(path), line, column))
        else:
            table.keys.append(key)
            table.numbers.append(number)
            table.lines.append(line)
    if faults:
        raise ExtractRejected(faults)
    return table


def unknown_codes(structure: Structure, table: Table, path: Path) -> list[Fault]:
    """Return a fault for each code of the structure file that stands nowhere in the table."""
    document, faults = read_yaml(path), []
    for at, column in enumerate(structure.keys):
        codes = {key[at] for key in table.keys}
        for total, parts in structure.splits(column, codes):
            where = ("totals", column) if column in structure.totals else ("sums", column, total)
            faults += [
                Fault(
                    "audit_unknown_code",
                    {"code": code, "column": column},
                    str(path),
                    *place(document, where),
                )
                for code in (total, *parts)
                if code not in codes
            ]
    return faults
