"""A figure painted as SVG by ourselves: the same picture on screen, in files and on paper.

Figures stay described as Plotly's, which is a good language for charts; but no script has to reach
the browser before the first line is seen, and a picture needs no browser at all. What a figure
asks for and the painter cannot draw is refused aloud, never left out.
"""

from hashlib import blake2s

import plotly.graph_objects as go

from tilannehuone.charts.painting.axes import axes_drawn
from tilannehuone.charts.painting.bars import bar_hits, bars_drawn, bars_of, stacked_reach
from tilannehuone.charts.painting.frame import Frame, frame_of
from tilannehuone.charts.painting.hits import Hit, hits_drawn
from tilannehuone.charts.painting.lines import fill_drawn, line_drawn
from tilannehuone.charts.painting.marks import hits_of, marks_drawn
from tilannehuone.charts.painting.notes import notes_drawn
from tilannehuone.charts.painting.pen import CLEAR, Pen, attributes, digits, is_clear
from tilannehuone.charts.painting.read import Part, parts_of
from tilannehuone.charts.painting.shapes import shapes_drawn
from tilannehuone.charts.painting.text import escaped

FILE_FONT = "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', Arial, 'DejaVu Sans', sans-serif"
"""On the screen type is inherited; a file names what it was measured for, and what is common."""


def paint(
    figure: go.Figure,
    width: float,
    height: float,
    *,
    title: str,
    description: str,
    live: bool = True,
    type_scale: float = 1.0,
) -> str:
    """Return a figure as the text of an SVG picture.

    Parameters
    ----------
    figure
        Traces of the types scatter and bar, axes of numbers, dates and names, shapes and
        annotations; `painting.read` lists all. Its colours are those of `palette.LIGHT`.
    width, height
        The picture's own size, in the pixels that the figure's type and margins are given in.
        What shows it may scale it.
    title, description
        Its name and its content in words, for one who does not see it.
    live
        For the screen: roles of colour are variables of the room's style, type is inherited, and
        a mark's hover text is `data-tip` on an unseen place around it. Otherwise for a file:
        every colour and font is written out, and nothing is said under a pointer.
    type_scale
        Enlarges type, marks, lines, margins and shifts, for a wall.

    Raises
    ------
    ValueError
        Names what the figure asks for that is not painted.
    """
    traces, layout = parts_of(figure)
    pen = Pen(live, type_scale)
    told = repr((traces, layout, width, height, title, description, live, type_scale))
    name = f"th-{blake2s(told.encode(), digest_size=4).hexdigest()}"
    clip = f' clip-path="url(#{name}-c)"'
    frame = frame_of(traces, layout, (width, height), pen, clip, stacked_reach(traces, layout))
    values, hits = _values(frame, traces, layout)
    behind, over = axes_drawn(frame, layout)
    body = (
        _ground(frame, layout)
        + behind
        + shapes_drawn(frame, layout, "below")
        + values
        + over
        + shapes_drawn(frame, layout, "above")
        + notes_drawn(frame, layout)
        + (hits_drawn(hits) if live else "")
    )
    return _framed(frame, name, body, title, description)


def _values(frame: Frame, traces: list[Part], layout: Part) -> tuple[str, list[Hit]]:
    """Return the traces drawn, and their places to point at.

    Lines end at the area's edge. A mark within it is drawn whole, whatever `cliponaxis` says.
    """
    bar_traces = [one for one in traces if one.get("type") == "bar"]
    bars = iter(bars_of(frame, bar_traces, layout))
    drawn, hits = "", []
    before: Part | None = None
    for trace in traces:
        if trace.get("type") == "bar":
            mine = next(bars)
            drawn += bars_drawn(frame, trace, mine)
            hits += bar_hits(trace, mine)
            continue
        lines = fill_drawn(frame, trace, before) + line_drawn(frame, trace)
        drawn += (f"<g{frame.clip}>{lines}</g>" if lines else "") + marks_drawn(frame, trace)
        hits += hits_of(frame, trace)
        before = trace
    return drawn, hits


def _ground(frame: Frame, layout: Part) -> str:
    whole = (0.0, 0.0, frame.width, frame.height)
    area = (frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top)
    told = ""
    for key, (x, y, width, height) in (("paper_bgcolor", whole), ("plot_bgcolor", area)):
        colour = layout.get(key, CLEAR)
        if not is_clear(colour):
            place = attributes(x=x, y=y) + f' width="{digits(width)}" height="{digits(height)}"'
            told += f"<rect{place}{frame.pen.look(fill=colour)}/>"
    return told


def _framed(frame: Frame, name: str, body: str, title: str, description: str) -> str:
    """Return the whole picture; its ids begin with `name`, which no other picture has.

    On the screen the name stands among definitions, where it is read aloud but not shown as a
    browser's own tooltip over every mark.
    """
    live = frame.pen.live
    area = attributes(x=frame.left, y=frame.top) + (
        f' width="{digits(frame.right - frame.left)}" height="{digits(frame.bottom - frame.top)}"'
    )
    words = (
        f'<title id="{name}-t">{escaped(title)}</title>'
        f'<desc id="{name}-d">{escaped(description)}</desc>'
    )
    clip = f'<clipPath id="{name}-c"><rect{area}/></clipPath>'
    size = f"0 0 {digits(frame.width)} {digits(frame.height)}"
    font = "" if live else attributes(font_family=FILE_FONT)
    head = f"<defs>{words}{clip}</defs>" if live else f"{words}<defs>{clip}</defs>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="th-drawing" viewBox="{size}" role="img"'
        f' aria-labelledby="{name}-t {name}-d"{font}>{head}{body}</svg>'
    )
