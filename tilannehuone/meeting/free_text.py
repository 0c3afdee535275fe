"""The guard on what people write: nothing that tells who somebody is may be saved.

Identity codes, telephone numbers, e-mail addresses, birthdays, home addresses and persons' names
are looked for before anything is written. A message names the kind and the place, never the words.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from tilannehuone.errors import Fault, WordsRefused
from tilannehuone.meeting.free_text_names import names
from tilannehuone.meeting.free_text_numbers import numbers

FoundKind = Literal["identity_code", "phone", "email", "birthday", "address", "name"]
"""What may tell who somebody is."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something personal in a text: its kind, and where it begins and ends, in characters."""

    kind: FoundKind
    start: int
    end: int


def found(text: str, known: Collection[str] = ()) -> tuple[Found, ...]:
    """Return what is personal in a text, in its order; nothing of it lies on another.

    Parameters
    ----------
    text
        As people write it, in Finnish, Swedish or English.
    known
        Names of areas and the like that name no persons, such as those of the instance's areas.

    Examples
    --------
    >>> [one.kind for one in found("Virtasen perhe, puh. 050-123 4567")]
    ['name', 'phone']
    >>> found("Toivo on herännyt: koulupoissaolot vähenivät Tuirassa 12.3.2026.")
    ()
    """
    seen = [Found(*one) for one in (*numbers(text), *names(text, known))]  # type: ignore[arg-type]
    kept: list[Found] = []
    for one in sorted(seen, key=lambda each: (each.start, -each.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def checked(text: str, known: Collection[str] = (), *, allowed: Collection[FoundKind] = ()) -> str:
    """Return a text in which nothing personal was found but the kinds `allowed`.

    Raises
    ------
    WordsRefused
        With a fault for each thing found, which says what it is, which word of the text it is,
        and what to do; never the word itself.
    """
    faults = [
        Fault(f"words_{one.kind}", {"word": len(re.findall(r"\S+", text[: one.start])) + 1})
        for one in found(text, known)
        if one.kind not in allowed
    ]
    if faults:
        raise WordsRefused(faults)
    return text
