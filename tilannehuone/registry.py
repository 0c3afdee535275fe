"""`indicators.yaml`: every measure of an instance, declared once.

Ring one (shape) is these models, ring two (cross-field) their validators and `rings.py`.
"""

from datetime import date
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from tilannehuone.declared import Declared, Names, Texts, broken_rule, checked, read_yaml
from tilannehuone.protection import ROUNDED_KINDS, Protection

Kind = Literal["count", "rate", "proportion", "mean", "median", "distinct_rate"]
Cadence = Literal["month", "quarter", "half_year", "years"]
PeriodType = Literal["week", "month", "quarter", "half_year", "year"]
Direction = Literal["up", "down", "context"]


class Part(Declared):
    """A declared aggregate over one source: its name says what may be added up.

    `count: rows` and `sum: column` add over areas and time; `distinct: column` counts persons,
    who never add up; `median: column` is of the rows. Over an aggregate source, `distinct` and
    `median` name a column that was delivered so, and is used only at the grain delivered.
    """

    source: str = Field(alias="from")
    count: Literal["rows"] | None = None
    sum: str | None = None
    distinct: str | None = None
    median: str | None = None
    where: str | None = None  # boolean SQL over the source's columns
    date: str | None = None  # events: another date column than the source's own
    carry_years: int = Field(default=1, ge=0, le=5)  # a yearly stock serves so many later years

    @model_validator(mode="after")
    def _one_aggregate(self) -> Self:
        if sum_of(self.count, self.sum, self.distinct, self.median) != 1:
            raise broken_rule("part_one_aggregate")
        return self

    @property
    def aggregate(self) -> str:
        """Which aggregate it is: count, sum, distinct or median."""
        return next(n for n in ("count", "sum", "distinct", "median") if getattr(self, n))

    @property
    def column(self) -> str | None:
        """The column it is over; None for `count: rows`."""
        return self.sum or self.distinct or self.median


def sum_of(*given: object) -> int:
    """Return how many of the values are given."""
    return sum(one is not None for one in given)


class Target(Declared):
    """What is aimed at, from a date on, and who says so."""

    since: date
    value: float
    kind: Literal["law", "promise", "local"]
    source: str = Field(min_length=1)


class Break(Declared):
    """A date from which the series is not comparable with what was before."""

    date: date
    text: Names


class Breakdown(Declared):
    """A split of the measure, one at a time, by a column that both parts have."""

    column: str
    name: Names
    labels: dict[str, Names] = {}  # category -> what people see; else the source's own


class Standardisation(Declared):
    """The standard population that takes age (or another split) out of comparisons of areas."""

    by: str  # the column of a declared breakdown
    name: Names  # printed under the chart
    weights: Literal["european_2013"] | dict[str, float]  # category -> persons, or share


class Indicator(Declared):
    """One measure."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Names
    definition: Names
    question: Names
    kind: Kind
    unit: Names
    scale: float = Field(default=1, gt=0)
    decimals: int = Field(default=1, ge=0, le=4)
    numerator: Part
    denominator: Part | None = None
    cadence: Cadence
    period: PeriodType
    rolling: int | None = Field(default=None, ge=2, le=24)
    half_year_anchor: Literal["jan", "apr"] = "jan"
    cohort_days: int = Field(default=0, ge=0, le=400)
    direction: Direction
    targets: tuple[Target, ...] = ()
    breaks: tuple[Break, ...] = ()
    levels: Texts
    breakdowns: tuple[Breakdown, ...] = ()
    season: Literal["school_year"] | None = None
    standard: Standardisation | None = None
    subset_of: str | None = None
    protect: Protection = Protection()
    owner: str = Field(min_length=1)
    register_: str = Field(alias="register", min_length=1)
    lag_days: int = Field(default=31, ge=0)
    caveats: tuple[Names, ...] = ()
    sotkanet_id: int | None = None
    benchmark: str | None = None  # the official measure that is the context of this one

    @field_validator("protect")
    @classmethod
    def _rounded_is_counted(cls, protect: Protection, info: ValidationInfo) -> Protection:
        kind = info.data.get("kind", "count")
        if protect.method == "rounding" and kind not in ROUNDED_KINDS:
            raise broken_rule("rounding_of_counts", kind=kind)
        return protect

    @model_validator(mode="after")
    def _parts_fit_the_kind(self) -> Self:
        ratio = self.kind in ("rate", "proportion", "mean", "distinct_rate")
        if ratio and self.denominator is None:
            raise broken_rule("needs_denominator", kind=self.kind)
        if not ratio and self.denominator is not None:
            raise broken_rule("has_no_denominator", kind=self.kind)
        if (self.kind == "median") != (self.numerator.aggregate == "median"):
            raise broken_rule("median_needs_median")
        if self.kind in ("rate", "proportion") and self.numerator.aggregate == "distinct":
            raise broken_rule("distinct_makes_distinct_rate", kind=self.kind)
        if self.kind == "distinct_rate" and self.numerator.aggregate != "distinct":
            raise broken_rule("distinct_rate_needs_distinct")
        if self.rolling and self.numerator.aggregate in ("distinct", "median"):
            raise broken_rule("rolling_not_additive")
        return self

    @model_validator(mode="after")
    def _season_divides(self) -> Self:
        if self.season and self.kind in ("mean", "median"):
            raise broken_rule("season_of_counts", kind=self.kind)
        return self

    @model_validator(mode="after")
    def _standard_fits(self) -> Self:
        if self.standard is None:
            return self
        if self.kind not in ("rate", "distinct_rate"):
            raise broken_rule("standard_of_rate", kind=self.kind)
        if self.standard.by not in {one.column for one in self.breakdowns}:
            raise broken_rule("standard_needs_breakdown", column=self.standard.by)
        weights = self.standard.weights
        if isinstance(weights, dict):
            given = weights.values()
            if min(given, default=0) < 0 or not sum(given) > 0:
                raise broken_rule("standard_weights")
        return self

    @model_validator(mode="after")
    def _cadence_not_finer_than_period(self) -> Self:
        order = ["week", "month", "quarter", "half_year", "year", "years"]
        if order.index(self.cadence) < order.index(self.period):
            raise broken_rule("cadence_finer", cadence=self.cadence, period=self.period)
        return self


class About(Declared):
    """What the instance is."""

    name: Names
    synthetic: bool = False
    keep_releases: int = Field(default=6, ge=2)
    notice: Names | None = None
    home_area: str | None = None  # the area a page opens with
    names_in_promises: bool = False  # a promise may carry the name of who gives it
    publisher: Names | None = None  # who answers for what is handed out
    twin: bool = False  # a synthetic twin of another instance: what is handed out says so
    licence: str | None = Field(default=None, min_length=1)  # of it: an identifier, address or text
    extracts: str = "data/extracts"  # folder of delivered files, from the instance's folder


class Registry(Declared):
    """The whole file."""

    instance: About
    indicators: tuple[Indicator, ...]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        ids = [one.id for one in self.indicators]
        twice = sorted({one for one in ids if ids.count(one) > 1})
        if twice:
            raise broken_rule("declared_twice", ids=", ".join(twice))
        wholes = {one.subset_of for one in self.indicators if one.subset_of}
        unknown = sorted(wholes - set(ids))
        if unknown:
            raise broken_rule("subset_of_unknown", ids=", ".join(unknown))
        return self

    @model_validator(mode="after")
    def _benchmarks_are_others(self) -> Self:
        ids = {one.id for one in self.indicators}
        own = [one.id for one in self.indicators if one.benchmark == one.id]
        if own:
            raise broken_rule("benchmark_of_itself", ids=", ".join(own))
        unknown = sorted({one.benchmark for one in self.indicators if one.benchmark} - ids)
        if unknown:
            raise broken_rule("benchmark_unknown", ids=", ".join(unknown))
        return self


def read_registry(path: Path) -> Registry:
    """Return the declared measures, or raise RegistryError with every fault of the file."""
    document = read_yaml(path)
    return checked(Registry, document, path)
