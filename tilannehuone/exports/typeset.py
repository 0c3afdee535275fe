"""Typst sets our templates: a PDF that a screen reader can follow, and pictures.

What is set comes in as data, never as part of the template: no text of a declaration can become
markup, whatever signs it holds. Fonts come with a package, so a file looks the same wherever it
is made.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import font_source_sans_pro
import typst

HERE = Path(__file__).parent
ACCESSIBLE = ["ua-1"]
"""PDF/UA-1: typst refuses to write a file without a title, or a picture without words for it."""


def pdf(template: str, data: Mapping[str, Any], made: datetime) -> bytes:
    """Return the PDF of `template` (a file beside this one) for `data`, dated `made`."""
    return _set(template, data, made, "pdf", pdf_standards=ACCESSIBLE)


def png(template: str, data: Mapping[str, Any], made: datetime, dots_per_point: float) -> bytes:
    """Return the first page of `template` as a PNG."""
    return _set(template, data, made, "png", ppi=72 * dots_per_point)


def _set(
    template: str, data: Mapping[str, Any], made: datetime, form: Literal["pdf", "png"], **how: Any
) -> bytes:
    found = typst.compile(
        (HERE / template).read_bytes(),
        root=HERE,
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(made.replace(tzinfo=UTC).timestamp()),
        format=form,
        **how,
    )
    return found if isinstance(found, bytes) else b"".join(found or ())


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[font_source_sans_pro.font_directory])
