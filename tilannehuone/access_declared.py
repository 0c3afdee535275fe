"""`data/access.yaml`: who has which role in which areas, and how long a session lasts."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

import pandas as pd
from pydantic import Field, model_validator

from tilannehuone.access import RIGHTS, Grant, Person, Role
from tilannehuone.areas import paths, read_areas
from tilannehuone.declared import Declared, Texts, broken_rule, checked, place, read_yaml
from tilannehuone.errors import Fault, RegistryError

FILE = Path("data") / "access.yaml"
ALL = "all"


class Session(Declared):
    """How long one stays logged in, in minutes."""

    idle_minutes: int = Field(default=60, ge=1, le=1440)  # since the last use
    absolute_minutes: int = Field(default=600, ge=1, le=10080)  # since the login


class Rule(Declared):
    """Who is meant, in one of three ways, and the role they have in which areas."""

    email: str | None = Field(default=None, min_length=1)
    subject: str | None = Field(default=None, min_length=1)  # the provider's own id of a person
    claim: str | None = Field(default=None, min_length=1)  # a group, say, ...
    value: str | None = Field(default=None, min_length=1)  # ... and what it must hold
    role: Role
    areas: Texts

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        ways = [self.email is not None, self.subject is not None, self.claim is not None]
        if sum(ways) != 1 or (self.claim is None) != (self.value is None):
            raise broken_rule("access_who")
        return self

    def fits(self, claims: Mapping[str, Any]) -> bool:
        """Return whether the claims of a login are those of somebody this rule means.

        An address that the provider says it has not verified is nobody's.
        """
        if self.email is not None:
            verified = claims.get("email_verified") in (None, True, "true")
            return verified and _same(self.email, claims.get("email"))
        if self.subject is not None:
            return claims.get("sub") == self.subject
        held = claims.get(str(self.claim))
        return self.value in (held if isinstance(held, list | tuple) else [held])


class Declaration(Declared):
    """The whole file."""

    session: Session = Session()
    people: tuple[Rule, ...]


class Access:
    """What is declared, with the areas that lie below and above those it names."""

    def __init__(self, declaration: Declaration, areas: pd.DataFrame) -> None:
        self.session = declaration.session
        self._rules = declaration.people
        told = paths(areas)[["area_code", "ancestor_code"]].drop_duplicates()
        self._below = told.groupby("ancestor_code")["area_code"].agg(frozenset).to_dict()
        self._above = told.groupby("area_code")["ancestor_code"].agg(frozenset).to_dict()

    def person(self, claims: Mapping[str, Any]) -> Person | None:
        """Return who the claims of a login are, with all that the rules give; None for nobody.

        The first rule that fits gives the role that is named first.
        """
        grants = [self._grant(one) for one in self._rules if one.fits(claims)]
        if not grants:
            return None
        first, *others = grants
        named = [area for one in grants for area in one.areas or ()]
        above = frozenset().union(*(self._above[area] for area in named)) - set(named)
        given = (first.role, first.rights, first.areas)
        return Person(_name(claims), *given, further=tuple(others), above=above)

    def _grant(self, rule: Rule) -> Grant:
        named = None if ALL in rule.areas else (self._below[area] for area in rule.areas)
        areas = None if named is None else frozenset().union(*named)
        return Grant(rule.role, RIGHTS[rule.role], areas)


def read_access(folder: Path) -> Access | None:
    """Return what an instance declares; None where it has no such file.

    Raises
    ------
    RegistryError
        Every fault of the file, an unknown role or area included, each with its line.
    """
    file, areas_file = folder / FILE, folder / "data" / "areas.csv"
    if not file.is_file():
        return None
    return _read(file, areas_file, _stamp(file), _stamp(areas_file))


def access_faults(folder: Path) -> list[Fault]:
    """Return what is wrong with an instance's file; nothing where it has none."""
    try:
        read_access(folder)
    except RegistryError as error:
        return list(error.faults)
    return []


@lru_cache(maxsize=4)
def _read(file: Path, areas_file: Path, *_stamps: tuple[int, int]) -> Access:
    """Read it anew only where one of the two files has changed: it is asked for at every step."""
    document = read_yaml(file)
    declaration, areas = checked(Declaration, document, file), read_areas(areas_file)
    known = set(areas["area_code"]) | {ALL}
    faults = [
        Fault("unknown_area_code", {"area": area}, str(file), *place(document, at))
        for at, area in _named_areas(declaration)
        if area not in known
    ]
    if faults:
        raise RegistryError(faults)
    return Access(declaration, areas)


def _named_areas(declaration: Declaration) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for n, rule in enumerate(declaration.people):
        for area in rule.areas:
            yield ("people", n, "areas"), area


def _stamp(path: Path) -> tuple[int, int]:
    told = path.stat() if path.is_file() else None
    return (told.st_mtime_ns, told.st_size) if told else (0, 0)


def _same(declared: str, given: Any) -> bool:
    return isinstance(given, str) and declared.casefold() == given.casefold()


def _name(claims: Mapping[str, Any]) -> str:
    told = (claims.get(one) for one in ("name", "preferred_username", "email", "sub"))
    return next((str(one) for one in told if one), "?")
