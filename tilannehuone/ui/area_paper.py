"""The area profile as it leaves the room: the same message, rows and passport."""

from tilannehuone.charts.paper import Paper
from tilannehuone.ui.area import Profile, messages
from tilannehuone.ui.area_table import table
from tilannehuone.ui.frame import Page


def paper(page: Page, shown: Profile) -> Paper:
    """Return what the page shows of one area, ready for every kind of file but a picture.

    Its measures have units of their own, so there is no chart of them: the table tells all.
    """
    return Paper(
        name=f"area-{shown.area_code}",
        lang=page.lang,
        title=page.text("title"),
        where=shown.name,
        messages=tuple(messages(page, shown)),
        table=table(page, shown),
        built=page.facts["built_at"],
    )
