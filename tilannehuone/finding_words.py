"""The finding in words: Finnish, Swedish and English.

No other module says that something rises, falls, improves or worsens, and this one says it only
on the ladder's last step.
"""

from dataclasses import dataclass

from tilannehuone.finding_result import LATE, Finding, icon
from tilannehuone.stats.spc_result import MIN_POINTS_FOR_WORDS, Mark
from tilannehuone.texts import text
from tilannehuone.texts.format import day, in_period, number, period, value_with_unit


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
    if shape in ("neutral_high", "neutral_low") and finding.marks[0].signal == "trend":
        shape = "rising" if shape == "neutral_high" else "falling"
    return text(f"finding.word_{shape}", lang)


def sentence(finding: Finding, names: SeriesNames, lang: str) -> str:
    """Return what a person would say of the series: the value, what it means, what is missing.

    The names of the indicator and the area are not in it; `caption` puts them in front.
    """
    if finding.ladder == "nothing":
        return _nothing(finding, lang)
    parts = [
        _value(finding, names, lang),
        _statement(finding, lang),
        _assurance(finding, names, lang),
        _newest(finding, lang),
    ]
    return " ".join(part for part in parts if part)


def caption(finding: Finding, names: SeriesNames, lang: str) -> str:
    """Return the sentence under its name, as on a slide or in the minutes."""
    return f"{_title(names)}. {sentence(finding, names, lang)}"


def alt_text(finding: Finding, names: SeriesNames, lang: str) -> str:
    """Return what a chart of the series shows, for one who does not see it."""
    parts = [text("finding.alt", lang, title=_title(names))]
    if finding.first_period and finding.latest_period:
        first = period(finding.period_type, finding.first_period, lang)
        last = period(finding.period_type, finding.latest_period, lang)
        parts.append(text("finding.alt_span", lang, shown=finding.shown, first=first, last=last))
    if finding.hidden:
        parts.append(text("finding.alt_hidden", lang, hidden=finding.hidden))
    if finding.centre is not None and finding.lower is not None and finding.upper is not None:
        centre, lower, upper = (
            _amount(one, names, lang) for one in (finding.centre, finding.lower, finding.upper)
        )
        parts.append(text("finding.alt_limits", lang, centre=centre, lower=lower, upper=upper))
    return " ".join([*parts, sentence(finding, names, lang)])


def _title(names: SeriesNames) -> str:
    return ", ".join(one for one in (names.indicator, names.category, names.area) if one)


def _amount(value: float, names: SeriesNames, lang: str) -> str:
    return value_with_unit(value, names.unit, lang, names.decimals)


def _value(finding: Finding, names: SeriesNames, lang: str) -> str:
    """Return the sentence of the level; with its interval while nothing else can be said."""
    if finding.latest_period is None or finding.latest_value is None:
        return ""
    told = {
        "when": in_period(finding.period_type, finding.latest_period, lang),
        "value": _amount(finding.latest_value, names, lang),
    }
    key = "value"
    lower, upper = finding.latest_lower, finding.latest_upper
    if finding.ladder != "signals" and lower is not None and upper is not None:
        key = "value_with_interval"
        told["lower"] = number(lower, lang, names.decimals)
        per_cent = "%" if names.unit == "%" else ""
        told["upper"] = value_with_unit(upper, per_cent, lang, names.decimals)
    return _capital(text(f"finding.{key}", lang, **told))


def _statement(finding: Finding, lang: str) -> str:
    """Return what the ladder allows to be said of change."""
    if finding.variation is None:
        return _too_early(finding, lang)
    if not finding.marks:
        return text("finding.common", lang)
    first = finding.marks[0]
    together = text("finding.together", lang) if finding.direction == "context" else ""
    if len(finding.marks) > 1:
        reasons = (_reason(one, finding, lang) for one in finding.marks)
        verdict = text("finding.both", lang, **dict(zip(("reason", "other"), reasons, strict=True)))
    else:
        key = first.kind
        if finding.direction == "context" and first.signal == "trend":
            key = f"context_trend_{first.side}"  # type: ignore[assignment]
        verdict = text(f"finding.{key}", lang, reason=_reason(first, finding, lang))
    return f"{verdict} {together}".strip()


def _reason(mark: Mark, finding: Finding, lang: str) -> str:
    """Return the clause that says what was seen; the value is named once, then referred to."""
    named = mark is finding.marks[0] and (finding.direction != "context" or len(finding.marks) > 1)
    subject = text("finding.subject" if named else "finding.it", lang)
    when = "before" if mark.is_earlier else "reason"
    steps = text(f"finding.steps_{_unit_of_time(finding.period_type)}", lang)
    key = f"finding.{when}_{mark.signal}_{mark.side}"
    return text(key, lang, subject=subject, length=mark.length, steps=steps)


def _unit_of_time(period_type: str) -> str:
    return "window" if period_type.startswith("rolling") else period_type


def _too_early(finding: Finding, lang: str) -> str:
    if finding.known >= MIN_POINTS_FOR_WORDS:
        return text("finding.sparse", lang)
    told = {"known": finding.known, "needed": MIN_POINTS_FOR_WORDS}
    if finding.since is None:
        return text("finding.early", lang, **told)
    return text("finding.early_since", lang, since=day(finding.since, lang), **told)


def _assurance(finding: Finding, names: SeriesNames, lang: str) -> str:
    if finding.assurance is None or finding.target is None:
        return ""
    bound = "at_least" if finding.direction == "up" else "at_most"
    amount = _amount(finding.target, names, lang)
    target = text(f"finding.target_{bound}", lang, value=amount)
    return text(f"finding.target_{finding.assurance}", lang, target=target)


def _newest(finding: Finding, lang: str) -> str:
    """Return why the newest period is not the one told about; empty when it is."""
    status, newest = finding.latest_status, finding.newest_period
    if newest is None or status == "ok":
        return ""
    if newest == finding.latest_period:
        return text("finding.kept", lang) if status == LATE else ""
    named = period(finding.period_type, newest, lang)
    return _capital(text(f"finding.newest_{status}", lang, period=named, k=finding.k))


def _nothing(finding: Finding, lang: str) -> str:
    if finding.since is not None and finding.shown:
        return text("finding.nothing_since", lang, since=day(finding.since, lang))
    status = "x" if finding.latest_status == "ok" else finding.latest_status
    return text(f"finding.nothing_{status}", lang, k=finding.k)


def _capital(told: str) -> str:
    return told[:1].upper() + told[1:]
