"""A figure read as plain mappings, and refused aloud where it asks for what is not painted.

What is only of use under a pointer in Plotly (zoom, menus, hover boxes) and what names no mark is
passed over; so are templates, since the painter's defaults are its own.
"""

import base64
from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

Part = dict[str, Any]


def keys(words: str) -> frozenset[str]:
    """Return the keys written one after another in `words`."""
    return frozenset(words.split())


UNSEEN = keys(
    "autosize clickmode customdata dragmode fixedrange height hoverdistance hoverinfo "
    "hoverlabel hovermode hovertemplate hovertext ids legend legendgroup meta modebar "
    "name selectdirection showlegend template uid uirevision visible width"
)
"""Keys of a figure that leave no mark in a drawing. `hover...` becomes tips: `painting.hits`."""

LAYOUT = keys(
    "annotations bargap bargroupgap barmode font margin paper_bgcolor plot_bgcolor "
    "separators shapes xaxis yaxis"
)
TRACES = {
    "scatter": keys(
        "cliponaxis connectgaps fill fillcolor line marker mode opacity text textfont "
        "textposition type x y"
    ),
    "bar": keys(
        "base cliponaxis insidetextanchor marker opacity orientation text textfont "
        "textposition type width x y"
    ),
}


def parts_of(figure: go.Figure) -> tuple[list[Part], Part]:
    """Return the traces that are seen, and the layout, as plain mappings with plain lists.

    Raises
    ------
    ValueError
        For a kind of trace, or a key of a trace or of the layout, that is not painted.
    """
    told = _plain(figure.to_dict())
    layout = told.get("layout", {})
    refuse_others(layout, LAYOUT | UNSEEN, "a layout")
    seen = [one for one in told.get("data", []) if one.get("visible", True) is True]
    if layout.get("showlegend") or any(one.get("showlegend") for one in seen):
        raise ValueError("a legend is not painted: name things where they stand")
    for one in seen:
        kind = one.get("type", "scatter")
        if kind not in TRACES:
            raise ValueError(f"a trace of type {kind!r} is not painted")
        refuse_others(one, TRACES[kind] | UNSEEN, f"a {kind} trace")
    return seen, layout


def refuse_others(part: Mapping[str, Any], known: Collection[str], what: str) -> None:
    """Raise ValueError that names every key of `part` that is not painted."""
    others = sorted(key for key, one in part.items() if key not in known and one is not None)
    if others:
        raise ValueError(f"{what} is painted without {', '.join(others)}: not supported")


def one_of(value: object, known: Collection[object], what: str) -> Any:
    """Return `value`, or raise ValueError where it is not among those that are painted."""
    if value not in known:
        raise ValueError(f"{what} {value!r} is not painted")
    return value


def each(value: Any, count: int) -> list[Any]:
    """Return a value a mark: those of a list, or the one that all share.

    Raises ValueError where a list does not have a value for each of the `count` marks.
    """
    if not isinstance(value, list):
        return [value] * count
    if len(value) != count:
        raise ValueError(f"{len(value)} values for {count} marks")
    return value


def _plain(part: Any) -> Any:
    """Return mappings and lists of plain values; Plotly packs arrays of numbers as text."""
    if isinstance(part, Mapping):
        if set(part) >= {"dtype", "bdata"}:
            packed = np.frombuffer(base64.b64decode(part["bdata"]), dtype=part["dtype"])
            shape = [int(one) for one in str(part.get("shape", packed.size)).split(",")]
            return packed.reshape(shape).tolist()
        return {key: _plain(one) for key, one in part.items() if key != "template"}
    if isinstance(part, np.ndarray):
        return _plain(list(part) if part.dtype.kind != "M" else part.astype("M8[us]").tolist())
    if isinstance(part, (list, tuple)):
        return [_plain(one) for one in part]
    return part.item() if isinstance(part, np.generic) else part
