"""Sentences of the meeting are judged by the measure, area and period that they cite."""

import pytest

from tilannehuone.texts import LANGUAGES, catalogue
from tilannehuone.ui.claims import claim_html, claims_html, claims_in, reason_words, verdict_of

MEASURE, AREA = "cp_notifications_rate", "kaakkuri"


@pytest.fixture
def said(room):
    """Return a function that gives the claims of a text written of Kaakkuri's notifications."""

    def judged(words, lang="fi"):
        return claims_in(room("meeting", lang), words, MEASURE, AREA, "month")

    return judged


@pytest.mark.parametrize(
    ("sentence", "measure", "area"),
    [
        ("Ilmoitukset ovat vähentyneet.", MEASURE, AREA),
        ("Tuirassa ilmoitukset ovat vähentyneet.", MEASURE, "tuira"),
        ("Hailuodossa ilmoitukset ovat vähentyneet.", MEASURE, "072"),
        ("I Tuira har anmälningarna minskat.", MEASURE, "tuira"),
        ("Lapset puheeksi -keskustelut lisääntyvät.", "lp_discussions_rate", AREA),
        ("Pilottipuhelimen yhteydenottoja tulee enemmän.", "pilot_line_contacts_rate", AREA),
        ("Verkosto koolle 14 päivässä on parantunut.", "network_within_14d_share", AREA),
        ("Oulun luku ei ole muuttunut.", MEASURE, "564"),
    ],
)
def test_a_sentence_is_about_what_it_names(said, sentence, measure, area):
    (claim,) = said(sentence)

    assert (claim.indicator_id, claim.area_code) == (measure, area)
    assert claim.is_of_another == ((measure, area) != (MEASURE, AREA))


def test_each_sentence_of_a_text_is_judged_by_itself(said):
    claims = said("Ilmoitukset ovat vähentyneet. Se johtuu uudesta palvelusta.\nHienoa!")

    assert [one.judged.verdict for one in claims] == ["supported", "cannot_say", "cannot_say"]
    assert [one.judged.reason for one in claims] == ["seen_low", "cause", "not_understood"]
    assert verdict_of(claims) == "cannot_say"
    assert verdict_of(claims[:1]) == "supported"
    assert verdict_of(claims[2:]) is None


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Työntekijöiden kuormitus vähenee.", "other_subject"),
        ("Varhaiskasvatuksessa ilmoitukset vähenevät.", "part"),
        ("Kaakkurissa ja Tuirassa ilmoitukset vähenevät.", "elsewhere"),
        ("Ilmoituksia on vähemmän kuin Tuirassa.", "elsewhere"),
        ("Perheet ovat tyytyväisiä.", "not_understood"),
    ],
)
def test_what_is_not_of_the_measure_is_never_supported(said, sentence, reason):
    (claim,) = said(sentence)

    assert (claim.judged.verdict, claim.judged.reason) == ("cannot_say", reason)


def test_a_wrong_value_is_told_the_right_one(said, room):
    (claim,) = said("Luku oli 999,9 tuhatta lasta kohti.")
    told = reason_words(room("meeting"), claim)

    assert claim.judged.verdict == "unsupported"
    assert "luku oli" in told
    assert "per 1\u202f000 lasta" in told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_mark_is_a_word_with_an_icon_and_a_reason(said, room, lang):
    claims = said("Tuirassa ilmoitukset ovat vähentyneet, <b>.", lang)
    markup = claims_html(room("meeting", lang), claims)

    assert catalogue(lang)["claims.word_cannot_say"] in markup or "Tuira" in markup
    assert 'aria-hidden="true"' in claim_html(room("meeting", lang), claims[0])
    assert "<b>" not in markup


def test_no_text_has_no_mark(said, room):
    assert claims_html(room("meeting"), said("  \n ")) == ""
