"""Tables that no package may hold, signed by the region's own key: (what is done, the fault)."""

import io
import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
from hostile_archives import with_table, zipped
from packed_releases import altered

from tilannehuone import personal
from tilannehuone.network.parquet import schema_of


def parquet(table, **options):
    sink = io.BytesIO()
    pq.write_table(table, sink, **{"compression": "zstd", "store_schema": False} | options)
    return sink.getvalue()


def cells(rows=4, schema=None):
    """Return so many cells of nothing."""
    schema = schema or schema_of("cells")
    return pa.table([pa.nulls(rows, one.type) for one in schema], schema)


def plus(schema, *fields):
    return pa.schema([*schema, *fields])


def as_type(name, kind):
    schema = schema_of("cells")
    return schema.set(schema.get_field_index(name), pa.field(name, kind))


def repeated(length, rows):
    """Return a table of which every row tells one long word: small as a file, vast unfolded."""
    word = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), ["a" * length])
    schema = plus(schema_of("quarantine_summary").remove(0))
    columns = [word, *(pa.nulls(rows, one.type) for one in schema)]
    return pa.table(columns, ["source", *schema.names])


def bomb(length, rows):
    """Write it without unfolding it: Parquet keeps a dictionary as it is."""
    return parquet(repeated(length, rows))


def aborting():
    """Return a file whose footer tells a histogram in another's place: Arrow ends the process."""
    content = parquet(cells())
    size = int.from_bytes(content[-8:-4], "little")
    footer = content[-8 - size : -8].replace(b"\x06\x19\x26", b"\x26", 1)
    return content[: -8 - size] + footer + len(footer).to_bytes(4, "little") + b"PAR1"


UNREADABLE, COLUMNS = "package_table_unreadable", "package_table_columns"
ROWS, LARGE = "package_table_rows", "package_table_large"
S = schema_of("cells")

FILES = {
    "not_parquet": (with_table(b"indicator_id;value\n"), UNREADABLE),
    "nothing": (with_table(b""), UNREADABLE),
    "zip_in_a_zip": (with_table(zipped([("cells.parquet", b"")])), UNREADABLE),
    "cut_parquet": (with_table(parquet(cells())[20:]), UNREADABLE),
    "vast_footer": (with_table(b"PAR1" + b"\xff\xff\xff\x7f" + b"PAR1"), UNREADABLE),
    "column_missing": (with_table(parquet(cells(schema=S.remove(11)))), COLUMNS),
    "column_more": (
        with_table(parquet(cells(schema=plus(S, pa.field("raw", pa.float64()))))),
        COLUMNS,
    ),
    "columns_in_other_order": (
        with_table(parquet(cells(schema=pa.schema([S[1], S[0], *list(S)[2:]])))),
        COLUMNS,
    ),
    "number_as_text": (with_table(parquet(cells(schema=as_type("value", pa.string())))), COLUMNS),
    "moment_for_a_day": (
        with_table(parquet(cells(schema=as_type("period_start", pa.timestamp("us"))))),
        COLUMNS,
    ),
    "list_in_a_column": (
        with_table(parquet(cells(schema=as_type("value", pa.list_(pa.float64()))))),
        COLUMNS,
    ),
    "schema_of_its_own": (with_table(parquet(cells(), store_schema=True)), COLUMNS),
    "other_packing": (with_table(parquet(cells(), compression="gzip")), COLUMNS),
    "prefixes_of_prefixes": (
        with_table(
            parquet(
                cells(),
                use_dictionary=False,
                column_encoding={"status": "DELTA_BYTE_ARRAY"},
            )
        ),
        COLUMNS,
    ),
    "fewer_rows": (with_table(parquet(cells(3))), ROWS),
    "more_rows": (with_table(parquet(cells(300_000))), ROWS),
}


def rows(name, **values):
    """Return a change of the first row of a table."""
    return lambda tables: tables | {name: altered(tables[name], name, **values)}


def again(name):
    """Return a change that tells a table's first row twice."""
    return lambda tables: (
        tables | {name: pa.concat_tables([tables[name], tables[name].slice(0, 1)])}
    )


def replaced(name, table):
    return lambda tables: tables | {name: table}


def hidden(**values):
    """Return a change of the first hidden cell."""

    def change(tables):
        told = tables["cells"].to_pylist()
        at = next(n for n, one in enumerate(told) if one["status"] == "c")
        told[at] |= values
        return tables | {"cells": pa.Table.from_pylist(told, S)}

    return change


def added(name, **values):
    row = dict.fromkeys(schema_of(name).names) | values
    return replaced(name, pa.Table.from_pylist([row], schema_of(name)))


def somebody():
    """Make an identity code of a day that never was anybody's, its check character computed."""
    day, number = "010100", 990
    return f"{day}A{number}{personal.CHECK[int(f'{day}{number}') % 31]}"


def definition(**values):
    def change(tables):
        told = json.loads(tables["indicators"].to_pylist()[0]["definition"]) | values
        return rows("indicators", definition=json.dumps(told))(tables)

    return change


SERIES = {
    "indicator_id": "a", "area_code": "A", "period_type": "month", "breakdown": "all",
    "category": "all", "ladder": "nothing", "known": 0,
}  # fmt: skip
DAY = date(2024, 1, 1)
POINT = {one: SERIES[one] for one in list(SERIES)[:5]} | {"period_start": DAY}
CHECK = {"source": "s", "expectation": "e", "severity": "info", "success": True}
VALUE, TWICE, STORY = "package_value", "package_twice", "package_story"
WORDS, PERSONAL = "package_not_words", "package_personal"
AREA, INDICATOR = "package_unknown_area", "package_unknown_indicator"
NAN = float("nan")

CONTENTS = {
    "number_in_a_hidden_cell": (hidden(value=3.0), "package_hidden_number"),
    "denominator_in_a_hidden_cell": (hidden(denominator=90.0), "package_hidden_number"),
    "limit_in_a_hidden_cell": (hidden(upper95=4.0), "package_hidden_number"),
    "number_not_delivered": (hidden(status="x", value=3.0), "package_hidden_number"),
    "unknown_status": (rows("cells", status="shown"), VALUE),
    "no_status": (rows("cells", status=None), VALUE),
    "cell_without_area": (rows("cells", area_code=None), VALUE),
    "cell_twice": (again("cells"), TWICE),
    "number_that_is_none": (rows("cells", value=NAN), VALUE),
    "endless_number": (rows("cells", numerator=float("inf")), VALUE),
    "unknown_period": (rows("cells", period_type="day"), VALUE),
    "cell_of_unknown_area": (rows("cells", area_code="Z"), AREA),
    "cell_of_unknown_measure": (rows("cells", indicator_id="z"), INDICATOR),
    "point_of_unknown_area": (added("points", **POINT | {"area_code": "Z"}), AREA),
    "point_with_a_word_of_its_own": (added("points", **POINT, kind="great"), VALUE),
    "forecast_that_is_no_number": (
        added("forecasts", indicator_id="a", area_code="A", made_at_period=DAY,
              period_start=DAY, point=NAN),
        VALUE,
    ),
    "comparison_with_a_rank": (
        added("comparisons", indicator_id="a", area_code="A", period_type="year",
              period_start=DAY, group="town", word="first"),
        VALUE,
    ),
    "parent_that_is_none": (rows("areas", parent_code="Z"), AREA),
    "script_in_a_name": (rows("areas", name_fi="<script>alert(1)</script>"), WORDS),
    "tag_in_an_event": (rows("events", text_sv="se <b onclick=x>"), WORDS),
    "comment_in_a_name": (rows("areas", name_en="a <!-- b"), WORDS),
    "terminal_code_in_a_name": (rows("areas", name_fi="a\x1b[31m"), WORDS),
    "nul_in_a_name": (rows("areas", name_fi="a\0b"), WORDS),
    "letters_turned_around": (rows("areas", name_fi="a\u202eb"), WORDS),
    "tag_in_a_definition": (
        definition(name={"fi": "<svg/onload=x>", "sv": "b", "en": "c"}),
        WORDS,
    ),
    "identity_code_in_an_event": (rows("events", text_fi=f"Asiakas {somebody()}"), PERSONAL),
    "identity_code_as_a_category": (rows("cells", category=somebody()), PERSONAL),
    "telephone_in_a_name": (rows("areas", name_fi="puh. 050-" + "123 4567"), PERSONAL),
    "address_in_a_check": (
        added("checks", **CHECK, message_fi="kysy: a.b" + "@" + "kunta.fi"),
        PERSONAL,
    ),
    "identity_code_in_a_definition": (definition(owner=somebody()), PERSONAL),
    "identity_code_in_the_files": (
        rows("release", sources=json.dumps([{"file": f"{somebody()}.csv"}])),
        PERSONAL,
    ),
    "outline_with_a_script": (added("shapes", area_code="A", path="M0,0 onload=x"), VALUE),
    "outline_of_unknown_area": (added("shapes", area_code="Z", path="M0,0L1,1Z"), AREA),
    "measure_that_is_none": (rows("indicators", definition='{"id": "a"}'), "package_definition"),
    "definition_of_another": (definition(id="b"), "package_definition"),
    "definition_of_another_kind": (rows("indicators", kind="rate"), "package_definition"),
    "broken_json": (rows("indicators", definition="{"), WORDS),
    "deep_json": (rows("release", protection="[" * 100_000), WORDS),
    "json_with_a_number_that_is_none": (rows("release", protection='{"k": NaN}'), WORDS),
    "event_of_unknown_area": (rows("events", areas='["Z"]'), AREA),
    "event_of_unknown_measure": (rows("events", indicators='["z"]'), INDICATOR),
    "event_about_no_list": (rows("events", areas='{"A": 1}'), VALUE),
    "event_of_unknown_kind": (rows("events", kind="alarm"), VALUE),
    "finding_that_is_none": (added("findings", **SERIES, finding='{"known": 3}'),
                             "package_finding"),
    "two_releases": (again("release"), TWICE),
    "no_release": (lambda all_: all_ | {"release": all_["release"].slice(0, 0)}, STORY),
    "another_release": (rows("release", release_id="20240101T000000Z"), STORY),
    "other_definitions": (rows("release", definitions_hash="1" * 64), STORY),
    "another_region": (rows("regions", region="vaasa"), STORY),
    "another_contact": (rows("regions", contact_fi="Johtaja"), STORY),
    "consent_of_all": (rows("regions", listed='["A"]'), STORY),
    "area_of_another_region": (rows("region_areas", area_code="vaasa-A"), STORY),
    "other_definition_for_others": (rows("region_indicators", definitions_hash="g"), STORY),
    "long_word_repeated": (
        lambda all_: all_ | {"quarantine_summary": repeated(2**19, 100_000)},
        LARGE,
    ),
    "word_without_end": (rows("areas", name_fi="a" * (2**20 + 1)), LARGE),
}  # fmt: skip
