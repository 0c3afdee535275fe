"""A package: one region's release for exchange, as a manifest and the tables it vouches for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

FORMAT = 1
"""The version of the archive's form; a reader refuses what it does not know."""


@dataclass(frozen=True, slots=True)
class Held:
    """One file of a package: what the manifest vouches for."""

    name: str
    sha256: str
    size: int  # bytes
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself; its bytes are what is signed.

    Attributes
    ----------
    region : the key of the region, a small word such as `oulu`
    release_id, built_at : the release that is told, and when it was built (UTC)
    name, contact : by language; a contact is a role, never a person
    listed : own area codes that may be named as having turned a curve
    code_version, definitions_hash : of the release
    files : what is held, in order
    """

    region: str
    release_id: str
    built_at: datetime
    name: Mapping[str, str]
    contact: Mapping[str, str]
    listed: tuple[str, ...]
    code_version: str
    definitions_hash: str
    files: tuple[Held, ...]
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was verified: who vouches for it, and its tables.

    `id` is the SHA-256 of the signed manifest, `key_id` the fingerprint of the key. `tables` are
    those of a release (`tilannehuone.release.TABLES`), with the region's own area codes; the
    three regional tables tell of this region alone.
    """

    id: str
    key_id: str
    manifest: Manifest
    tables: Mapping[str, pa.Table]
