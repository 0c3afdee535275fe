"""The area profile: what one area differs in, against what, and what kind of area it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

import pandas as pd

from tilannehuone.stats.benchmark import LADDERS
from tilannehuone.texts import catalogue, text
from tilannehuone.texts.format import number
from tilannehuone.ui import cached, options
from tilannehuone.ui.area_rows import GROUP, Row, has_years, rows, tone
from tilannehuone.ui.frame import Page, address, notice
from tilannehuone.ui.links import switch_html
from tilannehuone.ui.trend_small import counted

SORTS = ("theme", "difference")

CHANCE = 0.05
"""How often an area that is like the others is told to differ: the limits are 95 % ones."""

NAMED_COUNTS = 10
"""Up to this many are written in letters."""

WORDS = tuple(dict.fromkeys(
    word for way in ("up", "context") for word in (*LADDERS[way][::-1],) if word != "similar"
))  # fmt: skip
"""Every word that tells of a difference; the good and the high end first."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What the page shows of one area: `benchmark` is GROUP or another area's code.

    `names` are those of all areas by their codes.
    """

    area_code: str
    area_type: str
    name: str
    benchmark: str
    benchmarks: Mapping[str, str]
    sort: str
    rows: tuple[Row, ...]
    names: Mapping[str, str]

    @property
    def address(self) -> dict[str, str]:
        """The ids by which an address names this view."""
        found = {"area": self.area_code}
        found |= {} if self.benchmark == GROUP else {"benchmark": self.benchmark}
        return found | ({} if self.sort == SORTS[0] else {"sort": self.sort})

    @property
    def compared(self) -> list[Row]:
        """The rows that the release has a word for."""
        return [one for one in self.rows if one.word is not None]


def profile(page: Page, area_code: str, query: Mapping[str, str]) -> Profile:
    """Return what an address asks for; what it names wrongly falls to the usual, with a notice.

    A benchmark that is an area but not one above this is passed over: it was the last area's.
    One without a figure of any year is not offered, such as a whole network.
    """
    found = _registered(page, area_code)
    names = options.names_of_areas(page)
    parents = [
        one
        for one in dict.fromkeys(found["parent_code"].dropna())
        if one in names and has_years(page.release, one)
    ]
    benchmarks = {GROUP: page.text("benchmark_group")} | {one: names[one] for one in parents}
    asked, sort = query.get("benchmark", GROUP), query.get("sort", SORTS[0])
    if asked not in benchmarks and asked not in names:
        notice(page.notices, page.lang, "bad_benchmark")
    if sort not in SORTS:
        notice(page.notices, page.lang, "bad_sort")
    benchmark = asked if asked in benchmarks else GROUP
    area_type = str(found["area_type"].iloc[0])
    return Profile(
        area_code,
        area_type,
        names[area_code],
        benchmark,
        benchmarks,
        sort if sort in SORTS else SORTS[0],
        rows(page.release, area_code, area_type, benchmark),
        names,
    )


def messages(page: Page, shown: Profile) -> list[str]:
    """Return the one message, in what the area differs, and what bears on it."""
    apart = [
        f"{capital(word_of(word, page.lang))}: {_names(page, some)}."
        for word, some in by_word(shown.rows).items()
    ]
    return [_message(page, shown), *apart, *_details(page, shown)]


def head_html(page: Page, shown: Profile) -> str:
    """Return who is looked at, the one message, and in what and how it differs."""
    where = f'<span class="where">{escape(shown.name)}</span>'
    groups = "".join(
        f'<li><b class="{tone(word)}">{escape(capital(word_of(word, page.lang)))}</b> '
        f"{escape(_names(page, some))}</li>"
        for word, some in by_word(shown.rows).items()
    )
    told = f'<ul class="th-apart">{groups}</ul>' if groups else ""
    details = "".join(f'<p class="th-detail">{escape(one)}</p>' for one in _details(page, shown))
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(page.text("title"))} {where}</h1>'
        f'<p class="th-message big">{escape(_message(page, shown))}</p>{told}{details}</header>'
    )


def choices_html(page: Page, shown: Profile) -> str:
    """Return as links what the area may be set against, and the orders of the rows."""
    base = {"lang": page.lang, "area": shown.area_code}
    sort = {} if shown.sort == SORTS[0] else {"sort": shown.sort}
    level = {} if shown.benchmark == GROUP else {"benchmark": shown.benchmark}
    against = [
        (name, address("area", **base, **({} if code == GROUP else {"benchmark": code}), **sort))
        for code, name in shown.benchmarks.items()
    ]
    orders = [
        (page.text(f"sort_{one}"), address("area", **base, **level, **_only(sort=one)))
        for one in SORTS
    ]
    now = page.text(f"sort_{shown.sort}")
    parts = [
        (page.text("benchmark"), against, shown.benchmarks[shown.benchmark]),
        (page.text("sort"), orders, now),
    ]
    told = "".join(
        f'<div class="th-choice"><span aria-hidden="true">{escape(title)}</span>'
        f"{switch_html(title, ways, current)}</div>"
        for title, ways, current in parts
        if len(ways) > 1
    )
    return f'<div class="th-choices" lang="{page.lang}">{told}</div>'


def by_word(found: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows that differ by the release's word, the farthest of each first."""
    apart = sorted((one for one in found if one.deviates), key=lambda one: -one.distance)
    some = {word: [one for one in apart if one.word == word] for word in WORDS}
    return {word: rows for word, rows in some.items() if rows}


def word_of(word: str, lang: str) -> str:
    """Return a comparison's word in the reader's language."""
    return text(f"trend.word_{word}", lang)


def capital(words: str) -> str:
    """Return the words with a capital first letter."""
    return words[:1].upper() + words[1:]


def _message(page: Page, shown: Profile) -> str:
    if shown.benchmark != GROUP:
        return page.text("message_beside", area=shown.name, other=shown.benchmarks[shown.benchmark])
    compared, apart = shown.compared, [one for one in shown.rows if one.deviates]
    if not compared:
        return page.text("message_uncompared", area=shown.name)
    if not apart:
        return page.text("message_none", area=shown.name)
    return page.text("message_apart", area=shown.name, measures=in_measures(page, len(apart)))


def in_measures(page: Page, count: int) -> str:
    """Return `in four measures`, small numbers in letters."""
    name = f"{page.name}.in_{count}"
    return page.text(f"in_{count}" if name in catalogue(page.lang) else "in_many", count=count)


def _details(page: Page, shown: Profile) -> list[str]:
    """Return what chance alone would tell, and how much cannot be told."""
    lines, compared = [], len(shown.compared)
    if compared:
        signals = number(CHANCE * compared, page.lang, 1)
        lines.append(page.text("chance", count=compared, signals=signals))
    small = sum(one.status == "c" for one in shown.rows)
    return lines + ([counted(page, "small", small)] if small else [])


def _names(page: Page, some: Iterable[Row]) -> str:
    return ", ".join(one.indicator.name.in_language(page.lang) for one in some)


def _only(sort: str) -> dict[str, str]:
    return {} if sort == SORTS[0] else {"sort": sort}


def _registered(page: Page, area_code: str) -> pd.DataFrame:
    areas = cached.areas(page.release)
    return areas[areas["area_code"] == area_code]
