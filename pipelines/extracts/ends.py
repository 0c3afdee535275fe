"""Where the lines of a text end, told from its bytes."""

import numpy as np

from tilannehuone.errors import ExtractRejected, Fault

LONGEST_LINE = 16 << 20
"""Bytes of one line: more is no row, and some reader would hold it all at once."""


class Ends:
    r"""The line ends of a text that comes in chunks: LF, CR LF, or CR alone.

    Attributes
    ----------
    filled : the last physical line that is not blank
    zero : the line of the first byte that no text has, or None

    >>> ends = Ends()
    >>> for chunk in (b"a;b\r", b"\n1;2\r\n", b"\r\n"):
    ...     ends.add(chunk)
    >>> ends.filled, ends.alike, ends.zero
    (2, True, None)
    """

    def __init__(self) -> None:
        self.filled = 0
        self.zero: int | None = None
        self._lines = self._pairs = self._carriages = self._since = 0
        self._last = b""

    @property
    def alike(self) -> bool:
        """Whether all lines end alike, with LF or with CR LF."""
        lone = self._lines - self._carriages
        return self._carriages == self._pairs and (not self._pairs or not lone)

    def add(self, chunk: bytes) -> None:
        """Take the next bytes; raise ExtractRejected where a line is longer than any row."""
        self._hold(chunk)
        if self.zero is None and b"\0" in chunk:
            self.zero = self._lines + chunk[: chunk.index(b"\0")].count(b"\n") + 1
        joined = self._last == b"\r" and chunk[:1] == b"\n"
        carriages = _count(chunk, b"\r")
        pairs = (chunk.count(b"\r\n") if carriages else 0) + joined
        ends = _count(chunk, b"\n") + carriages - pairs
        if not chunk.isspace():
            self.filled = self._lines + ends - ends_of(chunk[len(chunk.rstrip()) :]) + 1
        self._lines += ends
        self._pairs += pairs
        self._carriages += carriages
        self._last = chunk[-1:]

    def _hold(self, chunk: bytes) -> None:
        first = min((at for end in b"\n\r" if (at := chunk.find(end)) >= 0), default=None)
        self._since += len(chunk) if first is None else first
        before = 0  # where the line that is too long begins
        if first is not None and self._since <= LONGEST_LINE:
            last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            self._since, before = len(chunk) - 1 - last, last + 1
        if self._since > LONGEST_LINE:
            most, line = {"most": LONGEST_LINE >> 20}, self._lines + ends_of(chunk[:before]) + 1
            raise ExtractRejected(Fault("load_line_too_long", most, line=line))


def ends_of(chunk: bytes) -> int:
    """Count the line ends of any kind in a text that is whole."""
    carriages = _count(chunk, b"\r")
    return _count(chunk, b"\n") + (carriages - chunk.count(b"\r\n") if carriages else 0)


def _count(chunk: bytes, byte: bytes) -> int:
    if byte not in chunk:
        return 0
    return int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == byte[0]))
