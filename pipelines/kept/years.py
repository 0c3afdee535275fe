"""What is kept of distinct persons: their counts by year, and of which files those are.

The counts lie in a folder named after the files they are of, and `files.json` tells which folder
holds. So a build that is killed amid its writing leaves what the one before it kept.
"""

import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

FILES = "files.json"


@dataclass(frozen=True)
class Years:
    """The files that have rows in each year of a part, when its counts were kept and now."""

    folder: Path
    before: Mapping[int, frozenset[str]]
    now: Mapping[int, frozenset[str]]

    @property
    def changed(self) -> set[int]:
        """The years that a new, changed or vanished file has a row in."""
        every = {*self.now, *self.before}
        return {year for year in every if self.now.get(year) != self.before.get(year)}

    @property
    def added(self) -> frozenset[str]:
        """The new files, where nothing else has happened since the counts were kept."""
        nothing: frozenset[str] = frozenset()
        pairs = [(self.before.get(y, nothing), self.now.get(y, nothing)) for y in self.changed]
        if not self.before or not all(before <= now for before, now in pairs):
            return nothing
        return nothing.union(*(now - before for before, now in pairs))

    def fresh(self, reach: int) -> set[int]:
        """Return the years to count anew, where a count follows from so many years after it."""
        return {year - back for year in self.changed for back in range(reach + 1)}

    def kept(self, count: str) -> Path:
        """Return where a count lies that an earlier build kept."""
        return self.folder / _state(self.before) / f"{count}.parquet"

    def place(self, count: str) -> Path:
        """Return where a count of this build is to lie."""
        folder = self.folder / _state(self.now)
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder / f"{count}.parquet"

    def hold(self) -> None:
        """Call the counts of this build whole, and delete those before them."""
        told = {str(year): sorted(files) for year, files in self.now.items()}
        part = self.folder / f"{FILES}.part"
        part.write_text(json.dumps(told), encoding="utf-8")
        part.replace(self.folder / FILES)
        for left in self.folder.iterdir():
            if left.is_dir() and left.name != _state(self.now):
                shutil.rmtree(left)


def years_of(folder: Path, now: Mapping[int, Collection[str]]) -> Years:
    """Return what is kept in a folder, beside the files that have rows in each year now."""
    folder.mkdir(mode=0o700, exist_ok=True)
    return Years(folder, _files(folder / FILES), {y: frozenset(one) for y, one in now.items()})


def within(years: Collection[int]) -> str:
    """Return the SQL condition that `y` is one of the years."""
    return f"y in ({', '.join(map(str, sorted(years)))})" if years else "false"


def _state(files: Mapping[int, frozenset[str]]) -> str:
    told = json.dumps({str(year): sorted(files[year]) for year in sorted(files)})
    return sha256(told.encode()).hexdigest()[:32]


def _files(path: Path) -> dict[int, frozenset[str]]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {int(year): frozenset(map(str, files)) for year, files in told.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
