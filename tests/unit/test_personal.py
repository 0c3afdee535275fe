"""Personal data is found wherever it stands, and nothing else is taken for it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tilannehuone.personal import (
    CENTURIES,
    CHECK,
    PREFILTER,
    find,
    find_in_column,
    is_identity_code,
)
from tilannehuone.personal_names import is_full_name, looks_like_names


def identity_code(day: date, sign: str, number: int) -> str:
    digits = f"{day:%d%m%y}{number:03}"
    return f"{digits[:6]}{sign}{digits[6:]}{CHECK[int(digits) % 31]}"


CODES = st.builds(
    identity_code,
    st.dates(date(1900, 1, 1), date(1999, 12, 31)),
    st.sampled_from(sorted(CENTURIES)),
    st.integers(2, 999),
).filter(is_identity_code)


@given(CODES, st.sampled_from(["{}", "Asiakas {} soitti.", "hetu:{}", "({})", "hetu{}", " {} "]))
def test_every_identity_code_is_found_in_any_text(code, around):
    assert find(around.format(code)) == "identity_code"
    assert find(around.format(code.lower())) == "identity_code"


@given(CODES)
def test_a_wrong_check_character_is_no_identity_code(code):
    wrong = CHECK[(CHECK.index(code[-1]) + 1) % 31]
    assert not is_identity_code(code[:-1] + wrong)


@pytest.mark.parametrize("dash", "-‐‑‒–—−")
def test_a_typeset_dash_hides_no_identity_code(dash):
    assert find(f"131052{dash}308T") == "identity_code"


@pytest.mark.parametrize(
    "text",
    ["040 123 4567", "040-1234567", "0401234567 (äiti)", "(040) 123 4567", "050 123 4567",
     "0400 123 456", "+358 40 123 4567", "+358401234567", "+358 (0)40 1234567", "00358 40 1234567",
     "00358401234567", "+46 70 123 45 67", "puh. 09 123 4567", "(08) 123 4567", "09 123 4567",
     "016 123 456", "040\u00a0123\u00a04567", "040/1234567", "040.123.4567", "0457 123 4567"],
)  # fmt: skip
def test_telephone_numbers_are_found(text):
    assert find(text) == "phone"


@pytest.mark.parametrize(
    "text", ["0401234567", "0501234567", "09-1234567", "08-123456", "040 123 456"]
)
def test_a_number_that_may_be_an_id_is_judged_by_its_column(text):
    assert find_in_column("selite", [text, "Perhetyö"]) == ("phone", text)
    others = [
        text[:1]
        + "1"
        + "".join(str((int(one) + at) % 10) if one.isdigit() else one for one in text[2:])
        for at in range(8)
    ]
    assert find_in_column("tunnus", [text, *(f"1{one[1:]}" for one in others)]) is None


@pytest.mark.parametrize(
    "text",
    ["matti.m@kunta.fi", "Ota yhteyttä: a_b+c@sub.example.org!", "etunimi.sukunimi(at)oulu.fi",
     "matti@ouka.fi;maija@ouka.fi", "väinö@työ.fi"],
)  # fmt: skip
def test_addresses_are_found(text):
    assert find(text) == "email"


@pytest.mark.parametrize(
    "text",
    ["1 234 567", "12 345 678", "+1 234 567 890", "0,401234567", "-0401234,5", "2025-01-05",
     "05.01.2025", "1.2.2025 8:15", "0201256-6", "1.2.246.537.6.1243", "049 091 235 564",
     "049 050 051",
     "04130 04150 04170", "08 2019-2020", "05 2019 2020", "073", "00073", "E06000001", "2025M01",
     "0000123456", "10.0.0.1", "0-2", "13–15", "06/05/2020", "4885     256620-6", "#N/A", "@",
     "a@b", "x@gmail_com_item_01.csv", "550e8400-e29b-41d4-a716-446655440000",
     "d131052308f4a", "p010190x1234", "311152-308T", "131052-3081"],
)  # fmt: skip
def test_codes_dates_and_figures_are_not_personal(text):
    assert find(text) is None
    assert find_in_column("arvo", [text]) is None


def test_ids_of_the_form_of_identity_codes_pass_when_few_of_them_could_be_one():
    ids = [f"{day:02}0190-{number:04}" for day in range(1, 29) for number in range(100, 130)]
    assert any(is_identity_code(one) for one in ids)
    assert find_in_column("tapausnro", ids) is None
    codes = [identity_code(date(1990, 1, day), "-", 100) for day in range(1, 29)]
    assert find_in_column("tapausnro", codes) is not None


def test_a_column_named_for_telephones_needs_only_digits():
    assert find_in_column("Puhelinnumero", ["358401234567"]) == ("phone", "358401234567")
    assert find_in_column("Puhelin", ["12", "1 250"]) is None


@given(st.text(max_size=30))
def test_whatever_is_found_passes_the_prefilter(text):
    import re

    if find(text) is not None:
        assert re.search(PREFILTER, text)


@given(CODES, st.text(max_size=5), st.text(max_size=5))
def test_a_code_between_any_texts_passes_the_prefilter_when_it_is_found(code, before, after):
    import re

    text = before + code + after
    if find(text) is not None:
        assert re.search(PREFILTER, text)


NAMES = ["Virtanen Maija", "Korhonen, Matti Juhani", "Anna-Liisa Mäkinen", "Erik Sundström"]


@pytest.mark.parametrize("name", NAMES)
def test_full_names_are_told(name):
    assert is_full_name(name)


def test_columns_of_names_are_told_by_header_or_values():
    assert looks_like_names("Asiakkaan nimi", ["Xu Wei"])
    assert looks_like_names("Sukunimi", ["Virtanen"])
    assert looks_like_names("Nimi", ["Maija", "Matti", "Oulu"])
    assert looks_like_names("selite", NAMES)


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Nimi", ["Oulu", "Helsinki", "Salla", "Kaarina", "Espoo"]),
        ("name", ["Brent", "Camden", "Enfield"]),
        ("Alue", ["Haukiputaan alue", "Maria sairaala", "Tuira"]),
        ("koulu", ["Anna Tapion koulu", "Maria Jotunin päiväkoti", "Kaarina"]),
        ("asiakas", ["a81f", "b22c"]),
        ("asiakkaan nimi", ["p1", "p2"]),
        ("palvelu", ["Perhetyö", "Tukihenkilö", "Lapsiperheiden kotipalvelu"]),
    ],
)
def test_places_services_and_pseudonyms_are_no_names(header, values):
    assert not looks_like_names(header, values)
