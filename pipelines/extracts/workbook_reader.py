"""Reads a workbook in a process of its own, with bounded memory and time; run by `workbooks.py`.

A workbook is a packed archive of XML from somebody else: a few kilobytes can unpack to gigabytes,
or name a cell in the last corner of a sheet. Here nothing of the build's own can be filled up,
and what kills this process is told as one line about the file.

It imports little, since every workbook starts it anew. On its input: which sheets are wanted. On
its output, pickled one after the other: the names of all sheets, and of each wanted one its rows.
"""

import json
import pickle
import resource
import sys

import python_calamine as calamine

SECONDS = 900
CELLS = 25_000_000
"""Of the process its computing time; of a sheet its cells, filled or not."""


def main(path: str, memory: int) -> None:
    """Answer with (word, content) pairs until all that was asked for is told.

    `memory` is in bytes; whatever would take more ends the process.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        workbook = calamine.CalamineWorkbook.from_path(path)
    except calamine.PasswordError:
        _tell("fault", "load_password")
        return
    except calamine.CalamineError:
        _tell("fault", "load_not_workbook")
        return
    _tell("names", list(workbook.sheet_names))
    for name in json.loads(sys.stdin.readline() or "[]"):
        try:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.total_height * sheet.total_width > CELLS:
                _tell("fault", "load_workbook_large")
                return
            _tell("rows", sheet.to_python(skip_empty_area=False))
        except calamine.CalamineError:
            _tell("broken", None)


def _tell(word: str, content: object) -> None:
    told = pickle.dumps((word, content), protocol=5)
    sys.stdout.buffer.write(len(told).to_bytes(8, "big") + told)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
