"""What real deliveries bring along: total rows, hidden small counts, gaps and mistakes.

Flaws sit at fixed dates or in fixed places, so that they stay where they are when the window grows.
"""

from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.demo.draws import Draw

TOTAL = "Yhteensä"
HIDDEN_UNTIL = date(2022, 1, 1)
"""Until then the old reports hid counts of 1–4 themselves."""
MISSING_QUARTER = date(2025, 10, 1)
MISSING_AREA = "Myllyoja–Korvensuora"
MISTAKES = date(2025, 4, 1)
LATE = "oppilashuolto"
"""The source whose latest file has not arrived."""


def with_total(table: pa.Table, *, of: str, over: tuple[str, ...]) -> pa.Table:
    """Return the table with a last row that sums the columns `over`; `of` says "Yhteensä"."""
    row = {}
    for name in table.column_names:
        column = table[name]
        if name == of:
            value: object = TOTAL
        elif name in over:
            value = pc.sum(column).as_py()
        else:
            value = (
                column[0].as_py() if name in ("Vuosi", "Kuukausi", "Kvartaali", "Jakso") else None
            )
        row[name] = pa.array([value], column.type)
    return pa.concat_tables([table, pa.table(row)])


def with_area_totals(table: pa.Table) -> pa.Table:
    """Return the population with a row "Yhteensä" after the bands of every area."""
    bands = 5
    starts = range(0, table.num_rows, bands)
    parts = [
        with_total(table.slice(start, bands), of="Ikä", over=("Väestö_31_12",)) for start in starts
    ]
    keep = ("Kunta", "Suuralue")
    return pa.concat_tables([_repeat_last(part, keep) for part in parts])


def _repeat_last(part: pa.Table, names: tuple[str, ...]) -> pa.Table:
    """Write the names of the first row into the last (total) row too."""
    for name in names:
        values = part[name].to_pylist()
        part = part.set_column(
            part.column_names.index(name), name, pa.array([*values[:-1], values[0]])
        )
    return part


TOTALS: dict[str, Callable[[pa.Table], pa.Table]] = {
    "vaesto": with_area_totals,
    "pilottipuhelin": lambda t: with_total(t, of="Alue", over=("Yhteydenotot_lkm",)),
    "lapset_puheeksi": lambda t: with_total(
        t, of="Alue", over=("LP_keskustelut_lkm", "LP_neuvonpidot_lkm")
    ),
    "oppilashuolto": lambda t: with_total(
        t, of="Koulualue", over=("Yhteydenotot_lkm", "Määräajassa_7tp_lkm")
    ),
}


def _hidden_small(texts: pa.Table, name: str) -> pa.Table:
    small = pc.is_in(texts[name], pa.array(["1", "2", "3", "4"]))
    at = texts.column_names.index(name)
    return texts.set_column(at, name, pc.if_else(small, "<5", texts[name]))


def _lets_talk(draw: Draw, texts: pa.Table) -> pa.Table:
    if draw.start < HIDDEN_UNTIL:
        texts = _hidden_small(texts, "LP_neuvonpidot_lkm")
    if draw.start == MISSING_QUARTER:
        texts = texts.filter(pc.not_equal(texts["Alue"], MISSING_AREA))
    if draw.start.year < 2023:
        texts = texts.rename_columns(
            ["Ymparisto" if name == "Ympäristö" else name for name in texts.column_names]
        )
    return texts


def _pupil_welfare(draw: Draw, texts: pa.Table) -> pa.Table:
    if draw.start < HIDDEN_UNTIL:
        texts = _hidden_small(texts, "Asiantuntijaryhmät_lkm")
    return texts


def _pilot_line(draw: Draw, texts: pa.Table) -> pa.Table:
    if draw.start.year < 2024:
        new = {"Kuukausi": "KK", "Yhteydenotot_lkm": "Lkm"}
    else:
        new = {"Alue": "Palvelualue"}
    return texts.rename_columns([new.get(name, name) for name in texts.column_names])


def _networks(draw: Draw, texts: pa.Table) -> pa.Table:
    """Add rows to reject: an unknown area, no such day, a meeting before its request."""
    if draw.start != MISTAKES:
        return texts
    wrong = [
        ["V202504-9001", "14.4.2025", "99 Linnanmaa", "Koulu", "22.4.2025"],
        ["V202504-9002", "31.4.2025", "04 Kaakkuri", "Koulu", "6.5.2025"],
        ["V202504-9003", "28.4.2025", "06 Tuira", "Perhe", "7.4.2025"],
    ]
    return _added(texts, wrong)


def _visits(draw: Draw, texts: pa.Table) -> pa.Table:
    """Write a number as words, and a row twice."""
    if draw.start != MISTAKES:
        return texts
    counts = texts["Suoritteet_lkm"].to_pylist()
    at = next(n for n, name in enumerate(texts["Alue"].to_pylist()) if name == "Oulunsalo")
    counts[at] = f"noin {counts[at]}"
    texts = texts.set_column(
        texts.column_names.index("Suoritteet_lkm"), "Suoritteet_lkm", pa.array(counts)
    )
    return pa.concat_tables([texts, texts.slice(at + 2, 1)])


def _added(texts: pa.Table, rows: list[list[str]]) -> pa.Table:
    columns = zip(*rows, strict=True)
    extra = pa.table([pa.array(list(one)) for one in columns], names=texts.column_names)
    return pa.concat_tables([texts, extra])


FLAWS: dict[str, Callable[[Draw, pa.Table], pa.Table]] = {
    "pilottipuhelin": _pilot_line,
    "verkostot": _networks,
    "lapset_puheeksi": _lets_talk,
    "oppilashuolto": _pupil_welfare,
    "shl_kaynnit": _visits,
}


def totalled(source: str, table: pa.Table) -> pa.Table:
    """Return the table with the total rows that its source delivers."""
    if source not in TOTALS or table.num_rows == 0:
        return table
    return TOTALS[source](table)


def flawed(draw: Draw, texts: pa.Table) -> pa.Table:
    """Return the table of texts with the flaws its source delivers in this period."""
    return FLAWS[draw.source](draw, texts) if draw.source in FLAWS else texts
