"""The manifest of a package: canonical JSON, so that one content has one form and one signature.

Canonical: UTF-8, keys in order, no spaces, no escapes that JSON does not ask for, one line feed at
the end. What is read must be written back byte for byte, which leaves no room for keys told twice,
unknown keys, other spellings of numbers or anything before and after.
"""

import hashlib
import json
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tilannehuone.errors import Fault, TilannehuoneError
from tilannehuone.network.package import FORMAT, Held, Manifest
from tilannehuone.network_declared import REGION

MOST_BYTES = 65_536
MOST_SIZE = 2**53
STAMP = "%Y-%m-%dT%H:%M:%SZ"
RELEASE_ID = r"^\d{8}T\d{6}Z(-[1-9]\d{0,3})?$"
LANGUAGES = ("fi", "sv", "en")

Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Field(ge=0, le=MOST_SIZE)]
Line = Annotated[str, Field(min_length=1, max_length=300)]


class PackageRefused(TilannehuoneError):
    """A package is not what it should be; nothing of it was kept."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Words(_Strict):
    fi: Line
    sv: Line
    en: Line


class _Held(_Strict):
    name: Annotated[str, Field(pattern=r"^[a-z_]{1,40}\.parquet$")]
    rows: Size
    sha256: Hash
    size: Size


class _Told(_Strict):
    """The manifest as it is written."""

    format: Annotated[int, Field(ge=1, le=9999)]
    region: Annotated[str, Field(pattern=REGION)]
    release_id: Annotated[str, Field(pattern=RELEASE_ID)]
    built_at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    name: _Words
    contact: _Words | None
    listed: Annotated[list[Line], Field(max_length=5_000)]
    code_version: Annotated[str, Field(pattern=r"^[0-9A-Za-z.+_-]{1,40}$")]
    definitions_hash: Hash
    files: Annotated[list[_Held], Field(max_length=40)]


def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the manifest in its canonical form: the bytes that are signed."""
    told = {
        "format": manifest.format,
        "region": manifest.region,
        "release_id": manifest.release_id,
        "built_at": manifest.built_at.strftime(STAMP),
        "name": dict(manifest.name),
        "contact": dict(manifest.contact) or None,
        "listed": list(manifest.listed),
        "code_version": manifest.code_version,
        "definitions_hash": manifest.definitions_hash,
        "files": [
            {"name": one.name, "rows": one.rows, "sha256": one.sha256, "size": one.size}
            for one in manifest.files
        ],
    }
    return _canonical(told)


def _canonical(told: Any) -> bytes:
    text = json.dumps(
        told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode() + b"\n"


def read_manifest(content: bytes) -> Manifest:
    """Return what the bytes of a manifest say; their signature was verified before.

    Raises
    ------
    PackageRefused
        When the bytes are no manifest in its canonical form, or of a form that is not known.
    """
    try:
        told = json.loads(content.decode("utf-8"))
        if _canonical(told) != content:
            raise PackageRefused(Fault("package_manifest"))
        if isinstance(told, dict) and told.get("format") != FORMAT:
            raise PackageRefused(Fault("package_format"))
        read = _Told.model_validate(told)
        built_at = datetime.strptime(read.built_at, STAMP).replace(tzinfo=UTC)
    except (ValueError, RecursionError, ValidationError):
        raise PackageRefused(Fault("package_manifest")) from None
    return Manifest(
        format=read.format,
        region=read.region,
        release_id=read.release_id,
        built_at=built_at,
        name=read.name.model_dump(),
        contact=read.contact.model_dump() if read.contact else {},
        listed=tuple(read.listed),
        code_version=read.code_version,
        definitions_hash=read.definitions_hash,
        files=tuple(Held(one.name, one.sha256, one.size, one.rows) for one in read.files),
    )


def package_id(content: bytes) -> str:
    """Return the id of a package: the SHA-256 of its manifest's bytes."""
    return hashlib.sha256(content).hexdigest()


def age_of(manifest: Manifest) -> tuple[datetime, str, int]:
    """Return what packages of a region are put in order by, the oldest first."""
    stamp, _, number = manifest.release_id.partition("-")
    return manifest.built_at, stamp, int(number or 1)
