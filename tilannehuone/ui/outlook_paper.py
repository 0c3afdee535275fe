"""The outlook as it leaves the room: the same message, words and table."""

from tilannehuone.charts.paper import Paper
from tilannehuone.ui import options, outlook, outlook_table
from tilannehuone.ui.frame import Page
from tilannehuone.ui.outlook_words import coverage, message


def paper(page: Page, area_code: str) -> Paper:
    """Return what the page shows of one area, ready for every kind of file."""
    found = outlook.outlooks(page, area_code)
    return Paper(
        name=f"outlook-{area_code}",
        lang=page.lang,
        title=page.text("title"),
        where=options.names_of_areas(page)[area_code],
        messages=(message(page, found), coverage(page, found), page.text("individual")),
        table=outlook_table.forecasts(page, found),
        built=page.facts["built_at"],
    )
