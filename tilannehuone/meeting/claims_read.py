"""What a sentence claims: its assertions one by one, and what keeps it from being one at all."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from tilannehuone.meeting.claims_language import pattern
from tilannehuone.meeting.claims_numbers import (
    BEFORE_FROM,
    BEFORE_TO,
    FROM_VALUE,
    MAY_FOLLOW,
    PER_CENT_AFTER,
    POINTS_AFTER,
    TIME_AFTER,
    TO_VALUE,
)
from tilannehuone.meeting.claims_words import DIRECTIONS
from tilannehuone.meeting.numerals import Numeral, numerals

CLAUSES = re.compile(
    r"[;:!]\s|,\s|\s[–-]\s|\s(?:mutta|vaan|vaikka|kun taas|ja|sekä|men|medan|och|but|while"
    r"|whereas|and|although)\s",
    re.IGNORECASE,
)
FLAGS = (
    *("cause", "ahead", "elsewhere", "than", "earlier", "usual", "wish", "hedge", "certain"),
    *("lasting", "turned", "part", "most", "unknown", "about", "in_a_row"),
)
NOT_DONE = re.compile(r"\w+(?:matta|mättä)(?!\w)", re.IGNORECASE)
AT_TARGET = re.compile(
    r"tavoitteessa(?!\w)|tavoitteen mukai|in line with|on target|i mål(?!\w)|inom målet",
    re.IGNORECASE,
)
MOST_BETWEEN = 14
"""Letters that may stand between `over` and its number."""
SCALE = 1000
CLAIMED = ("met", "missed", "exceeds", "falls_below")


@dataclass(frozen=True, slots=True)
class Assertion:
    """One thing that is claimed, or denied: a direction, a value, a bound, a target."""

    kind: str
    is_denied: bool = False
    number: Numeral | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of a sentence.

    `flags` tell what else is in it (a cause, a hope, a comparison). `is_open` tells that a number
    or an amount stands in it that could not be placed: then it cannot be supported.
    """

    assertions: tuple[Assertion, ...] = ()
    flags: frozenset[str] = frozenset()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of the measure's numbers: its unit, those in its name, and its target."""

    unit: str = ""
    own_numbers: Collection[str] = ()
    target: float | None = None
    unit_words: Collection[str] = ()

    @property
    def is_in_days(self) -> bool:
        """Whether the measure counts days."""
        return bool(re.match(r"(?:päiv|dag|day)", self.unit, re.IGNORECASE))


def read(sentence: str, lang: str, measured: Measured) -> Reading:
    """Return what a sentence claims, in the language it is written in.

    Periods and names have been taken out of it already (`claims_cited`).
    """
    flags = {one for one in FLAGS if pattern(lang, one).search(sentence)}
    if sentence.rstrip().endswith("?"):
        flags.add("question")
    if "unknown" in flags:
        return Reading((Assertion("unknown"),), frozenset(flags))
    plain = pattern(lang, "certain").sub(" ", sentence)
    found: list[Assertion] = []
    is_open = False
    for clause in CLAUSES.split(plain):
        some, more = _clause(clause, lang, measured, "in_a_row" in flags)
        found += some
        is_open |= more
    return Reading(tuple(dict.fromkeys(found)), frozenset(flags), is_open)


def _clause(
    clause: str, lang: str, measured: Measured, is_in_a_row: bool
) -> tuple[list[Assertion], bool]:
    """Return what a clause asserts, and whether something in it could not be placed."""
    is_denied = bool(pattern(lang, "not").search(clause))
    numbers = [one for one in numerals(clause) if not _is_the_measures(clause, one, measured)]
    found: list[Assertion] = []
    if is_in_a_row:
        found += [Assertion("in_a_row", is_denied, one) for one in numbers if _is_time(clause, one)]
        numbers = [one for one in numbers if not _is_time(clause, one)]
    if pattern(lang, "target").search(clause):
        numbers = [one for one in numbers if not _is_target(one, measured)]
        targeted = _targeted(clause, lang, is_denied=is_denied)
        found += targeted
        if targeted:
            clause = _masked(clause, lang, (*CLAIMED, "over", "under"))
    bounds = list(_bounds(clause, lang, numbers, is_denied=is_denied))
    numbers = [one for one in numbers if one not in [each.number for each in bounds]]
    found += bounds
    rest = _masked(clause, lang, ("over", "under")) if bounds else clause
    ways = [Assertion(one, is_denied) for one in DIRECTIONS if pattern(lang, one).search(rest)]
    ways = [one for one in ways if one.kind != "changed"] or ways
    found += ways
    placed = [_placed(clause, lang, one, measured, bool(ways)) for one in numbers]
    found += [replace(one, is_denied=is_denied) for one in placed if one is not None]
    is_amount = bool(ways) and not numbers and bool(pattern(lang, "amount").search(rest))
    return found, is_amount or None in placed


def _targeted(clause: str, lang: str, *, is_denied: bool) -> list[Assertion]:
    """Return what a clause says of the target: met or missed, or over or under it."""
    if AT_TARGET.search(clause):
        return [Assertion("met", is_denied)]
    if NOT_DONE.search(clause) or pattern(lang, "missed").search(clause):
        return [Assertion("missed", is_denied)]
    for kind, groups in (
        ("falls_below", ("falls_below", "under")),
        ("exceeds", ("exceeds", "over")),
        ("met", ("met",)),
    ):
        if any(pattern(lang, one).search(clause) for one in groups):
            return [Assertion(kind, is_denied)]
    return []


def _bounds(
    clause: str, lang: str, numbers: list[Numeral], *, is_denied: bool
) -> Iterator[Assertion]:
    """Yield the bounds that a clause sets: over, under, at least, at most a number."""
    for number in numbers:
        for kind in ("at_most", "least", "under", "over"):
            before = [
                one
                for one in pattern(lang, kind).finditer(clause)
                if -1 <= number.start - one.end() <= MOST_BETWEEN
            ]
            after = pattern(lang, "limit").search(clause, number.end) and (
                pattern(lang, kind).search(clause, number.end)
            )
            if before or after:
                yield Assertion(kind, is_denied, number)
                break


def _placed(
    clause: str, lang: str, number: Numeral, measured: Measured, has_way: bool
) -> Assertion | None:
    """Return what a number is: a value, or an amount of change; None where that is not clear."""
    before, after = clause[: number.start], clause[number.end :]
    if re.search(FROM_VALUE[lang] or "(?!)", after) or re.search(BEFORE_FROM[lang], before):
        return None
    is_to = bool(
        (TO_VALUE[lang] and re.search(TO_VALUE[lang], after)) or re.search(BEFORE_TO[lang], before)
    )
    if POINTS_AFTER.match(after):
        return Assertion("amount", number=number)
    is_per_cent = bool(PER_CENT_AFTER.match(after))
    if is_per_cent and not is_to and has_way:
        return Assertion("amount", number=number)
    if is_per_cent and measured.unit != "%":
        return None
    if has_way and not is_to:
        return None
    is_value = is_to or is_per_cent or _is_of_unit(after, measured) or bool(MAY_FOLLOW.match(after))
    is_said = is_to or bool(pattern(lang, "is").search(before)) or before.rstrip().endswith("(")
    if _is_time(clause, number) and not measured.is_in_days:
        return None
    return Assertion("value", number=number) if is_value and is_said else None


def _is_the_measures(clause: str, number: Numeral, measured: Measured) -> bool:
    """Return whether a number is part of the measure's name or of its unit."""
    after = clause[number.end :]
    written = str(number.value)
    if written in measured.own_numbers and (TIME_AFTER.match(after) or not after.strip()):
        return True
    is_scale = number.value == SCALE and written not in ("", "0")
    return is_scale and bool(re.search(r"(?:per|/|tuhat\w*)\s*$", clause[: number.start]))


def _is_target(number: Numeral, measured: Measured) -> bool:
    return measured.target is not None and number.is_of(measured.target)


def _is_time(clause: str, number: Numeral) -> bool:
    return bool(TIME_AFTER.match(clause[number.end :]))


def _is_of_unit(after: str, measured: Measured) -> bool:
    first = re.match(r"\s*([^\W\d_]+)", after)
    if first is None:
        return False
    return any(first[1].lower().startswith(one[:4].lower()) for one in measured.unit_words)


def _masked(clause: str, lang: str, groups: Collection[str]) -> str:
    """Return a clause without the words of some groups, every other letter in its place."""
    for one in groups:
        clause = pattern(lang, one).sub(lambda found: " " * len(found[0]), clause)
    return clause
