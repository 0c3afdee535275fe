"""Ingestion beside hand-written SQL: CPU and peak memory as ratios in one run, and its growth.

`python -m bench.ingest` measures 1e5, 1e6 and 1e7 events as CSV and Parquet; `--events N` one
size. Every measurement is a process of its own, and both must count the same cells. With other
tools beside: `bench.table`.
"""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

import duckdb

from bench.instance import make_instance
from bench.process_cost import cost

SAME = """
    with ours as (
        select case
                when indicator_id like '%started%' then 'cp_assessment_started'
                when indicator_id like '%completed%' then 'cp_assessment_done'
                when indicator_id = 'cp_notified_children_share'
                    then 'persons Lastensuojeluilmoitus'
                when indicator_id = 'cp_open_care_share' then 'persons Avohuollon asiakkuus'
                when indicator_id = 'cp_emergency_placements_rate'
                    then 'persons Kiireellinen sijoitus'
                when indicator_id = 'out_of_home_share' then 'persons Kodin ulkopuolinen sijoitus'
                else indicator_id end as indicator_id,
            area_code, period_type, period_start, category, numerator
        from read_parquet('{ours}')
    )
    select count(*), count(*) filter (where o.numerator is distinct from coalesce(h.numerator, 0))
    from ours o left join read_parquet('{hand}') h
        using (indicator_id, area_code, period_type, period_start, category)
"""


def same_cells(ours: Path, hand: Path) -> int:
    """Return how many cells ours are, all as counted by hand.

    Raises
    ------
    SystemExit
        When one differs, or there is none.
    """
    cells, different = duckdb.execute(SAME.format(ours=ours, hand=hand)).fetchone() or (0, 0)
    if different or not cells:
        raise SystemExit(f"{different} of {cells} cells differ")
    return int(cells)


def measure(events: int, file_format: str, repeats: int) -> str:
    """Return the table row of one size and format."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "instance"
        make_instance(folder, events, file_format)
        ours, hand = Path(scratch) / "ours.parquet", Path(scratch) / "hand.parquet"
        costs = [
            (
                cost(sys.executable, "bench.by_hand", folder, hand),
                cost(sys.executable, "bench.ours", folder, ours),
            )
            for _ in range(repeats)
        ]
        cells = same_cells(ours, hand)
    by_hand = min((one for one, _ in costs), key=lambda one: one.cpu)
    our_own = min((one for _, one in costs), key=lambda one: one.cpu)
    return (
        f"| {events:,} | {file_format} | {by_hand.cpu:.1f} s | {our_own.cpu:.1f} s "
        f"| **{our_own.cpu / by_hand.cpu:.2f}** | {our_own.wall / by_hand.wall:.2f} "
        f"| {by_hand.peak:,.0f} MB | {our_own.peak:,.0f} MB | {cells:,} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=float, action="append")
    parser.add_argument("--format", choices=["csv", "parquet"], action="append")
    parser.add_argument("--repeats", type=int, default=1)
    chosen = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, ")
    print(f"DuckDB {duckdb.__version__}; CPU of the process, best of {chosen.repeats}\n")
    print("| events | format | by hand | ours | CPU ratio | wall ratio | peak by hand | peak ours "
          "| equal cells |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|---|")
    for events in chosen.events or (1e5, 1e6, 1e7):
        for file_format in chosen.format or ("csv", "parquet"):
            print(measure(int(events), file_format, chosen.repeats), flush=True)


if __name__ == "__main__":
    main()
