"""The door: only a cookie of this server counts, and what is not declared stays shut."""

import pytest
from locked import OWN, SECRETS, Client, cookie_of, the_app, write_locked
from opened import open_page, words_of
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from tilannehuone.web.gate import Gate
from tilannehuone.web.login import BACK

APP = the_app()
ADDRESS = f"/export/overview.csv?area={OWN}"


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    return write_locked(tmp_path_factory.mktemp("locked"))


@pytest.fixture
def serve(locked, monkeypatch, tmp_path):
    """Return a function that serves the instance with the given secrets and access file."""
    files = config.get_option("secrets.files")

    def served(secrets=SECRETS, access=None):
        (tmp_path / "secrets.toml").write_text(secrets, encoding="utf-8")
        config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
        secrets_singleton._reset()
        folder = locked
        if access is not None:
            folder = tmp_path / "instance"
            (folder / "data").mkdir(parents=True)
            for name in ("areas.csv", "releases"):
                (folder / "data" / name).symlink_to(locked / "data" / name)
            if access:
                (folder / "data" / "access.yaml").write_text(access, encoding="utf-8")
        monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(folder))
        return folder

    yield served
    config.set_option("secrets.files", files)
    secrets_singleton._reset()


def sent(cookies, address=ADDRESS, **headers):
    return Client(APP.ROUTES, Gate, cookies).get(address, headers=headers)


def test_a_login_of_this_server_opens_what_is_declared(serve):
    serve()

    assert sent(cookie_of("viewer")).status_code == 200


@pytest.mark.parametrize(
    "cookies",
    [
        None,
        cookie_of("viewer", secret="another secret that is long enough"),
        cookie_of("viewer", origin="http://elsewhere.test"),
        cookie_of("viewer", is_logged_in=False),
        {"_streamlit_user": '{"email": "viewer@example.org", "is_logged_in": true}'},
    ],
    ids=["none", "other secret", "other origin", "not logged in", "unsigned"],
)
def test_no_other_cookie_opens_anything(serve, cookies):
    serve()

    assert sent(cookies).status_code == 401


@pytest.mark.parametrize("header", ["x-forwarded-user", "x-remote-user", "remote-user", "x-email"])
def test_no_header_is_trusted(serve, header):
    serve()

    assert sent(None, **{header: "viewer@example.org"}).status_code == 401


def test_without_a_cookie_secret_no_cookie_counts(serve):
    serve(secrets=SECRETS.replace("cookie_secret", "no_secret"))

    assert sent(cookie_of("viewer", secret="")).status_code == 401


def test_an_old_login_has_to_be_renewed(serve):
    serve()

    assert sent(cookie_of("viewer", age=59 * 60)).status_code == 200
    assert sent(cookie_of("viewer", age=61 * 60)).status_code == 401


@pytest.mark.parametrize(
    ("secrets", "access", "said"),
    [
        (SECRETS, "", "Kenelläkään ei ole vielä oikeuksia"),
        (SECRETS, "people: [{role: king}]", "Oikeuksia ei voi lukea"),
        ("x = 1", "people: []", "Kirjautumista ei ole otettu käyttöön"),
        (SECRETS, "people: []", "Kirjaudu tilannehuoneeseen"),
    ],
    ids=["nothing declared", "broken", "no login", "nobody"],
)
def test_what_is_not_declared_stays_shut_with_one_clear_page(
    serve, monkeypatch, secrets, access, said
):
    folder = serve(secrets, access)
    app = open_page(monkeypatch, folder, "trend")
    told = words_of("\n".join(one.proto.body for one in app.get("html")))

    assert said in told
    assert not app.get("bidi_component")
    assert sent(cookie_of("viewer")).status_code in (401, 403)


def test_without_declaration_and_login_a_local_demo_is_open(serve):
    serve("x = 1", "")

    assert sent(None).status_code == 200
    assert sent(None, ADDRESS.replace(OWN, "tuira")).status_code == 200


def test_the_way_to_the_provider_keeps_the_address_asked_for(serve):
    serve()
    answer = sent(None, "/login?to=trend%3Farea%3Dyli_ii")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("auth/login?provider=")
    assert answer.cookies[BACK] == "trend%3Farea%3Dyli_ii"


@pytest.mark.parametrize(
    "to", ["https://else.test", "//else.test", "/\\else.test", "a/../../b", "javascript:x", "a\nb"]
)
def test_the_way_back_leads_nowhere_else(serve, to):
    serve()
    forged = cookie_of("viewer") | {BACK: to.replace("\n", "%0A")}

    assert BACK not in sent(None, f"/login?to={to}".replace("\n", "%0A")).cookies
    assert sent(forged, "/").status_code == 404  # as any page: nothing leads away


def test_who_has_come_back_is_led_to_what_they_asked_for(serve):
    serve()
    answer = sent(cookie_of("viewer") | {BACK: "trend%3Farea%3Dyli_ii"}, "/")

    assert (answer.status_code, answer.headers["location"]) == (303, "./trend?area=yli_ii")
    assert sent({BACK: "trend"}, "/").status_code == 404


def test_health_is_told_to_anybody(serve):
    serve()

    assert sent(None, "/healthz").status_code == 200
    assert sent(None, "/readyz").status_code == 200
