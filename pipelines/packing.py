"""A release becomes a package for other regions: what may travel of it, and who tells it.

Everything in a release was made to be read by anybody, but for one thing: practices and
initiatives are a region's own story, and travel only where `data/events.yaml` says so today.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tilannehuone.errors import Fault, RegistryError
from tilannehuone.events import Event, read_events
from tilannehuone.hindered import insist
from tilannehuone.network.archive import read_package, write_package
from tilannehuone.network.keys import Trusted
from tilannehuone.network.manifest import PackageRefused
from tilannehuone.network.package import Manifest, Package
from tilannehuone.network.parquet import schema_of
from tilannehuone.network_declared import FILE, Network, read_network, region_of
from tilannehuone.release import TABLES
from tilannehuone.sources import read_sources
from tilannehuone.store import REGIONAL, TABLE_NAMES, fetch, open_release

ASKED = ("practice", "initiative")
"""Kinds of events that travel with consent only."""

LANGUAGES = ("fi", "sv", "en")
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Declarations:
    """What an instance declares today of how it appears among regions."""

    network: Network
    shared: frozenset[tuple[Any, ...]]  # events that others may read of
    systems: Mapping[str, str]  # source -> the client system that it comes from


NOTHING_DECLARED = Declarations(Network(), frozenset(), {})


def declarations(folder: Path) -> Declarations:
    """Return what the instance in `folder` declares; files that it lacks declare nothing.

    Raises
    ------
    RegistryError
        When a file that is there does not hold together.
    """
    events, sources = folder / "data" / "events.yaml", folder / "data" / "sources.yaml"
    declared = read_events(events) if events.is_file() else ()
    known = read_sources(sources) if sources.is_file() else {}
    return Declarations(
        network=read_network(folder),
        shared=frozenset(_named(one) for one in declared if one.share),
        systems={name: one.system for name, one in known.items() if one.system},
    )


def pack(
    release: Path,
    to: Path,
    key: Ed25519PrivateKey,
    declared: Declarations = NOTHING_DECLARED,
    region: str | None = None,
) -> Package:
    """Write the package of a release to the file `to`, and return it as a reader finds it.

    Parameters
    ----------
    release : a release file
    declared : of the instance; nothing is shared without
    region : its key; else the declared one, else a slug of the instance's name

    Raises
    ------
    ReleaseMissing, RegistryError, PackageRefused
        When the file is no release, a listed area does not exist, or a network room would refuse
        the package; nothing is written then.
    """
    manifest, tables = packed(release, declared, region)
    unfinished = to.with_name(f".{to.name}.unfinished")
    to.parent.mkdir(parents=True, exist_ok=True)
    trusted: Trusted = {manifest.region: (key.public_key(),)}
    try:
        write_package(unfinished, manifest, tables, key)
        package = read_package(unfinished, trusted)
        unfinished.replace(to)
    except PackageRefused as error:
        raise PackageRefused(
            [Fault(one.key, one.values, str(release)) for one in error.faults]
        ) from None
    finally:
        unfinished.unlink(missing_ok=True)
    return package


def region_of_release(release: Path, declared: Declarations = NOTHING_DECLARED) -> str:
    """Return the key of the region that a release's package would tell of."""
    about = json.loads(_tables(release)["release"].to_pylist()[0]["instance"])
    return declared.network.region or region_of(about["name"]["fi"])


def packed(
    release: Path, declared: Declarations = NOTHING_DECLARED, region: str | None = None
) -> tuple[Manifest, dict[str, pa.Table]]:
    """Return what the package of a release says and holds; the same from the same."""
    tables = _tables(release)
    if tables["regions"].num_rows:
        raise PackageRefused(Fault("package_of_room", file=str(release)))
    tables["events"] = _consented(tables["events"], declared.shared)
    told = tables["release"].to_pylist()[0]
    manifest = _manifest(told, tables["areas"], declared.network, region)
    return manifest, tables | {
        name: pa.Table.from_pylist(rows, schema_of(name))
        for name, rows in _regional(manifest, tables, declared.systems).items()
    }


def _tables(release: Path) -> dict[str, pa.Table]:
    """Return every table of a release; empty those that it was made before."""
    file = open_release(release)
    try:
        present = set(fetch(file, TABLE_NAMES)["table_name"])
        return {
            name: file.cursor().sql(f"from {name}").to_arrow_table().cast(schema_of(name))  # noqa: S608
            if name in present
            else schema_of(name).empty_table()
            for name in TABLES
        }
    except (duckdb.Error, pa.ArrowException, ValueError) as error:
        insist(error)
        raise PackageRefused(Fault("not_a_release", file=str(release))) from None
    finally:
        file.close()


def _consented(events: pa.Table, shared: frozenset[tuple[Any, ...]]) -> pa.Table:
    """Return the events that may travel: those of the region's own story only when shared."""
    kept = [row["kind"] not in ASKED or _told(row) in shared for row in events.to_pylist()]
    return events.filter(pa.array(kept, pa.bool_()))


def _named(event: Event) -> tuple[Any, ...]:
    texts = (event.text.fi, event.text.sv, event.text.en)
    return event.date_from, event.date_to, event.kind, texts, event.indicators, event.areas


def _told(row: Mapping[str, Any]) -> tuple[Any, ...]:
    texts = tuple(row[f"text_{lang}"] for lang in LANGUAGES)
    about = (tuple(json.loads(row[name])) for name in ("indicators", "areas"))
    return row["date_from"], row["date_to"], row["kind"], texts, *about


def _manifest(
    told: Mapping[str, Any], areas: pa.Table, network: Network, region: str | None
) -> Manifest:
    about = json.loads(told["instance"])
    name = network.name.model_dump() if network.name else about["name"]
    codes = list(dict.fromkeys(areas.column("area_code").to_pylist()))
    listed = codes if network.listed == "all" else [one for one in codes if one in network.listed]
    if network.listed != "all" and (unknown := sorted(set(network.listed) - set(codes))):
        raise RegistryError(Fault("unknown_area_code", {"area": unknown[0]}, FILE))
    return Manifest(
        region=region or network.region or region_of(about["name"]["fi"]),
        release_id=told["release_id"],
        built_at=told["built_at"].replace(tzinfo=UTC),
        name={lang: name[lang] for lang in LANGUAGES},
        contact=network.contact.model_dump() if network.contact else {},
        listed=tuple(listed),
        code_version=told["code_version"],
        definitions_hash=told["definitions_hash"],
        files=(),
    )


def _regional(
    manifest: Manifest, tables: Mapping[str, pa.Table], systems: Mapping[str, str]
) -> dict[str, Rows]:
    """Return the rows of the three tables that tell of the region."""
    region = manifest.region
    codes = dict.fromkeys(tables["areas"].column("area_code").to_pylist())
    own = {
        "region": region,
        "release_id": manifest.release_id,
        "built_at": manifest.built_at.replace(tzinfo=None),
        "listed": json.dumps(manifest.listed, ensure_ascii=False),
        **{f"name_{lang}": manifest.name[lang] for lang in LANGUAGES},
        **{f"contact_{lang}": manifest.contact.get(lang) for lang in LANGUAGES},
    }
    areas = [{"area_code": f"{region}-{one}", "region": region, "own_code": one} for one in codes]
    measures = [
        {name: row[name] for name in ("indicator_id", "definition", "definitions_hash")}
        | {"region": region, "systems": _systems_of(row["definition"], systems)}
        for row in tables["indicators"].to_pylist()
    ]
    return dict(zip(REGIONAL, ([own], areas, measures), strict=True))


def _systems_of(definition: str, systems: Mapping[str, str]) -> str:
    """Return the client systems of the sources that a measure's parts use, as a JSON list."""
    told = json.loads(definition)
    parts = [one for one in (told.get("numerator"), told.get("denominator")) if one]
    used = {systems[one["from"]] for one in parts if one["from"] in systems}
    return json.dumps(sorted(used), ensure_ascii=False)
