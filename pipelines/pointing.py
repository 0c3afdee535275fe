"""Which release of a folder is current, and which were gone back from: told in one step each."""

import os
from collections.abc import Iterable
from pathlib import Path

from tilannehuone.release import POINTER, WITHDRAWN, published_releases, withdrawn


def point_to(releases: Path, name: str) -> None:
    """Make `name` the current release, in one step that a crash cannot halve."""
    _write_in_one_step(releases / POINTER, name + "\n")


def withdraw(releases: Path, names: Iterable[str]) -> None:
    """Note which releases somebody has gone back from; those that are gone are forgotten."""
    told = withdrawn(releases)
    kept = {one.name for one in published_releases(releases)} & set(names)
    if kept != told:
        _write_in_one_step(releases / WITHDRAWN, "".join(f"{one}\n" for one in sorted(kept)))


def _write_in_one_step(file: Path, words: str) -> None:
    """Write a small file so that a crash or a full disk leaves the old one or the new one."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        fresh.write_text(words, encoding="utf-8")
        sync(fresh)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    sync(file.parent)


def sync(path: Path) -> None:
    """Have a file or folder on the disk before going on."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
