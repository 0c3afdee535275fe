"""What is fuzzed: the loader of extracts, the readers of declarations, the reader of packages.

Each subject changes a sound input that the tests themselves make, hands it to the product, and
says what became of it: accepted or refused. Anything but a TilannehuoneError is a finding, and so
is a refusal of more than one line, a file left behind, or a message with the person planted.
"""

import gzip
import io
import json
import random
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from bench.fuzz_changes import of_bytes, of_text, within_archive
from tilannehuone.errors import TilannehuoneError
from tilannehuone.personal import find
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "unit"))

MOST_SHOWN = 2_000
"""Characters of a message: more is no line that anybody reads."""


class Finding(Exception):
    """The product broke a promise; the message says which."""


class Subject(Protocol):
    """One thing to be fuzzed."""

    def tried(self, chance: random.Random, kept: Path) -> str:
        """Try one input, written to `kept` first; return accepted or refused."""


def hold_lines(lines: list[str], planted: str = "") -> None:
    """Raise Finding unless every message is one line of a sane length without a person in it."""
    for line in lines:
        if len(line.splitlines()) > 1:
            raise Finding(f"more than one line: {line!r}")
        if len(line) > MOST_SHOWN:
            raise Finding(f"{len(line)} characters in a message")
        if planted and planted in line:
            raise Finding("a personal value in a message")


def lines_of(error: TilannehuoneError) -> list[str]:
    """Return the messages of an error in every language."""
    return [fault_line(one, lang) for one in error.faults for lang in LANGUAGES]


class Loader:
    """Delivered files of every format, one at a time, into a database in memory."""

    def __init__(self, folder: Path) -> None:
        from loading import AGGREGATE, EVENTS, tiny
        from official_files import DECLARED, PLACES

        self.extracts, self.work = folder / "extracts", folder / "work"
        self.extracts.mkdir(parents=True)
        self.person = _person()
        events, aggregate = tiny(self.extracts, EVENTS), tiny(self.extracts, AGGREGATE)
        official = tiny(self.extracts, DECLARED, PLACES)
        self.instances = {"c.csv": aggregate, "h.json": official, "i.json": official}
        self.instances |= {"j.px": official}
        self.events = events
        self.seeds = _extracts(self.person)

    def tried(self, chance: random.Random, kept: Path) -> str:
        """Load one changed file."""
        from pipelines.load import load

        name = chance.choice(list(self.seeds))
        content, others = self.seeds[name], list(self.seeds.values())
        change = within_archive if name.endswith("xlsx") and chance.random() < 0.7 else of_bytes
        changed = change(chance, content, others)
        kept.with_suffix("." + name.partition(".")[2]).write_bytes(changed)
        path = self.extracts / name
        path.write_bytes(changed)
        try:
            with duckdb.connect(":memory:", config={"memory_limit": "500MB"}) as working:
                load(working, self.instances.get(name, self.events))
                told = working.execute(
                    "select state, message_fi, message_sv, message_en from files"
                ).fetchall()
        finally:
            path.unlink()
        hold_lines([one for row in told for one in row[1:] if one], self.person)
        if left := [one for one in self.work.rglob("*") if one.is_file()]:
            raise Finding(f"left behind: {left[0].name}")
        return "refused" if told[0][0] == "refused" else "accepted"


class Declarations:
    """The four files of an instance, and those that may stand beside them."""

    def __init__(self, folder: Path) -> None:
        from small_instance import make_instance

        self.folder = make_instance(folder / "instance")
        shutil.rmtree(self.folder / "data" / "extracts")
        more = {
            "data/events.yaml": "events:\n  - {from: 2024-01-01, kind: break,"
            " text: {fi: a, sv: b, en: c}, indicators: [visits_rate], areas: [n1]}\n",
            "data/access.yaml": "session: {idle_minutes: 60, absolute_minutes: 600}\npeople:\n"
            "  - {email: chair@example.org, role: chair, areas: [n1]}\n",
            "data/network.yaml": "region: oulu\nlisted: [n1]\n",
        }
        for name, text in more.items():
            (self.folder / name).write_text(text, encoding="utf-8")
        names = ("indicators.yaml", "data/sources.yaml", "data/areas.csv", *more)
        self.seeds = {name: (self.folder / name).read_text(encoding="utf-8") for name in names}

    def tried(self, chance: random.Random, kept: Path) -> str:
        """Read an instance one of whose declarations is changed."""
        from pipelines.check import declaration_faults
        from tilannehuone.access_declared import access_faults
        from tilannehuone.instance import open_instance
        from tilannehuone.network_declared import network_faults

        name = chance.choice(list(self.seeds))
        changed = of_text(chance, self.seeds[name]).encode("utf-8")
        if chance.random() < 0.2:
            changed = of_bytes(chance, changed, [b"\xe4", b"\x80\x81"])
        kept.with_suffix(Path(name).suffix).write_bytes(changed)
        path = self.folder / name
        path.write_bytes(changed)
        try:
            instance = open_instance(self.folder)
            faults = declaration_faults(instance) + access_faults(self.folder)
            faults += network_faults(self.folder, set(instance.areas["area_code"]))
        except TilannehuoneError as error:
            hold_lines(lines_of(error))
            return "refused"
        finally:
            path.write_text(self.seeds[name], encoding="utf-8")
        hold_lines([fault_line(one, lang) for one in faults for lang in LANGUAGES])
        return "refused" if faults else "accepted"


class Packages:
    """Packages of another region: as they come, and signed anew by a region that is hostile."""

    def __init__(self, folder: Path) -> None:
        from hostile_archives import parts_of, with_manifest, with_table
        from packed_releases import Region

        folder.mkdir(parents=True)
        self.region = Region(folder, "oulu")
        self.good = self.region.package(file="good.zip").read_bytes()
        self.parts = parts_of(self.good)
        self.with_manifest, self.with_table = with_manifest, with_table
        self.file = folder / "tried.zip"

    def tried(self, chance: random.Random, kept: Path) -> str:
        """Read one changed package; a change that nobody signed must be refused."""
        from tilannehuone.network.archive import read_package

        others = list(self.parts.values())
        how = chance.randrange(3)
        if how == 0:
            changed = of_bytes(chance, self.good, others)
        elif how == 1:
            tamper = self.with_manifest(lambda told: of_bytes(chance, told, others))
            changed = tamper(self.good, self.region.key)
        else:
            name = chance.choice([one for one in self.parts if one.endswith(".parquet")])
            content = of_bytes(chance, self.parts[name], others)
            changed = self.with_table(content, name)(self.good, self.region.key)
        kept.with_suffix(".zip").write_bytes(changed)
        self.file.write_bytes(changed)
        try:
            read_package(self.file, {"oulu": (self.region.key.public_key(),)})
        except TilannehuoneError as error:
            hold_lines(lines_of(error))
            return "refused"
        if how == 0 and changed != self.good:
            raise Finding("a changed package was believed")
        return "accepted"


SUBJECTS = {"loader": Loader, "yaml": Declarations, "package": Packages}


def _person() -> str:
    """Return an identity code that nobody has: of a day long ago, its check sign computed."""
    signs, day, number = "0123456789ABCDEFHJKLMNPRSTUVWXY", date(1851, 3, 7), 901
    told = f"{day:%d%m%y}"
    code = f"{told}+{number}{signs[int(f'{told}{number}') % 31]}"
    if find(code) is None:
        raise Finding("the planted code is not found in a sound text")
    return code


def _extracts(person: str) -> dict[str, bytes]:
    """Return sound files of every format by name, and one with a person in it."""
    from official_files import dataset

    head = ["alue", "pvm", "asiakas", "palvelu", "kesto"]
    rows = [["Oulu", f"{day}.3.2024", f"a{day}", "käynti", str(day)] for day in range(1, 28)]
    lines = "\r\n".join(";".join(one) for one in [head, *rows])
    aggregate = "alue;jakso;lkm\n" + "\n".join(f"Oulu;2024-{n:02};{n * 7}" for n in range(1, 13))
    table = pa.table({name: [row[at] for row in rows] for at, name in enumerate(head)})
    sink = io.BytesIO()
    pq.write_table(table, sink)
    flat = [{"alue": "564", "year": 2000 + n, "gender": "total", "value": n} for n in range(9)]
    return {
        "a.csv": lines.encode("cp1252"),
        "b.csv": ("\ufeff" + lines).encode("utf-16"),
        "c.csv": aggregate.encode(),
        "d.csv": (lines + f"\r\nOulu;1.4.2024;a;{person};3").encode(),
        "e.csv.gz": gzip.compress(lines.encode(), mtime=0),
        "f.xlsx": _workbook([head, *rows]),
        "g.parquet": sink.getvalue(),
        "h.json": json.dumps(dataset()).encode(),
        "i.json": json.dumps(flat).encode(),
        "j.px": "\n".join(_px()).encode("cp1252"),
    }


def _workbook(rows: list[list[str]]) -> bytes:
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Taul1")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return sink.getvalue()


def _px() -> Iterator[str]:
    yield from ('CHARSET="ANSI";', 'STUB="alue";', 'HEADING="year";')
    yield from ('VALUES("alue")="Oulu","Helsinki";', 'VALUES("year")="2023","2024";')
    yield from ("DATA=", "1 2", "3 ..;")
