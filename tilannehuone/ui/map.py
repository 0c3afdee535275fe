"""The map: one measure in one period over all areas of one type, in the release's own words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd

from tilannehuone import store_types
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import in_period, period
from tilannehuone.ui import cached, options
from tilannehuone.ui.area_rows import tone
from tilannehuone.ui.frame import Page, address, notice
from tilannehuone.ui.links import switch_html
from tilannehuone.ui.trend_small import counted
from tilannehuone.ui.words import as_day, figure, is_known

YEAR = "year"
WORDS, VALUES = "word", "value"


@dataclass(frozen=True, slots=True)
class Place:
    """One area: its figure, or the status that says why there is none, and the release's word."""

    code: str
    name: str
    value: float | None
    status: str
    word: str | None

    @property
    def deviates(self) -> bool:
        """Whether the release says that the area differs."""
        return self.word not in (None, "similar")


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows. `types` and `starts` are what there is to choose from."""

    indicator: Indicator
    area_type: str
    types: tuple[str, ...]
    grain: str
    start: date
    starts: tuple[date, ...]
    by: str
    baseline: float | None
    places: tuple[Place, ...]
    here: str

    @property
    def has_words(self) -> bool:
        """Whether the release compares these areas in this period."""
        return any(one.word for one in self.places)

    @property
    def address(self) -> dict[str, str]:
        """The ids by which an address names this view."""
        found = {"indicator": self.indicator.id, "type": self.area_type}
        found |= {"year": mark(self.grain, self.start), "by": self.by}
        return found | ({"area": self.here} if self.here else {})


def view(page: Page, indicator_id: str, query: Mapping[str, str]) -> View | None:
    """Return what an address asks for, None where the measure has no areas beside each other.

    What it names wrongly falls to the usual: the type of the home area, the newest year, words
    where the release has them. Years are looked at, or the longest periods of a measure that has
    no years.
    """
    periods = cached.read(page.release, store_types.MAP_PERIODS, indicator_id=indicator_id)
    periods = periods[periods["areas"] > 1]
    if periods.empty:
        return None
    types = _types(page, periods)
    area_type = _asked(page, query, "type", types, _home_type(page, types))
    of_type = periods[periods["area_type"] == area_type]
    grains = set(of_type["period_type"])
    grain = YEAR if YEAR in grains else str(of_type.groupby("period_type").size().idxmin())
    days = of_type.loc[of_type["period_type"] == grain, "period_start"]
    by_mark = {mark(grain, one): one for one in map(as_day, days) if one}
    newest = list(by_mark)[-1]
    start = by_mark[_asked(page, query, "year", tuple(by_mark), newest)]
    found = _cells(page, indicator_id, area_type, grain, start)
    places = _places(page, area_type, found)
    ways = (WORDS, VALUES) if any(one.word for one in places) else (VALUES,)
    return View(
        page.indicators[indicator_id],
        area_type,
        types,
        grain,
        start,
        tuple(by_mark.values()),
        _asked(page, query, "by", (WORDS, VALUES), ways[0]) if len(ways) > 1 else VALUES,
        next((float(one) for one in found["baseline"] if is_known(one)), None),
        places,
        query.get("area", ""),
    )


def mark(grain: str, start: date) -> str:
    """Return how an address names a period: a year as such, another by its first day."""
    return str(start.year) if grain == YEAR else start.isoformat()


def messages(page: Page, shown: View) -> list[str]:
    """Return the one message, and what bears on it."""
    return [one for one in (_message(page, shown), _small(page, shown)) if one]


def head_html(page: Page, shown: View) -> str:
    """Return what is looked at where and when, the one message, and what cannot be shown."""
    name = shown.indicator.name.in_language(page.lang)
    where = f"{type_name(page, shown)} {period(shown.grain, shown.start, page.lang)}"
    told, *more = messages(page, shown)
    details = "".join(f'<p class="th-detail">{escape(one)}</p>' for one in more)
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(name)} '
        f'<span class="where">{escape(where)}</span></h1>'
        f'<p class="th-message big">{escape(told)}</p>{details}</header>'
    )


def choices_html(page: Page, shown: View) -> str:
    """Return as links the types of area, the periods beside this one, and the colourings."""
    ways = [
        (page.text("type"), [(_named(page, one), {"type": one}) for one in shown.types],
         _named(page, shown.area_type)),
        (page.text("year"), _near(page, shown), period(shown.grain, shown.start, page.lang)),
    ]  # fmt: skip
    if shown.has_words:
        colours = [(page.text(f"by_{one}"), {"by": one}) for one in (WORDS, VALUES)]
        ways.append((page.text("by"), colours, page.text(f"by_{shown.by}")))
    base = {"lang": page.lang, **shown.address}
    told = "".join(
        f'<div class="th-choice"><span aria-hidden="true">{escape(title)}</span>'
        + switch_html(title, [(name, address("map", **base | to)) for name, to in some], current)
        + "</div>"
        for title, some, current in ways
        if len(some) > 1
    )
    return f'<div class="th-choices" lang="{page.lang}">{told}</div>'


def none_html(page: Page, indicator_id: str) -> str:
    """Return that the measure cannot be laid on a map."""
    name = page.indicators[indicator_id].name.in_language(page.lang)
    return (
        f'<header class="th-head" lang="{page.lang}"><h1>{escape(name)}</h1>'
        f'<p class="th-message big">{escape(page.text("message_nothing"))}</p></header>'
    )


def type_name(page: Page, shown: View) -> str:
    """Return what people call the areas looked at."""
    return options.area_type_name(shown.area_type, page.lang)


def _near(page: Page, shown: View) -> list[tuple[str, dict[str, str]]]:
    """Return the period before, this one and the next, as far as there are such."""
    at = shown.starts.index(shown.start)
    return [
        (period(shown.grain, one, page.lang), {"year": mark(shown.grain, one)})
        for one in shown.starts[max(0, at - 1) : at + 2]
    ]


def _message(page: Page, shown: View) -> str:
    when = in_period(shown.grain, shown.start, page.lang)
    known = sorted(one.value for one in shown.places if one.value is not None)
    if not known:
        return page.text("message_none", when=when)
    if not shown.has_words:
        low, high = (figure(shown.indicator, one, page.lang) for one in (known[0], known[-1]))
        return page.text("message_range", when=when, low=low, high=high)
    told = {"when": when, "count": sum(one.word is not None for one in shown.places)}
    apart = [one for one in shown.places if one.deviates]
    if not apart:
        return page.text("message_similar", **told)
    named = ", ".join(
        f"{one.name} ({text(f'trend.word_{one.word}', page.lang)})"
        for one in sorted(apart, key=lambda one: tone(one.word))
    )
    return page.text("message_apart", areas=named, **told)


def _small(page: Page, shown: View) -> str:
    hidden = sum(one.status == "c" for one in shown.places)
    return counted(page, "small", hidden) if hidden else ""


def _named(page: Page, area_type: str) -> str:
    name = options.area_type_name(area_type, page.lang)
    return name[:1].upper() + name[1:]


def _types(page: Page, periods: pd.DataFrame) -> tuple[str, ...]:
    """Return the types of area that can be chosen, the largest areas first as in the register."""
    there = set(periods["area_type"])
    return tuple(
        one for one in dict.fromkeys(cached.areas(page.release)["area_type"]) if one in there
    )


def _home_type(page: Page, types: tuple[str, ...]) -> str:
    areas = cached.areas(page.release)
    home = areas.loc[areas["area_code"] == page.facts["instance"].get("home_area"), "area_type"]
    return next((str(one) for one in home if one in types), types[-1])


def _asked(
    page: Page, query: Mapping[str, str], name: str, known: tuple[str, ...], default: str
) -> str:
    """Return what the address asks for if it is known, else the usual one, with a notice."""
    asked = query.get(name, default)
    if asked not in known:
        notice(page.notices, page.lang, f"bad_{name}")
    return asked if asked in known else default


def _cells(page: Page, indicator_id: str, area_type: str, grain: str, start: date) -> pd.DataFrame:
    return cached.read(
        page.release,
        store_types.MAP_CELLS,
        indicator_id=indicator_id,
        area_type=area_type,
        period_type=grain,
        period_start=start.isoformat(),
    )


def _places(page: Page, area_type: str, found: pd.DataFrame) -> tuple[Place, ...]:
    """Return every area of the type in the register's order; one without a cell has none to tell."""
    areas = cached.areas(page.release)
    codes = dict.fromkeys(areas.loc[areas["area_type"] == area_type, "area_code"])
    names = options.names_of_areas(page)
    cells = {str(one["area_code"]): one for one in cached.records(found)}
    nothing = {"value": None, "status": "z", "word": None}
    return tuple(
        Place(
            code,
            names[code],
            float(one["value"]) if is_known(one["value"]) else None,
            str(one["status"]),
            one["word"] if isinstance(one["word"], str) else None,
        )
        for code, one in ((code, cells.get(code, nothing)) for code in codes)
    )
