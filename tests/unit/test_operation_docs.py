"""What the operator is told holds: every setting, metric and file to copy is there."""

import re
from datetime import UTC, datetime
from pathlib import Path

from tilannehuone.last_build import LastBuild, write_last_build
from tilannehuone.web.measured import measured
from tilannehuone.web.page_runs import RUNS

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs" / "deploy"
TOLD = (ROOT / "docs" / "operator.md").read_text(encoding="utf-8")
SETTING = re.compile(r"TILANNEHUONE_[A-Z]+(?:_[A-Z]+)*")


def test_every_setting_of_the_code_stands_in_the_table_and_no_other():
    files = [ROOT / "app.py"]
    for folder in ("tilannehuone", "pipelines", "pages"):
        files += (ROOT / folder).rglob("*.py")
    used = {one for file in files for one in SETTING.findall(file.read_text(encoding="utf-8"))}
    used -= {"TILANNEHUONE_SMTP"}  # a family's beginning, in a comment
    table = TOLD.partition("<!-- settings -->")[2].partition("<!-- /settings -->")[0]

    assert set(re.findall(r"^\| `(\w+)` \|", table, re.M)) == used


def test_every_metric_that_is_named_is_told(tmp_path):
    write_last_build(tmp_path, LastBuild("published", datetime.now(UTC), 1.0, ("a",), "x", 100))
    RUNS.add("trend", 0.1)
    known = {one.name for one in measured(tmp_path)} | {
        f"tilannehuone_{one}"
        for one in ("release_info", "release_age_seconds", "sources_late", "source_late")
    }
    named = set(re.findall(r"\b(?:tilannehuone|process)_[a-z_]+", TOLD))

    assert {one.removesuffix("_bucket") for one in named} <= known


def test_the_files_to_copy_start_the_program_that_there_is_and_name_no_host():
    files = sorted(one for one in DEPLOY.iterdir() if one.is_file())
    assert {one.name for one in files} == set(re.findall(r"`([\w.-]+)`", _table())) - {"data/"}
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"FROM \S*[./]\S*/", text), file
        hosts = re.findall(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:org|com|fi|net|io)\b", text)
        assert set(hosts) <= {"room.example.org"}, file
        for option in re.findall(r"tilannehuone serve .*?(--\w+)", text):
            assert option in ("--address", "--port")


def _table():
    return (
        TOLD.partition("| file of `docs/deploy/` |")[2].partition("\n\n")[0].replace("/metrics", "")
    )
