"""The pieces every slide of the shared screen is made of: title, message, small print."""

from collections.abc import Iterable
from html import escape

from tilannehuone.texts import text
from tilannehuone.ui.frame import Page
from tilannehuone.ui.markup import icon_html, tone


def head(title: str, where: str) -> str:
    """Return what is looked at, and where."""
    return f'<h1>{escape(title)} <span class="where">{escape(where)}</span></h1>'


def said(icon: str, words: str) -> str:
    """Return the one message, with the finding's icon before it where it has one."""
    mark = f'<span class="{tone(icon)}">{icon_html(icon)}</span>' if icon else ""
    return f'<div class="th-said">{mark}<p>{escape(words)}</p></div>'


def more(words: str) -> str:
    """Return a line that bears on the message; nothing for no words."""
    return f'<p class="th-more">{escape(words)}</p>' if words else ""


def vouched(page: Page, lines: Iterable[str]) -> str:
    """Return the quiet foot: what vouches for the figures, and the release they are of."""
    release = text("room.release", page.lang, id=page.facts["release_id"])
    told = " · ".join(escape(one) for one in (*lines, release) if one)
    return f'<p class="th-vouch">{told}</p>'
