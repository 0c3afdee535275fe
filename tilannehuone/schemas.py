"""JSON Schemas of the declarations, for editors: made from the models, so they cannot differ.

`python -m tilannehuone.schemas` writes them anew into docs/schema/; a test fails on a stale one.
"""

import json
from pathlib import Path

from pydantic import BaseModel

from tilannehuone.events import Events
from tilannehuone.network_declared import Network
from tilannehuone.notices_declared import Notices
from tilannehuone.registry import Registry
from tilannehuone.sources import Sources

MODELS: dict[str, type[BaseModel]] = {
    "indicators": Registry,
    "sources": Sources,
    "events": Events,
    "network": Network,
    "notices": Notices,
}
FOLDER = Path(__file__).resolve().parents[1] / "docs" / "schema"


def schema_texts() -> dict[str, str]:
    """Return the text of each schema file by its file name."""
    return {
        f"{name}.schema.json": json.dumps(model.model_json_schema(), indent=1, ensure_ascii=False)
        + "\n"
        for name, model in MODELS.items()
    }


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in schema_texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
