"""The kinds of file a view leaves the room as, by the ending of the file's name.

The module that writes a kind is imported when it is first asked for: some stand on large
libraries, and nobody should wait for slides who only looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from tilannehuone.charts.paper import Paper


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file: its media type, and whether several views fit into one.

    `writer` names the module beside this one and its function.
    """

    media_type: str
    writer: tuple[str, str]
    holds_many: bool = True


OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS = {
    "csv": Form("text/csv", ("csv", "paper_bytes"), holds_many=False),
    "html": Form("text/html", ("html", "report")),
    "pdf": Form("application/pdf", ("pdf", "pages")),
    "png": Form("image/png", ("picture", "png_bytes"), holds_many=False),
    "pptx": Form(f"{OFFICE}.presentationml.presentation", ("pptx", "slides")),
    "svg": Form("image/svg+xml", ("picture", "svg_bytes"), holds_many=False),
    "xlsx": Form(f"{OFFICE}.spreadsheetml.sheet", ("xlsx", "book")),
}


def written(papers: Sequence[Paper], ending: str, lang: str) -> bytes:
    """Return the papers as a file; of a kind that holds one view, the first of them.

    Raises KeyError for an ending that is not among `FORMS`, and ValueError without a paper.
    """
    form = FORMS[ending]
    if not papers:
        raise ValueError("there is no view to write")
    module, name = form.writer
    write = getattr(import_module(f"tilannehuone.exports.{module}"), name)
    return bytes(write(papers, lang) if form.holds_many else write(papers[0]))
