"""Who is asking: from the signed cookie of the login, and nothing else that a browser sends."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st
from itsdangerous import BadSignature, URLSafeTimedSerializer
from streamlit.auth_util import (
    get_cookie_with_chunks,
    get_origin_from_redirect_uri,
    get_secrets_auth_section,
)
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from tilannehuone.access import LOCAL, Person
from tilannehuone.access_declared import Session, read_access
from tilannehuone.errors import AccessDenied, Fault, RegistryError
from tilannehuone.instance import served_folder
from tilannehuone.sessions import Limits, Sessions

SESSIONS = Sessions()

_asking: ContextVar[Mapping[str, str] | None] = ContextVar("asking", default=None)


@dataclass(frozen=True, slots=True)
class Login:
    """A login as its signed cookie tells it: the claims, since when, and the session's key."""

    claims: Mapping[str, Any]
    began: float
    key: str


def person() -> Person:
    """Return who is asking: by the route that is being answered, else by the page that is run.

    Raises
    ------
    AccessDenied
        Nobody is logged in, the session has ended, no rule names this person, or the operator has
        not declared who may see anything. The fault's key says which.
    """
    return who(served_folder(), _cookies())


@contextmanager
def asked_with(cookies: Mapping[str, str]) -> Iterator[None]:
    """Let `person` judge by the cookies of a request, as long as it is being answered."""
    token = _asking.set(cookies)
    try:
        yield
    finally:
        _asking.reset(token)


def who(folder: Path, cookies: Mapping[str, str]) -> Person:
    """Return the person these cookies belong to; raise AccessDenied as `person` says."""
    try:
        access = read_access(folder)
    except RegistryError:
        raise _denied("access_broken") from None
    has_login = bool(get_secrets_auth_section())
    if access is None and not has_login:
        return LOCAL
    if access is None:
        raise _denied("access_undeclared")
    if not has_login:
        raise _denied("access_no_login")
    login = login_of(cookies)
    if login is None:
        raise _denied("access_login")
    if not SESSIONS.use(login.key, login.began, time.time(), _limits(access.session)):
        raise _denied("access_expired")
    found = access.person(login.claims)
    if found is None:
        raise _denied("access_nobody")
    return found


def login_of(cookies: Mapping[str, str]) -> Login | None:
    """Return the login that the cookies prove; None where they prove none.

    The signature is the server's own, and the origin the one that logins are configured for.
    """
    secret, times = get_cookie_secret(), []

    def opened(name: str) -> bytes | None:
        signed = cookies.get(name)
        if not signed or not secret:
            return None
        try:
            told, when = URLSafeTimedSerializer(secret, salt=name).loads(
                signed, return_timestamp=True
            )
        except BadSignature:
            return None
        times.append(_seconds(when))
        return str(told).encode()

    body = get_cookie_with_chunks(opened, USER_COOKIE_NAME)
    claims = _parsed(body)
    if not claims.get("is_logged_in") or claims.get("origin") != get_origin_from_redirect_uri():
        return None
    key = sha256(cookies[USER_COOKIE_NAME].encode()).hexdigest()
    return Login(claims, min(times), key)


def _cookies() -> Mapping[str, str]:
    """Return the cookies of the request or the page's connection; none where there is neither."""
    asked = _asking.get()
    if asked is not None:
        return asked
    return {} if get_script_run_ctx(suppress_warning=True) is None else st.context.cookies


def _parsed(body: bytes | None) -> Mapping[str, Any]:
    try:
        told = json.loads(body or b"{}")
    except json.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}


def _seconds(when: datetime) -> float:
    return when.timestamp()


def _limits(session: Session) -> Limits:
    return Limits(session.idle_minutes * 60.0, session.absolute_minutes * 60.0)


def _denied(key: str) -> AccessDenied:
    return AccessDenied(Fault(key))
