"""Names in composed SQL: quoted once, in one place."""


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
