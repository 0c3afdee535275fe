"""A package becomes a release file again: for the auditor, and for whoever reads releases."""

import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from pipelines.writing import write_file
from tilannehuone.errors import Fault
from tilannehuone.network.archive import read_package
from tilannehuone.network.manifest import PackageRefused
from tilannehuone.network.package import Package
from tilannehuone.release import CELL_KEYS, TABLES

ENDING = ".zip"

NAMED = ("area_code", "parent_code")
"""Columns that hold an area's code."""

AGREEING = f"""with both_show as (
        select m.area_code, m.indicator_id, m.value,
            abs(m.value - t.value) <= 1e-9 * greatest(1, abs(m.value)) as same
        from mine m join theirs t using ({", ".join(CELL_KEYS)})
        where list_contains($codes, m.area_code) and t.value is not null and m.value is not null
    )
    select distinct area_code from both_show group by area_code, indicator_id
    having count(distinct value) filter (where same) >= 3
        and 2 * count(*) filter (where same) > count(*)"""  # noqa: S608
"""Three different figures that agree, and most of all: that is no chance."""


def assembled(package: Path | Package, to: Path, renamed: Collection[str] = ()) -> Path:
    """Write the release that a package holds to the file `to`, and return it.

    Parameters
    ----------
    package : or its file, which is then read without asking whose signature it has
    to : where no file is yet
    renamed : codes of areas to be told as `<region>-<code>`, so that another region's of the
        same code are not taken for them

    Raises
    ------
    PackageRefused
        When the package's file is not in form, or the release cannot be written.
    """
    whole = read_package(package, None) if isinstance(package, Path) else package
    codes = {one: f"{whole.manifest.region}-{one}" for one in sorted(renamed)}
    tables = {name: _renamed(whole.tables[name], codes) for name in TABLES}
    to.parent.mkdir(parents=True, exist_ok=True)
    if not write_file(to, {name: (TABLES[name], one) for name, one in tables.items()}):
        raise PackageRefused(Fault("release_not_whole", {"problem": to.name}))
    return to


@contextmanager
def readable(files: Sequence[Path]) -> Iterator[list[Path]]:
    """Yield release files; those of packages among `files` are assembled for the while.

    They are held to their form, not to a key: somebody looks at them by hand.
    """
    with tempfile.TemporaryDirectory() as folder:
        yield [
            _by_hand(one, Path(folder) / str(at)) if one.suffix == ENDING else one
            for at, one in enumerate(files)
        ]


def _by_hand(file: Path, folder: Path) -> Path:
    """Assemble a package under its release's name, by which releases are put in order."""
    package = read_package(file, None)
    return assembled(package, folder / f"{package.manifest.release_id}.duckdb")


def homonyms(package: Package, other: Package) -> set[str]:
    """Return the codes that two regions use for different areas, as names and figures show.

    A municipality's official code names one area wherever it is told; "centre" does not. Where the
    names differ ("Oulu", "Oulun kaupunki") but the figures are mostly the same, it is one area:
    what one of the regions hides of it, the other must not show.
    """
    mine, theirs = (_names(one.tables["areas"]) for one in (package, other))
    apart = {code for code in mine.keys() & theirs.keys() if not mine[code] & theirs[code]}
    return apart - _agreeing(package, other, apart) if apart else apart


def are_shared(package: Package, other: Package) -> bool:
    """Return whether two packages may tell of one area: by its code, or by a name of it."""
    mine, theirs = (_names(one.tables["areas"]) for one in (package, other))
    names, others = (set[str]().union(*one.values()) for one in (mine, theirs))
    return bool(mine.keys() & theirs.keys() or names & others)


def _agreeing(package: Package, other: Package, codes: Collection[str]) -> set[str]:
    """Return the codes of which both packages show mostly the same figures of some measure."""
    with duckdb.connect(":memory:") as reader:
        for name, one in (("mine", package), ("theirs", other)):
            reader.register(name, one.tables["cells"])
        found = reader.execute(AGREEING, {"codes": list(codes)}).fetchall()
    return {str(code) for (code,) in found}


def _names(areas: pa.Table) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for code, name in zip(
        areas["area_code"].to_pylist(), areas["name_fi"].to_pylist(), strict=True
    ):
        found.setdefault(code, set()).add(name.casefold())
    return found


def _renamed(table: pa.Table, codes: Mapping[str, str]) -> pa.Table:
    for name in (one for one in NAMED if codes and one in table.column_names):
        told = table.column(name)
        fresh = pa.array([codes.get(one, one) for one in told.to_pylist()], pa.string())
        table = table.set_column(table.column_names.index(name), name, fresh)
    return table
