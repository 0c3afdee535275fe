"""From observations to phenomena and initiatives: what stands beside what, and what became of it.

The product suggests which observations speak of the same; people tie them to a phenomenon.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from tilannehuone.errors import Fault, RecordMissing
from tilannehuone.meeting.alike import alike
from tilannehuone.meeting.book import Book, Writer, add, change, one
from tilannehuone.meeting.objects import Initiative, Observation, Phenomenon

ENVIRONMENTS = (
    *("home", "day_care", "school", "health_clinic", "family_centre", "youth_work", "hobby"),
    *("street", "online", "service", "other"),
)
"""Where something was noticed."""

SUBJECTS = ("work_feedback", "everyday_life")
STATES = ("open", "followed", "closed")
MOST_LETTERS = 600

_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Group:
    """Observations that may speak of the same, and the phenomena they may belong to."""

    observations: tuple[Observation, ...]
    phenomena: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an observation: its phenomenon, what is tried, None and () where nothing."""

    observation: Observation
    phenomenon: Phenomenon | None
    initiatives: tuple[Initiative, ...]


def day_of(words: str) -> date | None:
    """Return the day that people write as 5.2.2026 or 2026-02-05; None for anything else.

    >>> day_of("5.2.2026"), day_of("2026-02-05") == day_of(" 05.02.2026 "), day_of("31.2.2026")
    (datetime.date(2026, 2, 5), True, None)
    """
    found = _DAY.fullmatch(words.strip())
    if found is None:
        return None
    dotted = found[1] is not None
    year, month, day = found.group(3, 2, 1) if dotted else found.group(4, 5, 6)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def groups(observations: Sequence[Observation], phenomena: Sequence[Phenomenon]) -> list[Group]:
    """Return observations that belong to no phenomenon yet, those alike together.

    The newest stands first, and takes with it what is like it and in no group before it.
    """
    free = [each for each in observations if not each.phenomenon_id]
    free.sort(key=lambda each: (each.day, each.id), reverse=True)
    told = {each.id: _words(each, observations) for each in phenomena if each.state != "closed"}
    found, taken = [], set[str]()
    for each in free:
        if each.id in taken:
            continue
        others = [(other.id, other.text) for other in free if other.id not in taken | {each.id}]
        ids = [each.id, *(near.id for near in alike(each.text, others))]
        taken.update(ids)
        mine = tuple(other for other in free if other.id in ids)
        near = alike(" ".join(other.text for other in mine), list(told.items()))
        found.append(Group(mine, tuple(other.id for other in near)))
    return found


def tie(
    book: Book, observations: Sequence[Observation], phenomenon_id: str, writer: Writer
) -> None:
    """Tie observations to a phenomenon of the same area; what somebody else has tied stays so."""
    phenomenon = one(book, Phenomenon, phenomenon_id)
    for each in observations:
        if each.area_code != phenomenon.area_code:
            raise RecordMissing(Fault("record_missing", {"id": phenomenon_id}))
        request_id = _request("tie", each.id, str(each.version), phenomenon_id)
        change(
            book,
            Observation,
            each.id,
            each.version,
            writer,
            request_id,
            phenomenon_id=phenomenon_id,
        )


def tie_new(
    book: Book, observations: Sequence[Observation], title: str, writer: Writer
) -> Phenomenon:
    """Make a phenomenon of observations, once however often it is asked for."""
    area_code = observations[0].area_code
    request_id = _request("new", *(each.id for each in observations), title)
    made = add(book, Phenomenon(area_code=area_code, title=title), writer, request_id)
    tie(book, observations, made.id, writer)
    return made


def fate(book: Book, observation_id: str, initiatives: Sequence[Initiative]) -> Fate:
    """Return what became of an observation; raise RecordMissing where there is no such one."""
    observation = one(book, Observation, observation_id)
    if not observation.phenomenon_id:
        return Fate(observation, None, ())
    phenomenon = one(book, Phenomenon, observation.phenomenon_id)
    mine = tuple(each for each in initiatives if each.phenomenon_id == phenomenon.id)
    return Fate(observation, phenomenon, mine)


def with_measures(initiative: Initiative, phenomena: Sequence[Phenomenon]) -> Initiative:
    """Return an initiative with the measures of its phenomenon where it names none itself."""
    if initiative.indicators:
        return initiative
    found = (each.indicators for each in phenomena if each.id == initiative.phenomenon_id)
    return replace(initiative, indicators=next(found, ()))


def _words(phenomenon: Phenomenon, observations: Sequence[Observation]) -> str:
    mine = (each.text for each in observations if each.phenomenon_id == phenomenon.id)
    return " ".join((phenomenon.title, phenomenon.hypothesis, *mine))


def _request(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:32]
