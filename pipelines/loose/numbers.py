"""Numbers as people write them in loose files: 12,5 and 12.5, 1 234, 48 %, and nothing at all."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.extracts.casts import THOUSANDS

UNKNOWN = frozenset(
    ("", "-", "\u2010", "\u2013", "\u2014", "\u2212", ".", "..", "...", "\u2026")
    + ("na", "n/a", "nan", "null", "none")
)
"""What stands where there is no number (in lower case): hidden or missing."""

WHOLE = rf"(?:\d+|\d{{1,3}}(?:[{THOUSANDS}X]\d{{3}})+)"
SIGNS = "-+\u2212"
FORMS = {
    sign: re.compile(
        rf"([{SIGNS}]?)({WHOLE.replace('X', parts)})?(?:{re.escape(sign)}(\d+))?(e[-+]?\d+)?",
        re.IGNORECASE,
    )
    for sign, parts in ((",", ""), (".", ","))
}
"""Per decimal sign: the sign of the number, its whole part, its decimals and its exponent."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Values of a column: NaN where unknown, None where what stands there is no number.

    `decimals` is the most that stand there; `percent` says that a per cent sign does.
    """

    values: list[float | None]
    decimals: int
    percent: bool


def read_numbers(texts: Sequence[str], *, comma_first: bool = True) -> Numbers:
    """Return the numbers of a column.

    One decimal sign holds for a column: the one under which every cell is a number, and of both
    (`1,234`) the comma, unless commas part the fields of the file.

    >>> read_numbers(["1 234,5", "-", "12"])
    Numbers(values=[1234.5, nan, 12.0], decimals=1, percent=False)
    >>> read_numbers(["1,234"]).values, read_numbers(["1,234"], comma_first=False).values
    ([1.234], [1234.0])
    >>> read_numbers(["12.5 %", "kaksi"])
    Numbers(values=[12.5, None], decimals=1, percent=True)
    """
    bare = [one.strip().removesuffix("%").rstrip() for one in texts]
    tried = [[_read(one, sign) for one in bare] for sign in (",." if comma_first else ".,")]
    best = min(tried, key=lambda found: sum(one is None for one in found))
    decimals = max((one[1] for one in best if one), default=0)
    percent = any(one.strip().endswith("%") for one in texts)
    return Numbers([one and one[0] for one in best], decimals, percent)


def is_number_or_unknown(text: str) -> bool:
    """Return whether a cell could be a value.

    >>> [is_number_or_unknown(one) for one in ("12,5", "..", "vuosi")]
    [True, True, False]
    """
    return read_numbers([text]).values != [None]


def _read(text: str, sign: str) -> tuple[float, int] | None:
    """Return the number and how many decimals it is written with."""
    if text.lower() in UNKNOWN:
        return math.nan, 0
    match = FORMS[sign].fullmatch(text)
    if match is None or not (match[2] or match[3]):
        return None
    minus = "-" if match[1] in ("-", "\u2212") else ""
    whole = re.sub(r"\D", "", match[2] or "0")
    number = float(f"{minus}{whole}.{match[3] or 0}{match[4] or ''}")
    return (number, len(match[3] or "")) if math.isfinite(number) else None
