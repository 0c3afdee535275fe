"""How a meeting's minutes are shared: the script of 60 minutes, scaled, and filled."""

from dataclasses import dataclass
from typing import Literal

from tilannehuone.meeting.agenda_content import Entry, Wish

ItemKind = Literal["opening", "promises", "situation", "phenomenon", "course", "round", "closing"]

SCRIPT: dict[ItemKind, int] = {
    "opening": 5,
    "promises": 10,
    "situation": 15,
    "phenomenon": 13,
    "course": 5,
    "round": 9,
    "closing": 3,
}
"""The items of a meeting in their order, with their minutes in the script of an hour."""

SHORTEST, LONGEST = 15, 180
"""Minutes a meeting may last: in a quarter of an hour every item has its minute."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The minutes of every item, what is dealt with in them, and what did not fit."""

    minutes: dict[ItemKind, int]
    entries: dict[ItemKind, tuple[Entry, ...]]
    left_out: tuple[Entry, ...]


def planned(wished: dict[ItemKind, tuple[Wish, ...]], minutes: int) -> Plan:
    """Return the plan of a meeting: what was wished for first fits first.

    Raises
    ------
    ValueError
        For a meeting shorter than 15 minutes or longer than 180.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise ValueError(f"a meeting lasts {SHORTEST} to {LONGEST} minutes, not {minutes}")
    shares = _moved(scaled(minutes), wished)
    room = {**shares, "course": shares["course"] // 2}  # the rest is for the course itself
    entries: dict[ItemKind, tuple[Entry, ...]] = {}
    left_out: list[Entry] = []
    for kind in SCRIPT:
        entries[kind], left = _filled(wished.get(kind, ()), room[kind])
        left_out += left
    return Plan(shares, entries, tuple(left_out))


def scaled(minutes: int) -> dict[ItemKind, int]:
    """Return the script's minutes scaled to a meeting: whole, at least one each.

    The whole parts are given first, and the minutes left to those with the largest remainder.

    >>> scaled(15)["situation"], sum(scaled(15).values()), scaled(60) == SCRIPT
    (4, 15, True)
    """
    hour = sum(SCRIPT.values())
    shares = {kind: max(1, minutes * one // hour) for kind, one in SCRIPT.items()}
    order = sorted(SCRIPT, key=lambda kind: shares[kind] - minutes * SCRIPT[kind] / hour)
    for kind in order[: minutes - sum(shares.values())]:
        shares[kind] += 1
    return shares


def _moved(
    shares: dict[ItemKind, int], wished: dict[ItemKind, tuple[Wish, ...]]
) -> dict[ItemKind, int]:
    """Return the shares with unneeded minutes moved on, from promises to the situation and on.

    A situation that has more to show than its minutes takes up to half of the phenomenon's.
    """
    spare = max(0, shares["promises"] - _sum_wanted(wished.get("promises", ())))
    promises = shares["promises"] - spare
    situation, phenomenon = shares["situation"] + spare, shares["phenomenon"]
    wishes = wished.get("situation", ())
    unneeded = max(0, situation - _sum_wanted(wishes))
    lacking = max(0, sum(one.least for one in wishes) - situation)
    moved = unneeded - min(lacking, phenomenon // 2)
    return {
        **shares,
        "promises": promises,
        "situation": situation - moved,
        "phenomenon": phenomenon + moved,
    }


def _filled(wishes: tuple[Wish, ...], room: int) -> tuple[tuple[Entry, ...], list[Entry]]:
    """Return the entries that fit into so many minutes, and those that do not.

    The first come first. Minutes left over are dealt out one by one, in the same order, to those
    that would like more.
    """
    fitting: list[Wish] = []
    left_out: list[Entry] = []
    for one in wishes:
        if one.least <= room:
            fitting.append(one)
            room -= one.least
        else:
            left_out.append(one.entry(0))
    given = [one.least for one in fitting]
    while room > 0 and given != [one.wanted for one in fitting]:
        for place, one in enumerate(fitting):
            if room > 0 and given[place] < one.wanted:
                given[place] += 1
                room -= 1
    entries = tuple(one.entry(minutes) for one, minutes in zip(fitting, given, strict=True))
    return entries, left_out


def _sum_wanted(wishes: tuple[Wish, ...]) -> int:
    return sum(one.wanted for one in wishes)
