"""A PX file (PC-Axis, PxWeb) into a cube.

Methods: the PX file format of Statistics Sweden. Keywords in other languages than the file's own
(`VALUES[sv]`) are left out. A dash is the format's mark of none and is read as zero; the dots,
`.` to `......`, are marks of figures that are not there.
"""

import re
from collections.abc import Iterator
from math import prod

from pipelines.extracts.cubes import Cube, Dimension, cells_of
from pipelines.extracts.delivery import Delivery, open_text
from pipelines.extracts.json_text import LARGEST, Number
from tilannehuone.errors import ExtractRejected, Fault

KEYWORD = re.compile(r'\s*([A-Za-z0-9-]+)(?:\[(\w*)\])?(?:\(((?:"[^"]*"|[^")])*)\))?\s*=')
VALUE = re.compile(r'(?:"[^"]*"|[^";])*;')
QUOTED = re.compile(r'"([^"]*)"(\s*,)?')
CELL = re.compile(r'"([^"]*)"|([^\s,;"]+)')
FIGURE = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
NONE = "-"

Keywords = dict[tuple[str, str], str]


def read_px(delivery: Delivery) -> Cube:
    """Return the table of a PX file, with or without KEYS.

    Raises
    ------
    ExtractRejected
        Not a PX file, cut off, or with another number of cells than its dimensions make.
    """
    with open_text(delivery) as file:
        text = file.read(LARGEST + 1).removeprefix("\ufeff")
    if len(text) > LARGEST:
        raise ExtractRejected(Fault("load_too_large", {"most": LARGEST >> 20}))
    keywords, at = _keywords(text)
    stub, heading = (_texts(keywords.get((name, ""), "")) for name in ("STUB", "HEADING"))
    dimensions = [
        _dimension(keywords, name, number) for number, name in enumerate([*stub, *heading], start=1)
    ]
    if not dimensions:
        raise ExtractRejected(Fault("load_not_px"))
    cells = cells_of([len(one.codes) for one in dimensions])
    end = text.rfind(";")
    if end < at or text[end + 1 :].strip():
        raise ExtractRejected(Fault("load_px_cut", line=text.rstrip().count("\n") + 1))
    given = [a or b for a, b in CELL.findall(text, at, end)]
    if ("KEYS", stub[0] if stub else "") in keywords:
        values = _keyed(keywords, dimensions[: len(stub)], dimensions[len(stub) :], given)
    else:
        values = [_value(one) for one in given]
    if len(values) != cells:
        raise ExtractRejected(Fault("load_cube_count", {"given": len(values), "cells": cells}))
    return Cube(dimensions, values)


def _keywords(text: str) -> tuple[Keywords, int]:
    """Return the values of the file's own language by keyword and subject, and where DATA begins.

    A fault names the line at which no keyword stands.
    """
    found: Keywords = {}
    at = 0
    while (name := KEYWORD.match(text, at)) is not None:
        keyword, lang, subject = name[1].upper(), name[2], name[3] or ""
        if keyword == "DATA":
            return found, name.end()
        value = VALUE.match(text, name.end())
        if value is None:
            break
        if not lang:
            found[keyword, next(iter(_texts(subject)), "")] = value[0]
        at = value.end()
    key = "load_px_cut" if found else "load_not_px"
    raise ExtractRejected(Fault(key, line=text.count("\n", 0, at) + 1))


def _texts(value: str) -> list[str]:
    """Return quoted texts; one that is continued on the next line without a comma is one text."""
    texts: list[str] = []
    is_open = False
    for part, comma in QUOTED.findall(value):
        if is_open:
            texts[-1] += part
        else:
            texts.append(part)
        is_open = not comma
    return texts


def _dimension(keywords: Keywords, name: str, number: int) -> Dimension:
    labels = _texts(keywords.get(("VALUES", name), ""))
    codes = _texts(keywords.get(("CODES", name), "")) or labels
    if not labels or len(codes) != len(labels) or len(set(codes)) != len(codes):
        raise ExtractRejected(Fault("load_cube_dimension", {"number": number}))
    return Dimension(name, name, codes, labels)


def _value(written: str) -> str | None:
    if written == NONE:
        return Number("0")
    return Number(written) if FIGURE.fullmatch(written) else written


def _keyed(
    keywords: Keywords, stub: list[Dimension], heading: list[Dimension], given: list[str]
) -> list[str | None]:
    """Return all cells of a file with KEYS: each row names its categories, rows of zeros lack."""
    width = prod(len(one.codes) for one in heading)
    places = [_places(keywords, one) for one in stub]
    cells: list[str | None] = [Number("0")] * (width * prod(len(one.codes) for one in stub))
    for keys, row in _rows(given, len(stub), width):
        at = 0
        for known, one, key in zip(places, stub, keys, strict=True):
            if key not in known:
                raise ExtractRejected(Fault("load_cube_place", {"cells": len(cells)}))
            at = at * len(one.codes) + known[key]
        cells[at * width : (at + 1) * width] = map(_value, row)
    return cells


def _places(keywords: Keywords, one: Dimension) -> dict[str, int]:
    by_code = "CODES" in keywords.get(("KEYS", one.id), "").upper()
    names = one.codes if by_code else one.labels
    return {name: at for at, name in enumerate(names)}


def _rows(given: list[str], keys: int, width: int) -> Iterator[tuple[list[str], list[str]]]:
    size = keys + width
    if len(given) % size:
        raise ExtractRejected(Fault("load_cube_count", {"given": len(given), "cells": size}))
    for at in range(0, len(given), size):
        yield given[at : at + keys], given[at + keys : at + size]
