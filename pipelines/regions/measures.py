"""The measures of several regions as one list, each printed once.

Regions share a measure by its id. Its printed definition is that of the region built last; what
each region itself declares stands in `region_indicators`. Where a region's figures would be
misread under the printed definition (another kind, unit, scale, period, protection, standard),
its measure stands by itself as `<id>__<region>`: nothing is withheld, and nothing mixed.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tilannehuone.texts import LANGUAGES

Key = tuple[str, str]
"""A region, and the id of a measure there."""

Definition = dict[str, Any]
Tie = tuple[str, str, str]

FORM = (
    *("kind", "unit", "scale", "period", "rolling", "half_year_anchor", "cohort_days"),
    *("direction", "season", "standard", "protect"),
)
"""What figures are read by; the auditor reads the rules of protection from it, too."""

SHARED_LISTS = ("breaks", "targets")
"""Printed only as far as all regions declare the same: a line is drawn for every area."""


@dataclass(frozen=True, slots=True)
class Own:
    """A measure as one region declares it, and the client systems its sources come from."""

    region: str
    id: str
    definition: Definition
    digest: str
    systems: str = "[]"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the room: its id there, the printed definition, and whose figures it holds."""

    id: str
    definition: Definition
    owns: tuple[Own, ...]

    @property
    def digest(self) -> str:
        """The hash of the printed definition: the region's own, where it is printed unchanged."""
        if self.definition == self.owns[0].definition:
            return self.owns[0].digest
        told = json.dumps(self.definition, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def union(
    owns: Sequence[Own], names: Mapping[str, Mapping[str, str]]
) -> tuple[tuple[Measure, ...], dict[Key, str], dict[Key, tuple[str, ...]]]:
    """Return the measures of the room, the id of each region's measure, and why some stand apart.

    Parameters
    ----------
    owns : all regions' measures, the region built last first, each region's in its own order
    names : of the regions, by language
    """
    apart = _apart(owns)
    while more := _falsely_tied(owns, apart):
        apart |= more
    ids = _ids(owns, apart)
    groups: dict[str, list[Own]] = {}
    for one in owns:
        groups.setdefault(ids[one.region, one.id], []).append(one)
    measures = []
    for name, members in groups.items():
        printed = _printed(members, ids)
        if apart.get((members[0].region, members[0].id)):
            printed["name"] = _named(printed["name"], names[members[0].region])
        measures.append(Measure(name, printed | {"id": name}, tuple(members)))
    return tuple(measures), ids, apart


def own_breaks(measures: Iterable[Measure]) -> Iterator[tuple[str, str, Definition]]:
    """Yield (region, id in the room, break) of each break that is printed for no other region."""
    for measure in measures:
        for own in measure.owns:
            for one in own.definition.get("breaks") or ():
                if one not in measure.definition["breaks"]:
                    yield own.region, measure.id, one


def _apart(owns: Sequence[Own]) -> dict[Key, tuple[str, ...]]:
    """Return in what a region's measure differs from the one printed under its id."""
    first: dict[str, Own] = {}
    found: dict[Key, tuple[str, ...]] = {}
    for one in owns:
        printed = first.setdefault(one.id, one).definition
        differing = tuple(n for n in FORM if one.definition.get(n) != printed.get(n))
        if differing:
            found[one.region, one.id] = differing
    return found


def _falsely_tied(
    owns: Sequence[Own], apart: Mapping[Key, tuple[str, ...]]
) -> dict[Key, tuple[str, ...]]:
    """Return measures that would be read as counting what another counts, though they do not.

    Of each region one at a time: with it apart, the others may be right. Printed definitions tell
    which measures count the same people (`pipelines.auditing.across`).
    """
    ids = _ids(owns, apart)
    first: dict[str, Own] = {}
    for one in owns:
        first.setdefault(ids[one.region, one.id], one)
    printed = _ties({name: one.definition for name, one in first.items()}, ids, first)
    found: dict[Key, tuple[str, ...]] = {}
    for region in dict.fromkeys(one.region for one in owns):
        mine = {ids[region, one.id]: one for one in owns if one.region == region}
        own = _ties({name: one.definition for name, one in mine.items()}, ids, mine)
        for _, left, right in sorted(printed - own):
            both = [n for n in (left, right) if n in mine and first[n].region != region]
            if left in mine and right in mine and both:
                differing = [n for n in both if _differs(mine[n], first[n])]
                found[region, mine[(differing or both)[0]].id] = ("numerator",)
                break
    return found


def _ties(
    definitions: Mapping[str, Definition], ids: Mapping[Key, str], whose: Mapping[str, Own]
) -> set[Tie]:
    by_part: dict[str, list[str]] = {}
    found: set[Tie] = set()
    for name, one in definitions.items():
        by_part.setdefault(_part(one, "numerator"), []).append(name)
        if whole := one.get("subset_of"):
            found.add(("part", name, ids.get((whose[name].region, whole), whole)))
    for name, one in definitions.items():
        found |= {("same", name, other) for other in by_part[_part(one, "numerator")]}
        if one.get("denominator"):
            found |= {("whole", name, each) for each in by_part.get(_part(one, "denominator"), ())}
    return {tie for tie in found if tie[1] != tie[2]}


def _differs(own: Own, printed: Own) -> bool:
    """Return whether a region counts other things than the printed definition says."""
    return _part(own.definition, "numerator") != _part(printed.definition, "numerator")


def _part(definition: Definition, side: str) -> str:
    return json.dumps([definition.get(side), definition.get("cohort_days") or 0], sort_keys=True)


def _ids(owns: Sequence[Own], apart: Mapping[Key, tuple[str, ...]]) -> dict[Key, str]:
    taken = {one.id for one in owns}
    found = {}
    for one in owns:
        name = one.id
        if (one.region, one.id) in apart:
            name = f"{one.id}__{one.region}"
            while name in taken:
                name += "_"
        found[one.region, one.id] = name
    return found


def _printed(members: Sequence[Own], ids: Mapping[Key, str]) -> Definition:
    """Return the first definition, with what all share and what any of them splits by."""
    definition, others = dict(members[0].definition), [one.definition for one in members[1:]]
    for name in SHARED_LISTS:
        mine = definition.get(name) or []
        definition[name] = [one for one in mine if all(one in (o.get(name) or []) for o in others)]
    levels = [level for one in (definition, *others) for level in one.get("levels") or []]
    definition["levels"] = list(dict.fromkeys(levels))
    definition["breakdowns"] = _breakdowns([definition, *others])
    if whole := definition.get("subset_of"):
        definition["subset_of"] = ids.get((members[0].region, whole), whole)
    return definition


def _breakdowns(definitions: Sequence[Definition]) -> list[Definition]:
    found: dict[str, Definition] = {}
    for definition in definitions:
        for one in definition.get("breakdowns") or ():
            known = found.setdefault(one["column"], one)
            labels = (one.get("labels") or {}) | (known.get("labels") or {})
            found[one["column"]] = replace_labels(known, labels)
    return list(found.values())


def replace_labels(breakdown: Definition, labels: Mapping[str, Any]) -> Definition:
    """Return a breakdown with other labels; one without any stays as it was."""
    return breakdown | {"labels": dict(labels)} if labels else breakdown


def _named(name: Mapping[str, str], region: Mapping[str, str]) -> dict[str, str]:
    return {lang: f"{name[lang]}, {region[lang]}" for lang in LANGUAGES}
