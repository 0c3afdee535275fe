"""How often 95 % intervals of the research statistics hold a planted truth.

`python -m bench.coverage` simulates 500 series for each row (about ten minutes);
`python -m bench.coverage 100` fewer. One standard error of a share near 95 % of 500 is 1 point.
"""

import sys

from bench.coverage_areas import controlled_rows, staggered_elsewhere, staggered_rows
from bench.coverage_series import (
    interrupted_elsewhere,
    interrupted_rows,
    joinpoint_rows,
    lagged_rows,
)

SIMULATIONS = 500


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else SIMULATIONS
    for title, rows in (
        ("interrupted, one series | level | slope | average", interrupted_rows),
        ("interrupted, not tuned by | level | slope | average", interrupted_elsewhere),
        ("interrupted, against a comparison | level | slope | average", controlled_rows),
        ("staggered starts | overall | marked before", staggered_rows),
        ("staggered, not tuned by | overall | marked before", staggered_elsewhere),
        ("joinpoints | joinpoint | before | after | average", joinpoint_rows),
        ("association at a lag | linear | rank", lagged_rows),
    ):
        print(f"\n| {title} |")
        print("|" + "---|" * (title.count("|") + 1))
        for name, shares in rows(number):
            told = " | ".join(f"{100 * one:.1f}" for one in shares)
            print(f"| {name} | {told} |", flush=True)


if __name__ == "__main__":
    main()
