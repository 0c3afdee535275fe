"""The servers beside each other: started once, warm, and left idle while another is measured."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BARE = [
    *("--server.headless", "true", "--server.address", "127.0.0.1"),
    *("--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false"),
]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def has_dash(python: str) -> bool:
    """Return whether this Python has what the Dash page needs."""
    found = subprocess.run([python, "-c", "import dash, duckdb, plotly"], capture_output=True)
    return found.returncode == 0


def ours(instance: Path, port: int) -> list[str]:
    """Return the command that serves our own screens."""
    return [sys.executable, "-m", "tilannehuone.cli", "serve", str(instance), "--port", str(port)]


def bare_streamlit(release: Path, measure: str, area: str, port: int) -> list[str]:
    """Return the command that serves the bare Streamlit page."""
    page = str(ROOT / "bench" / "screens_streamlit.py")
    command = [sys.executable, "-m", "streamlit", "run", page, "--server.port", str(port), *BARE]
    return [*command, "--", str(release), measure, area]


def dash(python: str, release: Path, measure: str, area: str, port: int) -> list[str]:
    """Return the command that serves the Dash page."""
    return [python, "-m", "bench.screens_dash", str(release), measure, area, str(port)]


@contextmanager
def served(command: list[str], port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server in `folder` until the end of the block; it answers before the block begins."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with (folder / f"{port}.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/", server)
            yield server
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
        if server.poll() is not None:
            break
    raise SystemExit(f"{' '.join(map(str, server.args))} does not answer")  # type: ignore[arg-type]
