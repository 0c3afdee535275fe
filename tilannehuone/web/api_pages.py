"""Tables as the interface for other programs answers them in JSON: rows, and which they are."""

from tilannehuone.web.api_schemas import (
    Area,
    Cell,
    Comparison,
    Event,
    Forecast,
    Found,
    Indicator,
    Point,
    Release,
    ReleaseTold,
    Revision,
    Told,
)


class Page(Told):
    """Rows of a table, and which of how many they are."""

    release: ReleaseTold
    total: int
    limit: int
    offset: int


class Releases(Page):
    """The releases that are kept, oldest first."""

    rows: list[Release]


class Indicators(Page):
    """The measures in their order."""

    rows: list[Indicator]


class Areas(Page):
    """The areas that the reader may see."""

    rows: list[Area]


class Events(Page):
    """Events and breaks, oldest first."""

    rows: list[Event]


class Cells(Page):
    """Cells of series."""

    rows: list[Cell]


class Points(Page):
    """The periods of one series, oldest first."""

    rows: list[Point]


class FoundAll(Page):
    """What was found, a row a series."""

    rows: list[Found]


class Forecasts(Page):
    """Periods ahead."""

    rows: list[Forecast]


class Comparisons(Page):
    """Areas among those of their type."""

    rows: list[Comparison]


class Revisions(Page):
    """What differs between two releases; `release` is the newer one, `older` the other."""

    older: ReleaseTold
    rows: list[Revision]
