"""Our screens beside Plotly Dash and a bare Streamlit page: the same table, the same chart.

`python -m bench.screens --dash-python PYTHON` serves all three on this machine and measures them
by turns in headless Chromium, never two at once: a cold browser, another area chosen, and in ours
the next slide of shared-screen mode. PYTHON has dash, duckdb and plotly (better waitress too);
without it Dash is left out. It reports, and asserts nothing.
"""

import argparse
import os
import platform
import statistics
import sys
import tempfile
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlencode

import duckdb
from playwright.sync_api import Playwright, sync_playwright

from bench import screens_serving as serving
from bench.screens_browser import (
    Side,
    changes,
    cold,
    opened,
    steps,
    type_in_dash,
    type_in_streamlit,
)
from tilannehuone.release import current_release

OURS, DASH, BARE = "ours", "Dash", "bare Streamlit"
BARS = {
    "words": "2,500 ms",
    "chart": "1.5 x Dash",
    "change": "1.2 x Dash",
    "first": "",
    "overview": "2,500 ms",
    "step": "150 ms",
}
# areas whose whole series of a measure is shown, by names that no other area's name contains
AREAS = """
    with named as (select distinct area_code, name_fi from areas)
    select c.area_code, n.name_fi
    from cells c
    join indicators i on i.indicator_id = c.indicator_id and i.period = c.period_type
    join named n using (area_code)
    where c.indicator_id = $measure and c.breakdown = 'all' and length(n.name_fi) > 2
        and not exists (from named o where o.area_code <> n.area_code
            and contains(lower(o.name_fi), lower(n.name_fi)))
    group by all having count(*) = count(c.value)
    order by count(*) desc, c.area_code"""

Samples = dict[tuple[str, str], list[float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instance", type=Path, help="a built instance; else one is made")
    parser.add_argument("--dash-python", default=sys.executable)
    parser.add_argument("--measure", default="cp_notifications_rate")
    parser.add_argument("--rounds", type=int, default=4, help="turns of each page")
    parser.add_argument("--areas", type=int, default=6, help="areas chosen in a turn")
    parser.add_argument("--cold", type=int, default=6, help="cold browsers of each page")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as running:
        instance = (chosen.instance or _made(Path(scratch))).resolve()
        release = current_release(instance / "data" / "releases")
        areas = _areas(release, chosen.measure)
        start = running.enter_context(sync_playwright())
        sides = _served(running, chosen, instance, release, areas[0][0], Path(scratch))
        # back to the first area at the end, so that each turn makes the same journey
        names = [name for _, name in areas[1 : chosen.areas]]
        journey = [*(names * chosen.areas)[: chosen.areas - 1], areas[0][1]]
        samples: Samples = {}
        _cold_turns(start, sides, samples, chosen.cold)
        _change_turns(start, sides, journey, samples, chosen.rounds)
        _own_turns(start, sides[0], samples, chosen.cold)
    _told(samples, chosen.measure)


def _made(scratch: Path) -> Path:
    """Make the small instance of the page tests."""
    sys.path.insert(0, str(serving.ROOT / "tests" / "pages"))
    from made_release import write_instance

    write_instance(scratch / "instance")
    return scratch / "instance"


def _areas(release: Path, measure: str) -> list[tuple[str, str]]:
    with duckdb.connect(str(release), read_only=True) as told:
        areas = told.execute(AREAS, {"measure": measure}).fetchall()
    if len(areas) < 2:
        raise SystemExit(f"{measure} is whole in fewer than two areas")
    return areas


def _served(
    running: ExitStack,
    chosen: argparse.Namespace,
    instance: Path,
    release: Path,
    area: str,
    folder: Path,
) -> list[Side]:
    """Start the servers; return the pages to measure, ours first."""
    key = (release, chosen.measure, area)
    query = urlencode({"lang": "fi", "area": area, "indicator": chosen.measure})
    ports = {name: serving.free_port() for name in (OURS, DASH, BARE)}
    found = {
        OURS: (serving.ours(instance, ports[OURS]), f"trend?{query}", type_in_streamlit),
        DASH: (serving.dash(chosen.dash_python, *key, ports[DASH]), "", type_in_dash),
        BARE: (serving.bare_streamlit(*key, ports[BARE]), "", type_in_streamlit),
    }
    if not serving.has_dash(chosen.dash_python):
        print(f"Dash is left out: {chosen.dash_python} has no dash, duckdb and plotly\n")
        del found[DASH]
    for name, (command, _, _) in found.items():
        running.enter_context(serving.served(command, ports[name], folder))
    return [
        Side(name, f"http://127.0.0.1:{ports[name]}/{path}", type_area)
        for name, (_, path, type_area) in found.items()
    ]


def _cold_turns(start: Playwright, sides: list[Side], samples: Samples, turns: int) -> None:
    """Open each page in fresh browsers; the first turn warms the servers and is not kept."""
    for turn in range(turns + 1):
        for side in sides:
            for what, took in cold(start, side.address).items():
                if turn:
                    samples.setdefault((what, side.name), []).append(took)


def _change_turns(
    start: Playwright, sides: list[Side], journey: list[str], samples: Samples, turns: int
) -> None:
    """Choose the same areas on each page by turns; the first is the worst case.

    There nobody has looked at the areas yet, and each is chosen as soon as it is found.
    """
    for turn in range(turns + 1):
        for side in sides:
            with opened(start) as browser:
                took = changes(browser, side, journey, *([] if turn else [0]))
            samples.setdefault(("change" if turn else "first", side.name), []).extend(took)


def _own_turns(start: Playwright, side: Side, samples: Samples, turns: int) -> None:
    """Measure what only ours has: the first page in a cold browser, and shared-screen mode."""
    overview = side.address.partition("trend?")[0] + "?lang=fi"
    for turn in range(turns + 1):
        took = cold(start, overview, with_chart=False)["words"]
        if turn:
            samples.setdefault(("overview", OURS), []).append(took)
    with opened(start) as browser:
        if not samples.setdefault(("step", OURS), steps(browser, side.address)):
            print("Shared-screen mode is left out: the page does not offer it\n")


def _told(samples: Samples, measure: str) -> None:
    """Print the machine and the table."""
    load = os.getloadavg()[2]
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f} over 15 minutes, Python "
          f"{platform.python_version()}, Streamlit {version('streamlit')}; {measure}.")  # fmt: skip
    print("Milliseconds, median (nine of ten within); ratios of medians to Dash.\n")
    print(f"| | {OURS} | {DASH} | {BARE} | {OURS} / {DASH} | {BARE} / {DASH} | bar | samples |")
    print("|---|---|---|---|---|---|---|---|")
    for what, title in (
        ("words", "cold browser, the measure's page: first words"),
        ("chart", "cold browser, the measure's page: first chart"),
        ("change", "another area chosen: chart and headline redrawn"),
        ("first", "the same at its worst: an area new to all, chosen at once"),
        ("overview", "cold browser, our first page: first words"),
        ("step", "shared-screen mode: next or previous painted"),
    ):
        mine = {name: samples.get((what, name), []) for name in (OURS, DASH, BARE)}
        middles = {name: statistics.median(took) for name, took in mine.items() if took}
        ratios = [
            f"**{middles[name] / middles[DASH]:.2f}**" if {name, DASH} <= set(middles) else ""
            for name in (OURS, BARE)
        ]
        cells = [title, *map(_cell, mine.values()), *ratios, BARS[what], str(len(mine[OURS]))]
        print(f"| {' | '.join(cells)} |")


def _cell(took: list[float]) -> str:
    if not took:
        return ""
    high = sorted(took)[min(len(took) - 1, round(0.9 * len(took)))]
    return f"{statistics.median(took):,.0f} ({high:,.0f})"


if __name__ == "__main__":
    main()
