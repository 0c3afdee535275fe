"""What a delivered file is, byte by byte: its digest, encoding, line ends and number of lines."""

import codecs
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from pipelines.extracts.utf8 import is_utf8
from tilannehuone.errors import ExtractRejected, Fault

CHUNK = 4 << 20
LONGEST_LINE = 16 << 20
"""Bytes of one line: more is no row, and some reader would hold it all at once."""

MOST_PACKED, LITTLE = 200, 64 << 20
"""How many times larger a packed file may become, from so many bytes on; tables become 5 to 50."""

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CP1252_HOLES = frozenset(b"\x81\x8d\x8f\x90\x9d")
NOT_C1 = bytes(set(range(256)) - set(range(0x80, 0xA0)))
ARCHIVES = (
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"BZh",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"PAR1",
)
UTF8_IN_WORD = re.compile(rb"[A-Za-z](?:\xc3[\xa4\xb6\xa5\x84\x96\x85])+[A-Za-z]")
"""An ä, ö or å of UTF-8 amid letters: no word of cp1252 or latin-1 looks so."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivered text file as it stands, before anything is read into it."""

    path: Path
    name: str  # relative to the folder of extracts
    encoding: str  # Python's name of it
    lines: int  # physical lines; blank ones at the end are not counted
    plain: bool  # UTF-8 with one kind of line end: DuckDB may read it where it is

    @property
    def reported_encoding(self) -> str:
        """The encoding as declarations name it."""
        return "utf-16" if self.encoding.startswith("utf-16") else self.encoding


def digest(path: Path) -> str:
    """Return the sha256 of the file as delivered."""
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            sha.update(chunk)
    return sha.hexdigest()


def hold_inside(extracts: Path, path: Path) -> None:
    """Raise ExtractRejected where a file lies outside the folder of extracts, behind a link."""
    if not path.resolve().is_relative_to(extracts.resolve()):
        raise ExtractRejected(Fault("load_outside"))


def bytes_of(path: Path) -> Iterator[bytes]:
    """Yield the content in chunks, unpacked if the name ends in .gz."""
    opener = gzip.open if path.suffix == ".gz" else open
    most = max(path.stat().st_size * MOST_PACKED, LITTLE) if path.suffix == ".gz" else None
    size = 0
    try:
        with opener(path, "rb") as file:
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if most is not None and size > most:
                    raise ExtractRejected(Fault("load_packed_too_much", {"most": MOST_PACKED}))
                yield chunk
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise ExtractRejected(Fault("load_broken_gzip")) from None


@contextmanager
def open_text(delivery: Delivery) -> Iterator[TextIO]:
    """Open the content as text whose lines all end with LF."""
    opener = gzip.open if delivery.path.suffix == ".gz" else open
    with opener(delivery.path, "rb") as file:
        yield io.TextIOWrapper(cast(BinaryIO, file), encoding=delivery.encoding, newline=None)


def inspect(path: Path, name: str, declared: str = "auto") -> Delivery:
    """Return what the text file is.

    UTF-8 is tried first and strictly. What is not UTF-8 is cp1252 when it holds bytes
    0x80–0x9F (there cp1252 has letters and latin-1 has none), otherwise latin-1.

    Raises
    ------
    ExtractRejected
        Not text, not in the declared encoding, or in two encodings at once.
    """
    first = next(bytes_of(path), b"")
    if first.startswith(ARCHIVES):
        raise ExtractRejected(Fault("load_not_text", line=1))
    _hold_lines(path)
    encoding = _encoding(path, first, declared)
    lines, plain = _lines(path, encoding)
    return Delivery(path, name, encoding, lines, plain and encoding in ("utf-8", "utf-8-sig"))


def _encoding(path: Path, first: bytes, declared: str) -> str:
    found = next((name for bom, name in BOMS if first.startswith(bom)), None)
    if found == "utf-32":
        raise ExtractRejected(Fault("load_not_text", line=1))
    found = found or _utf16_without_bom(first)
    if found is None:
        bad_line = _undecodable_line(path, "utf-8")
        found = "utf-8" if bad_line is None else _single_byte(path, bad_line)
        sure = True
    else:
        sure = False
    wanted = found if declared == "auto" or _agree(declared, found) else declared
    bad_line = None if sure and wanted == found else _undecodable_line(path, wanted)
    if bad_line is not None:
        raise ExtractRejected(Fault("load_not_in_encoding", {"encoding": wanted}, line=bad_line))
    return wanted


def _agree(declared: str, found: str) -> bool:
    return found.startswith(declared) or (declared, found) == ("utf-8-sig", "utf-8")


def _utf16_without_bom(first: bytes) -> str | None:
    head = first[:4096]
    if b"\0" not in head:
        return None
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[offset::2].count(0) > 0.4 * len(head) and head[1 - offset :: 2].count(0) == 0:
            return name
    raise ExtractRejected(Fault("load_not_text", line=head[: head.index(0)].count(b"\n") + 1))


def _undecodable_line(path: Path, encoding: str) -> int | None:
    """Return the line of the first byte that the encoding does not know, or None."""
    if encoding == "utf-8" and is_utf8(bytes_of(path)):
        return None
    decoder = codecs.getincrementaldecoder(encoding)()
    at = 0
    for chunk in bytes_of(path):
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            return _line_at(path, at + error.start)
        at += len(chunk)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _line_at(path, at)
    return None


def _line_at(path: Path, position: int) -> int:
    """Return the line that holds a byte."""
    lines, at = 1, 0
    for chunk in bytes_of(path):
        lines += _ends(chunk[: max(position - at, 0)])
        at += len(chunk)
    return lines


def _single_byte(path: Path, bad_line: int) -> str:
    seen: set[int] = set()
    for chunk in bytes_of(path):
        seen |= set(chunk.translate(None, NOT_C1))
        if UTF8_IN_WORD.search(chunk):
            raise ExtractRejected(Fault("load_two_encodings", line=bad_line))
    if seen & CP1252_HOLES:
        raise ExtractRejected(Fault("load_unknown_encoding", line=bad_line))
    return "cp1252" if seen else "latin-1"


def _lines(path: Path, encoding: str) -> tuple[int, bool]:
    """Return the number of physical lines, and whether they all end alike (LF or CR LF)."""
    if encoding.startswith("utf-16"):
        with open_text(Delivery(path, "", encoding, 0, plain=False)) as file:
            ended = max((at for at, line in enumerate(file, start=1) if line.strip()), default=0)
        return ended, False
    ended = lines = crlf = cr = 0
    last = b""
    for chunk in bytes_of(path):
        if b"\0" in chunk:
            at = lines + chunk[: chunk.index(b"\0")].count(b"\n") + 1
            raise ExtractRejected(Fault("load_not_text", line=at))
        joined = last == b"\r" and chunk[:1] == b"\n"
        carriages = chunk.count(b"\r")
        pairs = chunk.count(b"\r\n") if carriages else 0
        crlf, cr = crlf + pairs + joined, cr + carriages
        ends = chunk.count(b"\n") + carriages - pairs - joined
        blank = _ends(chunk[len(chunk.rstrip()) :])
        if blank < ends or not chunk.isspace():
            ended = lines + ends - blank + 1
        lines += ends
        last = chunk[-1:]
    lone_lf = lines - cr
    return ended, cr == crlf and (not crlf or not lone_lf)


def _hold_lines(path: Path) -> None:
    """Raise ExtractRejected where a line is longer than any row, in whichever encoding."""
    line, since = 1, 0
    for chunk in bytes_of(path):
        first, last = _first_end(chunk), max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        since += len(chunk) if first is None else first
        if since <= LONGEST_LINE and first is not None:
            line += chunk.count(b"\n") or chunk.count(b"\r")
            since = len(chunk) - 1 - last
        if since > LONGEST_LINE:
            most = {"most": LONGEST_LINE >> 20}
            raise ExtractRejected(Fault("load_line_too_long", most, line=line))


def _first_end(chunk: bytes) -> int | None:
    """Return where the first line of a chunk ends; None when none does."""
    return min((at for end in (b"\n", b"\r") if (at := chunk.find(end)) >= 0), default=None)


def _ends(chunk: bytes) -> int:
    """Count the line ends of any kind: LF, CR LF, or CR alone."""
    carriage = chunk.count(b"\r")
    return chunk.count(b"\n") + (carriage - chunk.count(b"\r\n") if carriage else 0)
