"""Cells as JSON-stat 2.0: the format's rules hold, and the programs of PxWeb's users read it."""

import json
import threading
import warnings
from http.server import BaseHTTPRequestHandler, HTTPServer
from math import prod

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pxweb import PxApi
from pyjstat import pyjstat

from tilannehuone.exports.jsonstat import ABSENT, About, Dimension, Unit, dataset, size_of

SIDES = (
    Dimension("ContentsCode", "Tiedot", {"rate": "Ilmoitukset"}, "metric", {"rate": Unit("%", 1)}),
    Dimension("area", "Alue", {"b": "Bé & <co>", "a": "Aa"}, "geo"),
    Dimension("time", "Jakso", {"2024M12": "joulu 2024", "2025M01": "tammi 2025"}, "time"),
)
CELLS = pd.DataFrame(
    {
        "ContentsCode": "rate",
        "area": ["a", "a", "b"],
        "time": ["2025M01", "2024M12", "2024M12"],
        "value": [2.5, 0.1 + 0.2, None],
        "status": ["ok", "o", "c"],
    }
)
ABOUT = About(
    "Ilmoitukset",
    "Tilannehuone",
    "2026-01-02T03:04:05Z",
    "http://room.test/x",
    ("Huomaa.",),
    {"c": "Peitetty", "o": "Myöhässä", "x": "Ei saatavilla", ABSENT: "Ei solua"},
    {"release_id": "20260102T030405Z"},
)


@pytest.fixture(scope="module")
def told():
    return json.loads(json.dumps(dataset(CELLS, SIDES, ABOUT)))


def test_values_stand_in_the_order_of_the_sides_whatever_that_of_the_cells(told):
    assert told["id"] == ["ContentsCode", "area", "time"]
    assert told["value"] == [None, None, 0.1 + 0.2, 2.5]
    assert told["status"] == {"0": "c", "1": ABSENT, "2": "o"}


def test_only_the_statuses_that_occur_are_explained(told):
    label = told["extension"]["status"]["label"]

    assert label == {"c": "Peitetty", "o": "Myöhässä", ABSENT: "Ei solua"}
    assert told["extension"]["release_id"] == "20260102T030405Z"


def test_what_stands_around_the_numbers_is_as_the_format_names_it(told):
    assert (told["version"], told["class"]) == ("2.0", "dataset")
    assert told["role"] == {"metric": ["ContentsCode"], "geo": ["area"], "time": ["time"]}
    assert told["updated"] == "2026-01-02T03:04:05Z"
    assert (told["source"], told["href"]) == ("Tilannehuone", "http://room.test/x")
    unit = told["dimension"]["ContentsCode"]["category"]["unit"]["rate"]
    assert unit == {"label": "%", "base": "%", "decimals": 1}


def rules_hold(told):
    """Fail where a rule of the format is broken that a program may count on."""
    assert len(told["id"]) == len(told["size"]) == len(set(told["id"]))
    assert set(told["dimension"]) == set(told["id"])
    assert len(told["value"]) == prod(told["size"])
    for name, size in zip(told["id"], told["size"], strict=True):
        category = told["dimension"][name]["category"]
        assert sorted(category["index"].values()) == list(range(size))
        assert set(category["label"]) == set(category["index"])
    assert all(one in told["id"] for some in told["role"].values() for one in some)
    assert all(0 <= int(place) < len(told["value"]) for place in told.get("status", {}))


def test_the_rules_of_the_format_hold(told):
    rules_hold(told)


@settings(max_examples=40)
@given(st.data())
def test_any_cube_keeps_every_number_in_its_place(data):
    names = st.lists(st.text(min_size=1, max_size=3), min_size=1, max_size=4, unique=True)
    sides = [
        Dimension(f"d{n}", f"D{n}", {code: code for code in data.draw(names)}) for n in range(3)
    ]
    every = pd.MultiIndex.from_product([list(one.labels) for one in sides]).to_frame(index=False)
    every.columns = [one.id for one in sides]
    kept = data.draw(st.lists(st.sampled_from(range(len(every))), unique=True))
    numbers = data.draw(st.lists(st.floats(0, 1e9), min_size=len(kept), max_size=len(kept)))
    cells = every.iloc[kept].assign(value=pd.Series(numbers, index=kept, dtype=float), status="ok")

    told = json.loads(json.dumps(dataset(cells, sides, ABOUT)))

    rules_hold(told)
    assert size_of(sides) == len(every)
    found = {n: one for n, one in enumerate(told["value"]) if one is not None}
    assert found == dict(zip(kept, numbers, strict=True))


def test_a_cell_that_has_no_place_is_an_error():
    with pytest.raises(ValueError, match="no category of the dimension area"):
        dataset(CELLS.assign(area="c"), SIDES, ABOUT)
    with pytest.raises(ValueError, match="two cells"):
        dataset(pd.concat([CELLS, CELLS]), SIDES, ABOUT)


def test_pyjstat_reads_the_same_numbers(told):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it calls what it has deprecated
        read = pyjstat.Dataset.read(json.dumps(told))
        by_code = read.write("dataframe", naming="id")
        by_name = read.write("dataframe")

    found = by_code.set_index(["area", "time"])["value"]
    assert found["a", "2025M01"] == 2.5
    assert found["a", "2024M12"] == 0.1 + 0.2
    assert pd.isna(found["b", "2024M12"])
    assert list(by_name.columns) == ["Tiedot", "Alue", "Jakso", "value"]
    assert set(by_name["Alue"]) == {"Bé & <co>", "Aa"}


@pytest.fixture
def pxweb(told):
    """Serve the cube on this machine as PxWeb serves a table's data; give the address."""
    answers = {
        "/config": {
            "apiVersion": "2.0.0",
            "maxDataCells": 1000,
            "maxCallsPerTimeWindow": 0,
            "timeWindow": 1,
        },
        "/tables": {"page": {"totalElements": 1}, "tables": []},
        "/tables/cells/metadata": told,
        "/tables/cells/data": told,
    }

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802
            body = json.dumps(answers[self.path.partition("?")[0]]).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):  # noqa: N802
            self.rfile.read(int(self.headers["content-length"]))
            self.do_GET()

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_reader_of_pxweb_reads_the_same_numbers(pxweb):
    api = PxApi(pxweb)
    read = pd.DataFrame(api.get_table_data("cells", value_codes={"area": ["a", "b"]}, show="code"))
    api._client.session.close()

    found = read.set_index(["Alue", "Jakso"])["value"]
    assert found["a", "2025M01"] == 2.5
    assert pd.isna(found["b", "2024M12"])
    assert len(read) == 4
