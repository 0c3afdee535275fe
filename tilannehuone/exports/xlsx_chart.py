"""A paper's curves as a chart of the workbook, reading the sheet that holds their numbers."""

from math import ceil
from typing import Any

from tilannehuone.charts.palette import LIGHT
from tilannehuone.charts.paper import Curve, Paper
from tilannehuone.exports.curve_sheet import LOOKS, number_format

MOST_LABELS = 10
SIZE = {"width": 960, "height": 480}


def curve_chart(book: Any, paper: Paper, sheet: str) -> Any:
    """Return a line chart of the curves on the sheet named `sheet`; unknown values stay gaps."""
    chart = book.add_chart({"type": "line", "name": sheet})
    for column, curve in enumerate(paper.curves, start=1):
        chart.add_series(_series(curve, column, len(paper.labels), sheet))
    font = {"size": 11, "color": LIGHT.soft}
    chart.set_title({"name": paper.title, "name_font": {"size": 13, "color": LIGHT.ink}})
    chart.set_x_axis(
        {
            "num_font": font,
            "interval_unit": max(1, ceil(len(paper.labels) / MOST_LABELS)),
            "interval_tick": max(1, ceil(len(paper.labels) / MOST_LABELS)),
            "label_position": "low",
            "line": {"color": LIGHT.common},
        }
    )
    chart.set_y_axis(
        {
            "name": paper.unit,
            "name_font": font | {"bold": False},
            "num_font": font,
            "num_format": number_format(paper.decimals),
            "major_gridlines": {"visible": True, "line": {"color": LIGHT.line}},
            "line": {"none": True},
        }
    )
    chart.set_legend({"position": "bottom", "font": font})
    chart.show_blanks_as("gap")
    chart.set_size(SIZE)
    return chart


def _series(curve: Curve, column: int, rows: int, sheet: str) -> dict[str, Any]:
    colour, width, dash = LOOKS[curve.role]
    mark: dict[str, Any] = {"type": "none"}
    if curve.role == "value":
        fill, edge = {"color": colour}, {"color": LIGHT.ground}
        mark = {"type": "circle", "size": 6, "fill": fill, "border": edge}
    return {
        "name": [sheet, 0, column],
        "categories": [sheet, 1, 0, rows, 0],
        "values": [sheet, 1, column, rows, column],
        "line": {"color": colour, "width": width, "dash_type": dash},
        "marker": mark,
        "smooth": False,
    }
