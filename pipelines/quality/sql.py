"""Declared values as SQL literals and as plain Python."""

from datetime import date, datetime
from typing import Any


def literal(value: Any) -> str:
    """Return a declared value as an SQL literal.

    >>> literal("O'Brien"), literal(True), literal(1.5), literal(date(2025, 2, 5))
    ("'O''Brien'", 'true', '1.5', "date '2025-02-05'")
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return repr(float(value))
    if isinstance(value, datetime):
        return f"timestamp '{value.isoformat(sep=' ')}'"
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    return "'" + str(value).replace("'", "''") + "'"


def plain(value: Any) -> Any:
    """Return a value read from YAML as the plain Python it stands for.

    The YAML reader keeps numbers and texts in types of its own (with their written form), which
    neither drivers nor Great Expectations expect.

    >>> plain({"value_set": ["01", 2, 1.5], "strict_min": False})
    {'value_set': ['01', 2, 1.5], 'strict_min': False}
    """
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    for kind in (str, bool, int, float):
        if isinstance(value, kind):
            return kind(value)
    if isinstance(value, datetime):
        return datetime.fromisoformat(value.isoformat())
    return value
