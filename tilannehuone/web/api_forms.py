"""In which form a program wants its answer: by the parameter `format`, else by Accept."""

from collections.abc import Sequence

from tilannehuone.web.api_problem import Refused

MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "json-stat": "application/vnd.json-stat+json",
    "parquet": "application/vnd.apache.parquet",
}
"""By the name of the form. JSON-stat has no registered type; this one is told where it is asked."""

CHARSETS = {"csv": "; charset=utf-8"}


def form_of(asked: str | None, accept: str, offered: Sequence[str]) -> str:
    """Return the form to answer in: the first of `offered` where all are as welcome.

    Raises
    ------
    Refused
        406 where none of them is welcome.

    >>> form_of(None, "text/csv, application/json;q=0.5", ("json", "csv"))
    'csv'
    >>> form_of(None, "text/html, */*;q=0.1", ("json", "csv")), form_of("csv", "", ("json", "csv"))
    ('json', 'csv')
    """
    if asked is not None:
        return asked
    wanted = [one.strip() for one in accept.split(",") if one.strip()]
    if not wanted:
        return offered[0]
    welcome = {one: _welcome(MEDIA_TYPES[one], wanted) for one in offered}
    best = max(offered, key=lambda one: welcome[one])
    if welcome[best] == 0:
        names = ", ".join(MEDIA_TYPES[one] for one in offered)
        raise Refused("not_acceptable", 406, offered=names)
    return best


def _welcome(media_type: str, wanted: Sequence[str]) -> float:
    """Return how welcome a type is, 0 to 1: as its most precise range says (RFC 9110, 12.5.1)."""
    kind = media_type.partition("/")[0]
    precise = {"*/*": 1, f"{kind}/*": 2, media_type: 3}
    found = [(precise[name], weight) for name, weight in map(_range, wanted) if name in precise]
    return max(found, default=(0, 0.0))[1]


def _range(told: str) -> tuple[str, float]:
    """Return a media range and its weight; one that is not understood is not welcome."""
    name, *parameters = (one.strip().lower() for one in told.split(";"))
    weights = [one.partition("=")[2].strip() for one in parameters if one.startswith("q=")]
    try:
        weight = float(weights[0]) if weights else 1.0
    except ValueError:
        return name, 0.0
    return name, weight if 0 <= weight <= 1 else 0.0
