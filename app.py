"""Tilannehuone's entry, in three roles: routes between pages, is the ASGI app, and starts it.

`streamlit run app.py`, `uvicorn app:app` and Streamlit's own reruns all come through here.
"""

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit import runtime

from tilannehuone.texts import text
from tilannehuone.ui.frame import browser_title, chosen_language, instance_folder
from tilannehuone.web import (
    ahead,
    api,
    downloads,
    login,
    meeting,
    minutes,
    sealed,
    shell,
    slides,
    writing,
)
from tilannehuone.web.gate import Gate
from tilannehuone.web.page_runs import timed

ROOT = Path(__file__).parent
PAGES = (
    *("overview", "trend", "area", "map", "compare", "outlook", "meeting", "observations"),
    *("research", "quality", "about"),
)
"""In the menu's order; a page's file, address and texts share its name."""

UNLISTED = ("cases", "pack")
"""Pages that others lead to; the menu does not hold them."""

ROUTES = [
    *(
        *shell.ROUTES,
        *login.ROUTES,
        *minutes.ROUTES,
        *downloads.ROUTES,
        *slides.ROUTES,
        *ahead.ROUTES,
    ),
    *(*meeting.ROUTES, *writing.ROUTES, *api.ROUTES, *sealed.ROUTES),
]
"""What is answered beside the pages; `tilannehuone.web.gate` stands before all of them."""

os.environ.setdefault("TILANNEHUONE_INSTANCE", str(ROOT))


def route() -> None:
    """Run the page that the address names."""
    lang = chosen_language()
    page = st.navigation(
        [
            st.Page(
                f"pages/{name}.py",
                title=text(f"{name}.menu", lang),
                url_path=name,
                default=name == PAGES[0],
                visibility="hidden" if name in UNLISTED else "visible",
            )
            for name in (*PAGES, *UNLISTED)
        ],
        position="top",
    )
    st.set_page_config(
        page_title=browser_title(page.title, lang),
        page_icon=str(ROOT / "static" / "icon.svg"),  # a local one: the default asks a foreign host
        layout="wide",
    )
    with timed(page.url_path):
        page.run()
    shell.keep_warm(page.url_path)


if __name__ == "__main__" and runtime.exists():
    route()
else:
    login.use_secrets_of(instance_folder())
    app = st.App(
        __file__,
        lifespan=shell.lifespan,
        routes=ROUTES,
        middleware=[*shell.MIDDLEWARE, Middleware(Gate, routes=ROUTES)],
    )
    if __name__ == "__main__":
        app.run()
