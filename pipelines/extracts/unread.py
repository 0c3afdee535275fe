"""Columns of events that nothing reads once a row has found its place: they are not stored.

A file of ten million rows names each one's municipality; when its area is known, nobody asks for
that again, and writing it would cost a tenth of the loading.
"""

import re
from collections.abc import Iterable, Mapping

from tilannehuone.registry import Indicator
from tilannehuone.sources import Source


def unread_columns(
    indicators: Iterable[Indicator], sources: Mapping[str, Source]
) -> dict[str, frozenset[str]]:
    """Return for each source of events its columns that no measure, check or key names.

    A word anywhere in a condition counts as a name: rather a column too many than a condition
    without its column.
    """
    named: dict[str, set[str]] = {}
    for indicator in indicators:
        split = [one.column for one in indicator.breakdowns]
        for part in filter(None, (indicator.numerator, indicator.denominator)):
            told = (part.column, part.date, part.where, *split)
            named.setdefault(part.source, set()).update(*map(_words, filter(None, told)))
    return {
        name: _unread(source, named.get(name, set()))
        for name, source in sources.items()
        if source.shape == "events"
    }


def _unread(source: Source, named: set[str]) -> frozenset[str]:
    checks = source.model_dump_json(include={"checks": {"__all__": {"rows", "with_"}}})
    words = named | _words(" ".join([*source.key, source.date or "", checks]))
    columns = (*source.columns, *source.derived)
    return frozenset(one for one in columns if not _words(one) <= words)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
