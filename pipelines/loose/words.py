"""A loose chart in words: its table, its sentence, and what else the reader should know."""

from typing import Any

import numpy as np

from pipelines.loose_series import LooseChart, points
from tilannehuone.finding import (
    SeriesNames,
    alt_text,
    direction_word,
    icon,
    sentence,
    suggestion,
)
from tilannehuone.stats.rare import MIN_MEAN, chart_for
from tilannehuone.stats.season import MIN_MONTHS
from tilannehuone.stats.spc_result import MIN_POINTS_FOR_WORDS
from tilannehuone.texts import text
from tilannehuone.texts.format import number, percent, period


def words(found: LooseChart, lang: str) -> dict[str, Any]:
    """Return the icon's id and word, the sentence, the alternative text and the notes."""
    series = found.series
    names = SeriesNames(series.name, "", series.unit, series.decimals)
    return {
        "icon": icon(found.finding),
        "word": direction_word(found.finding, lang),
        "sentence": sentence(found.finding, names, lang),
        "alt": alt_text(found.finding, names, lang),
        "notes": [one for one in _notes(found, lang) if one],
    }


def table(found: LooseChart, lang: str) -> list[dict[str, str]]:
    """Return a row a period: its name, value, centre, limits and signal, as the language writes.

    A signal is told where its segment has the 13 known points that words need.
    """
    kind, decimals = found.series.spans.period_type, found.series.decimals
    drawn = [("value", decimals), *((name, decimals + 1) for name in ("centre", "lower", "upper"))]
    rows = []
    for at, point in enumerate(points(found)):
        numbers = {
            text(f"trend.col_{name}", lang): ""
            if point[name] is None
            else number(point[name], lang, places)
            for name, places in drawn
        }
        segment = found.result.segments[point["segment"]]
        is_told = point["signal"] and segment.known >= MIN_POINTS_FOR_WORDS
        key = f"cli.spc_{point['signal']}_{point['side']}"
        rows.append(
            {
                text("trend.col_period", lang): period(kind, found.series.periods[at], lang),
                **numbers,
                text("cli.spc_signal", lang): text(key, lang) if is_told else "",
            }
        )
    return rows


def _notes(found: LooseChart, lang: str) -> list[str]:
    return [
        _small(found, lang),
        *_suggested(found, lang),
        *_season(found, lang),
        _absent(found, lang),
    ]


def _small(found: LooseChart, lang: str) -> str:
    """Return a warning of counts so small that chance marks them often."""
    known = found.series.values[~np.isnan(found.series.values)]
    if found.series.unit or not len(known) or (known != np.floor(known)).any() or known.min() < 0:
        return ""
    choice = chart_for(float(known.mean()), found.series.spans.period_type)
    told = {"least": number(MIN_MEAN, lang)}
    if choice.chart == "longer_period":
        told["longer"] = text(f"frame.grain_{choice.period_type}", lang).lower()
    return "" if choice.chart == "xmr" else text(f"cli.spc_{choice.chart}", lang, **told)


def _suggested(found: LooseChart, lang: str) -> list[str]:
    if found.suggestion is None:
        return []
    start = found.series.periods[found.suggestion.start]
    hint = text("cli.spc_new_limits", lang, date=start.isoformat())
    return [suggestion(found.finding, lang), hint]


def _season(found: LooseChart, lang: str) -> list[str]:
    if not found.wanted.season:
        return []
    if found.season is None:
        known = int((~np.isnan(found.series.values)).sum())
        return [text("cli.spc_no_season", lang, known=known, needed=MIN_MONTHS)]
    names = text("cli.spc_months", lang).split()
    factors = [
        f"{names[month - 1]} {percent(100 * factor, lang, 0)}"
        for month, factor in found.season.factors.items()
    ]
    left_out = [names[month - 1] for month in found.season.left_out]
    return [
        text("cli.spc_season", lang, factors=", ".join(factors)) if factors else "",
        text("cli.spc_left_out", lang, months=", ".join(left_out)) if left_out else "",
    ]


def _absent(found: LooseChart, lang: str) -> str:
    count = found.series.absent
    return text("cli.spc_absent", lang, count=count) if count else ""
