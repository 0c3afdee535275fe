"""PX files as downloaded from a statistics service."""

import re

import pytest
from loading import fault, load_text, rows
from official_files import DECLARED, PLACES

PX = """\
CHARSET="ANSI";
AXIS-VERSION="2013";
LANGUAGE="fi";
LANGUAGES="fi","sv";
TITLE="Väestö muuttujina Alue, Vuosi; "
"Sukupuoli";
TITLE[sv]="Befolkning";
STUB="Alue","Sukupuoli";
HEADING="Vuosi";
STUB[sv]="Område","Kön";
VALUES("Alue")="KOKO MAA","Oulu";
VALUES[sv]("Område")="HELA LANDET","Uleåborg";
CODES("Alue")="SSS","KU564";
VALUES("Sukupuoli")="Yhteensä",
"Naiset";
CODES("Sukupuoli")="S","2";
TIMEVAL("Vuosi")=TLIST(A1,"2022"-"2023");
VALUES("Vuosi")="2022","2023";
CONTACT="Tilastokeskus, puh. x";
NOTE="Merkki; ""
"DATA";
KEYS
DATA=
5563970 5603851
".." 2824960.5
211848 "..."
- "."
;
"""


def px(text=PX, keys="", data=None):
    body = text.replace("KEYS\n", keys).replace('NOTE="Merkki; ""\n"DATA";\n', "")
    return body if data is None else body[: body.index("DATA=")] + f"DATA=\n{data};\n"


WOMEN = {**DECLARED["columns"], "sukupuoli": {"type": "category", "total": "S"}}
FROM_PX = DECLARED | {"columns": WOMEN}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_a_px_file_is_read_with_its_marks_and_without_its_other_languages(tmp_path, encoding):
    working = load_text(tmp_path, px().encode(encoding), FROM_PX, "a.px", PLACES)
    assert fault(working) is None
    found = rows(working, "select sukupuoli, lkm, lkm__status from raw_lahde order by line")
    assert found == [
        ("S", 5563970, None), ("S", 5603851, None), ("2", None, "x"), ("2", 2824960.5, None),
        ("S", 211848, None), ("S", None, "c"), ("2", 0, None), ("2", None, "x"),
    ]  # fmt: skip


def test_a_px_file_with_keys_lacks_its_rows_of_zeros(tmp_path):
    keys = 'KEYS("Alue")=CODES;\nKEYS("Sukupuoli")=VALUES;\n'
    data = '"KU564","Naiset",7 8\n"SSS","Yhteensä",1 "..."\n'
    working = load_text(tmp_path, px(keys=keys, data=data), FROM_PX, "a.px", PLACES)
    assert [row[0] for row in rows(working, "select lkm from raw_lahde order by line")] == [
        1, None, 0, 0, 0, 0, 7, 8,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (px(data="1 2 3"), "There are 3 figures, but .* should be 8"),
        (px()[:400], r"a\.px:\d+: The PX file ends in the middle"),
        (px().rstrip().removesuffix(";"), r"a\.px:\d+: The PX file ends in the middle"),
        ("hei\n", r"a\.px:1: The file is no readable PX file"),
        (px().replace('CODES("Alue")="SSS",', 'CODES("Alue")='), "dimension number 1"),
        (px().replace("STUB=", "STAB=").replace("HEADING=", "HUDDING="), "no readable PX file"),
        (px(keys='KEYS("Alue")=CODES;\n', data='"KU564","Miehet",7 8\n'), "does not have"),
    ],
)
def test_a_broken_px_file_is_one_line(tmp_path, text, expected):
    working = load_text(tmp_path, text, FROM_PX, "a.px", PLACES)
    assert re.search(expected, fault(working) or ""), fault(working)
    assert rows(working, "select count(*) from raw_lahde") == [(0,)]
