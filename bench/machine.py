"""What a table was measured on and with, in words that fit any machine."""

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import psutil

ASKED = """import json, sys
from importlib.metadata import version
print(json.dumps([version(name) for name in sys.argv[1:]]))"""


def machine() -> str:
    """Return the machine, its system, its Python, today's date and what else keeps it busy."""
    memory = psutil.virtual_memory().total / 2**30
    named = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return (
        f"{platform.machine()} ({processor()}), {os.cpu_count()} cores, {memory:.0f} GB, {named}, "
        f"Python {platform.python_version()}, {date.today():%-d %B %Y}, "
        f"load {os.getloadavg()[0]:.1f} when it began"
    )


def processor() -> str:
    """Return the kind of the processor."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def versions(python: str, packages: Sequence[str]) -> dict[str, str] | None:
    """Return what an interpreter has of these packages, or None when it lacks one."""
    try:
        asked = subprocess.run(
            [python, "-c", ASKED, *packages], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return dict(zip(packages, json.loads(asked.stdout), strict=True))
