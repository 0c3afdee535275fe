"""What the painter cannot draw is refused by name, never left out in silence."""

import plotly.graph_objects as go
import pytest
from painted import axis, painted, scatter

from tilannehuone.charts.paint import paint

NOTE = {"x": 1, "y": 1, "text": "a", "showarrow": False}
BAR = {"type": "bar", "x": [1], "y": [1]}


@pytest.mark.parametrize(
    ("traces", "layout", "named"),
    [
        ([{"type": "pie", "values": [1]}], {}, "pie"),
        ([scatter(error_y={"array": [1, 1]})], {}, "error_y"),
        ([scatter(line={"shape": "spline"})], {}, "spline"),
        ([scatter(line={"dash": "wavy"})], {}, "wavy"),
        ([scatter(line={"color": "tomato"})], {}, "tomato"),
        ([scatter(mode="markers", marker={"symbol": "star"})], {}, "star"),
        ([scatter(mode="markers", marker={"colorscale": "Viridis"})], {}, "colorscale"),
        ([scatter(fill="tonextx", fillcolor="#123456")], {}, "tonextx"),
        ([scatter(fill="toself")], {}, "fillcolor"),
        ([scatter(yaxis="y2")], {}, "yaxis"),
        ([scatter(hovertemplate="%{customdata[0]}")], {}, "customdata"),
        ([scatter(hovertemplate="a<extra>b</extra>")], {}, "second hover box"),
        ([scatter(showlegend=True)], {}, "legend"),
        ([BAR | {"marker": {"pattern": {"shape": "/"}}}], {}, "pattern"),
        ([BAR], {"barmode": "relative"}, "relative"),
        ([], {"title": {"text": "a"}}, "title"),
        ([], {"images": [{"source": "http://a.example/b.png"}]}, "images"),
        ([], {"annotations": [{"x": 1, "y": 1, "text": "a"}]}, "arrow"),
        ([], {"annotations": [NOTE | {"textangle": 45}]}, "45"),
        ([], {"annotations": [NOTE | {"xref": "x2"}]}, "x2"),
        ([], {"shapes": [{"type": "circle", "x0": 0, "x1": 1, "y0": 0, "y1": 1}]}, "circle"),
        ([], axis("x", rangeslider={"visible": True}), "rangeslider"),
        ([], axis("x", tickangle=45), "tickangle"),
        ([], axis("x", title={"text": "a"}), "title"),
        ([], {"margin": {"l": 200, "r": 200}}, "no room"),
    ],
)
def test_what_is_not_painted_is_named(traces, layout, named):
    with pytest.raises(ValueError, match=named):
        painted(*traces, **layout)


def test_a_template_is_not_a_wish():
    figure = go.Figure(data=[scatter()], layout={"template": "plotly_dark"})

    assert "rgb(17,17,17)" not in paint(figure, 300, 300, title="a", description="b")
