"""What a network room's release says of itself: merged from what its packages say of theirs."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any

from pipelines.regions.areas import told
from pipelines.regions.measures import Key, Measure
from tilannehuone.network.package import Package
from tilannehuone.texts import LANGUAGES

Told = dict[str, Any]

SAME = ("method", "version")
"""Of the protection: told once where all regions' agree, else beside each other."""

REGION_COLUMNS = (
    *("region", "name_fi", "name_sv", "name_en", "release_id", "built_at", "package_id"),
    *("contact_fi", "contact_sv", "contact_en", "listed"),
)


def said_by(package: Package, column: str) -> Any:
    """Return a JSON column of a package's one row of `release`, parsed."""
    value = package.tables["release"].column(column)[0].as_py()
    return json.loads(value) if value else None


def release_row(
    packages: Sequence[Package],
    measures: Sequence[Measure],
    ids: Mapping[Key, str],
    names: Mapping[str, str],
    home: str,
    stamp: str,
    moment: datetime,
) -> tuple[object, ...]:
    """Return the one row of the table `release`."""
    hashes = "".join(one.digest for one in measures)
    return (
        stamp,
        moment.replace(tzinfo=None, microsecond=0),
        json.dumps(_about(packages, names, home), ensure_ascii=False),
        "duckdb",
        version("tilannehuone"),
        hashlib.sha256(hashes.encode()).hexdigest(),
        json.dumps(protection(packages, ids)),
        json.dumps([file for one in packages for file in _files(one)], ensure_ascii=False),
    )


def region_rows(packages: Sequence[Package]) -> list[Told]:
    """Return the rows of the table `regions`."""
    return [
        {
            "region": one.manifest.region,
            "release_id": one.manifest.release_id,
            "built_at": one.manifest.built_at.replace(tzinfo=None),
            "package_id": one.id,
            "listed": json.dumps(list(one.manifest.listed)),
            **{f"name_{lang}": one.manifest.name[lang] for lang in LANGUAGES},
            **{f"contact_{lang}": one.manifest.contact.get(lang) for lang in LANGUAGES},
        }
        for one in packages
    ]


def protection(packages: Sequence[Package], ids: Mapping[Key, str]) -> Told:
    """Return the report of the protection: counts added up, promises as the weakest region's.

    `k` of a measure is the least any region promises, `tau` the most; `proven` holds only where
    every region's does. A count that a region does not tell counts nothing.
    """
    reports = {one.manifest.region: said_by(one, "protection") or {} for one in packages}
    merged: Told = {"k": {}}
    for region, report in reports.items():
        for name, value in report.items():
            if name == "k" and isinstance(value, Mapping):
                _add_promises(merged["k"], region, value, ids)
            elif name in SAME:
                merged[name] = sorted({*merged.get(name, []), str(value)})
            elif name == "tau":
                merged[name] = max(merged.get(name, value), value)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                merged[name] = merged.get(name, 0) + value
    merged |= {name: ", ".join(merged[name]) for name in SAME if name in merged}
    return merged | {"proven": all(one.get("proven") is True for one in reports.values())}


def source_name(region: str, source: str) -> str:
    """Return what a region's source is called in the room."""
    return f"{region}-{source}"


def _add_promises(
    promises: Told, region: str, told_there: Mapping[str, Any], ids: Mapping[Key, str]
) -> None:
    for name, k in told_there.items():
        here = ids.get((region, name), name)
        promises[here] = min(promises.get(here, k), k)


def _about(packages: Sequence[Package], names: Mapping[str, str], home: str) -> Told:
    """Return what the room is; synthetic where any region is, with every region's own notice."""
    about = [(one.manifest.name, said_by(one, "instance") or {}) for one in packages]
    noticed = [(name, one["notice"]) for name, one in about if one.get("notice")]
    apart = len({json.dumps(notice) for _, notice in noticed}) > 1 or len(noticed) < len(about)
    notice = {
        lang: " ".join(
            dict.fromkeys(f"{n[lang]}: {one[lang]}" if apart else one[lang] for n, one in noticed)
        )
        for lang in LANGUAGES
    }
    return {
        "name": dict(names),
        "synthetic": any(bool(one.get("synthetic")) for _, one in about),
        "notice": notice if noticed else None,
        "home_area": home,
        "names_in_promises": False,
    }


def _files(package: Package) -> list[Told]:
    """Return the delivered files of a region, its sources named as the region's."""
    region, names = package.manifest.region, package.manifest.name
    return [
        one
        | {
            "region": region,
            "source": source_name(region, one["source"]),
            "title": {
                lang: told((one.get("title") or {}).get(lang) or one["source"], names[lang])
                for lang in LANGUAGES
            },
        }
        for one in said_by(package, "sources") or []
    ]
