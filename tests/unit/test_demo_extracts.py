"""The generator of synthetic extracts: repeatable, flawed as declared, growing without change."""

import gzip
import hashlib
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook

from pipelines.demo import make_extracts
from pipelines.demo.calendars import working_days
from pipelines.demo.world import MODEL_START, PLACES, need
from tilannehuone.sources import read_sources

ROOT = Path(__file__).resolve().parents[2]
END = date(2026, 10, 1)


@pytest.fixture(scope="module")
def delivered(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("extracts")
    make_extracts(folder, last_month=END)
    return folder


def lines(path: Path, encoding: str) -> list[str]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return raw.decode(encoding).splitlines()


def digest(folder: Path) -> dict[str, str]:
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.iterdir()}


def test_the_same_arguments_give_the_same_bytes(tmp_path):
    for name in "ab":
        make_extracts(tmp_path / name, months=10, last_month=END)

    assert digest(tmp_path / "a") == digest(tmp_path / "b")


def test_another_seed_gives_other_numbers(tmp_path):
    for seed in (1, 2):
        make_extracts(tmp_path / str(seed), seed=seed, months=1, last_month=END)
    name = "pilottipuhelin_kk_2026.csv"

    assert (tmp_path / "1" / name).read_bytes() != (tmp_path / "2" / name).read_bytes()


def test_a_longer_window_repeats_the_older_months(delivered, tmp_path):
    make_extracts(tmp_path, months=12, last_month=date(2025, 12, 1))
    name = "pilottipuhelin_kk_2025.csv"
    notified = [
        Counter(
            line.rsplit(";", 3)[0]
            for line in lines(folder / "lastensuojelu_tapahtumat_2025.csv", "cp1252")
        )
        for folder in (delivered, tmp_path)
    ]

    assert (tmp_path / name).read_bytes() == (delivered / name).read_bytes()
    assert notified[0] == notified[1]


def test_every_file_belongs_to_exactly_one_source(delivered):
    sources = read_sources(ROOT / "data" / "sources.yaml")
    owners = Counter(
        path.name
        for source in sources.values()
        for glob in source.files
        for path in delivered.glob(glob)
    )

    assert set(owners) == {path.name for path in delivered.iterdir()} - {"README.md"}
    assert set(owners.values()) == {1}


def test_every_declared_source_is_delivered(delivered):
    for name, source in read_sources(ROOT / "data" / "sources.yaml").items():
        assert any(list(delivered.glob(glob)) for glob in source.files), name


def test_the_default_demo_is_small(delivered):
    assert sum(one.stat().st_size for one in delivered.iterdir()) < 60e6


@pytest.mark.parametrize(
    ("name", "encoding", "newline"),
    [
        ("vaesto_kaikki.csv", "cp1252", b"\r\n"),
        ("oppilashuolto_2025.csv", "latin-1", b"\r\n"),
        ("verkostopyynnot_2024.csv", "utf-8-sig", b"\n"),
        ("lapset_puheeksi_kvartaali_2024.csv", "utf-8", b"\n"),
    ],
)
def test_files_come_in_several_encodings(delivered, name, encoding, newline):
    raw = (delivered / name).read_bytes()

    assert raw.decode(encoding).encode(encoding) == raw
    assert raw.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    assert (b"\r\n" in raw) == (newline == b"\r\n")
    if encoding in ("cp1252", "latin-1"):
        with pytest.raises(UnicodeDecodeError):
            raw.decode("utf-8")


def test_a_total_row_repeats_the_sum_of_its_month(delivered):
    rows = [line.split(";") for line in lines(delivered / "pilottipuhelin_kk_2025.csv", "cp1252")]
    march = [row for row in rows if row[:2] == ["2025", "3"]]
    totals = [int(row[-1]) for row in march if row[2] == "Yhteensä"]

    assert totals == [sum(int(row[-1]) for row in march if row[2] != "Yhteensä")]


def test_thousands_are_apart_and_decimals_have_a_comma(delivered):
    assert "1\u00a0500" in (delivered / "vaesto_kaikki.csv").read_text("cp1252")
    assert "38," in (delivered / "mitoitus_kaikki.csv").read_text("latin-1")


def test_old_reports_hid_small_counts_and_new_ones_do_not(delivered):
    old = (delivered / "lapset_puheeksi_kvartaali_2021.csv").read_text("utf-8")
    new = (delivered / "lapset_puheeksi_kvartaali_2023.csv").read_text("utf-8")

    assert ";<5;" in old
    assert "<5" not in new


def test_one_area_misses_a_quarter(delivered):
    rows = lines(delivered / "lapset_puheeksi_kvartaali_2025.csv", "utf-8")
    quarters = [row.split(";")[1] for row in rows if "Myllyoja" in row]

    assert set(quarters) == {"Q1", "Q2", "Q3"}


def test_the_latest_pupil_welfare_quarter_is_late(delivered):
    rows = lines(delivered / "oppilashuolto_2026.csv", "latin-1")

    assert rows[-1].startswith("2. neljännes 2026;Yhteensä;")


def test_periods_are_written_in_several_forms(delivered):
    rows = lines(delivered / "oppilashuolto_2024.csv", "latin-1")
    forms = list(dict.fromkeys(row.split(";")[0] for row in rows[1:]))

    assert forms == ["Q1/2024", "Q2/2024", "Q3/2024", "4. neljännes 2024"]


def test_mistakes_are_few_and_known(delivered):
    requests = (delivered / "verkostopyynnot_2025.csv").read_text("utf-8-sig")
    visits = "\n".join(lines(delivered / "shl_kaynnit_2025.csv.gz", "utf-8-sig"))

    assert requests.count("-90") == 3
    assert visits.count("noin ") == 1


def test_the_workbook_holds_real_dates_and_says_that_it_is_synthetic(delivered):
    rows = CalamineWorkbook.from_path(str(delivered / "lp_henkilosto.xlsx")).get_sheet_by_index(0)
    cells = rows.to_python()

    assert cells[0][0].startswith("SYNTEETTINEN")
    assert cells[3][0] == date(2021, 6, 30)


def test_a_plain_world_is_utf8_with_iso_dates_and_no_flaws(tmp_path):
    make_extracts(tmp_path, months=24, last_month=END, style="plain")
    text = {one.name: one.read_text("utf-8") for one in tmp_path.glob("*.csv")}

    assert "Yhteensä" not in "".join(text.values())
    assert text["lastensuojelu_tapahtumat_2025.csv"].splitlines()[1].split(";")[1] == "2025-01-01"
    assert "-90" not in text["verkostopyynnot_2025.csv"]


def test_parquet_holds_the_same_rows_typed(delivered, tmp_path):
    make_extracts(tmp_path, months=12, last_month=date(2025, 12, 1), file_format="parquet")
    table = pq.read_table(tmp_path / "lastensuojelu_tapahtumat_2025.parquet")
    text = lines(delivered / "lastensuojelu_tapahtumat_2025.csv", "cp1252")

    assert table.num_rows == len(text) - 4
    assert str(table.schema.field("Tapahtumapvm").type).startswith("date32")


def test_the_number_of_events_is_about_what_was_asked(tmp_path):
    make_extracts(tmp_path, months=3, last_month=END, events=60_000, file_format="parquet")
    rows = sum(pq.read_metadata(one).num_rows for one in tmp_path.glob("lastensuojelu_*"))

    assert rows == pytest.approx(60_000, rel=0.03)


def test_another_window_replaces_our_files_and_no_others(tmp_path):
    (tmp_path / "oma.csv").write_text("a;b\n", encoding="utf-8")
    make_extracts(tmp_path, months=1, last_month=date(2025, 1, 1))
    make_extracts(tmp_path, months=1, last_month=date(2026, 1, 1))
    names = {one.name for one in tmp_path.iterdir()}

    assert "oma.csv" in names
    assert "pilottipuhelin_kk_2026.csv" in names
    assert "pilottipuhelin_kk_2025.csv" not in names


@pytest.mark.parametrize("wrong", [{"months": 0}, {"events": 0}])
def test_a_senseless_size_is_an_error(tmp_path, wrong):
    with pytest.raises(ValueError, match="at least 1"):
        make_extracts(tmp_path, **wrong)


def test_notifications_fall_in_the_model_areas_and_rise_elsewhere():
    later = need(date(2026, 8, 1), drift=0.04, in_model=-0.06)
    before = need(MODEL_START, drift=0.04, in_model=-0.06)
    yearly = dict(zip((one.code for one in PLACES), (later / before) ** 0.25, strict=True))

    assert yearly["kaakkuri"] == pytest.approx(0.94, abs=0.001)
    assert yearly["pateniemi"] == pytest.approx(1.04, abs=0.001)


def test_lets_talk_doubles_in_kiiminki(delivered):
    def spring(year: int) -> int:
        rows = lines(delivered / f"lapset_puheeksi_kvartaali_{year}.csv", "utf-8")
        found = [row.split(";") for row in rows if "Kiiminki" in row]
        return sum(int(row[4]) for row in found if row[1] in ("Q1", "Q2"))

    assert spring(2025) > 1.7 * spring(2024)


def test_a_matter_of_tuesday_must_be_started_by_thursday_of_the_next_week():
    calendar = working_days(2025, 2025)

    assert np.busday_offset("2025-03-04", 7, busdaycal=calendar) == np.datetime64("2025-03-13")


def test_christmas_eve_and_midsummer_eve_are_no_working_days():
    calendar = working_days(2025, 2025)

    assert not np.is_busday(["2025-12-24", "2025-06-20", "2025-05-29"], busdaycal=calendar).any()
