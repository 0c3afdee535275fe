"""`tilannehuone spc FILE`: the XmR chart of any file of a date and a value."""

from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.registry import Direction
from tilannehuone.stats.spc import analyse

COLUMNS = 2


def xmr_rows(file: Path, direction: Direction) -> list[dict[str, Any]]:
    """Return the points of the series with limits, signal and kind, one record a row.

    The file is a CSV with a header, its first column the date and its second the value; rows are
    charted in the order of the dates. An empty value is unknown.

    Raises
    ------
    ExtractRejected
        When the file cannot be read so, or a date stands twice.
    """
    try:
        frame = duckdb.connect(":memory:").execute("from read_csv($file)", {"file": str(file)}).df()
    except duckdb.Error:
        raise ExtractRejected(Fault("not_a_series", file=str(file))) from None
    if len(frame.columns) < COLUMNS or not np.issubdtype(frame.dtypes.iloc[1], np.number):
        raise ExtractRejected(Fault("not_a_series", file=str(file)))
    frame = frame.sort_values(frame.columns[0])
    dates = frame.iloc[:, 0]
    if dates.duplicated().any():
        raise ExtractRejected(Fault("date_twice", file=str(file)))
    values = frame.iloc[:, 1].to_numpy(float)
    result = analyse(values, direction=direction)
    rows = []
    for segment in result.segments:
        for position in range(segment.start, segment.stop):
            point = result.points[position]
            rows.append(
                {
                    "date": dates.iloc[position],
                    "value": float(values[position]),
                    "centre": segment.centre,
                    "lower": segment.lower,
                    "upper": segment.upper,
                    "signal": point.signal,
                    "kind": point.kind,
                }
            )
    return rows
