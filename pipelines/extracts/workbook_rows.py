"""The sheets of a workbook as rows of cells, from a process that may be filled up instead of us."""

import io
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from tilannehuone.errors import ExtractRejected, Fault

READER = Path(__file__).with_name("workbook_reader.py")
MEMORY = 2 << 30
"""Bytes that unpacking and reading a workbook may take."""

CELLS = {("datetime", name) for name in ("date", "datetime", "time", "timedelta")}
"""What cells may be besides texts and numbers; nothing else is ever made of what is received."""

Rows = list[list[Any]]


def sheets_of(path: Path, choose: Callable[[list[str]], list[str]]) -> Iterator[Rows | None]:
    """Yield the rows of the sheets that `choose` picks of all names; None for a broken one.

    Raises
    ------
    ExtractRejected
        Not a workbook, behind a password, or more than may be unpacked.
    """
    command = [sys.executable, "-I", str(READER), str(path), str(MEMORY)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **pipes) as reader:  # type: ignore[call-overload]
        try:
            wanted = choose(_received(reader.stdout, "names"))
            reader.stdin.write(json.dumps(wanted).encode() + b"\n")
            reader.stdin.flush()
            for _ in wanted:
                yield _received(reader.stdout, "rows")
        finally:
            reader.kill()


def _received(pipe: IO[bytes], expected: str) -> Any:
    size = int.from_bytes(pipe.read(8), "big")
    told = pipe.read(size) if 0 < size <= MEMORY else b""
    if not told or len(told) < size:
        raise ExtractRejected(Fault("load_workbook_large"))  # it was ended, for it took too much
    word, content = _Cells(io.BytesIO(told)).load()
    if word == "fault":
        raise ExtractRejected(Fault(content))
    return content if word == expected else None


class _Cells(pickle.Unpickler):
    """Reads plain values and dates only: what the other process sends can start nothing here."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a type of dates; raise for any other."""
        if (module, name) not in CELLS:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)
