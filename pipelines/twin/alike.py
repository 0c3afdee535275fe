"""Which shown cells of a twin have the numbers that the real releases show in the same place.

A cell is the same where nothing differs that both show of it: value, numerator and denominator. So
a count is the same where it is equal; a rate only where it is over equal parts. Only shown numbers
are compared: what a real release hides is in no file that is read here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from tilannehuone.release import CELL_KEYS

Key = tuple[str, str, str, date, str, str]
"""Measure, area, period type, first day, breakdown and category."""

KEYS = ", ".join(CELL_KEYS)

BOTH = f"""from real.cells r join twin.cells t using ({KEYS})
    where r.value is not null and t.value is not null"""

SAME = f"""select {KEYS}, t.value {BOTH} and r.value = t.value
    and coalesce(r.numerator = t.numerator, true)
    and coalesce(r.denominator = t.denominator, true)
    order by {KEYS}"""  # noqa: S608

EMPTY = """select indicator_id, breakdown, category from twin.cells group by all
    having max(value) = 0 and count(*) filter (status = 'c') = 0"""
"""What is zero all over a twin: nothing that is drawn counts in it."""


@dataclass(frozen=True, slots=True)
class Alike:
    """What a twin and the real releases show alike.

    Attributes
    ----------
    shown : cells that both the twin and the newest release show
    same : the cells that are the same, with their value
    zeros : of what is zero all over the twin, the cells that are zero in both; not in `same`
    """

    shown: int
    same: dict[Key, float]
    zeros: frozenset[Key]


def alike(reals: Sequence[Path], twin: Path) -> Alike:
    """Return which cells of a twin are the same as of any of the real releases, newest last."""
    shown = 0
    same: dict[Key, float] = {}
    for real in reals:
        with duckdb.connect(":memory:") as reader:
            reader.execute("attach ? as real (read_only)", [str(real)])
            reader.execute("attach ? as twin (read_only)", [str(twin)])
            shown = int(reader.execute(f"select count(*) {BOTH}").fetchall()[0][0])
            same |= {row[:6]: float(row[6]) for row in reader.execute(SAME).fetchall()}
            empty = set(reader.execute(EMPTY).fetchall())
    zeros = frozenset(key for key in same if (key[0], *key[4:]) in empty)
    return Alike(shown, {key: same[key] for key in same if key not in zeros}, zeros)
