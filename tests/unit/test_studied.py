"""The charts of studies: every shown value is drawn."""

from datetime import date

from tilannehuone.charts.paint import paint
from tilannehuone.charts.studied import Drawn, curves_figure

QUARTERS = [date(2025, month, 1) for month in (1, 4, 7, 10)] + [date(2026, 1, 1)]


def marked(*values, role="other"):
    """Return the values that a line's chart marks with a point."""
    figure = curves_figure("quarter", QUARTERS, [Drawn("Ranta", values, role)], "fi")
    return [y for one in figure.data if "markers" in one.mode for y in one.y if y is not None]


def test_a_value_between_two_unknown_periods_is_marked():
    assert marked(3.0, None, 5.0, None, 2.0) == [3.0, 5.0, 2.0]
    assert marked(3.0, 4.0, None, 2.0, None) == [2.0]


def test_what_a_line_reaches_needs_no_mark_but_the_own_area_has_all():
    assert marked(3.0, 4.0, 5.0, 3.0, 2.0) == []
    assert marked(3.0, None, 5.0, 4.0, 2.0, role="own") == [3.0, 5.0, 4.0, 2.0]


def test_the_marks_are_in_the_drawing():
    figure = curves_figure("quarter", QUARTERS, [Drawn("Ranta", (3.0, None, 5.0, 4.0, 2.0))], "fi")

    assert paint(figure, 800.0, 400.0, title="a", description="b").count("<circle") == 1
