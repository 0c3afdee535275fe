"""What a finding says of a value, a share, a unit, a target, a span and the limits of a chart."""

from findings import NAMES, QUIET, SHARE, found_in, told

from tilannehuone.finding import SeriesNames, alt_text, sentence


def test_a_share_is_called_a_share_in_the_right_gender():
    names = SeriesNames("Ajoissa", "Tuira", "%", 0)
    found = found_in([*QUIET, 40.0], direction="context")

    assert sentence(found, names, "fi").startswith(
        "Syyskuussa 2024 osuus oli 40\u202f%. Osuus on korkeampi kuin tavallisesti: se ylittää"
    )
    assert "Andelen är högre än vanligt: den ligger över" in sentence(found, names, "sv")
    assert "The share is higher than usual: it is above" in sentence(found, names, "en")


def test_a_unit_of_a_column_is_read_out_in_a_sentence():
    per = SeriesNames("Ilmoitukset", "Tuira", "/ 1 000 lasta", 1)

    assert "luku oli 12,0\u00a0per 1\u202f000 lasta." in sentence(found_in(QUIET), per, "fi")


def test_a_target_is_told_against_what_just_happened():
    leap, dive = [*QUIET, 40.0], [*QUIET, 1.0]

    assert "Tavoite (vähintään 30 käyntiä) täyttyi tällä kertaa, mutta" in told(leap, target=30)
    assert "Målet (minst 60 käyntiä) nås ändå inte med" in told(leap, "sv", target=60)
    assert "was missed this time, although it is usually met." in told(dive, "en", target=2)
    assert "Tavoite (vähintään 0 käyntiä) täyttyy silti luotettavasti." in told(dive, target=0)
    assert "(at least 11 käyntiä) may be met or missed: both are" in told(QUIET, "en", target=11)


def test_a_series_of_one_value_has_no_variation_to_speak_of():
    assert "Muutosta ei näy: luku on pysynyt samana." in told([5.0] * 14)
    assert "värdet har hållit sig på samma nivå." in told([5.0] * 14, "sv")
    assert "Keskitaso on 5\u00a0käyntiä, eivätkä luvut vaihtele." in alt_text(
        found_in([5.0] * 14), NAMES, "fi"
    )


def test_the_first_years_do_not_tell_how_many_are_needed():
    """Five may be enough for the five-point test, or thirteen."""
    words = told([7.0, 8.0, 9.0], period_type="year")

    assert words.endswith("vertailukelpoisia lukuja on vasta 3.")
    assert "13" not in told([7.0, 8.0, 9.0], "en", period_type="year")


def test_an_interval_of_negative_numbers_has_room_for_its_dash():
    assert "(95 %:n luottamusväli −4 – −2)" in told([-3.0])


def test_a_span_of_ranges_goes_from_day_to_day():
    half_years = alt_text(found_in([7.0] * 3, period_type="half_year"), NAMES, "fi")
    years = alt_text(found_in([7.0] * 3, period_type="year"), NAMES, "en")

    assert "Lukuja on 3 (1.1.2023–30.6.2024)." in half_years
    assert "Number of values: 3 (2023–2025)." in years
    assert "(2023)." in alt_text(found_in([7.0], period_type="year"), NAMES, "sv")


def test_limits_that_no_share_reaches_are_told_as_such():
    wide = alt_text(found_in([95.0, 80.0] * 10), SHARE, "en")

    assert "limits of usual variation are 48% and over 100%." in wide
    growth = alt_text(found_in([150.0, 130.0] * 10), SHARE, "fi")
    assert "rajat ovat 87\u202f% ja 193\u202f%." in growth
