"""The situational picture, drawn once for an area and a way to look at it: see `kept`."""

from dataclasses import dataclass

from tilannehuone.ui import (
    markup,
    overview,
    overview_controls,
    overview_legend,
    overview_matrix,
    overview_paper,
    overview_table,
    overview_tiles,
)
from tilannehuone.ui.frame import Page
from tilannehuone.ui.kept import kept
from tilannehuone.ui.links import WHOLE, WITHOUT_PICTURE, export_links_html
from tilannehuone.ui.overview_filter import Lens, Picture

MOST_KEPT = 500
"""Pictures of some 60 kB each: every area of a region in three languages, and some orders."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The pieces in the page's order, as HTML; `table` is empty where the tiles have none."""

    head: str
    bar: str
    measures: str
    legend: str
    table: str
    foot: str
    files: str
    report: str


def whole(page: Page, area_code: str, lens: Lens) -> Whole:
    """Return the picture of an area. What somebody searched for is not kept."""
    return _drawn(page, area_code, lens) if lens.words else _kept(page, area_code, lens)


@kept(MOST_KEPT)
def _kept(page: Page, area_code: str, lens: Lens) -> Whole:
    return _drawn(page, area_code, lens)


def _drawn(page: Page, area_code: str, lens: Lens) -> Whole:
    picture = overview_paper.picture(page, area_code, lens)
    asked = {"area": area_code, **lens.query()}
    return Whole(
        overview.head_html(page, area_code),
        overview_controls.bar_html(page, area_code, picture),
        _measures(page, area_code, picture),
        overview_legend.legend_html(page),
        _table(page, area_code, picture),
        overview.foot_html(page, lens.view),
        export_links_html(page, "overview", asked, WITHOUT_PICTURE),
        export_links_html(page, "report", {"area": area_code}, WHOLE, "files_whole"),
    )


def _measures(page: Page, area_code: str, picture: Picture) -> str:
    if not picture.groups:
        return overview_controls.empty_html(page, area_code, picture.lens)
    is_matrix = picture.lens.view == "matrix"
    draw = overview_matrix.matrix_html if is_matrix else overview_tiles.tiles_html
    return draw(page, area_code, picture)


def _table(page: Page, area_code: str, picture: Picture) -> str:
    if not picture.groups or picture.lens.view != "tiles":
        return ""
    return markup.table_html(overview_table.table(page, area_code, picture), page.lang)
