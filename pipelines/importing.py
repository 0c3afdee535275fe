"""A package from another region: verified, held against all that is known, audited, and stored.

Nothing is kept of a package that is refused, nor of one whose import is cut off: it lies under a
name that nobody reads until it has passed, and then takes its place in one step.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.assembling import are_shared, assembled, homonyms
from pipelines.audit import audit_release
from pipelines.auditing.listing import write_audit_csv
from tilannehuone.errors import Fault
from tilannehuone.finding import Finding
from tilannehuone.network.archive import read_package, signed_manifest
from tilannehuone.network.keys import trusted_keys
from tilannehuone.network.manifest import PackageRefused, age_of
from tilannehuone.network.package import Manifest, Package
from tilannehuone.network.parquet import LIMITS

PACKAGES = Path("data") / "packages"
WORK = Path("data") / "work"
ENDING = ".zip"
UNFINISHED = ".importing-"
AHEAD = timedelta(days=1)
"""How far a region's clock may be before ours."""


@dataclass(frozen=True)
class Imported:
    """A package that was accepted: where it lies, what it says, and whether it lay there before."""

    path: Path
    manifest: Manifest
    is_known: bool


def stored_packages(room: Path) -> dict[str, list[Path]]:
    """Return the package files of a room by region, in the order of their releases' names."""
    found: dict[str, list[Path]] = {}
    for one in sorted((room / PACKAGES).glob(f"*/[0-9]*{ENDING}"), key=_order):
        found.setdefault(one.parent.name, []).append(one)
    return found


def _order(path: Path) -> tuple[str, str, int]:
    stamp, _, number = path.stem.partition("-")
    return path.parent.name, stamp, int(number) if number.isdigit() else 1


def import_package(file: Path, room: Path, now: datetime | None = None) -> Imported:
    """Take a package into the network room in the folder `room`, when nothing speaks against it.

    `now` is the time in UTC (the clock's when None): a release of tomorrow is not believed.

    Raises
    ------
    PackageRefused
        In one line: it is not whole or not trusted, it is older than what the room has, or hidden
        cells could be computed with it (which ones stands in `audit.csv` of the room's work
        folder). Nothing of it is kept.
    KeyRefused
        When a file among the trusted keys holds no key.
    """
    with _alone(room), _copied(file, room) as candidate, _named(file, candidate):
        trusted = trusted_keys(room)
        package = read_package(candidate, trusted)
        told, stored = package.manifest, stored_packages(room)
        place = room / PACKAGES / told.region / f"{told.release_id}{ENDING}"
        earlier = stored.pop(told.region, [])
        known = dict(signed_manifest(one, trusted) for one in earlier)
        if package.id in known:
            return Imported(place, told, is_known=True)
        _hold_time(told, list(known.values()), now or datetime.now(UTC))
        _hold_findings(package)
        _audit(package, earlier, stored, room)
        _place(candidate, place)
        return Imported(place, told, is_known=False)


@contextmanager
def _alone(room: Path) -> Iterator[None]:
    """Keep two imports into one room apart, and clear away what a killed one left."""
    for one in (room / WORK, room / PACKAGES):
        one.mkdir(parents=True, exist_ok=True)
    with (room / WORK / "import.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PackageRefused(Fault("build_running", file=str(room))) from None
        for one in (room / PACKAGES).glob(f"{UNFINISHED}*"):
            one.unlink()
        yield


@contextmanager
def _copied(file: Path, room: Path) -> Iterator[Path]:
    """Yield a copy that nobody else can change between looking and storing; gone if not stored."""
    try:
        with file.open("rb") as source:
            content = source.read(LIMITS.file + 1)
    except OSError:
        raise PackageRefused(Fault("package_missing", file=str(file))) from None
    candidate = room / PACKAGES / f"{UNFINISHED}{os.getpid()}"
    try:
        with candidate.open("wb") as copy:
            copy.write(content)
            copy.flush()
            os.fsync(copy.fileno())
        yield candidate
    finally:
        candidate.unlink(missing_ok=True)


@contextmanager
def _named(file: Path, candidate: Path) -> Iterator[None]:
    """Tell faults under the name that the reader knows."""
    try:
        yield
    except PackageRefused as error:
        faults = [
            Fault(
                one.key, one.values, str(file) if one.file in (None, str(candidate)) else one.file
            )
            for one in error.faults
        ]
        raise PackageRefused(faults) from None


def _hold_time(told: Manifest, earlier: Sequence[Manifest], now: datetime) -> None:
    """Refuse a release of tomorrow, another one of a known name, and one older than the newest."""
    if told.built_at > now + AHEAD:
        raise PackageRefused(Fault("package_ahead", {"region": told.region}))
    if told.release_id in {one.release_id for one in earlier}:
        values = {"region": told.region, "release": told.release_id}
        raise PackageRefused(Fault("package_differs", values))
    newest = max(earlier, key=age_of, default=None)
    if newest is not None and age_of(told) <= age_of(newest):
        values = {"region": told.region, "release": newest.release_id}
        raise PackageRefused(Fault("package_older", values))


def _hold_findings(package: Package) -> None:
    """Refuse a finding that no sentence could be made of, or that is of another series."""
    for row in package.tables["findings"].to_pylist():
        try:
            found = Finding.from_json(row["finding"])
        except (ValueError, TypeError, KeyError, AttributeError):
            raise PackageRefused(Fault("package_finding")) from None
        keys = ("indicator_id", "area_code", "period_type", "breakdown", "category")
        if any(getattr(found, one) != row[one] for one in keys):
            raise PackageRefused(Fault("package_finding"))


def _audit(
    package: Package, earlier: Sequence[Path], others: Mapping[str, Sequence[Path]], room: Path
) -> None:
    """Refuse what would give hidden cells away together with all that readers already have.

    Of other regions the newest packages stand beside; older ones are what readers have had, like
    the region's own, where both tell of an area.
    """
    trusted = trusted_keys(room)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        candidate = assembled(package, scratch / "new" / f"{package.manifest.release_id}.duckdb")
        against = [
            assembled(read_package(one, trusted), scratch / "old" / f"{one.stem}.duckdb")
            for one in earlier
        ]
        beside: list[Path] = []
        for region, files in others.items():
            for one in files:
                other = read_package(one, trusted)
                if one is not files[-1] and not are_shared(package, other):
                    continue
                to = scratch / "others" / region / f"{one.stem}.duckdb"
                copied = assembled(other, to, homonyms(package, other))
                (beside if one is files[-1] else against).append(copied)
        report = audit_release(candidate, against=against, beside=beside)
    if report.fresh:
        listed = write_audit_csv(report.fresh, room / WORK)
        measures = sorted({cell[0] for one in report.fresh for cell in one.cells})
        told = {"count": len(report.fresh), "measures": ", ".join(measures), "path": str(listed)}
        raise PackageRefused(Fault("package_leaks", told))


def _place(candidate: Path, place: Path) -> None:
    """Give a package its name, so that it is there wholly or not at all after a crash."""
    place.parent.mkdir(parents=True, exist_ok=True)
    candidate.replace(place)
    for folder in (place.parent, place.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
