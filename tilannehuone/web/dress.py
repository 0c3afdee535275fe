"""The page's shell as a reader gets it: language, title, words, look and script are our own."""

import json
from functools import cache
from pathlib import Path

from tilannehuone import ui
from tilannehuone.texts import catalogue, text

LOOK, SCRIPTS = (Path(ui.__file__).with_name(one) for one in ("look", "scripts"))


def dressed(body: bytes, lang: str) -> bytes:
    """Return the shell's HTML with the reader's language, our title, our words and our look.

    The look is there before the first element is drawn, so nothing moves as the page comes.
    """
    for found, wanted in (
        ('<html lang="en">', f'<html lang="{lang}">'),
        ("<title>Streamlit</title>", f"<title>{text('frame.product', lang)}</title>"),
        ("You need to enable JavaScript to run this app.", text("frame.no_script", lang)),
        ("</head>", f"<style>{_gathered(LOOK)}</style><script>{_script(lang)}</script></head>"),
    ):
        body = body.replace(found.encode(), wanted.encode())
    return body


@cache
def _gathered(folder: Path) -> str:
    """Return all files of a folder as one text, in the order of their names."""
    return "\n".join(one.read_text(encoding="utf-8") for one in sorted(folder.iterdir()))


@cache
def _script(lang: str) -> str:
    """Return the room's script after the words it needs, in the reader's language."""
    prefix = "room."
    words = {
        key.removeprefix(prefix): one
        for key, one in catalogue(lang).items()
        if key.startswith(prefix)
    }
    told = json.dumps({"lang": lang, "words": words}, ensure_ascii=False).replace("<", "\\u003c")
    return f"window.room = {told};\n{_gathered(SCRIPTS)}"
