"""`data/network.yaml`: how an instance appears among regions, and what it agrees to. Optional.

Without the file the region is a slug of the instance's name, nobody is told as a contact, and no
area may be named as having turned a curve.
"""

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import Literal

from pydantic import Field

from tilannehuone.declared import Declared, Names, Texts, checked, read_yaml
from tilannehuone.errors import Fault, RegistryError

FILE = "network.yaml"
REGION = r"^[a-z][a-z0-9_]{0,39}$"
"""A region's key: it begins area codes of a network room and names files."""

LONGEST = 40


class Network(Declared):
    """The whole file."""

    region: str | None = Field(default=None, pattern=REGION)
    name: Names | None = None  # of the region; else the instance's own
    contact: Names | None = None  # a role and how to reach it, never a person
    listed: Literal["all"] | Texts = ()  # areas that may be named as having turned a curve


def read_network(folder: Path) -> Network:
    """Return what the instance in `folder` declares for the network; defaults without a file.

    Raises
    ------
    RegistryError
        With every fault of the file.
    """
    path = folder / "data" / FILE
    if not path.is_file():
        return Network()
    return checked(Network, read_yaml(path), path)


def network_faults(folder: Path, codes: Collection[str]) -> list[Fault]:
    """Return what is wrong with the declaration in `folder`, whose areas have these codes."""
    try:
        listed = read_network(folder).listed
    except RegistryError as error:
        return list(error.faults)
    unknown = [] if listed == "all" else [one for one in listed if one not in codes]
    file = str(folder / "data" / FILE)
    return [Fault("unknown_area_code", {"area": one}, file) for one in unknown]


def region_of(name: str) -> str:
    """Return the key of a region that declares none, from the name of its instance.

    >>> region_of("Itä-Uudenmaan tilannehuone"), region_of("2. läänin Åbo!")
    ('ita_uudenmaan_tilannehuone', 'r_2_laanin_abo')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return (slug if re.match("[a-z]", slug) else f"r_{slug}")[:LONGEST].rstrip("_")
