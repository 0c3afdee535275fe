"""Names, texts and types in composed SQL: written once, in one place."""

TYPES = {
    "text": "varchar",
    "category": "varchar",
    "integer": "bigint",
    "decimal": "double",
    "date": "date",
    "person": "ubigint",
}
"""Declared column type to DuckDB's; a person is a salted hash."""


def quoted(name: str) -> str:
    """Return an identifier as SQL writes it.

    >>> quoted('lkm')
    '"lkm"'
    """
    return '"' + name.replace('"', '""') + '"'


def raw_table(source: str) -> str:
    """Return the quoted table of a source's typed rows."""
    return quoted(f"raw_{source}")


def literal(value: str) -> str:
    """Return a text as an SQL literal.

    >>> literal("O'Brien")
    "'O''Brien'"
    """
    return "'" + value.replace("'", "''") + "'"
