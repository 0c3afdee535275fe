"""A few inputs of each fuzzer, always the same: `python -m bench.fuzz` tries without end."""

import pytest

from bench.fuzz import fuzz
from bench.fuzz_subjects import SUBJECTS, Finding, hold_lines


@pytest.mark.parametrize(("name", "inputs"), [("loader", 12), ("yaml", 8), ("package", 40)])
def test_hostile_input_is_accepted_or_refused_in_one_line(tmp_path, name, inputs):
    subject = SUBJECTS[name](tmp_path / "subject")

    counted, findings = fuzz(subject, 20261123, tmp_path / "input", inputs=inputs)

    assert findings == []
    assert counted["refused"] + counted["accepted"] == inputs
    assert counted["refused"]


class Broken:
    """A product that raises what no reader should see."""

    def tried(self, _chance, kept):
        kept.with_suffix(".txt").write_text("x")
        raise KeyError("x")


def test_anything_but_a_refusal_is_a_finding_and_its_input_is_kept(tmp_path):
    counted, findings = fuzz(Broken(), 1, tmp_path / "input", inputs=3)

    assert counted == {"finding": 3}
    assert len(findings) == 1
    assert (tmp_path / "finding-1-input.txt").exists()


@pytest.mark.parametrize("line", ["a\nb", "x" * 3_000, "the code 1 of somebody"])
def test_a_message_that_is_no_line_or_names_a_person_is_a_finding(line):
    with pytest.raises(Finding):
        hold_lines([line], "code 1")
