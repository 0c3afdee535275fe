"""Every route, page and read, tried as every role in a foreign area: nothing beyond one's own."""

import ast
import itertools
from datetime import date

import pytest
from locked import EVERYTHING, FOREIGN, OWN, PAIR, Client, cookie_of, the_app, write_locked
from opened import open_page, words_of
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from tilannehuone.access import RIGHTS
from tilannehuone.meeting.agenda import Agenda
from tilannehuone.meeting.book import Writer, add, many
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.meeting.objects import KINDS, Meeting, Promise
from tilannehuone.meeting.writing import RULES
from tilannehuone.web.gate import OPEN, Gate
from tilannehuone.web.views import VIEWS

APP = the_app()
PATHS = [one.path for one in APP.ROUTES]
WRITER = Writer("somebody", "chair")

READS = {
    "/slides": ["/slides?area={area}"],
    "/ahead": ["/ahead?area={area}&indicator=cp_notifications_rate&pick=period&at=0"],
    "/export/{view:str}.{ending:str}": [
        f"/export/{view}.csv?area={{area}}&indicator=cp_notifications_rate&view=matrix"
        for view in VIEWS
    ],
    "/export/minutes.{ending:str}": ["/export/minutes.md?meeting={meeting}"],
    "/export/promises.{ending:str}": ["/export/promises.csv?meeting={meeting}"],
    "/export/network.{ending:str}": ["/export/network.html?meeting={meeting}"],
    "/meeting/slides": ["/meeting/slides?meeting={meeting}"],
    "/meeting/news": ["/meeting/news?meeting={meeting}"],
    "/sealed.zip": ["/sealed.zip?area={area}"],
    "/api/v1": [
        *(
            f"/api/v1/{table}?area={{area}}&indicator=cp_notifications_rate"
            for table in ("cells", "series", "findings")
        ),
        *(f"/api/v1/{table}?area={{area}}" for table in ("forecasts", "comparisons")),
    ],
}
"""Requests that read, by route: of an area, or of a meeting that lies in one."""

WRITES = {
    "/meeting/place": ("write", {"meeting": "{meeting}", "slide": "s", "item": "i"}),
    "/meeting/open": ("hold", {"meeting": "{meeting}"}),
    "/meeting/close": ("hold", {"meeting": "{meeting}"}),
    "/meeting/write": ("by kind", {}),
}
"""Requests that write: the right they need, and their body."""

SAME_SITE = {"sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def locked(tmp_path_factory):
    folder = write_locked(tmp_path_factory.mktemp("locked"))
    files = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(folder / ".streamlit" / "secrets.toml")])
    yield folder
    config.set_option("secrets.files", files)
    secrets_singleton._reset()


@pytest.fixture(autouse=True)
def here(locked, monkeypatch):
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(locked))
    monkeypatch.delenv("TILANNEHUONE_DATABASE", raising=False)


@pytest.fixture(scope="module")
def meetings(locked):
    """Return the ids of an open meeting of one's own area and of each foreign one."""
    book = open_book(address_of(locked))
    day, found = date(2026, 3, 2), {}
    for area in (OWN, *FOREIGN):
        agenda = Agenda(area, day, 60, ()).to_json()
        held = Meeting(area_code=area, day=day, state="open", agenda=agenda)
        found[area] = add(book, held, WRITER).id
    return found


def sent_by(name):
    return Client(APP.ROUTES, Gate, cookie_of(name) if name else None)


def filled(told, area, meetings):
    return told.replace("{area}", area).replace("{meeting}", meetings[area])


def test_every_route_has_a_rule():
    assert set(PATHS) == OPEN | set(READS) | set(WRITES)


@pytest.mark.parametrize("path", sorted(set(PATHS) - OPEN))
def test_no_route_answers_who_has_not_logged_in(path):
    address = path.replace("{view:str}", "overview").replace("{ending:str}", "csv")
    address += "/cells" if path == "/api/v1" else ""
    method = "POST" if path in WRITES else "GET"

    assert sent_by(None).request(method, address).status_code == 401
    assert sent_by("unknown").request(method, address).status_code == 403


@pytest.mark.parametrize("role", sorted(RIGHTS))
@pytest.mark.parametrize("path", sorted(READS))
def test_a_read_of_a_foreign_area_is_refused_to_every_role(path, role, meetings):
    client = sent_by(role)
    for address, area in itertools.product(READS[path], FOREIGN):
        answer = client.get(filled(address, area, meetings))

        assert answer.status_code == 403, address
        assert not [one for one in FOREIGN.values() if one in answer.text]


@pytest.mark.parametrize("path", sorted(set(READS) - {"/sealed.zip"}))
def test_a_read_of_ones_own_area_tells_nothing_of_a_foreign_one(path, meetings):
    client = sent_by("viewer")
    for address in READS[path]:
        answer = client.get(filled(address, OWN, meetings))

        alone = 404 if "/map." in address else 200  # a map needs a second area
        assert answer.status_code == alone, (address, answer.text[:300])
        assert not [one for one in FOREIGN.values() if one in answer.text], address


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_who_has_two_areas_sees_them_beside_each_other_and_no_third(view):
    query = f"area={OWN}&indicator=cp_notifications_rate&view=matrix&type=district&period=year"
    answer = sent_by(PAIR).get(f"/export/{view}.html?{query}")

    assert answer.status_code == 200
    assert "Tuira" not in answer.text.replace("Kaakkurissa ja Tuirassa", "")
    assert ("Kiiminki" in answer.text) == (view in ("map", "overview", "compare", "research"))


def test_who_may_see_everything_is_told_of_the_foreign_ones():
    told = sent_by(EVERYTHING).get(f"/export/map.csv?area={OWN}&type=district&period=year").text

    assert any(one in told for one in FOREIGN.values())


def written_kinds(meeting):
    """Return what each kind of record needs to be written anew, by kind."""
    own = {"meeting_id": meeting}
    promise = own | {"text": "Soitamme perheille", "promiser": "Neuvola"}
    measure = {"indicator_id": "cp_notifications_rate", "period_type": "month"}
    return {
        "success": own | {"text": "Hyvin meni"},
        "promise": promise,
        "interpretation": own | measure | {"judgement": "same"},
        "decision": own | {"course": "continue", "text": "Jatketaan"},
        "feedback": own | {"score": 3},
    }


@pytest.mark.parametrize("role", sorted(RIGHTS))
def test_a_role_writes_what_its_rights_say_and_only_in_its_area(role, meetings, locked):
    book, client = open_book(address_of(locked)), sent_by(role)
    for area, meeting in meetings.items():
        for kind, values in written_kinds(meeting).items():
            before = len(many(book, KINDS[kind]))
            body = {"kind": kind, "values": values, "request_id": f"{role}-{area}-{kind}"}
            answer = client.post("/meeting/write", json=body, headers=SAME_SITE)

            may = area == OWN and RULES[kind].right in RIGHTS[role]
            assert answer.status_code == (200 if may else 403), (kind, area, answer.text)
            assert len(many(book, KINDS[kind])) == before + may


@pytest.mark.parametrize("role", sorted(RIGHTS))
@pytest.mark.parametrize("path", sorted(set(WRITES) - {"/meeting/write"}))
def test_a_foreign_meeting_is_neither_moved_nor_opened_nor_closed(path, role, meetings):
    for area in FOREIGN:
        body = {key: filled(one, area, meetings) for key, one in WRITES[path][1].items()}

        assert sent_by(role).post(path, json=body, headers=SAME_SITE).status_code == 403


@pytest.mark.parametrize("role", [one for one in sorted(RIGHTS) if "hold" not in RIGHTS[one]])
def test_nobody_closes_a_meeting_without_the_right(role, meetings, locked):
    body = {"meeting": meetings[OWN]}

    assert sent_by(role).post("/meeting/close", json=body, headers=SAME_SITE).status_code == 403
    assert many(open_book(address_of(locked)), Meeting, id=meetings[OWN])[0].state == "open"


def test_the_history_of_a_write_carries_name_and_role(meetings, locked):
    values = written_kinds(meetings[OWN])["promise"]
    body = {"kind": "promise", "values": values, "request_id": "who-wrote-it"}
    told = sent_by("chair").post("/meeting/write", json=body, headers=SAME_SITE).json()

    (record,) = many(open_book(address_of(locked)), Promise, id=told["record"]["id"])
    assert record.created_by == "chair"


@pytest.mark.parametrize("name", ["", *APP.PAGES, *APP.UNLISTED])
def test_every_page_opens_with_the_frame_and_shows_a_stranger_nothing(name, locked, monkeypatch):
    page = name or "overview"
    tree = ast.parse((APP.ROOT / "pages" / f"{page}.py").read_text(encoding="utf-8"))
    imports = (ast.Import, ast.ImportFrom)
    first = next(one for one in tree.body[1:] if not isinstance(one, imports))
    assert ast.unparse(first) == f"page = frame.open_page('{page}')"

    app = open_page(monkeypatch, locked, page, area="tuira")
    told = words_of("\n".join(one.proto.body for one in app.get("html")))
    assert "Kirjaudu tilannehuoneeseen" in told
    assert not app.selectbox
    assert not app.get("bidi_component")
    assert "Tuira" not in told.replace("area=tuira", "")
