"""The documents say what the code does."""

import re
from pathlib import Path

from typer.main import get_command

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
    told = set(re.findall(r"^\| `tilannehuone ([a-z-]+)", commands, re.M))
    assert told == set(get_command(app).commands)


def lines_to_type():
    """Yield the lines that the documents tell to type, comments left off."""
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for block in re.findall(
            r"^```\w*\n(.*?)^```", path.read_text(encoding="utf-8"), re.S | re.M
        ):
            typed = block.replace("\\\n", " ").splitlines()
            yield from (one.split("#")[0] for one in typed if one.startswith("tilannehuone "))


def test_every_line_to_type_names_a_command_and_options_that_there_are():
    lines = list(lines_to_type())
    for line in lines:
        command, words = get_command(app), line.split()[1:]
        while words and hasattr(command, "commands"):
            assert words[0] in command.commands, line
            command = command.commands[words.pop(0)]
        known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
        assert {one.partition("=")[0] for one in words if one.startswith("--")} <= known, line
    assert len(lines) > 20


def test_the_lock_names_no_registry():
    for lock in ("requirements.lock", ".ci/requirements.lock"):
        assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_every_relative_link_of_the_readme_leads_somewhere():
    text = (ROOT / "README.md").read_text(encoding="utf-8")

    for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (ROOT / target).exists()
