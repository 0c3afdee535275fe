"""The finding in a word or two, where many findings stand side by side; and its promise.

The words are those of `finding_words`, shorter: the same icon, the same ladder.
"""

from collections.abc import Sequence
from datetime import date

from tilannehuone.finding_amounts import amount
from tilannehuone.finding_result import Finding, icon
from tilannehuone.finding_seen import YEARS_TESTED
from tilannehuone.finding_words import TRENDS, SeriesNames
from tilannehuone.texts import text
from tilannehuone.texts.format import day


def short_word(finding: Finding, lang: str) -> str:
    """Return the one word that stands under the icon in a table of many."""
    shape = icon(finding)
    if shape == "not_yet" and finding.evidence.obstacle:
        shape = "never"
    if shape in ("neutral_high", "neutral_low") and finding.marks[0].signal in TRENDS:
        shape = "rising" if shape == "neutral_high" else "falling"
    return text(f"finding.short_{shape}", lang)


def assurance_word(finding: Finding, lang: str) -> str:
    """Return whether a steady process meets its target, in a word; empty where nothing is told.

    What holds at ties stands in `stats.spc_result.assurance`: a target on a limit is hit or miss,
    and a series of one constant value meets its target or does not.
    """
    if finding.assurance is None or finding.direction == "context":
        return ""
    return text(f"finding.assured_{finding.assurance}", lang)


def promise(finding: Finding, names: SeriesNames, lang: str) -> str:
    """Return the target, and whether it is met where that can be told; empty without a target."""
    if finding.target is None or finding.direction == "context":
        return ""
    bound = "at_least" if finding.direction == "up" else "at_most"
    decimals = 0 if float(finding.target).is_integer() else names.decimals
    value = amount(finding.target, names.unit, decimals, lang)
    target = text(f"finding.target_{bound}", lang, value=value)
    word = assurance_word(finding, lang)
    return text("finding.promise_assured", lang, target=target, word=word) if word else target


def began(finding: Finding, marked: Sequence[tuple[date, str | None]]) -> date | None:
    """Return the first period of the signal that still goes on; None where there is none.

    Parameters
    ----------
    finding
        Of the series. One that shows signs both ways has no single beginning.
    marked
        Its known points in the order of time: the period, and the side that a test marks it on
        (`high`, `low` or None), as the release's table `points` holds them.
    """
    latest = finding.latest_period
    if len(finding.marks) != 1 or latest is None or finding.marks[0].is_earlier:
        return None
    mark = finding.marks[0]
    if mark.signal == "recent_trend":
        return date(latest.year - YEARS_TESTED + 1, 1, 1)
    first = None
    for period_start, side in reversed(marked):
        if period_start > latest:
            continue
        if side != mark.side:
            break
        first = period_start
    return first


def since_words(finding: Finding, first: date | None, lang: str) -> str:
    """Return since when the signal goes on, `first` being what `began` told; empty without one."""
    if first is None:
        return ""
    if first == finding.latest_period:
        return text("finding.since_latest", lang)
    if finding.period_type == "year":
        return text("finding.since_year", lang, year=first.year)
    return text("finding.since_day", lang, since=day(first, lang))
