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

from pipelines.extracts.ends import Ends, ends_of
from pipelines.extracts.utf8 import Utf8
from tilannehuone.errors import ExtractRejected, Fault

CHUNK = 1 << 18
"""Bytes looked at at once: what stays in the processor's own memory goes three times as fast."""

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
    ends, utf8 = Ends(), Utf8()
    for chunk in bytes_of(path):  # once: a large file is looked through as often as it is read
        ends.add(chunk)
        utf8.add(chunk)
    encoding = _encoding(path, first, declared, is_utf8=utf8.holds)
    if encoding.startswith("utf-16"):
        return Delivery(path, name, encoding, _lines_of_text(path, encoding), plain=False)
    if ends.zero is not None:
        raise ExtractRejected(Fault("load_not_text", line=ends.zero))
    plain = ends.alike and encoding in ("utf-8", "utf-8-sig")
    return Delivery(path, name, encoding, ends.filled, plain)


def _lines_of_text(path: Path, encoding: str) -> int:
    with open_text(Delivery(path, "", encoding, 0, plain=False)) as file:
        return max((at for at, line in enumerate(file, start=1) if line.strip()), default=0)


def _encoding(path: Path, first: bytes, declared: str, *, is_utf8: bool) -> str:
    found = next((name for bom, name in BOMS if first.startswith(bom)), None)
    if found == "utf-32":
        raise ExtractRejected(Fault("load_not_text", line=1))
    found = found or _utf16_without_bom(first)
    if found is None:
        bad_line = None if is_utf8 else _undecodable_line(path, "utf-8")
        found = "utf-8" if bad_line is None else _single_byte(path, bad_line)
        sure = True
    else:
        sure = False
    wanted = found if declared == "auto" or _agree(declared, found) else declared
    sure = (sure and wanted == found) or (is_utf8 and wanted.startswith("utf-8"))
    bad_line = None if sure else _undecodable_line(path, wanted)
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
        lines += ends_of(chunk[: max(position - at, 0)])
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
