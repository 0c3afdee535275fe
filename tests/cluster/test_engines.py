"""What a cluster scans is, cell by cell and digit by digit, what DuckDB scans."""

import json
import shutil
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
import running
from ruamel.yaml import YAML

from pipelines.aggregate import aggregate
from pipelines.demo import make_extracts
from pipelines.engines.cluster import ENDPOINT, cluster
from pipelines.load import load
from pipelines.quality.results import create_tables
from pipelines.run import build
from pipelines.working import working_database
from tilannehuone.errors import PublishRefused
from tilannehuone.instance import open_instance

ROOT = Path(__file__).resolve().parents[2]
AS_OF = date(2026, 11, 1)
DIFFERENT = """select count(*) from (
    (from here except all from unsafe_cells) union all (from unsafe_cells except all from here))"""


MEASURES = {
    *("network_wait_median_days", "cp_notified_children_share", "shl_family_clients_share"),
    *("cp_notifications_rate", "cp_assessment_started_7wd_share"),
}
"""A median; persons by age, by winter half-years and not; counts, with a cohort's shifted days."""


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    """Give a part of the demo: a year and a half of extracts in Parquet, events parted by year."""
    folder = tmp_path_factory.mktemp("scanned") / "instance"
    (folder / "data").mkdir(parents=True)
    registry = YAML(typ="safe").load((ROOT / "indicators.yaml").read_text(encoding="utf-8"))
    registry["indicators"] = [one for one in registry["indicators"] if one["id"] in MEASURES]
    # JSON is YAML
    (folder / "indicators.yaml").write_text(json.dumps(registry, default=str), encoding="utf-8")
    shutil.copy(ROOT / "data/areas.csv", folder / "data")
    (folder / "data/events.yaml").write_text("events: []\n", encoding="utf-8")
    extracts = folder / "data/extracts"
    make_extracts(extracts, months=18, style="plain", file_format="parquet")
    declared = YAML(typ="safe").load((ROOT / "data/sources.yaml").read_text(encoding="utf-8"))
    for path in extracts.glob("lastensuojelu_tapahtumat_*.parquet"):
        year = path.stem.rpartition("_")[2]
        (extracts / f"tapahtumat/vuosi={year}").mkdir(parents=True)
        path.rename(extracts / f"tapahtumat/vuosi={year}/part-0.parquet")
    declared["sources"]["lastensuojelu"]["files"] = ["tapahtumat/*/*.parquet"]
    (folder / "data/sources.yaml").write_text(json.dumps(declared, default=str), encoding="utf-8")
    return open_instance(folder)


@pytest.fixture(scope="module")
def working(instance):
    """Give a working database with the typed rows, and the cells of DuckDB in `here`."""
    with working_database(instance) as opened:
        load(opened, instance)
        create_tables(opened)
        assert aggregate(opened, instance, AS_OF) == []
        opened.execute("create table here as from unsafe_cells")
        yield opened


@pytest.fixture(params=["spark", "sail"])
def address(request, tmp_path, monkeypatch):
    """Give the address of a running endpoint; say aloud what is lacking."""
    pytest.importorskip("pyspark", reason="Spark is not installed: pip install -e '.[test]'")
    if request.param == "spark" and shutil.which("java") is None:
        pytest.skip("no Java: apt-get install default-jre-headless")
    with getattr(running, request.param)(tmp_path) as address:
        monkeypatch.setenv(ENDPOINT, address)
        yield address


@pytest.mark.usefixtures("address")
def test_every_cell_is_the_same_to_the_last_digit(instance, working):
    events = {name for name, one in instance.sources.items() if one.shape == "events"}

    with cluster(working, instance.work, events) as scans:
        assert aggregate(working, instance, AS_OF, scans) == []
        assert scans.shared == {"lastensuojelu", "shl_asiakkaat", "verkostot"}

    assert working.execute(DIFFERENT).fetchone() == (0,)
    assert working.execute("select count(numerator) from here").fetchone()[0] > 1000
    assert not [one for one in instance.work.iterdir() if one.name.startswith("unsafe-")]


def test_a_cluster_that_goes_away_refuses_the_build_and_blames_no_measure(
    instance, working, tmp_path, monkeypatch
):
    pytest.importorskip("pysail", reason="Sail is not installed: pip install -e '.[test]'")
    with ExitStack() as stack:
        with running.sail(tmp_path) as address:
            monkeypatch.setenv(ENDPOINT, address)
            scans = stack.enter_context(cluster(working, instance.work, {"lastensuojelu"}))

        with pytest.raises(PublishRefused) as refused:
            aggregate(working, instance, AS_OF, scans)

    assert refused.value.faults[0].key == "engine_unreachable"


@pytest.mark.parametrize(
    ("address", "key"),
    [("", "engine_no_endpoint"), ("https://x", "engine_no_endpoint"), ("sc://127.0.0.1:9", "")],
)
def test_a_cluster_that_cannot_be_asked_refuses_the_build_at_once(
    address, key, instance, tmp_path, monkeypatch
):
    monkeypatch.setenv(ENDPOINT, address)
    shutil.copytree(instance.folder, tmp_path / "copy")

    with pytest.raises(PublishRefused) as refused:
        build(tmp_path / "copy", engine="spark")

    assert refused.value.faults[0].key == (key or "engine_unreachable")
    assert not list((tmp_path / "copy").rglob("*.duckdb"))
