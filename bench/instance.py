"""The bench's instance: the demo's child-protection measures over extracts of any size."""

import json
import shutil
from pathlib import Path

from ruamel.yaml import YAML

from pipelines.demo import make_extracts

ROOT = Path(__file__).resolve().parents[1]
SOURCES = {"lastensuojelu", "vaesto"}


def make_instance(folder: Path, events: int, file_format: str) -> None:
    """Make an instance of the seven measures counted from child-protection events."""
    (folder / "data").mkdir(parents=True)
    yaml = YAML(typ="safe")
    registry = yaml.load((ROOT / "indicators.yaml").read_text(encoding="utf-8"))
    registry["indicators"] = [
        one for one in registry["indicators"]
        if {part["from"] for part in (one["numerator"], one.get("denominator")) if part} <= SOURCES
        and one["numerator"]["from"] == "lastensuojelu"
    ]  # fmt: skip
    sources = yaml.load((ROOT / "data/sources.yaml").read_text(encoding="utf-8"))
    sources["sources"] = {name: sources["sources"][name] for name in sorted(SOURCES)}
    for name, content in (("indicators.yaml", registry), ("data/sources.yaml", sources)):
        # JSON is YAML
        (folder / name).write_text(json.dumps(content, default=str), encoding="utf-8")
    (folder / "data/events.yaml").write_text("events: []\n", encoding="utf-8")
    shutil.copy(ROOT / "data/areas.csv", folder / "data")
    make_extracts(
        folder / "data/extracts",
        events=events,
        style="plain",
        file_format=file_format,  # type: ignore[arg-type]
    )
