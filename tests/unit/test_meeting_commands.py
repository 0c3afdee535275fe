"""The commands over what meetings wrote, as an operator meets them."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from tilannehuone.cli import app
from tilannehuone.meeting import book as books
from tilannehuone.meeting.database import FILE, SETTING, address_of, open_book
from tilannehuone.meeting.objects import Meeting, Phenomenon

WRITER = books.Writer("Puheenjohtaja", "chair")


def run(*arguments):
    return CliRunner().invoke(app, ["--lang", "en", "meeting", *map(str, arguments)])


def opened(folder):
    book = open_book(address_of(folder))
    book.engine.dispose()
    return book


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)
    made = tmp_path / "instance"
    book = opened(made)
    meeting = books.add(book, Meeting(area_code="pohjoinen", day=date(2026, 3, 12)), WRITER)
    books.change(book, Meeting, meeting.id, 1, WRITER, state="open")
    books.add(book, Phenomenon(area_code="eteläinen", title="Uni"), WRITER)
    book.engine.dispose()
    return made


def test_a_backup_is_restored_into_another_instance(folder, tmp_path):
    file = tmp_path / "meetings.jsonl"
    (tmp_path / "other/data").mkdir(parents=True)
    told = run("backup", file, "--instance", folder)
    back = run("restore", file, "--instance", tmp_path / "other")

    assert (told.exit_code, back.exit_code) == (0, 0)
    assert "5 rows" in told.output
    assert books.log(opened(tmp_path / "other")) == books.log(opened(folder))
    again = run("restore", file, "--instance", tmp_path / "other")
    assert (again.exit_code, "--replace" in again.output) == (1, True)
    assert run("restore", file, "--instance", tmp_path / "other", "--replace").exit_code == 0


def test_a_damaged_backup_is_refused_in_one_line(folder, tmp_path):
    file = tmp_path / "meetings.jsonl"
    run("backup", file, "--instance", folder)
    file.write_bytes(file.read_bytes()[:-5])
    refused = run("restore", file, "--replace", "--instance", folder)

    assert refused.exit_code == 1
    assert "damaged or incomplete" in refused.output
    assert "Traceback" not in refused.output


def test_a_folder_without_meetings_is_said_to_have_none_and_gets_none(tmp_path, monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)
    file = tmp_path / "meetings.jsonl"
    file.write_text("x")
    for asked in (
        run("backup", file, "--instance", tmp_path),
        run("log", tmp_path),
        run("restore", file, "--instance", tmp_path),
    ):
        assert asked.exit_code == 1
        assert "There is no meeting database" in asked.output
    assert not (tmp_path / FILE).parent.exists()


def test_the_log_is_read_by_area_and_moment(folder):
    told = json.loads(run("log", folder, "--json").stdout)

    assert [(one["kind"], one["version"], one["by"]) for one in told] == [
        ("meeting", 1, "Puheenjohtaja"),
        ("meeting", 2, "Puheenjohtaja"),
        ("phenomenon", 1, "Puheenjohtaja"),
    ]
    assert json.loads(run("log", folder, "--json", "--area", "eteläinen").stdout) == told[2:]
    assert json.loads(run("log", folder, "--json", "--since", "2999-01-01").stdout) == []
    assert "eteläinen phenomenon" in run("log", folder).output.splitlines()[-1]
