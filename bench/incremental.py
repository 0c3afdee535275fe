"""A build after one new month, beside a full one of the same extracts.

`python -m bench.incremental` builds the bench's instance of 1e6 and 1e7 events (`--events N`)
without its last month and keeps what was counted; the month comes as a file of its own. Then the
same is built twice more, each in a process of its own: keeping, and in full. Every row of every
table of the two releases must be the same.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import duckdb

from bench.instance import make_instance
from bench.process_cost import Cost, cost

STEM = "lastensuojelu_tapahtumat"
HOW = {
    "csv": ("delim = ';', all_varchar = true", "format csv, delim ';', header true"),
    "parquet": ("union_by_name = true", "format parquet"),
}
"""How a file is read and written."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=float, action="append")
    parser.add_argument("--format", choices=["csv", "parquet"], default="csv")
    chosen = parser.parse_args()
    print("| events | format | first, keeping | full | one new month | CPU ratio | wall ratio "
          "| kept | same rows |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|")
    for events in chosen.events or (1e6, 1e7):
        with tempfile.TemporaryDirectory() as scratch:
            print(measured(Path(scratch), int(events), chosen.format), flush=True)


def measured(scratch: Path, events: int, file_format: str) -> str:
    """Return the table row of one size."""
    keeping, full = scratch / "keeping", scratch / "full"
    make_instance(keeping, events, file_format)
    month = held_back(keeping / "data/extracts", scratch, file_format)
    first = _build(keeping, "--incremental")
    shutil.copy(month, keeping / "data/extracts")
    shutil.copytree(keeping, full, ignore=shutil.ignore_patterns("work"))
    again, whole = _build(keeping, "--incremental"), _build(full)
    rows = same_rows(_release(keeping), _release(full))
    kept = sum(one.stat().st_size for one in keeping.glob("data/work/kept/**/*") if one.is_file())
    return (
        f"| {events:,} | {file_format} | {first.cpu:.1f} s | {whole.cpu:.1f} s | {again.cpu:.1f} s "
        f"| **{again.cpu / whole.cpu:.2f}** | {again.wall / whole.wall:.2f} "
        f"| {kept / 1e6:,.0f} MB | {rows:,} |"
    )


def held_back(extracts: Path, scratch: Path, file_format: str) -> Path:
    """Take the last month out of the newest file; return the file that holds it alone."""
    newest = max(extracts.glob(f"{STEM}_*.{file_format}"))
    month = scratch / f"{newest.stem}_uusin.{file_format}"
    rest = scratch / newest.name
    options, how = HOW[file_format]
    reader = f"read_{file_format}('{newest}', {options})"
    with duckdb.connect() as hand:
        hand.execute("set memory_limit = '2GB'")
        last = f"(select date_trunc('month', max(Tapahtumapvm::date)) from {reader})"
        for path, sign in ((month, ">="), (rest, "<")):
            chosen = f"select * from {reader} where Tapahtumapvm::date {sign} {last}"
            hand.execute(f"copy ({chosen}) to '{path}' ({how})")
    shutil.move(rest, newest)
    return month


def same_rows(one: Path, other: Path) -> int:
    """Return how many rows two releases have in common; insist that there are no others."""
    total = 0
    with duckdb.connect(str(one), read_only=True) as both:
        both.execute(f"attach '{other}' as other (read_only)")
        tables = both.execute(
            "select table_name from duckdb_tables() where database_name <> 'other'"
        ).fetchall()
        for (table,) in tables:
            if table == "release":  # when it was made
                continue
            mine, its = (both.execute(f"from {one} order by all").fetchall()
                         for one in (table, f"other.{table}"))  # fmt: skip
            if mine != its:
                raise SystemExit(f"{table} differs")
            total += len(mine)
    return total


def _build(folder: Path, *how: str) -> Cost:
    return cost(sys.executable, "tilannehuone.cli", "build", folder, *how)


def _release(folder: Path) -> Path:
    return max((folder / "data/releases").glob("*.duckdb"))


if __name__ == "__main__":
    main()
