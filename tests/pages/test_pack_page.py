"""A closed meeting's pack, opened at its address: what was known, and how that stands today."""

import json
import shutil

import pytest
from held_meeting import SCRIBE, SHOWN
from opened import charts, drawings, words_of
from typer.testing import CliRunner

from tilannehuone.cli import app as command
from tilannehuone.meeting.book import add, change, one
from tilannehuone.meeting.database import SETTING
from tilannehuone.meeting.objects import Pack
from tilannehuone.meeting.pack import opened, verify
from tilannehuone.ui import frame
from tilannehuone.ui.closing import pack_of

OF_NOTIFICATIONS = """indicator_id = 'cp_notifications_rate' and area_code = 'kaakkuri'
    and period_type = 'month' and breakdown = 'all'"""
LATEST = f"select max(period_start) from cells where {OF_NOTIFICATIONS}"


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_the_pack_opens_at_its_address_in_every_language(closed, open_app, lang, markup):
    folder, _, meeting = closed
    app = open_app("pack", folder=folder, id=meeting.pack_id, lang=lang)
    told = words_of(markup(app))

    assert meeting.pack_id in told
    assert "Lupaan soittaa." in told
    assert len(charts(app)) == 1


def test_a_pack_of_today_is_said_to_be_up_to_date(closed, open_app, markup):
    folder, _, meeting = closed
    app = open_app("pack", folder=folder, id=meeting.pack_id)

    assert "Ajan tasalla" in markup(app)
    assert "Mikä on muuttunut" not in markup(app)
    assert "tiedossa 20.11.2026" in drawings(app)[0]


def test_three_changed_cells_are_the_rows_of_the_table(closed, altered, open_app, markup):
    folder, book, meeting = closed
    newer = altered(
        f"""update cells set value = 99.5 where {OF_NOTIFICATIONS} and period_start in (
            select distinct period_start from cells where {OF_NOTIFICATIONS}
            order by period_start desc limit 3)""",
        origin=folder,
    )

    told = markup(open_app("pack", folder=newer, id=meeting.pack_id))

    assert "Uudempia tietoja on" in told
    assert "Muuttuneita lukuja: 3." in told
    table = told[told.index("<tbody>") : told.index("</tbody>")]
    assert table.count("<tr") == 3
    assert table.count("99,5") == 3
    assert verify(one(book, Pack, meeting.pack_id))


def test_the_chart_stays_as_it_was_when_the_figures_change(closed, altered, open_app):
    folder, _, meeting = closed
    newer = altered(f"update cells set value = value * 3 where {OF_NOTIFICATIONS}", origin=folder)

    before, after = (
        charts(open_app("pack", folder=each, id=meeting.pack_id)) for each in (folder, newer)
    )

    assert before == after


def test_a_changed_definition_is_told(closed, altered, open_app, markup):
    folder, _, meeting = closed
    newer = altered(
        """update indicators set definitions_hash = 'other',
        definition = replace(cast(definition as varchar), '"decimals": 1', '"decimals": 2')
        where indicator_id = 'lp_discussions_rate'""",
        origin=folder,
    )

    told = markup(open_app("pack", folder=newer, id=meeting.pack_id))

    assert "Määritelmä on muuttunut" in told
    assert "muu määrittely (decimals)" in told


def shown_figure(book, meeting):
    """Return the latest figure of the notifications as the room writes it."""
    series = opened(one(book, Pack, meeting.pack_id)).series
    cells = next(each for each in series if each.indicator_id == SHOWN[0]).cells
    return f"{cells[-1].value:.1f}".replace(".", ",")


def test_a_number_hidden_today_is_neither_shown_nor_drawn_again(closed, altered, open_app, markup):
    folder, book, meeting = closed
    number = shown_figure(book, meeting)
    newer = altered(
        f"""update cells set status = 'c', value = null, numerator = null, denominator = null,
        lower95 = null, upper95 = null
        where {OF_NOTIFICATIONS} and period_start = ({LATEST})""",
        origin=folder,
    )

    app = open_app("pack", folder=newer, id=meeting.pack_id)
    told, drawn = markup(app), " ".join(drawings(app))

    assert number in " ".join(drawings(open_app("pack", folder=folder, id=meeting.pack_id)))
    assert "Tiedot on vedetty pois" in told
    assert "näytettiin" in told
    assert number not in told + drawn
    assert "silloista kuvaa ei näytetä uudelleen" in drawn


def test_a_measure_no_longer_published_is_withdrawn(closed, altered, open_app, markup):
    folder, _, meeting = closed
    newer = altered("delete from indicators where indicator_id like 'lp_disc%'", origin=folder)

    told = markup(open_app("pack", folder=newer, id=meeting.pack_id))

    assert "Tiedot on vedetty pois" in told
    assert "ei enää julkaista" in told


@pytest.mark.parametrize("pack_id", ["", "x", "0" * 64, "../../etc"])
def test_an_address_of_no_pack_says_so(held, open_app, markup, pack_id):
    folder, _, _ = held

    assert "Kokouspakettia ei löydy" in markup(open_app("pack", folder=folder, id=pack_id))


def test_a_pack_that_no_closed_meeting_names_is_not_shown(held, open_app, markup):
    folder, book, meeting = held
    orphan = add(book, pack_of(book, frame.page_of("pack", "fi"), meeting), SCRIBE)

    assert "Kokouspakettia ei löydy" in markup(open_app("pack", folder=folder, id=orphan.id))


def test_a_pack_that_was_tampered_with_is_not_shown(closed, open_app, markup):
    folder, book, meeting = closed
    pack = one(book, Pack, meeting.pack_id)
    change(book, Pack, pack.id, pack.version, SCRIBE, content=pack.content.replace("Lupaan", "En"))

    assert "ei vastaa sen tunnusta" in markup(open_app("pack", folder=folder, id=pack.id))


def test_the_measure_leads_to_the_packs_that_saw_it(closed, open_app, markup):
    folder, _, meeting = closed
    seen, unseen = (
        markup(open_app("trend", folder=folder, area="kaakkuri", indicator=each))
        for each in (SHOWN[0], "lp_trained_staff_share")
    )

    assert f"id={meeting.pack_id}" in seen
    assert "niin kuin tiedettiin kokouksessa 20.11.2026" in seen
    assert "niin kuin tiedettiin" not in unseen


def test_looking_at_a_measure_makes_no_database(instance, tmp_path, open_app, monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)
    folder = tmp_path / "fresh"
    shutil.copytree(instance, folder, ignore=shutil.ignore_patterns("*.sqlite*"))

    open_app("trend", folder=folder, area="kaakkuri", indicator=SHOWN[0])

    assert not list((folder / "data").glob("*.sqlite*"))


def test_the_command_tells_the_state_and_the_cells(closed, altered):
    folder, _, meeting = closed
    newer = altered(
        f"update cells set value = 99.5 where {OF_NOTIFICATIONS} and period_start = ({LATEST})",
        origin=folder,
    )

    ran = CliRunner().invoke(command, ["meeting", "pack", meeting.pack_id, str(newer), "--json"])
    told = json.loads(ran.stdout)

    assert told["state"] == "newer"
    assert [each["new"] for one_of in told["series"] for each in one_of["changed"]] == [99.5]
    assert CliRunner().invoke(command, ["meeting", "pack", "0" * 64, str(newer)]).exit_code == 1
