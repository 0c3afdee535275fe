"""The meeting database gone and back, full or only read: told in one line, and nothing is lost."""

import shutil
from datetime import date

import pytest
from full_disk import fill, read_only, small_disk

from tilannehuone.errors import BookUnavailable
from tilannehuone.meeting import book as books
from tilannehuone.meeting.database import open_book, takes_words
from tilannehuone.meeting.objects import Meeting
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line

SCRIBE = books.Writer("Kirjuri", "scribe")


@pytest.fixture
def file(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    return folder / "meetings.sqlite"


@pytest.fixture
def opened(file):
    book = open_book(f"sqlite:///{file}")
    write(book, "first")
    yield book
    book.engine.dispose()


def write(book, request_id):
    return books.add(book, Meeting(area_code="p", day=date(2026, 3, 12)), SCRIBE, request_id)


def count(book):
    return len(books.many(book, Meeting))


def refused(work, *arguments):
    with pytest.raises(BookUnavailable) as told:
        work(*arguments)
    (fault,) = told.value.faults
    assert all("\n" not in fault_line(fault, lang) for lang in LANGUAGES)
    return fault.key


def test_nothing_is_acknowledged_into_a_file_that_was_removed(opened, file, tmp_path):
    opened.engine.dispose()  # what a copy of one file takes needs all of it in that file
    kept = shutil.copy(file, tmp_path / "kept")
    assert count(opened) == 1
    for one in file.parent.iterdir():
        one.unlink()

    assert refused(count, opened) == "book_unavailable"
    assert refused(write, opened, "second") == "book_unavailable"
    assert refused(takes_words, opened) == "book_unavailable"
    assert not file.exists()

    shutil.move(kept, file)
    made = write(opened, "second")
    assert write(opened, "second") == made
    assert count(opened) == 2


def test_on_a_disk_that_is_only_read_the_words_can_be_read(opened, file):
    assert takes_words(opened)
    with read_only(file.parent):
        assert count(opened) == 1
        assert not takes_words(opened)
        assert refused(write, opened, "second") == "book_resting"
        assert count(open_book(f"sqlite:///{file}")) == 1
        missing = f"sqlite:///{file.with_name('other.sqlite')}"
        assert refused(open_book, missing) == "book_resting"

    assert takes_words(opened)
    assert write(opened, "second")
    assert count(opened) == 2


def test_on_a_full_disk_nothing_is_lost_and_the_retry_is_written_once(file):
    with small_disk(file.parent, 2_500_000):
        book = open_book(f"sqlite:///{file}")
        write(book, "first")
        filling = fill(file.parent)
        assert count(book) == 1
        assert not takes_words(book)
        assert refused(write, book, "second") == "book_resting"
        assert count(book) == 1

        filling.unlink()
        assert write(book, "second") == write(book, "second")
        assert count(book) == 2
        book.engine.dispose()


def test_a_damaged_database_is_told_and_not_written_over(opened, file):
    opened.engine.dispose()
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\x55" * (len(content) - 4096))

    assert refused(count, opened) == "book_damaged"
    assert refused(write, opened, "second") == "book_damaged"


def test_a_server_that_was_killed_is_used_again_and_one_that_only_reads_is_told(cluster):
    book = open_book(cluster.database())
    write(book, "first")
    cluster.crash()
    assert refused(count, book) == "book_unavailable"
    assert refused(write, book, "second") == "book_unavailable"
    cluster.start()
    assert write(book, "second") == write(book, "second")
    assert count(book) == 2

    cluster.asked("alter role tests set default_transaction_read_only = on")
    try:
        book.engine.dispose()
        assert not takes_words(book)
        assert refused(write, book, "third") == "book_resting"
        assert count(book) == 2
    finally:
        book.engine.dispose()
        cluster.asked("set transaction_read_only = off; alter role tests reset all")
    assert takes_words(book)
    book.engine.dispose()
