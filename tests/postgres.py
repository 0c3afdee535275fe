"""A PostgreSQL of the tests' own: a cluster in a temporary folder, behind a socket, no port."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

WAIT = 60


class Cluster:
    """A running server; `database()` gives the address of an empty place in it."""

    def __init__(self, binaries: Path, folder: Path):
        self.binaries, self.folder = binaries, folder
        self.numbers = count(1)
        self.process: subprocess.Popen[bytes] | None = None

    def make(self):
        told = ["-D", self.folder / "data", "-U", "tests", "-A", "trust", "--no-sync", "-E", "UTF8"]
        subprocess.run(
            [self.binaries / "initdb", *told],
            **as_nobody(),
            cwd=self.folder,
            check=True,
            capture_output=True,
        )

    def start(self):
        log = (self.folder / "log").open("ab")
        told = ["-D", self.folder / "data", "-k", self.folder, "-c", "listen_addresses="]
        # what a killed process wrote stays with the system: only a power cut would need fsync
        told += ["-c", "fsync=off"]
        with log:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", *told],
                **as_nobody(),
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + WAIT
        while True:
            try:
                return self.asked("select 1")
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.05)

    def crash(self):
        """Stop at once: nothing is finished and nothing is flushed."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(WAIT)

    def asked(self, statement):
        with psycopg.connect(
            host=str(self.folder), user="tests", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)

    def database(self):
        name = f"book{next(self.numbers)}"
        self.asked(f"create schema {name}")  # much lighter than a database
        place = f"host={self.folder}&options=-csearch_path%3D{name}"
        return f"postgresql+psycopg://tests@/postgres?{place}"


def binaries():
    """Return the folder of initdb and postgres, None when they are not on this machine."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    first = [Path(found).resolve()] if found else []
    return next((one.parent for one in [*first, *reversed(debian)]), None)


def as_nobody():
    """PostgreSQL refuses to run as root: then it runs as somebody without rights."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextmanager
def running_cluster():
    with tempfile.TemporaryDirectory(prefix="tests_pg_") as name:
        cluster = Cluster(binaries(), Path(name))
        if os.getuid() == 0:
            user = pwd.getpwnam("nobody")
            os.chown(name, user.pw_uid, user.pw_gid)
        cluster.make()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.crash()
