"""Every text a reader sees, in Finnish, Swedish and English; numbers and dates as each writes.

`texts/<lang>/<subject>.yaml` holds the texts of one subject; a key is `<subject>.<name>`. A large
subject may stand in several files, `<subject>_<part>.yaml`.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("fi", "sv", "en")
DEFAULT_LANGUAGE = "fi"

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Written in C: every process reads the whole catalogue, which takes a second in Python."""


@cache
def catalogue(lang: str) -> dict[str, str]:
    """Return all texts of one language, key to template."""
    found: dict[str, str] = {}
    for path in sorted((Path(__file__).parent / lang).glob("*.yaml")):
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER) or {}
        subject = path.stem.partition("_")[0]
        found.update({f"{subject}.{key}": str(value) for key, value in entries.items()})
    return found


def text(key: str, lang: str, /, **values: Any) -> str:
    """Return the text `key` in `lang` with `{name}` places filled in.

    Raises KeyError for a key that no catalogue holds: a missing text is a bug, never a blank.
    """
    return catalogue(lang)[key].format(**values)
