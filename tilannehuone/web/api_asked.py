"""What may be asked of the interface for other programs: the parameters of each address.

They are named and mean the same as in `tilannehuone.opened`: without a period type each measure is
told by its own, without a breakdown undivided, and `*` asks for every one.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema

MOST_ROWS = 50_000
"""Of one answer of JSON or CSV; the next ones are asked for with `offset`."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


Nothing = SkipJsonSchema[None]
"""A parameter may be left out; there is no word for nothing that could be sent for it."""


def _day(told: Any) -> Any:
    """Return the day that a text tells; only that form is one, where the library takes more."""
    if isinstance(told, str) and not DAY.fullmatch(told):
        raise ValueError("not a day")
    return told


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Id = Annotated[str, Field(min_length=1, max_length=200)]
ReleaseId = Annotated[str, Field(pattern=r"^[0-9]{8}T[0-9]{6}Z(-[0-9]{1,4})?$", max_length=30)]
PeriodType = Annotated[
    str, Field(pattern=r"^(week|month|quarter|half_year|year|rolling[0-9]{1,2}|\*)$")
]


Rows = Literal["json", "csv", "parquet"] | Nothing
FORM = "The form of the answer; without it, as the header Accept asks"
OWN = "Without it, each measure's own; `*` for every one"


class Asked(BaseModel):
    """What every address takes."""

    model_config = ConfigDict(extra="forbid")

    release: ReleaseId | Nothing = Field(None, description="A release's id; else the current one")
    known_at: Day | Nothing = Field(
        None, description="As known then: the newest release built by the end of that day (UTC)"
    )
    lang: Literal["fi", "sv", "en"] = Field("fi", description="The language of words and names")
    format: str | Nothing = Field(None, description=FORM)


class AskedOne(Asked):
    """One thing, told as JSON."""

    format: Literal["json"] | Nothing = Field(None, description=FORM)


class AskedPages(Asked):
    """Rows of a table."""

    limit: int = Field(1000, ge=1, le=MOST_ROWS, description="Most rows of JSON or CSV")
    offset: int = Field(0, ge=0, le=1_000_000_000, description="Rows left out before them")


class AskedRows(AskedPages):
    """Rows of a table that is not divided."""

    format: Rows = Field(None, description=FORM)


class AskedOf(AskedPages):
    """Rows of some measures and areas."""

    indicator: list[Id] = Field([], max_length=100, description="Measures; without it all")
    area: list[Id] = Field([], max_length=500, description="Areas; without it all")


class AskedBetween(AskedOf):
    """Rows of some periods."""

    from_: Day | Nothing = Field(None, alias="from", description="First day a period begins on")
    to: Day | Nothing = Field(None, description="Last day a period begins on")


class AskedSplit(AskedOf):
    """Rows of some series."""

    period_type: PeriodType | Nothing = Field(None, description=OWN)
    breakdown: Id = Field("all", description="`all` is undivided; `*` for every one")
    category: Id = Field("*", description="A category of the breakdown; `*` for every one")


class AskedDays(AskedBetween):
    """Forecasts or comparisons."""

    format: Rows = Field(None, description=FORM)


class AskedCells(AskedSplit, AskedBetween):
    """Cells of many series."""

    format: Literal["json", "csv", "json-stat", "parquet"] | Nothing = Field(None, description=FORM)


class AskedFindings(AskedSplit):
    """What was found in many series."""

    format: Rows = Field(None, description=FORM)


class AskedSeries(AskedPages):
    """One series."""

    format: Rows = Field(None, description=FORM)
    indicator: Id = Field(description="The measure")
    area: Id = Field(description="The area")
    period_type: PeriodType | Nothing = Field(None, description="Without it, the measure's own")
    breakdown: Id = Field("all", description="`all` is undivided")
    category: Id = Field("all", description="A category of the breakdown")
    from_: Day | Nothing = Field(None, alias="from", description="First day a period begins on")
    to: Day | Nothing = Field(None, description="Last day a period begins on")


class AskedRevisions(AskedOf):
    """What differs between two releases."""

    format: Rows = Field(None, description=FORM)
    from_: ReleaseId | Nothing = Field(
        None, alias="from", description="The older release; without it, the one before `to`"
    )
    to: ReleaseId | Nothing = Field(
        None, description="The newer release; without it, that of `release` and `known_at`"
    )
