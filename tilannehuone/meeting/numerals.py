"""Numbers as people write them in Finnish, Swedish and English sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_SPACE = "[ \u00a0\u202f]"
WRITTEN = re.compile(
    rf"(?<![\w.,])[-\u2212]?(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|\d+)(?:[.,]\d+)?(?![\d])"
)
"""A number with groups of three apart, and a decimal comma or point."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text: its value, how many decimals it was written with, and where it stands."""

    value: Decimal
    decimals: int
    start: int
    end: int

    def is_of(self, value: float) -> bool:
        """Return whether the number is the value, rounded to the decimals it was written with."""
        return rounded(value, self.decimals) == self.value


def numerals(text: str) -> Iterator[Numeral]:
    """Yield the numbers of a text in their order.

    >>> [(str(one.value), one.decimals) for one in numerals("oli 12,4 eli 1 200 tai −3.")]
    [('12.4', 1), ('1200', 0), ('-3', 0)]
    """
    for found in WRITTEN.finditer(text):
        plain = re.sub(_SPACE, "", found[0]).replace("\u2212", "-").replace(",", ".")
        value = Decimal(plain)
        yield Numeral(value, len(plain.partition(".")[2]), *found.span())


def rounded(value: float, decimals: int) -> Decimal:
    """Return a value with so many decimals, halves away from zero, as the room writes numbers."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
