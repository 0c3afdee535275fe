"""What the last build left of itself for whoever watches over it: `data/work/last_build.json`.

Faults are told by their keys: their words may name files and count rows.
"""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

Ending = Literal["published", "refused", "failed"]
"""`refused` told why; `failed` ended on something nobody foresaw."""

FILE = Path("data") / "work" / "last_build.json"


@dataclass(frozen=True, slots=True)
class LastBuild:
    """How the last build of an instance ended.

    `seconds` is how long it took; `faults` the keys of what was wrong, of a published one too;
    `rows` how many rows were read, in full hundreds as the release tells them, None where nothing
    was published.
    """

    outcome: Ending
    ended_at: datetime
    seconds: float
    faults: tuple[str, ...] = ()
    release_id: str | None = None
    rows: int | None = None

    @property
    def rows_per_second(self) -> float | None:
        """Return how fast it was; None where that cannot be told."""
        return None if not self.rows or not self.seconds else round(self.rows / self.seconds, 1)


def write_last_build(folder: Path, last: LastBuild) -> None:
    """Leave `last` in the instance in `folder`, in one step that a crash cannot halve.

    Raises
    ------
    OSError
        The disk is full or cannot be written to.
    """
    file = folder / FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    told = asdict(last) | {"ended_at": last.ended_at.astimezone(UTC).isoformat()}
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    fresh.replace(file)


def read_last_build(folder: Path) -> LastBuild | None:
    """Return what the last build of an instance left; None where nothing that can be read."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        ended, faults = datetime.fromisoformat(told.pop("ended_at")), tuple(told.pop("faults"))
        return LastBuild(ended_at=ended, faults=faults, **told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
