"""A browser's requests to the routes of a meeting, and a meeting that is open."""

import secrets
from datetime import date, timedelta

import anyio
import httpx
import pytest
from starlette.applications import Starlette

from tilannehuone.meeting.book import Writer, add, one
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.meeting.objects import Meeting
from tilannehuone.web import meeting, writing

SCRIBE = Writer("kirjuri", "scribe")
OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def book(instance, tmp_path, monkeypatch):
    """Give an empty book beside the instance's releases."""
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(instance))
    monkeypatch.setenv("TILANNEHUONE_DATABASE", f"sqlite:///{tmp_path}/meetings.sqlite")
    opened = open_book(address_of(instance))
    yield opened
    opened.engine.dispose()


class Client:
    """Asks the routes as a browser does."""

    transport = httpx.ASGITransport(Starlette(routes=[*writing.ROUTES, *meeting.ROUTES]))

    def _ask(self, method, path, **more):
        async def asked():
            address = "http://testserver"
            async with httpx.AsyncClient(transport=self.transport, base_url=address) as browser:
                return await browser.request(method, path, **more)

        return anyio.run(asked)

    def get(self, path, **more):
        return self._ask("GET", path, **more)

    def post(self, path, **more):
        return self._ask("POST", path, **more)


@pytest.fixture
def client():
    return Client()


@pytest.fixture
def held(book, client):
    """Give a meeting that has been opened over HTTP."""
    today = date.today()
    planned = add(
        book,
        Meeting(area_code="kaakkuri", day=today, next_day=today + timedelta(days=28)),
        SCRIBE,
    )
    answer = client.post("/meeting/open", json={"meeting": planned.id}, headers=OURS)
    assert answer.status_code == 200, answer.text
    return one(book, Meeting, planned.id)


@pytest.fixture
def write(client):
    def sent(kind, values, headers=OURS, **more):
        body = {"kind": kind, "values": values, "request_id": secrets.token_hex(8)} | more
        return client.post("/meeting/write?lang=fi", json=body, headers=headers)

    return sent
