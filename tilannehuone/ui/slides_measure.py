"""One measure on the shared screen: its sentence, its chart, and where the figures come from."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from tilannehuone.cadence import late_since
from tilannehuone.charts.axis import place
from tilannehuone.charts.events import events_shown
from tilannehuone.charts.paint import paint
from tilannehuone.finding import detail, message
from tilannehuone.texts import text
from tilannehuone.texts.format import day, period
from tilannehuone.ui import options, reading, trend, trend_drawing
from tilannehuone.ui.frame import Page
from tilannehuone.ui.marks import look
from tilannehuone.ui.rounded import rounded_words
from tilannehuone.ui.slides_parts import head, more, said, vouched
from tilannehuone.ui.trend import View
from tilannehuone.ui.words import as_day


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawing's own measures, and the size of its type as a multiple of the page's."""

    width: float
    height: float
    type_scale: float


WHOLE = Shape(1500.0, 450.0, 1.5)
"""What a projector leaves under a sentence of two lines."""

LEAST_WORDED = 1200.0
"""A narrower drawing has no words of signals and events: they would lie on axis and gaps."""


def measure(page: Page, choice: options.Choice) -> tuple[str, str]:
    """Return the title of a measure's slide as it is said aloud, and what the slide shows."""
    shown = trend.view(page, choice)
    names = shown.names
    title = ", ".join(one for one in (names.indicator, names.category) if one)
    body = _told(page, shown, WHOLE)
    html = head(title, names.area) + body + vouched(page, _passport(page, shown))
    return f"{title}, {names.area}", html


def seen(page: Page, choice: options.Choice, shape: Shape) -> tuple[str, str]:
    """Return a measure's name, and its sentence and chart drawn in another shape."""
    shown = trend.view(page, choice)
    told = _told(page, shown, shape) + vouched(page, _passport(page, shown))
    return shown.names.indicator, told


def _told(page: Page, shown: View, shape: Shape) -> str:
    """Return sentence, chart and detail, or in a calm sentence why there are none."""
    finding, names, lang = shown.finding, shown.names, page.lang
    if finding is None or shown.is_small:
        return _hidden(page, shown)
    sentence = said(look(finding), message(finding, names, lang))
    return sentence + _picture(page, shown, shape) + more(detail(finding, names, lang))


def _hidden(page: Page, shown: View) -> str:
    """Return that the figures are too small to be shown, and the nearest area to look at."""
    choice, lang = shown.choice, page.lang
    key = "small_all" if shown.is_small else "message_none"
    above = reading.nearest_above(page.release, choice.area_code, choice.indicator.id)
    where = ""
    if above is not None:
        where = f"{text('trend.nearest', lang)} {options.names_of_areas(page)[above]}"
    told = said("none.shield", text(f"trend.{key}", lang)) + more(where)
    return f'<div class="th-calm">{told}</div>'


def _picture(page: Page, shown: View, shape: Shape) -> str:
    """Return the chart, and under it the events it numbers; nothing where nothing is known."""
    if not trend.has_chart(shown):
        return ""
    drawn = paint(
        trend_drawing.figure(shown, page.lang, worded=shape.width >= LEAST_WORDED),
        shape.width,
        shape.height,
        title=", ".join((shown.names.indicator, shown.names.area)),
        description=trend_drawing.spoken(shown, page.lang),
        type_scale=shape.type_scale,
    )
    return f'<div class="th-picture">{drawn}</div>{events_html(page, shown)}'


def events_html(page: Page, shown: View) -> str:
    """Return in words what the chart marks by numbers; nothing where it marks nothing."""
    days = [as_day(one) for one in shown.series["period_start"]]
    at = [place(shown.choice.period_type, one) for one in days if one]
    numbered = "".join(
        f"<li><b>{n}</b> {escape(day(one.day, page.lang))} {escape(one.text)}</li>"
        for n, one in enumerate(events_shown(shown.events, at), start=1)
    )
    title = escape(text("trend.events", page.lang))
    return f'<ol class="th-happened" aria-label="{title}">{numbered}</ol>' if numbered else ""


def _passport(page: Page, shown: View) -> Iterator[str]:
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
        yield text("room.late", lang, day=day(late, lang))
    yield rounded_words(one, lang)
