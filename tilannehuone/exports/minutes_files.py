"""The files a meeting leaves the room as, by name and ending.

The module that writes a kind is imported when it is first asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from tilannehuone.exports import minutes_told, network
from tilannehuone.exports.forms import OFFICE
from tilannehuone.meeting.minutes import Minutes

Named = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class File:
    """A file ready to be handed over: its name, media type and bytes."""

    name: str
    media_type: str
    body: bytes


MEDIA = {
    "docx": f"{OFFICE}.wordprocessingml.document",
    "html": "text/html",
    "md": "text/markdown",
    "txt": "text/plain",
    "ics": "text/calendar",
    "csv": "text/csv",
    "pptx": f"{OFFICE}.presentationml.presentation",
}

KINDS = {
    "minutes": ("docx", "html", "md", "txt"),
    "promises": ("ics", "csv"),
    "network": ("html", "pptx"),
}
"""Which endings each file has; `minutes.txt` is the message to the staff."""

NAMES = {("minutes", "txt"): "staff_file", ("promises", "ics"): "promises_file",
         ("promises", "csv"): "promises_file", ("network", "html"): "network_file",
         ("network", "pptx"): "network_file"}  # fmt: skip

WRITERS = {
    ("minutes", "txt"): ("staff_message", "message_bytes"),
    ("promises", "ics"): ("calendar", "calendar_bytes"),
    ("promises", "csv"): ("promises_csv", "promises_bytes"),
}
"""Those written from the minutes themselves; the others are written from a document."""


def file_of(minutes: Minutes, kind: str, ending: str, has_name: Named = lambda _: False) -> File:
    """Return one file of a meeting; equal minutes give equal bytes.

    `has_name` says whether a typed text holds a person's name: the network's pack holds none.
    Raises KeyError for a kind and an ending that are not among `KINDS`.
    """
    if ending not in KINDS.get(kind, ()):
        raise KeyError(f"{kind}.{ending}")
    name = minutes_told.file_name(minutes, NAMES.get((kind, ending), "file"))
    return File(f"{name}.{ending}", MEDIA[ending], _written(minutes, kind, ending, has_name))


def _written(minutes: Minutes, kind: str, ending: str, has_name: Named) -> bytes:
    if (kind, ending) in WRITERS:
        return bytes(_writer(*WRITERS[kind, ending])(minutes))
    told = network.told(minutes, has_name) if kind == "network" else minutes_told.told(minutes)
    if ending == "pptx":
        return bytes(_writer("network_slides", "deck")(told))
    return bytes(_writer(f"minutes_{ending}", f"{ending}_bytes")(told))


def _writer(module: str, name: str) -> Callable[..., bytes]:
    write: Callable[..., bytes] = getattr(import_module(f"tilannehuone.exports.{module}"), name)
    return write
