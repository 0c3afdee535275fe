"""Writes the synthetic extracts of the demo instance into a folder."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Literal

import pyarrow as pa

from pipelines.demo.calendars import add_months, last_day
from pipelines.demo.child_protection import expected_events
from pipelines.demo.deliveries import EXTRACTS, Extract
from pipelines.demo.draws import Draw
from pipelines.demo.files import PLAIN, Layout, typed, write_parquet, write_text, written
from pipelines.demo.flaws import LATE, flawed, totalled
from pipelines.demo.readme import forget_earlier, write_readme
from pipelines.demo.workbook import write_workbook

Style = Literal["municipal", "plain"]
Format = Literal["csv", "parquet"]


def make_extracts(
    folder: Path,
    *,
    seed: int = 564,
    months: int = 72,
    last_month: date | None = None,
    events: int | None = None,
    style: Style = "municipal",
    file_format: Format = "csv",
) -> None:
    """Write the demo's extracts into `folder`, replacing what an earlier call wrote there.

    The same arguments give the same bytes. A wider window repeats the older periods' counts;
    only dates after the window's end (an assessment still open) get known as it moves on.

    Parameters
    ----------
    folder
        Made if absent.
    seed
        Of all chance.
    months
        How many months the window has; quarters and half-years are written when they fit whole.
    last_month
        Any day of the last month; the last closed month when None.
    events
        About how many child-protection rows there should be in all (for benchmarks, up to 1e8);
        None for a world of true size. The other sources keep their size.
    style
        "municipal": encodings, titles, totals, marks and mistakes as delivered in Finland.
        "plain": UTF-8, ISO dates, nothing to stumble over.
    file_format
        "csv", or "parquet" (typed, and always plain).

    Raises
    ------
    ValueError
        When `months` or `events` is less than 1.
    """
    if months < 1 or (events is not None and events < 1):
        raise ValueError("months and events are at least 1")
    folder.mkdir(parents=True, exist_ok=True)
    forget_earlier(folder)
    end = (last_month or last_day(add_months(date.today(), -1))).replace(day=1)
    first = add_months(end, 1 - months)
    base = Draw(seed, "", first, last_day(end))
    scale = 1.0 if events is None else events / _natural_events(first, months)
    plain = style == "plain" or file_format == "parquet"
    names = [
        path.name
        for extract in EXTRACTS
        for path in _write(extract, folder, base, scale, plain, file_format)
    ]
    write_readme(folder, names)


def _natural_events(first: date, months: int) -> float:
    return sum(expected_events(add_months(first, n)) for n in range(months))


def _write(
    extract: Extract, folder: Path, base: Draw, scale: float, plain: bool, file_format: Format
) -> Iterator[Path]:
    """Write the files of one kind of extract, and tell which."""
    large = scale if extract.source == "lastensuojelu" else 1.0
    draws = [
        replace(base, source=extract.source, start=start, scale=large)
        for start in _starts(extract, base)
    ]
    if extract.source == LATE and not plain:
        draws = draws[:-1]
    for mark, group in groupby(draws, key=lambda draw: extract.cut.format(draw.start)):
        stem = f"{extract.stem}_{mark}" if mark else extract.stem
        path, rows = _write_file(extract, folder / stem, list(group), plain, file_format)
        if rows:
            yield path
        else:
            path.unlink()


def _starts(extract: Extract, base: Draw) -> list[date]:
    """Return the first days of the periods that the window holds whole.

    Of yearly counts, those known by the window's end, from the year before it.
    """
    if extract.known is not None:
        years = range(base.start.year - 1, base.cutoff.year + 1)
        return [date(y, 1, 1) for y in years if date(y, *extract.known) <= base.cutoff]
    starts, start = [], base.start
    while last_day(start, extract.months) <= base.cutoff:
        if (start.month - 1) % extract.months == 0:
            starts.append(start)
        start = add_months(start, 1)
    return starts


def _write_file(
    extract: Extract, stem: Path, draws: list[Draw], plain: bool, file_format: Format
) -> tuple[Path, int]:
    rows = (extract.rows(draw) for draw in draws)
    if file_format == "parquet":
        path = stem.with_name(stem.name + ".parquet")
        return path, write_parquet(path, (typed(table) for table in rows))
    layout = PLAIN if plain else extract.layout
    path = stem.with_name(stem.name + layout.suffix)
    if layout.suffix == ".xlsx":
        return path, _write_sheet(path, layout, list(rows))
    return path, write_text(path, _texts(extract, draws, layout, plain), layout)


def _texts(extract: Extract, draws: list[Draw], layout: Layout, plain: bool) -> Iterator[pa.Table]:
    for draw in draws:
        table = extract.rows(draw)
        if plain:
            yield table
        else:
            yield flawed(draw, written(totalled(extract.source, table), layout))


def _write_sheet(path: Path, layout: Layout, tables: list[pa.Table]) -> int:
    table = pa.concat_tables(tables)
    values = (table[name].to_pylist() for name in table.column_names)
    titles: list[list[object]] = [[title] for title in layout.titles]
    body = [list(row) for row in zip(*values, strict=True)]
    write_workbook(path, "Henkilöstö", [*titles, [], list(table.column_names), *body])
    return table.num_rows
