"""Disks that are full or only read, made for a test: skipped aloud where they cannot be made."""

import os
import subprocess
from contextlib import contextmanager

import pytest


def _told(*command):
    done = subprocess.run([str(one) for one in command], capture_output=True, check=False)
    return done.returncode == 0


@contextmanager
def small_disk(folder, size):
    """Lay a disk of so many bytes over a folder, with what the folder held."""
    held = {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}
    if os.getuid() or not _told("mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder):
        pytest.skip("a small disk can be mounted by root only")
    try:
        for name, content in held.items():
            (folder / name).write_bytes(content)
        yield
    finally:
        _told("umount", "-l", folder)


@contextmanager
def read_only(folder):
    """Let a folder be read only for as long as the test needs."""
    if os.getuid() or not _told("mount", "--bind", folder, folder):
        pytest.skip("a folder can be made read-only by root only")
    try:
        assert _told("mount", "-o", "remount,ro,bind", folder)
        yield
    finally:
        _told("umount", "-l", folder)


def fill(folder):
    """Fill a disk to its last byte; return the file that does."""
    path = folder / "filling"
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return path
