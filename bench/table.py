"""One table of ratios beside peers doing the same work, with growth, written into the documents.

`python -m bench.table` counts the cells of seven measures by hand-written SQL, by our own load,
validation and aggregation, and by pandas, polars, dbt and Spark; at each size in turn, each a
process of its own. All must count the same cells. Peers may live elsewhere (`--dbt-python PYTHON`);
one whose packages are absent is left out. `--screens` measures those too (`bench.screens`).
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from bench.ingest import same_cells
from bench.instance import make_instance
from bench.machine import machine, versions
from bench.process_cost import ROOT, Cost, cost
from bench.table_text import BY_HAND, CPU, OURS, PEAK, WALL, cost_table, markdown, replaced

CELLS = """
    select indicator_id, area_code, period_type, cast(period_start as date), category,
        cast(numerator as bigint), cast(denominator as bigint)
    from read_parquet('{}')"""
DIFFERENT = """
    select count(*) from (
        (({0}) except all ({1})) union all (({1}) except all ({0}))
    )"""


@dataclass(frozen=True)
class Side:
    """One way to count the cells: its module, and the interpreter that has its packages."""

    title: str
    module: str
    packages: tuple[str, ...]
    python: str = sys.executable
    program: str = ""


OWN = (
    Side(BY_HAND, "bench.by_hand", ("duckdb",)),
    Side(OURS, "bench.ours", ("duckdb", "great-expectations")),
)
PEERS = {
    "pandas": Side("pandas", "bench.peers.in_pandas", ("pandas", "pyarrow")),
    "polars": Side("polars", "bench.peers.in_polars", ("polars",)),
    "dbt": Side("dbt-duckdb", "bench.peers.in_dbt", ("dbt-core", "dbt-duckdb", "duckdb")),
    "spark": Side("Spark local[2]", "bench.peers.in_spark", ("pyspark",), program="java"),
}
Key = tuple[str, str, int]


def main() -> None:
    chosen = _chosen()
    sides, told = _present(_sides(chosen))
    told = f"{machine()}; the best of {chosen.repeats}. {told}"
    print(told, flush=True)
    measured, cells = _measured(sides, chosen)
    block = _block(told, sides, measured, cells)
    print("\n" + block, flush=True)
    _write(chosen.docs, "table", block)
    if chosen.screens:
        _write(chosen.docs, "screens", _screens(chosen))


def _chosen() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=float, action="append", help="1e5, 1e6 and 1e7 if absent")
    parser.add_argument("--format", choices=["csv", "parquet"], action="append")
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--docs", type=Path, default=ROOT / "docs/measured.md")
    for key in PEERS:
        parser.add_argument(f"--{key}-python", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--screens", action="store_true", help="about seven minutes more")
    parser.add_argument("--instance", type=Path, help="a built instance, for the screens")
    parser.add_argument("--dash-python", default=sys.executable, metavar="PYTHON")
    chosen = parser.parse_args()
    # a document without a place for the tables is told of before the hours, not after
    for name in ("table", "screens") if chosen.screens else ("table",):
        replaced(chosen.docs.read_text(encoding="utf-8"), name, "")
    return chosen


def _sides(chosen: argparse.Namespace) -> list[Side]:
    """Return all sides, each with the interpreter chosen for it."""
    peers = [replace(one, python=getattr(chosen, f"{key}_python")) for key, one in PEERS.items()]
    return [*OWN, *peers]


def _present(sides: Sequence[Side]) -> tuple[list[Side], str]:
    """Return the sides that can run here, and in words what each has or lacks."""
    present, told = [], []
    for side in sides:
        found = versions(side.python, side.packages)
        if found is None or (side.program and not shutil.which(side.program)):
            needed = ", ".join([*side.packages, *filter(None, [side.program])])
            told.append(f"{side.title} is left out: it needs {needed}.")
        else:
            present.append(side)
            having = ", ".join(f"{name} {number}" for name, number in found.items())
            told.append(f"{side.title}: {having}.")
    return present, " ".join(told)


def _measured(
    sides: Sequence[Side], chosen: argparse.Namespace
) -> tuple[dict[Key, Cost], dict[int, int]]:
    """Return the least cost of each side, format and size, and the number of cells of a size."""
    least: dict[Key, Cost] = {}
    cells: dict[int, int] = {}
    for events in map(int, chosen.events or (1e5, 1e6, 1e7)):
        for file_format in chosen.format or ("csv", "parquet"):
            with tempfile.TemporaryDirectory() as scratch:
                make_instance(Path(scratch) / "instance", events, file_format)
                for _ in range(chosen.repeats):
                    for side, took in _turn(sides, Path(scratch)).items():
                        told = f"{took.cpu:.1f} s, waited {took.wall:.1f} s, {took.peak:,.0f} MB"
                        print(f"{events:,} {file_format}, {side}: {told}", flush=True)
                        key = (side, file_format, events)
                        least[key] = min(took, least.get(key, took), key=lambda one: one.cpu)
                by_hand, ours = (_out(Path(scratch), side) for side in OWN)
                cells[events] = same_cells(ours, by_hand)
    return least, cells


def _turn(sides: Sequence[Side], scratch: Path) -> dict[str, Cost]:
    """Run every side once; each peer must count what was counted by hand, denominators too."""
    took = {}
    by_hand = CELLS.format(_out(scratch, OWN[0]))
    for side in sides:
        out = _out(scratch, side)
        took[side.title] = cost(side.python, side.module, scratch / "instance", out)
        if side.title != OURS:
            theirs = CELLS.format(out)
            ((different,),) = duckdb.execute(DIFFERENT.format(by_hand, theirs)).fetchall()
            if different:
                raise SystemExit(f"{side.title} counts {different} cells otherwise")
    return took


def _out(scratch: Path, side: Side) -> Path:
    return scratch / f"{side.module}.parquet"


def _block(
    told: str, sides: Sequence[Side], measured: Mapping[Key, Cost], cells: Mapping[int, int]
) -> str:
    """Return the machine and the tables as Markdown."""

    def figures(name: str) -> dict[str, dict[tuple[str, int], float]]:
        return {
            side.title: {
                (file_format, events): getattr(took, name)
                for (title, file_format, events), took in measured.items()
                if title == side.title
            }
            for side in sides
        }

    header = ["events", *(f"{events:,}" for events in cells)]
    counted = [header, ["equal cells", *(f"{number:,}" for number in cells.values())]]
    tables = [cost_table(kind, figures(name)) for name, kind in
              (("cpu", CPU), ("wall", WALL), ("peak", PEAK))]  # fmt: skip
    return "\n\n".join([told, *tables, markdown(counted)])


def _screens(chosen: argparse.Namespace) -> str:
    """Return what the bench of the screens prints."""
    command = [sys.executable, "-m", "bench.screens", "--dash-python", chosen.dash_python]
    if chosen.instance:
        command += ["--instance", str(chosen.instance.resolve())]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if ran.returncode:
        raise SystemExit(f"bench.screens failed:\n{ran.stderr}")
    return ran.stdout


def _write(document: Path, name: str, block: str) -> None:
    text = document.read_text(encoding="utf-8")
    document.write_text(replaced(text, name, block), encoding="utf-8")


if __name__ == "__main__":
    main()
