"""Small releases to be packed, and packages of them with anything changed."""

import json
from datetime import datetime
from pathlib import Path

import pyarrow as pa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from released import change
from small_world import an_indicator
from written import Written, cell, places

from pipelines.packing import packed
from tilannehuone.network.archive import write_package
from tilannehuone.network.keys import OWN, own_key, public_text, trust
from tilannehuone.network.parquet import schema_of

IDS = ("20250101T000000Z", "20250201T000000Z", "20250301T000000Z")
TREE = {"C": ["A", "B", "D"]}
ABOUT = {"name": {"fi": "Koe", "sv": "Prov", "en": "Trial"}, "synthetic": True}
TEXTS = {"text_fi": "a", "text_sv": "b", "text_en": "c"}
ADD_EVENT = {"date_from": "2024-01-01", "indicators": "[]", "areas": '["A"]', **TEXTS}


def counted(**values):
    """Cells of one month; a None is hidden."""
    return [cell(one, n or 0, hidden=n is None) for one, n in values.items()]


def release(path, cells, release_id=IDS[0], *, tree=None, kinds=("break",)):
    """Write a release of a few cells that stands up to a reader's questions; return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    built = datetime.strptime(release_id[:15], "%Y%m%dT%H%M%S")
    row = {
        "release_id": release_id, "built_at": built, "instance": json.dumps(ABOUT),
        "engine": "duckdb", "code_version": "0.1.0", "definitions_hash": "0" * 64,
        "protection": "{}", "sources": "[]",
    }  # fmt: skip
    events = [ADD_EVENT | {"kind": kind} for kind in kinds]
    more = {"release": [row], "events": events}
    Written(cells, places(tree or TREE), rows=more).to(path)
    definition = json.dumps(an_indicator(id="a").model_dump(mode="json", by_alias=True))
    change(
        path,
        "update areas set name_sv = name_fi, name_en = name_fi",
        f"""update indicators set definition = '{definition}', name_fi = 'a', name_sv = 'b',
            name_en = 'c', position = 0, cadence = 'month', direction = 'context',
            definitions_hash = 'f'""",
    )
    return path


class Region:
    """A region that packs its releases with a key of its own."""

    def __init__(self, folder: Path, name: str) -> None:
        self.folder, self.name = folder / name, name
        self.key: Ed25519PrivateKey = own_key(self.folder / OWN)
        self.public = self.folder / f"{name}.pub"
        self.public.write_text(public_text(self.key.public_key()), encoding="ascii")

    def parts(self, cells=None, release_id=IDS[0], **more):
        """Return the manifest and the tables of a small release."""
        path = self.folder / f"{release_id}.duckdb"
        path.unlink(missing_ok=True)
        cells = counted(C=41, A=None, B=18, D=None) if cells is None else cells
        return packed(release(path, cells, release_id, **more), region=self.name)

    def package(self, cells=None, release_id=IDS[0], *, file="package.zip", **more):
        """Write the package of a small release; return its path."""
        manifest, tables = self.parts(cells, release_id, **more)
        return self.signed(manifest, tables, file)

    def signed(self, manifest, tables, file="package.zip"):
        """Write and sign whatever is given."""
        write_package(self.folder / file, manifest, tables, self.key)
        return self.folder / file


def room_of(folder, *regions):
    """Return a network room that trusts the regions."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in regions:
        trust(folder, one.name, one.public)
    return folder


def stored(room):
    """Return what lies among the packages of a room."""
    return sorted(str(one.relative_to(room)) for one in (room / "data/packages").rglob("*.*"))


def altered(table, name, **values):
    """Return a table whose first row has other values."""
    rows = table.to_pylist()
    return pa.Table.from_pylist([rows[0] | values, *rows[1:]], schema_of(name))
