"""A small instance with a practice that began, its release, and those of its synthetic twin."""

import tempfile
from functools import cache
from pathlib import Path

from small_instance import AS_OF, make_instance

from pipelines.run import build
from pipelines.twin.make import make_twin
from tilannehuone.instance import open_instance

EVENTS = """\
events:
  - from: 2024-02-01
    kind: practice
    areas: [n1]
    indicators: [visits_rate]
    text: {fi: Uusi käytäntö, sv: Ny praxis, en: A new practice}
  - from: 2023-11-01
    kind: initiative
    text: {fi: Yhteinen hanke, sv: Gemensamt projekt, en: A joint project}
"""
KEPT = []
"""The folders of the instances, until the tests are over."""


def instance(folder: Path, seed: int = 1) -> Path:
    """Write the small instance with two events into `folder` and return it."""
    make_instance(folder, seed)
    (folder / "data/events.yaml").write_text(EVENTS, encoding="utf-8")
    return folder


@cache
def real():
    """Return the instance's folder and its release."""
    folder = instance(_new() / "real")
    return folder, build(folder, as_of=AS_OF).publication.path


@cache
def twin():
    """Return the twin's folder and its release."""
    folder = _new() / "of"
    make_twin(open_instance(real()[0]), real()[1], folder)
    outcome = build(folder, as_of=AS_OF)
    assert not outcome.refused and not outcome.failed and outcome.quarantine is None
    return folder, outcome.publication.path


def _new():
    KEPT.append(tempfile.TemporaryDirectory())
    return Path(KEPT[-1].name)
