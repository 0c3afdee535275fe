"""One measure in one area: the sentence, the chart's surroundings, the siblings and the tables."""

from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd
import plotly.graph_objects as go

from tilannehuone.charts.axis import place
from tilannehuone.charts.events import Event, events_shown
from tilannehuone.charts.forecast import Forecast
from tilannehuone.charts.palette import palette
from tilannehuone.charts.trend import trend_figure
from tilannehuone.finding import (
    Finding,
    SeriesNames,
    alt_text,
    detail,
    message,
    suggestion,
)
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import day, period
from tilannehuone.ui import cached, pick
from tilannehuone.ui.due import late_since, next_expected
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.marks import look, series_names
from tilannehuone.ui.markup import icon_html, tone
from tilannehuone.ui.trend_forecast import forecast_alt, forecast_of, forecast_words
from tilannehuone.ui.words import as_day, count, status_word

DRAWN_EVENTS = ("break", "rebase", "practice", "initiative")


@dataclass(frozen=True, slots=True)
class View:
    """Everything the page shows of one chosen series."""

    choice: pick.Choice
    series: pd.DataFrame
    finding: Finding | None
    names: SeriesNames
    events: tuple[Event, ...]
    forecast: Forecast | None

    @property
    def indicator(self) -> Indicator:
        """The measure."""
        return self.choice.indicator


def view(page: Page, choice: pick.Choice) -> View:
    """Return the chosen series and what was found in it: None where it is not published."""
    areas = cached.areas(page.release).drop_duplicates("area_code")
    area = pick.area_names(areas, page.lang)[choice.area_code]
    category = pick.category_name(choice, page.lang)
    finding = cached.findings(page.release, **choice.siblings_key).get(choice.area_code)
    return View(
        choice,
        cached.series(page.release, **choice.key),
        finding,
        series_names(choice.indicator, area, category, page.lang),
        tuple(_events(page, choice)),
        forecast_of(page, choice, finding),
    )


def head_html(page: Page, shown: View) -> str:
    """Return what is looked at, large what is to be said of it, and under it what bears on that."""
    names = shown.names
    where = ", ".join(one for one in (names.area, names.category) if one)
    title = f'<h1>{escape(names.indicator)} <span class="where">{escape(where)}</span></h1>'
    told, mark, more = page.text("message_none"), "", []
    if shown.finding is not None:
        told, mark = message(shown.finding, names, page.lang), look(shown.finding)
        more = [detail(shown.finding, names, page.lang), suggestion(shown.finding, page.lang)]
    details = "".join(f'<p class="th-detail">{escape(one)}</p>' for one in more if one)
    icon = f'<span class="{tone(mark)}">{icon_html(mark)}</span>' if mark else ""
    return (
        f'<header class="th-head" lang="{page.lang}">{title}'
        f'<div class="th-lead">{icon}<p class="th-message big">{escape(told)}</p>'
        f"{details}</div></header>"
    )


def has_chart(shown: View) -> bool:
    """Return whether there is a figure to draw: some period has a number."""
    return shown.finding is not None and shown.finding.shown > 0


def elsewhere_html(page: Page, shown: View) -> str:
    """Return links to the grains at which this series has numbers, where this one has none."""
    choice, lang = shown.choice, page.lang
    found = cached.area_findings(page.release, choice.area_code)
    mine = found[found["indicator_id"] == choice.indicator.id]
    query = {"lang": lang, "area": choice.area_code, "indicator": choice.indicator.id}
    links = [
        f'<a href="{address("trend", **query, period=one.period_type)}" target="_self">'
        f"{escape(pick.grain_name(one.period_type, lang))}</a>"
        for one in mine["finding"]
        if one.shown
    ]
    told = f"{escape(page.text('coarser'))} {' · '.join(links)}" if links else ""
    return f'<p class="th-message" lang="{lang}">{told}</p>'


def figure(shown: View, lang: str, theme: str | None) -> go.Figure:
    """Return the chart of the series for the reader's language and background."""
    return trend_figure(
        shown.series,
        shown.indicator,
        shown.choice.period_type,
        lang,
        events=shown.events,
        forecast=shown.forecast,
        colours=palette(theme),
    )


def spoken(shown: View, lang: str) -> str:
    """Return the chart's alternative text."""
    if shown.finding is None:
        return ""
    told = alt_text(shown.finding, shown.names, lang)
    return f"{told} {forecast_alt(shown.forecast, shown.choice, shown.names, lang)}".strip()


def passport_html(page: Page, shown: View) -> str:
    """Return the quiet lines under the chart: forecast, age, source, quality, gaps, events."""
    forecast = forecast_words(page, shown.choice, shown.forecast)
    lines = [forecast, _age(page, shown), _quality(page, shown), _gaps(page, shown)]
    told = "".join(f'<p class="th-note">{escape(one)}</p>' for one in lines if one)
    numbered = "".join(
        f"<li><b>{n}</b> {escape(day(one.day, page.lang))} {escape(one.text)}</li>"
        for n, one in enumerate(_drawn(shown), start=1)
    )
    marks = f'<ol class="th-marks" aria-label="{escape(page.text("events"))}">{numbered}</ol>'
    return f'<div lang="{page.lang}">{told}{marks if numbered else ""}</div>'


def explanation_html(page: Page, shown: View) -> str:
    """Return definition, question, caveats and how the chart is read."""
    lang, one = page.lang, shown.indicator
    caveats = "".join(f"<li>{escape(each.in_language(lang))}</li>" for each in one.caveats)
    how = " ".join(text(f"chart.how_{key}", lang) for key in _drawn_things(shown))
    parts = [
        f"<h2>{escape(page.text('question'))}</h2>",
        f'<p class="th-question">{escape(one.question.in_language(lang))}</p>',
        f"<h2>{escape(page.text('definition'))}</h2><p>{escape(one.definition.in_language(lang))}</p>",
        f"<h2>{escape(page.text('caveats'))}</h2><ul>{caveats}</ul>" if caveats else "",
        f"<h2>{escape(page.text('how'))}</h2><p>{escape(how)}</p>" if how else "",
    ]
    return f'<section class="th-section" lang="{lang}">{"".join(parts)}</section>'


def _drawn_things(shown: View) -> list[str]:
    """Return what the chart holds that has to be explained."""
    if not has_chart(shown):
        return []
    finding, forecast = shown.finding, shown.forecast
    has_limits = bool(shown.series["centre"].notna().any())
    seasonal = has_limits and finding is not None and finding.evidence.seasonal
    drawn = {
        "band": has_limits,
        "season": seasonal,
        "shapes": has_limits,
        "interval": not has_limits,
        "gaps": bool(shown.series["value"].isna().any()),
        "target": bool(shown.indicator.targets),
        "forecast": forecast is not None,
        "earlier": forecast is not None and not forecast.before.empty,
    }
    return [thing for thing, is_drawn in drawn.items() if is_drawn]


def _age(page: Page, shown: View) -> str:
    finding = shown.finding
    if finding is None or finding.latest_period is None:
        return ""
    lang, grain, one = page.lang, shown.choice.period_type, shown.indicator
    told = page.text(
        "passport",
        period=period(grain, finding.latest_period, lang),
        day=day(page.facts["built_at"].date(), lang),
        source=one.register_,
    )
    newest = finding.newest_period or finding.latest_period
    late = late_since(grain, newest, finding.latest_status, one.lag_days, page.today)
    due = late or next_expected(grain, newest, one.lag_days)
    return f"{told}. {page.text('passport_late' if late else 'passport_next', day=day(due, lang))}"


def _quality(page: Page, shown: View) -> str:
    one = shown.indicator
    sources = {part.source for part in (one.numerator, one.denominator) if part is not None}
    checks = cached.checks(page.release)
    mine = checks[checks["source"].isin(list(sources))]
    if mine.empty:
        return ""
    remarks = int((~mine["success"].astype(bool)).sum())
    key = "passport_checks" if remarks else "passport_checks_ok"
    return page.text(key, count=count(remarks, page.lang))


def _gaps(page: Page, shown: View) -> str:
    unknown = shown.series[shown.series["value"].isna()]
    tally = unknown["status"].value_counts(sort=False)
    told = [
        page.text("gap_count", word=status_word(str(status), page.lang), count=count(n, page.lang))
        for status, n in sorted(tally.items())
    ]
    return page.text("gaps", counts=", ".join(told)) if told else ""


def _events(page: Page, choice: pick.Choice) -> list[Event]:
    """Return declared breaks and events of this measure and area, oldest first, each once."""
    found: dict[tuple[date, bool], Event] = {}
    for one in choice.indicator.breaks:
        found[one.date, True] = Event(one.date, one.text.in_language(page.lang), is_break=True)
    for event in cached.events(page.release):
        concerns = choice.indicator.id in (event["indicators"] or [choice.indicator.id])
        here = choice.area_code in (event["areas"] or [choice.area_code])
        if concerns and here and event["kind"] in DRAWN_EVENTS:
            is_break, is_rebase = event["kind"] == "break", event["kind"] == "rebase"
            told = Event(event["date_from"], event[f"text_{page.lang}"], is_break, is_rebase)
            found.setdefault((told.day, is_break or is_rebase), told)
    return sorted(found.values(), key=lambda one: one.day)


def _drawn(shown: View) -> list[Event]:
    """Return the events that stand within the chart's time, as the chart numbers them."""
    if not has_chart(shown):
        return []
    days = [as_day(one) for one in shown.series["period_start"]]
    at = [place(shown.choice.period_type, one) for one in days if one]
    return events_shown(shown.events, at)
