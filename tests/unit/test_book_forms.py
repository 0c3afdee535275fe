"""The database grows step by step to what the program expects, however many open it at once."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from tilannehuone.errors import BookRefused
from tilannehuone.meeting import migrations
from tilannehuone.meeting.database import FILE, SETTING, address_of, open_book
from tilannehuone.meeting.tables import metadata
from tilannehuone.meeting.transactions import written

OPENING = """
import sys
from tilannehuone.meeting.database import open_book
print(open_book(sys.argv[1]).engine.dialect.name)
"""


def test_the_steps_together_make_what_the_program_declares(book):
    with book.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert migrations.form_of(connection) == migrations.newest_form()


@pytest.mark.usefixtures("book")
def test_a_database_opened_again_keeps_its_form(address):
    again = open_book.__wrapped__(address)
    with again.engine.connect() as connection:
        assert migrations.form_of(connection) == migrations.newest_form()
    again.engine.dispose()


def test_any_number_of_threads_open_a_new_database_at_once(address):
    start = Barrier(6)

    def opened(_):
        start.wait()
        return open_book.__wrapped__(address)

    with ThreadPoolExecutor(6) as threads:
        books = list(threads.map(opened, range(6)))
    for one in books:
        with one.engine.connect() as connection:
            assert migrations.form_of(connection) == migrations.newest_form()
        one.engine.dispose()


def test_any_number_of_processes_open_a_new_database_at_once(address):
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", OPENING, address],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for one in running:
        told, wrong = one.communicate(timeout=120)
        assert (one.returncode, told.strip()) == (0, address.partition(":")[0].split("+")[0]), wrong


def test_a_database_of_a_newer_program_is_refused_and_left_alone(address, book):
    written(book, lambda open_: open_.execute(text("update alembic_version set version_num='99'")))

    with pytest.raises(BookRefused) as refused:
        open_book.__wrapped__(address)

    (fault,) = refused.value.faults
    assert (fault.key, fault.values["form"]) == ("book_newer", "99")
    with book.engine.connect() as connection:
        assert migrations.form_of(connection) == "99"


def test_a_step_that_fails_leaves_the_database_as_it_was(book):
    def begin_and_fail(connection):
        connection.execute(text("drop table alembic_version"))
        metadata.drop_all(connection)
        migrations.bring(connection)
        raise ZeroDivisionError

    before = sorted(inspect(book.engine).get_table_names())
    with pytest.raises(ZeroDivisionError):
        written(book, begin_and_fail)

    assert sorted(inspect(book.engine).get_table_names()) == before
    assert set(before) == {*metadata.tables, "alembic_version"}


def test_the_database_is_in_the_instances_folder_unless_set_otherwise(tmp_path, monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)
    assert address_of(tmp_path) == f"sqlite:///{tmp_path.resolve() / FILE}"
    monkeypatch.setenv(SETTING, "postgresql+psycopg://somewhere/books")
    assert address_of(tmp_path) == "postgresql+psycopg://somewhere/books"


def test_the_file_is_made_with_its_folder_for_its_owner_only(tmp_path):
    book = open_book(address_of(tmp_path / "instance"))
    book.engine.dispose()

    assert (tmp_path / "instance" / FILE).stat().st_mode & 0o077 == 0


def test_a_reader_does_not_wait_for_a_writer(book):
    with book.engine.connect() as writer:
        writer.execution_options(writes=True)
        with writer.begin(), book.engine.connect() as reader:
            assert reader.execute(text("select count(*) from meeting")).scalar_one() == 0
