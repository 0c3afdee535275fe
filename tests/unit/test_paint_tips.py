"""What is said under the pointer: the figure's hover text, the nearest mark's, and no more."""

import math
import re
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from painted import painted, scatter, tips

from tilannehuone.charts.painting.hits import REACH, cell

MARKS = {"mode": "markers", "x": [1, 5], "y": [1, 3], "hovertemplate": "%{text}<extra></extra>"}


def test_a_mark_says_its_hover_text_in_plain_words_and_nothing_else():
    marks = scatter(**MARKS, text=["tammi<br><b>12&nbsp;%</b>", 'a<b & "c"'])
    told = {"customdata": [[4711], [4712]], "name": "salanimi", "ids": ["s1", "s2"]}
    svg = painted(marks | told)

    assert tips(svg) == ["tammi\n12\xa0%", 'a<b & "c"']
    assert not re.search("471[12]|salanimi|s1", svg)


def test_a_line_keeps_its_lines_in_the_attribute():
    assert 'data-tip="a&#10;b"' in painted(scatter(**MARKS, text=["a<br>b", ""]))


def test_what_has_no_hover_text_has_no_place_to_point_at():
    quiet = scatter(**MARKS, text=["a", "b"]) | {"hoverinfo": "skip"}

    assert tips(painted(quiet)) == []
    assert tips(painted(scatter(**MARKS, text=["", "b"]))) == ["b"]
    assert tips(painted(scatter(mode="markers"))) == []


def test_a_hidden_value_says_nothing():
    hidden = scatter(**MARKS | {"y": [1, None]}, text=["a", "peitetty"])

    assert tips(painted(hidden)) == ["a"]


def test_a_file_says_nothing_under_a_pointer():
    assert "data-tip" not in painted(scatter(**MARKS, text=["a", "b"]), live=False)


def test_places_to_point_at_are_drawn_last_and_cannot_be_focused():
    note = {"x": 1, "y": 1, "text": "sana", "showarrow": False}
    root = ET.fromstring(painted(scatter(**MARKS, text=["a", "b"]), annotations=[note]))
    last = list(root)[-1]

    assert [one.get("data-tip") for one in last] == ["a", "b"]
    assert all(float(one.get("r")) >= 14 for one in last)
    assert last.get("pointer-events") == "all"
    assert "tabindex" not in ET.tostring(root, encoding="unicode")


def test_a_bar_says_its_hover_text_over_the_whole_of_it():
    bars = {"type": "bar", "x": [2, 8], "y": [5, 1], "hovertext": ["a", "b"], "hoverinfo": "text"}
    hits = [one for one in ET.fromstring(painted(bars)).iter() if one.get("data-tip")]

    assert [one.get("data-tip") for one in hits] == ["a", "b"]
    assert float(hits[0].get("height")) == 100
    assert float(hits[1].get("height")) >= 28


@given(st.lists(st.tuples(st.floats(0, 60), st.floats(0, 60)), min_size=2, max_size=6))
def test_a_place_speaks_of_the_nearest_mark(points):
    mine, *others = points
    for x, y in cell(mine, others):
        apart = math.hypot(x - mine[0], y - mine[1])
        assert apart <= REACH / math.cos(math.pi / 16) + 1e-6
        assert all(apart <= math.hypot(x - a, y - b) + 1e-6 for a, b in others)
