"""What the steward gets when the auditor refuses a release: which cells, and no number."""

import csv
import shutil

import pytest
from small_instance import AS_OF, make_instance

from pipelines.aggregate import aggregate
from pipelines.analyse import analyse_cells
from pipelines.audit import AuditFinding
from pipelines.auditing.listing import write_audit_csv
from pipelines.load import load
from pipelines.protect import protect_cells
from pipelines.publish import publish
from pipelines.run import build
from pipelines.validate import validate
from pipelines.working import working_database
from tilannehuone.errors import PublishRefused
from tilannehuone.instance import open_instance
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line

CELL = ("visits_rate", "s2", "month", "2024-01-01", "all", "all")


@pytest.fixture(scope="module")
def refused(tmp_path_factory):
    """Return the folder of an instance whose release was refused, and with what."""
    folder = make_instance(tmp_path_factory.mktemp("refused") / "instance")
    with pytest.raises(PublishRefused) as told:
        publish_with_a_small_number(folder)
    return folder, told.value.faults


def publish_with_a_small_number(folder):
    """Take the steps of a build, but let a small number of Salola through the protection."""
    instance = open_instance(folder)
    with working_database(instance) as working:
        load(working, instance)
        validate(working, instance)
        aggregate(working, instance, AS_OF)
        protection = protect_cells(working, instance.registry, instance.areas)
        working.execute(
            """update cells set status = 'ok', numerator = 3, denominator = 1000, value = 3
            where (indicator_id, area_code, period_type, period_start, breakdown, category) = (
                ?, ?, ?, cast(? as date), ?, ?)""",
            CELL,
        )
        analyse_cells(working, instance.registry, instance.events)
        publish(working, instance, protection)


def listed(folder):
    text = (folder / "data/work/audit.csv").read_text(encoding="utf-8-sig")
    return list(csv.reader(text.splitlines(), delimiter=";"))


def test_a_refused_release_names_the_measures_and_leaves_a_list_of_the_cells(refused):
    folder, (fault,) = refused
    for lang in LANGUAGES:
        line = fault_line(fault, lang)
        assert "visits_rate" in line
        assert str(folder / "data/work/audit.csv") in line
    header, *rows = listed(folder)
    assert header[1:3] == ["indicator_id", "area_code"]
    assert CELL in {tuple(row[1:7]) for row in rows}
    assert not list((folder / "data/releases").glob("*.duckdb"))


def test_the_list_goes_with_the_next_release_that_is_published(refused, tmp_path):
    folder = shutil.copytree(refused[0], tmp_path / "instance")
    assert listed(folder)

    build(folder, as_of=AS_OF)

    assert not (folder / "data/work/audit.csv").exists()


def test_the_list_tells_no_number_and_replaces_the_one_before(tmp_path):
    (tmp_path / "audit.csv").write_text("old")
    told = [
        AuditFinding("computable", (CELL,), ("time: quarter of month",), 3.0),
        AuditFinding("small_count_told", (("checks", "visits", "", "row_counts"),)),
    ]

    path = write_audit_csv(told, tmp_path)

    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert [row[1:] for row in rows[1:]] == [
        [*CELL, "time: quarter of month"],
        ["checks", "visits", "", "row_counts", "", "", ""],
    ]
    assert write_audit_csv([], tmp_path) is None
    assert not path.exists()
