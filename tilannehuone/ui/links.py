"""Links to the files of what a page shows; nothing is made before one is asked for."""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import urlencode

from tilannehuone.ui.frame import Page

ALL_ENDINGS = ("png", "svg", "xlsx", "csv", "pptx", "pdf", "html")
CURRENT = ' aria-current="true"'
WITHOUT_PICTURE = ("xlsx", "csv", "pptx", "pdf", "html")
WHOLE = ("pptx", "pdf", "html", "xlsx")
"""What holds many views at once."""


def export_links_html(
    page: Page,
    view: str,
    query: Mapping[str, str],
    endings: Sequence[str] = ALL_ENDINGS,
    title: str = "files",
) -> str:
    """Return links to the files of a view, each named by what it is for.

    `query` holds the ids the page was opened with; empty ones are left out. `title` is the key of
    a text that all pages share.
    """
    asked = urlencode({"lang": page.lang} | {key: one for key, one in query.items() if one})
    links = "".join(
        f'<li><a href="export/{view}.{one}?{escape(asked)}" download>'
        f"{escape(page.common(f'file_{one}'))}</a></li>"
        for one in endings
    )
    name = escape(page.common(title))
    return (
        f'<nav class="th-files" aria-label="{name}" lang="{page.lang}">'
        f"<span>{name}</span><ul>{links}</ul></nav>"
    )


def switch_html(label: str, ways: Sequence[tuple[str, str]], current: str) -> str:
    """Return ways to see the same as links side by side, the one in use marked.

    Each of `ways` is its name and an address ready for an attribute; `current` is a name.
    """
    links = "".join(
        f'<a href="{link}" target="_self"{CURRENT if name == current else ""}>{escape(name)}</a>'
        for name, link in ways
    )
    return f'<div class="th-switch" role="group" aria-label="{escape(label)}">{links}</div>'
