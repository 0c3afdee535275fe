"""Who else may read an instance's secrets: `tilannehuone check` tells, in one line a file."""

import stat
from pathlib import Path

from tilannehuone.errors import Fault

FILES = (
    ".streamlit/secrets.toml",  # of the login: the client's secret and the cookie's
    "data/work/*.key",  # with which packages are signed and digests of files are made
    "data/meetings.sqlite*",  # what people wrote
)
"""Patterns below an instance's folder."""


def secret_faults(folder: Path) -> list[Fault]:
    """Return a fault for each secret of an instance that others than its owner may read."""
    found = (path for pattern in FILES for path in sorted(folder.glob(pattern)))
    return [
        Fault("secret_readable", file=str(path))
        for path in found
        if path.is_file() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
