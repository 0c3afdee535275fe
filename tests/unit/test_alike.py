"""What is alike is suggested together, whatever its inflection; what is not, is not."""

import pytest

from tilannehuone.meeting.alike import alike, measures_for

KEPT = {
    "absent": "Koulupoissaolot lisääntyivät yläkoululla syksyllä.",
    "speech": "Puheterapiaan jonotetaan yli puoli vuotta.",
    "cafe": "Perhekahvilassa oli hyvä tunnelma.",
    "hunger": "Kouluun tullaan nälkäisinä maanantaisin.",
    "evening": "Vanhemmat kaipaavat lastenhoitoapua iltaisin.",
    "online": "Nuoret jakavat toisistaan kuvia verkossa.",
}
MEASURES = (
    ("notified", "Lastensuojeluilmoitukset Kuinka monta ilmoitusta tehdään lasta kohti?"),
    ("placed", "Kiireelliset sijoitukset Kuinka monta lasta sijoitetaan kiireellisesti?"),
    ("waited", "Verkosto koolle 14 päivässä Kootaanko verkosto ajoissa?"),
)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("Poissaoloja koulusta on aiempaa enemmän.", "absent"),
        ("Puheterapian jonot ovat pitkiä.", "speech"),
        ("Lapset ovat nälkäisiä, kun koulu alkaa maanantaina.", "hunger"),
        ("Illaksi ei löydy lastenhoitoa, vanhempi uupuu.", "evening"),
        ("Kuvien jakaminen verkossa huolettaa nuoria.", "online"),
    ],
)
def test_other_forms_of_the_same_words_are_found(text, nearest):
    found = alike(text, list(KEPT.items()))

    assert [one.id for one in found][:1] == [nearest]


@pytest.mark.parametrize(
    "text",
    ["Bussivuorot lakkasivat.", "Uimahalli suljettiin remontin vuoksi.", "", "Ja kun se on."],
)
def test_nothing_is_suggested_for_what_is_like_none(text):
    assert alike(text, list(KEPT.items())) == []


def test_the_same_question_has_the_same_answer_in_any_order():
    kept = [*KEPT.items(), ("copy", KEPT["absent"])]
    found = alike(KEPT["absent"], kept)

    assert found == alike(KEPT["absent"], kept[::-1])
    assert [(one.id, one.score) for one in found[:2]] == [("absent", 1.0), ("copy", 1.0)]


def test_no_more_are_suggested_than_asked_for():
    assert len(alike("sama asia", [(str(n), "sama asia jälleen") for n in range(9)], most=3)) <= 3


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Lastensuojelun ilmoituksia tulee enemmän", "notified"),
        ("Lapsia sijoitetaan yhä kiireellisemmin", "placed"),
        ("Verkostoja ei saada kokoon ajoissa", "waited"),
    ],
)
def test_a_measure_of_the_same_matter_is_proposed_first(text, first):
    assert [one.id for one in measures_for(text, MEASURES)][0] == first


def test_swedish_and_english_have_base_forms_too():
    kept = [("sv", "Köerna till talterapi är långa."), ("en", "Queues for families are long.")]

    assert [one.id for one in alike("Långa köer till talterapin oroar.", kept)] == ["sv"]
    assert [one.id for one in alike("A family had to queue.", kept)] == ["en"]
