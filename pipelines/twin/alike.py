"""How many shown cells of a twin happen to equal the real ones: told to its maker, used in nothing.

A rate or a share tells its numerator and denominator beside the value, so that an equal cell is
next to impossible; a small count may be drawn as it is. Only shown numbers are compared: what the
real release hides is in no file that is read here.
"""

from pathlib import Path

import duckdb

from tilannehuone.release import CELL_KEYS

ALIKE = f"""select count(*), count(*) filter (r.value = t.value
        and r.numerator is not distinct from t.numerator
        and r.denominator is not distinct from t.denominator)
    from real.cells r join twin.cells t using ({", ".join(CELL_KEYS)})
    where r.value is not null and t.value is not null"""  # noqa: S608


def count_alike(real: Path, twin: Path) -> tuple[int, int]:
    """Return how many cells both releases show, and in how many of them all numbers are equal."""
    with duckdb.connect(":memory:") as reader:
        reader.execute("attach ? as real (read_only)", [str(real)])
        reader.execute("attach ? as twin (read_only)", [str(twin)])
        shown, same = reader.execute(ALIKE).fetchall()[0]
    return int(shown), int(same)
