"""A made instance with a login and people of every role, and requests sent as one of them."""

import asyncio
import importlib.util
import json
import shutil
import time
from pathlib import Path

import httpx
import made_release
from itsdangerous import URLSafeTimedSerializer
from starlette.applications import Starlette
from starlette.middleware import Middleware
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from tilannehuone.access import RIGHTS

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "http://room.test"
SECRET = "a secret of the tests that is long enough"  # noqa: S105
OWN, ABOVE = "yli_ii", ("564", "pohde", "FI")
FOREIGN = {"tuira": "Tuira", "kiiminki_jaali": "Kiiminki", "072": "Hailuoto"}
"""Areas nobody here may see, and what their names begin with. Events are named after Kaakkuri."""

EVERYTHING, PAIR = "chief", "pair"
"""Somebody who may see all areas, and somebody with a role in each of two of them."""

OTHER = "kiiminki_jaali"
SECRETS = f"""
[auth]
redirect_uri = "{ADDRESS}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "room"
client_secret = "none"
server_metadata_url = "{ADDRESS}/none"
"""


def write_locked(folder: Path) -> Path:
    """Write an instance in which each role has one person, all of them in one area only."""
    made_release.write_instance(folder)
    return lock(folder)


def lock(folder: Path) -> Path:
    """Write a login and the people of every role into the folder of a made instance."""
    shutil.copy(ROOT / "data" / "areas.csv", folder / "data" / "areas.csv")
    rules = [f"  - {{email: {role}@example.org, role: {role}, areas: {OWN}}}" for role in RIGHTS]
    rules.append(f"  - {{email: {EVERYTHING}@example.org, role: viewer, areas: all}}")
    rules.append(f"  - {{email: {PAIR}@example.org, role: viewer, areas: {OWN}}}")
    rules.append(f"  - {{email: {PAIR}@example.org, role: chair, areas: [{OTHER}]}}")
    told = "\n".join(["people:", *rules])
    (folder / "data" / "access.yaml").write_text(told, encoding="utf-8")
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(SECRETS, encoding="utf-8")
    return folder


def cookie_of(name: str, secret: str = SECRET, age: float = 0, **claims: object) -> dict[str, str]:
    """Return the cookie of somebody who logged in some seconds ago, as Streamlit signs it."""
    told = {"email": f"{name}@example.org", "name": name, "origin": ADDRESS, "is_logged_in": True}
    serializer = URLSafeTimedSerializer(secret, salt=USER_COOKIE_NAME)
    signer = serializer.make_signer(USER_COOKIE_NAME)
    signer.get_timestamp = lambda: int(time.time() - age)
    payload = serializer.dump_payload(json.dumps(told | claims))
    return {USER_COOKIE_NAME: signer.sign(payload).decode()}


def the_app():
    """Return the module `app.py`: its routes and pages are what is tried."""
    told = importlib.util.spec_from_file_location("the_app", ROOT / "app.py")
    module = importlib.util.module_from_spec(told)
    told.loader.exec_module(module)
    return module


class Client:
    """Sends requests through the gate, with cookies, and follows no redirection."""

    def __init__(self, routes, gate, cookies=None):
        self.app = Starlette(routes=routes, middleware=[Middleware(gate, routes=routes)])
        self.cookies = cookies

    def request(self, method, address, **more):
        return asyncio.run(self._sent(method, address, more))

    def get(self, address, **more):
        return self.request("GET", address, **more)

    def post(self, address, **more):
        return self.request("POST", address, **more)

    async def _sent(self, method, address, more):
        through = httpx.ASGITransport(self.app)
        told = {"transport": through, "base_url": ADDRESS, "cookies": self.cookies}
        async with httpx.AsyncClient(**told) as client:
            return await client.request(method, address, **more)
