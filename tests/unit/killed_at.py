"""Runs one command again and again, killed each time at a later touch of the disk.

`python killed_at.py FOLDER:COMMAND:STEP …` with COMMAND one of `DONE`: the folder is copied, a
child does the command and kills itself at its n-th touch of a file, and the parent tells in a line
of JSON the command, the copy, and whether the child was killed. Then n grows by STEP.
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from sqlalchemy import Engine, event

from pipelines.history import rollback
from pipelines.importing import import_package
from pipelines.packing import pack
from tilannehuone.cli.extract import _write
from tilannehuone.meeting import backup
from tilannehuone.meeting.database import open_book
from tilannehuone.network.keys import own_key

TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
MOST = 400


def book(folder):
    return open_book(f"sqlite:///{folder}/meetings.sqlite")


DONE = {
    "rollback": lambda folder: rollback(folder / "releases"),
    "package": lambda folder: pack(
        folder / "one.duckdb", folder / "out" / "package.zip", own_key(folder / "key.pem")
    ),
    "import": lambda folder: import_package(folder / "oulu.zip", folder / "room"),
    "extract": lambda folder: _write(folder / "out", {"a": b"1" * 9999, "b": b"2" * 9999}),
    "backup": lambda folder: backup.back_up(book(folder), folder / "backup.jsonl"),
    "restore": lambda folder: backup.restore(book(folder), folder / "backup.jsonl", replace=True),
}


def killed_at(last, command, work):
    """Do the work in this process, which ends at its touch number `last`."""
    seen = 0

    def counted(*_told):
        nonlocal seen
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def touched(name, given):
        if name in TOUCHES and not str(given[0]).endswith((".py", ".pyc", ".yaml", ".mako")):
            counted()

    if command == "restore":  # one file, touched by SQLite: there each statement is a moment
        event.listen(Engine, "before_cursor_execute", counted)
    else:
        sys.addaudithook(touched)
    work()
    os._exit(0)


def main(folder, command, step):
    for last in range(1, MOST, step):
        copy = folder.with_name(f"{folder.name}-{last}")
        shutil.copytree(folder, copy)
        child = os.fork()
        if child == 0:
            killed_at(last, command, lambda copy=copy: DONE[command](copy))
        _, status = os.waitpid(child, 0)
        was_killed = os.WIFSIGNALED(status)
        sys.stdout.write(json.dumps([command, str(copy), was_killed]) + "\n")
        sys.stdout.flush()
        if not was_killed:
            return


if __name__ == "__main__":
    for told in sys.argv[1:]:
        place, name, every = told.split(":")
        main(Path(place), name, int(every))
