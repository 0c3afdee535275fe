"""The shared screen's slides: the area's situation, then one measure at a time, large and calm.

Those due in this month's meeting come first, then those that show a change, then the others, each
group in meeting order. A slide says what the measure's own page says, and no more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import urlencode

from tilannehuone.charts.paint import paint
from tilannehuone.finding import Finding, detail, message
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import day, period
from tilannehuone.ui import options, overview, trend, trend_drawing
from tilannehuone.ui.due import in_meeting_order, is_due, late_since
from tilannehuone.ui.frame import Page
from tilannehuone.ui.marks import is_signal, look, mark_html
from tilannehuone.ui.markup import icon_html, tone
from tilannehuone.ui.rounded import rounded_words
from tilannehuone.ui.words import figure

SITUATION = "situation"
WIDTH, HEIGHT, TYPE_SCALE = 1500.0, 480.0, 1.5
"""The drawing's own measures, those of what a projector leaves under a sentence of two lines."""

MOST_LISTED = 18
"""Due measures listed on the first slide; more would not be read from afar."""

Standings = Mapping[str, Finding | None]


@dataclass(frozen=True, slots=True)
class Slide:
    """One view of the shared screen.

    `id` is the measure's, or `situation`; `title` is said aloud when the slide comes; `html` is
    what is shown, every word escaped; `address` is where Enter leads, relative and not escaped.
    """

    id: str
    title: str
    html: str
    address: str


def slides(page: Page, area_code: str, asked: Mapping[str, str] | None = None) -> list[Slide]:
    """Return all slides of an area.

    `asked` holds the ids of the address the shared screen was opened from: the measure it names
    is shown at the grain and split it names, every other at the one that can be read.
    """
    asked = asked or {}
    found = overview.standings(page, area_code)
    told = [_measure(page, one, area_code, asked) for one in _in_order(page, found)]
    return [_situation(page, area_code, found), *told]


def _in_order(page: Page, found: Standings) -> list[Indicator]:
    """Return the measures published for the area: due, then with a signal, then the rest."""
    cadences = in_meeting_order(list(page.indicators.values()), page.today)
    published = [one for one in page.indicators.values() if one.id in found]
    return sorted(
        published,
        key=lambda one: (
            not _due(page, one),
            not _has_signal(found[one.id]),
            cadences.index(one.cadence),
        ),
    )


def _due(page: Page, indicator: Indicator) -> bool:
    return is_due(indicator.cadence, indicator.half_year_anchor, page.today)


def _has_signal(finding: Finding | None) -> bool:
    return finding is not None and is_signal(finding)


def _situation(page: Page, area_code: str, found: Standings) -> Slide:
    lang, name = page.lang, options.names_of_areas(page)[area_code]
    signals = sum(map(_has_signal, found.values()))
    key = {0: "message_none", 1: "message_one"}.get(signals, "message_signals")
    said = text(f"overview.{key}", lang, signals=signals, all=len(found))
    due = [one for one in _in_order(page, found) if _due(page, one)]
    title = text("overview.title", lang)
    built = text("room.built", lang, day=day(page.facts["built_at"].date(), lang))
    return Slide(
        SITUATION,
        f"{title}, {name}",
        _head(title, name) + _said("", said) + _listed(page, due, found) + _vouched(page, [built]),
        _address("./", {"lang": lang, "area": area_code}),
    )


def _listed(page: Page, due: list[Indicator], found: Standings) -> str:
    """Return the measures due now as a list: name, figure, icon and word."""
    if not due:
        return ""
    title = escape(text("overview.due_now", page.lang))
    rows = "".join(_row(page, one, found[one.id]) for one in due[:MOST_LISTED])
    left = len(due) - MOST_LISTED
    more = text("room.more_due", page.lang, count=left) if left > 0 else ""
    rows += f'<li class="more">{escape(more)}</li>' if more else ""
    return f'<h2>{title}</h2><ul class="th-points" data-count="{len(due)}">{rows}</ul>'


def _row(page: Page, indicator: Indicator, finding: Finding | None) -> str:
    name = f'<span class="name">{escape(indicator.name.in_language(page.lang))}</span>'
    if finding is None:
        small = escape(text("overview.small", page.lang))
        return f'<li>{name}<span class="quiet">{small}</span></li>'
    known = finding.latest_value
    shown = "" if known is None else figure(indicator, known, page.lang)
    value = f'<span class="value">{escape(shown)}</span>'
    return f"<li>{name}{value}{mark_html(finding, page.lang)}</li>"


def _measure(page: Page, indicator: Indicator, area_code: str, asked: Mapping[str, str]) -> Slide:
    named = asked if asked.get("indicator") == indicator.id else {}
    query = {**named, "indicator": indicator.id, "area": area_code}
    choice = options.choice_of(page, query)
    shown = trend.view(page, choice)
    names = shown.names
    title = ", ".join(one for one in (names.indicator, names.category) if one)
    body = _readable(page, shown) if _is_readable(shown) else _hidden(page, shown)
    return Slide(
        indicator.id,
        f"{title}, {names.area}",
        _head(title, names.area) + body + _vouched(page, _passport(page, shown)),
        _address("trend", {"lang": page.lang, **choice.address}),
    )


def _is_readable(shown: trend.View) -> bool:
    return shown.finding is not None and not shown.is_small


def _readable(page: Page, shown: trend.View) -> str:
    assert shown.finding is not None
    finding, names, lang = shown.finding, shown.names, page.lang
    told = _said(look(finding), message(finding, names, lang))
    if trend.has_chart(shown):
        drawn = paint(
            trend_drawing.figure(shown, lang),
            WIDTH,
            HEIGHT,
            title=", ".join((names.indicator, names.area)),
            description=trend_drawing.spoken(shown, lang),
            type_scale=TYPE_SCALE,
        )
        told += f'<div class="th-picture">{drawn}</div>'
    more = detail(finding, names, lang)
    return told + (f'<p class="th-more">{escape(more)}</p>' if more else "")


def _hidden(page: Page, shown: trend.View) -> str:
    """Return that the figures are too small to be shown, and the nearest area to look at."""
    key = "small_all" if shown.is_small else "message_none"
    above = overview.look_above(
        replace(page, name="overview"), shown.indicator, shown.choice.area_code
    )
    more = f'<p class="th-more">{escape(above)}</p>' if above else ""
    return _said("none.shield", text(f"trend.{key}", page.lang)) + more


def _passport(page: Page, shown: trend.View) -> Iterator[str]:
    """Yield what vouches for the figures: period, release and source, lateness, rounding."""
    finding, one, lang = shown.finding, shown.indicator, page.lang
    built = day(page.facts["built_at"].date(), lang)
    if finding is None or finding.latest_period is None or shown.is_small:
        yield text("room.passport_small", lang, day=built, source=one.register_)
        return
    grain = shown.choice.period_type
    when = period(grain, finding.latest_period, lang)
    yield text("trend.passport", lang, period=when, day=built, source=one.register_)
    newest = finding.newest_period or finding.latest_period
    late = late_since(grain, newest, finding.latest_status, one.lag_days, page.today)
    if late:
        yield text("trend.passport_late", lang, day=day(late, lang))
    yield rounded_words(one, lang)


def _head(title: str, where: str) -> str:
    return f'<h1>{escape(title)} <span class="where">{escape(where)}</span></h1>'


def _said(icon: str, words: str) -> str:
    """Return the one message, with the finding's icon before it where it has one."""
    mark = f'<span class="{tone(icon)}">{icon_html(icon)}</span>' if icon else ""
    return f'<div class="th-said">{mark}<p>{escape(words)}</p></div>'


def _vouched(page: Page, lines: Iterator[str] | list[str]) -> str:
    release = text("room.release", page.lang, id=page.facts["release_id"])
    told = " · ".join(escape(one) for one in (*lines, release) if one)
    return f'<p class="th-vouch">{told}</p>'


def _address(where: str, query: Mapping[str, str]) -> str:
    return f"{where}?{urlencode(query)}"
