"""Links to what a meeting leaves behind; nothing is made before one is asked for."""

from html import escape
from urllib.parse import urlencode

from tilannehuone.meeting.objects import Meeting
from tilannehuone.texts import text
from tilannehuone.ui.frame import Page

FILES = (
    ("minutes.docx", "link_docx"),
    ("minutes.html", "link_html"),
    ("minutes.md", "link_md"),
    ("minutes.txt", "link_txt"),
    ("promises.ics", "link_ics"),
    ("promises.csv", "link_csv"),
    ("network.html", "link_network_html"),
    ("network.pptx", "link_network_pptx"),
)
"""Each file and its name, in the order in which they are wanted after a meeting."""


def minutes_links_html(page: Page, meeting: Meeting) -> str:
    """Return links to all files of a meeting, each named by what it is for."""
    asked = escape(urlencode({"lang": page.lang, "meeting": meeting.id}))
    links = "".join(
        f'<li><a href="export/{file}?{asked}" download>'
        f"{escape(text(f'minutes.{name}', page.lang))}</a></li>"
        for file, name in FILES
    )
    title = escape(text("minutes.links", page.lang))
    return (
        f'<nav class="th-files" aria-label="{title}" lang="{page.lang}">'
        f"<span>{title}</span><ul>{links}</ul></nav>"
    )
