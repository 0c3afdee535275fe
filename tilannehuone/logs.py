"""The log: one line an event, on standard error, of what happened and how long it took.

Who, and what anybody wrote, is not told: an event has a key and values of `TELLABLE` alone, a
file's name or an address is not among them. `TILANNEHUONE_LOG` is `text` or `json`; where it is
`json`, libraries' lines are told in the same form and without their words, which may quote what
they worked on.
"""

import json
import logging
import os
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

NAME = "tilannehuone"
FORM, LEVEL = "TILANNEHUONE_LOG", "TILANNEHUONE_LOG_LEVEL"
FORMS = ("text", "json")
LEVELS = ("debug", "info", "warning", "error")
TELLABLE = frozenset(
    {
        *("release", "seconds", "rows", "rows_per_second", "cells", "hidden", "faults", "count"),
        *("step", "page", "kind", "command", "code", "setting", "sources", "status"),
    }
)
"""What an event may tell beside its key; anything else is a mistake of the program."""

PLACES = 5
"""How many of the innermost places an exception's line names."""


def event(
    log: logging.Logger, key: str, /, level: int = logging.INFO, *, error: bool = False, **told: Any
) -> None:
    """Log what happened, by its key, with values of `TELLABLE`; `error` adds the one being handled.

    Raises
    ------
    ValueError
        A value has another name: it is not known to be free of what people are called or wrote.
    """
    if foreign := sorted(set(told) - TELLABLE):
        raise ValueError(", ".join(foreign))
    log.log(level, key, extra={"told": told}, exc_info=error)


def set_up(environ: Mapping[str, str] = os.environ) -> None:
    """Let the log be written as the environment says; asked for again, it begins anew.

    Without a word in the environment: text, from warnings upwards. A word that is not known is
    told in a warning, and counts as none.
    """
    form, level = environ.get(FORM, "text"), environ.get(LEVEL, "warning").lower()
    lines = Lines(form if form in FORMS else "text")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(lines)
    ours = logging.getLogger(NAME)
    ours.handlers = [handler]
    ours.setLevel((level if level in LEVELS else "warning").upper())
    if form == "json":
        _take_over(lines)
    for setting, word, known in ((FORM, form, FORMS), (LEVEL, level, LEVELS)):
        if word not in known:
            event(ours, "setting_unknown", logging.WARNING, setting=setting)


def is_json() -> bool:
    """Return whether the log is for programs: nothing else then goes where it is written to."""
    return os.environ.get(FORM) == "json"


class Lines(logging.Formatter):
    """Writes a record as one line of JSON, or of words."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.form = form

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without a line break in it."""
        told = told_of(record)
        if self.form == "json":
            return json.dumps(told, ensure_ascii=False, default=str)
        first = [told.pop(one) for one in ("time", "level", "logger", "event")]
        rest = [f"{name}={_plain(one)}" for name, one in told.items()]
        return " ".join([*map(str, first), *rest]).replace("\n", " ")


def told_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what may be told of a record: ours whole, a library's by its place and kind alone."""
    when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    told: dict[str, Any] = {
        "time": when.replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": "library",
    }
    if is_ours(record):
        values = getattr(record, "told", None)
        told["event"] = "message" if values is None else record.getMessage()
        told |= {"message": record.getMessage()} if values is None else values
    if record.exc_info and record.exc_info[0] is not None:
        told |= {"exception": record.exc_info[0].__name__, "at": places(record.exc_info[2])}
    return told


def is_ours(record: logging.LogRecord) -> bool:
    """Return whether the program itself wrote a record."""
    return record.name == NAME or record.name.startswith(f"{NAME}.")


def places(trace: TracebackType | None) -> list[str]:
    """Return where an exception came from, module and line; its words may quote what was read."""
    places = []
    while trace is not None:
        places.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-PLACES:]


def _take_over(lines: Lines) -> None:
    """Write what libraries log in our form, those that write by themselves included."""
    others = logging.StreamHandler(sys.stderr)
    others.setFormatter(lines)
    others.addFilter(lambda record: not is_ours(record))
    root = logging.getLogger()
    kept = [one for one in root.handlers if not isinstance(one.formatter, Lines)]
    root.handlers = [*(one for one in kept if not _is_console(one)), others]
    for name in list(logging.root.manager.loggerDict):
        for handler in logging.getLogger(name).handlers:
            if _is_console(handler):
                handler.setFormatter(lines)


def _is_console(handler: logging.Handler) -> bool:
    return isinstance(handler, logging.StreamHandler) and handler.stream in (sys.stderr, sys.stdout)


def _plain(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
