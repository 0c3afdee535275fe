"""The commands as a person or another program meets them."""

import json

import pytest
from small_instance import AS_OF, make_built
from typer.testing import CliRunner

from tilannehuone.cli import app


def run(*arguments):
    return CliRunner().invoke(app, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = make_built(tmp_path_factory.mktemp("commands") / "instance")
    built = run("build", made, "--as-of", AS_OF.isoformat())
    assert built.exit_code == 0, built.output
    return made


def test_releases_are_listed_shown_compared_and_rolled_back(folder):
    listed = json.loads(run("releases", "list", folder, "--json").stdout)
    old, new = (one["release_id"] for one in listed)

    assert [one["current"] for one in listed] == [False, True]
    assert json.loads(run("releases", "show", new, folder).stdout)["cells"] > 0
    assert run("releases", "diff", old, new, "--instance", folder).exit_code == 0
    assert run("releases", "rollback", "--instance", folder).exit_code == 0
    again = json.loads(run("releases", "list", folder, "--json").stdout)
    assert [one["current"] for one in again] == [True, False]
    assert old in run("releases", "list", folder).output


def test_an_audit_of_a_sound_release_exits_with_zero(folder):
    release = next((folder / "data/releases").glob("*.duckdb"))
    audited = run("audit", release, "--json")

    assert audited.exit_code == 0
    assert json.loads(audited.stdout)["ok"] is True


def test_any_series_of_dates_and_values_gets_its_limits(tmp_path):
    file = tmp_path / "series.csv"
    rows = [f"2024-{month:02},{10 + month % 2}" for month in range(1, 13)]
    file.write_text("\n".join(["month,value", *rows, "2025-01,40"]), encoding="utf-8")

    points = json.loads(run("spc", file, "--direction", "down", "--json").stdout)["points"]

    assert points[-1]["value"] == 40.0
    assert (points[-1]["signal"], points[-1]["kind"]) == ("outside", "concern")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("build", "/nonexistent"), 1, "/nonexistent: Kansiota ei ole"),
        (("--lang", "sv", "build", "/nonexistent"), 1, "Mappen finns inte"),
        (("--lang", "en", "check", "/nonexistent"), 1, "The folder does not exist"),
        (("build", ".", "--engine", "abacus"), 2, "duckdb"),
        (("--lang", "de", "check"), 2, "fi, sv, en"),
    ],
)
def test_what_cannot_be_done_is_told_in_the_readers_language_without_a_traceback(
    arguments, code, told
):
    outcome = run(*arguments)

    assert outcome.exit_code == code
    assert told in outcome.output
    assert "Traceback" not in outcome.output


def test_a_file_that_is_no_series_is_refused_in_one_line(tmp_path):
    file = tmp_path / "words.csv"
    file.write_text("a,b\nx,y\n", encoding="utf-8")

    assert run("spc", file).exit_code == 1
