"""A fault in one line: where, what, and what to do, in the reader's language."""

import re

from tilannehuone.texts import text

BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""What would break a line or steer a terminal: a key or a name of a file may hold it."""

MOST_TOLD = 400
"""Characters of one value in a message: who wrote it knows the rest."""


def fault_line(fault: object, lang: str) -> str:
    """Return `file:line:column: message` for a `tilannehuone.errors.Fault`.

    Parts of the place that the fault does not know are left out. A value that is itself a text in
    three languages, {"fi": …, "sv": …, "en": …}, is told in `lang`. What somebody else wrote is
    told on one line, and of much only the beginning.
    """
    where = [getattr(fault, name) for name in ("file", "line", "column")]
    place = ":".join(str(one) for one in where if one is not None)
    values = {
        name: _told(value[lang] if isinstance(value, dict) else value)
        for name, value in fault.values.items()  # type: ignore[attr-defined]
    }
    message = text(f"faults.{fault.key}", lang, **values)  # type: ignore[attr-defined]
    return BREAKS.sub(" ", f"{place}: {message}" if place else message)


def _told(value: object) -> object:
    if isinstance(value, str) and len(value) > MOST_TOLD:
        return value[: MOST_TOLD - 1] + "…"
    return value
