"""Personal data refuses a file, and nothing of it is kept anywhere."""

import gzip
import random
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from loading import AGGREGATE, EVENTS, fault, load_text, loaded, rows
from test_personal import identity_code

CODE = "131052-308T"


def everything_stored(working) -> str:
    """All text of all tables, permanent and temporary, and of the catalogue."""
    tables = rows(working, "select table_name from information_schema.tables")
    return "\n".join(str(rows(working, f'from "{name}"')) for (name,) in tables)


def refused(tmp_path: Path, content: str | bytes, says: str, declared=EVENTS, name="a.csv") -> None:
    working = load_text(tmp_path, content, declared, name)
    message = fault(working)
    assert message is not None, "the file was loaded"
    assert message.startswith(says)
    stored = everything_stored(working)
    for secret in (CODE, "308T", "040 123 4567", "1234567", "matti@oulu.fi", "Virtanen"):
        assert secret not in stored
    assert rows(working, "select ok from source_state") == [(False,)]
    assert not [one for one in (tmp_path / "work").rglob("*") if one.is_file()]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (f"alue;pvm;palvelu\n564;1.2.2025;x\n564;1.2.2025;{CODE}\n", "a.csv:3: Column palvelu"),
        (f"alue;pvm;lisä\n564;1.2.2025;soitti {CODE}.\n", "a.csv:2: Column lisä holds a personal"),
        (f"alue;pvm;asiakas\n564;1.2.2025;{CODE}\n", "a.csv:2: Column asiakas holds a personal"),
        (f"alue;pvm;kesto\n564;1.2.2025;{CODE}\n", "a.csv:2: Column kesto holds a personal"),
        (f"alue;pvm;kesto\n564;{CODE};4\n", "a.csv:2: Column pvm holds a personal"),
        (f"alue;pvm\n{CODE};1.2.2025\n", "a.csv:2: Column alue holds a personal"),
        (f"Asiakas {CODE}\nalue;pvm\n564;1.2.2025\n", "a.csv:1: The line holds a personal"),
        (f"alue;pvm;{CODE}\n564;1.2.2025;1\n", "a.csv:1: The line holds a personal"),
        (f"alue;pvm\n564;1.2.2025\n564;1.2.2025;{CODE}\n", "a.csv:3: The line holds a personal"),
        (f'alue;pvm\n564;1.2.2025\n"564";"x" {CODE}\n', "a.csv:3: The line holds a personal"),
        (f"alue;pvm\n564;1.2.2025\n\nHuom. {CODE}\n", "a.csv:4: The line holds a personal"),
        (f"alue\n{CODE}\n", "a.csv:2: The line holds a personal"),
        ("alue;pvm;kesto\n564;1.2.2025;0401234567\n", "a.csv:2: Column kesto holds a telephone"),
        ("alue;pvm;kesto\n564;1.2.2025;+358401234567\n", "a.csv:2: Column kesto holds a telephone"),
        ("alue;pvm;x\n564;1.2.2025;040 123 4567\n", "a.csv:2: Column x holds a telephone"),
        ("alue;pvm;x\n564;1.2.2025;matti@oulu.fi\n", "a.csv:2: Column x holds an e-mail"),
        ("alue;pvm;Sukunimi\n564;1.2.2025;Virtanen\n", "a.csv:2: Column Sukunimi looks like"),
        (
            "alue;pvm;x\n564;1.2.2025;Virtanen Maija\n564;1.2.2025;Matti Virtanen\n"
            "564;1.2.2025;Aino Salo\n",
            "a.csv:2: Column x looks like",
        ),
    ],
)  # fmt: skip
def test_personal_data_anywhere_refuses_the_file(tmp_path, content, says):
    refused(tmp_path, content, says)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_personal_data_is_found_in_any_encoding(tmp_path, encoding):
    text = f"alue;pvm;lisä\n564;1.2.2025;€ {CODE}\n"
    refused(tmp_path, text.encode(encoding), "a.csv:2: Column lisä holds a personal")


def test_personal_data_in_a_workbook_refuses_it(tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    table = pd.DataFrame({"alue": ["564", "564"], "pvm": ["1.2.2025"] * 2, "huom": [None, CODE]})
    table.to_excel(folder / "a.xlsx", index=False, startrow=2)
    working = loaded(folder, EVENTS)
    assert fault(working).startswith("a.xlsx:5: Column huom holds a personal identity code")
    assert CODE not in everything_stored(working)


def test_personal_data_in_parquet_refuses_it(tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    table = pd.DataFrame({"alue": ["564"] * 2, "pvm": [date(2025, 1, 1)] * 2, "huom": ["x", CODE]})
    table.to_parquet(folder / "a.parquet")
    working = loaded(folder, EVENTS)
    assert fault(working).startswith("a.parquet:2: Column huom holds a personal identity code")


def test_a_rare_code_is_found_in_a_column_of_many_pseudonyms(tmp_path):
    lines = [f"564;1.2.2025;p{at:06x}\n" for at in range(30_000)]
    lines[25_000] = f"564;1.2.2025;{CODE}\n"
    refused(tmp_path, "alue;pvm;asiakas\n" + "".join(lines), "a.csv:25002: Column asiakas holds")


def test_only_the_refused_file_is_lost(tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    (folder / "a.csv").write_text("alue;pvm\n564;1.2.2025\n")
    (folder / "b.csv").write_text(f"alue;pvm\n564;1.2.2025\n564;{CODE}\n")
    (folder / "c.csv").write_text("alue;pvm\n091;1.2.2025\n")
    working = loaded(folder, EVENTS)
    assert rows(working, "select name, state, rows_loaded from files order by name") == [
        ("a.csv", "loaded", 1), ("b.csv", "refused", 0), ("c.csv", "loaded", 1)
    ]  # fmt: skip
    assert rows(working, "select count(*) from raw_lahde") == [(2,)]
    assert rows(working, "select ok from source_state") == [(False,)]


def test_the_same_content_delivered_twice_is_refused_once(tmp_path):
    folder = tmp_path / "extracts"
    folder.mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text("alue;pvm\n564;1.2.2025\n")
    working = loaded(folder, EVENTS)
    message = rows(working, "select message_en from files where state = 'refused'")[0][0]
    assert message.startswith("b.csv: The same content was already loaded from a.csv.")


def planted(random_: random.Random, at: int) -> str:
    day = date(1950 + at % 70, 1 + at % 12, 1 + at % 28)
    digits = "".join(random_.choices("0123456789", k=7))
    return random_.choice(
        [
            identity_code(
                day, random_.choice("-YXWVU" if day.year < 2000 else "ABCDEF"), 2 + at % 990
            ),
            f"040 {digits[:3]} {digits[3:]}",
            f"050-{digits}",
            f"+358 44 {digits}",
            f"+35850{digits}",
            f"09 {digits[:3]} {digits[3:]}",
            f"asukas{at}@esimerkki.fi",
        ]
    )


def test_three_hundred_planted_identifiers_in_thirty_files_are_all_refused(tmp_path):
    random_ = random.Random(7)
    folder = tmp_path / "extracts"
    folder.mkdir()
    secrets = []
    for at in range(30):
        lines = [["564", "2025M01", str(one), "Perhetyö", "ok"] for one in range(200)]
        # ten in each file; the file must fall by any one of them, so the odd files hold one kind
        for _ in range(10):
            secret = planted(random_, random_.randrange(10_000))
            secrets.append(secret)
            line = lines[random_.randrange(200)]
            column = random_.randrange(5)
            line[column] = secret if random_.random() < 0.6 else f"Huom: {secret}, soitti"
        text = "Alue;Jakso;lkm;Palvelu;Lisätieto\n" + "".join(";".join(one) + "\n" for one in lines)
        encoding = random_.choice(["utf-8", "utf-8-sig", "cp1252", "utf-16"])
        data = text.replace("\n", random_.choice(["\n", "\r\n"])).encode(encoding)
        name = f"f{at}.csv.gz" if at % 5 == 0 else f"f{at}.csv"
        (folder / name).write_bytes(gzip.compress(data) if at % 5 == 0 else data)
    working = loaded(folder, AGGREGATE)
    assert rows(working, "select state, count(*) from files group by 1") == [("refused", 30)]
    stored = everything_stored(working)
    assert not [one for one in secrets if one in stored]


@pytest.mark.parametrize("at", range(0, 120))
def test_each_planted_identifier_alone_refuses_its_file(tmp_path, at):
    secret = planted(random.Random(at), at * 83)
    column = at % 5
    line = ["564", "2025M01", "5", "Perhetyö", "ok"]
    line[column] = secret
    text = "Alue;Jakso;lkm;Palvelu;Lisä\nTuira;2025M01;7;Perhetyö;\n" + ";".join(line) + "\n"
    assert "holds" in str(fault(load_text(tmp_path, text)))
