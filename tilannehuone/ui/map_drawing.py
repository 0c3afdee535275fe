"""The map itself: outlines where the instance has delivered them, else equal tiles.

Every area is a link to its trend whose name says all; nothing depends on seeing the colour.
"""

from collections.abc import Mapping
from html import escape
from pathlib import Path

import streamlit as st

from tilannehuone import store, store_types
from tilannehuone.charts.map_shapes import Box, Outline, around, outline
from tilannehuone.charts.tiles import Block, blocks, columns
from tilannehuone.ui import cached, options
from tilannehuone.ui.frame import Page, address
from tilannehuone.ui.map_head import type_name
from tilannehuone.ui.map_looks import Looks
from tilannehuone.ui.map_view import Place, View

WIDEST, TALLEST = 46.0, 27.0
"""The room of a map on the page, in rem."""

LETTER = 0.56
"""How wide a letter is at most, as a part of the type's size."""
SIZES = {"name": 0.92, "value": 1.2, "word": 1.0}
"""The type in an area, in rem."""
LINE = 1.2

PATTERNS = (
    '<defs><pattern id="th-hatch" width="8" height="8" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45) scale({scale})"><rect class="ground" width="8" height="8"/>'
    '<rect class="ink" width="2" height="8"/></pattern>'
    '<pattern id="th-dotted" width="9" height="9" patternUnits="userSpaceOnUse"'
    ' patternTransform="scale({scale})"><rect class="ground" width="9" height="9"/>'
    '<circle class="ink" cx="4.5" cy="4.5" r="1.6"/></pattern></defs>'
)


def drawing_html(page: Page, shown: View) -> str:
    """Return map and legend; areas without an outline stand beside the map as tiles."""
    looks = Looks.of(page, shown)
    outlines, credit = _outlines(page.release, shown.area_type)
    drawn = [one for one in shown.places if one.code in outlines]
    others = [one for one in shown.places if one.code not in outlines]
    parts = [_map(page, looks, drawn, outlines)] if drawn else []
    parts.append(_tiles(page, looks, others, under_map=bool(drawn)) if others else "")
    told = page.text("credit", credit=credit) if credit and drawn else ""
    note = f'<p class="th-note">{escape(told)}</p>' if told else ""
    return (
        f'<div class="th-map" lang="{page.lang}">{looks.legend_html()}{"".join(parts)}{note}</div>'
    )


@st.cache_resource(max_entries=20, show_spinner=False)
def _outlines(release: Path, area_type: str) -> tuple[dict[str, Outline], str]:
    """Return the outlines of a type's areas, and whose they are; a release may have none."""
    if not store.has_table(cached.connection(release), "shapes"):
        return {}, ""
    found = cached.records(cached.read(release, store_types.SHAPES, area_type=area_type))
    owners = {str(one["credit"]) for one in found if one["credit"]}
    return {str(one["area_code"]): outline(str(one["path"])) for one in found}, ", ".join(owners)


def _map(page: Page, looks: Looks, places: list[Place], outlines: dict[str, Outline]) -> str:
    box = around(outlines[one.code] for one in places)
    rem = max(box.width / WIDEST, box.height / TALLEST)
    areas = "".join(_area(page, looks, one, outlines[one.code]) for one in places)
    words = "".join(_words(looks, one, outlines[one.code], rem) for one in places)
    title = escape(page.text("map_of", type=type_name(page, looks.shown)))
    return (
        f'<svg class="th-shapes" viewBox="{box.written}" role="group" aria-label="{title}"'
        f' style="width:min(100%, {box.width / rem:.1f}rem);aspect-ratio:{_aspect(box)}">'
        f"{PATTERNS.format(scale=round(rem / 16, 3))}{areas}"
        f'<g class="words" aria-hidden="true">{words}</g></svg>'
    )


def _aspect(box: Box) -> str:
    return f"{box.width:.1f} / {box.height:.1f}"


def _area(page: Page, looks: Looks, place: Place, drawn: Outline) -> str:
    told = escape(looks.spoken(place))
    here = " is-here" if place.code == looks.shown.here else ""
    return (
        f'<a class="th-region {looks.fill(place)}{here}" href="{_link(page, looks, place)}"'
        f' target="_self" aria-label="{told}" data-tip="{told}">'
        f'<path d="{drawn.path}" fill-rule="evenodd"/></a>'
    )


def _words(looks: Looks, place: Place, drawn: Outline, rem: float) -> str:
    """Return as many words as there is room for inside the outline; at the least the sign."""
    sign, word = looks.sign(place), _signed(looks, place)
    kind = "value" if place.value is not None else "word"
    name, number = ("name", place.name), (kind, looks.value(place))
    signed = (kind, f"{sign} {number[1]}".strip())
    full = [name, number, *([("word", word)] if word else [])]
    told = [full, full[1:], [name, signed], [signed]] if word else [full, [signed]]
    for lines in told:
        wide = max(len(words) * SIZES[kind] * LETTER for kind, words in lines) * rem
        tall = sum(SIZES[kind] * LINE for kind, _ in lines) * rem
        if drawn.holds(wide, tall):
            return _lines(looks, place, drawn, lines, rem)
    return _lines(looks, place, drawn, [("word", sign)], rem) if sign else ""


def _lines(
    looks: Looks, place: Place, drawn: Outline, lines: list[tuple[str, str]], rem: float
) -> str:
    y = drawn.y - sum(SIZES[kind] * LINE for kind, _ in lines) * rem / 2
    told = []
    for kind, words in lines:
        size = SIZES[kind] * rem
        y += size * LINE
        told.append(
            f'<tspan class="{kind}" x="{drawn.x:.1f}" y="{y - size * 0.32:.1f}"'
            f' font-size="{size:.1f}">{escape(words)}</tspan>'
        )
    return f'<text class="{looks.fill(place)}">{"".join(told)}</text>'


def _signed(looks: Looks, place: Place) -> str:
    return " ".join(one for one in (looks.sign(place), looks.word(place)) if one)


def _tiles(page: Page, looks: Looks, places: list[Place], *, under_map: bool) -> str:
    """Return areas as tiles under the names of those they belong to."""
    names = options.names_of_areas(page)
    by_code = {one.code: one for one in places}
    areas = cached.areas(page.release)
    mine = areas[areas["area_code"].isin(list(by_code))]
    pairs = [
        (str(code), str(parent) if isinstance(parent, str) else None)
        for code, parent in zip(mine["area_code"], mine["parent_code"], strict=True)
    ]
    found = blocks(pairs)
    head = f'<p class="th-note">{escape(page.text("without_outline"))}</p>' if under_map else ""
    wide = columns(max(len(one.codes) for one in found))
    parts = "".join(_block(page, looks, one, by_code, names, len(found) > 1) for one in found)
    return f'{head}<div class="th-blocks" style="--columns:{wide}">{parts}</div>'


def _block(
    page: Page,
    looks: Looks,
    block: Block,
    by_code: dict[str, Place],
    names: Mapping[str, str],
    is_named: bool,
) -> str:
    tiles = "".join(_tile(page, looks, by_code[code]) for code in block.codes)
    above = names.get(block.parent or "", "")
    title = f"<h2>{escape(above)}</h2>" if is_named and above else ""
    return f'<section>{title}<ul class="th-squares">{tiles}</ul></section>'


def _tile(page: Page, looks: Looks, place: Place) -> str:
    here = ' aria-current="true"' if place.code == looks.shown.here else ""
    kind = "value" if place.value is not None else "word"
    word = _signed(looks, place)
    told = f'<span class="word">{escape(word)}</span>' if word else ""
    return (
        f'<li><a class="{looks.fill(place)}" href="{_link(page, looks, place)}" target="_self"'
        f'{here}><span class="name">{escape(place.name)}</span> '
        f'<span class="{kind}">{escape(looks.value(place))}</span> {told}</a></li>'
    )


def _link(page: Page, looks: Looks, place: Place) -> str:
    query = {"lang": page.lang, "area": place.code, "indicator": looks.shown.indicator.id}
    return address("trend", **query)
