"""The audit of dependencies fails for a known fault, and says plainly when nobody answers.

`pip-audit` is played by a program that answers as it does; no test asks the network.
"""

import json
import os
import subprocess
from pathlib import Path

import pytest

AUDIT = Path(__file__).parents[2] / ".ci" / "audit"
SOUND = {"name": "a", "version": "1", "vulns": []}
FAULTY = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"]}]}
SKIPPED = {"name": "c", "skip_reason": "Dependency not found on PyPI"}


@pytest.fixture
def audit(tmp_path):
    """Return a function that audits with the answer given; it returns the line and the code."""

    def audited(answer, code=0):
        auditor = tmp_path / "pip-audit"
        (tmp_path / "answer").write_text(answer)
        auditor.write_text(f"#!/bin/sh\ncat {tmp_path}/answer\nexit {code}\n")
        auditor.chmod(0o755)
        env = os.environ | {"PIP_AUDIT": str(auditor)}
        done = subprocess.run([AUDIT], env=env, capture_output=True, text=True, check=False)
        (line,) = done.stdout.splitlines()
        return line, done.returncode

    return audited


def told(*dependencies):
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_a_known_fault_is_named_and_fails(audit):
    line, code = audit(told(SOUND, FAULTY, SKIPPED), code=1)

    assert code == 1
    assert line == "audited 2 of 3 packages, 1 could not be; known faults: b 2 (PYSEC-1)"


def test_an_audit_without_faults_tells_how_much_it_saw(audit):
    assert audit(told(SOUND, SKIPPED)) == (
        "audited 1 of 2 packages, 1 could not be; known faults: none",
        0,
    )


@pytest.mark.parametrize(("answer", "code"), [(told(SKIPPED), 0), ("", 1), ("Traceback", 1)])
def test_an_audit_that_nobody_answers_is_none_and_says_so(audit, answer, code):
    assert audit(answer, code) == ("not audited: no advisories reachable", 0)
