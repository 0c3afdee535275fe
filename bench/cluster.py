"""A cluster beside DuckDB on this machine: the same cells, and what each takes, in one run.

`TILANNEHUONE_SPARK=sc://host:port python -m bench.cluster [--events 1e7]` loads once and counts
twice. The cells must be the same to the last digit.
"""

import argparse
import tempfile
import time
from datetime import date
from pathlib import Path

from bench.instance import make_instance
from pipelines.aggregate import aggregate
from pipelines.engines.cluster import cluster
from pipelines.load import load
from pipelines.quality.results import create_tables
from pipelines.working import working_database
from tilannehuone.instance import open_instance

DIFFERENT = """select count(*) from (
    (from here except all from unsafe_cells) union all (from unsafe_cells except all from here))"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=float, action="append")
    chosen = parser.parse_args()
    print("| events | load | DuckDB | cluster | ratio | cells | different |")
    print("|---|---|---|---|---|---|---|")
    for events in chosen.events or (1e5, 1e6, 1e7):
        with tempfile.TemporaryDirectory() as scratch:
            print(measured(Path(scratch) / "instance", int(events)), flush=True)


def measured(folder: Path, events: int) -> str:
    make_instance(folder, events, "parquet")
    instance = open_instance(folder)
    told = {name for name, one in instance.sources.items() if one.shape == "events"}
    with working_database(instance) as working:
        begun = time.perf_counter()
        load(working, instance)
        create_tables(working)
        loaded = time.perf_counter()
        aggregate(working, instance, date.today())
        here = time.perf_counter()
        working.execute("create table here as from unsafe_cells")
        with cluster(working, instance.work, told) as scans:
            asked = time.perf_counter()
            failed = aggregate(working, instance, date.today(), scans)
            there = time.perf_counter()
        if failed:
            raise SystemExit(f"failed: {failed}")
        cells, different = (
            int(working.execute(query).fetchall()[0][0])
            for query in ("select count(*) from here", DIFFERENT)
        )
    return (
        f"| {events:,} | {loaded - begun:.1f} s | {here - loaded:.1f} s | {there - asked:.1f} s "
        f"| {(there - asked) / (here - loaded):.2f} | {cells:,} | {different} |"
    )


if __name__ == "__main__":
    main()
