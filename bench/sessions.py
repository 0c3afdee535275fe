"""Many readers at once, and one reader for long: how soon each is answered, and what it costs.

`python -m bench.sessions --instance A_COPY [--sessions 50] [--seconds 60]`: that many sessions of
the real server (`bench.sessions_reader`), each choosing another area, sometimes another measure or
page, every two seconds. `--reruns 1000`: one session, so many choices one after another, and the
server's memory meanwhile.
The readers are one process beside the server's, on the same processors.
"""

import argparse
import asyncio
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import psutil  # type: ignore[import-untyped]

from bench.screens_serving import free_port, served
from bench.sessions_reader import Reader, Run
from bench.sessions_server import counted, watched

PAGES = ("trend", "overview", "area")
EVERY = 2.0
"""Seconds from one choice of a reader to the next, and up to a fifth more or less."""

OTHER_PAGE, OTHER_MEASURE = 0.1, 0.15
"""How often a choice is another page, or on the measure's page another measure."""

MEGABYTE = 2**20


def main() -> None:
    """Serve a copy of an instance, read it as asked, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instance", type=Path, required=True, help="a built copy")
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--reruns", type=int, default=0)
    parser.add_argument("--cold", action="store_true", help="begin before anything is prepared")
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    instance, port = asked.instance.resolve(), asked.port or free_port()
    print(f"load before: {psutil.getloadavg()[0]:.1f}; processors: {psutil.cpu_count()}")
    with served(watched(instance, port), port, instance) as process:
        server = psutil.Process(process.pid)
        if asked.reruns:
            asyncio.run(reread(port, server, instance, asked.reruns))
        else:
            asyncio.run(crowd(port, server, asked.sessions, asked.seconds, asked.cold))
    print(f"load after: {psutil.getloadavg()[0]:.1f}")


async def crowd(
    port: int, server: psutil.Process, sessions: int, seconds: float, cold: bool
) -> None:
    """Let many read at once; print a row a page, and processor and memory of the server."""
    if not cold:
        await _prepared(server)
    before, began = _resident(server), time.perf_counter()
    readers = [Reader(port, PAGES[n % len(PAGES)]) for n in range(sessions)]
    opened = [await reader.open() for reader in readers]
    at, busy, started = _resident(server), sum(server.cpu_times()[:2]), time.perf_counter()
    own = sum(psutil.Process().cpu_times()[:2])
    runs: list[Run] = []
    ends = started + seconds
    late = sum(
        await asyncio.gather(
            *(_read(reader, random.Random(n), ends, runs) for n, reader in enumerate(readers))
        )
    )
    took = time.perf_counter() - started
    busy, own = sum(server.cpu_times()[:2]) - busy, sum(psutil.Process().cpu_times()[:2]) - own
    after = _resident(server)
    for reader in readers:
        await reader.close()
    _print_table("opened one after another", opened)
    for page in PAGES:
        _print_table(page, [one for one in runs if one.page == page])
    _print_table("all", runs)
    print(f"{len(runs) / took:.1f} choices a second; {late} choices waited for the one before")
    print(f"processor: server {busy / took:.0%} of one, readers {own / took:.0%}")
    print(f"resident: {before:.0f} MB before, {at:.0f} MB with {sessions} open"
          f" ({(at - before) / sessions * 1024:.0f} kB each), {after:.0f} MB after;"
          f" opened in {started - began:.1f} s")  # fmt: skip
    print("faults:", dict(Counter(one.fault for one in [*opened, *runs] if one.fault)) or "none")


async def reread(port: int, server: psutil.Process, instance: Path, reruns: int) -> None:
    """Let one reader choose again and again; print the server's memory and how it grows."""
    await _prepared(server)
    reader, dice = Reader(port, "trend"), random.Random(0)
    runs = [await reader.open()]
    told: list[tuple[int, float]] = []
    for count in range(1, reruns + 1):
        if count % 10 == 0:
            runs.append(await reader.turn_to(PAGES[count // 10 % len(PAGES)]))
        else:
            runs.append(await _chosen(reader, dice))
        if count % 20 == 0:
            told.append((count, _resident(server) * 1024))
        if count == min(200, reruns // 2):
            before = counted(server.pid, instance)
        if count % 100 == 0:
            print(f"{count:6,} reruns: {_resident(server):.1f} MB resident", flush=True)
    after = counted(server.pid, instance)
    print(f"growth after the first 200: {_growth(told, 200):.2f} kB a rerun;"
          f" in the later half {_growth(told, reruns // 2):.2f}")  # fmt: skip
    print("objects more than at 200:", (after - before).most_common(25))
    _print_table("all", runs)
    print("faults:", dict(Counter(one.fault for one in runs if one.fault)) or "none")
    await reader.close()


async def _read(reader: Reader, dice: random.Random, ends: float, runs: list[Run]) -> int:
    """Choose every two seconds until `ends`; return how many choices waited for the one before."""
    late, due = 0, time.perf_counter() + dice.uniform(0, EVERY)
    while due < ends:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        if dice.random() < OTHER_PAGE:
            others = [one for one in PAGES if one != reader.page]
            runs.append(await reader.turn_to(dice.choice(others)))
        else:
            runs.append(await _chosen(reader, dice))
        due += EVERY * dice.uniform(0.8, 1.2)
        late += due < time.perf_counter()
    return late


async def _chosen(reader: Reader, dice: random.Random) -> Run:
    is_measure = reader.page == "trend" and dice.random() < OTHER_MEASURE
    picker = "indicator" if is_measure else "area"
    others = [one for one in reader.options[picker] if one != reader.shown(picker)]
    return await reader.choose(picker, dice.choice(others))


async def _prepared(server: psutil.Process) -> None:
    """Return once the server has made beforehand what it makes while nobody reads."""
    quiet = 0
    while quiet < 5:
        busy = sum(server.cpu_times()[:2])
        await asyncio.sleep(1)
        quiet = quiet + 1 if sum(server.cpu_times()[:2]) - busy < 0.1 else 0


def _growth(told: Sequence[tuple[int, float]], first: int) -> float:
    """Return by least squares how many kB a rerun took after the `first` ones."""
    later = [one for one in told if one[0] > first] or told
    counts, sizes = np.array(later).T
    return float(np.polyfit(counts, sizes, 1)[0])


def _resident(server: psutil.Process) -> float:
    return float(server.memory_info().rss) / MEGABYTE


def _print_table(name: str, runs: Sequence[Run]) -> None:
    if not runs:
        return
    first = [one.first * 1000 for one in runs if one.first]
    whole = [one.whole * 1000 for one in runs]
    cells = [
        " / ".join(f"{one:,.0f}" for one in np.percentile(some or [0], (50, 95, 99)))
        for some in (first, whole)
    ]
    size = sum(one.size for one in runs) / len(runs) / 1000
    wrong = sum(bool(one.fault) for one in runs)
    print(f"| {name} | {len(runs):,} | {cells[0]} | {cells[1]} | {size:.0f} kB | {wrong} |")


if __name__ == "__main__":
    main()
