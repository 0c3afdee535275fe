"""Many write at once while the server is killed: nothing is lost, doubled or without history."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

from tilannehuone.errors import BookUnavailable
from tilannehuone.meeting import book as books
from tilannehuone.meeting.objects import Meeting, Phenomenon, Success

WRITERS, WRITES_EACH = 20, 25
KILLED_AFTER = (100, 225, 350)
"""Of how many acknowledged writes the server is killed."""

WAIT = 60
TESTS = Path(__file__).resolve().parents[1]


class Server:
    """A server process that is killed and started again on the same port."""

    def __init__(self, address):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = address
        self.process = None

    def start(self):
        told = [sys.executable, "-m", "book_server", self.address, str(self.port)]
        path = os.pathsep.join([str(TESTS), str(TESTS.parent)])
        self.process = subprocess.Popen(told, env={**os.environ, "PYTHONPATH": path})

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(WAIT)


class Client:
    """One who writes, and asks again under the same request id until there is an answer."""

    def __init__(self, server, number, acknowledged):
        self.server, self.name, self.acknowledged = server, f"Kirjuri {number}", acknowledged
        self.chance = random.Random(number)

    def asked(self, kind, values, **record):
        """Return the record when its write was acknowledged, None when it was refused."""
        request_id = uuid4().hex
        body = {"kind": kind, "values": values, "by": self.name, "request_id": request_id, **record}
        status, told = self.answered(json.dumps(body).encode())
        if status == 409:
            return None
        self.acknowledged[request_id] = (told["id"], int(told["version"]))
        return told

    def answered(self, body):
        until = time.monotonic() + WAIT
        while time.monotonic() < until:
            try:
                status, told = self.answered_once(body)
                if status in (200, 409):
                    return status, told
                assert status == 503
            except (OSError, HTTPException, ValueError):
                pass  # killed before, while or after it answered: nobody knows
            time.sleep(self.chance.uniform(0.02, 0.1))
        raise AssertionError("there was no answer")

    def answered_once(self, body):
        address = f"http://127.0.0.1:{self.server.port}/write"
        headers = {"Content-Type": "application/json"}
        try:
            with urlopen(Request(address, body, headers), timeout=WAIT) as answer:
                return answer.status, json.load(answer)
        except HTTPError as refused:
            with refused:
                return refused.code, json.load(refused)


def write(client, number, meeting_id, shared, book):
    """Write new records, change one's own, and add a word to the one that all share."""
    own = None
    for turn in range(WRITES_EACH):
        word = f"w{number}.{turn}"
        if turn % 10 == 0:
            add_to_shared(client, shared, word, book)
        elif turn % 2 or own is None:
            values = {"area_code": "pohjoinen", "meeting_id": meeting_id, "text": word}
            own = client.asked("success", values)
        else:
            own = client.asked("success", {"text": word}, id=own["id"], version=int(own["version"]))


def add_to_shared(client, shared, word, book):
    while True:
        try:
            read = books.one(book, Phenomenon, shared.id)
        except BookUnavailable:
            continue  # the database itself is being killed
        values = {"hypothesis": f"{read.hypothesis} {word}"}
        if client.asked("phenomenon", values, id=shared.id, version=read.version):
            return


def hammer(book, server, meeting_id, shared, between):
    acknowledged = {}
    with ThreadPoolExecutor(WRITERS) as threads:
        running = [
            threads.submit(
                write, Client(server, number, acknowledged), number, meeting_id, shared, book
            )
            for number in range(WRITERS)
        ]
        for count in KILLED_AFTER:
            while len(acknowledged) < count and not all(one.done() for one in running):
                time.sleep(0.005)
            assert not all(one.done() for one in running)
            server.kill()
            between(count)
            server.start()
        for one in running:
            one.result()
    return acknowledged


def check_history(book, kinds):
    """Every version of every record has its row, and the last one is the record itself."""
    for kind in kinds:
        for record in books.many(book, kind):
            told = books.versions(book, record.id)
            assert [one.record.version for one in told] == list(range(1, record.version + 1))
            assert told[-1].record == record


def test_what_was_acknowledged_is_there_once_after_three_kills(address, book, request):
    writer = books.Writer("Puheenjohtaja", "chair")
    meeting = books.add(book, Meeting(area_code="pohjoinen", day=date(2026, 3, 12)), writer)
    shared = books.add(book, Phenomenon(area_code="pohjoinen", title="Yhteinen"), writer)
    server = Server(address)

    def crash_database(count):
        if address.startswith("postgresql") and count == KILLED_AFTER[-1]:
            request.getfixturevalue("cluster").crash()
            request.getfixturevalue("cluster").start()

    server.start()
    try:
        acknowledged = hammer(book, server, meeting.id, shared, crash_database)
    finally:
        server.kill()

    assert len(acknowledged) == WRITERS * WRITES_EACH
    written = Counter((one.record_id, one.version) for one in books.log(book))
    assert written == Counter([(meeting.id, 1), (shared.id, 1), *acknowledged.values()])
    words = books.one(book, Phenomenon, shared.id).hypothesis.split()
    each = range(0, WRITES_EACH, 10)
    assert sorted(words) == sorted(f"w{one}.{turn}" for one in range(WRITERS) for turn in each)
    check_history(book, (Meeting, Phenomenon, Success))
