"""The real server, with two things more: it counts its objects when asked, and may be sampled.

`python -m bench.sessions_server INSTANCE PORT` does what `tilannehuone serve` does. On SIGUSR1 it
writes how many objects of each kind the collector knows to `objects.json` in the instance. With
TILANNEHUONE_SAMPLED set it also writes to `samples.txt` where the pages' runs spend their time, by
stacks looked at every few milliseconds (which costs, so not while times are measured).
"""

import gc
import itertools
import json
import os
import signal
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from types import FrameType

from bench.screens_serving import ROOT

COUNTED, SAMPLES = "objects.json", "samples.txt"


def watched(instance: Path, port: int) -> list[str]:
    """Return the command that serves an instance so that it can be watched."""
    return [sys.executable, "-m", "bench.sessions_server", str(instance), str(port)]


def counted(pid: int, instance: Path) -> Counter[str]:
    """Return how many objects of each kind a watched server holds now."""
    file = instance / COUNTED
    file.unlink(missing_ok=True)
    os.kill(pid, signal.SIGUSR1)
    while not file.exists():
        time.sleep(0.05)
    return Counter(json.loads(file.read_text()))


def main() -> None:
    """Serve, watched."""
    instance, port = Path(sys.argv[1]), sys.argv[2]
    os.environ["TILANNEHUONE_INSTANCE"] = str(instance)
    os.chdir(ROOT)

    def count(_signal: int, _frame: FrameType | None) -> None:
        gc.collect()
        kinds = Counter(f"{type(one).__module__}.{type(one).__name__}" for one in gc.get_objects())
        written = instance / f"{COUNTED}.part"
        written.write_text(json.dumps(kinds))
        written.rename(instance / COUNTED)

    signal.signal(signal.SIGUSR1, count)
    if os.environ.get("TILANNEHUONE_SAMPLED"):
        threading.Thread(target=Samples(instance / SAMPLES).take, daemon=True).start()
    from streamlit.web.cli import main as streamlit

    sys.argv = ["streamlit", "run", "app.py", "--server.port", port]
    streamlit()


class Samples:
    """Where the pages' runs were found: by function with all it called, and by line."""

    def __init__(self, file: Path) -> None:
        self.file, self.lines, self.inside = file, Counter[str](), Counter[str]()

    def take(self) -> None:
        """Look at every run of a page, again and again; write what was seen now and then."""
        for turn in itertools.count(1):
            time.sleep(0.005)
            frames = sys._current_frames()
            for thread in threading.enumerate():
                if "ScriptRunner" in thread.name:
                    self._add(frames.get(thread.ident or 0))
            if turn % 500 == 0:
                self._write()

    def _add(self, frame: FrameType | None) -> None:
        seen: list[str] = []
        while frame is not None:
            code = frame.f_code
            name = f"{Path(code.co_filename).name}:{code.co_name}"
            if not seen:
                self.lines[f"{name}:{frame.f_lineno}"] += 1
            seen.append(name)
            frame = frame.f_back
        self.inside.update(set(seen))

    def _write(self) -> None:
        told = [f"{count:7} {name}" for name, count in self.inside.most_common(150)]
        own = [f"{count:7} {name}" for name, count in self.lines.most_common(100)]
        self.file.write_text("\n".join([*told, "---", *own]))


if __name__ == "__main__":
    main()
