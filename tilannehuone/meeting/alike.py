"""What people write alike: by the words' base forms and parts, on this machine and offline.

Each text is a vector of its base forms (Finnish, Swedish and English, by dictionaries) and of the
letter groups of these, weighed by how few of the texts hold them (TF-IDF); two texts are as alike
as the angle between their vectors is small. Parts of compounds count by their letters:
`koulupoissaolot` is near `poissaoloja koulusta`. It only suggests: people decide.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

from tilannehuone.meeting.lemmas import is_known, lemma

LANGUAGES = ("fi", "sv", "en")
WORD = re.compile(r"[^\W\d_]{3,}")
GROUP = 5
"""Letters in a group: shorter ones are shared by words that have nothing to do with each other."""

LEAST = 0.14
"""Below this nothing is suggested; chosen on the sentences of `tests/unit/test_alike.py`."""

LEAST_PART = 4
"""Letters in a part of a compound."""

LEAST_SHARED = 0.12
"""The same for a measure, whose words are many more than those of what somebody writes."""

_STOP = """
että joka mikä kuin kun niin sekä myös mutta vain olla oma muu sama tämä hän minä sinä kaikki joku
jokin useampi paljon enemmän vähemmän hyvin aina usein aiempi tulla saada voida pitää tehdä käydä
olen ovat jälkeen ennen aikana kanssa ilman eri uusi ollut eikä tai vielä nyt alue vuosi kuukausi
viikko päivä aika osuus määrä luku moni kuinka lapsi ikäinen monta och att det som den för med
till inte har var men eller ett hur många barn under område the and for that with are was were
have has this from how many per their which area share
"""
STOP = frozenset(_STOP.split())
"""Base forms that say nothing of the matter."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A text like another: its id, and how alike they are, from 0 to 1."""

    id: str
    score: float


def alike(
    text: str, others: Sequence[tuple[str, str]], most: int = 5, least: float = LEAST
) -> list[Alike]:
    """Return the texts most like one, the most alike first; none below `least`.

    `others` are ids and texts. Equal scores stand in the order of the ids.
    """
    bags = [_bag(one) for _, one in others]
    mine = _bag(text)
    if not mine or not others:
        return []
    weight = _weights([mine, *bags])
    found = [
        Alike(key, round(_cosine(mine, bag, weight), 6))
        for (key, _), bag in zip(others, bags, strict=True)
    ]
    near = [one for one in found if one.score >= least]
    return sorted(near, key=lambda one: (-one.score, one.id))[:most]


def measures_for(text: str, indicators: Sequence[tuple[str, str]], most: int = 5) -> list[Alike]:
    """Return measures that may tell of a phenomenon, the likeliest first.

    `indicators` are ids with name, definition and question in the reader's language.
    """
    return alike(text, indicators, most, LEAST_SHARED)


def _weights(bags: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return how much a part counts: more, the fewer texts hold it."""
    held = Counter(part for bag in bags for part in bag)
    return {part: log((1 + len(bags)) / (1 + n)) + 1 for part, n in held.items()}


def _cosine(
    one: Mapping[str, float], two: Mapping[str, float], weight: Mapping[str, float]
) -> float:
    shared = sum(one[part] * two[part] * weight[part] ** 2 for part in one if part in two)
    sizes = [sum((n * weight[part]) ** 2 for part, n in bag.items()) for bag in (one, two)]
    return shared / sqrt(sizes[0] * sizes[1]) if all(sizes) else 0.0


@lru_cache(maxsize=4096)
def _bag(text: str) -> dict[str, float]:
    """Return the parts of a text, each with the root of how often it stands there.

    A base form counts as much as all its letter groups together.
    """
    bases = Counter(one for word in WORD.findall(text) if (one := base(word.lower())) not in STOP)
    bag: dict[str, float] = {}
    for one, n in bases.items():
        bag[one] = bag.get(one, 0.0) + sqrt(n)
        for part in parts(one):
            bag[part] = bag.get(part, 0.0) + sqrt(n)
        groups = {f"#{one[at : at + GROUP]}" for at in range(len(one) - GROUP + 1)}
        for group in groups:
            bag[group] = bag.get(group, 0.0) + sqrt(n / len(groups))
    return bag


@lru_cache(maxsize=20_000)
def parts(word: str) -> tuple[str, ...]:
    """Return the two words that a compound is made of; none for any other word.

    >>> parts("koulupoissaolo"), parts("koulu")
    (('koulu', 'poissaolo'), ())
    """
    for at in range(len(word) - LEAST_PART, LEAST_PART - 1, -1):
        head, tail = word[:at], word[at:]
        if _is_base(head) and _is_base(tail):
            return head, tail
    return ()


def _is_base(word: str) -> bool:
    return any(is_known(word, lang=one) and lemma(word, lang=one) == word for one in LANGUAGES[:2])


@lru_cache(maxsize=20_000)
def base(word: str) -> str:
    """Return the base form of a word in lower case, in the first language that knows it."""
    for lang in LANGUAGES:
        if is_known(word, lang=lang):
            return str(lemma(word, lang=lang)).casefold()
    return str(lemma(word, lang=LANGUAGES[0])).casefold()
