"""Random findings of every kind, and their renderings, for the laws of their words."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from random import Random

import numpy as np

from tilannehuone import finding as words
from tilannehuone.finding import Evidence, NewLevel, Recent, Seen, Series, SeriesNames
from tilannehuone.periods import next_start
from tilannehuone.stats.spc import analyse_panel, result_of
from tilannehuone.stats.spc_result import Mark
from tilannehuone.stats.spc_suggest import suggest_rebase
from tilannehuone.stats.trend import recent_trend
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.format import day, in_period, period

LONGEST = 60
STARTS = {
    "week": date(2019, 12, 30),
    "month": date(2020, 1, 1),
    "quarter": date(2012, 1, 1),
    "half_year": date(1996, 4, 1),
    "year": date(1970, 1, 1),
    "rolling3": date(2020, 2, 1),
    "rolling12": date(2019, 8, 1),
}
NAMES = (
    SeriesNames("Mittari", "Alue", "käyntiä", 0),
    SeriesNames("Mittari", "Alue", "%", 1),
    SeriesNames("Mittari", "Alue", "/ 1 000 lasta", 1, "0–6 v"),
    SeriesNames("Mittari", "Alue", "", 2),
)
OBSTACLES = (
    {"obstacle": "rare", "longer": "half_year"},
    {"obstacle": "rare", "longer": "year"},
    {"obstacle": "rare"},
)


RANGE = r"\(\d+\.\d+\.(\d{4})?–[\d.]+\)|\(\d+\xa0\w+\xa0\d+ – [^)]+\)"
"""A span of days in brackets."""


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that is said of one finding in one language."""

    word: str
    sentence: str
    alt: str
    caption: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Values:
    """The values a finding is of, up to the latest known one of the last segment."""

    stretch_values: list[float]
    centre: float

    def stretch(self, mark):
        """Return how many points (steps) of the mark's side end here, counted one by one."""
        values = self.stretch_values[: -1 if mark.is_earlier else None]
        if mark.signal == "trend":
            away = [after - before for before, after in zip(values, values[1:], strict=False)]
        else:
            kept = [one for one in values if one == one]
            # the outlier after a stretch that ended is not in the centre it is held against
            centre = sum(kept) / len(kept) if mark.is_earlier else self.centre
            away = [one - centre for one in values]
        sign, count = 1 if mark.side == "high" else -1, 0
        while count < len(away) and away[-1 - count] * sign > 0:
            count += 1
        return count


def renderings(finding, names):
    return {
        lang: Told(
            words.direction_word(finding, lang),
            words.sentence(finding, names, lang),
            words.alt_text(finding, names, lang),
            words.caption(finding, names, lang),
            words.suggestion(finding, lang),
        )
        for lang in LANGUAGES
    }


def facts_of(finding, told, lang):
    """Return the numbers in a text apart from those of its periods, as every language has them."""
    told = re.sub(RANGE, "", told)
    starts = {finding.latest_period, finding.newest_period, finding.first_period} - {None}
    named = [
        write(finding.period_type, one, lang) for one in starts for write in (in_period, period)
    ]
    named += [day(finding.since, lang)] if finding.since else []
    for name in sorted(named, key=len, reverse=True):  # a year is a part of a day
        told = told.replace(name, "").replace(name[:1].upper() + name[1:], "")
    plain = told.replace("\u202f", "").replace(",", ".")
    return sorted(re.findall(r"−?\d+(?:\.\d+)?", plain))


def drawn(count, seed):
    """Yield so many findings, each with its values and what its series is called."""
    chance, rng = Random(seed), np.random.default_rng(seed)
    series = [_values(chance, rng) for _ in range(count)]
    starts = np.cumsum([0, *(len(one) for one in series[:-1])])
    breaks = [
        int(start) + chance.randrange(1, len(one))
        for start, one in zip(starts, series, strict=True)
        if len(one) > 1 and chance.random() < 0.2
    ]
    panel = analyse_panel(np.concatenate(series), starts, rebase=breaks)
    for number, values in enumerate(series):
        yield *_found(chance, panel, number, values), chance.choice(NAMES)


def _values(chance, rng):
    """Return a random series: level, noise, drift, a shift, an outlier, and holes."""
    size, wide = chance.randint(1, LONGEST), chance.choice([0.02, 0.2, 0.6])
    level = chance.choice([0.3, 4.0, 40.0, 70.0, 12000.0, -8.0])
    values = level * (1 + wide * rng.standard_normal(size))
    if wide > 0.1 and chance.random() < 0.3:
        values = values.round()
    if chance.random() < 0.2:
        last = min(size, chance.randint(6, 11))
        values[-last:] = values[-last] + level * chance.choice([-0.1, 0.1]) * np.arange(last)
    if chance.random() < 0.25:
        values[-min(size, chance.randint(5, 11)) :] += level * wide * chance.choice([-2, 2])
    if chance.random() < 0.15:
        values[-1] += level * wide * chance.choice([-8, 8])
    if chance.random() < 0.05:
        values[:] = values[0]
    if chance.random() < 0.3:
        values[rng.random(size) < chance.choice([0.05, 0.05, 0.3, 1.0])] = np.nan
    if chance.random() < 0.15:
        values[-chance.randint(1, 2) :] = np.nan
    return values


def _found(chance, panel, number, values):
    kind, direction = chance.choice(list(STARTS)), chance.choice(["up", "down", "context"])
    known = values[~np.isnan(values)]
    target = float(known.mean()) * chance.choice([0.5, 1, 1.6]) if len(known) else 5.0
    target = target if chance.random() < 0.6 else None
    result = result_of(panel, number, direction=direction, target=target)
    found = words.find(
        _series(chance, values.tolist(), kind),
        result,
        direction=direction,
        target=target,
        evidence=_evidence(chance, values, result, kind, direction),
    )
    return found, _checked(values, result)


@cache
def _periods(kind):
    periods = [STARTS[kind]]
    while len(periods) < LONGEST:
        periods.append(next_start(kind, periods[-1]))
    return periods


def _series(chance, values, kind):
    told = [None if one != one else one for one in values]
    statuses = ["ok" if one is not None else chance.choice("ckxzuo") for one in told]
    if statuses[-1] == "ok" and chance.random() < 0.05:
        statuses[-1] = "o"
    lowers = [one and one - 0.1 * abs(one) for one in told]
    uppers = [one and one + 0.2 * abs(one) for one in told]
    periods = _periods(kind)[: len(told)]
    return Series("visits", "A", kind, "all", "all", periods, told, lowers, uppers, statuses)


def _evidence(chance, values, result, kind, direction):
    if kind.startswith("rolling"):
        return Evidence(obstacle="overlap", longer="year" if kind == "rolling12" else "quarter")
    if result.variation is None:
        recent = _recent(chance, values, result, direction) if kind == "year" else None
        return Evidence(recent=recent)
    if chance.random() < 0.05:
        return Evidence(**chance.choice(OBSTACLES))
    new = suggest_rebase(values, result)
    evidence = Evidence(
        new_level=new and NewLevel(STARTS[kind], new.length, new.side),
        chance=0.02,
        seasonal=kind in ("month", "quarter") and chance.random() < 0.3,
    )
    if result.marks:
        return evidence
    step = chance.choice([None, 0.0, 0.1, 0.2, 0.25, 0.43, 0.9])
    periods = chance.choice([None, *range(1, 61)]) if step is not None else None
    return replace(evidence, seen=Seen(step, 6, periods))


def _recent(chance, values, result, direction):
    tested = values[result.segments[-1].start :]
    half = 0.02 * np.abs(tested) + 0.01
    found = recent_trend(tested, tested - half, tested + half, direction=direction)
    if found.word is None:
        return None
    mark = None
    if found.word != "no_significant_change":
        side = "high" if found.word == "increasing" else "low"
        mark = Mark("recent_trend", side, found.kind, 5)
    return Recent(mark, chance.choice([0.1, 0.5, 2.0]), -0.2)


def _checked(values, result):
    if result.latest is None:
        return None
    last = result.segments[-1]
    return Values(values[last.start : result.latest + 1].tolist(), last.centre or 0.0)
