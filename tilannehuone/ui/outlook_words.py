"""What is said of a forecast: only what its 80 % interval supports, and when we know more."""

from collections.abc import Sequence
from datetime import date

from tilannehuone.cadence import late_since, next_expected
from tilannehuone.finding import Finding, direction_word
from tilannehuone.finding_amounts import amount
from tilannehuone.finding_seen import seen_words
from tilannehuone.periods import next_start
from tilannehuone.texts import text
from tilannehuone.texts.format import NARROW, day, number, percent, period
from tilannehuone.ui.frame import Page
from tilannehuone.ui.outlook import Group, Outlook, in_group
from tilannehuone.ui.words import as_day

HELD_OF_TEN = 8
"""How many of ten figures an 80 % interval should hold."""


def message(page: Page, found: Sequence[Outlook]) -> str:
    """Return the one message: the targets at risk, else what is likely to change, else neither."""
    risks = [_named(page, group, found) for group in ("fails", "open")]
    if any(risks):
        return " ".join(one for one in risks if one)
    if in_group(found, "change"):
        return _named(page, "change", found)
    return page.text("message_same" if in_group(found, "same") else "message_nothing")


def coverage(page: Page, found: Sequence[Outlook]) -> str:
    """Return how many of the measures could be forecast here."""
    forecast = sum(one.is_forecast for one in found)
    return page.text("coverage", all=len(found), forecast=forecast)


def verdict(page: Page, one: Outlook) -> tuple[str, str]:
    """Return what is said first of a forecast, and its icon: of the target, else of today."""
    return _aim(page, one) if one.aim else _change(page, one)


def second(page: Page, one: Outlook) -> str:
    """Return what is said of today where the target was spoken of first; else empty."""
    return _change(page, one)[0] if one.aim else ""


def now_words(page: Page, one: Outlook) -> str:
    """Return the latest value as it stands alone."""
    return _bare(one, one.now, page.lang)


def ahead_words(page: Page, one: Outlook) -> str:
    """Return the 80 % interval at the forecast's end."""
    low, high = one.end["lower80"], one.end["upper80"]
    unit = one.indicator.unit.in_language(page.lang)
    last = _bare(one, high, page.lang)
    first = number(low, page.lang, one.indicator.decimals)
    return f"{first}–{last}" if unit == "%" else f"{first}{NARROW}–{NARROW}{last}"


def now_when(page: Page, one: Outlook) -> str:
    """Return the period of the latest value."""
    return _period(page, one, one.history["period_start"].iloc[-1])


def ahead_when(page: Page, one: Outlook) -> str:
    """Return the last period forecast."""
    return _period(page, one, one.end["period_start"])


def record(page: Page, one: Outlook) -> str:
    """Return how earlier forecasts held; that they are untried where nothing is known."""
    if not one.tried:
        return page.text("untried")
    if one.tried == 1:
        return page.text("record_one" if one.hits else "record_one_missed")
    key = "none" if not one.hits else "all" if one.hits == one.tried else "some"
    return page.text(f"record_{key}", hit=one.hits, of=one.tried, ten=HELD_OF_TEN)


def noticed(page: Page, one: Outlook) -> str:
    """Return what change the figures would show by now, or could show at all."""
    finding = one.standing
    if finding is None:
        return page.text("notice_small" if one.finding else "notice_none")
    if finding.marks:
        return page.text("notice_seen", word=direction_word(finding, page.lang))
    unit = one.indicator.unit.in_language(page.lang)
    seen = seen_words(finding, unit, page.lang)
    if seen:
        return seen
    key = "notice_never" if finding.evidence.obstacle else "notice_few"
    return page.text(key, known=finding.known)


def reason(page: Page, one: Outlook) -> str:
    """Return why there is no forecast; empty where there is one."""
    if one.is_forecast:
        return ""
    since = one.finding.since if one.finding else None
    told = day(since, page.lang) if since else ""
    return page.text(f"reason_{one.reason}", since=told)


def expected(page: Page, one: Outlook) -> tuple[str, bool]:
    """Return when the next figure should come, and whether it is late."""
    finding = _timed(one)
    newest = None if finding is None else finding.newest_period or finding.latest_period
    if finding is None or newest is None:
        return page.text("next_unknown"), False
    grain, lag = finding.period_type, one.indicator.lag_days
    late = late_since(grain, newest, finding.latest_status, lag, page.today)
    coming = newest if finding.latest_status == "o" else next_start(grain, newest)
    by = late or next_expected(grain, newest, lag)
    told = {"period": period(grain, coming, page.lang), "day": day(by, page.lang)}
    return page.text("next_late" if late else "next", **told), late is not None


def _named(page: Page, group: Group, found: Sequence[Outlook]) -> str:
    names = [one.indicator.name.in_language(page.lang) for one in in_group(found, group)]
    if not names:
        return ""
    key = f"message_{group}" if len(names) > 1 else f"message_{group}_one"
    return page.text(key, count=len(names), names=", ".join(names))


def _aim(page: Page, one: Outlook) -> tuple[str, str]:
    indicator, target = one.indicator, float(one.target or 0.0)
    lang, rising = page.lang, indicator.direction == "up"
    decimals = 0 if target.is_integer() else indicator.decimals
    value = amount(target, indicator.unit.in_language(lang), decimals, lang)
    bound = text(f"finding.target_{'at_least' if rising else 'at_most'}", lang, value=value)
    below = "low" if rising else "high"
    above = "high" if rising else "low"
    icons = {"fails": f"concern.{below}", "passes": f"improvement.{above}"}
    icon = icons.get(str(one.aim), "neutral.waiting")
    return page.text(f"aim_{one.aim}", target=bound), icon


def _change(page: Page, one: Outlook) -> tuple[str, str]:
    if one.change == "within":
        return page.text("change_within"), "common.steady"
    way = {"higher": "up", "lower": "down"}[one.change]
    direction = one.indicator.direction
    tail = "" if direction == "context" else "_better" if direction == way else "_worse"
    shape = {"up": "high", "down": "low"}[way]
    return page.text(f"change_{one.change}{tail}"), f"common.{shape}"


def _timed(one: Outlook) -> Finding | None:
    """Return the finding whose periods are waited for: the one that is looked at."""
    return one.finding if one.is_forecast else one.standing or one.finding


def _bare(one: Outlook, value: float, lang: str) -> str:
    decimals = one.indicator.decimals
    if one.indicator.unit.in_language(lang) == "%":
        return percent(value, lang, decimals)
    return number(value, lang, decimals)


def _period(page: Page, one: Outlook, start: object) -> str:
    found = as_day(start)
    return period(one.indicator.period, found, page.lang) if isinstance(found, date) else ""
