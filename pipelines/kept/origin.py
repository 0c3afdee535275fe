"""What kept answers stand for: the declarations and the code by which they were made."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import duckdb

from tilannehuone.instance import Instance

CODE = Path(__file__).parents[2]
READS = ("pipelines/**/*.py", "tilannehuone/*.py")
"""All that reads a file or a declaration; screens and statistics come after what is kept."""


def origin_of(instance: Instance) -> str:
    """Return a digest of all that may change an answer about a file, but the file itself."""
    told = hashlib.sha256(duckdb.__version__.encode())
    for path in (*_declared(instance), *_code()):
        told.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()


def _declared(instance: Instance) -> Iterator[Path]:
    yield instance.folder / "indicators.yaml"
    yield from sorted((instance.folder / "data").glob("*.yaml"))
    yield from sorted((instance.folder / "data").glob("*.csv"))


def _code() -> Iterator[Path]:
    for pattern in READS:
        yield from sorted(CODE.glob(pattern))
