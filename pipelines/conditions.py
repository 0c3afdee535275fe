"""What a declared piece of SQL may be: one expression over the columns of its own source.

DuckDB itself parses it, and every part of what it found must stand on the lists below: operators,
literals, columns, CASE, CAST, and functions that only compute. There is no list of what is
forbidden, so that a new version of DuckDB brings no new way out. `docs/data-steward.md` tells the
lists to those who write conditions.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from pipelines.condition_words import (
    ALLOWED,
    CLASSES,
    LIKE,
    MOST_WILD,
    OPERATORS,
    TODAY,
    TYPES,
    WIDEST,
    WRITTEN_OUT,
)

LONGEST = 4_000
DEEPEST = 200
"""Characters, and opening brackets, of one expression: what the parser is ever given."""

HEAVIEST = 20_000
"""Of an expression with the derived columns it names written out: see `_weight`."""


BRACKETS = "([{"
FORMS = ("({}\n)", "({})", "{} as x")
"""How the loader and the measures write an expression into their own SQL."""


class NotAllowed(Exception):
    """A declared piece of SQL has a part that no condition needs; the message names the part."""


class NotRead(NotAllowed):
    """A declared piece of SQL is no expression at all; the message is DuckDB's."""


def weighed(
    connection: duckdb.DuckDBPyConnection, sql: str, derived: Mapping[str, int] | None = None
) -> int:
    """Return the weight of a declared expression, or raise NotAllowed.

    It is only parsed. It must read as the same expression wherever the loader puts it, so that
    neither a comment nor a bracket can reach out of it.

    Parameters
    ----------
    derived
        The weights of the derived columns it may name, in lower case: each is written out where
        it is named, so that twenty that double each other weigh a million.
    """
    if len(sql) > LONGEST or sum(map(sql.count, BRACKETS)) > DEEPEST:
        raise NotAllowed(f"> {LONGEST}")
    trees = [_parsed(connection, form.format(sql)) for form in FORMS]
    if trees[0] is None or any(one != trees[0] for one in trees):
        raise NotAllowed("; -- ,")
    weight = _weight(trees[0], derived or {})
    if weight > HEAVIEST:
        raise NotAllowed(f"> {HEAVIEST}")
    return weight


def strangers(connection: duckdb.DuckDBPyConnection, sql: str, columns: set[str]) -> list[str]:
    """Return the names in a sound expression that are no columns of the source, nor today.

    DuckDB takes some names for functions when there is no such column: `current_user`.
    """
    known = {one.lower() for one in columns} | {TODAY}
    tree = _parsed(connection, FORMS[0].format(sql))
    columns_in = (one for one in nodes(tree) if one.get("class") == "COLUMN_REF")
    named = [str(one["column_names"][0]) for one in columns_in]
    return [one for one in named if one.lower() not in known]


def _parsed(connection: duckdb.DuckDBPyConnection, form: str) -> Any:
    """Return the tree of the only expression of a SELECT without places; None where it has more.

    Raises NotRead where DuckDB cannot read it.
    """
    try:
        row = connection.execute("select json_serialize_sql(?)", [f"select {form}"]).fetchall()
        tree = json.loads(row[0][0])
    except (duckdb.Error, RecursionError, ValueError):
        raise NotAllowed(f"> {DEEPEST}") from None
    if tree.get("error"):
        raise NotRead(str(tree["error_message"]).splitlines()[0][:200])
    statements = tree["statements"]
    if len(statements) != 1:
        return None
    node = statements[0]["node"]
    expressions = node.pop("select_list", [])
    if len(expressions) != 1 or _rest(node):
        return None
    return _without_places(expressions[0])


def _rest(node: dict[str, Any]) -> bool:
    """Tell whether a SELECT has anything beside its expressions."""
    expected = {
        "type": "SELECT_NODE",
        "cte_map": {"map": []},
        "aggregate_handling": "STANDARD_HANDLING",
    }
    left = {key: one for key, one in node.items() if one and expected.get(key) != one}
    return (left.pop("from_table", None) or {}).get("type") != "EMPTY" or bool(left)


def _without_places(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_places(one) for one in node]
    if isinstance(node, dict):
        apart = ("query_location", "query_location_length", "alias")
        return {key: _without_places(one) for key, one in node.items() if key not in apart}
    return node


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every part of a parse, the outer before what is in it."""
    if isinstance(node, list):
        for one in node:
            yield from nodes(one)
    elif isinstance(node, dict):
        yield node
        for one in node.values():
            yield from nodes(one)


def _weight(node: Any, derived: Mapping[str, int]) -> int:
    """Return how many parts an expression has, times how much its functions may lengthen a text.

    Raises NotAllowed at the first part that is on no list.
    """
    if isinstance(node, list):
        return sum(_weight(one, derived) for one in node)
    if not isinstance(node, dict):
        return 0
    kind = node.get("class")
    if kind == "CONSTANT":
        return 1
    if kind == "COLUMN_REF":
        return _column(node["column_names"], derived)
    below = _weight(list(node.values()), derived)
    if kind is None:
        return below
    stranger = _stranger(kind, node)
    if stranger is not None:
        raise NotAllowed(stranger[:40])
    return (_function(node) if kind == "FUNCTION" else 1) * (1 + below)


def _stranger(kind: str, node: dict[str, Any]) -> str | None:
    """Return what of a node is on no list; None when all of it is."""
    if kind not in CLASSES:
        return kind
    if kind == "OPERATOR":
        return None if node["type"] in OPERATORS else str(node["type"])
    if kind == "TYPE":
        return None if str(node["type_name"]).lower() in TYPES else str(node["type_name"])
    return None


def _column(path: list[str], derived: Mapping[str, int]) -> int:
    if len(path) != 1:
        raise NotAllowed(".".join(path)[:40])
    return derived.get(path[0].lower(), 1)


def _function(node: dict[str, Any]) -> int:
    """Return how much a function may lengthen a text; raise NotAllowed for one not on the list."""
    name = str(node["function_name"]).lower()
    plain = not any(
        (node.get(key) or {}) for key in ("filter", "distinct", "export_state", "schema", "catalog")
    )
    path = (node.get("qualified_name") or {}).get("path", [name])
    orders = (node.get("order_bys") or {}).get("orders")
    if name not in ALLOWED or not plain or len(path) != 1 or orders:
        raise NotAllowed(f"{name[:40]}()")
    given = [one["expression"] for one in node.get("arguments") or []]
    fixed = WRITTEN_OUT.get(name, ())
    written = {at: _literal(given[at], name) for at in fixed if at < len(given)}
    if name in ("lpad", "rpad"):
        width = written.get(1, "")
        if not width.isdecimal() or len(width) > 3 or int(width) > WIDEST:
            raise NotAllowed(f"{name}(> {WIDEST})")
    if name in LIKE and written.get(1, "").count("%") > MOST_WILD:
        raise NotAllowed("like '%%%'")
    return max(1, len(written.get(2, ""))) if name in ("replace", "regexp_replace") else 1


def _literal(node: dict[str, Any], name: str) -> str:
    if node.get("class") != "CONSTANT":
        raise NotAllowed(f"{name}(…)")
    return str(node["literal"].get("text") or "")
