"""`data/notices.yaml`: who is told by e-mail or webhook what happens while nobody looks. Optional.

No secret stands here: passwords come from the environment (docs/operator.md).
"""

import ipaddress
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from tilannehuone.declared import Declared, Texts, broken_rule, checked, read_yaml
from tilannehuone.errors import Fault, RegistryError

FILE = "notices.yaml"
ADDRESS = r"^[^@\s<>,;\"]+@[^@\s<>,;\"]+$"
HOST = r"^[A-Za-z0-9.:-]+$"

Kind = Literal["refused_build", "overdue_extract", "new_signal"]
Address = Annotated[str, Field(pattern=ADDRESS, max_length=254)]


class Mail(Declared):
    """The server that e-mail goes out by. `encryption: none` is for this machine's own alone."""

    server: str = Field(pattern=HOST)
    port: int = Field(default=587, ge=1, le=65535)
    encryption: Literal["starttls", "tls", "none"] = "starttls"
    sender: Address = Field(alias="from")
    user: str | None = Field(default=None, min_length=1)  # the password is TILANNEHUONE_SMTP_…

    @model_validator(mode="after")
    def _is_encrypted(self) -> Self:
        if self.encryption == "none" and not is_here(self.server):
            raise broken_rule("notices_unencrypted")
        return self


class Rule(Declared):
    """Somebody to tell, in one of two ways, of which kinds of things, of which areas."""

    email: Address | None = None
    webhook: str | None = Field(default=None, min_length=1)
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]
    language: Literal["fi", "sv", "en"] = "fi"
    areas: Literal["all"] | Texts = "all"  # of new signals: these codes alone

    @model_validator(mode="after")
    def _has_one_way(self) -> Self:
        if (self.email is None) == (self.webhook is None):
            raise broken_rule("notices_one_way")
        if self.webhook is not None and not _is_safe(self.webhook):
            raise broken_rule("notices_https")
        return self


class Notices(Declared):
    """The whole file."""

    mail: Mail | None = None
    room: str | None = Field(default=None, pattern=r"^https?://\S+$")  # the address to look at
    tell: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _can_be_mailed(self) -> Self:
        if self.mail is None and any(one.email for one in self.tell):
            raise broken_rule("notices_no_mail")
        return self


def read_notices(folder: Path) -> Notices:
    """Return what the instance in `folder` declares; nobody to tell without a file.

    Raises
    ------
    RegistryError
        With every fault of the file.
    """
    path = folder / "data" / FILE
    return checked(Notices, read_yaml(path), path) if path.is_file() else Notices()


def notices_faults(folder: Path, codes: Collection[str] | None = None) -> list[Fault]:
    """Return what is wrong with the declaration in `folder`; with areas of these codes, if told."""
    try:
        rules = read_notices(folder).tell
    except RegistryError as error:
        return list(error.faults)
    named = [area for one in rules if one.areas != "all" for area in one.areas]
    file = str(folder / "data" / FILE)
    unknown = dict.fromkeys(one for one in named if codes is not None and one not in codes)
    return [Fault("unknown_area_code", {"area": one}, file) for one in unknown]


def is_here(host: str) -> bool:
    """Return whether a name or address is this machine's own.

    >>> is_here("localhost"), is_here("127.0.0.1"), is_here("mail.example.org")
    (True, True, False)
    """
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and is_here(host)))
