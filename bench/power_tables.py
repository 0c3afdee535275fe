"""Draw up the tables behind `tilannehuone.stats.power`: `python -m bench.power_tables [NAME ...]`.

About an hour on one core, with fixed seeds: needed again only when the XmR rules change.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.power_chance import false_alarms, false_alarms_correlated, false_alarms_fixed
from bench.power_steps import medians, steps

FOLDER = Path(__file__).resolve().parents[1] / "tilannehuone/stats/power_tables"
TABLES: tuple[Callable[[], Iterator[str]], ...] = (
    false_alarms,
    false_alarms_fixed,
    false_alarms_correlated,
    medians,
    steps,
)
MODULE = '''"""{title}.

Written by `python -m bench.power_tables {name}`.
"""

TABLE = """
{rows}
"""
'''


def main(names: list[str]) -> None:
    for one in TABLES:
        if names and one.__name__ not in names:
            continue
        title = (one.__doc__ or "").strip().splitlines()[0].removeprefix("Return ").rstrip(".")
        title = title[0].upper() + title[1:]
        text = MODULE.format(title=title, name=one.__name__, rows="\n".join(one()))
        (FOLDER / f"{one.__name__}.py").write_text(text, encoding="utf-8")
        print(f"{one.__name__}: {len(text.splitlines())} lines", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
