"""How a delivered file is written: told by the declaration, its name or its first characters."""

import re
from pathlib import Path

from pipelines.extracts.delivery import bytes_of
from pipelines.extracts.workbooks import SUFFIXES
from tilannehuone.sources import Format, Source

JSON_SUFFIXES = (".json", ".jsonstat")

FIRST = (
    (re.compile(rb"\{\s*[\"}]"), "json-stat"),
    (re.compile(rb"\[\s*[{\]]"), "sotkanet"),
    (re.compile(rb"(?:CHARSET|AXIS-VERSION)\s*=\s*\""), "px"),
)
"""What a file of each format begins with; a table in plain text begins so with none."""


def format_of(path: Path, source: Source) -> Format:
    """Return how a file is to be read.

    What is named `.json` is read as JSON whatever it holds, so that a web page saved in its place
    is told as such.

    Raises
    ------
    ExtractRejected
        When a packed file cannot be unpacked.
    """
    if source.format != "auto":
        return source.format
    suffix = Path(path.name.lower().removesuffix(".gz")).suffix
    if suffix in SUFFIXES:
        return "workbook"
    if suffix == ".parquet":
        return "parquet"
    if suffix == ".px":
        return "px"
    head = next(bytes_of(path), b"")[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if suffix in JSON_SUFFIXES:
        return "sotkanet" if head.startswith(b"[") or source.regions else "json-stat"
    found: Format = "delimited"
    for pattern, name in FIRST:
        if pattern.match(head):
            found = name  # type: ignore[assignment]
    return found
