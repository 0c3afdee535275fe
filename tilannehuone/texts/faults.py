"""A fault in one line: where, what, and what to do, in the reader's language."""

from tilannehuone.texts import text


def fault_line(fault: object, lang: str) -> str:
    """Return `file:line:column: message` for a `tilannehuone.errors.Fault`.

    Parts of the place that the fault does not know are left out. A value that is itself a text in
    three languages, {"fi": …, "sv": …, "en": …}, is told in `lang`.
    """
    where = [getattr(fault, name) for name in ("file", "line", "column")]
    place = ":".join(str(one) for one in where if one is not None)
    values = {
        name: value[lang] if isinstance(value, dict) else value
        for name, value in fault.values.items()  # type: ignore[attr-defined]
    }
    message = text(f"faults.{fault.key}", lang, **values)  # type: ignore[attr-defined]
    return f"{place}: {message}" if place else message
