"""What a new release changed of what was known: told in one line, for the area in view.

Counted are the figures that the overview shows by themselves: undivided series at the grain that
can be read in the area. Two releases are compared once, and the answer is kept by their paths.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from tilannehuone import store_scope
from tilannehuone.errors import ReleaseMissing
from tilannehuone.texts import text
from tilannehuone.texts.format import day
from tilannehuone.ui import cached
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.options import ALL
from tilannehuone.vintages import Difference, before, difference

REVISED, DEFINED, HIDDEN, SHOWN, WITHDRAWN, CAME = (
    *("revised", "definition", "newly_hidden", "newly_shown", "withdrawn", "came"),
)
TOLD = (REVISED, "redefined", HIDDEN, SHOWN, WITHDRAWN)
"""What the line counts, in its order; `redefined` are measures, the others figures."""


@dataclass(frozen=True)
class News:
    """What changed in an area since the release before.

    `cells` are the figures of it that changed, with `change` as above; `redefined` the measures
    whose definition did.
    """

    cells: pd.DataFrame
    redefined: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """Return how much of each kind there is to tell."""
        found = self.cells["change"].value_counts()
        tally = {one: int(found.get(one, 0)) for one in TOLD}
        return tally | {"redefined": len(self.redefined)}


def compared(release: Path) -> Difference | None:
    """Return how a release differs from the one before, in all areas; None for the first."""
    older = before(release)
    return None if older is None else _compared(older, store_scope.whole(release))


def news(page: Page, area_code: str) -> News | None:
    """Return what changed in an area that the reader may open; None without an earlier release."""
    found = compared(page.release)
    if found is None or not page.opens(area_code):
        return None
    redefined = tuple(one for one in found.redefined if one in page.indicators)
    return News(_of_area(page, found.cells, area_code), redefined)


def line_html(page: Page, area_code: str) -> str:
    """Return the line of the overview; nothing where nothing changed, or there is no earlier one.

    New periods alone are told as such. Where figures changed, it leads to them.
    """
    found = news(page, area_code)
    if found is None:
        return ""
    words = news_words(page, found)
    if not words:
        return ""
    more = ""
    if any(found.counts().values()):
        where = address("quality", lang=page.lang, area=area_code)
        link = escape(text("revisions.more", page.lang))
        more = f' <a href="{where}#revisions" target="_self">{link}</a>'
    return f'<p class="th-note th-news" lang="{page.lang}">{escape(words)}{more}</p>'


def news_words(page: Page, found: News) -> str:
    """Return the line's words; empty where there is nothing to tell."""
    counts = found.counts()
    parts = [_counted(key, n, page.lang) for key, n in counts.items() if n]
    if not parts and CAME in set(found.cells["change"]):
        parts = [text("revisions.new_only", page.lang)]
    if not parts:
        return ""
    built = day(page.facts["built_at"].date(), page.lang)
    return text("revisions.line", page.lang, day=built, changes=", ".join(parts))


def _counted(key: str, number: int, lang: str) -> str:
    return text(f"revisions.{key}" + ("_one" if number == 1 else ""), lang, count=number)


@st.cache_resource(max_entries=2, show_spinner=False)
def _compared(older: Path, newer: Path) -> Difference | None:
    """Return how two releases differ; None where the earlier one cannot be read any more."""
    try:
        return difference(older, newer)
    except ReleaseMissing:
        return None


def _of_area(page: Page, cells: pd.DataFrame, area_code: str) -> pd.DataFrame:
    """Return the changes of an area's undivided series, at the grain each is shown at."""
    mine = cells[(cells["area_code"] == area_code) & (cells["breakdown"] == ALL)]
    if mine.empty:
        return mine
    found = cached.area_findings(page.release, area_code)
    first = found.loc[found["reading_rank"] == 1, ["indicator_id", "period_type"]]
    shown = mine.merge(first[first["indicator_id"].isin(list(page.indicators))])
    had, has = shown["old_value"].notna(), shown["new_value"].notna()
    plain = shown["change"].isin(("status", "added", "removed"))
    change = shown["change"].mask(plain & had & ~has, WITHDRAWN).mask(plain & ~had & has, CAME)
    return shown.assign(change=change)[~plain | (had != has)]
