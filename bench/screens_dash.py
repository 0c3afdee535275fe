"""The same table and chart in Plotly Dash; arguments: RELEASE MEASURE AREA PORT.

One callback and its own data table, as its manual has it. A table of `html.Td` would be kinder to
us: Dash draws 430 of them in 600 ms.
"""

import sys

from dash import Dash, Input, Output, callback, dash_table, dcc, html

from bench.screens_same import AREAS, COLUMNS, HEIGHT, MEASURES, first_shown, names, shown

MEASURE, AREA = first_shown()


@callback(
    Output("headline", "children"),
    Output("chart", "figure"),
    Output("rows", "data"),
    Input("measure", "value"),
    Input("area", "value"),
)
def redraw(measure: str, area: str) -> tuple[object, ...]:
    told = shown(measure, area)
    return told.headline, told.figure, [dict(zip(COLUMNS, row, strict=True)) for row in told.rows]


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
            dash_table.DataTable(id="rows", columns=[{"name": one, "id": one} for one in COLUMNS]),
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
