"""Tilannehuone's entry, in three roles: routes between pages, is the ASGI app, and starts it.

`streamlit run app.py`, `uvicorn app:app` and Streamlit's own reruns all come through here.
"""

import os
from pathlib import Path

import streamlit as st
from streamlit import runtime

from tilannehuone.texts import text
from tilannehuone.ui.frame import chosen_language
from tilannehuone.web import ahead, downloads, shell, slides

ROOT = Path(__file__).parent
PAGES = ("overview", "trend", "area", "map", "outlook", "quality", "about")
"""In the menu's order; a page's file, address and texts share its name."""

os.environ.setdefault("TILANNEHUONE_INSTANCE", str(ROOT))


def route() -> None:
    """Run the page that the address names."""
    lang = chosen_language()
    st.set_page_config(
        page_title=text("frame.product", lang),
        page_icon=str(ROOT / "static" / "icon.svg"),  # a local one: the default asks a foreign host
        layout="wide",
    )
    page = st.navigation(
        [
            st.Page(
                f"pages/{name}.py",
                title=text(f"{name}.menu", lang),
                url_path=name,
                default=name == PAGES[0],
            )
            for name in PAGES
        ],
        position="top",
    )
    page.run()
    shell.keep_warm(page.url_path)


if __name__ == "__main__" and runtime.exists():
    route()
else:
    app = st.App(
        __file__,
        lifespan=shell.lifespan,
        routes=[*shell.ROUTES, *downloads.ROUTES, *slides.ROUTES, *ahead.ROUTES],
        middleware=shell.MIDDLEWARE,
    )
    if __name__ == "__main__":
        app.run()
