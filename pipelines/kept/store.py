"""The folder of kept answers: one folder a file of extracts, one Parquet file an answer.

`data/work/kept/<source>/<file and digest>/<answer>.parquet`, beside an `origin.json` with the salt
of the pseudonyms. A folder ends in `.part` until the build has asked all there was to ask; what a
killed build left is deleted by the next, and so is all of a file that is gone or has changed.
"""

import hashlib
import json
import secrets
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import duckdb

from pipelines.extracts.ledger import File
from pipelines.extracts.sql import path_literal, run
from pipelines.kept.origin import origin_of
from pipelines.naming import literal
from pipelines.quality.rules import rules_of
from tilannehuone.instance import Instance, Placed
from tilannehuone.sources import Source

FOLDER, ORIGIN, PART, YEARS = "kept", "origin.json", ".part", "years"


def kept_folder(instance: Placed) -> Path:
    """Return where the answers of an instance lie: nobody but its owner may look there."""
    return instance.work / FOLDER


def may_be_kept(source: Source) -> bool:
    """Whether what is asked of a source's rows can be asked file by file.

    Rows of events are counted and checked one by one; a key or a check over all rows looks beyond
    a file's end. Aggregates are small: they are loaded anew.
    """
    alone = not source.key and all(one.over == "rows" for one in rules_of(source))
    return source.shape == "events" and alone


class Unkept(Exception):
    """Something is asked of a file's rows that nobody kept: a build of all rows has to answer."""


@dataclass
class Kept:
    """Where the answers about a source's files lie, by the number a file has in this run.

    The rows of `new` were loaded in this run, those of `known` were not.
    """

    known: dict[int, Path] = field(default_factory=dict)
    new: dict[int, Path] = field(default_factory=dict)

    def folders(self) -> list[Path]:
        """Return the folders of all of the source's files."""
        return [*self.known.values(), *self.new.values()]


class Store:
    """The answers of one instance, in one build; `working` reads and writes them."""

    def __init__(self, working: duckdb.DuckDBPyConnection, instance: Instance) -> None:
        self.working, self.folder = working, kept_folder(instance)
        self.origin = origin_of(instance)
        told = _read(self.folder / ORIGIN)
        if told.get("origin") != self.origin:
            shutil.rmtree(self.folder, ignore_errors=True)
            told = {"salt": secrets.token_hex(16), "given_up": []}
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.salt: str = told["salt"]
        self.given_up = set(told["given_up"])
        self._write_origin()
        for left in self.folder.glob(f"*/*{PART}"):
            shutil.rmtree(left)
        self.sources = {
            name: Kept()
            for name, one in instance.sources.items()
            if may_be_kept(one) and name not in self.given_up
        }

    def holds(self, source: str) -> bool:
        """Whether answers about a source are kept, and there is a file of it."""
        return source in self.sources and bool(self.sources[source].folders())

    def find(self, file: File) -> Path | None:
        """Return the folder of a file whose answers are there; it counts as used from here."""
        if file.source not in self.sources:
            return None
        folder = self._of(file)
        if not folder.is_dir():
            return None
        self.sources[file.source].known[file.file_id] = folder
        return folder

    def begin(self, file: File) -> None:
        """Make room for the answers about a file whose rows are in `raw_<source>`."""
        if file.source in self.sources:
            folder = self._of(file).with_suffix(PART)
            folder.mkdir(mode=0o700, parents=True)
            self.sources[file.source].new[file.file_id] = folder

    def answers(self, source: str, name: str, asked: Callable[[int], str]) -> str:
        """Return SQL of the rows that answer a question about each of a source's files.

        Parameters
        ----------
        name
            Of the question; it must say all that the answer depends on beside the file's rows.
        asked
            Gives the SELECT that answers it about the file of a number.

        Raises
        ------
        Unkept
            When nobody asked it about a file whose rows are not loaded.
        """
        kept = self.sources[source]
        for number, folder in kept.new.items():
            self._write(folder / f"{name}.parquet", asked(number))
        paths = [folder / f"{name}.parquet" for folder in kept.folders()]
        if not all(path.is_file() for path in paths):
            self.lacks(source)
        return f"read_parquet([{', '.join(map(path_literal, paths))}], filename = true)"

    def read(self, source: str, sql: str) -> list[tuple[Any, ...]]:
        """Run SQL over kept answers; raise Unkept where a disk gave back something else."""
        try:
            return run(self.working, sql)
        except duckdb.Error:
            self.lacks(source)

    def lacks(self, source: str) -> NoReturn:
        """Forget all that is kept of a source, for something of it is not there; raise Unkept."""
        shutil.rmtree(self.folder / source, ignore_errors=True)
        raise Unkept(source)

    def give_up(self, source: str) -> None:
        """Stop keeping a source whose declared SQL fails on some row.

        Raises
        ------
        Unkept
            When not all its files were loaded in this run: it may be an answer that is damaged.
        """
        if self.sources[source].known:
            self.lacks(source)
        del self.sources[source]
        self.given_up.add(source)
        self._write_origin()
        shutil.rmtree(self.folder / source, ignore_errors=True)

    def finish(self, stopped: Collection[str]) -> None:
        """Call the new answers whole, and delete those about files that are not there any more.

        Of a source in `stopped` nothing was counted: its new files will be asked again.
        """
        for name, kept in self.sources.items():
            whole = {*kept.known.values(), self.folder / name / YEARS}
            for folder in kept.new.values() if name not in stopped else ():
                whole.add(folder.rename(folder.with_suffix("")))
            for folder in (self.folder / name).glob("*"):
                if folder not in whole:
                    shutil.rmtree(folder)
        for left in self.folder.iterdir():
            if left.name not in {*self.sources, ORIGIN}:
                shutil.rmtree(left)

    def of_years(self, source: str) -> Path:
        """Return the folder of what was counted by year over all of a source's files."""
        folder = self.folder / source / YEARS
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    def write(self, path: Path, select: str) -> None:
        """Write the rows of a SELECT in the place of a Parquet file, whole or not at all."""
        part = path.with_suffix(PART)
        part.unlink(missing_ok=True)
        self._write(part, select)
        part.rename(path)

    def _write(self, path: Path, select: str) -> None:
        if not path.exists():
            how = "(format parquet, compression zstd)"
            run(self.working, f"copy ({select}) to {literal(str(path))} {how}")

    def _of(self, file: File) -> Path:
        named = hashlib.sha256(f"{file.name}\0{file.sha256}".encode()).hexdigest()
        return self.folder / file.source / named[:32]

    def _write_origin(self) -> None:
        told = {"origin": self.origin, "salt": self.salt, "given_up": sorted(self.given_up)}
        (self.folder / ORIGIN).write_text(json.dumps(told), encoding="utf-8")


def store_of(
    working: duckdb.DuckDBPyConnection, instance: Instance, incremental: bool
) -> Store | None:
    """Return the store of a build that keeps; without one, nothing stays of what others kept."""
    if not incremental:
        shutil.rmtree(kept_folder(instance), ignore_errors=True)
        return None
    return Store(working, instance)


def _read(path: Path) -> dict[str, Any]:
    """Return what a small file of ours holds; nothing where it is not there, or not whole."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
