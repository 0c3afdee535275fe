"""Who may see and do what, where: roles scoped to areas, declared in `data/access.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from tilannehuone.errors import AccessDenied, Fault

Right = Literal["view", "observe", "promise", "write", "hold", "steward", "research", "administer"]
Role = Literal["viewer", "member", "scribe", "chair", "steward", "researcher", "admin"]

RIGHTS: Mapping[str, frozenset[Right]] = MappingProxyType(
    {
        "viewer": frozenset({"view"}),
        "member": frozenset({"view", "observe", "promise"}),
        "scribe": frozenset({"view", "observe", "promise", "write", "hold"}),
        "chair": frozenset({"view", "observe", "promise", "write", "hold"}),
        "steward": frozenset({"view", "observe", "steward"}),
        "researcher": frozenset({"view", "research"}),
        "admin": frozenset(get_args(Right)),
    }
)
"""What each role may do in its areas. `docs/access.md` shows this table, and a test compares."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in some areas, those below them included; `areas` is None for all of them."""

    role: str
    rights: frozenset[Right]
    areas: frozenset[str] | None = None

    def gives(self, right: Right, area_code: str) -> bool:
        """Return whether this grant gives a right in an area."""
        return right in self.rights and (self.areas is None or area_code in self.areas)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the room: the name that is written down, and what they may do.

    `role` is the one a history names; `areas` is None where the whole instance is open. Who has
    several roles has the others in `further`; `above` are the areas that theirs lie in: their
    figures stand beside one's own for comparison, and cannot be opened by themselves.
    """

    name: str
    role: str
    rights: frozenset[Right]
    areas: frozenset[str] | None = None
    further: tuple[Grant, ...] = ()
    above: frozenset[str] = frozenset()

    @property
    def grants(self) -> tuple[Grant, ...]:
        """All that this person has been given, in the order of the declaration."""
        return (Grant(self.role, self.rights, self.areas), *self.further)

    @property
    def open_areas(self) -> frozenset[str] | None:
        """The areas this person may look at; None for all of them."""
        return areas_with(self, "view")

    @property
    def readable(self) -> frozenset[str] | None:
        """The areas of which a figure may reach this person: the open ones and those above."""
        return None if self.open_areas is None else self.open_areas | self.above


def may(person: Person, right: Right, area_code: str) -> bool:
    """Return whether a person has a right in an area."""
    return any(one.gives(right, area_code) for one in person.grants)


def may_anywhere(person: Person, right: Right) -> bool:
    """Return whether a person has a right in at least one area."""
    return any(right in one.rights and one.areas != frozenset() for one in person.grants)


def areas_with(person: Person, right: Right) -> frozenset[str] | None:
    """Return the areas in which a person has a right; None for all of them."""
    found: frozenset[str] = frozenset()
    for one in person.grants:
        if right in one.rights:
            if one.areas is None:
                return None
            found |= one.areas
    return found


def role_in(person: Person, right: Right, area_code: str) -> str:
    """Return the role by which a person has a right in an area, for the history of a write.

    Raises AccessDenied where no role gives it.
    """
    require(person, right, area_code)
    return next(one.role for one in person.grants if one.gives(right, area_code))


def require(person: Person, right: Right, area_code: str) -> None:
    """Raise AccessDenied where a person has not the right."""
    if not may(person, right, area_code):
        raise AccessDenied(Fault("access_denied"))


LOCAL = Person("local", "admin", RIGHTS["admin"])
"""Whoever sits at a demo on this machine: nothing is declared, and no login configured."""

SERVER = Person("server", "admin", RIGHTS["admin"])
"""The server itself, when it prepares what people will ask for; it shows it to nobody."""
