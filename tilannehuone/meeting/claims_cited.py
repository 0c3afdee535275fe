"""Of which period a sentence speaks: months, quarters and years by name, in three languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from tilannehuone.texts import LANGUAGES, text

FINNISH_MONTHS = (
    *("tammi", "helmi", "maalis", "huhti", "touko", "kesä"),
    *("heinä", "elo", "syys", "loka", "marras", "joulu"),
)
ORDINALS = (
    ("ensimmäi", "första", "first"),
    ("toise", "andra", "second"),
    ("kolman", "tredje", "third"),
    ("neljän", "fjärde", "fourth"),
)
MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
YEAR = r"(?:\s*(?:vuonna|vuoden|år|of|in)?\s*(?P<year>(?:19|20)\d\d))?"
YEAR_FIRST = r"(?<!\w)(?:(?:vuoden\s+|år\s+)?(?P<before>(?:19|20)\d\d)\s+(?:års\s+)?)?"
"""`vuoden 2026 kolmas neljännes`: the year may stand first."""

NUMBERED_FIRST = YEAR_FIRST.replace(r"(?<!\w)", r"(?<![\w,.])", 1)

PAST = re.compile(
    r"(?<!\w)(?:tällä kertaa|tällä kerralla|viimeksi|viime kuussa|viime kuukautena|viime jaksolla"
    r"|viimeisimmä\w+|uusimma\w+|uusin|den här gången|denna gång|senast\w*|förra månaden"
    r"|this time|latest|most recent\w*|last month)(?!\w)",
    re.IGNORECASE,
)
"""The latest period by another name."""
SINCE = re.compile(
    r"^\s*(?:lähtien|alkaen|jälkeen|verrattuna)|(?:sedan|sen|since|från|from|jämfört med"
    r"|compared (?:with|to)|efter|after|than in|än i|kuin)\s*$",
    re.IGNORECASE,
)
LAST_YEAR = re.compile(
    r"(?<!\w)(?:viime vuo[nd]\w+|viime vuoteen|edellisenä vuon\w+|i fjol|ifjol|förra året|last year"
    r"|tänä vuon\w+|i år(?!\w)|this year|toissa\w*)",
    re.IGNORECASE,
)


FROM = re.compile(r"(?:sta|stä|teen)(?:\s*(?:19|20)\d\d)?$", re.IGNORECASE)
"""`elokuusta 2023`, `viime vuoteen`: Finnish says by a word's ending that it compares."""

YEAR_AGO = re.compile(r"viime|edellis|i ?fjol|förra|last", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class When:
    """Which period a sentence cites.

    `start` is None where it names none: then it speaks of the latest. `since` is the one it
    compares with. `is_unknown` tells of a period that the series has none of; `is_past` that one
    occasion is meant, not how things usually are.
    """

    start: date | None = None
    since: date | None = None
    is_since: bool = False
    is_unknown: bool = False
    is_past: bool = False


@dataclass(frozen=True, slots=True)
class _Named:
    """A period as a sentence names it: its type, its start if the year is known, and its place."""

    period_type: str
    month: int
    year: int | None
    span: tuple[int, int]
    is_from: bool = False


def taken_out(sentence: str, period_type: str, latest: date | None) -> tuple[str, When]:
    """Return a sentence without the periods it names, and which one it speaks of.

    Parameters
    ----------
    period_type, latest
        Of the series: a month without a year is the last one of that name.
    """
    since: date | None = None
    start: date | None = None
    is_since, is_unknown, rest = False, False, sentence
    for one in _named(sentence):
        first, last = one.span
        before, after = sentence[:first], sentence[last:]
        rest = rest[:first] + " " * (last - first) + rest[last:]
        if one.is_from or SINCE.search(before) or SINCE.match(after):
            is_since, since = True, _containing(one, period_type, latest)
            is_unknown |= since is None
            continue
        day = _start(one, period_type, latest)
        if day is None or start not in (None, day):
            is_unknown = True
        else:
            start = day
    years, latest_named = list(LAST_YEAR.finditer(rest)), list(PAST.finditer(rest))
    compared = [
        one
        for one in (*years, *latest_named)
        if SINCE.search(rest[: one.start()]) or FROM.search(one[0])
    ]
    is_since |= bool(compared)
    if latest and any(YEAR_AGO.match(one[0]) for one in compared):
        since = latest.replace(year=latest.year - 1)
    is_unknown |= period_type != "year" and any(one not in compared for one in years)
    is_past = any(one not in compared for one in latest_named)
    rest = PAST.sub(lambda found: " " * len(found[0]), rest)
    return rest, When(start, since, is_since, is_unknown, is_past)


def _named(sentence: str) -> Iterator[_Named]:
    """Yield the periods that a sentence names, each place once, the longer name first."""
    taken: list[tuple[int, int]] = []
    for period_type, expression, months in _expressions():
        for found in expression.finditer(sentence):
            first, last = found.span()
            if any(a < last and first < b for a, b in taken):
                continue
            taken.append((first, last))
            told = found.groupdict()
            written = told.get("year") or told.get("before")
            year = int(written) if written else None
            month = months or 3 * int(told["number"]) - 2
            is_from = bool(FROM.search(found[0]))
            yield _Named(period_type, month, year, (first, last), is_from)


def _start(named: _Named, period_type: str, latest: date | None) -> date | None:
    """Return the first day of a named period of the series' type; None where it has none."""
    if named.period_type != period_type:
        is_this = named.period_type == "year" and latest and named.year == latest.year
        return latest if is_this and period_type == "year" else None
    if named.year is not None:
        return date(named.year, named.month, 1)
    if latest is None:
        return None
    year = latest.year if named.month <= latest.month else latest.year - 1
    return date(year, named.month, 1)


def _containing(named: _Named, period_type: str, latest: date | None) -> date | None:
    """Return the start of the series' period in which a named one begins; None if that is finer."""
    months = MONTHS.get(period_type, 0)
    if MONTHS.get(named.period_type, 0) > months or (named.year is None and latest is None):
        return None
    year = named.year
    if year is None and latest is not None:
        year = latest.year if named.month <= latest.month else latest.year - 1
    return date(year or 0, named.month - (named.month - 1) % months, 1)


@cache
def _expressions() -> tuple[tuple[str, re.Pattern[str], int], ...]:
    """Return all of `_written`: they are made once."""
    return tuple(_written())


def _written() -> Iterator[tuple[str, re.Pattern[str], int]]:
    """Yield how quarters, months and years are written: type, expression, first month."""
    yield "quarter", _compiled(YEAR_FIRST + r"Q(?P<number>[1-4])" + YEAR), 0
    yield (
        "quarter",
        _compiled(NUMBERED_FIRST + r"(?P<number>[1-4])\.?\s*(?:vuosi)?neljänne\w+" + YEAR),
        0,
    )
    yield "quarter", _compiled(r"(?<!\w)kvartal\w*\s+(?P<number>[1-4])(?!\d)" + YEAR), 0
    for n, words in enumerate(ORDINALS):
        quarter = r"\s+(?:vuosi|vuoden )?(?:neljänne|kvartal|quarter)\w*"
        told = rf"{YEAR_FIRST}(?:{'|'.join(words)})\w*" + quarter
        yield "quarter", _compiled(told + YEAR), 3 * n + 1
    for n, words in enumerate(ORDINALS[:2]):
        half = rf"(?:{'|'.join(words)})\w*\s+(?:vuosi)?(?:puolisko|puolivuo|halvår|half)\w*"
        yield "half_year", _compiled(YEAR_FIRST + half + YEAR), 6 * n + 1
    for n in range(4):
        first, last = FINNISH_MONTHS[3 * n], FINNISH_MONTHS[3 * n + 2]
        yield "quarter", _compiled(rf"(?<!\w){first}\w*\s*[–-]\s*{last}kuu\w*" + YEAR), 3 * n + 1
    for n in range(12):
        yield "month", _compiled(rf"{YEAR_FIRST}(?:{_month(n)})" + YEAR), n + 1
    yield (
        "year",
        _compiled(
            r"(?<!\w)(?:vuo(?:nna|den|si|desta|teen)\s+|år\s+)?(?P<year>(?:19|20)\d\d)(?![\d.,]\d)"
        ),
        1,
    )


def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)


def _month(n: int) -> str:
    """Return how a month is written in any language: `May` only as a month of English."""
    others = {text("periods.months_in", one).split()[n].lower() for one in LANGUAGES if one != "fi"}
    words = [rf"{re.escape(one)}(?!\w)" for one in others if one != "may"]
    words += [r"(?<=in )May(?!\w)", r"(?<=since )May(?!\w)"] if n == 4 else []
    return "|".join([rf"{FINNISH_MONTHS[n]}kuu\w*", *words])
