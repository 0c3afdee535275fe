"""Keys: an instance signs its packages with its own, and believes those it was given.

Ed25519 (RFC 8032) by the library `cryptography`. The own key never leaves `data/work/`; a public
one is a small PEM text that may be sent to anybody, and is known by its fingerprint.
"""

import hashlib
import os
import re
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from tilannehuone.errors import Fault, TilannehuoneError
from tilannehuone.network_declared import REGION

OWN = Path("data") / "work" / "signing.key"
TRUSTED = Path("data") / "trusted"
ENDING = ".pub"
MOST_BYTES = 8_192
BLOCK = re.compile(rb"-----BEGIN PUBLIC KEY-----\n[A-Za-z0-9+/=\n]+-----END PUBLIC KEY-----\n?")

Trusted = Mapping[str, tuple[Ed25519PublicKey, ...]]
"""Region -> its keys: more than one while a region changes from one to the next."""


class KeyRefused(TilannehuoneError):
    """A file holds no key of the kind that packages are signed with, or another is trusted."""


def own_key(path: Path) -> Ed25519PrivateKey:
    """Return the key in the file `path`, made there for its owner alone when absent.

    Raises
    ------
    KeyRefused
        When the file holds no Ed25519 key; it is never replaced.
    """
    if not path.exists():
        _make(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm, OSError):
        raise KeyRefused(Fault("key_unreadable", file=str(path))) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyRefused(Fault("key_unreadable", file=str(path)))
    return key


def _make(path: Path) -> None:
    """Write a new key whole or not at all; of two at once the first stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = Ed25519PrivateKey.generate().private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()


def public_text(key: Ed25519PublicKey) -> str:
    """Return a public key as PEM text."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def fingerprint(key: Ed25519PublicKey) -> str:
    """Return the SHA-256 of the 32 bytes of a public key, in hexadecimal."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def public_keys(path: Path) -> tuple[Ed25519PublicKey, ...]:
    """Return the public keys that a PEM file holds, at least one.

    Raises
    ------
    KeyRefused
        When there is none, or anything but Ed25519 keys.
    """
    refused = KeyRefused(Fault("key_unreadable", file=str(path)))
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1).replace(b"\r\n", b"\n")
        blocks = BLOCK.findall(text)
        keys = tuple(load_pem_public_key(one) for one in blocks)
    except (ValueError, UnsupportedAlgorithm, OSError):
        raise refused from None
    alike = tuple(one for one in keys if isinstance(one, Ed25519PublicKey))
    if not alike or len(alike) < len(keys) or BLOCK.sub(b"", text).strip():
        raise refused
    return alike


def trusted_keys(room: Path) -> dict[str, tuple[Ed25519PublicKey, ...]]:
    """Return the keys that the instance in `room` believes, by region.

    Raises
    ------
    KeyRefused
        When a file among them holds no key.
    """
    files = sorted((room / TRUSTED).glob(f"*{ENDING}"))
    return {one.stem: public_keys(one) for one in files if re.match(REGION, one.stem)}


def trust(room: Path, region: str, file: Path, *, add: bool = False, replace: bool = False) -> str:
    """Believe the key in `file` for a region from now on; return its fingerprint.

    Where another key is believed already, `add` keeps both, so that packages signed with the old
    one stay good, and `replace` drops the old one, which is then believed in nothing.

    Raises
    ------
    KeyRefused
        When the file holds not exactly one key, the region is no key of a region, the key is
        another region's, or another is believed and neither choice was made.
    """
    keys = public_keys(file)
    if len(keys) > 1 or not re.match(REGION, region):
        raise KeyRefused(Fault("key_unreadable" if len(keys) > 1 else "key_region", file=str(file)))
    mark, known = fingerprint(keys[0]), trusted_keys(room)
    for other, theirs in known.items():
        if other != region and mark in map(fingerprint, theirs):
            raise KeyRefused(Fault("key_of_another", {"region": other}, str(file)))
    mine = known.get(region, ())
    if mark in map(fingerprint, mine) and not replace:
        return mark
    if mine and not add and not replace:
        raise KeyRefused(Fault("key_differs", {"region": region}, str(file)))
    _write(room / TRUSTED / f"{region}{ENDING}", keys if replace else (*mine, *keys))
    return mark


def _write(path: Path, keys: tuple[Ed25519PublicKey, ...]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text("".join(map(public_text, keys)), encoding="ascii")
    fresh.replace(path)
