"""What a sentence is about: the measure, the area, or something else that nobody measured."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from tilannehuone.meeting.claims_language import FUNCTION, GENERIC, pattern
from tilannehuone.meeting.claims_words import DIRECTIONS, STEMS

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LEAST_STEM = 5
"""Letters that two inflected words share at least, to be one word."""
LOCAL = (
    r"(?:n|s|'s|ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|na|nä|ta|tä|a|ä|in|an|un|on|en|hin|seen|iin)"
)
"""Endings of a name of a place."""
ENOUGH = 0.6
"""Share of a measure's words that name it."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Which measure and area a sentence is about; `problem` where it names several."""

    indicator_id: str
    area_code: str
    problem: str = ""


def cited(
    sentence: str,
    indicator_id: str,
    area_code: str,
    measures: Mapping[str, Collection[str]],
    areas: Mapping[str, Collection[str]],
) -> Citation:
    """Return what a sentence is about: what stands around it, unless it names another.

    Parameters
    ----------
    indicator_id, area_code
        What the sentence was written of.
    measures, areas
        Names in every language, by id.
    """
    places = [code for code, names in areas.items() if any(_names(one, sentence) for one in names)]
    others = [one for one in places if one != area_code]
    if len(places) > 1 and len(others) > 0:
        return Citation(indicator_id, area_code, "elsewhere")
    measure, is_clear = _measure(sentence, indicator_id, measures)
    area = others[0] if others else area_code
    return Citation(measure, area, "" if is_clear else "ambiguous")


def is_of_another(
    sentence: str, words: Collection[str], unit_words: Collection[str], lang: str
) -> bool:
    """Return whether a sentence's subject is something that the measure does not measure.

    The subject is sought before the first word of direction; where there is none, or no words of
    the measure are given, the sentence is taken to be about the measure.
    """
    if not words:
        return False
    first = [
        found.start()
        for one in (*DIRECTIONS, "is")
        if (found := pattern(lang, one).search(sentence))
    ]
    before = [one.lower() for one in WORD.findall(sentence[: min(first, default=0)])]
    known = {one.lower() for one in (*words, *unit_words)} | GENERIC
    content = [one for one in before if _is_content(one, lang)]
    return bool(content) and not any(alike(one, each) for one in content for each in known)


def alike(one: str, other: str) -> bool:
    """Return whether two words are forms of one, or one is the last part of the other.

    >>> alike("ilmoitusten", "lastensuojeluilmoitukset"), alike("ilmoitusten", "asiakkaat")
    (True, False)
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < LEAST_STEM:
        return False
    shared = max(LEAST_STEM, round(0.65 * len(short)))
    return short[:shared] in long


def _names(name: str, sentence: str) -> bool:
    """Return whether a sentence names a place, in any case that a place is named in."""
    for form in re.findall(r"[^()]+", name):
        words = form.strip().split()
        if not words:
            continue
        told = r"\s+".join(_inflected(one) for one in words)
        if re.search(rf"(?<![\w–-]){told}(?![\w–-])", sentence, re.IGNORECASE):
            return True
    return False


def _inflected(word: str) -> str:
    """Return the expression of a name's word: as it is with an ending, or its stem with one."""
    root = re.sub(r"[^aeiouyåäö]*[aeiouyåäö]?$", "", word.lower())
    exact = rf"{re.escape(word)}{LOCAL}?"
    if len(root) < LEAST_STEM:
        return rf"(?:{exact})"
    return rf"(?:{exact}|{re.escape(root)}\w{{0,3}}{LOCAL})"


def _measure(
    sentence: str, indicator_id: str, measures: Mapping[str, Collection[str]]
) -> tuple[str, bool]:
    """Return the measure that a sentence names best, and whether only one is named so well."""
    said = [one.lower() for one in re.findall(r"[^\W_]+", sentence)]
    score = {one: max((_share(name, said) for name in names), default=0.0)
             for one, names in measures.items()}  # fmt: skip
    mine = score.get(indicator_id, 0.0)
    best = max(score.values(), default=0.0)
    if best < ENOUGH or best <= mine:
        return indicator_id, True
    named = [one for one, share in score.items() if share == best]
    return (named[0], True) if len(named) == 1 else (indicator_id, mine > 0)


def _share(name: str, said: Collection[str]) -> float:
    """Return the share of a name's words that were said."""
    words = list(_content(name))
    if not words:
        return 0.0
    return sum(any(_is_form(one, each) for each in said) for one in words) / len(words)


def _is_form(one: str, other: str) -> bool:
    """Return whether two words are forms of one, from their beginning on."""
    if one == other or one.isdigit() or other.isdigit():
        return one == other
    short, long = sorted((one, other), key=len)
    shared = max(LEAST_STEM, round(0.7 * len(long)))
    return len(short) >= LEAST_STEM and short[:shared] == long[:shared]


def _content(name: str) -> Iterator[str]:
    for word in re.findall(r"[^\W_]+", name.lower()):
        if word.isdigit() or len(word) >= LEAST_STEM:
            yield word


def _is_content(word: str, lang: str) -> bool:
    """Return whether a word may be a subject: no adverb, no particle, no word of the guard's."""
    if len(word) < LEAST_STEM or word in FUNCTION[lang]:
        return False
    if word.endswith(("sti", "ssa", "ssä", "lla", "llä", "sta", "stä", "lta", "ltä", "ly")):
        return False
    return not any(pattern(lang, one).fullmatch(word) for one in STEMS[lang])
