"""What is not in a release is said in one line, with the names that were perhaps meant."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from tilannehuone.errors import Fault, ReleaseMissing, TilannehuoneError
from tilannehuone.texts.faults import fault_line

LANGUAGE = "en"
"""What a script is told, it is told in English; pages and commands tell a fault in their own."""

LIKENESS = 0.7
MOST_NAMED = 3
FEW = 8
"""So few names are all told."""

MOST_LETTERS = 60
"""So much of what was asked for is repeated: it comes from outside."""


class _Told(TilannehuoneError):
    def __str__(self) -> str:
        return "\n".join(fault_line(one, LANGUAGE) for one in self.faults)


class NotInRelease(_Told, LookupError):
    """A measure, area, period type, breakdown or category that the release does not have."""


class CannotOpen(_Told, ReleaseMissing):
    """There is no release at a path, or it cannot be read."""


def nearest(asked: str, offered: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the ids most like what was asked for, by themselves or by one of their names.

    >>> nearest("kakkuri", {"kaakkuri": ["Kaakkuri"], "tuira": ["Tuira"]})
    ['kaakkuri']
    >>> nearest("kontakter", {"contacts": ["Yhteydenotot", "Kontakter"]})
    ['contacts']
    """
    words = {one.casefold(): key for key in offered for one in (key, *offered[key])}
    found = get_close_matches(asked.casefold(), words, MOST_NAMED, LIKENESS)
    parts = [key for key in offered if asked and asked.casefold() in key.casefold()]
    return list(dict.fromkeys([*(words[one] for one in found), *parts]))[:MOST_NAMED]


def require(kind: str, asked: str, offered: Mapping[str, Iterable[str]]) -> str:
    """Return what was asked for where it is offered, by its id.

    Raises
    ------
    NotInRelease
        Elsewhere; `kind` is measure, area, period_type, breakdown or category.
    """
    if asked in offered:
        return asked
    near = list(offered) if len(offered) <= FEW else nearest(asked, offered)
    key = f"not_in_release_{kind}" + ("" if near else "_alone")
    raise NotInRelease(Fault(key, {"asked": asked[:MOST_LETTERS], "near": ", ".join(near)}))
