"""The files of a sealed extract as they lie on disk: a folder or a zip archive, read with care."""

import zipfile
from pathlib import Path

from tilannehuone.errors import Fault, SealRefused

MOST_BYTES = 2 * 1024**3
"""More than this, unpacked, is not read."""


def files_of(path: Path) -> dict[str, bytes]:
    """Return every file of an extract by its name.

    Raises
    ------
    SealRefused
        When `path` is neither a folder nor a zip archive, or holds what an extract never does:
        folders, links, names that lead elsewhere, a name twice, more than can be read.
    """
    if path.is_dir():
        return _of_folder(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return _of_archive(archive)
    except (OSError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise SealRefused(Fault("seal_not_an_extract", file=str(path))) from None


def _of_folder(folder: Path) -> dict[str, bytes]:
    found = sorted(folder.iterdir())
    for one in found:
        if one.is_symlink() or not one.is_file():
            raise SealRefused(Fault("seal_unsafe_member", {"name": one.name}))
    _hold(sum(one.stat().st_size for one in found))
    return {one.name: one.read_bytes() for one in found}


def _of_archive(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = archive.infolist()
    names = [one.filename for one in members]
    for one in members:
        is_plain = not {"/", "\\", "\0"} & set(one.filename) and one.filename.strip(".")
        is_link = (one.external_attr >> 16) & 0o170000 == 0o120000
        if not is_plain or is_link or names.count(one.filename) > 1:
            raise SealRefused(Fault("seal_unsafe_member", {"name": ascii(one.filename)}))
    _hold(sum(one.file_size for one in members))
    return {one.filename: archive.read(one) for one in members}


def _hold(size: int) -> None:
    if size > MOST_BYTES:
        raise SealRefused(Fault("seal_too_large", {"most": MOST_BYTES // 1024**2}))
