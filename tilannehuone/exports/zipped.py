"""Office files are zip archives, whose members bear the clock's time unless told otherwise."""

import io
import zipfile

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip archive can tell; what the file is of stands in its properties."""


def undated(archive: bytes) -> bytes:
    """Return the archive with every member dated alike, so that equal contents are equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.infolist():
            member = zipfile.ZipInfo(one.filename, FIRST_DAY)
            new.writestr(member, old.read(one), zipfile.ZIP_DEFLATED)
    return out.getvalue()
