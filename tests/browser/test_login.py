"""Logging in against a real OpenID Connect provider on this machine, in a real browser."""

import json
import time

import pytest
from itsdangerous import URLSafeTimedSerializer
from locked_room import COOKIE_SECRET, locked_room
from provider import PASSWORD
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

DEEP = "/trend?indicator=cp_notifications_rate&area=tuira&lang=fi"
SETTLED = ".stApp[data-test-script-state=notRunning] .th-languages"
ENTER, DOOR = "a.th-enter", ".th-empty h1"


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    with locked_room(tmp_path_factory.mktemp("locked")) as address:
        yield address


def log_in(tab, room, name, address=DEEP):
    tab.goto(room + address)
    tab.click(ENTER)
    for field, words in (("input[name=login]", name), ("input[type=password]", PASSWORD)):
        tab.fill(field, words)
        tab.press(field, "Enter")
    tab.wait_for_url(f"{room}/**")
    return tab


def said(tab):
    tab.wait_for_selector(DOOR)
    return tab.inner_text(".th-empty")


@pytest.fixture(scope="module")
def visit(chromium, room):
    """Return the address the member came to after logging in, and the cookies they got."""
    context = chromium.new_context(locale="fi-FI")
    tab = log_in(context.new_page(), room, "member")
    tab.wait_for_selector(".th-head h1")
    yield tab.url, context.cookies()
    context.close()


@pytest.fixture
def member(new_tab, visit):
    tab = new_tab()
    tab.context.add_cookies(visit[1])
    return tab


@pytest.mark.parametrize(
    ("lang", "title", "called"),
    [
        ("fi", "Kirjaudu tilannehuoneeseen", "Mittari · Tilannehuone"),
        ("sv", "Logga in i lägesrummet", "Mätare · Lägesrum"),
        ("en", "Log in to the situation room", "Measure · Situation room"),
    ],
)
def test_a_stranger_at_the_door_is_asked_to_log_in_and_sees_no_figure(
    new_tab, room, lang, title, called
):
    tab = new_tab()
    tab.goto(f"{room}/trend?area=tuira&lang={lang}")

    assert title in said(tab)
    assert tab.title() == called
    assert not tab.query_selector(".th-drawing, .th-table, .stSelectbox")


def test_nothing_is_exported_to_who_has_not_logged_in(new_tab, room):
    answer = new_tab().request.get(f"{room}/export/trend.csv?area=tuira")

    assert answer.status == 401
    assert "Kirjaudu" in answer.text()


def test_a_deep_link_is_kept_through_the_login(visit, room):
    assert visit[0].startswith(room + DEEP)


def test_a_member_sees_their_area_and_no_other_in_the_picker(member, room):
    member.goto(room + DEEP)
    member.wait_for_selector(".th-head h1")
    member.locator("[data-testid=stSelectbox] input").nth(1).click()

    assert member.locator("[role=option]").all_inner_texts() == ["Tuira"]
    assert "Member, jäsen" in member.inner_text(".th-person")


@pytest.mark.parametrize("page", ["", "trend", "area", "map", "outlook", "quality"])
def test_another_area_is_refused_by_deep_link(member, room, page):
    member.goto(f"{room}/{page}?area=yli_ii&lang=fi&view=matrix")
    member.wait_for_selector(SETTLED)
    member.wait_for_selector(".th-head h1")

    shown = member.inner_text(".stMain")
    assert "Yli-Ii" not in shown
    if page not in ("map", "quality"):  # these two have no area of their own
        assert "se ei ole sinulle avoinna" in shown


def test_another_area_is_refused_by_export_address(member, room):
    own = member.request.get(f"{room}/export/trend.csv?area=tuira")
    other = member.request.get(f"{room}/export/trend.csv?area=yli_ii")

    assert (own.status, other.status) == (200, 403)
    assert "Yli-Ii" not in own.text() + other.text()


def test_who_logs_out_is_asked_anew_and_a_kept_cookie_opens_nothing(new_tab, room):
    tab = log_in(new_tab(), room, "member")
    tab.wait_for_selector(".th-person a")
    kept = tab.context.cookies()

    tab.click(".th-person a")
    tab.wait_for_load_state()
    tab.goto(room + DEEP)
    assert "Kirjaudu tilannehuoneeseen" in said(tab)

    thief = new_tab()
    thief.context.add_cookies(kept)
    assert thief.request.get(f"{room}/export/trend.csv?area=tuira").status == 401


def test_an_expired_session_asks_to_log_in_anew(new_tab, room, visit):
    tab = new_tab()
    tab.context.add_cookies([aged(one, 61 * 60) for one in visit[1]])
    tab.goto(room + DEEP)

    assert "Istunto on päättynyt" in said(tab)
    assert tab.request.get(f"{room}/export/trend.csv?area=tuira").status == 401


def test_who_is_in_no_rule_gets_one_clear_page_and_no_data(new_tab, room):
    tab = log_in(new_tab(), room, "stranger")

    assert "Sinulla ei ole oikeutta" in said(tab)
    assert tab.request.get(f"{room}/export/overview.csv").status == 403
    assert not tab.query_selector(".th-drawing, .th-table, .stSelectbox")


def aged(cookie, seconds):
    """Return a cookie as if it had been signed some time ago, where it is the login's."""
    if cookie["name"] != USER_COOKIE_NAME:
        return cookie
    serializer = URLSafeTimedSerializer(COOKIE_SECRET, salt=cookie["name"])
    told = serializer.loads(cookie["value"])
    assert json.loads(told)["is_logged_in"]
    signer = serializer.make_signer(cookie["name"])
    signer.get_timestamp = lambda: int(time.time() - seconds)
    value = signer.sign(serializer.dump_payload(told)).decode()
    return {**cookie, "value": value}
