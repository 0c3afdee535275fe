"""Servers for browser tests: processes of their own on free ports, waited for, ended after."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def serving(folder):
    """Serve an instance; give its address."""
    (port,) = free_ports(1)
    told = ["-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with process(told, TILANNEHUONE_INSTANCE=str(folder)):
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/healthz")
        yield address


@contextmanager
def process(arguments, **environment):
    """Run Python with arguments as long as it is needed."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, **quiet) as started:
        try:
            yield
        finally:
            started.terminate()


def free_ports(count):
    """Return ports of this machine that nobody listens on."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def wait_for(address):
    """Return once an address answers; fail after half a minute."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)
