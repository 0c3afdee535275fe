"""What can be wrong with an instance, an extract or a release, told in one line.

A `Fault` is language-free: a text key, the values the text needs, and a place.
`tilannehuone.texts.fault_line` renders it in the reader's language.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: what (`key`, `values`), where, and thereby what to do.

    `key` names a text in `texts/<lang>/faults.yaml` without its `faults.` prefix. `line` and
    `column` count from 1; None where a file has no lines (a folder, a parquet file).
    No value of an extract's cell ever stands in `values`.
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    file: str | None = None
    line: int | None = None
    column: int | None = None


class TilannehuoneError(Exception):
    """An error meant for the reader; anything else that is raised is a bug."""

    def __init__(self, faults: Fault | Sequence[Fault]) -> None:
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("; ".join(one.key for one in self.faults))


class RegistryError(TilannehuoneError):
    """The declarations (indicators, sources, areas, events) do not hold together."""


class ExtractRejected(TilannehuoneError):
    """A delivered file cannot be read safely; nothing of it was kept."""


class PublishRefused(TilannehuoneError):
    """The candidate release failed a promise; the last release stays."""


class Hindered(TilannehuoneError):
    """The machine refused: no room, no right to write, no memory. Nothing was published."""


class BuildBroke(TilannehuoneError):
    """A build ended on something nobody foresaw; the last release stays."""


class ReleaseMissing(TilannehuoneError):
    """There is no release to read."""


class SealRefused(TilannehuoneError):
    """A research extract cannot be made as chosen, or is not what was sealed."""


class RecordMissing(TilannehuoneError):
    """There is no such meeting, promise or other record."""


class Outdated(TilannehuoneError):
    """Somebody else has changed the same words meanwhile; nothing was overwritten."""


class WordsRefused(TilannehuoneError):
    """A text holds personal data and was not saved."""


class WriteRefused(TilannehuoneError):
    """What was asked to be written cannot be: not known, not allowed, or the meeting is over."""


class AccessDenied(TilannehuoneError):
    """Who asks may not read or write this."""


class BookUnavailable(TilannehuoneError):
    """The meeting database cannot be reached, or was busy too long; asking again may help."""


class BookRefused(TilannehuoneError):
    """The meeting database or its backup is not one that this program can open or bring back."""
