"""Ticks and their words: round numbers as the language writes them, none on another."""

import pytest
from painted import axis, found, painted, scatter, text_saying, ways, words

MONTHS = ["tammi<br>2024", "helmi", "maalis", "huhti", "touko", "kesä", "heinä"]


def test_numbers_of_an_axis_are_round_and_written_as_the_language_writes_them():
    wide = axis("y", range=[0, 2000], nticks=3)
    narrow = axis("y", range=[-0.5, 0.5], nticks=2)

    assert words(painted(**wide, **axis("x", visible=False), separators=",\u202f")) == [
        "2\u202f000",
        "1\u202f000",
        "0",
    ]
    assert words(painted(**narrow, **axis("x", visible=False), separators=", ")) == [
        "0,5",
        "0,0",
        "−0,5",
    ]


def test_the_words_of_a_time_stand_under_it_line_by_line():
    ticks = axis("x", tickvals=[0, 10], ticktext=["tammi<br>2024", "heinä"])
    first = text_saying(painted(**ticks), "tammi2024")

    assert (first.get("x"), first.get("y")) == ("50", "138.1")
    assert [one.text for one in first] == ["2024"]


def test_ticks_that_would_touch_are_thinned_and_the_year_stays():
    ticks = axis("x", tickvals=list(range(7)), ticktext=MONTHS, tickfont={"size": 16})
    shown = [one for one in words(painted(**ticks)) if not one.isdigit()]

    assert shown == ["maalis2024", "heinä"]


def test_ticks_that_have_room_all_stay():
    ticks = axis("x", tickvals=list(range(7)), ticktext=MONTHS, tickfont={"size": 16})

    assert len([one for one in words(painted(**ticks, size=(900, 150))) if one[0].isalpha()]) == 7


def test_a_tick_outside_the_range_is_not_drawn():
    assert "yli" not in words(painted(**axis("x", tickvals=[1, 11], ticktext=["alle", "yli"])))


def test_the_grid_is_a_line_at_each_tick_and_the_axis_a_line_at_the_edge():
    both = axis("y", tickvals=[0, 2.5], ticktext=["a", "b"], showgrid=True, gridcolor="#d9dcdf")
    line = axis("x", linecolor="#d9dcdf", tickvals=[5], ticktext=["c"], ticks="outside")

    assert ways(painted(**both, **line)) == ["M50 70H250M50 120H250", "M50 120H250", "M150 120V125"]


def test_a_reversed_range_runs_the_other_way():
    assert ways(painted(scatter(), **axis("y", range=[5, 0]))) == ["M50 20L250 120"]


def test_lines_of_the_grid_are_hairlines_on_the_screen():
    (line,) = found(painted(**axis("y", showgrid=True)), "path")

    assert line.get("vector-effect") == "non-scaling-stroke"
    assert "stroke:var(--line,#d9dcdf)" in line.get("style")


@pytest.mark.parametrize("kind", ["date", "log"])
def test_an_axis_the_painter_cannot_name_is_refused(kind):
    with pytest.raises(ValueError, match="date" if kind == "date" else "'log'"):
        painted(scatter(), **axis("x", type=kind, range=[0, 1]))
