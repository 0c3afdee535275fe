"""The claim guard: whether a sentence says what the finding says, no more and no less.

Supported is only what was understood whole and what the finding bears out. What contradicts the
finding is not supported, and neither is a change where only usual variation is seen. All else
cannot be said: causes, what will come, other areas, hopes, and whatever the guard does not read.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from tilannehuone.finding import Finding
from tilannehuone.meeting import claims_subject
from tilannehuone.meeting.claims_cited import taken_out
from tilannehuone.meeting.claims_language import language_of, pattern
from tilannehuone.meeting.claims_read import Assertion, Measured, Reading, read
from tilannehuone.meeting.claims_value import Ground
from tilannehuone.meeting.claims_weigh import weighed

Verdict = Literal["supported", "unsupported", "cannot_say"]

NO_CLAIM = ("question", "cause", "wish", "ahead", "elsewhere", "most", "hedge")
"""What keeps a sentence from being weighed, the first reason first; each is a reason's key."""


@dataclass(frozen=True, slots=True)
class Cited:
    """What a sentence speaks of: the finding of a series, and what is around it.

    Attributes
    ----------
    finding
        None where the series is not published.
    unit, decimals
        As the measure is published; `%` matters.
    cells
        Status and value of the series' periods, for claims on another one than the latest.
    words
        Words that the measure is spoken of by, of its name and definition in every language;
        a sentence with another subject is not about it. Empty: any subject will do.
    own_numbers
        Numbers in the measure's name ("14 päivässä"), which are no claims.
    unit_words
        Words of its unit in every language.
    problem
        Why nothing can be said, where the sentence names several measures or areas.
    """

    finding: Finding | None
    unit: str = ""
    decimals: int = 1
    cells: Mapping[date, tuple[str, float | None]] = field(default_factory=dict)
    words: Collection[str] = ()
    own_numbers: Collection[str] = ()
    unit_words: Collection[str] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """The guard's word on a sentence, and its reason: a key of `claims.reason_…` with values."""

    verdict: Verdict
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)


def judged(sentence: str, cited: Cited | Finding | None, lang: str = "fi") -> Judged:
    """Return whether a sentence is supported by what it cites.

    Parameters
    ----------
    sentence
        One sentence, in Finnish, Swedish or English.
    cited
        What it speaks of; a finding alone is enough where nothing else is known.
    lang
        The language it is likely written in; its words may tell another.
    """
    about = cited if isinstance(cited, Cited) else Cited(cited)
    lang = language_of(sentence, lang)
    finding = about.finding
    period_type = finding.period_type if finding else "month"
    latest = finding.newest_period or finding.latest_period if finding else None
    rest, when = taken_out(sentence, period_type, latest)
    target = finding.target if finding else None
    measured = Measured(about.unit, about.own_numbers, target, about.unit_words)
    reading = read(rest, lang, measured)
    refusal = _refusal(reading, about, rest, lang, is_since=when.is_since)
    if refusal or finding is None:
        return Judged("cannot_say", refusal or "no_data")
    ground = Ground(finding, about, reading.flags, when)
    found = [Judged(*weighed(one, ground)) for one in reading.assertions]
    return _together(found, reading)


def _refusal(reading: Reading, cited: Cited, rest: str, lang: str, *, is_since: bool) -> str:
    """Return why a sentence is not weighed at all; empty where it is."""
    no_claim = next((one for one in NO_CLAIM if one in reading.flags), "")
    with_itself = is_since or _compares_with_itself(reading)
    if not no_claim and "than" in reading.flags and not with_itself:
        no_claim = "elsewhere"
    return (
        no_claim
        or cited.problem
        or ("no_data" if cited.finding is None else "")
        or _unread(reading)
        or ("part" if _is_of_a_part(reading, cited, rest, lang) else "")
        or ("other_subject" if _is_of_another(rest, cited, lang) else "")
    )


def _unread(reading: Reading) -> str:
    """Return why nothing was understood of a sentence; empty where something was."""
    if not reading.assertions:
        return "number" if reading.is_open else "not_understood"
    return "not_understood" if _contradicts_itself(reading) else ""


def _is_of_a_part(reading: Reading, cited: Cited, rest: str, lang: str) -> bool:
    """Return whether a sentence speaks of some of those that the series counts together."""
    if "part" not in reading.flags or (cited.finding and cited.finding.breakdown != "all"):
        return False
    some = [one.lower() for one in pattern(lang, "part").findall(rest)]
    return not any(claims_subject.alike(one, each) for one in some for each in cited.words)


def _is_of_another(rest: str, cited: Cited, lang: str) -> bool:
    return claims_subject.is_of_another(rest, cited.words, cited.unit_words, lang)


def _compares_with_itself(reading: Reading) -> bool:
    bounds = {"over", "under", "least", "at_most"}
    return bool(
        reading.flags & {"earlier", "usual"} or {one.kind for one in reading.assertions} & bounds
    )


def _contradicts_itself(reading: Reading) -> bool:
    """Return whether a sentence goes both ways, or tells of a turn the finding does not know."""
    said = {one.kind for one in reading.assertions if not one.is_denied}
    both_ways = {"up", "down"} <= said or {"better", "worse"} <= said
    is_turn = "turned" in reading.flags and bool(said & {"up", "down", "better"})
    is_slow = "turned" in reading.flags and len(said & {"up", "down", "better", "worse"}) > 1
    still = "same" in said and bool(said & {"up", "down", "better", "worse", "changed"})
    return both_ways or is_turn or is_slow or still


def _together(found: list[Judged], reading: Reading) -> Judged:
    """Return one word on all that a sentence asserts: the worst; supported only if all is."""
    for verdict in ("unsupported", "cannot_say"):
        for one in found:
            if one.verdict == verdict:
                return one
    return Judged("cannot_say", "number") if reading.is_open else found[0]


__all__ = ["Assertion", "Cited", "Judged", "Verdict", "judged"]
