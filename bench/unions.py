"""Random unions of packages, extracts and the rooms made of them, tried by the auditor.

`python -m bench.unions` builds two small regions that overlap, five releases of each, and
`--unions` random sets of what readers may have in their hands; `--instance A_COPY` takes the kept
releases of an instance instead. Packages go through the door of a network room first: what it
refuses is in nobody's hands, and is counted. Exit code 1: something hidden can be computed.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.unions_made import (
    Region,
    as_releases,
    earlier_among,
    given,
    overlapping,
    random_choice,
)
from pipelines.assembling import assembled
from pipelines.audit import audit_release
from pipelines.importing import import_package, stored_packages
from pipelines.network_room import build_room
from pipelines.packing import pack
from tilannehuone.errors import SealRefused, TilannehuoneError
from tilannehuone.network.archive import read_package
from tilannehuone.network.keys import OWN, own_key, public_text, trust
from tilannehuone.network.manifest import PackageRefused
from tilannehuone.web.sealing import sealed_extract

MOST_EXTRACTS = 3
HEAD = ("union", "packages", "refused", "extracts", "room", "hidden", "sums", "given", "fresh", "s")


@dataclass
class Union:
    """What some readers have together: release files by region, and what was refused them."""

    packages: dict[str, list[Path]] = field(default_factory=dict)  # the oldest first
    refused: Counter[str] = field(default_factory=Counter)
    extracts: list[tuple[str, Path]] = field(default_factory=list)  # release id -> file
    room: Path | None = None


def main() -> int:
    """Try the unions; return 1 when the auditor finds what readers did not have before."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--instance", type=Path, help="a copy of an instance with releases")
    parser.add_argument("--unions", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        regions = given(chosen.instance) if chosen.instance else overlapping(place, chosen.seed)
        print(" | ".join(HEAD))
        for number in range(chosen.unions):
            folder = place / f"union{number}"
            union = _union(regions, folder, random.Random(f"{chosen.seed} {number}"))
            found += _tried(number, union)
    print("fresh findings:", dict(found) or 0)
    return 1 if found else 0


def _union(regions: Sequence[Region], folder: Path, chance: random.Random) -> Union:
    """Return a random union: releases of the regions, in their order, through a room's door."""
    folder.mkdir()
    union, room = Union(), folder / "room"
    room.mkdir()
    for region in regions:
        key = own_key(folder / region.name / OWN)
        public = folder / f"{region.name}.pub"
        public.write_text(public_text(key.public_key()), encoding="ascii")
        trust(room, region.name, public)
    releases = [(one, region) for region in regions for one in region.releases]
    some = chance.sample(releases, chance.randint(min(2, len(releases)), len(releases)))
    for release, region in sorted(some, key=lambda pair: pair[0].name):
        _import(union, release, region, folder, room)
    for name, files in stored_packages(room).items():
        union.packages[name] = [
            assembled(read_package(one, None), folder / name / f"{one.stem}.duckdb")
            for one in files
        ]
    union.room = build_room(room).path
    for number in range(chance.randint(1, MOST_EXTRACTS)):
        region = chance.choice([one for one in regions if one.name in union.packages])
        _extract(union, region, folder / f"x{number}", chance)
    return union


def _import(union: Union, release: Path, region: Region, folder: Path, room: Path) -> None:
    file = folder / f"{region.name}-{release.stem}.zip"
    try:
        pack(release, file, own_key(folder / region.name / OWN), region=region.name)
        import_package(file, room)
    except PackageRefused as error:
        union.refused.update(one.key for one in error.faults)


def _extract(union: Union, region: Region, folder: Path, chance: random.Random) -> None:
    """Add an extract of an accepted release of a region, as its files tell it."""
    accepted = {one.stem for one in union.packages[region.name]}
    known = [one for one in region.releases if one.stem in accepted]
    release = chance.choice(known)
    try:
        choice = random_choice(release, chance)
        files = sealed_extract(release, earlier_among(release, known), choice)
    except SealRefused as error:
        union.refused.update(one.key for one in error.faults)
        return
    folder.mkdir()
    for name, content in files.items():
        if name.endswith(".parquet"):
            (folder / name).write_bytes(content)
    union.extracts += as_releases(folder, release, folder.parent)


def _tried(number: int, union: Union) -> Counter[str]:
    """Audit a union from each side: each region's newest release, and each extract of it."""
    begun, found, hidden, sums, before = time.perf_counter(), Counter[str](), 0, 0, 0
    newest = {region: files[-1] for region, files in union.packages.items()}
    older = [one for files in union.packages.values() for one in files[:-1]]
    current = {one.stem for one in newest.values()}
    new = [path for name, path in union.extracts if name in current]
    old = [path for name, path in union.extracts if name not in current]
    for one in [*newest.values(), *new]:
        beside = [other for other in (*newest.values(), *new) if other != one]
        report = audit_release(one, against=[*older, *old], beside=beside)
        found.update(each.kind for each in report.fresh)
        before += len(report.findings) - len(report.fresh)
        hidden, sums = hidden + report.hidden, sums + report.relations
    told = "+".join(f"{len(files)} {region}" for region, files in union.packages.items())
    refused = ", ".join(f"{count} {key}" for key, count in union.refused.items()) or "-"
    took = time.perf_counter() - begun
    has_room = "yes" if union.room else "no"
    row = (number, told, refused, len(union.extracts), has_room, hidden, sums, before)
    print(" | ".join(map(str, (*row, dict(found) or 0, f"{took:.1f}"))), flush=True)
    return found


if __name__ == "__main__":
    try:
        sys.exit(main())
    except TilannehuoneError as error:
        sys.exit("; ".join(one.key for one in error.faults))
