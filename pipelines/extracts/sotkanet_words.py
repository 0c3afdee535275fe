"""The words of an indicator of Sotkanet, ready to be put into `indicators.yaml`.

`python -m pipelines.extracts.sotkanet_words FILE`, where FILE is the service's answer to
`rest/1.1/indicators/<id>`, writes the keys `name`, `definition`, `caveats` and `sotkanet_id` of a
measure. They are put there by hand, since somebody has to have read what a measure is said to be.
"""

import re
import sys
from html import unescape
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from pipelines.extracts.json_text import read_json
from tilannehuone.errors import ExtractRejected, Fault
from tilannehuone.personal import find
from tilannehuone.texts import LANGUAGES
from tilannehuone.texts.faults import fault_line

KEYS = {"name": "title", "definition": "description"}
CAVEATS = ("interpretation", "limits", "notices")

TAG = re.compile(r"<[^>]*>")


def measure_words(path: Path) -> dict[str, Any]:
    """Return name, definition, caveats and number of the indicator that a file describes.

    Texts are freed of markup. A language that the service lacks is left out, so that the
    declaration is refused until it is written.

    Raises
    ------
    ExtractRejected
        When the file is no description of an indicator, or holds personal data.
    """
    document = read_json(path)
    if not isinstance(document, dict) or not isinstance(document.get("title"), dict):
        raise ExtractRejected(Fault("load_not_indicator", file=str(path)))
    told: dict[str, Any] = {name: _texts(document.get(key)) for name, key in KEYS.items()}
    caveats = [_texts(document.get(key)) for key in CAVEATS]
    told["caveats"] = [one for one in caveats if one]
    number = str(document.get("id", ""))
    return told | ({"sotkanet_id": int(number)} if number.isdigit() else {})


def _texts(given: Any) -> dict[str, str]:
    if not isinstance(given, dict):
        return {}
    texts = {lang: _plain(given.get(lang)) for lang in LANGUAGES}
    return {lang: one for lang, one in texts.items() if one}


def _plain(text: Any) -> str:
    """Return a text without markup; empty for what is none or names a way to reach somebody."""
    if not isinstance(text, str):
        return ""
    plain = " ".join(unescape(TAG.sub(" ", text)).split())
    if find(plain) is not None:
        raise ExtractRejected(Fault(f"load_{find(plain)}_in_line"))
    return plain


def main(arguments: list[str]) -> int:
    """Write the words of the file named first as YAML; its fault in one line where it has one."""
    path = Path(arguments[0])
    try:
        told = measure_words(path)
    except ExtractRejected as error:
        one = error.faults[0]
        placed = Fault(one.key, one.values, one.file or str(path), one.line, one.column)
        sys.stderr.write(fault_line(placed, "fi") + "\n")
        return 1
    yaml = YAML()
    yaml.width = 10_000
    yaml.dump(told, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
