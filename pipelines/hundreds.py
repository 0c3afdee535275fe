"""Numbers of rows as a release tells them: in full hundreds, upwards.

How many rows a file holds is a number of people like any other when the file is of one area and
month, and a file of all areas is a sum that may be hidden in `cells`. To give the small counts
only as "under 100" would not do: read = loaded + rejected + totals + other, so three exact
counts give the fourth.
"""

import re
from math import ceil

FULL = 100

NUMBER = re.compile(r"\d+(?:\.\d+)?")


def hundreds(count: int, *, even_none: bool = False) -> int:
    """Return a number of rows, rounded up to full hundreds.

    None (0) stays 0: nobody is counted by a row that was rejected, and readers should see that
    none was. `even_none` is for rows that people are counted by: 0 is then as 1 … 100.

    Whatever is subtracted from what, a count is known to no less than 96 rows: that a file's four
    parts add up to its rows leaves each of them 100 values but for three.

    >>> hundreds(0), hundreds(1), hundreds(100), hundreds(101)
    (0, 100, 100, 200)
    >>> hundreds(0, even_none=True)
    100
    """
    return FULL * ceil(max(count, int(even_none)) / FULL)


def observed(told: str | None) -> str | None:
    """Return what a check observed: its whole numbers in full hundreds, shares to two decimals.

    An equation is left out: in hundreds it would not hold.

    >>> observed("27/12840"), observed("0.99731"), observed("9 = 8 + 1 + 0 + 0")
    ('100/12900', '1.00', None)
    """
    if told is None or "=" in told:
        return None
    return NUMBER.sub(lambda one: _coarse(one.group()), told)


def _coarse(number: str) -> str:
    return f"{float(number):.2f}" if "." in number else str(hundreds(int(number)))
