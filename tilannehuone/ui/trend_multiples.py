"""The same measure in the areas around one as small charts side by side, on one scale or each own.

Is it us or everyone? What is too small to be shown is left out, and told under the table.
"""

from collections.abc import Mapping
from html import escape

import numpy as np
import pandas as pd

from tilannehuone import store
from tilannehuone.charts.axis import value_range
from tilannehuone.charts.lines import target_levels
from tilannehuone.charts.small import small_picture
from tilannehuone.finding import Finding
from tilannehuone.texts.format import period
from tilannehuone.ui import cached, options
from tilannehuone.ui.frame import Page, address, link_html
from tilannehuone.ui.links import CURRENT, switch_html
from tilannehuone.ui.marks import look, mark_html
from tilannehuone.ui.markup import TONES, tone
from tilannehuone.ui.trend import View
from tilannehuone.ui.trend_siblings import around, too_small
from tilannehuone.ui.words import as_day, figure

AXES = ("shared", "own")
LEAST = 2
"""One area beside nobody says nothing."""


def multiples_html(page: Page, shown: View, query: Mapping[str, str]) -> str:
    """Return the small charts under their heading; empty where there are no two to compare."""
    values = _values(page, shown)
    found = cached.findings(page.release, **shown.choice.siblings_key)
    codes = [one for one in _codes(page, shown) if one in values and one in found]
    if len(codes) < LEAST:
        return ""
    axis = query.get("axis") if query.get("axis") in AXES else AXES[0]
    common = _ends(shown, values[codes])
    tiles = "".join(
        _tile(
            page,
            shown,
            (one, found[one]),
            values[one],
            common if axis == AXES[0] else _ends(shown, values[[one]]),
        )
        for one in codes
    )
    return (
        f'<section class="th-section" lang="{page.lang}"><div class="th-aside">'
        f"<h2>{escape(page.text('multiples'))}</h2>{_switch(page, shown, str(axis))}</div>"
        f'<p class="th-note">{escape(page.text(f"axis_note_{axis}"))}</p>'
        f'<ul class="th-multiples">{tiles}</ul></section>'
    )


def _codes(page: Page, shown: View) -> list[str]:
    """Return the area looked at, then those around it in the order of the register."""
    here = shown.choice.area_code
    small = too_small(page, shown)
    near = around(cached.areas(page.release), here)
    return [one for one in (here, *(other for other in near if other != here)) if one not in small]


def _values(page: Page, shown: View) -> pd.DataFrame:
    """Return what is shown, a row a period of the time in view and a column an area."""
    rows = cached.read(page.release, store.SIBLING_VALUES, **shown.choice.siblings_key)
    wide = rows.set_index(["period_start", "area_code"])["value"].unstack().sort_index()  # noqa: PD010
    begins = shown.series["period_start"].min() if len(shown.series) else None
    wide = wide if begins is None else wide[wide.index >= begins]
    return wide.dropna(axis="columns", how="all")


def _ends(shown: View, values: pd.DataFrame) -> tuple[float, float]:
    ceiling = 100.0 if shown.indicator.kind == "proportion" else None
    return value_range(values.to_numpy(float).ravel(), ceiling)


def _tile(
    page: Page,
    shown: View,
    area: tuple[str, Finding],
    values: pd.Series,
    ends: tuple[float, float],
) -> str:
    code, finding = area
    choice, lang = shown.choice, page.lang
    key = {"lang": lang, "area": code, "indicator": choice.indicator.id}
    link = address("trend", **key, period=choice.period_type)
    starts = [one for one in map(as_day, values.index) if one]
    aims = target_levels(choice.indicator, starts)
    line = [float(one) if np.isfinite(one) else None for one in values.astype(float)]
    role = tone(look(finding))
    role = role if role in TONES else "common"
    picture = small_picture(line, ends, role, aims[-1] if aims else None)
    here = CURRENT if code == choice.area_code else ""
    name = f'<span class="name">{escape(options.names_of_areas(page)[code])}</span>'
    told = f"{name}{_latest(page, shown, finding)}{picture}{mark_html(finding, lang)}"
    return f"<li>{link_html(page, code, link, told, here)}</li>"


def _latest(page: Page, shown: View, finding: Finding) -> str:
    if finding.latest_value is None or finding.latest_period is None:
        return ""
    value = figure(shown.indicator, finding.latest_value, page.lang)
    when = period(shown.choice.period_type, finding.latest_period, page.lang)
    return f'<span class="value">{escape(value)} <span class="quiet">{escape(when)}</span></span>'


def _switch(page: Page, shown: View, axis: str) -> str:
    """Return the two scales as links, the one in use marked."""
    names = {one: page.text(f"axis_{one}") for one in AXES}
    key = {"lang": page.lang, **shown.choice.address}
    ways = [(name, address("trend", **key, axis=one)) for one, name in names.items()]
    return switch_html(page.text("axis_pick"), ways, names[axis])
