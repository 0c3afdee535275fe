"""A JSON-stat dataset, version 2.0 or 1.x, into a cube.

Methods: the JSON-stat format as published at json-stat.org, and what PxWeb and Eurostat write of
it. Nothing is repaired: a table whose parts do not agree is refused.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipelines.extracts.cubes import Cube, Dimension, cells_of
from pipelines.extracts.json_text import Number
from tilannehuone.errors import ExtractRejected, Fault

Cells = list[str | None]


def read_cube(document: Any) -> Cube:
    """Return the only dataset of a JSON-stat response.

    Parameters
    ----------
    document
        What `read_json` returned: a dataset (2.0), a bundle of one (1.x), or a collection that
        carries one.

    Raises
    ------
    ExtractRejected
        A service's error message, no dataset or many, parts that contradict each other, or more
        cells than can be unfolded.
    """
    dataset = _only_dataset(document)
    described = dataset["dimension"]
    ids = dataset.get("id", described.get("id"))
    sizes = dataset.get("size", described.get("size"))
    if not _is_list(ids) or not _is_list(sizes) or len(ids) != len(sizes) or not ids:
        raise ExtractRejected(Fault("load_not_json_stat"))
    if len(set(map(str, ids))) < len(ids):
        raise ExtractRejected(Fault("load_not_json_stat"))
    counts = [_whole(one) for one in sizes]
    cells = cells_of(counts)
    dimensions = [
        _dimension(described, name, size, number)
        for number, (name, size) in enumerate(zip(ids, counts, strict=True), start=1)
    ]
    status = dataset.get("status")
    statuses = None if status is None else _texts(status, cells)
    return Cube(dimensions, _values(dataset["value"], cells), statuses)


def _only_dataset(document: Any) -> Mapping[str, Any]:
    if not isinstance(document, dict):
        raise ExtractRejected(Fault("load_not_json_stat"))
    if "error" in document and not _is_dataset(document):
        raise ExtractRejected(Fault("load_service_error"))
    found = list(_datasets(document))
    if len(found) > 1:
        raise ExtractRejected(Fault("load_many_datasets", {"count": len(found)}))
    if not found:
        raise ExtractRejected(Fault("load_not_json_stat"))
    return found[0]


def _datasets(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the datasets that a response carries itself; those it only names are elsewhere."""
    if _is_dataset(document):
        yield document
        return
    link = document.get("link")
    items = link.get("item") if isinstance(link, dict) else None
    inside = items if _is_list(items) else document.values()
    yield from (one for one in inside or () if _is_dataset(one))


def _is_dataset(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("dimension"), dict) and "value" in one


def _is_list(one: Any) -> bool:
    return isinstance(one, list)


def _whole(given: Any) -> int:
    if not isinstance(given, Number) or not given.isdigit() or len(given) > 9 or int(given) < 1:
        raise ExtractRejected(Fault("load_not_json_stat"))
    return int(given)


def _dimension(described: Mapping[str, Any], name: Any, size: int, number: int) -> Dimension:
    """Return one dimension; `number` counts from one and stands in the fault in its place."""
    one = described.get(name) if isinstance(name, str) else None
    category = one.get("category") if isinstance(one, dict) else None
    if not isinstance(category, dict) or not isinstance(one, dict):
        raise _broken(number)
    labels = category.get("label") or {}
    if not isinstance(labels, dict):
        raise _broken(number)
    codes = _codes(category.get("index"), labels, size)
    if codes is None or len(set(codes)) != size:
        raise _broken(number)
    label = one.get("label")
    shown = [labels.get(code) or code for code in codes]
    if not all(isinstance(each, str) for each in shown):
        raise _broken(number)
    return Dimension(name, label if isinstance(label, str) and label else name, codes, shown)


def _codes(index: Any, labels: Mapping[str, Any], size: int) -> list[str] | None:
    """Return the categories in order; None where they are not one for each place.

    The index of a single category may be left out; the label then names it.
    """
    if index is None:
        return list(labels) if len(labels) == size == 1 else None
    if _is_list(index):
        codes = [str(one) for one in index if isinstance(one, str)]
        return codes if len(codes) == len(index) == size else None
    if not isinstance(index, dict) or len(index) != size:
        return None
    places = {str(place): code for code, place in index.items()}
    codes = [places[str(at)] for at in range(size) if str(at) in places]
    return codes if len(codes) == size else None


def _broken(number: int) -> ExtractRejected:
    return ExtractRejected(Fault("load_cube_dimension", {"number": number}))


def _values(given: Any, cells: int) -> Cells:
    """Return a value or None for each cell, from a list of all or an object of those known."""
    if isinstance(given, dict):
        return _spread(given, cells)
    if not _is_list(given):
        raise ExtractRejected(Fault("load_not_json_stat"))
    if len(given) != cells:
        raise ExtractRejected(Fault("load_cube_count", {"given": len(given), "cells": cells}))
    return _checked(given)


def _texts(given: Any, cells: int) -> Cells:
    """Return the status of each cell: one text for all, or as values are given."""
    if isinstance(given, str):
        return [given] * cells
    if _is_list(given) and len(given) == 1:
        return _checked(given) * cells
    found = _values(given, cells)
    return [one or None for one in found]


def _spread(given: Mapping[str, Any], cells: int) -> Cells:
    found: Cells = [None] * cells
    for place, one in zip(given, _checked(list(given.values())), strict=True):
        known = place.isascii() and place.isdigit() and len(place) <= 9
        if not known or int(place) >= cells:
            raise ExtractRejected(Fault("load_cube_place", {"cells": cells}))
        found[int(place)] = one
    return found


def _checked(given: Sequence[Any]) -> Cells:
    for at, one in enumerate(given, start=1):
        if one is not None and not isinstance(one, str):
            raise ExtractRejected(Fault("load_cube_value", line=at))
    return list(given)
