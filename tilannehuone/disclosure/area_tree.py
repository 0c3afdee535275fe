"""Which areas lie under which, along every hierarchy at once, as far as a measure has them."""

import pandas as pd

FIRST, LAST = pd.Timestamp("1900-01-01"), pd.Timestamp("2200-01-01")
PAIR = ["area", "parent_area", "area_type", "valid_from", "valid_to"]


def nearest_parents(areas: pd.DataFrame, present: frozenset[str]) -> pd.DataFrame:
    """Return, for each area of `present`, the nearest areas above it that are present too.

    An area may have several rows: other parents in other hierarchies, or other years. A level
    that the measure lacks is stepped over, and the validity is that of the whole way up.

    Examples
    --------
    >>> areas = pd.DataFrame(dict(area_code=["fi", "c", "m"], area_type=["country", "county",
    ...     "municipality"], parent_code=[None, "fi", "c"], valid_from=None, valid_to=None))
    >>> nearest_parents(areas, frozenset({"fi", "m"}))[["area", "parent_area"]].values.tolist()
    [['m', 'fi']]
    """
    known = areas.assign(
        valid_from=pd.to_datetime(areas["valid_from"]).fillna(FIRST),
        valid_to=pd.to_datetime(areas["valid_to"]).fillna(LAST),
    )
    steps: dict[str, list[tuple[str, pd.Timestamp, pd.Timestamp]]] = {}
    types: dict[str, str] = {}
    columns = ("area_code", "area_type", "parent_code", "valid_from", "valid_to")
    for code, kind, parent, since, until in zip(*(known[c] for c in columns), strict=True):
        types[str(code)] = str(kind)
        if isinstance(parent, str) and parent and parent != code:
            steps.setdefault(str(code), []).append((parent, since, until))
    rows = {
        (area, parent, types[area], since, until)
        for area in present
        if area in types
        for parent, since, until in _climb(area, FIRST, LAST, steps, present, frozenset({area}))
    }
    return pd.DataFrame(sorted(rows), columns=PAIR)


def _climb(
    area: str,
    since: pd.Timestamp,
    until: pd.Timestamp,
    steps: dict[str, list[tuple[str, pd.Timestamp, pd.Timestamp]]],
    present: frozenset[str],
    seen: frozenset[str],
) -> list[tuple[str, pd.Timestamp, pd.Timestamp]]:
    found = []
    for parent, first, last in steps.get(area, []):
        begin, end = max(since, first), min(until, last)
        if begin > end or parent in seen:
            continue
        if parent in present:
            found.append((parent, begin, end))
        else:
            found += _climb(parent, begin, end, steps, present, seen | {parent})
    return found
