"""The outlines of areas (`data/areas.geojson`, optional), as paths that a map is drawn from.

Areas of one type share a box that is 1000 wide, with north up; they are simplified until all of
them together are small. A file that cannot be used gives no outlines and says why: numbers never
wait for a map.
"""

import json
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tilannehuone.errors import Fault
from tilannehuone.outline_paths import Ring, paths_of

FILE = "areas.geojson"
CODE = "area_code"
"""The property of a feature that names its area."""

FEWEST_POINTS = 4
"""Of a ring, the last being the first again."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """What was read: the path of each area, and whose outlines they are (to be named on a map).

    `faults` say why the file could not be used; with any there are no paths. `unknown` are faults
    of single features that name no area of the instance: the others are used.
    """

    paths: Mapping[str, str] = field(default_factory=dict)
    credit: str = ""
    faults: tuple[Fault, ...] = ()
    unknown: tuple[Fault, ...] = ()


def read_outlines(path: Path, area_types: Mapping[str, str]) -> Outlines:
    """Return the outlines in a GeoJSON file; none, and no fault, where there is no such file.

    Parameters
    ----------
    path
        A FeatureCollection of polygons with the property `area_code`, in degrees or in any plane
        coordinates. Several features may be parts of one area.
    area_types
        The type of every area of the instance by its code.
    """
    if not path.is_file():
        return Outlines()
    try:
        whole = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        return Outlines(faults=(Fault("outlines_json", {}, str(path), error.lineno, error.colno),))
    except (UnicodeDecodeError, OSError):
        return Outlines(faults=(Fault("outlines_json", {}, str(path)),))
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or whole.get("type") != "FeatureCollection":
        return Outlines(faults=(Fault("outlines_collection", {}, str(path)),))
    rings: dict[str, list[Ring]] = {}
    unknown = []
    for number, feature in enumerate(features, start=1):
        fault = _fault(feature)
        if fault is not None:
            return Outlines(faults=(Fault(fault, {"feature": number}, str(path)),))
        code = str(feature["properties"][CODE])
        if code in area_types:
            rings.setdefault(code, []).extend(_rings(feature["geometry"]))
        else:
            told = {"feature": number, "area": code}
            unknown.append(Fault("outlines_unknown", told, str(path)))
    credit = whole.get("attribution")
    told_by = credit if isinstance(credit, str) else ""
    return Outlines(paths_of(rings, area_types), told_by, unknown=tuple(unknown))


def _fault(feature: Any) -> str | None:
    """Return what is wrong with a feature, None where nothing is."""
    if not isinstance(feature, dict):
        return "outlines_feature"
    properties, geometry = feature.get("properties"), feature.get("geometry")
    if not isinstance(properties, dict) or not isinstance(properties.get(CODE), str | int):
        return "outlines_code"
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        return "outlines_geometry"
    try:
        rings = list(_rings(geometry))
    except (TypeError, ValueError, KeyError, OverflowError):
        return "outlines_coordinates"
    return None if rings and all(_is_ring(one) for one in rings) else "outlines_coordinates"


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    """Yield all rings of a polygon or of several, holes among them."""
    many = geometry["coordinates"]
    for polygon in [many] if geometry["type"] == "Polygon" else many:
        for ring in polygon:
            yield _points(ring)


def _points(ring: Collection[Any]) -> Ring:
    """Return a ring's points; a height above the sea, if there is one, is left out."""
    found: NDArray[np.float64] = np.array([[one[0], one[1]] for one in ring], dtype=np.float64)
    return found.reshape(-1, 2)


def _is_ring(points: Ring) -> bool:
    return len(points) >= FEWEST_POINTS and math.isfinite(float(np.abs(points).sum()))
