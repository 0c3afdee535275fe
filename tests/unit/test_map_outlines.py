"""Outlines from GeoJSON: used, projected, made short; or one clear fault, and no number waits."""

import json
import re

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_instance import AS_OF, make_instance

from pipelines.check import check_instance
from pipelines.run import build
from tilannehuone.charts.map_classes import shades
from tilannehuone.charts.map_shapes import around, outline
from tilannehuone.outline_paths import MOST_CHARACTERS, paths_of, simplified
from tilannehuone.outlines import read_outlines
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line

TYPES = {"n1": "town", "n2": "town", "N": "county"}


def ring(left, low, size=1.0):
    right, high = left + size, low + size
    return [[left, low], [right, low], [right, high], [left, high], [left, low]]


def feature(code="n1", kind="Polygon", coordinates=None):
    geometry = {"type": kind, "coordinates": coordinates or [ring(25, 65)]}
    return {"type": "Feature", "properties": {"area_code": code}, "geometry": geometry}


def written(folder, *features, **more):
    path = folder / "areas.geojson"
    whole = {"type": "FeatureCollection", "features": list(features)} | more
    path.write_text(json.dumps(whole), encoding="utf-8")
    return path


def numbers(path):
    return np.array(re.findall(r"-?\d+\.?\d*", path), dtype=float).reshape(-1, 2)


def test_areas_of_a_type_share_a_box_a_thousand_wide_with_north_up(tmp_path):
    path = written(tmp_path, feature("n1"), feature("n2", coordinates=[ring(27, 66)]))
    found = {code: numbers(one) for code, one in read_outlines(path, TYPES).paths.items()}

    assert found["n1"].min(axis=0)[0] == 0
    assert found["n2"].max(axis=0)[0] == 1000
    assert found["n2"][:, 1].max() < found["n1"][:, 1].max()


def test_degrees_are_drawn_as_wide_as_they_are_at_their_latitude(tmp_path):
    found = numbers(read_outlines(written(tmp_path, feature()), TYPES).paths["n1"])
    tall = found[:, 1].max() - found[:, 1].min()

    assert tall == pytest.approx(1000 / np.cos(np.radians(65.5)), rel=1e-3)


def test_plane_coordinates_are_taken_as_they_are(tmp_path):
    path = written(tmp_path, feature(coordinates=[ring(400_000, 7_200_000, 5_000)]))
    found = numbers(read_outlines(path, TYPES).paths["n1"])

    assert found.max(axis=0).tolist() == [1000, 1000]


def test_several_features_and_polygons_of_one_area_are_one_path(tmp_path):
    many = feature(kind="MultiPolygon", coordinates=[[ring(25, 65)], [ring(27, 65)]])
    found = read_outlines(written(tmp_path, many, feature(coordinates=[ring(29, 65)])), TYPES)

    assert found.paths["n1"].count("M") == 3


def test_no_file_is_no_fault(tmp_path):
    assert read_outlines(tmp_path / "areas.geojson", TYPES).faults == ()


@pytest.mark.parametrize(
    ("second", "key"),
    [
        ("no feature", "outlines_feature"),
        (feature() | {"properties": {"name": "x"}}, "outlines_code"),
        (feature(kind="LineString", coordinates=ring(0, 0)), "outlines_geometry"),
        (feature() | {"geometry": None}, "outlines_geometry"),
        (feature(coordinates=[[[1, 2], [3, 4], [1, 2]]]), "outlines_coordinates"),
        (feature(coordinates=[[["a", 2], [3, 4], [5, 6], ["a", 2]]]), "outlines_coordinates"),
        (feature(coordinates=[ring(float("nan"), 1)]), "outlines_coordinates"),
        (feature(coordinates=7), "outlines_coordinates"),
    ],
)
def test_a_fault_names_the_file_and_the_feature_in_every_language(tmp_path, second, key):
    path = written(tmp_path, feature(), second)
    found = read_outlines(path, TYPES)

    (fault,) = found.faults
    assert fault.key == key
    assert not found.paths
    for lang in LANGUAGES:
        line = fault_line(fault, lang)
        assert line.startswith(f"{path}: ")
        assert re.search(r"\b2\b", line.removeprefix(str(path)))


@pytest.mark.parametrize("text", ["{", "[]", '{"type": "Feature"}', "\ufffe\x00"])
def test_what_is_no_collection_is_told_as_such(tmp_path, text):
    path = tmp_path / "areas.geojson"
    path.write_text(text, encoding="utf-8")

    (fault,) = read_outlines(path, TYPES).faults
    assert fault.key in ("outlines_json", "outlines_collection")


def test_many_long_outlines_are_shortened_until_all_fit():
    turns = np.linspace(0, 2 * np.pi, 3000)
    wave = 1 + 0.05 * np.sin(40 * turns)
    circle = np.column_stack([np.cos(turns) * wave, np.sin(turns) * wave]) * 1e6
    circle[-1] = circle[0]
    many = {f"a{n}": [circle + (n % 9) * 2e6] for n in range(200)}

    found = paths_of(many, dict.fromkeys(many, "town"))

    assert 20_000 < sum(map(len, found.values())) <= MOST_CHARACTERS


@given(st.lists(st.tuples(st.floats(-99, 99), st.floats(-99, 99)), min_size=4, max_size=40))
def test_no_point_is_farther_from_a_simplified_line_than_allowed(points):
    ring_ = np.array([*points, points[0]])
    kept = simplified(ring_, 2.0)
    starts, along = kept[:-1], np.diff(kept, axis=0)
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    away = ring_[:, None] - starts
    share = np.clip((away * along).sum(axis=2) / length, 0, 1)
    nearest = np.linalg.norm(away - share[..., None] * along, axis=2).min(axis=1)

    assert kept[0].tolist() == kept[-1].tolist() == ring_[0].tolist()
    assert nearest.max() <= 2.0 + 1e-6


def test_the_middle_of_a_bent_area_lies_inside_it():
    bent = outline("M0 0L100 0L100 20L20 20L20 100L0 100Z")

    assert bent.holds(1, 1)
    assert not outline("M0 0L10 0L10 10L0 10ZM1 1L9 1L9 9L1 9Z").holds(3, 3)
    assert around([bent]).width == pytest.approx(102.4)


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 9).map(float), max_size=40))
def test_classes_hold_every_area_once_in_order_and_never_part_equals(values):
    found = shades(values)

    assert sorted(code for one in found for code in one.codes) == sorted(values)
    assert [one.number for one in found] == sorted({one.number for one in found})
    assert all(a.high < b.low for a, b in zip(found, found[1:], strict=False))
    assert len(found) <= 5


def test_a_build_takes_outlines_along_and_remarks_on_unknown_areas(tmp_path):
    folder = make_instance(tmp_path / "instance")
    written(folder / "data", feature("n1"), feature("nowhere"), attribution="Someone")
    with duckdb.connect(str(build(folder, as_of=AS_OF).publication.path)) as release:
        shapes = release.execute("select area_code, credit from shapes").fetchall()
        told = release.execute(
            "select severity, file, message_fi from checks where expectation = 'outlines_unknown'"
        ).fetchall()

    assert shapes == [("n1", "Someone")]
    (row,) = told
    assert row[:2] == ("warning", "areas.geojson")
    assert "nowhere" in row[2]


def test_faulty_outlines_stop_no_numbers_and_stand_in_the_list_of_faults(tmp_path):
    folder = make_instance(tmp_path / "instance")
    written(folder / "data", feature(kind="Point", coordinates=[1, 2]))
    outcome = build(folder, as_of=AS_OF)
    with duckdb.connect(str(outcome.publication.path)) as release:
        shapes = release.execute("from shapes").fetchall()
        told = release.execute("select expectation, success from checks where not success")

        assert ("outlines_geometry", False) in told.fetchall()
    assert outcome.publication.cells > 0
    assert shapes == []
    assert [one.key for one in check_instance(folder)] == ["outlines_geometry"]
