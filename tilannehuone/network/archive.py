"""The archive: a ZIP whose every byte follows from what it holds, and whose maker is known.

Entries are stored, not packed (their Parquet is packed already), in one order, with one date. So
an archive is what writing its entries anew gives, byte for byte: nothing can hide before, after or
between them, nothing unfolds, and no name leads anywhere. Nothing is ever unpacked to a disk.
"""

import hashlib
import io
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tilannehuone.errors import Fault
from tilannehuone.network.keys import Trusted, fingerprint
from tilannehuone.network.manifest import (
    MOST_BYTES,
    PackageRefused,
    manifest_bytes,
    package_id,
    read_manifest,
)
from tilannehuone.network.package import Held, Manifest, Package
from tilannehuone.network.parquet import LIMITS, parquet_bytes, read_tables
from tilannehuone.network.parquet_reader import Limits
from tilannehuone.network.schema import hold_content
from tilannehuone.release import TABLES

MANIFEST, SIGNATURE, ENDING = "manifest.json", "manifest.sig", ".parquet"
NAMES = (MANIFEST, SIGNATURE, *(f"{one}{ENDING}" for one in TABLES))
"""Every entry of a package, in order; no more and no fewer."""

SIGNED = re.compile(rb"([0-9a-f]{64})\n([0-9a-f]{128})\n")
DATE = (1980, 1, 1, 0, 0, 0)
END = struct.Struct("<4s4H2LH")
"""The last 22 bytes of a ZIP without a comment."""

LONGEST_LIST = 4_096
DAMAGED = (
    *(zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError),
    *(OverflowError, struct.error),
)
"""What the library raises of a ZIP that is not whole."""


def write_package(
    path: Path, manifest: Manifest, tables: Mapping[str, pa.Table], key: Ed25519PrivateKey
) -> Manifest:
    """Write a signed package to `path`; return its manifest, now with the files it vouches for.

    `tables` has every table of a release. Equal tables, manifests and keys give equal bytes.
    """
    contents = {f"{name}{ENDING}": parquet_bytes(tables[name]) for name in TABLES}
    held = tuple(
        Held(name, hashlib.sha256(one).hexdigest(), len(one), tables[Path(name).stem].num_rows)
        for name, one in contents.items()
    )
    whole = replace(manifest, files=held)
    told = manifest_bytes(whole)
    signed = f"{fingerprint(key.public_key())}\n{key.sign(told).hex()}\n".encode("ascii")
    path.write_bytes(_archive({MANIFEST: told, SIGNATURE: signed, **contents}))
    return whole


def _archive(contents: Mapping[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, content)
    return sink.getvalue()


def read_package(path: Path, trusted: Trusted | None, limits: Limits = LIMITS) -> Package:
    """Return a package that is whole, in form, and signed by a key trusted for its region.

    In this order: the archive's frame, the signature over the manifest's bytes, the manifest, the
    hashes of the files, the archive byte for byte, the tables' form, their content.

    Parameters
    ----------
    trusted : the keys believed, by region; None checks all but whose the signature is, for a
        package that somebody looks at by hand

    Raises
    ------
    PackageRefused
        In one line, which names the file and never what a hostile one holds.
    """
    with _placed(path):
        key_id, manifest, contents = _verified(path, trusted, limits)
        files = {Path(one.name).stem: (contents[one.name], one.rows) for one in manifest.files}
        tables = read_tables(files, limits)
        package = Package(package_id(contents[MANIFEST]), key_id, manifest, tables)
        hold_content(package)
        return package


def signed_manifest(path: Path, trusted: Trusted) -> tuple[str, Manifest]:
    """Return the id and the manifest of a package; all is verified but the tables themselves.

    Raises
    ------
    PackageRefused
        As `read_package` does.
    """
    with _placed(path):
        _, manifest, contents = _verified(path, trusted, LIMITS)
        return package_id(contents[MANIFEST]), manifest


@contextmanager
def _placed(path: Path) -> Iterator[None]:
    """Name the file in the fault."""
    try:
        yield
    except PackageRefused as error:
        raise PackageRefused([replace(one, file=str(path)) for one in error.faults]) from None


def _verified(
    path: Path, trusted: Trusted | None, limits: Limits
) -> tuple[str, Manifest, dict[str, bytes]]:
    """Return who vouches for a package, its manifest and its files, none of them opened yet."""
    content = _bytes_of(path, limits.file)
    contents = _contents(content, limits)
    told = contents[MANIFEST]
    key_id, regions = _signed_by(told, contents[SIGNATURE], trusted)
    manifest = read_manifest(told)
    if trusted is not None and manifest.region not in regions:
        raise PackageRefused(Fault("package_key_region", {"region": manifest.region}))
    _hold_hashes(manifest, contents)
    if _archive(contents) != content:
        raise PackageRefused(Fault("package_form"))
    return key_id, manifest, contents


def _bytes_of(path: Path, most: int) -> bytes:
    """Return a file's bytes, never more than one over what it may have."""
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError:
        raise PackageRefused(Fault("package_missing")) from None
    if len(content) > most:
        raise PackageRefused(Fault("package_large"))
    return content


def _contents(content: bytes, limits: Limits) -> dict[str, bytes]:
    """Return each entry's bytes by its name, when the archive's frame is sound."""
    _hold_end(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if [one.filename for one in entries] != list(NAMES):
                raise PackageRefused(Fault("package_entries"))
            _hold_frame(entries, len(content))
            return {one.filename: archive.open(one).read(limits.file) for one in entries}
    except DAMAGED:
        raise PackageRefused(Fault("package_not_zip")) from None


def _hold_end(content: bytes) -> None:
    """Refuse what has no plain end of a ZIP, before a list of entries of any length is read."""
    if len(content) < END.size or content[:4] != b"PK\x03\x04":
        raise PackageRefused(Fault("package_not_zip"))
    mark, disk, first, here, entries, size, start, comment = END.unpack(content[-END.size :])
    if mark != b"PK\x05\x06":
        raise PackageRefused(Fault("package_not_zip"))
    if entries != len(NAMES) or here != entries:
        raise PackageRefused(Fault("package_entries"))
    is_plain = not (disk or first or comment) and size <= LONGEST_LIST
    if not is_plain or start + size + END.size != len(content):
        raise PackageRefused(Fault("package_form"))
    if content[-END.size - 20 :].startswith(b"PK\x06\x07"):  # of a larger form, ZIP64
        raise PackageRefused(Fault("package_form"))


def _hold_frame(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse entries that are packed or locked, or tell sizes that the file has no room for."""
    for one in entries:
        if one.flag_bits & 1 or one.compress_type != zipfile.ZIP_STORED:
            raise PackageRefused(Fault("package_packed"))
        if one.file_size != one.compress_size:
            raise PackageRefused(Fault("package_packed"))
    small = {MANIFEST: MOST_BYTES, SIGNATURE: MOST_BYTES}
    too_large = any(one.file_size > small.get(one.filename, size) for one in entries)
    if too_large or sum(one.file_size for one in entries) > size:
        raise PackageRefused(Fault("package_large"))


def _signed_by(told: bytes, signed: bytes, trusted: Trusted | None) -> tuple[str, set[str]]:
    """Return the key that vouches for a manifest, and the regions that it is trusted for."""
    match = SIGNED.fullmatch(signed)
    if match is None:
        raise PackageRefused(Fault("package_unsigned"))
    mark, signature = match[1].decode("ascii"), bytes.fromhex(match[2].decode("ascii"))
    if trusted is None:
        return mark, set()
    keys = {
        region: one
        for region, theirs in trusted.items()
        for one in theirs
        if fingerprint(one) == mark
    }
    if not keys:
        raise PackageRefused(Fault("package_key_unknown", {"key": mark}))
    try:
        next(iter(keys.values())).verify(signature, told)
    except InvalidSignature:
        raise PackageRefused(Fault("package_signature")) from None
    return mark, set(keys)


def _hold_hashes(manifest: Manifest, contents: Mapping[str, bytes]) -> None:
    """Refuse files that the manifest does not vouch for as they are."""
    if [one.name for one in manifest.files] != list(NAMES[2:]):
        raise PackageRefused(Fault("package_manifest"))
    for one in manifest.files:
        content = contents[one.name]
        if len(content) != one.size or hashlib.sha256(content).hexdigest() != one.sha256:
            raise PackageRefused(Fault("package_changed", {"table": Path(one.name).stem}))
