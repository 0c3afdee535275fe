"""The same table and chart in Plotly Dash; arguments: RELEASE MEASURE AREA PORT.

One callback, as its manual has it; a plain HTML table, which is lighter than its own data table.
"""

import sys

from dash import Dash, Input, Output, callback, dcc, html

from bench.screens_same import AREAS, COLUMNS, HEIGHT, MEASURES, first_shown, names, shown

MEASURE, AREA = first_shown()


@callback(
    Output("headline", "children"),
    Output("chart", "figure"),
    Output("rows", "children"),
    Input("measure", "value"),
    Input("area", "value"),
)
def redraw(measure: str, area: str) -> tuple[object, ...]:
    told = shown(measure, area)
    rows = [html.Tr([html.Td(cell) for cell in row]) for row in told.rows]
    return told.headline, told.figure, rows


def picker(sql: str, chosen: str, name: str) -> dcc.Dropdown:
    options = [{"value": key, "label": label} for key, label in names(sql).items()]
    return dcc.Dropdown(options=options, value=chosen, id=name, clearable=False)


def main() -> None:
    app = Dash(__name__, title="Dash")
    app.layout = html.Main(
        [
            picker(MEASURES, MEASURE, "measure"),
            picker(AREAS, AREA, "area"),
            html.H1(id="headline"),
            dcc.Graph(id="chart", config={"displayModeBar": False}, style={"height": HEIGHT}),
            html.Table(
                [html.Thead(html.Tr([html.Th(one) for one in COLUMNS])), html.Tbody(id="rows")]
            ),
        ]
    )
    port = int(sys.argv[4])
    try:
        from waitress import serve
    except ImportError:
        app.run(host="127.0.0.1", port=port)
    else:
        serve(app.server, host="127.0.0.1", port=port, threads=8)


if __name__ == "__main__":
    main()
