"""A paper's curves as a chart of the presentation program: each number can be edited there."""

from datetime import datetime
from math import ceil
from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Pt

from tilannehuone.charts.palette import LIGHT
from tilannehuone.charts.paper import Curve, Paper
from tilannehuone.exports.curve_sheet import LOOKS, curve_book, number_format, sheet_name
from tilannehuone.exports.pptx_blank import TAGS, in_language
from tilannehuone.texts import text

MOST_LABELS = 9
"""As many periods fit side by side under a slide's chart at 14 points."""

DASHES = {"dash": MSO_LINE.DASH, "square_dot": MSO_LINE.SQUARE_DOT}


def add_chart(slide: Any, paper: Paper, lang: str, box: tuple[Any, ...], made: datetime) -> None:
    """Put a paper's curves on a slide as a native line chart with its words for a listener.

    What is not known stays a gap. The workbook inside holds the curves and nothing else.
    """
    data = CategoryChartData(number_format=number_format(paper.decimals))
    data.categories = paper.labels
    for curve in paper.curves:
        data.add_series(curve.name, curve.values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, data)
    frame.name = text("export.chart", lang)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", paper.alt)
    chart = frame.chart
    chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(14), _colour(LIGHT.soft)
    chart.has_legend = len(paper.curves) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    for curve, series in zip(paper.curves, chart.plots[0].series, strict=True):
        _draw(curve, series)
    _axes(chart, paper)
    _ours(chart, paper, lang, made)


def _draw(curve: Curve, series: Any) -> None:
    colour, width, dash = LOOKS[curve.role]
    line = series.format.line
    line.color.rgb, line.width = _colour(colour), Pt(width)
    if dash in DASHES:
        line.dash_style = DASHES[dash]
    series.smooth = False
    series.marker.style = XL_MARKER_STYLE.NONE
    if curve.role == "value":
        series.marker.style, series.marker.size = XL_MARKER_STYLE.CIRCLE, 6
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = _colour(colour)
        series.marker.format.line.color.rgb = _colour(LIGHT.ground)


def _axes(chart: Any, paper: Paper) -> None:
    values, labels = chart.value_axis, chart.category_axis
    values.major_gridlines.format.line.color.rgb = _colour(LIGHT.line)
    values.format.line.fill.background()
    values.major_tick_mark = XL_TICK_MARK.NONE
    values.tick_labels.number_format = number_format(paper.decimals)
    values.tick_labels.number_format_is_linked = False
    labels.format.line.color.rgb = _colour(LIGHT.common)
    labels.has_major_gridlines = False
    labels.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    every = ceil(len(paper.labels) / MOST_LABELS)
    axis, after = labels._element, labels._element.find(qn("c:noMultiLvlLbl"))
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        skip = etree.SubElement(axis, qn(name))
        skip.set("val", str(every))
        if after is not None:
            after.addprevious(skip)


def _ours(chart: Any, paper: Paper, lang: str, made: datetime) -> None:
    """Put our workbook in the place of the library's, whose sheet is named in English."""
    chart.part.chart_workbook.update_from_xlsx_blob(curve_book(paper, lang, made))
    space = chart.part._element
    for one in space.iter(qn("c:f")):
        one.text = one.text.replace("Sheet1!", f"'{sheet_name(lang)}'!")
    in_language(space, lang)
    for one in space.findall(qn("c:lang")):
        one.set("val", TAGS[lang])


def _colour(role: str) -> RGBColor:
    return RGBColor.from_string(role.lstrip("#").upper())
