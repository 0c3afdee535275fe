"""A meeting database of any earlier form comes to the newest with every row it had."""

from datetime import date, datetime

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Date, DateTime, Float, Integer, MetaData, create_engine, insert, select
from sqlalchemy.types import BigInteger

from tilannehuone.meeting import migrations
from tilannehuone.meeting.database import open_book

FILLED = {
    Date: date(2025, 3, 1),
    DateTime: datetime(2025, 3, 1, 12, 30),
    Float: 1.5,
    Integer: 3,
    BigInteger: 4,
}
FORMS = [
    one.revision
    for one in ScriptDirectory.from_config(migrations._config()).walk_revisions(head="heads")
]


def value_of(column, row):
    if isinstance(column.type, JSON):
        return ["a", {"b": row}]
    parents = [one.column.name for one in column.foreign_keys]
    if parents:
        return f"{parents[0]} äö {row}"
    known = [one for kind, one in FILLED.items() if isinstance(column.type, kind)]
    if known:
        return known[0] if not column.primary_key else row
    return f"{column.name} äö {row}"


def filled(connection):
    """Write two rows into each table as the database has them now; return all rows by table."""
    known = MetaData()
    known.reflect(connection)
    for table in known.sorted_tables:
        if table.name != "alembic_version":
            for row in (1, 2):
                told = {one.name: value_of(one, row) for one in table.columns}
                connection.execute(insert(table).values(told))
    return rows(connection)


def rows(connection):
    known = MetaData()
    known.reflect(connection)
    return {
        table.name: [dict(one) for one in connection.execute(select(table)).mappings()]
        for table in known.sorted_tables
        if table.name != "alembic_version"
    }


@pytest.mark.parametrize("form", FORMS)
def test_every_row_of_an_earlier_form_is_kept(form, address):
    engine = create_engine(address)
    with engine.begin() as connection:
        migrations.bring(connection, form)
        before = filled(connection)
    engine.dispose()
    book = open_book.__wrapped__(address)
    with book.engine.connect() as connection:
        after, now = rows(connection), migrations.form_of(connection)
    book.engine.dispose()

    assert now == migrations.newest_form()
    assert len(before) > 10
    for table, told in before.items():
        kept = [{name: one.get(name) for name in told[0]} for one in after[table]]
        assert kept == told, table


def test_the_first_form_is_still_among_those_that_are_known():
    assert FORMS[-1] == "0001"
