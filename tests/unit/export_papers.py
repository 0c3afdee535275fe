"""Views to be written as files: one as a trend page makes it, one that tries to break out."""

from dataclasses import replace
from datetime import datetime

import plotly.graph_objects as go

from tilannehuone.charts.palette import LIGHT
from tilannehuone.charts.paper import Curve, Paper
from tilannehuone.charts.table import Cell, Column, Table

BUILT = datetime(2026, 11, 23, 4, 12, 5)
BEFORE, HIDDEN, AFTER = 4709.75, 4711, 4712.25
"""A hidden count between two that are shown: whoever draws or reckons across it tells 4711."""

COLUMNS = (
    Column("Jakso", whole=True),
    Column("Luku", numeric=True),
    Column("Osoittaja", numeric=True),
    Column("Merkintä"),
    Column("Jakson alku", file_only=True),
    Column("Tila", file_only=True),
    Column("95 %:n väli, alku", file_only=True),
)
NOTES = (
    ("Mittari", "Lastensuojeluilmoitukset (cp_notifications)"),
    ("Jakso", "tammi 2025 – maalis 2025"),
    ("Määritelmä", "Jakson aikana saapuneet ilmoitukset. Samasta lapsesta voi olla useita."),
    ("Rekisteri", "Lastensuojelun asiakasrekisteri"),
    ("Julkaisu", "20261123T041205Z (23.11.2026)"),
    ("Laatu", "Lähteen laatutarkistukset: ei huomautettavaa."),
    ("Merkinnät", "c = Peitetty tietosuojan vuoksi: alle 5 tai suojaa muita."),
    ("Merkinnät", "x = Ei saatavilla: lukua ei ole toimitettu."),
)
LABELS = ("tammi 2025", "helmi 2025", "maalis 2025", "huhti 2025")
MESSAGE = "Maaliskuussa 2025 luku oli 4 712,3 lasta. Muutosta ei näy: vaihtelu on tavanomaista."


def rows():
    shown = ("4 709,8", BEFORE), ("peitetty", None), ("4 712,3", AFTER)
    return tuple(
        (
            Cell(LABELS[n]),
            Cell(words, number=number, quiet=number is None),
            Cell("–", quiet=True) if number is None else Cell(str(n + 7), number=n + 7.0),
            Cell("peitetty" if number is None else ""),
            Cell(f"2025-0{n + 1}-01"),
            Cell("c" if number is None else "ok"),
            Cell("") if number is None else Cell("", number=number + 1.123456789),
        )
        for n, (words, number) in reversed(list(enumerate(shown)))
    )


def figure(unit="lasta", first=BEFORE, last=AFTER):
    """Return a line with a gap, marks with hover texts, and the unit above the axis."""
    x, y = ["2025-01-01", "2025-02-01", "2025-03-01"], [first, None, last]
    line = {"type": "scatter", "mode": "lines", "x": x, "y": y}
    line |= {"line": {"color": LIGHT.common, "width": 2}, "hoverinfo": "skip"}
    marks = {"type": "scatter", "mode": "markers", "x": x[::2], "y": y[::2]}
    marks |= {"text": ["tammi", "maalis"], "hovertemplate": "%{text}<extra></extra>"}
    marks |= {"marker": {"symbol": "circle", "size": 8, "color": LIGHT.accent}}
    named = {"text": unit, "x": 0, "y": 1, "xref": "paper", "yref": "paper", "showarrow": False}
    named |= {"font": {"size": 16, "color": LIGHT.soft}, "xanchor": "left", "yanchor": "bottom"}
    axis = {"tickfont": {"size": 16, "color": LIGHT.soft}, "zeroline": False}
    ticks = {"type": "date", "tickvals": x, "ticktext": ["tammi", "helmi", "maalis"]}
    layout = {"template": None, "margin": {"l": 80, "r": 40, "t": 40, "b": 60}, "showlegend": False}
    layout |= {"paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)"}
    layout |= {"xaxis": axis | ticks | {"range": ["2024-12-15", "2025-03-15"]}}
    layout |= {"yaxis": axis | {"range": [0, 6000], "gridcolor": LIGHT.line, "nticks": 6}}
    return go.Figure(data=[line, marks], layout=layout | {"annotations": [named]})


def trend(**changed):
    """Return a trend's paper; `changed` are its fields."""
    paper = Paper(
        name="cp_notifications-564-month",
        lang="fi",
        title="Lastensuojeluilmoitukset",
        where="Oulu",
        messages=(MESSAGE, "Pysyvä 20 %:n muutos näkyisi tyypillisesti 2 kuukaudessa."),
        table=Table("Lastensuojeluilmoitukset, Oulu", COLUMNS, rows(), notes=NOTES),
        alt="Aikasarjakaavio: lukuja on 2, peitettyjä 1.",
        figure=figure(),
        labels=LABELS,
        curves=(
            Curve("value", "Lastensuojeluilmoitukset", (BEFORE, None, AFTER, None)),
            Curve("centre", "Keskitaso", (4000.5, 4000.5, 4000.5, None)),
            Curve("target", "Tavoite", (4500.0, 4500.0, 4500.0, 4500.0)),
            Curve("forecast", "Ennuste", (None, None, None, 4200.5)),
        ),
        unit="lasta",
        decimals=1,
        built=BUILT,
    )
    return replace(paper, **changed)


LONG = "Perheiden ja lasten varhaisen tuen yhteisneuvottelujen jälkeiset " * 4
NASTY = '=1+1 #import "x" $x^2$ *a* _b_ \\n <script>alert(1)</script> & {{x}} @SUM(A1) ]] --> é'


def nasty():
    """Return a paper whose every text would be markup or a formula somewhere."""
    cells = tuple(Cell(NASTY) for _ in COLUMNS)
    return trend(
        title=NASTY,
        where=NASTY,
        messages=(NASTY, NASTY),
        table=Table(NASTY, COLUMNS, (cells,), notes=((NASTY, NASTY),)),
        alt=NASTY,
        labels=(NASTY,) * 4,
        curves=(Curve("value", NASTY, (1.0, None, 2.0, 3.0)),),
        figure=figure("lasta", 1.0, 2.0),
        unit=NASTY,
    )


def wordy():
    """Return a paper without a chart: a short table of words, an icon and the reader's own row."""
    columns = (
        Column("Mittari"),
        Column("Luku", numeric=True),
        Column("Suunta"),
        Column("status", file_only=True),
    )
    many = Cell("Ilmoitukset"), Cell("82 %", number=82.25), Cell("nousee", icon="concern.high")
    few = Cell("Sijoitetut"), Cell("peitetty", quiet=True), Cell("")
    cells = (*many, Cell("ok")), (*few, Cell("c"))
    table = Table("Mittarit", columns, cells, here=0, notes=NOTES)
    return trend(table=table, figure=None, curves=(), labels=(), unit="", title="Tilannekuva")
