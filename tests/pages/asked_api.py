"""Requests to the interface for other programs, and an instance with two releases."""

import shutil
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import duckdb
from locked import Client

from tilannehuone import store
from tilannehuone.release import current_release, published_releases
from tilannehuone.web.api import ROUTES
from tilannehuone.web.api_vintage import built_at
from tilannehuone.web.gate import Gate

KEY = {"indicator": "cp_notifications_rate", "area": "kaakkuri"}
TABLES = {
    "/releases": {},
    "/indicators": {},
    "/areas": {},
    "/events": {},
    "/cells": {"period_type": "*", "breakdown": "*", "limit": "50000"},
    "/series": KEY,
    "/findings": {"indicator": "cp_notifications_rate", "period_type": "*"},
    "/forecasts": {"limit": "50000"},
    "/comparisons": {"limit": "50000"},
    "/revisions": {"limit": "50000"},
}
"""Every address that answers with a table, and what to ask there to be told the most."""

SINGLE = ("/release", "/indicators/cp_notifications_rate", "/openapi.json")

CHANGED = """update cells set value = value + 1
    where indicator_id = 'cp_notifications_rate' and period_type = 'year' and value is not null"""


def client(cookies=None) -> Client:
    """Return who asks, through the gate as in the app."""
    return Client(ROUTES, Gate, cookies)


def asked(path, who=None, headers=None, **query):
    """Return the answer of a path below /api/v1."""
    return (who or client()).get(f"/api/v1{path}", params=query, headers=headers)


def with_older(origin, folder):
    """Write a copy of an instance with a release of fifty days before; return its id.

    There every yearly figure of the notifications is greater by one.
    """
    shutil.copytree(origin, folder)
    now = current_release(folder / "data" / "releases")
    file = now.with_name(f"{built_at(now) - timedelta(days=50):%Y%m%dT%H%M%SZ}.duckdb")
    shutil.copy(now, file)
    with duckdb.connect(str(file)) as release:
        release.execute(CHANGED)
        release.execute("update release set release_id = ?", [file.stem])
    return file.stem


@contextmanager
def opened_releases(folder):
    """Keep the releases open as a server's pages do: opening one anew takes most time."""
    with ExitStack() as stack:
        for file in published_releases(folder / "data" / "releases"):
            stack.enter_context(store.open_release(file))
        yield
