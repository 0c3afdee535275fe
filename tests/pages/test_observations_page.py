"""The page of observations: written behind the guard, tied by people, and what became of them."""

import random
from dataclasses import replace
from datetime import date

import planted
import pytest

from tilannehuone.access import LOCAL, RIGHTS, Person
from tilannehuone.meeting.book import Writer, add, many
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.meeting.objects import Initiative, Observation, Phenomenon
from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui import observations, observations_phenomena, trend, trend_first
from tilannehuone.ui.initiatives import initiatives_of, token
from tilannehuone.ui.options import choice_of

WRITER = Writer("paikallinen", "admin")
ABSENT = "Koulupoissaolot lisääntyivät yläkoululla."
ABSENT_TOO = "Poissaoloja koulusta on aiempaa enemmän."
SPEECH = "Puheterapiaan jonotetaan yli puoli vuotta."


@pytest.fixture
def own(altered, monkeypatch):
    """Return the folder of an instance of this test's own, and its book."""
    monkeypatch.delenv("TILANNEHUONE_DATABASE", raising=False)
    folder = altered("select 1")
    return folder, open_book(address_of(folder))


def noticed(book, text, **more):
    values = {"area_code": "kaakkuri", "day": date(2026, 1, 5), "subject": "everyday_life"}
    return add(
        book, Observation(**(values | {"environment": "school", "text": text} | more)), WRITER
    )


def widget(app, kind, label):
    (found,) = [one for one in getattr(app, kind) if one.label == label]
    return found


def fill(app, lang, text, environment="school"):
    told = catalogue(lang)
    widget(app, "text_area", told["observations.what"]).set_value(text)
    widget(app, "selectbox", told["observations.environment"]).set_value(environment)
    (save,) = [one for one in app.button if one.label == told["observations.save"]]
    return save.click().run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_observation_is_written_and_its_address_is_told(lang, own, open_app, markup):
    folder, book = own
    app = fill(open_app("observations", folder=folder, area="kaakkuri", lang=lang), lang, ABSENT)
    (saved,) = many(book, Observation)

    assert not app.exception
    assert (saved.text, saved.area_code, saved.environment) == (ABSENT, "kaakkuri", "school")
    assert f"id={saved.id}" in markup(app)
    assert catalogue(lang)["observations.step_waits_note"] in markup(app)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_identifier_is_told_before_saving_and_what_was_written_stays(lang, own, open_app):
    folder, book = own
    code = planted.code(random.Random(5), "A")
    words = f"Oppilas {code} on pois."
    app = fill(open_app("observations", folder=folder, area="kaakkuri", lang=lang), lang, words)
    (told,) = [one.value for one in app.error]

    assert many(book, Observation) == []
    assert told == catalogue(lang)["faults.words_identity_code"].format(word=2)
    assert code not in told
    assert widget(app, "text_area", catalogue(lang)["observations.what"]).value == words


def test_what_is_missing_is_told(own, open_app):
    folder, book = own
    app = fill(open_app("observations", folder=folder, area="kaakkuri"), "fi", ABSENT, None)

    assert [one.value for one in app.error] == [catalogue("fi")["observations.needs_environment"]]
    assert many(book, Observation) == []


def test_alike_observations_are_suggested_together_and_tied_by_people(own, open_app, markup):
    folder, book = own
    ids = [noticed(book, text).id for text in (ABSENT, ABSENT_TOO, SPEECH)]
    app = open_app("observations", folder=folder, area="kaakkuri")
    told = catalogue("fi")

    assert told["observations.group"].split("?")[0] in markup(app)
    first = next(one for one in app.text_input if one.label == told["observations.new_title"])
    alike = {one.key for one in app.checkbox}
    assert alike == {f"take-{one}" for one in ids}
    titles = [one for one in app.text_input if one.label == told["observations.new_title"]]
    assert len(titles) == 2  # the two of absences in one group, speech therapy in another
    first.set_value("Koulupoissaolot")
    next(one for one in app.button if one.label == told["observations.tie"]).click().run()
    (made,) = many(book, Phenomenon)
    tied = {one.text for one in many(book, Observation, phenomenon_id=made.id)}

    assert made.title == "Koulupoissaolot"
    assert tied in ({ABSENT, ABSENT_TOO}, {SPEECH})


def followed(book, **more):
    phenomenon = add(
        book,
        Phenomenon(
            area_code="kaakkuri", title="Ilmoitukset", indicators=("cp_notifications_rate",)
        ),
        WRITER,
    )
    values = {"area_code": "kaakkuri", "phenomenon_id": phenomenon.id, "starts": date(2025, 3, 3)}
    return phenomenon, add(
        book, Initiative(**(values | {"text": "Yhteinen iltavuoro"} | more)), WRITER
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sender_sees_what_became_of_an_observation(lang, own, open_app, markup):
    folder, book = own
    phenomenon, _ = followed(book, outcome="Jono lyheni.")
    one = noticed(book, ABSENT, phenomenon_id=phenomenon.id)
    shown = markup(open_app("observations", folder=folder, area="kaakkuri", id=one.id, lang=lang))

    fate = shown[shown.index('id="th-fate"') :].partition("</section>")[0]
    wanted = (ABSENT, "Ilmoitukset", "Yhteinen iltavuoro", "Jono lyheni.")
    assert [one for one in wanted if one not in fate] == []


def test_an_observation_of_another_area_is_not_told(own, open_app, markup):
    folder, book = own
    one = noticed(book, ABSENT, area_code="tuira")
    shown = markup(open_app("observations", folder=folder, area="kaakkuri", id=one.id))

    assert ABSENT not in shown
    assert catalogue("fi")["observations.other_area"] in shown


def test_an_initiative_stands_on_the_curve_of_its_measure_and_on_no_other(own, room):
    folder, book = own
    page = room("trend", folder=folder)
    query = {"area": "kaakkuri", "indicator": "cp_notifications_rate"}
    before, empty = trend_first.made(page, choice_of(page, query)).drawing, token("kaakkuri")
    followed(book)

    events = trend.view(page, choice_of(page, query)).events
    assert [one.day for one in events if one.text == "Yhteinen iltavuoro"] == [date(2025, 3, 3)]
    assert token("kaakkuri") != empty == ""
    assert trend_first.made(page, choice_of(page, query)).drawing != before
    assert initiatives_of(page, "tuira", "cp_notifications_rate") == []
    assert initiatives_of(page, "kaakkuri", "out_of_home_share") == []


def test_looking_for_initiatives_makes_no_database(altered, room):
    folder = altered("select 1")
    for left in (folder / "data").glob("meetings.sqlite*"):  # written by another test
        left.unlink()
    page = room("trend", folder=folder)

    assert initiatives_of(page, "kaakkuri", "cp_notifications_rate") == []
    assert not (folder / "data" / "meetings.sqlite").exists()


def test_measures_are_proposed_and_none_is_chosen(own, room):
    folder, book = own
    page = room("observations", folder=folder)
    one = add(
        book, Phenomenon(area_code="kaakkuri", title="Lastensuojeluilmoitukset lisääntyvät"), WRITER
    )
    shown = observations.kept(page, "kaakkuri")

    assert observations_phenomena.candidates(page, shown, one)[0] == "cp_notifications_rate"
    assert one.indicators == ()


def test_who_only_views_reads_no_observation_and_no_small_number(own, room):
    folder, book = own
    phenomenon, _ = followed(book)
    noticed(book, ABSENT, phenomenon_id=phenomenon.id)
    page = room("observations", folder=folder)
    viewer = Person("katsoja", "viewer", RIGHTS["viewer"])
    for person, reads in ((viewer, False), (LOCAL, True)):
        seen = replace(page, person=person)
        shown = observations.kept(seen, "kaakkuri")
        html = observations_phenomena.phenomenon_html(seen, shown, phenomenon)
        assert (ABSENT in html) is reads
        assert seen.text("behind", count=1) not in html
