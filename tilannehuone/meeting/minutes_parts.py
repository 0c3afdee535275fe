"""The parts of the minutes, and how words that people typed become sentences of a document."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tilannehuone.texts import text

FEWEST_VOTES = 5
"""As in the releases: of fewer people than this, nothing is told that could single one out."""

ENDS = (".", "!", "?", "…")
CLOSING = "\"'”’»)]"
"""What may stand after the last mark of a sentence."""

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks that no document can hold, or that turn the direction of the words around them."""


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise as it is told: who by role or organisation, what, when, and what may be seen.

    `carried` counts how many times it has moved to a later meeting; `person` is empty unless the
    instance allows names. `seen_from` is the first month in which an effect could be seen.
    """

    id: str
    carried: int
    written_at: datetime | None
    promiser: str
    person: str
    text: str
    due: date | None
    measure: str = ""
    expected: str = ""
    seen_from: date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a promise: its state, what was learnt, and whether it is carried over."""

    pledge: Pledge
    state: str
    learning: str = ""
    obstacle: str = ""
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One measure: what was shown, and how the meeting read it (`judgement` "" where it did not).

    `claim` is the claim guard's word on `texts`.
    """

    indicator_id: str
    name: str
    sentence: str
    period_type: str = ""
    period_start: date | None = None
    has_signal: bool = False
    judgement: str = ""
    texts: tuple[str, ...] = ()
    claim: str = ""


@dataclass(frozen=True, slots=True)
class Noticed:
    """An observation that was used."""

    day: date
    environment: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Deeper:
    """A phenomenon, with the answers to the four questions in their order ("" for none)."""

    id: str
    title: str
    hypothesis: str
    measures: tuple[str, ...]
    answers: tuple[str, ...]
    observations: tuple[Noticed, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A decision: the course, what, and who sees to it."""

    course: str
    text: str
    owner: str


@dataclass(frozen=True, slots=True)
class CaseHandled:
    """A signal case that the meeting handled."""

    measure: str
    period_type: str
    period_start: date
    state: str
    outcome: str
    texts: tuple[str, ...]
    owner: str


@dataclass(frozen=True, slots=True)
class Votes:
    """How many answered, and how many of them yes, partly, no; None where too few answered."""

    answered: int
    counts: tuple[int, int, int] | None


def votes(scores: Iterable[int]) -> Votes:
    """Return the feedback as counts.

    >>> votes([3, 3, 2, 1, 3]), votes([3, 1])
    (Votes(answered=5, counts=(3, 1, 1)), Votes(answered=2, counts=None))
    """
    given = list(scores)
    if len(given) < FEWEST_VOTES:
        return Votes(len(given), None)
    return Votes(len(given), (given.count(3), given.count(2), given.count(1)))


def tidy(words: str) -> str:
    r"""Return typed words on one line, without marks that no document can hold.

    >>> tidy(" Soitamme\n kaikille\x07 ")
    'Soitamme kaikille'
    """
    return " ".join(CONTROL.sub(" ", words).split())


def sentence_of(words: str) -> str:
    """Return typed words as a sentence: a capital first and a mark at the end; "" stays empty.

    A first word that has a capital inside keeps its form, as does one that is no word.

    >>> sentence_of("soitamme kaikille"), sentence_of("Onnistuiko?"), sentence_of("eNeuvola auki")
    ('Soitamme kaikille.', 'Onnistuiko?', 'eNeuvola auki.')
    """
    told = tidy(words)
    if not told:
        return ""
    first = told.split()[0]
    if first == first.lower():
        told = told[0].upper() + told[1:]
    if told.rstrip(CLOSING).endswith(ENDS):
        return told
    return told.rstrip(",;:–-") + "."


def listed(names: tuple[str, ...], lang: str) -> str:
    """Return names as they stand in a sentence.

    >>> listed(("a", "b", "c"), "fi")
    'a, b ja c'
    """
    if len(names) < 2:
        return "".join(names)
    return text("minutes.and", lang, first=", ".join(names[:-1]), last=names[-1])
