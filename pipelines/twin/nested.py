"""Which areas lie in which, at any depth, whatever the day."""

import pandas as pd


def areas_above(areas: pd.DataFrame) -> dict[str, frozenset[str]]:
    """Return for every area code that has a parent all those that it lies in.

    Parameters
    ----------
    areas : one row an area, parent and validity (`area_code`, `parent_code`)
    """
    parents: dict[str, set[str]] = {}
    for code, parent in areas[["area_code", "parent_code"]].itertuples(index=False):
        if parent is not None:
            parents.setdefault(code, set()).add(parent)
    return {code: _above(code, parents) for code in parents}


def _above(code: str, parents: dict[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = set(parents[code])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting |= parents.get(one, set())
    return frozenset(found)
