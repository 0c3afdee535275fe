"""A small figure with plain measures, painted, and the picture read as XML."""

import xml.etree.ElementTree as ET

import plotly.graph_objects as go

from tilannehuone.charts.paint import paint

NS = "{http://www.w3.org/2000/svg}"
LAYOUT = {
    "margin": {"l": 50, "r": 50, "t": 20, "b": 30},
    "xaxis": {"type": "linear", "range": [0, 10], "showgrid": False},
    "yaxis": {"type": "linear", "range": [0, 5], "showgrid": False},
}
"""With a picture of 300 x 150: x 0..10 is 50..250, y 0..5 is 120..20."""
SIZE = (300, 150)


def scatter(**trace):
    return {"type": "scatter", "mode": "lines", "x": [0, 10], "y": [0, 5], **trace}


def painted(*traces, live=True, size=SIZE, type_scale=1.0, **layout):
    """Return the SVG of traces over the plain layout, changed by `layout`."""
    figure = go.Figure(data=list(traces), layout=LAYOUT | layout)
    given = {"title": "Otsikko", "description": "Kuvaus", "live": live, "type_scale": type_scale}
    return paint(figure, *size, **given)


def axis(name, **changed):
    """Return an axis of the plain layout with something changed, as a keyword of `painted`."""
    return {f"{name}axis": LAYOUT[f"{name}axis"] | changed}


def found(svg, tag):
    """Return all elements of a kind."""
    return list(ET.fromstring(svg).iter(NS + tag))


def ways(svg):
    """Return what the paths draw."""
    return [one.get("d") for one in found(svg, "path")]


def words(svg):
    """Return what the texts say."""
    return ["".join(one.itertext()) for one in found(svg, "text")]


def text_saying(svg, said):
    """Return the one text element that says `said`."""
    (one,) = [one for one in found(svg, "text") if "".join(one.itertext()) == said]
    return one


def tips(svg):
    """Return what is said under the pointer, in the order it is drawn."""
    return [one.get("data-tip") for one in ET.fromstring(svg).iter() if one.get("data-tip")]
