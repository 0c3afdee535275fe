"""One measure in one area: what is shown of it, the chart, and the quiet lines around it."""

from dataclasses import dataclass, replace
from datetime import date
from html import escape

import pandas as pd

from tilannehuone import store
from tilannehuone.cadence import late_since, next_expected
from tilannehuone.charts.axis import place
from tilannehuone.charts.events import Event, events_shown
from tilannehuone.charts.forecast import Forecast
from tilannehuone.charts.reading import in_view
from tilannehuone.finding import (
    Finding,
    SeriesNames,
)
from tilannehuone.registry import Indicator
from tilannehuone.texts import text
from tilannehuone.texts.format import day, period
from tilannehuone.ui import cached, options, regions
from tilannehuone.ui.frame import Page
from tilannehuone.ui.initiatives import initiatives_of
from tilannehuone.ui.marks import series_names
from tilannehuone.ui.rounded import rounded_words
from tilannehuone.ui.trend_forecast import forecast_of, forecast_words
from tilannehuone.ui.trend_small import small_lines
from tilannehuone.ui.words import as_day, count, status_word

DRAWN_EVENTS = ("break", "rebase", "practice", "initiative")


@dataclass(frozen=True, slots=True)
class View:
    """Everything the page shows of one chosen series.

    `series` begins where reading begins; `has_begun_late` says that hidden periods lie before it.
    Where the figures are too small to be shown (`is_small`) it is empty.
    """

    choice: options.Choice
    series: pd.DataFrame
    finding: Finding | None
    names: SeriesNames
    events: tuple[Event, ...]
    forecast: Forecast | None
    is_small: bool
    has_begun_late: bool

    @property
    def indicator(self) -> Indicator:
        """The measure."""
        return self.choice.indicator


def view(page: Page, choice: options.Choice) -> View:
    """Return the chosen series and what was found in it: None where it is not published."""
    area = options.names_of_areas(page)[choice.area_code]
    category = options.category_name(choice, page.lang)
    finding = cached.findings(page.release, **choice.siblings_key).get(choice.area_code)
    whole = cached.series(page.release, **choice.key)
    reads_from, is_small = _reading(page, choice)
    series = in_view(whole, reads_from) if reads_from is not None or is_small else whole
    before = whole.iloc[: len(whole) - len(series)]
    return View(
        choice,
        series,
        finding and _seen(finding, series),
        series_names(choice.indicator, area, category, page.lang),
        tuple(_events(page, choice)),
        None if is_small else forecast_of(page, choice, finding, reads_from),
        is_small,
        not is_small and bool(before["status"].eq("c").any()),
    )


def _reading(page: Page, choice: options.Choice) -> tuple[pd.Timestamp | None, bool]:
    """Return from when the chosen series can be read, and whether hidden periods forbid it."""
    key = choice.siblings_key
    found = cached.series_readings(page.release, store.SIBLING_PERIODS, ("area_code",), **key)
    mine = found[found["area_code"] == choice.area_code]
    if mine.empty:
        return None, False
    row = mine.iloc[0]
    return None if pd.isna(row["reads_from"]) else row["reads_from"], bool(row["is_small"])


def _seen(finding: Finding, series: pd.DataFrame) -> Finding:
    """Return the finding with the counts of what is in view, for the alternative text."""
    known = series["value"].notna()
    first = as_day(series.loc[known, "period_start"].min()) if known.any() else None
    hidden = int(series["status"].eq("c").sum())
    return replace(finding, shown=int(known.sum()), hidden=hidden, first_period=first)


def has_chart(shown: View) -> bool:
    """Return whether there is a figure to draw: some period has a number."""
    return shown.finding is not None and bool(shown.series["value"].notna().any())


def passport_html(page: Page, shown: View) -> str:
    """Return the quiet lines under the chart: forecast, age, rounding, quality, gaps, events."""
    told = "".join(f'<p class="th-note">{escape(one)}</p>' for one in passport(page, shown))
    numbered = "".join(
        f"<li><b>{n}</b> {escape(day(one.day, page.lang))} {escape(one.text)}</li>"
        for n, one in enumerate(drawn_events(shown), start=1)
    )
    marks = f'<ol class="th-marks" aria-label="{escape(page.text("events"))}">{numbered}</ol>'
    return f'<div lang="{page.lang}">{told}{marks if numbered else ""}</div>'


def passport(page: Page, shown: View) -> list[str]:
    """Return what vouches for the figures: forecast, age, rounding, quality, gaps, small ones."""
    forecast = forecast_words(page, shown.choice, shown.forecast)
    rounded = rounded_words(shown.indicator, page.lang) if has_chart(shown) else ""
    lines = [
        forecast,
        age_words(page, shown),
        rounded,
        quality_words(page, shown),
        _gaps(page, shown),
    ]
    lines += small_lines(page, shown.choice, has_begun_late=shown.has_begun_late)
    return [one for one in lines if one]


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


def age_words(page: Page, shown: View) -> str:
    """Return the latest period, when it was released, its source, and when the next is due."""
    finding = shown.finding
    if finding is None or finding.latest_period is None or shown.is_small:
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


def quality_words(page: Page, shown: View) -> str:
    """Return what the checks of the measure's sources said; empty where none was made."""
    sources = regions.fed_here(page.release, shown.indicator, shown.choice.area_code)
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


def _events(page: Page, choice: options.Choice) -> list[Event]:
    """Return breaks, events and initiatives of this measure and area, oldest first."""
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
    tried = initiatives_of(page, choice.area_code, choice.indicator.id)
    return sorted((*found.values(), *tried), key=lambda one: one.day)


def drawn_events(shown: View) -> list[Event]:
    """Return the events that stand within the chart's time, as the chart numbers them."""
    if not has_chart(shown):
        return []
    days = [as_day(one) for one in shown.series["period_start"]]
    at = [place(shown.choice.period_type, one) for one in days if one]
    return events_shown(shown.events, at)
