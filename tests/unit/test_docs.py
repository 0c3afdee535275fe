"""The documents say what the code does."""

import re
from pathlib import Path

from typer.testing import CliRunner

from tilannehuone.cli import app
from tilannehuone.release import TABLES

ROOT = Path(__file__).resolve().parents[2]


def test_the_release_document_lists_every_table_and_column():
    text = (ROOT / "docs/release.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"## `(\w+)`\n(.*?)(?=\n## |\Z)", text, re.S))

    assert list(sections) == list(TABLES)
    for name, columns in TABLES.items():
        declared = [tuple(one.split()) for one in columns.replace("\n", " ").split(", ")]
        told = re.findall(r"^\| `(\w+)` \| (\w+) \|$", sections[name], re.M)
        assert told == [(column.strip('"'), kind) for column, kind in declared]


def test_the_readme_names_every_command_and_the_two_that_matter_first():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    first_screen = "\n".join(text.splitlines()[:20])
    commands = text.partition("<!-- commands -->")[2].partition("<!-- /commands -->")[0]

    assert "tilannehuone demo" in first_screen
    assert "bash .ci/run" in first_screen
    helped = CliRunner().invoke(app, ["--help"]).output
    for name in ("demo", "check", "build", "serve", "audit", "spc", "releases"):
        assert name in helped
        assert f"`tilannehuone {name}" in commands


def test_the_lock_names_no_registry():
    for lock in ("requirements.lock", ".ci/requirements.lock"):
        assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_every_relative_link_of_the_readme_leads_somewhere():
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (ROOT / target).exists()
