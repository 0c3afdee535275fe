"""The same measure side by side: who stands there, on which scale, and who is left out."""

import re
from html import unescape

import pytest
from opened import drawings

from tilannehuone.texts import LANGUAGES, text

MONTHLY = {"area": "kaakkuri", "indicator": "cp_notifications_rate", "period": "month"}


@pytest.fixture
def tiles(open_app):
    """Return a function that gives the small charts of a trend page, each as its markup."""

    def found(**query):
        drawn = [one for one in drawings(open_app("trend", **query)) if "th-multiples" in one]
        return drawn[0], re.findall(r"<li>(.*?)</li>", drawn[0], re.DOTALL)

    return found


def test_the_area_looked_at_comes_first_and_is_marked(tiles):
    _, found = tiles(**MONTHLY)

    assert 'aria-current="true"' in found[0]
    assert "area=kaakkuri" in found[0]
    assert not [one for one in found[1:] if "aria-current" in one]
    assert len(found) > 3


def test_each_holds_name_value_picture_and_the_word_of_its_direction(tiles):
    _, found = tiles(**MONTHLY)

    for one in found:
        assert re.search(r'class="name">[^<]+<', one)
        assert re.search(r'class="value">\d', one)
        assert 'aria-hidden="true"' in one
        assert re.search(r"<span>[^<]+</span></span>", one)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_scale_makes_levels_comparable_and_own_scales_do_not(lang, tiles):
    shared, of_shared = tiles(lang=lang, **MONTHLY)
    own, of_own = tiles(lang=lang, axis="own", **MONTHLY)

    assert text("trend.axis_note_shared", lang) in unescape(shared)
    assert text("trend.axis_note_own", lang) in unescape(own)
    assert len(of_shared) == len(of_own)
    assert of_shared != of_own


def test_an_unknown_scale_is_the_shared_one(tiles):
    assert tiles(axis="log", **MONTHLY)[0] == tiles(**MONTHLY)[0]


def test_an_area_too_small_to_be_shown_is_left_out(tiles, planned, instance):
    key = {"indicator": "cp_notifications_rate", "area": "tuira", "period": "month"}

    assert "area=kaakkuri" in tiles(folder=instance, **key)[0]
    assert "area=kaakkuri" not in tiles(folder=planned, **key)[0]
