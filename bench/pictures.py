"""The pictures of docs/rules/: invented series, drawn by the product's own statistics and charts.

`python -m bench.pictures` draws them anew into docs/pictures/, in a headless Chromium and offline.
A picture named after a language has words; the others are for every reader.
"""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from tilannehuone.charts.forecast import Forecast
from tilannehuone.charts.palette import LIGHT
from tilannehuone.charts.trend import Event, trend_figure
from tilannehuone.periods import add_months
from tilannehuone.registry import Indicator, read_registry
from tilannehuone.stats.forecast import forecast
from tilannehuone.stats.season import school_year_factors
from tilannehuone.stats.spc import analyse
from tilannehuone.stats.spc_result import Direction
from tilannehuone.texts import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs/pictures"
CHROMIUM = "/usr/bin/chromium"
FIRST = date(2022, 1, 1)

SMALL = {"width": 280, "height": 150}
LARGE = {"width": 1000, "height": 280}
EDGE = 8

LOT = r"\b(clip|defs-|topdefs-|trace)([0-9a-f]{6})"
"""A name that plotly draws by lot, in a drawing."""

QUIET = [21, 18, 22, 19, 23, 20, 17, 21, 19, 22, 18, 20, 23, 19, 21, 17, 20, 22, 19, 21]
SIGNS: dict[str, tuple[list[int], Direction]] = {
    "outside": ([*QUIET[:14], 33, *QUIET[15:19]], "down"),
    "trend": ([*QUIET[:12], 24, 23, 22, 20, 19, 18, 16], "down"),
    "two_in_three": ([21, 20, 22, 20, 19, 20, 18, 19, 21, 20, 19, 20, 22, 21, 24, 22, 24], "down"),
    "run": ([*QUIET[:12], 22, 23, 22, 24, 22, 23, 23], "context"),
}
"""A series for each sign, and which way is better in it."""

HOLIDAY_SHARE = {7: 0.6, 12: 0.7}
LEVELS = ([23, 26, 22, 25, 27, 24, 22, 26, 24, 23, 27, 25], [one - 3 for one in QUIET[:12]])


def series_of(
    values: Sequence[float],
    direction: Direction,
    *,
    rebase: Sequence[int] = (),
    factor: np.ndarray | None = None,
) -> pd.DataFrame:
    """Return a series with its limits and signals, in the columns of `store.SERIES`."""
    flat = np.asarray(values, dtype=np.float64)
    share = np.ones(len(flat)) if factor is None else factor
    found = analyse(flat / share, direction=direction, rebase=rebase)
    frame = pd.DataFrame({"period_start": months(len(flat)), "value": flat})
    frame["status"] = np.where(np.isnan(flat), "c", "ok")
    frame[["numerator", "denominator", "lower95", "upper95"]] = np.nan
    for number, one in enumerate(found.segments):
        rows = frame.index[one.start : one.stop]
        for name in ("centre", "lower", "upper", "near_lower", "near_upper"):
            frame.loc[rows, name] = getattr(one, name) * share[rows]
        frame.loc[rows, "segment"] = number
    for name in ("signal", "side", "kind"):
        frame[name] = pd.Series([getattr(one, name) for one in found.points], dtype=object)
    return frame


def months(count: int, after: int = 0) -> list[date]:
    return [add_months(FIRST, after + n) for n in range(count)]


def sign(name: str) -> pd.DataFrame:
    values, direction = SIGNS[name]
    return series_of(values, direction)


def holidays() -> pd.DataFrame:
    calendar = [one.month for one in months(30)]
    values = [
        round(3 * level * HOLIDAY_SHARE.get(month, 1))
        for level, month in zip((QUIET * 2)[:30], calendar, strict=True)
    ]
    season = school_year_factors(values, calendar)
    return series_of(values, "down", factor=season.of(calendar))


def new_level() -> tuple[pd.DataFrame, Event]:
    before, after = LEVELS
    moment = months(1, len(before))[0]
    series = series_of([*before, *after], "down", rebase=[len(before)])
    return series, Event(moment, "", is_break=False, is_rebase=True)


def outlook() -> tuple[pd.DataFrame, Forecast]:
    """Return four years of a quiet series with holidays, and the forecast of the fifth."""
    chance = np.random.default_rng(20_260).poisson(60, 48)
    share = [HOLIDAY_SHARE.get(one.month, 1.0) for one in months(48)]
    values = np.round(chance * share)
    panel = pd.DataFrame({"series": "a", "period": months(48), "value": values})
    ahead = forecast(panel, cadence="month").rename(columns={"period": "period_start"})
    shown = series_of(values, "down").tail(24).reset_index(drop=True)
    shown[["centre", "lower", "upper", "near_lower", "near_upper"]] = np.nan
    return shown.assign(signal=None, side=None, kind="common"), Forecast(ahead, ahead[:0])


def hidden() -> pd.DataFrame:
    values = np.array(QUIET, dtype=np.float64)
    values[[8, 9, 14]] = np.nan
    return series_of(values, "down")


def whole_chart() -> pd.DataFrame:
    """Return three years with a sign of the worse and then of the better."""
    values = np.array([*QUIET, *QUIET[:9], 16, 15, 16, 17, 15, 17, 14], dtype=np.float64) / 2
    values[11] = 16
    return series_of(values, "down")


def figures() -> Iterator[tuple[str, go.Figure]]:
    """Yield every picture's name and figure."""
    measure = next(
        one
        for one in read_registry(ROOT / "indicators.yaml").indicators
        if one.id == "cp_notifications_rate"
    )
    for lang in LANGUAGES:
        figure = drawn(whole_chart(), measure, lang)
        yield f"chart.{lang}", figure.update_layout(**LARGE, paper_bgcolor=LIGHT.ground)
    for name in SIGNS:
        yield name, bare(drawn(sign(name), measure))
    yield "holidays", bare(drawn(holidays(), measure))
    series, event = new_level()
    yield "new_level", bare(drawn(series, measure, events=[event]))
    yield "hidden", bare(drawn(hidden(), measure))
    series, ahead = outlook()
    yield "forecast", bare(drawn(series, measure, forecast=ahead))


def drawn(series: pd.DataFrame, measure: Indicator, lang: str = "en", **more: object) -> go.Figure:
    return trend_figure(series, measure, "month", lang, colours=LIGHT, **more)


def bare(figure: go.Figure) -> go.Figure:
    """Return a figure without words and numbers, small enough for a column of the page."""
    margin = dict.fromkeys("lrtb", EDGE)
    figure.update_layout(**SMALL, margin=margin, paper_bgcolor=LIGHT.ground)
    figure.layout.annotations = ()
    heights = np.concatenate([np.array(one.y, dtype=np.float64) for one in figure.data])
    low, high = np.nanmin(heights), np.nanmax(heights)
    room = 0.1 * (high - low)
    figure.update_xaxes(showticklabels=False, ticks="", showline=False)
    return figure.update_yaxes(
        showticklabels=False, showgrid=False, range=[low - room, high + room]
    )


def main() -> None:
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page()
        page.set_content("<meta charset=utf-8><div id=here></div>")
        page.add_script_tag(content=get_plotlyjs())
        for name, figure in figures():
            drawing = page.evaluate(
                """async (figure) => {
                    await Plotly.newPlot('here', figure.data, figure.layout);
                    const {width, height} = figure.layout;
                    const url = await Plotly.toImage('here', {format: 'svg', width, height});
                    return decodeURIComponent(url.replace('data:image/svg+xml,', ''));
                }""",
                json.loads(figure.to_json()),
            )
            to = PICTURES / f"{name}.svg"
            to.write_text(same_every_time(drawing) + "\n", encoding="utf-8")
            print(f"{to.relative_to(ROOT)}: {to.stat().st_size / 1000:.0f} kB")
        chromium.close()


def same_every_time(drawing: str) -> str:
    """Return a drawing with counted names in place of those that plotly draws by lot."""
    found = dict.fromkeys(re.findall(LOT, drawing))
    number = {lot: f"n{count}" for count, (_, lot) in enumerate(found, start=1)}
    return re.sub(LOT, lambda one: one[1] + number[one[2]], drawing)


if __name__ == "__main__":
    main()
