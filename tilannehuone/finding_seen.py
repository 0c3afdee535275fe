"""The finding's words beside its verdict: its target and span, what it could have shown."""

from dataclasses import dataclass
from math import floor, log10

from tilannehuone.finding_amounts import PER_CENT, WHOLE, is_constant
from tilannehuone.finding_evidence import Recent, Seen
from tilannehuone.finding_result import Finding, icon
from tilannehuone.periods import MONTHS_IN, period_end
from tilannehuone.stats.spc_result import BETTER
from tilannehuone.texts import text
from tilannehuone.texts.format import day, day_range, number, percent, period

USUAL_STEP = 0.2
"""The change whose median time to be seen is told, as a share."""

LEAST_STEP = 0.005
"""A change under this share is not told as a number: it would be written as 0 %."""

NAMED_BY_DAYS = ("half_year", "rolling")
"""Types of period whose name is a range itself: a span of them goes from day to day."""

YEARS_TESTED = 5
MONTHS_TOLD, MONTHS_SENSIBLE = 36, 120
"""Longer times are told in years, to the half, or are too long to be told."""


@dataclass(frozen=True, slots=True)
class _Change:
    """How a relative change is told: in per cent, or of a share in percentage points.

    `level` is what it is a change of.
    """

    unit: str
    level: float
    lang: str

    def lasting(self, share: float) -> str:
        """Return a change to another level; downwards, where a share has no room upwards."""
        has_room = self.unit != PER_CENT or self.level * (1 + share) <= max(self.level, WHOLE)
        return self._words("change", share, "" if has_room else "_down")

    def yearly(self, share: float | None) -> str:
        """Return a change a year; empty for none, and where five years of it are too many."""
        if share is None or self.level == 0:
            return ""
        last = (YEARS_TESTED - 1) * share * self.level
        return "" if self.unit == PER_CENT and last > WHOLE else self._words("yearly", share)

    def _words(self, key: str, share: float, way: str = "") -> str:
        if self.unit != PER_CENT:
            amount = percent(100 * share, self.lang, 0)
            return text(f"finding.{key}_per_cent", self.lang, amount=amount)
        points = share * self.level
        amount = number(points, self.lang, _decimals(points))
        return text(f"finding.{key}_points{way}", self.lang, amount=amount)


def seen_words(finding: Finding, unit: str, lang: str) -> str:
    """Return what a change would have had to be to be seen; empty where one was seen.

    `unit` is the indicator's: changes of a `%` are told in percentage points.
    """
    if finding.variation is None or finding.marks:
        return ""
    evidence = finding.evidence
    if finding.ladder != "signals":
        change = _Change(unit, abs(finding.latest_value or 0.0), lang)
        return "" if evidence.recent is None else _yearly(evidence.recent, change)
    if evidence.seen is None:
        return ""
    if is_constant(finding) and evidence.seen.step is None:
        within = _within(evidence.seen.within, finding.period_type, lang)
        return text("finding.seen_any", lang, within=within)
    change = _Change(unit, abs(finding.centre or 0.0), lang)
    return _seen(evidence.seen, change, finding.period_type)


def target_words(finding: Finding, target: float, amount: str, lang: str) -> str:
    """Return whether the target is met, `amount` being its words; empty where nothing is told.

    A latest value that does otherwise than usual is told of, and so is a change that goes the
    other way than the target.
    """
    assured, direction = finding.assurance, finding.direction
    if assured is None or direction == "context" or finding.latest_value is None:
        return ""
    bound = text(
        f"finding.target_{'at_least' if direction == 'up' else 'at_most'}", lang, value=amount
    )
    is_met = (finding.latest_value - target) * BETTER[direction] >= 0
    key = str(assured)
    if assured == "passes":
        key += "_missed" if not is_met else "_concern" if icon(finding) == "concern" else ""
    elif assured == "fails":
        key += "_met" if is_met else "_improvement" if icon(finding) == "improvement" else ""
    return text(f"finding.target_{key}", lang, target=bound)


def span_words(finding: Finding, lang: str) -> str:
    """Return from which period to which there are values; empty where there are none."""
    first, last, kind = finding.first_period, finding.latest_period, finding.period_type
    if first is None or last is None:
        return ""
    if first != last and kind.startswith(NAMED_BY_DAYS):
        return day_range(first, period_end(kind, last), lang)
    names = dict.fromkeys(period(kind, one, lang) for one in (first, last))
    return ("–" if kind == "year" else " – ").join(names)


def five_years(finding: Finding) -> str:
    """Return the years of the five-point test, which ends at the latest known value."""
    last = finding.latest_period
    return "" if last is None else f"{last.year - YEARS_TESTED + 1}–{last.year}"


def suggestion(finding: Finding, lang: str) -> str:
    """Return what is suggested of a new level; empty where nothing is."""
    level = finding.evidence.new_level
    if level is None:
        return ""
    since = day(level.since, lang)
    return text(f"finding.new_level_{level.side}", lang, length=level.length, since=since)


def _seen(seen: Seen, change: _Change, period_type: str) -> str:
    lang = change.lang
    if seen.step is None:
        return text("finding.seen_hardly", lang)
    within = _within(seen.within, period_type, lang)
    if seen.step < LEAST_STEP:
        return text("finding.seen_any", lang, within=within)
    told = {"within": within, "step": change.lasting(seen.step)}
    told["usual"] = change.lasting(USUAL_STEP)
    if seen.periods is None or _months(seen.periods, period_type) > MONTHS_SENSIBLE:
        return text("finding.seen_slowly", lang, **told)
    key = "seen_alike" if seen.periods == seen.within else "seen"
    if told["step"] == told["usual"]:
        key = "seen_usual" if seen.periods < seen.within else "seen_step"
    periods = _within(seen.periods, period_type, lang)
    return text(f"finding.{key}", lang, periods=periods, **told)


def _within(count: int, period_type: str, lang: str) -> str:
    """Return so many periods as people count time: in weeks, months or years."""
    if period_type == "week":
        return _time("week", count, lang)
    months = _months(count, period_type)
    if months % 12 == 0:
        return _time("year", months // 12, lang)
    if months <= MONTHS_TOLD:
        return _time("month", months, lang)
    halves = round(months / 6)
    years = number(halves / 2, lang, halves % 2)
    return text("finding.within_about_year", lang, count=years)


def _months(count: int, period_type: str) -> int:
    """Return so many periods in months; windows follow each other every month."""
    return count * MONTHS_IN.get(period_type, 1) if period_type != "week" else count // 4


def _time(unit: str, count: int, lang: str) -> str:
    key = f"finding.within_{unit}"
    return text(f"{key}_one", lang) if count == 1 else text(key, lang, count=count)


def _yearly(recent: Recent, change: _Change) -> str:
    rise = change.yearly(recent.rise)
    fall = change.yearly(None if recent.fall is None else -recent.fall)
    if not rise and not fall:
        return text("finding.seen_hardly", change.lang)
    way = "_rise" if not fall else "_fall" if not rise else "_either" if rise == fall else ""
    return text(f"finding.recent_seen{way}", change.lang, rise=rise, fall=fall)


def _decimals(points: float) -> int:
    """Return as many decimals as leave a digit or two: 42, 1.7, 0.5, 0.08."""
    if points >= 9.95:
        return 0
    return 1 if points >= 0.095 else -floor(log10(points)) if points > 0 else 0
