"""The picture: everything needed to trust it is drawn inside it, and it is a picture."""

import io
import xml.etree.ElementTree as ElementTree

import pytest
from export_papers import LONG, MESSAGE, NASTY, NOTES, nasty, trend, wordy
from PIL import Image

from tilannehuone.exports.picture import chart_png, png_bytes, svg_bytes

SVG = "{http://www.w3.org/2000/svg}"


def texts(paper):
    root = ElementTree.fromstring(svg_bytes(paper))
    return ["".join(one.itertext()) for one in root.iter(f"{SVG}text")]


def opened(paper, **how):
    image = Image.open(io.BytesIO(png_bytes(paper, **how)))
    image.load()
    return image


def test_title_place_unit_message_and_passport_are_drawn():
    told = " ".join(texts(trend()))

    assert "Lastensuojeluilmoitukset, Oulu (lasta)" in told
    assert MESSAGE in told
    for words in (
        "tammi 2025 – maalis 2025",
        "Lastensuojelun asiakasrekisteri",
        "20261123T041205Z",
    ):
        assert words in told
    assert "cp_notifications" in told


def test_the_views_own_foot_is_drawn_where_it_has_one():
    told = texts(trend(foot=("Jakso tammi–maalis 2025 · lähde X", "Julkaisu Y")))

    assert told[-2:] == ["Jakso tammi–maalis 2025 · lähde X", "Julkaisu Y"]


def test_the_drawing_needs_nothing_from_outside_and_has_a_name():
    root = ElementTree.fromstring(svg_bytes(trend()))
    whole = svg_bytes(trend()).decode()

    assert root.find(f"{SVG}title").text == "Lastensuojeluilmoitukset, Oulu"
    assert root.find(f"{SVG}desc").text == trend().alt
    assert "var(" not in whole
    assert "href" not in whole
    assert "<script" not in svg_bytes(nasty()).decode()


def test_words_are_never_markup():
    assert NASTY in " ".join(texts(nasty()))


@pytest.mark.parametrize("words", ["Lyhyt.", LONG])
def test_words_stand_within_the_picture_and_chart_and_words_do_not_meet(words):
    paper = trend(messages=(words, words, words), title=words)
    root = ElementTree.fromstring(svg_bytes(paper))
    width, height = (float(root.get(name)) for name in ("width", "height"))

    chart = root.find(f"{SVG}svg")
    top = float(chart.get("y"))
    bottom = top + float(chart.get("height"))
    assert float(chart.get("height")) >= 400
    for one in root.findall(f"{SVG}text"):
        size, x, y = (float(one.get(name)) for name in ("font-size", "x", "y"))
        assert x + 0.42 * size * len(one.text) <= width
        assert y <= height - size / 2
        assert y <= top or y - size >= bottom


def test_a_png_is_as_wide_as_asked_for_and_tells_its_passport():
    image = opened(trend(), width=960)

    assert image.width == 960
    assert image.text["Title"] == "Lastensuojeluilmoitukset, Oulu"
    assert image.text["Source"] == "\n".join(f"{label}: {words}" for label, words in NOTES)
    assert opened(trend()).width == 1920


def test_a_png_shows_the_words_in_dark_on_light():
    image = opened(trend()).convert("L")
    shades = image.histogram()

    assert image.getpixel((5, 5)) > 240
    assert sum(shades[:80]) > 5000


def test_a_view_without_a_chart_is_a_picture_of_its_words():
    assert opened(wordy()).height < opened(trend()).height


def test_the_chart_alone_is_drawn_at_twice_its_size():
    image = Image.open(io.BytesIO(chart_png(trend(), 600, 300)))

    assert image.size == (1200, 600)
