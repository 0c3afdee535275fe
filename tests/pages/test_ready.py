"""Readiness tells each part's own reason, whatever is wrong with it, and never fails itself."""

import json
import shutil

import pytest
from sqlalchemy import text
from starlette.requests import Request

from tilannehuone.meeting.database import FILE, SETTING, open_book
from tilannehuone.meeting.transactions import written as write
from tilannehuone.release import POINTER, current_release
from tilannehuone.web import ready, shell
from tilannehuone.web.measured import measured
from tilannehuone.web.metrics_text import written


@pytest.fixture
def folder(instance, tmp_path, monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)
    ignored = shutil.ignore_patterns("meetings*")  # of the tests before
    return shutil.copytree(instance, tmp_path / "copy", ignore=ignored)


def parts(folder):
    told = ready.looked_at(folder)
    return told["release"], told["book"], told["disk"]


def test_a_room_that_works_is_ready_before_and_after_the_first_meeting(folder):
    assert parts(folder) == ("ok", "ok", "ok")
    assert not (folder / FILE).exists()  # looking makes nothing
    open_book.__wrapped__(f"sqlite:///{folder / FILE}").engine.dispose()
    assert parts(folder) == ("ok", "ok", "ok")


@pytest.mark.parametrize(
    ("pointer", "reason"),
    [(None, "no_release"), (b"../x", "broken_pointer"), (b"\xff\xfe", "broken_pointer")],
)
def test_a_pointer_that_leads_nowhere_is_told(folder, pointer, reason):
    file = folder / "data" / "releases" / POINTER
    file.unlink() if pointer is None else file.write_bytes(pointer)

    assert parts(folder) == (reason, "ok", "ok")


@pytest.mark.parametrize("left", [0, 1000, 20_000])
def test_a_release_cut_short_is_told(folder, left):
    file = current_release(folder / "data" / "releases")
    file.write_bytes(file.read_bytes()[:left])

    assert parts(folder)[0] == "broken_release"


def test_an_older_release_that_stands_in_is_told_with_what_it_stands_in_for(folder):
    named = current_release(folder / "data" / "releases")
    older = shutil.copy(named, named.with_name("20200101T000000Z.duckdb"))
    named.write_bytes(b"")

    told = ready.looked_at(folder)
    assert (told["release"], told["release_id"]) == ("broken_release", older.stem)
    lines = written(measured(folder)).splitlines()
    assert {"tilannehuone_release_stands_in 1", "tilannehuone_release_readable 1"} <= set(lines)


def test_a_meeting_database_that_is_none_or_of_a_newer_program_is_told(folder):
    (folder / FILE).write_bytes(b"no database" * 200)
    assert parts(folder)[1] == "book_damaged"

    (folder / FILE).unlink()
    book = open_book.__wrapped__(f"sqlite:///{folder / FILE}")
    write(book, lambda open_: open_.execute(text("update alembic_version set version_num='99'")))
    book.engine.dispose()
    open_book.cache_clear()
    assert parts(folder)[1] == "book_newer"


def test_a_database_out_of_reach_is_told_and_the_disk_is_then_not_asked(folder, monkeypatch):
    monkeypatch.setenv(SETTING, "postgresql+psycopg://nobody@127.0.0.1:9/none")

    assert parts(folder) == ("ok", "book_unavailable", "ok")


def test_a_place_that_takes_no_file_is_told(folder, monkeypatch):
    monkeypatch.setenv(SETTING, "sqlite:////proc/self/meetings.sqlite")

    assert parts(folder)[2] in ("disk_not_writable", "disk_read_only")


def test_the_answer_names_the_first_reason_and_each_parts_own(folder, monkeypatch):
    request = Request({"type": "http", "method": "GET", "path": "/readyz", "headers": []})
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(folder))
    (folder / FILE).write_bytes(b"no database" * 200)
    answer = shell.readyz(request)

    assert answer.status_code == 503
    told = json.loads(bytes(answer.body))
    assert told.pop("release").startswith("20")
    assert told == {
        "status": "book_damaged",
        "checks": {"release": "ok", "book": "book_damaged", "disk": "ok"},
    }
    assert answer.headers["cache-control"] == "no-store"
