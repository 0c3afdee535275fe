"""The note that lies beside the extracts: that all is invented, and which files are ours."""

import re
from pathlib import Path

SYNTHETIC = "SYNTEETTINEN ESIMERKKIAINEISTO - ei todellisia lukuja eikä henkilöitä"
NAME = "README.md"

TEXT = f"""# {SYNTHETIC}

Nämä tiedostot on tehty komennolla `tilannehuone demo`. Luvut on arvottu, tunnukset keksitty:
yksikään rivi ei kuvaa todellista lasta, perhettä tai työntekijää.

SYNTETISKT EXEMPELMATERIAL. Siffrorna är slumpade och koderna påhittade.

SYNTHETIC EXAMPLE DATA. The figures are random, the codes invented; no row describes a person.

The next run replaces these files:

"""


def write_readme(folder: Path, names: list[str]) -> None:
    """Write the note with the list of the files that were made."""
    listed = "".join(f"- `{name}`\n" for name in sorted(names))
    (folder / NAME).write_text(TEXT + listed, encoding="utf-8")


def forget_earlier(folder: Path) -> None:
    """Remove the files that an earlier note of ours lists; no other file is touched."""
    note = folder / NAME
    if not note.is_file():
        return
    text = note.read_text(encoding="utf-8")
    if not text.startswith(f"# {SYNTHETIC}"):
        return
    for name in re.findall(r"^- `([^`/\\]+)`$", text, flags=re.MULTILINE):
        (folder / name).unlink(missing_ok=True)
