"""Any table with a small structure file: what can be computed of it, and what is wrong with it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.audit_table import audit_table
from tilannehuone.cli import app
from tilannehuone.errors import TilannehuoneError
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "audit"

STRUCTURE = """keys: [area, year]
value: clients
hidden: ["..", c]
sums:
  area:
    city: [north, south, west]
"""

CLEAN = """area;year;clients
city;2024;41
north;2024;20
south;2024;..
west;2024;..
"""


def files(tmp_path, table=CLEAN, structure=STRUCTURE):
    paths = tmp_path / "clients.csv", tmp_path / "structure.yaml"
    for path, text in zip(paths, (table, structure), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def found(tmp_path, table=CLEAN, structure=STRUCTURE):
    return audit_table(*files(tmp_path, table, structure)).findings


def faults(tmp_path, table=CLEAN, structure=STRUCTURE):
    with pytest.raises(TilannehuoneError) as caught:
        audit_table(*files(tmp_path, table, structure))
    return [(one.key, Path(one.file).name, one.line, one.column) for one in caught.value.faults]


def test_two_hidden_parts_protect_each_other(tmp_path):
    assert found(tmp_path) == ()


def test_one_hidden_part_is_subtracted(tmp_path):
    (one,) = found(tmp_path, CLEAN.replace("west;2024;..", "west;2024;18"))

    assert (one.kind, one.cells, one.relations) == (
        "computable", (("south", "2024"),), ("area: city",),
    )  # fmt: skip
    assert one.width == 0


def test_a_small_number_and_a_zero_are_found_where_they_stand(tmp_path):
    table = "area;year;clients\nnorth;2024;4\nsouth;2024;0\n"

    structure = STRUCTURE.partition("sums")[0]
    assert [one.kind for one in found(tmp_path, table, structure)] == ["small_number_shown"] * 2
    shown = structure + "show_zero: true\n"
    assert [one.cells[0][0] for one in found(tmp_path, table, shown)] == ["north"]


def test_a_total_may_be_named_instead_of_its_parts(tmp_path):
    structure = STRUCTURE.partition("sums")[0] + "totals: {area: city}\n"

    assert found(tmp_path, CLEAN, structure) == ()
    assert found(tmp_path, CLEAN.replace("west;2024;..", "west;2024;18"), structure) != ()


def test_a_code_may_be_split_in_two_ways(tmp_path):
    structure = STRUCTURE.replace("[north, south, west]", "[[north, south, west], [coast, inland]]")
    table = CLEAN + "coast;2024;..\ninland;2024;..\n"

    assert found(tmp_path, table, structure) == ()
    shown = table.replace("inland;2024;..", "inland;2024;30")
    assert [one.cells[0][0] for one in found(tmp_path, shown, structure)] == ["coast"]


def test_parts_that_are_not_in_the_table_may_be_anything(tmp_path):
    structure = STRUCTURE.replace("west]", "west, sea]").replace("city:", "city:")
    table = CLEAN.replace("west;2024;..", "west;2024;18") + "sea;2023;9\n"

    (one,) = found(tmp_path, table, structure)

    assert (one.cells[0][0], one.width) == ("south", 3.0)  # the total leaves it 0 to 3


def test_sums_that_do_not_add_up_are_left_out_and_counted(tmp_path):
    table = "area;year;clients\ncity;2024;90\nnorth;2024;20\nsouth;2024;30\nwest;2024;30\n"

    report = audit_table(*files(tmp_path, table))

    assert (report.ok, report.contradictions) == (True, 1)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("", ("audit_table_empty", 1, None)),
        (CLEAN.replace("clients", "people"), ("audit_table_no_column", 1, None)),
        (CLEAN.replace("north;2024;20", "north;2024"), ("audit_table_row_length", 3, 2)),
        (CLEAN.replace("north;2024;20", "north;2024;many"), ("audit_table_not_a_number", 3, 3)),
        (CLEAN.replace("north;2024;20", "north;2024;-20"), ("audit_table_negative", 3, 3)),
        (CLEAN + "north;2024;20\n", ("audit_table_twice", 6, 1)),
    ],
)
def test_what_is_wrong_with_a_table_is_told_at_its_place(tmp_path, table, expected):
    key, line, column = expected

    assert (key, "clients.csv", line, column) in faults(tmp_path, table)


@pytest.mark.parametrize(
    ("structure", "expected"),
    [
        (STRUCTURE.replace("value: clients\n", ""), ("missing_key", 1, 1)),
        (STRUCTURE.replace("west]", "harbour]"), ("audit_unknown_code", 6, 5)),
        (STRUCTURE.replace("  area:", "  place:"), ("audit_sum_of_no_key", 1, 1)),
        (STRUCTURE + "totals: {area: city}\n", ("audit_sum_twice", 1, 1)),
        (STRUCTURE + "speed: 3\n", ("unknown_key", 7, 1)),
    ],
)
def test_what_is_wrong_with_a_structure_file_is_told_at_its_place(tmp_path, structure, expected):
    key, line, column = expected

    assert (key, "structure.yaml", line, column) in faults(tmp_path, CLEAN, structure)


def test_no_number_of_a_table_stands_in_a_fault(tmp_path):
    with pytest.raises(TilannehuoneError) as caught:
        audit_table(*files(tmp_path, CLEAN.replace("20\n", "1234x\n")))

    for lang in LANGUAGES:
        assert "1234" not in fault_line(caught.value.faults[0], lang)


def run(*arguments):
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_the_command_tells_what_is_found_and_leaves_with_one(tmp_path):
    table, structure = files(tmp_path, CLEAN.replace("west;2024;..", "west;2024;18"))

    for lang, word in (("fi", "Laskettavissa"), ("sv", "Kan räknas ut"), ("en", "Can be")):
        told = run("--lang", lang, "audit", table, "--structure", structure)
        assert told.exit_code == 1
        assert word in told.output
        assert "south · 2024" in told.output
    report = json.loads(run("audit", table, "--structure", structure, "--json").stdout)
    assert report["ok"] is False
    assert report["findings"][0]["width"] == 0


def test_the_command_leaves_with_zero_where_nothing_is_found(tmp_path):
    table, structure = files(tmp_path)

    assert run("audit", table, "--structure", structure).exit_code == 0
    assert run("audit", table, "--structure", structure, "--against", table).exit_code == 2
    assert run("audit", table, "--structure", tmp_path / "none.yaml").exit_code == 1


def test_the_example_of_the_documentation_is_what_it_says():
    """docs/audit.md shows this table: one village can be computed, with the corrected mask none."""
    structure = EXAMPLE / "structure.yaml"
    leaking = audit_table(EXAMPLE / "visits.csv", structure)

    assert [one.cells for one in leaking.findings] == [(("Vuolijoki", "2024", "7-12"),)]
    assert audit_table(EXAMPLE / "visits-protected.csv", structure).ok
