"""Logging in by OpenID Connect: Streamlit's own routes, and the way back to what was asked for.

`login?to=<page and query>` does what `st.login` does, as a plain link, and keeps the address in a
short-lived cookie until the provider has sent the reader back.
"""

import re
from pathlib import Path
from urllib.parse import quote, unquote

from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.auth_util import (
    encode_provider_token,
    get_secrets_auth_section,
    validate_auth_credentials,
)
from streamlit.errors import StreamlitAuthError

from tilannehuone.texts import DEFAULT_LANGUAGE, LANGUAGES, text
from tilannehuone.ui.person import SESSIONS, login_of

BACK = "tilannehuone_back"
BACK_SECONDS = 600
WITHIN = re.compile(r"[a-z0-9_-]*(\?[^\\\s#]{0,2000})?")
"""A page beside ours and its query: no host, no other folder."""

SECRETS = Path(".streamlit") / "secrets.toml"


def use_secrets_of(folder: Path) -> None:
    """Let Streamlit read an instance's own secrets as well, after those of its usual places."""
    own, files = str(folder.resolve() / SECRETS), list(config.get_option("secrets.files"))
    if Path(own).is_file() and own not in files:
        config.set_option("secrets.files", [*files, own])


def login(request: Request) -> Response:
    """Send the reader to the provider, or say in one line that none can be reached."""
    try:
        provider = _provider()
        validate_auth_credentials(provider)
    except StreamlitAuthError:
        return failed(language_of(request))
    query = f"provider={encode_provider_token(provider)}&lang={language_of(request)}"
    answer = RedirectResponse(f"auth/login?{query}", status_code=303)
    to = request.query_params.get("to", "")
    if WITHIN.fullmatch(to):
        answer.set_cookie(BACK, quote(to), BACK_SECONDS, httponly=True, samesite="lax")
    return answer


def way_back(request: HTTPConnection) -> Response | None:
    """Return the answer that leads a reader who has come back to what they asked for first."""
    to = unquote(request.cookies.get(BACK, ""))
    if not to or not WITHIN.fullmatch(to) or login_of(request.cookies) is None:
        return None
    answer = RedirectResponse(f"./{to}", status_code=303)
    answer.delete_cookie(BACK)
    return answer


def end_session(request: HTTPConnection) -> None:
    """End the session of a reader who leaves: a copy of the cookie opens nothing any more."""
    left = login_of(request.cookies)
    if left is not None:
        SESSIONS.end(left.key, left.began)


def failed(lang: str) -> Response:
    """Return one line in the reader's language: the provider cannot be reached."""
    return PlainTextResponse(text("access.login_failed", lang), status_code=502)


def language_of(request: HTTPConnection) -> str:
    """Return the language of the address, else Finnish."""
    asked = request.query_params.get("lang")
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def _provider() -> str:
    """Return the provider's name: of `[auth]` itself, else of the first section below it."""
    auth = get_secrets_auth_section()
    if "client_id" in auth:
        return "default"
    return next((name for name, one in auth.items() if hasattr(one, "keys")), "default")


ROUTES = [Route("/login", login)]
