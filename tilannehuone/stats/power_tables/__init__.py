"""Tables of what chance marks and what a series could see, drawn up by `bench.power_tables`."""

from functools import cache

from tilannehuone.stats.power_tables import (
    false_alarms,
    false_alarms_correlated,
    false_alarms_fixed,
    medians,
    steps,
)
from tilannehuone.stats.power_tables.grid import Grid, read_grid

__all__ = ["Grid", "table"]

_TEXTS = {
    "false_alarms": false_alarms.TABLE,
    "false_alarms_correlated": false_alarms_correlated.TABLE,
    "false_alarms_fixed": false_alarms_fixed.TABLE,
    "medians": medians.TABLE,
    "steps": steps.TABLE,
}


@cache
def table(name: str) -> Grid:
    """Return a table by its name, read once.

    >>> list(table("steps").axes)
    ['direction', 'mean', 'points']
    """
    return read_grid(_TEXTS[name])
