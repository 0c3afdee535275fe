"""The words of a package: nothing personal, nothing that a screen could take for more than words.

Every text is shown escaped in any case. A control character, a tag or a sign that turns the order
of letters has no business in a name, so a package that holds one is refused, as is one whose words
hold an identity code, a telephone number or an e-mail address.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tilannehuone import personal
from tilannehuone.errors import Fault
from tilannehuone.network.manifest import PackageRefused
from tilannehuone.network.parquet import columns_of

NOT_WORDS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]"
    r"|<[A-Za-z/!?]"
)
SUSPECT = re.compile(personal.PREFILTER)
DRAWN = {("shapes", "path")}
"""Columns that hold no words; they have a rule of their own."""


def hold_words(texts: Iterable[str], where: str) -> None:
    """Raise PackageRefused when a text is more than words, or tells who somebody is.

    `where` names the table (or the manifest) that they stand in; the text itself is never told.
    """
    for one in texts:
        if NOT_WORDS.search(one):
            raise PackageRefused(Fault("package_not_words", {"table": where}))
        if SUSPECT.search(one) and personal.find(one) is not None:
            raise PackageRefused(Fault("package_personal", {"table": where}))


def hold_words_of(name: str, table: pa.Table) -> None:
    """Raise PackageRefused when a table's words or JSON are not what they may be."""
    for column, kind in columns_of(name):
        if (name, column) in DRAWN or kind not in ("varchar", "json"):
            continue
        told = pc.unique(table.column(column)).drop_null().to_pylist()
        hold_words(told if kind == "varchar" else _words_in(told, name), name)


def read_json(text: str, name: str) -> Any:
    """Return what a JSON text says; refuse what is none, or tells a number that is none."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise PackageRefused(Fault("package_not_words", {"table": name})) from None


def _no_number(word: str) -> float:
    raise ValueError(word)


def _words_in(texts: Iterable[str], name: str) -> Iterator[str]:
    """Yield every text inside JSON texts, keys as well."""
    for one in texts:
        waiting = [read_json(one, name)]
        while waiting:
            told = waiting.pop()
            if isinstance(told, str):
                yield told
            elif isinstance(told, dict):
                waiting += [*told, *(_loose(key, value) for key, value in told.items())]
            elif isinstance(told, list):
                waiting += told


def _loose(key: str, value: Any) -> Any:
    """Return a value; a condition (`where: days<limit`) with room where it may look like a tag."""
    return value.replace("<", "< ") if key == "where" and isinstance(value, str) else value
