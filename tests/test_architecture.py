"""The house plan holds: layers, thin pages, small files, and CI would notice if not."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted(
    path
    for folder in ("tilannehuone", "pipelines", "pages", "tests", "bench")
    for path in (ROOT / folder).rglob("*.py")
)
PAGES = sorted((ROOT / "pages").glob("*.py"))
MOST_LINES, MOST_PAGE_LINES = 250, 60
NOT_FOR_PAGES = {"duckdb", "plotly", "pandas", "numpy", "pipelines", "pages"}
NO_BINS = {"utils", "helpers", "common", "misc", "base_classes", "manager"}


def imported(path):
    """Return the top-level names a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name.partition(".")[0] for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]


def test_no_file_is_long():
    long = [path for path in CODE if len(path.read_text("utf-8").splitlines()) > MOST_LINES]

    assert [str(path.relative_to(ROOT)) for path in long] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_thin(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)

    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_PAGE_LINES
    assert not [node for node in ast.walk(tree) if isinstance(node, kinds)]
    assert not NOT_FOR_PAGES & set(imported(path))


def test_no_module_is_a_bin():
    assert not [path for path in CODE if path.stem in NO_BINS]


def test_only_the_validator_knows_great_expectations():
    name = "great_expectations"
    named = [path for path in CODE if name in path.read_text("utf-8")]  # reading is fast
    importers = [path for path in named if name in set(imported(path))]

    assert {path.relative_to(ROOT).as_posix() for path in importers} <= {"pipelines/validate.py"}


def lint_imports(folder):
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """Return a copy of the code, which keeps the contracts."""
    folder = tmp_path_factory.mktemp("copied")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in ("tilannehuone", "pipelines"):
        shutil.copytree(ROOT / name, folder / name)
    assert lint_imports(folder).returncode == 0
    return folder


@pytest.mark.parametrize(
    ("module", "violation"),
    [
        ("tilannehuone/stats/intervals.py", "import duckdb"),
        ("tilannehuone/charts/__init__.py", "import tilannehuone.ui"),
        ("tilannehuone/store.py", "import streamlit"),
        ("pipelines/protect.py", "import tilannehuone.ui"),
    ],
)
def test_a_planted_violation_fails_the_import_contracts(copied, module, violation):
    planted = copied / module
    text = planted.read_text(encoding="utf-8")
    planted.write_text(f"{text}\n{violation}\n", encoding="utf-8")

    outcome = lint_imports(copied)
    planted.write_text(text, encoding="utf-8")
    assert outcome.returncode != 0
    assert "BROKEN" in outcome.stdout
