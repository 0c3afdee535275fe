"""What a process and all that it starts cost: processor time, waiting and peak memory.

A process that is waited for leaves its own account; one that is not, like the Java machine that a
Spark session starts, is seen only while it lives. So the whole tree is watched, of every side.
Pages of memory that processes share are counted in each. Who is left behind within a tenth of a
second of its start is not found.
"""

import os
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = 0.02
"""Seconds between looks at memory."""

SEEK = 5
"""Looks at memory between looks for new children, which read every process of the machine."""

TOLD = 3000
"""Characters of what a failed process said last."""


@dataclass(frozen=True)
class Cost:
    """What a process cost: seconds of processor and of waiting, and its peak memory in MB."""

    cpu: float
    wall: float
    peak: float


@dataclass
class Tree:
    """A process and its descendants, the orphaned too, watched until all have ended."""

    root: psutil.Process
    known: set[psutil.Process] = field(default_factory=set)
    used: dict[psutil.Process, float] = field(default_factory=dict)
    peak: float = 0.0

    def watch(self, ended: threading.Event) -> None:
        """Look again and again; `ended` tells that the root has been waited for."""
        self.known.add(self.root)
        looks = 0
        while self._look() or not ended.is_set():
            if looks % SEEK == 0:
                self._seek()
            looks += 1
            time.sleep(SAMPLE)

    def _seek(self) -> None:
        for one in list(self.known):
            try:
                self.known.update(one.children(recursive=True))
            except psutil.NoSuchProcess:
                self.known.discard(one)

    def _look(self) -> float:
        """Return the megabytes that the tree holds now: nothing once all have ended."""
        held = sum(self._held(one) for one in self.known)
        self.peak = max(self.peak, held)
        return held

    def _held(self, one: psutil.Process) -> float:
        try:
            with one.oneshot():
                times = one.cpu_times()
                self.used[one] = times.user + times.system
                return float(one.memory_info().rss) / 1e6
        except psutil.NoSuchProcess:
            return 0.0


def cost(python: str, module: str, *arguments: Path | str) -> Cost:
    """Run a module of this tree in an interpreter, and return what it cost.

    Raises
    ------
    SystemExit
        When the module fails; with the end of what it said.
    """
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        command = [python, "-m", module, *map(str, arguments)]
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
        tree, ended = Tree(psutil.Process(process.pid)), threading.Event()
        watcher = threading.Thread(target=tree.watch, args=[ended])
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        ended.set()
        watcher.join()
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{module} failed:\n{said.read()[-TOLD:]}")
    # the account leaves out who was not waited for, the looks leave out the last moments
    waited_for = usage.ru_utime + usage.ru_stime
    return Cost(max(waited_for, sum(tree.used.values())), wall, tree.peak)
