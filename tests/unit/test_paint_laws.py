"""What holds of every figure: values stay in their area, and every picture is sound XML."""

import math
import re
from html import escape

from hypothesis import given
from hypothesis import strategies as st
from painted import axis, found, painted, scatter, words

UNWRITABLE = "[\x00-\x08\x0b\x0c\x0d-\x1f\ud800-\udfff\ufffe\uffff]"
NUMBERS = st.floats(-1e6, 1e6) | st.none()


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 5)), min_size=1, max_size=30))
def test_every_value_within_the_ranges_stands_within_the_area(points):
    x, y = zip(*points, strict=True)
    circles = found(painted(scatter(mode="markers", x=x, y=y), live=False), "circle")

    assert len(circles) == len(points)
    for one, (a, b) in zip(circles, points, strict=True):
        assert math.isclose(float(one.get("cx")), 50 + 20 * a, abs_tol=0.06)
        assert math.isclose(float(one.get("cy")), 120 - 20 * b, abs_tol=0.06)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), max_size=30), st.booleans())
def test_without_a_range_every_known_value_is_in_view(points, live):
    x, y = [one for one, _ in points], [one for _, one in points]
    free = {**axis("x", range=None), **axis("y", range=None)}
    svg = painted(scatter(mode="markers+lines", x=x, y=y), live=live, **free)
    known = [one for one in points if None not in one]

    assert len(found(svg, "circle")) == len(known)
    assert not re.search("nan|inf", svg)


@given(st.lists(NUMBERS, max_size=20))
def test_a_line_has_a_stretch_for_each_run_of_known_values(values):
    line = scatter(x=list(range(len(values))), y=values)
    svg = painted(line, **axis("x", range=[0, 20]), **axis("y", range=[-1e6, 1e6]))
    known = "".join("v" if one is not None else " " for one in values)
    drawn = "".join(one.get("d") for one in found(svg, "path"))

    assert drawn.count("M") == len([run for run in known.split() if len(run) > 1])


@given(st.text(max_size=30), st.floats(-1, 11), st.floats(-0.5, 5.5))
def test_any_words_are_read_as_they_stand_and_leave_sound_markup(said, x, y):
    note = {"x": x, "y": y, "text": f"i{escape(said)}!", "showarrow": False}
    svg = painted(annotations=[note], **axis("y", visible=False), **axis("x", visible=False))
    (read,) = words(svg)

    assert read == f"i{re.sub(UNWRITABLE, '', said)}!"
