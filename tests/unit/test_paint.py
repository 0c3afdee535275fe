"""The painter's picture, element by element, from figures worked by hand."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from painted import axis, found, painted, scatter, text_saying, ways, words

from tilannehuone.charts.palette import LIGHT


def test_a_line_goes_from_its_first_to_its_last_value():
    assert ways(painted(scatter())) == ["M50 120L250 20"]


def test_a_stepped_line_goes_across_before_it_goes_up():
    line = scatter(x=[0, 5, 10], y=[1, 1, 4], line={"shape": "hv"})

    assert ways(painted(line)) == ["M50 100H150H250V40"]


def test_an_unknown_value_breaks_the_line():
    line = scatter(x=[0, 2, 4, 6, 8], y=[1, 1, None, float("nan"), 1])
    lonely = scatter(x=[0, 2, 4, 6, 8], y=[1, 2, None, 2, 1])

    assert ways(painted(line)) == ["M50 100H90"]
    assert ways(painted(lonely)) == ["M50 100L90 80M170 80L210 100"]
    assert ways(painted(lonely | {"connectgaps": True})) == ["M50 100L90 80H170L210 100"]


def test_a_date_stands_at_its_share_of_the_time():
    line = scatter(x=["2024-01-01", "2024-01-06T00:00:00"], y=[0, 0])
    days = axis("x", type="date", range=["2024-01-01", "2024-01-11"], tickvals=[], ticktext=[])

    assert ways(painted(line, **days)) == ["M50 120H150"]


def test_a_name_stands_in_the_middle_of_its_place_and_may_be_told_from_the_top():
    marks = scatter(mode="markers", x=[0, 0], y=["a", "b"], marker={"size": 4})
    names = {"type": "category", "autorange": "reversed", "range": None}
    first, second = found(painted(marks, **axis("y", **names)), "circle")[:2]

    assert (first.get("cy"), second.get("cy")) == ("45", "95")


def test_a_band_is_one_closed_area_without_an_edge():
    band = scatter(x=[0, 10, 10, 0], y=[4, 4, 1, 1], fill="toself", line={"width": 0})
    (area,) = found(painted(band | {"fillcolor": LIGHT.band}), "path")

    assert area.get("d") == "M50 40H250V100H50Z"
    assert area.get("style") == "fill:var(--band,rgba(23,94,140,0.07));stroke:none"


def test_a_fill_to_another_line_stops_where_either_is_unknown():
    upper = scatter(x=[0, 5, 10], y=[4, 4, None], line={"width": 0})
    lower = scatter(x=[0, 5, 10], y=[1, 1, 1], line={"width": 0}, fill="tonexty")

    assert ways(painted(upper, lower | {"fillcolor": "#123456"})) == ["M50 100H150V40H50Z"]


@pytest.mark.parametrize(
    ("symbol", "way"),
    [
        ("square", "M146 66H154V74H146Z"),
        ("diamond", "M150 64.8L155.2 70L150 75.2L144.8 70Z"),
        ("triangle-up", "M150 66L154.6 72H145.4Z"),
        ("triangle-down", "M150 74L145.4 68H154.6Z"),
    ],
)
def test_every_shape_stands_around_its_value(symbol, way):
    mark = scatter(mode="markers", x=[5], y=[2.5], marker={"symbol": symbol, "size": 8})

    assert ways(painted(mark)) == [way]


def test_marks_may_differ_one_by_one_and_an_open_one_is_only_its_edge():
    marker = {"symbol": ["circle", "circle-open"], "size": [4, 10], "color": LIGHT.concern}
    svg = painted(scatter(mode="markers", x=[2, 4], y=[1, 1], marker=marker))
    styles = [one.get("style") for one in found(svg, "g") if "concern" in str(one.get("style"))]

    assert [one.get("r") for one in found(svg, "circle")] == ["2", "5"]
    assert styles == [
        "fill:var(--concern,#ad4a0b);stroke:none",
        "fill:none;stroke:var(--concern,#ad4a0b)",
    ]


def test_lying_bars_grow_from_zero_and_are_named_beyond_their_ends():
    bars = {"type": "bar", "orientation": "h", "x": [5, None], "y": ["a", "b"], "text": ["5", ""]}
    names = axis("y", type="category", range=None)
    svg = painted(bars | {"textposition": "outside"}, **names, bargap=0.2)
    (bar,) = [one for one in found(svg, "rect") if one.get("style")]

    assert [bar.get(key) for key in ("x", "y", "width", "height")] == ["50", "75", "100", "40"]
    assert text_saying(svg, "5").get("x") == "156"


def test_words_within_a_bar_have_the_colour_of_the_ground():
    bars = {"type": "bar", "x": ["a"], "y": [4], "text": ["4"], "textposition": "inside"}
    svg = painted(bars, **axis("x", type="category", range=None, showticklabels=False))
    (group,) = [one for one in found(svg, "g") if "--ground" in str(one.get("style"))]

    assert [one.text for one in group] == ["4"]


def test_upright_bars_stand_beside_one_another_or_on_one_another():
    pair = [{"type": "bar", "x": ["a"], "y": [y], "marker": {"color": "#123456"}} for y in (1, 2)]
    names = axis("x", type="category", range=None)

    def boxes(**layout):
        rects = found(painted(*pair, **names, **layout), "rect")
        keys = ("x", "y", "width", "height")
        return [[one.get(key) for key in keys] for one in rects if one.get("style")]

    assert boxes() == [["70", "100", "80", "20"], ["150", "80", "80", "40"]]
    assert boxes(barmode="stack") == [["70", "100", "160", "20"], ["70", "60", "160", "40"]]


def test_a_shape_may_be_a_share_of_the_area():
    upright = {"type": "line", "x0": 5, "x1": 5, "y0": 0, "y1": 1, "yref": "paper"}
    strip = {"type": "rect", "x0": 2, "x1": 4, "y0": 0, "y1": 0.1, "yref": "y domain"}
    svg = painted(shapes=[upright, strip | {"fillcolor": LIGHT.near, "line": {"width": 0}}])
    (box,) = [one for one in found(svg, "rect") if one.get("style")]

    assert ways(svg) == ["M150 120L150 20"]
    assert [box.get(key) for key in ("x", "y", "width", "height")] == ["90", "110", "40", "10"]


def test_a_shape_that_leaves_the_range_is_cut_and_one_outside_is_not_drawn():
    def level(x0, x1, y):
        return {"type": "line", "x0": x0, "x1": x1, "y0": y, "y1": y}

    assert ways(painted(shapes=[level(-5, 5, 1), level(0, 5, 7)])) == ["M50 100L150 100"]


def test_markup_in_a_text_is_words_and_never_markup():
    note = {"x": 5, "y": 1, "text": "<script>alert(1)</script> & <b>lihava</b>"}
    svg = painted(annotations=[note | {"showarrow": False}])

    assert "<script" not in svg
    assert "<script>alert(1)</script> & lihava" in words(svg)
    assert found(svg, "tspan")[0].get("font-weight") == "600"


def test_title_and_description_are_escaped_and_name_the_picture():
    root = ET.fromstring(painted(scatter()))
    named = [
        one.text for key in root.get("aria-labelledby").split() for one in root.iter()
        if one.get("id") == key
    ]  # fmt: skip

    assert named == ["Otsikko", "Kuvaus"]
    assert (root.get("role"), root.get("viewBox")) == ("img", "0 0 300 150")


def test_two_pictures_share_no_id():
    one, other = (re.findall(r' id="([^"]+)"', painted(scatter(y=[0, n]))) for n in (4, 5))

    assert len(one) == 3
    assert not set(one) & set(other)


def test_an_annotation_hangs_by_its_anchor_moved_by_its_shift():
    note = {"x": 1, "y": 2.5, "xref": "paper", "text": "raja", "showarrow": False}
    note |= {"xanchor": "left", "xshift": 14, "font": {"size": 10}, "borderpad": 0}
    label = text_saying(painted(annotations=[note]), "raja")

    # the line is 12.5 high around y = 70, its baseline 9.45 below its top
    assert (label.get("x"), label.get("y"), label.get("text-anchor")) == ("264", "73.2", None)


def test_an_annotation_that_would_leave_the_picture_is_moved_in():
    note = {"x": 10, "y": 5, "text": "pitkä selite", "showarrow": False, "xanchor": "left"}
    label = text_saying(painted(annotations=[note | {"font": {"size": 16}}]), "pitkä selite")

    assert float(label.get("x")) + 12 * 0.52 * 16 <= 300


def test_an_annotation_may_stand_upright_on_its_place():
    note = {"x": 5, "y": 0, "yref": "paper", "yanchor": "bottom", "textangle": -90}
    svg = painted(annotations=[note | {"text": "peitetty", "showarrow": False, "borderpad": 0}])

    assert text_saying(svg, "peitetty").get("transform") == "translate(150 120) rotate(-90)"


def test_words_on_the_veil_have_the_ground_around_their_letters():
    note = {"x": 5, "y": 1, "text": "a", "showarrow": False, "bgcolor": LIGHT.veil}
    label = text_saying(painted(annotations=[note]), "a")

    assert label.get("paint-order") == "stroke"
    assert "stroke:var(--ground,#fbfaf8)" in label.get("style")


def test_lines_of_a_text_stand_under_one_another():
    note = {"x": 5, "y": 1, "text": "yksi<br>kaksi", "showarrow": False, "font": {"size": 16}}
    (second,) = found(painted(annotations=[note]), "tspan")

    assert (second.text, second.get("dy"), second.get("x")) == ("kaksi", "20", "150")


def test_the_screen_has_roles_of_colour_and_a_file_has_colours():
    line = scatter(line={"color": LIGHT.improvement}, fill="toself", fillcolor=LIGHT.forecast)
    live, fixed = painted(line), painted(line, live=False)

    assert "stroke:var(--improvement,#0a62a0)" in live
    assert 'fill="#47545f" fill-opacity="0.13"' in fixed
    assert 'stroke="#0a62a0"' in fixed
    assert "var(" not in fixed
    assert "style=" not in fixed
    assert "rgba" not in fixed


@pytest.mark.parametrize("role", [name for name in LIGHT.__slots__ if name != "veil"])
def test_every_role_of_the_palette_is_a_variable_on_the_screen(role):
    assert f"stroke:var(--{role}," in painted(scatter(line={"color": getattr(LIGHT, role)}))


def test_a_file_names_its_fonts_and_the_screen_inherits_its_own():
    assert "Source Sans 3" in ET.fromstring(painted(live=False)).get("font-family")
    assert "font-family" not in painted(scatter())


def test_larger_type_enlarges_marks_lines_and_margins_with_it():
    marks = scatter(mode="lines+markers", marker={"size": 6}, line={"width": 2})
    svg = painted(marks, size=(600, 300), type_scale=2.0)
    (line,) = [one for one in found(svg, "path") if one.get("d").startswith("M100 240")]

    assert line.get("d") == "M100 240L500 40"
    assert line.get("stroke-width") == "4"
    assert found(svg, "circle")[0].get("r") == "6"


def test_numbers_packed_by_plotly_are_read_as_numbers():
    assert ways(painted(scatter(x=np.array([0.0, 10.0]), y=np.array([0.0, 5.0])))) == [
        "M50 120L250 20"
    ]


def test_no_value_is_drawn_outside_the_area():
    svg = painted(scatter(mode="lines+markers", x=[0, 5, 10], y=[1, 9, 1]))
    group = next(one for one in found(svg, "g") if one.get("clip-path"))

    assert len(found(svg, "circle")) == 2
    assert [one.get("d") for one in group] == ["M50 100L150 -60L250 100"]
