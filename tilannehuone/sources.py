"""`data/sources.yaml`: everything that makes a delivered extract readable, declared.

One entry is one kind of extract. The loader reads by it, the validator checks by it, and the
registry's aggregates name its columns; none of them knows any publisher's file by heart.
"""

import re
from datetime import date
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from tilannehuone.declared import Declared, Names, Texts, broken_rule, checked, read_yaml

Status = Literal["c", "x", "z", "k", "u"]
Severity = Literal["critical", "warning", "info"]
SIGNS = {"\\", "\0", "\n", ":"}
"""What no name of a delivered file holds: paths of another kind begin with them."""

Format = Literal["auto", "delimited", "workbook", "parquet", "json-stat", "px", "sotkanet"]
"""How a file is written; `auto` finds it by the file's name and first characters."""


class Column(Declared):
    """One column of an extract: how to find it, what it holds, and how its values read."""

    header: Texts = ()  # names it goes by; the key itself is always one. ä/ö, case, spaces fold
    type: Literal["text", "category", "integer", "decimal", "date", "person"] = "text"
    optional: bool = False  # a file may lack it; its values are then missing
    pattern: str | None = None  # regular expression; the first group is the value
    pad: int | None = Field(default=None, ge=1)  # leading zeros up to this width
    format: str | None = None  # date format (%d.%m.%Y); None tries every known one
    values: dict[str, str] = {}  # delivered value -> category id
    labels: dict[str, Names] = {}  # category id -> what people see
    total: Texts = ()  # category values that mean "all together"
    additive: bool = True  # False: delivered distinct persons, medians; never summed
    protected_as: Status | None = None  # an empty value means this (Sotkanet: hidden)


class Unpivot(Declared):
    """Columns whose names carry data: each named group of `match` becomes a text column."""

    match: str  # regular expression over the whole header, with (?P<name>...) groups
    value: str  # the column their values go to, declared in `columns`


class Area(Declared):
    """Which area a row belongs to."""

    column: str | None = None  # a column (declared or derived) holding a code or a name
    constant: str | None = None  # the whole extract is of this area
    types: Texts = ()  # only areas of these types may match
    type_column: str | None = None  # a column that says the type, where names repeat over types
    type_values: dict[str, str] = {}  # its values -> area_type
    aliases: dict[str, str] = {}  # delivered name -> area_code
    roll_up: bool = True  # False: every level is delivered; nothing is added over areas


class Period(Declared):
    """Which period a row belongs to: one column in any known form, or a year and a part."""

    column: str | None = None
    year: str | None = None  # column of the year, with at most one of the four below
    month: str | None = None
    week: str | None = None  # ISO week of an ISO year
    quarter: str | None = None
    half: str | None = None
    constant: str | None = None  # the whole extract is of this period, such as "2019"
    type: Literal["week", "month", "quarter", "half_year", "year"] | None = None
    roll_up: bool = True  # False: nothing is added over time


class TotalRows(Declared):
    """Rows that repeat the others' sum: dropped, and checked against that sum."""

    column: str
    equals: Texts
    check: Texts = ()  # numeric columns whose sum must agree
    by: Texts = ()  # ... within each combination of these columns


class Check(Declared):
    """One quality rule: an expectation of Great Expectations, or a predicate of a bad row."""

    expect: str | None = None
    with_: dict[str, Any] = Field(default={}, alias="with")
    rows: str | None = None  # boolean SQL, true for a bad row
    severity: Severity = "warning"
    message: Names

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        if (self.expect is None) == (self.rows is None):
            raise broken_rule("check_one_rule")
        return self


class Gap(Declared):
    """Periods that were never delivered, so that no row is not read as zero."""

    start: date = Field(alias="from")
    end: date = Field(alias="to")
    areas: Texts = ()  # none: every area
    why: Names


class Source(Declared):
    """One kind of extract."""

    title: Names | None = None
    system: str | None = None  # the client system it comes from, for comparisons between regions
    files: Texts  # globs under the folder of extracts
    format: Format = "auto"
    regions: str | None = None  # sotkanet: the service's list of regions, a file beside the others
    shape: Literal["events", "aggregate"]
    time: Literal["flow", "stock"] = "flow"  # stock: a state at a moment; the last one counts
    absent_rows: Literal["zero", "missing"]
    encoding: Literal["auto", "utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"] = "auto"
    delimiter: str = "auto"
    decimal: Literal[",", "."] = ","  # the other sign is then no decimal sign
    sheet: str | int | None = None  # of a workbook; None: the first that has the header
    columns: dict[str, Column]
    derived: dict[str, str] = {}  # column -> SQL over the columns above
    unpivot: Unpivot | None = None
    where: str | None = None  # boolean SQL: rows that belong here; the rest are counted as other
    area: Area
    date: str | None = None  # events: the date column that places a row in time
    period: Period | None = None  # aggregates
    missing_marks: Texts = ("-", "..", ".", "NA", "n/a", "NULL", "null")
    protected_marks: Texts = ("<5", "< 5", "alle 5", "***", "…", "...")
    status_marks: dict[str, Status] = {}  # other marks, such as DfE's z, k, u
    total_rows: tuple[TotalRows, ...] = ()
    key: Texts = ()  # columns that name a row; the second of two equal ones is rejected
    checks: tuple[Check, ...] = ()
    max_rejected: float = Field(default=0.05, ge=0, le=1)  # a larger share stops the indicators
    gaps: tuple[Gap, ...] = ()
    covers: Texts = ()  # areas delivered though no row names them; "all" for every area
    lag_days: int = Field(default=31, ge=0)  # when, after a period, its extract is late

    @field_validator("files", "regions")
    @classmethod
    def _inside(cls, value: Any) -> Any:
        for one in (value,) if isinstance(value, str) else value or ():
            if not one or one.startswith(("/", "~")) or ".." in one.split("/") or SIGNS & set(one):
                raise broken_rule("files_outside", files=one[:80])
        return value

    @model_validator(mode="after")
    def _placed_in_time(self) -> Self:
        if self.shape == "events" and self.date is None:
            raise broken_rule("events_need_date")
        if self.shape == "aggregate" and self.period is None:
            raise broken_rule("aggregate_needs_period")
        return self

    @model_validator(mode="after")
    def _regions_of_sotkanet(self) -> Self:
        if self.regions is not None and self.format not in ("auto", "sotkanet"):
            raise broken_rule("regions_of_sotkanet", format=self.format)
        return self

    def column_names(self) -> set[str]:
        """Return every column a predicate or an aggregate may name."""
        groups = set() if self.unpivot is None else _groups(self.unpivot.match)
        return set(self.columns) | set(self.derived) | groups


class Sources(Declared):
    """The whole file."""

    sources: dict[str, Source]


def _groups(pattern: str) -> set[str]:
    return set(re.compile(pattern).groupindex)


def read_sources(path: Path) -> dict[str, Source]:
    """Return the declared sources by name, or raise RegistryError with every fault."""
    document = read_yaml(path)
    return checked(Sources, document, path).sources
