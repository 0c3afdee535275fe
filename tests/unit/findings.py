"""Findings of small series, for the tests of their words."""

from datetime import date

from tilannehuone.finding import Series, SeriesNames, find, sentence
from tilannehuone.periods import next_start
from tilannehuone.stats.spc import analyse

QUIET = [10.0, 12.0] * 10
NAMES = SeriesNames("Käynnit", "Kaakkuri", "käyntiä", 0)
SHARE = SeriesNames("Ajoissa", "Tuira", "%", 0)


def found_in(values, *, direction="up", target=None, rebase=(), k=5, period_type="month", **more):
    """Return the finding of a series; a text in `values` is a status without a value."""
    statuses = [one if isinstance(one, str) else "ok" for one in values]
    numbers = [None if isinstance(one, str) else one for one in values]
    periods = [date(2023, 1, 1)]
    while len(periods) < len(values):
        periods.append(next_start(period_type, periods[-1]))
    limits = [None if one is None else (one - 1, one + 1) for one in numbers]
    series = Series(
        indicator_id="visits",
        area_code="A",
        period_type=period_type,
        breakdown="all",
        category="all",
        periods=periods[: len(values)],
        values=numbers,
        lowers=[one and one[0] for one in limits],
        uppers=[one and one[1] for one in limits],
        statuses=statuses,
    )
    floats = [float("nan") if one is None else one for one in numbers]
    result = analyse(floats, direction=direction, target=target, rebase=rebase)
    return find(series, result, direction=direction, target=target, k=k, **more)


def told(values, lang="fi", names=NAMES, **settings):
    """Return the sentence with ordinary spaces."""
    return plain(sentence(found_in(values, **settings), names, lang))


def plain(words):
    return words.replace("\u00a0", " ").replace("\u202f", " ")
