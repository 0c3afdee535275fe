"""The seal of an extract: an identifier that every byte of it decides, and a checksum a file.

The identifier is a UUID of version 8 (RFC 9562) made of the SHA-256 of all files, in which the
identifier itself stands as the nil UUID. `SHA256SUMS` has the form that `sha256sum -c` reads.
"""

import hashlib
import re
import uuid
from collections.abc import Mapping

from tilannehuone.errors import Fault, SealRefused

Files = Mapping[str, bytes]
"""The files of an extract by their names."""

SUMS = "SHA256SUMS"
DESCRIPTOR = "datapackage.json"
NO_ID = f"urn:uuid:{uuid.UUID(int=0)}"
"""What stands in place of the identifier while it is computed: as long as any."""

TOLD_ID = re.compile(rb'"id": "(urn:uuid:[0-9a-f-]{36})"')
LINE = re.compile(r"([0-9a-f]{64}) [ *]([A-Za-z0-9._-]+)")


def sha256(content: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def sums(files: Files) -> bytes:
    """Return `SHA256SUMS` of the files."""
    lines = (f"{sha256(files[name])}  {name}\n" for name in sorted(files) if name != SUMS)
    return "".join(lines).encode()


def identified(files: Files) -> str:
    """Return the identifier of files in which the nil UUID stands where theirs is to be told.

    >>> identified({"a": b"1"}) == identified({"a": b"1"}) != identified({"a": b"2"})
    True
    """
    found = bytearray(hashlib.sha256(sums(files)).digest()[:16])
    found[6] = (found[6] & 0x0F) | 0x80  # version 8: the content says what the bits are
    found[8] = (found[8] & 0x3F) | 0x80
    return f"urn:uuid:{uuid.UUID(bytes=bytes(found))}"


def sealed(files: Files) -> dict[str, bytes]:
    """Return the files with their identifier written in, and their checksums."""
    own = identified(files).encode()
    signed = {name: content.replace(NO_ID.encode(), own) for name, content in files.items()}
    return {**signed, SUMS: sums(signed)}


def id_of(files: Files) -> str:
    """Return the identifier that an extract tells.

    Raises
    ------
    SealRefused
        When its descriptor tells none.
    """
    told = TOLD_ID.search(files.get(DESCRIPTOR, b""))
    if told is None:
        raise SealRefused(Fault("seal_not_an_extract"))
    return told.group(1).decode()


def seal_faults(files: Files) -> list[Fault]:
    """Return what is wrong with a sealed extract: no fault, and it is as it was sealed.

    Every file is held against its checksum. The identifier is computed anew, so that checksums
    written again over changed files are noticed too.
    """
    if SUMS not in files or DESCRIPTOR not in files:
        return [Fault("seal_not_an_extract")]
    told = dict[str, str]()
    for line in files[SUMS].decode("utf-8", "replace").splitlines():
        found = LINE.fullmatch(line)
        if found is None or found.group(2) in told:
            return [Fault("seal_sums_unreadable", file=SUMS)]
        told[found.group(2)] = found.group(1)
    held = {name for name in files if name != SUMS}
    faults = [Fault("seal_file_missing", {"name": one}) for one in sorted(set(told) - held)]
    faults += [Fault("seal_file_extra", {"name": one}) for one in sorted(held - set(told))]
    faults += [
        Fault("seal_file_changed", {"name": one})
        for one in sorted(held & set(told))
        if sha256(files[one]) != told[one]
    ]
    return faults or _id_faults(files)


def _id_faults(files: Files) -> list[Fault]:
    """Return the fault of an identifier that is not that of the files."""
    try:
        own = id_of(files)
    except SealRefused as refused:
        return list(refused.faults)
    blank = {
        name: content.replace(own.encode(), NO_ID.encode())
        for name, content in files.items()
        if name != SUMS
    }
    found = identified(blank)
    return [] if found == own else [Fault("seal_id_differs", {"told": own, "found": found})]
