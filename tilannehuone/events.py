"""`data/events.yaml`: what happened around the figures, to be drawn beside them.

A break ends the comparability of a series, a practice is a new way of working, an initiative is
something people began, and a holiday explains a dip. A rebase is a lasting change of level that
people have confirmed, with its reason: limits are set anew from that day.
"""

from datetime import date
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from tilannehuone.declared import Declared, Names, Texts, broken_rule, checked, read_yaml

Kind = Literal["break", "rebase", "practice", "holiday", "initiative"]


class Event(Declared):
    """One thing that happened: on a day, or from a day to another, both included."""

    date_from: date = Field(alias="from")
    date_to: date | None = Field(default=None, alias="to")
    kind: Kind
    text: Names
    indicators: Texts = ()  # ids of the measures it concerns; none: every measure
    areas: Texts = ()  # codes of the areas it concerns; none: every area
    share: bool = False  # practices, initiatives: whether other regions may read of it

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.date_to is not None and self.date_to < self.date_from:
            raise broken_rule("event_ends_first")
        return self


class Events(Declared):
    """The whole file."""

    events: tuple[Event, ...]


def read_events(path: Path) -> tuple[Event, ...]:
    """Return the declared events as written, or raise RegistryError with every fault."""
    document = read_yaml(path)
    return checked(Events, document, path).events
