"""Many write into one meeting over the real server while it is killed: nothing may be lost.

`python -m bench.hammer --instance A_COPY` (it writes into the copy's book, or into the one that
TILANNEHUONE_DATABASE names): 20 writers, 1,000 writes through `POST meeting/write`, the server
killed with SIGKILL three times. It reports what was acknowledged and what the book then holds.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

from bench.screens_serving import ROOT, free_port
from tilannehuone.meeting import book as books
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.meeting.objects import Meeting, Phenomenon, Success

WRITERS, WRITES_EACH = 20, 50
KILLED_AFTER = (200, 450, 700)
HEADERS = {"content-type": "application/json", "sec-fetch-site": "same-origin"}
GONE = (OSError, HTTPException, ValueError)
LETTERS = "abcdefghijklmnopqrst"

Told = dict[str, Any]


class Room:
    """The server, killed and started again at one address, and what it has acknowledged."""

    def __init__(self, instance: Path) -> None:
        self.instance, self.port = instance, free_port()
        self.acknowledged: dict[str, tuple[str, int]] = {}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        environment = os.environ | {"TILANNEHUONE_INSTANCE": str(self.instance)}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment, **quiet
        )

    def kill(self) -> None:
        assert self.process
        self.process.kill()
        self.process.wait()

    def asked(self, path: str, body: Told) -> tuple[int, Told]:
        """Return the answer to a body; asked again until there is one."""
        whole = json.dumps(body).encode()
        while True:
            try:
                address = f"http://127.0.0.1:{self.port}/meeting/{path}?lang=fi"
                with urlopen(Request(address, whole, HEADERS), timeout=60) as answer:
                    return answer.status, json.load(answer)
            except HTTPError as refused:
                with refused:
                    if refused.code != 503:
                        return refused.code, json.load(refused)
            except GONE:
                pass  # killed before, while or after it answered: nobody knows
            time.sleep(random.uniform(0.05, 0.2))

    def written(self, kind: str, values: Told, **record: Any) -> Told | None:
        """Return the record once it is acknowledged; None where somebody wrote meanwhile."""
        request_id = uuid4().hex
        body = {"kind": kind, "values": values, "request_id": request_id} | record
        status, told = self.asked("write", body)
        if status == 409:
            return None
        if status != 200:
            raise SystemExit(f"{status}: {told}")
        found: Told = told["record"]
        self.acknowledged[request_id] = (found["id"], found["version"])
        return found


def write(room: Room, book: books.Book, number: int, meeting: str, shared: str) -> None:
    """Write new records, change one's own, and add a word to the one that all share."""
    own: Told | None = None
    for turn in range(WRITES_EACH):
        word = f"sana{LETTERS[number]}{turn}"
        if turn % 10 == 0:
            while True:
                read = books.one(book, Phenomenon, shared)
                known = {"id": shared, "version": read.version}
                if room.written("phenomenon", {"hypothesis": f"{read.hypothesis} {word}"}, **known):
                    break
        elif turn % 2 or own is None:
            own = room.written("success", {"meeting_id": meeting, "text": word})
        else:
            known = {"id": own["id"], "version": own["version"]}
            own = room.written("success", {"text": f"{word} lisää"}, **known)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instance", type=Path, required=True, help="a built copy")
    parser.add_argument("--area", default="564")
    chosen = parser.parse_args()
    room, book = Room(chosen.instance.resolve()), open_book(address_of(chosen.instance.resolve()))
    writer = books.Writer("Puheenjohtaja", "chair")
    meeting = books.add(book, Meeting(area_code=chosen.area, day=date.today()), writer).id
    room.start()
    room.asked("open", {"meeting": meeting})
    shared = room.written("phenomenon", {"title": "Yhteinen", "area_code": chosen.area})
    assert shared
    room.acknowledged.clear()
    before = Counter((one.record_id, one.version) for one in books.log(book))
    began = time.monotonic()
    with ThreadPoolExecutor(WRITERS) as threads:
        running = [
            threads.submit(write, room, book, number, meeting, shared["id"])
            for number in range(WRITERS)
        ]
        for count in KILLED_AFTER:
            while len(room.acknowledged) < count:
                time.sleep(0.01)
            room.kill()
            room.start()
        for one in running:
            one.result()
    room.kill()
    after = Counter((one.record_id, one.version) for one in books.log(book)) - before
    broken = sum(
        [told.record.version for told in books.versions(book, one.id)]
        != list(range(1, one.version + 1))
        for kind in (Meeting, Phenomenon, Success)
        for one in books.many(book, kind)
    )
    words = books.one(book, Phenomenon, shared["id"]).hypothesis.split()
    kind, took = book.engine.dialect.name, time.monotonic() - began
    print(f"{kind}: {len(room.acknowledged)} writes acknowledged in {took:.0f} s,"
          f" {len(KILLED_AFTER)} kills; {after.total()} in the history,"
          f" the same: {after == Counter(room.acknowledged.values())};"
          f" words of the shared record {len(words)}, different {len(set(words))};"
          f" broken histories {broken}")  # fmt: skip


if __name__ == "__main__":
    main()
