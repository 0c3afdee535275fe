"""The minutes of a closed meeting, from its frozen pack alone: they never change afterwards.

What was withdrawn since is the one exception: who reads the pack as it may be shown today
(`pack_state.without_withdrawn`) gets minutes without it.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from tilannehuone.finding import SeriesNames, icon, sentence
from tilannehuone.meeting.agenda import Agenda
from tilannehuone.meeting.lookback import Curve, look_back
from tilannehuone.meeting.lookback_words import look_words
from tilannehuone.meeting.minutes import Minutes, minutes_of
from tilannehuone.meeting.minutes_claims import Names, claim_of
from tilannehuone.meeting.minutes_given import Said, Setting, Shown
from tilannehuone.meeting.minutes_parts import listed, tidy
from tilannehuone.meeting.minutes_said import record_of, records_of, said_in
from tilannehuone.meeting.objects import Meeting, Promise
from tilannehuone.meeting.pack_content import Content, ShownSeries
from tilannehuone.texts import text
from tilannehuone.texts.format import day as day_words

SIGNALS = ("improvement", "concern", "neutral_high", "neutral_low", "both")
"""Icons of findings that tell of a change which chance hardly explains."""

OF_MEASURES = ("measure", "late")
"""Kinds of an agenda's entries whose id is a measure's."""


def packed(
    content: Content,
    kept: Meeting,
    measures: Mapping[str, str],
    made_on: Mapping[str, date] = MappingProxyType({}),
    areas: Names = MappingProxyType({}),
) -> Minutes:
    """Return the minutes that a pack holds.

    Parameters
    ----------
    content
        Of the pack.
    kept
        The meeting as the book holds it: its state, when it was closed and the pack's id are not
        in the pack.
    measures
        Names by id of measures that the pack shows no series of; the others' it holds itself.
    made_on
        The days on which promises were made, by id: the pack does not hold them.
    areas
        Names of areas by code: the claim guard knows by them what is said of another.
    """
    frozen = record_of(Meeting, content.meeting)
    meeting = replace(
        frozen,
        state=kept.state,
        pack_id=kept.pack_id,
        closed_at=kept.closed_at,
        changed_at=kept.changed_at,
        release_id=frozen.release_id or content.release_id,
    )
    names = {**measures, **{one.indicator_id: _name(one, content.lang) for one in content.series}}
    agenda = Agenda.from_json(json.dumps(content.agenda)) if content.agenda else None
    said = said_in(content, meeting)
    shown = tuple(_shown(content, said, agenda, areas))
    setting = Setting(
        place=content.area,
        measures=names,
        shown=shown,
        release_day=date.fromisoformat(content.release_day[:10]) if content.release_day else None,
        look_backs=tuple(_look_backs(content, agenda, made_on)),
        quiet=_quiet(agenda, names, {one.indicator_id for one in shown}),
        quality=tuple(_quality(agenda, said, names, content.lang)),
    )
    return minutes_of(meeting, said, setting)


def _shown(content: Content, said: Said, agenda: Agenda | None, areas: Names) -> Iterator[Shown]:
    """Yield what was on the table, each measure once, in the order of the agenda.

    Series that only stand behind a phenomenon or a promise are told with that.
    """
    read = {one.indicator_id: one.period_type for one in said.interpretations}
    asked: dict[str, None] = {}
    for entry in agenda.entries() if agenda else ():
        if entry.kind in OF_MEASURES:
            asked[entry.id] = None
    asked |= dict.fromkeys(read) | dict.fromkeys(one.indicator_id for one in said.cases)
    ids = asked if agenda else dict.fromkeys(one.indicator_id for one in content.series)
    for indicator_id in ids:
        some = [one for one in content.series if one.indicator_id == indicator_id]
        some.sort(key=lambda one: (one.period_type != read.get(one.indicator_id), one.breakdown))
        if some:
            texts = [one.text for one in said.interpretations if one.indicator_id == indicator_id]
            claim = claim_of(texts, some[0], content.series, areas, content.lang)
            yield replace(_told(some[0], content.lang), claim=claim)


def _told(series: ShownSeries, lang: str) -> Shown:
    """Return one series in words; one that nothing may be said of has no sentence."""
    finding = series.told()
    names = _names(series, lang)
    return Shown(
        indicator_id=series.indicator_id,
        name=names.indicator,
        sentence=sentence(finding, names, lang) if finding else text("minutes.withheld", lang),
        period_type=series.period_type,
        period_start=finding.latest_period if finding else None,
        has_signal=finding is not None and icon(finding) in SIGNALS,
    )


def _names(series: ShownSeries, lang: str) -> SeriesNames:
    declared = series.definition
    return SeriesNames(
        indicator=_name(series, lang),
        area="",
        unit=str(declared["unit"][lang]),
        decimals=int(declared.get("decimals", 1)),
    )


def _name(series: ShownSeries, lang: str) -> str:
    return str(series.definition["name"][lang])


def _look_backs(
    content: Content, agenda: Agenda | None, made_on: Mapping[str, date]
) -> Iterator[str]:
    """Yield each promise that was looked back at, and what its measure shows since it was made."""
    promises = {one.id: one for one in records_of(content, Promise)}
    for entry in agenda.entries() if agenda else ():
        one = promises.get(entry.id) if entry.kind == "look_back" else None
        day = made_on.get(entry.id)
        if one is not None and day is not None:
            yield from _looked(content, one, day)


def _looked(content: Content, promise: Promise, made_on: date) -> Iterator[str]:
    series = next((one for one in content.series if one.indicator_id == promise.indicator_id), None)
    if series is None or not series.cells or not promise.expected:
        return
    look = look_back(
        _curve(series), promise.expected, made_on, promise.seen_from, promise.seen_effect
    )
    names = _names(series, content.lang)
    yield text(
        "minutes.look_back",
        content.lang,
        text=tidy(promise.text).rstrip("."),
        day=day_words(made_on, content.lang),
        measure=names.indicator,
        sentence=look_words(look, names, content.lang),
    )


def _curve(series: ShownSeries) -> Curve:
    finding = series.told()
    return Curve(
        period_type=series.period_type,
        periods=tuple(one.period for one in series.cells),
        values=tuple(one.value for one in series.cells),
        breaks=tuple(one.day for one in series.events if one.is_break or one.is_rebase),
        is_seasonal=finding is not None and finding.evidence.seasonal,
        lag_days=int(series.definition.get("lag_days", 31)),
        direction=series.definition.get("direction", "context"),
        has_limits=finding is not None and finding.evidence.obstacle is None,
    )


def _quiet(
    agenda: Agenda | None, names: Mapping[str, str], shown: Collection[str]
) -> tuple[str, ...]:
    """Return the names of the measures that were left for another day and not read after all."""
    left = agenda.quiet if agenda else ()
    return _known(
        [one.id for one in left if one.kind in OF_MEASURES and one.id not in shown], names
    )


def _quality(
    agenda: Agenda | None, said: Said, names: Mapping[str, str], lang: str
) -> Iterator[str]:
    """Yield what is to be known of the figures: which were late, and which were wrong."""
    entries = tuple(agenda.entries()) if agenda else ()
    late = [one.id for one in entries if one.kind == "late" or one.reason == "overdue"]
    wrong = [one.indicator_id for one in said.cases if one.outcome == "data_error"]
    for key, ids in (("late", late), ("wrong", wrong)):
        told = _known(ids, names)
        if told:
            plural = "" if len(told) == 1 else "_many"
            yield text(f"minutes.{key}{plural}", lang, measures=listed(told, lang))


def _known(ids: Collection[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names[one] for one in dict.fromkeys(ids) if one in names)
