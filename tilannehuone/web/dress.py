"""The page's shell as a reader gets it: language, title, words, look and script are our own."""

import json
import re
from functools import cache
from pathlib import Path

import streamlit

from tilannehuone import ui
from tilannehuone.texts import catalogue, text

PARTS = ("Html", "purify.es", "Selectbox", "BidiComponent")
"""The framework's scripts that each of our pages needs: fetched at once, not as each is met."""

IMPORTED = re.compile(r"""(?:from|import)["'`]\./([\w.-]+\.js)["'`]""")

ROOT = 'window.__streamlit = { BACKEND_BASE_URL: new URL("./", window.location.href).href };'
"""Where the server is: all pages lie beside each other, so nothing has to be tried."""

LOOK, SCRIPTS = (Path(ui.__file__).with_name(one) for one in ("look", "scripts"))


def dressed(body: bytes, lang: str) -> bytes:
    """Return the shell's HTML with the reader's language, our title, our words and our look.

    The look is there before the first element is drawn, so nothing moves as the page comes.
    """
    soon = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{one}">'
        for one in _needed()
        if one.encode() not in body
    )
    head = f"{soon}<style>{_gathered(LOOK)}</style><script>{_script(lang)}</script></head>"
    for found, wanted in (
        ('<html lang="en">', f'<html lang="{lang}">'),
        ("<title>Streamlit</title>", f"<title>{text('frame.product', lang)}</title>"),
        ("You need to enable JavaScript to run this app.", text("frame.no_script", lang)),
        ("</head>", head),
    ):
        body = body.replace(found.encode(), wanted.encode())
    return body


@cache
def _gathered(folder: Path) -> str:
    """Return all files of a folder as one text, in the order of their names."""
    return "\n".join(one.read_text(encoding="utf-8") for one in sorted(folder.iterdir()))


@cache
def _needed() -> tuple[str, ...]:
    """Return the names of the scripts that `PARTS` are made of, whatever they import included."""
    folder = Path(streamlit.__file__).with_name("static") / "static" / "js"
    waiting = [one.name for part in PARTS for one in sorted(folder.glob(f"{part}.*.js"))]
    found: dict[str, None] = {}
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = None
            waiting += IMPORTED.findall((folder / name).read_text(encoding="utf-8"))
    return tuple(found)


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
    return f"window.room = {told};\n{ROOT}\n{_gathered(SCRIPTS)}"
