"""What a page draws is drawn once, and never shown to somebody it was not drawn for."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tilannehuone.access import LOCAL
from tilannehuone.ui.frame import Page
from tilannehuone.ui.kept import Keyed, kept

PAGE = Page("area", "fi", Path("20260101T000000Z.duckdb"), date(2026, 1, 2), {}, {})
OTHERS = {
    "name": "overview",
    "lang": "sv",
    "release": Path("20260101T000000Z.duckdb@tuira"),
    "today": date(2026, 1, 3),
    "person": replace(LOCAL, areas=frozenset({"tuira"})),
}


@pytest.fixture
def drawn():
    """Return a function that is kept, and the list of pages and words it has been drawn for."""
    seen = []

    @kept(3)
    def draw(page, word):
        seen.append((page, word))
        return f"{page.lang} {word}"

    return draw, seen


def test_the_same_is_drawn_once(drawn):
    draw, seen = drawn
    assert draw(PAGE, "a") == draw(replace(PAGE), "a") == "fi a"
    assert draw(PAGE, "b") == "fi b"
    assert [word for _, word in seen] == ["a", "b"]


@pytest.mark.parametrize("part", sorted(OTHERS))
def test_another_reader_release_or_day_is_drawn_for_anew(drawn, part):
    draw, seen = drawn
    draw(PAGE, "a")
    draw(replace(PAGE, **{part: OTHERS[part]}), "a")
    assert len(seen) == 2


def test_of_the_session_that_it_was_first_drawn_for_nothing_is_kept(drawn):
    draw, seen = drawn
    draw(replace(PAGE, notices=object(), served=object()), "a")
    assert (seen[0][0].notices, seen[0][0].served) == (None, None)


def test_no_more_is_kept_than_was_said(drawn):
    draw, seen = drawn
    for word in "abcd" * 2:
        draw(PAGE, word)
    assert len(seen) == 8


def test_a_thing_is_known_by_its_key_alone():
    one, same, other = Keyed("a", ["x"]), Keyed("a", ["y"]), Keyed("b", ["x"])
    assert one == same != other
    assert hash(one) == hash(same)
