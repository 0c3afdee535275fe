"""What the software is made of is told, and nothing secret lies in it."""

import importlib.util
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tilannehuone.secrets_kept import secret_faults

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
TEXTUAL = (".py", ".md", ".toml", ".yaml", ".yml", ".json", ".txt", ".js", ".css", ".pem", ".key")
SECRETS = {
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{20}",
    "a client secret": r"""(?i)client_secret["']?\s*[:=]\s*["'][A-Za-z0-9+/_~.-]{24,}["']""",
    "a cookie secret": r"""(?i)cookie_secret["']?\s*[:=]\s*["'][A-Za-z0-9+/_~.-]{24,}["']""",
    "a password in an address": r"\b(?:postgresql|https?)(?:\+\w+)?://[\w.-]+:(?!password@)[^@\s{}$<*'\"]{6,}@",
    "a token": r"\b(?:ghp|gho|github_pat|glpat|xox[bp]|sk|AKIA)[-_]?[A-Za-z0-9]{20,}\b",
}


@pytest.fixture(scope="module")
def sbom():
    spec = importlib.util.spec_from_file_location("sbom", ROOT / ".ci" / "sbom.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bill_of_materials_names_every_pinned_package_once_with_its_digests(sbom):
    bill = sbom.bill(LOCK, "0.1.0")
    found = bill["components"]

    assert bill == sbom.bill(LOCK, "0.1.0")
    assert (
        len(found)
        == len({one["purl"] for one in found})
        == len(re.findall("^[^ #].*==", LOCK, re.M))
    )
    assert all(one["hashes"] for one in found)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {
        re.match(r"[\w.-]+", one)[0].lower().replace(".", "-") for one in project["dependencies"]
    }
    assert wanted <= {one["name"] for one in found}


def test_no_secret_lies_in_the_repository():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    names = [one for one in listed.stdout.decode().split("\0") if one.endswith(TEXTUAL)]
    assert names

    found = [
        f"{name}: {what}"
        for name in names
        if (ROOT / name).is_file() and not name.endswith("requirements.lock")
        for what, pattern in SECRETS.items()
        if re.search(pattern, (ROOT / name).read_text("utf-8", errors="replace"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a private key", "-----BEGIN PRIVATE KEY-----\n" + "MC4CAQAwBQYDK2Vw" * 3),
        ("a client secret", 'client_secret = "' + "a1B2" * 8 + '"'),
        ("a password in an address", "postgresql://room:" + "hunter" * 2 + "@db/room"),
    ],
)
def test_a_planted_secret_would_be_found(what, text):
    assert re.search(SECRETS[what], text)


def test_a_secret_that_others_may_read_is_a_fault(tmp_path):
    kept = tmp_path / "data" / "work" / "signing.key"
    kept.parent.mkdir(parents=True)
    kept.write_text("x")
    kept.chmod(0o640)
    (fault,) = secret_faults(tmp_path)

    assert (fault.key, fault.file) == ("secret_readable", str(kept))
    kept.chmod(0o600)
    assert secret_faults(tmp_path) == []


def test_the_server_takes_no_more_than_its_pages_need():
    server = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["server"]

    assert server["maxUploadSize"] <= 1
    assert server["maxMessageSize"] <= 20
    assert server["address"] == "127.0.0.1"


def test_the_threat_model_names_tests_that_are_there():
    told = set(re.findall(r"\b(test_\w+)", (ROOT / "docs" / "security.md").read_text("utf-8")))

    assert told
    assert told <= {one.stem for one in (ROOT / "tests").rglob("test_*.py")}
