"""The claim guard's word on what a meeting wrote of a measure, from the series in its pack."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from tilannehuone.meeting.claims import Cited, Judged, judged
from tilannehuone.meeting.claims_subject import cited
from tilannehuone.meeting.pack_content import ShownSeries

SENTENCE = re.compile(r"(?<=[^\d\s][.!?])\s+(?=[^\Wa-zåäö_])|\n+")
"""Between sentences; "12.3. alkaen" is one."""

SILENT = frozenset({"not_understood", "question", "wish", "other_subject"})
"""Reasons by which a sentence claims nothing that a finding could tell."""

ORDER = ("unsupported", "cannot_say", "supported")
"""The gravest word first: it holds for the whole text."""

Names = Mapping[str, Collection[str]]


def claim_of(
    texts: Iterable[str],
    series: ShownSeries,
    shown: Sequence[ShownSeries],
    areas: Names,
    lang: str,
) -> str:
    """Return supported, unsupported or cannot_say; empty where nothing was claimed.

    Parameters
    ----------
    texts, series
        What was written, and the series that it was written of.
    shown
        All series of the pack: a sentence that names another measure is judged by that one.
    areas
        Names of areas in every language, by code: of another area the pack tells nothing.
    """
    found = {
        one.verdict
        for text in texts
        for one in _judged(text, series, shown, areas, lang)
        if one.reason not in SILENT
    }
    return next((one for one in ORDER if one in found), "")


def _judged(
    text: str, series: ShownSeries, shown: Sequence[ShownSeries], areas: Names, lang: str
) -> Iterator[Judged]:
    measures = {one.indicator_id: tuple(one.definition["name"].values()) for one in shown}
    for sentence in (one.strip() for one in SENTENCE.split(text)):
        if not sentence:
            continue
        what = cited(sentence, series.indicator_id, series.area_code, measures, areas)
        others = (one for one in shown if one.indicator_id == what.indicator_id)
        about = series if what.indicator_id == series.indicator_id else next(others)
        is_here = what.area_code == series.area_code
        yield judged(sentence, _cited(about, what.problem, lang) if is_here else None, lang)


def _cited(series: ShownSeries, problem: str, lang: str) -> Cited:
    """Return what a sentence about a series in a pack speaks of."""
    declared = series.definition
    names, units = (tuple(declared[one].values()) for one in ("name", "unit"))
    spoken = (each for one in ("name", "definition", "question") for each in declared[one].values())
    return Cited(
        finding=series.told(),
        unit=str(declared["unit"][lang]),
        decimals=int(declared.get("decimals", 1)),
        cells={one.period: (one.status, one.value) for one in series.cells},
        words=_letters(spoken),
        own_numbers=frozenset(re.findall(r"\d+", " ".join(names))),
        unit_words=_letters(units),
        problem=problem,
    )


def _letters(said: Iterable[str]) -> frozenset[str]:
    return frozenset(one.lower() for one in re.findall(r"[^\W\d_]{4,}", " ".join(said)))
