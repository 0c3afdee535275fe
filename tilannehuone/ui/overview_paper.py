"""The situational picture as it leaves the room: the same message and the table that is shown."""

from collections.abc import Mapping

from tilannehuone.charts.paper import Paper
from tilannehuone.ui import (
    options,
    overview,
    overview_areas,
    overview_controls,
    overview_filter,
    overview_matrix,
    overview_table,
)
from tilannehuone.ui.frame import Page
from tilannehuone.ui.overview_filter import Lens, Picture
from tilannehuone.ui.standing import standings


def picture(page: Page, area_code: str, lens: Lens) -> Picture:
    """Return the measures that a lens shows of an area, or of the areas beside it."""
    if lens.view == "tiles":
        return overview_filter.picture(page, lens, [standings(page, area_code)])
    areas = overview_areas.columns(page, area_code)
    found = overview_matrix.found_in(page, areas)
    return overview_filter.picture(page, lens, list(found.values()))


def paper(page: Page, area_code: str, query: Mapping[str, str]) -> Paper:
    """Return what the page shows at an address, ready for every kind of file.

    It has a table and no picture: a picture of marks would say less than their words.
    """
    lens = overview_filter.lens_of(query)
    shown = picture(page, area_code, lens)
    is_matrix = lens.view == "matrix"
    built = overview_table.matrix if is_matrix else overview_table.table
    return Paper(
        name=f"overview-{'matrix-' if is_matrix else ''}{area_code}",
        lang=page.lang,
        title=page.text("title"),
        where=options.names_of_areas(page)[area_code],
        messages=_messages(page, area_code, shown),
        table=built(page, area_code, shown),
        labels=tuple(one.name.in_language(page.lang) for one in shown.indicators),
        built=page.facts["built_at"],
    )


def _messages(page: Page, area_code: str, shown: Picture) -> tuple[str, ...]:
    """Return the message, what chance would give, and which measures were asked for."""
    told = [overview.message(page, area_code), overview.chance_words(page, area_code)]
    if shown.lens.is_narrowed:
        told.append(overview_controls.narrowed_words(page, shown))
    return tuple(one for one in told if one)
