"""The finding in words: Finnish, Swedish and English.

No other module says that something rises, falls, improves or worsens, and this one says it only
on the ladder's last step, and from five yearly values that pass their test.
"""

from dataclasses import dataclass
from functools import lru_cache

from tilannehuone.finding_amounts import (
    amount,
    interval_words,
    is_constant,
    limit_words,
    spoken_of,
)
from tilannehuone.finding_result import LATE, Finding, icon
from tilannehuone.finding_seen import five_years, seen_words, span_words, target_words
from tilannehuone.stats.spc_result import MIN_POINTS_FOR_WORDS, Mark
from tilannehuone.texts import text
from tilannehuone.texts.format import day, in_period

TRENDS = ("trend", "recent_trend")
"""Signals of a direction, where the others are of a level."""


@dataclass(frozen=True, slots=True)
class SeriesNames:
    """What a series is called, in the language it is told in.

    `unit` is `%`, a word or empty; `decimals` those that the indicator is published with.
    """

    indicator: str
    area: str
    unit: str
    decimals: int = 1
    category: str = ""


def direction_word(finding: Finding, lang: str) -> str:
    """Return the one or few words that stand beside the icon."""
    shape = icon(finding)
    if shape == "not_yet" and finding.evidence.obstacle:
        return text("finding.word_never", lang)
    if shape in ("neutral_high", "neutral_low") and finding.marks[0].signal in TRENDS:
        shape = "rising" if shape == "neutral_high" else "falling"
    return text(f"finding.word_{shape}", lang)


@lru_cache(maxsize=256)
def sentence(finding: Finding, names: SeriesNames, lang: str) -> str:
    """Return what a person would say of the series: the message, and then its detail.

    The names of the indicator and the area are not in it; `caption` puts them in front. A chart's
    text, caption and table ask for it in turn, so the latest are remembered.
    """
    return " ".join(
        one for one in (message(finding, names, lang), detail(finding, names, lang)) if one
    )


def message(finding: Finding, names: SeriesNames, lang: str) -> str:
    """Return what is read out in the room: the value, its meaning, the target, what is missing."""
    if finding.ladder == "nothing":
        return _nothing(finding, lang)
    parts = [
        _value(finding, names, lang),
        _statement(finding, names, lang),
        _assurance(finding, names, lang),
        _newest(finding, lang),
    ]
    return " ".join(part for part in parts if part)


def detail(finding: Finding, names: SeriesNames, lang: str) -> str:
    """Return what bears on the message: what would have been seen, and the season taken out."""
    parts = (seen_words(finding, names.unit, lang), _seasonal(finding, lang))
    return " ".join(part for part in parts if part)


def caption(finding: Finding, names: SeriesNames, lang: str) -> str:
    """Return the sentence under its name, as on a slide or in the minutes."""
    return f"{_title(names)}. {sentence(finding, names, lang)}"


def alt_text(finding: Finding, names: SeriesNames, lang: str) -> str:
    """Return what a chart of the series shows, for one who does not see it."""
    parts = [text("finding.alt", lang, title=_title(names))]
    span = span_words(finding, lang)
    if span:
        parts.append(text("finding.alt_span", lang, shown=finding.shown, span=span))
    if finding.hidden:
        parts.append(text("finding.alt_hidden", lang, hidden=finding.hidden))
    limits = limit_words(finding, names.unit, names.decimals, lang)
    parts += [limits] if limits else []
    return " ".join([*parts, sentence(finding, names, lang)])


def _title(names: SeriesNames) -> str:
    return ", ".join(one for one in (names.indicator, names.category, names.area) if one)


def _amount(value: float, names: SeriesNames, lang: str) -> str:
    return amount(value, names.unit, names.decimals, lang)


def _value(finding: Finding, names: SeriesNames, lang: str) -> str:
    """Return the sentence of the level; with its interval while nothing else can be said."""
    if finding.latest_period is None or finding.latest_value is None:
        return ""
    told = {
        "when": in_period(finding.period_type, finding.latest_period, lang),
        "subject": text(f"finding.subject_{spoken_of(finding, names.unit)}", lang),
        "value": _amount(finding.latest_value, names, lang),
    }
    interval = ""
    if finding.ladder != "signals":
        interval = interval_words(finding, names.unit, names.decimals, lang)
    key = "value_with_interval" if interval else "value"
    return _capital(text(f"finding.{key}", lang, **told, interval=interval))


def _statement(finding: Finding, names: SeriesNames, lang: str) -> str:
    """Return what the ladder allows to be said of change."""
    if finding.variation is None:
        return _too_early(finding, lang)
    spoken = spoken_of(finding, names.unit)
    subject = text(f"finding.subject_{spoken}", lang)
    key = "common_same" if is_constant(finding) else "common"
    if not finding.marks:
        key = key if finding.ladder == "signals" else "recent_none"
        return text(f"finding.{key}", lang, subject=subject, years=five_years(finding))
    first = finding.marks[0]
    reasons = [_reason(one, finding, spoken, lang) for one in finding.marks]
    key = "both" if len(reasons) > 1 else first.kind
    if key == first.kind and finding.direction == "context" and first.signal in TRENDS:
        key = f"context_trend_{first.side}"
    told = {"subject": subject, "reason": reasons[0], "other": reasons[-1]}
    verdict = _capital(text(f"finding.{key}", lang, **told))
    together = text("finding.together", lang) if finding.direction == "context" else ""
    return f"{verdict} {together}".strip()


def _reason(mark: Mark, finding: Finding, spoken: str, lang: str) -> str:
    """Return the clause that says what was seen; the value is named once, then referred to."""
    first = finding.marks[0]
    if len(finding.marks) > 1:
        is_named = mark is first or first.signal == "two_in_three"
    else:
        is_named = finding.direction != "context"
    told = {
        "subject": text(f"finding.{'subject' if is_named else 'it'}_{spoken}", lang),
        "length": mark.length,
        "steps": text(f"finding.steps_{_unit_of_time(finding.period_type)}", lang),
        "years": five_years(finding),
    }
    when = "before" if mark.is_earlier else "reason"
    reason = text(f"finding.{when}_{mark.signal}_{mark.side}", lang, **told)
    if mark.signal == "trend" and finding.evidence.seasonal:
        return text("finding.without_season", lang, reason=reason)
    return reason


def _unit_of_time(period_type: str) -> str:
    return "window" if period_type.startswith("rolling") else period_type


def _seasonal(finding: Finding, lang: str) -> str:
    """Return that the season was taken out; empty where the reason has told so."""
    is_told = any(one.signal == "trend" for one in finding.marks)
    if finding.ladder != "signals" or not finding.evidence.seasonal or is_told:
        return ""
    return text("finding.seasonal", lang)


def _too_early(finding: Finding, lang: str) -> str:
    obstacle, longer = finding.evidence.obstacle, finding.evidence.longer
    if obstacle and longer is None:
        return text("finding.rare_alone", lang)
    if obstacle:
        look_at = text(f"finding.longer_{longer}", lang)
        return text(f"finding.{obstacle}", lang, longer=look_at)
    if finding.known >= MIN_POINTS_FOR_WORDS:
        return text("finding.sparse", lang)
    # five yearly values may be enough, so it is not told how many are needed
    key = "few" if finding.ladder == "level" and finding.period_type == "year" else "early"
    told = {"known": finding.known, "needed": MIN_POINTS_FOR_WORDS}
    if finding.since is None:
        return text(f"finding.{key}", lang, **told)
    return text(f"finding.{key}_since", lang, since=day(finding.since, lang), **told)


def _assurance(finding: Finding, names: SeriesNames, lang: str) -> str:
    if finding.target is None:
        return ""
    return target_words(finding, finding.target, _amount(finding.target, names, lang), lang)


def _newest(finding: Finding, lang: str) -> str:
    """Return why the newest period is not the one told about; empty when it is."""
    status, newest = finding.latest_status, finding.newest_period
    if newest is None or (status == "ok" and newest == finding.latest_period):
        return ""
    if newest == finding.latest_period:
        return text("finding.kept", lang) if status == LATE else ""
    when = in_period(finding.period_type, newest, lang)
    return text(f"finding.newest_{status}", lang, when=when, k=finding.k)


def _nothing(finding: Finding, lang: str) -> str:
    if finding.since is not None and finding.shown:
        key = "nothing_since_hidden" if finding.latest_status == "c" else "nothing_since"
        return text(f"finding.{key}", lang, since=day(finding.since, lang), k=finding.k)
    status = "x" if finding.latest_status == "ok" else finding.latest_status
    return text(f"finding.nothing_{status}", lang, k=finding.k)


def _capital(told: str) -> str:
    return told[:1].upper() + told[1:]
