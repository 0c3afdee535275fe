"""What the interface for other programs answers with, as it is described in its OpenAPI document.

Where a number is null its row's status says why: `c` hidden, `x` not delivered, `z` does not apply,
`k` rounds to zero, `u` unreliable, `o` late.
"""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

Status = Literal["ok", "c", "x", "z", "k", "u", "o"]
Number = float | None
Words = str | None


class Told(BaseModel):
    """What all objects share: no field that is not described."""

    model_config = ConfigDict(extra="forbid")


class ReleaseTold(Told):
    """Which release an answer is from."""

    release_id: str
    built_at: datetime


class Facts(ReleaseTold):
    """What a release says of itself (docs/release.md)."""

    instance: dict[str, Any]
    engine: str
    code_version: str
    definitions_hash: str
    protection: Any
    sources: Any


class Release(ReleaseTold):
    """One release that is kept."""

    current: bool


class Indicator(Told):
    """A measure; `period_type` is its own, by which it is told unless another is asked for."""

    indicator_id: str
    name: str
    name_fi: str
    name_sv: str
    name_en: str
    kind: str
    cadence: str
    period: str
    period_type: str
    direction: str
    unit: str
    decimals: int
    definitions_hash: str


class Definition(Indicator):
    """A measure with its whole declaration, as published."""

    release: ReleaseTold
    definition: dict[str, Any]


class Area(Told):
    """An area, once for each parent and time of validity."""

    area_code: str
    name: str
    area_type: str
    parent_code: Words
    name_fi: str
    name_sv: str
    name_en: str
    valid_from: date | None
    valid_to: date | None


class Event(Told):
    """Something that happened; no measure or area named means all."""

    date_from: date
    date_to: date | None
    kind: str
    text: str
    text_fi: str
    text_sv: str
    text_en: str
    indicators: list[str]
    areas: list[str]


class Key(Told):
    """Which series."""

    indicator_id: str
    area_code: str
    period_type: str
    breakdown: str
    category: str


class Cell(Key):
    """One number of a measure, or why there is none."""

    period_start: date
    numerator: Number
    denominator: Number
    value: Number
    lower95: Number
    upper95: Number
    status: Status


class Point(Cell):
    """A cell with the limits of its series and what its point was found to be."""

    centre: Number
    lower: Number
    upper: Number
    near_lower: Number
    near_upper: Number
    segment: int | None
    signal: Words
    side: Words
    kind: Words


class Found(Key):
    """What was found in a series: as data, as the word beside it, and as a sentence."""

    known: int
    ladder: str
    latest_period: date | None
    latest_value: Number
    latest_status: Words
    variation: Words
    assurance: Words
    finding: dict[str, Any]
    word: str
    sentence: str


class Forecast(Told):
    """A period ahead, forecast in `made_at_period`."""

    indicator_id: str
    area_code: str
    made_at_period: date
    period_start: date
    point: Number
    lower80: Number
    upper80: Number
    lower95: Number
    upper95: Number


class Comparison(Told):
    """An area among those of its type in a year: never a rank."""

    indicator_id: str
    period_type: str
    period_start: date
    group: str
    area_code: str
    baseline: Number
    lower95: Number
    upper95: Number
    lower998: Number
    upper998: Number
    z: Number
    word: Words


class Revision(Key):
    """A cell that differs between two releases; values as each of them shows."""

    period_start: date
    old_value: Number
    new_value: Number
    old_status: Status | None
    new_status: Status | None
    change: str
