"""A made instance that asks for a login, with a real provider beside it, both on this machine."""

import secrets
import shutil
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

from provider import CLIENT, PEOPLE
from serving import ROOT, free_ports, process, wait_for

COOKIE_SECRET = secrets.token_hex(32)
ACCESS = f"""
session: {{idle_minutes: 30, absolute_minutes: 60}}
people:
  - {{email: {PEOPLE["member"]}, role: member, areas: tuira}}
"""
SECRETS = """
[auth]
redirect_uri = "{room}/oauth2callback"
cookie_secret = "{secret}"
client_id = "{id}"
client_secret = "{client_secret}"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@contextmanager
def locked_room(folder):
    """Serve an instance in `folder` behind a login; give its address."""
    sys.path.insert(0, str(ROOT / "tests" / "pages"))
    import made_release

    made_release.write_instance(folder)
    shutil.copy(ROOT / "data" / "areas.csv", folder / "data" / "areas.csv")
    (folder / "data" / "access.yaml").write_text(ACCESS, encoding="utf-8")
    ports = free_ports(2)
    room, provider = (f"http://127.0.0.1:{port}" for port in ports)
    told = {"room": room, "provider": provider, "secret": COOKIE_SECRET, "id": CLIENT["id"]}
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(
        SECRETS.format(client_secret=CLIENT["secret"], **told), encoding="utf-8"
    )
    provides = [str(Path(__file__).with_name("provider.py")), str(ports[1])]
    serves = ["-m", "streamlit", "run", "app.py", "--server.port", str(ports[0])]
    with ExitStack() as running:
        running.enter_context(process([*provides, f"{room}/oauth2callback"]))
        running.enter_context(process(serves, TILANNEHUONE_INSTANCE=str(folder)))
        wait_for(f"{provider}/.well-known/openid-configuration")
        wait_for(f"{room}/healthz")
        yield room
