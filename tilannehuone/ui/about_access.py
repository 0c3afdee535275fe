"""The accessibility statement: what is so, what remains and why, how it was tried, whom to tell."""

from collections.abc import Mapping
from datetime import date
from html import escape

from tilannehuone.texts.format import day
from tilannehuone.ui.frame import Page

WRITTEN = date(2026, 11, 23)
"""The day of the statement: changed with its texts."""

PARTS = {
    "done": ("words", "keyboard", "charts", "tables", "size", "files"),
    "remains": ("framework", "points", "readers"),
    "tested": ("axe", "hands", "contrast"),
}
"""The lists of the statement, each under its own heading."""


def statement_html(page: Page) -> str:
    """Return the statement as a section with headings of its own."""
    parts = "".join(_part(page, name, keys) for name, keys in PARTS.items())
    intro = page.text("access_intro", day=day(WRITTEN, page.lang))
    feedback = page.text("access_feedback", contact=contact(page))
    return (
        f'<section class="th-section" id="access" lang="{page.lang}">'
        f"<h2>{escape(page.text('access'))}</h2><p>{escape(intro)}</p>"
        f"<p><b>{escape(page.text('access_status'))}</b></p>{parts}"
        f"<h3>{escape(page.text('access_contact'))}</h3><p>{escape(feedback)}</p>"
        f"<p>{escape(page.text('access_law'))}</p></section>"
    )


def contact(page: Page) -> str:
    """Return whom to tell, as the instance declares it; else that nobody is named yet."""
    about = page.facts["instance"]
    told = about.get("contact") or about.get("owner")
    if isinstance(told, Mapping):
        told = told.get(page.lang)
    return str(told) if told else page.text("access_nobody")


def _part(page: Page, name: str, keys: tuple[str, ...]) -> str:
    points = "".join(f"<li>{escape(page.text(f'access_{name}_{one}'))}</li>" for one in keys)
    return f"<h3>{escape(page.text(f'access_{name}'))}</h3><ul>{points}</ul>"
