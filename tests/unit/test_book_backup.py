"""A backup is the whole book of one moment, and comes back whole or not at all."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Event, Thread
from time import sleep

import pytest
from sqlalchemy import event, select

from tilannehuone.errors import BookRefused
from tilannehuone.meeting import backup
from tilannehuone.meeting import book as books
from tilannehuone.meeting.database import open_book
from tilannehuone.meeting.objects import KINDS, Meeting, Phenomenon, Promise, SignalCase, Success
from tilannehuone.meeting.tables import metadata

SCRIBE = books.Writer("Kirjuri", "scribe")


def fill(book):
    """Write some of what is hard to carry: moments, days, lists, nothing, odd letters."""
    area = {"area_code": "pohjoinen"}
    noon = datetime(2026, 3, 12, 12, 30, 1, 250, tzinfo=UTC)
    meeting = books.add(book, Meeting(**area, day=date(2026, 3, 12), opened_at=noon), SCRIBE)
    promise = Promise(
        **area, meeting_id=meeting.id, text='Lupaan »ääntä»\n"1"\\ 🙂', promiser="Koulu"
    )
    promise = books.add(book, replace(promise, seen_effect=0.1), SCRIBE)
    books.change(book, Promise, promise.id, 1, SCRIBE, state="partly", due=date(2026, 4, 9))
    books.add(book, Phenomenon(**area, title="Uni", indicators=("b", "a")), SCRIBE)
    case = {"indicator_id": "a", "period_type": "month", "variation": "concern"}
    books.add(book, SignalCase(**area, **case, period_start=date(2026, 2, 1)), SCRIBE)
    return meeting


def everything(book):
    with book.engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table))))
            for name, table in metadata.tables.items()
        }


def backed_up_after_a_write(book, file):
    token = books.newest(book, "pohjoinen")
    while books.newest(book, "pohjoinen") == token:
        sleep(0.001)
    return backup.back_up(book, file)


@contextmanager
def another_book(address):
    book = open_book(address)
    yield book
    book.engine.dispose()


def test_a_book_goes_from_one_kind_of_database_to_the_other_and_back(cluster, tmp_path):
    files = [tmp_path / f"{number}.jsonl" for number in range(3)]
    with (
        another_book(f"sqlite:///{tmp_path}/first.sqlite") as first,
        another_book(cluster.database()) as second,
        another_book(f"sqlite:///{tmp_path}/third.sqlite") as third,
    ):
        fill(first)
        count = backup.back_up(first, files[0])
        assert backup.restore(second, files[0]) == count
        backup.back_up(second, files[1])
        assert backup.restore(third, files[1]) == count

        assert everything(first) == everything(second) == everything(third)
        assert count == sum(map(len, everything(first).values())) == 9
        assert books.log(third) == books.log(first)
        made = books.many(third, Promise)[0]
        changed = books.change(third, Promise, made.id, made.version, SCRIBE, state="done")
        assert changed.version == 3


def test_a_backup_taken_while_others_write_is_of_one_moment(book, tmp_path):
    meeting = fill(book)
    stop = Event()

    def write():
        while not stop.is_set():
            good = Success(area_code="pohjoinen", meeting_id=meeting.id, text="Onnistui")
            made = books.add(book, good, SCRIBE)
            books.change(book, Success, made.id, 1, SCRIBE, text="Onnistui hyvin")

    writers = [Thread(target=write) for _ in range(4)]
    for one in writers:
        one.start()
    files = [tmp_path / f"{number}.jsonl" for number in range(3)]
    try:
        counts = [backed_up_after_a_write(book, file) for file in files]
    finally:
        stop.set()
        for one in writers:
            one.join()

    assert sorted(set(counts)) == counts
    for file in files:
        backup.restore(book, file, replace=True)
        versions = {
            (one.id, one.version) for kind in KINDS.values() for one in books.many(book, kind)
        }
        newest = {}
        for one in books.log(book):
            newest[one.record_id] = one.version
        assert versions == set(newest.items())


def test_a_book_that_is_not_empty_is_replaced_only_when_told(book, tmp_path):
    file = tmp_path / "backup.jsonl"
    fill(book)
    backup.back_up(book, file)
    before = everything(book)
    token = books.newest(book, "pohjoinen")
    fill(book)
    after = everything(book)

    with pytest.raises(BookRefused) as refused:
        backup.restore(book, file)
    assert refused.value.faults[0].key == "book_not_empty"
    assert everything(book) == after

    backup.restore(book, file, replace=True)
    assert everything(book) == before
    assert books.newest(book, "pohjoinen") == token


def damaged(lines):
    """Give every way a backup may be broken, each with a word for it."""
    yield "cut short", lines[:-1]
    yield "cut within a line", [*lines[:-1], lines[-1][:-9]]
    yield "a row lost", [*lines[:3], *lines[4:]]
    yield "a letter changed", [line.replace(b"Kirjuri", b"Kurjiri", 1) for line in lines]
    yield "a row doubled", [*lines[:3], lines[2], *lines[3:]]
    yield "gone on", [*lines, lines[2]]
    yield "nothing", []
    yield "another file", [b"area,value\n", b"a,1\n"]
    yield "another JSON", [b"[]\n"]


def test_a_damaged_backup_changes_nothing(book, tmp_path):
    file = tmp_path / "backup.jsonl"
    fill(book)
    backup.back_up(book, file)
    before = everything(book)
    lines = file.read_bytes().splitlines(keepends=True)

    for _, broken in damaged(lines):
        file.write_bytes(b"".join(broken))
        with pytest.raises(BookRefused) as refused:
            backup.restore(book, file, replace=True)
        assert refused.value.faults[0].key in ("backup_damaged", "backup_unknown")
    assert everything(book) == before


def test_a_backup_of_a_newer_program_is_refused(book, tmp_path):
    file = tmp_path / "backup.jsonl"
    lines = [{"backup": backup.MARK, "form": "99", "made": ""}]
    with file.open("wb") as out:
        backup._seal(out, map(backup._line, lines))

    with pytest.raises(BookRefused) as refused:
        backup.restore(book, file)
    assert refused.value.faults[0].key == "book_newer"


def test_a_restore_that_fails_halfway_leaves_the_book_as_it_was(book, tmp_path):
    file = tmp_path / "backup.jsonl"
    fill(book)
    backup.back_up(book, file)
    fill(book)
    before = everything(book)

    def interrupt(_connection, _cursor, statement, *_):
        if statement.lower().startswith("insert into history"):
            raise KeyboardInterrupt

    event.listen(book.engine, "before_cursor_execute", interrupt)
    with pytest.raises(KeyboardInterrupt):
        backup.restore(book, file, replace=True)
    event.remove(book.engine, "before_cursor_execute", interrupt)
    assert everything(book) == before


def test_an_old_backup_stays_until_the_new_one_is_whole(tmp_path):
    file = tmp_path / "backup.jsonl"
    file.write_text("old")
    with another_book(f"sqlite:///{tmp_path}/meetings.sqlite") as book:
        fill(book)
        # the last table that is read is broken: the backup fails when most of it is written
        with book.engine.begin() as connection:
            connection.exec_driver_sql("update history set \"values\" = 'no JSON'")
        with pytest.raises(ValueError, match="JSON|value"):
            backup.back_up(book, file)
        assert file.read_text() == "old"

        with book.engine.begin() as connection:
            connection.exec_driver_sql("update history set \"values\" = '{}'")
        assert backup.back_up(book, file) == 9
    assert file.stat().st_mode & 0o077 == 0
    assert [one.name for one in tmp_path.glob(".backup*")] == []
