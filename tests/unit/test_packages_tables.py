"""Tables of another region: what is wrong with one is found apart, and harms nobody."""

import resource
import sys

import pytest
from hostile_archives import CELLS, parts_of
from hostile_tables import CONTENTS, FILES, LARGE, UNREADABLE, S, aborting, bomb, cells, parquet
from packed_releases import Region

from tilannehuone.network.archive import read_package
from tilannehuone.network.manifest import PackageRefused
from tilannehuone.network.package import Package
from tilannehuone.network.parquet import parquet_bytes, read_tables, schema_of
from tilannehuone.network.parquet_reader import Limits, Refused, checked_table
from tilannehuone.network.schema import hold_content


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    return Region(tmp_path_factory.mktemp("tables"), "oulu")


@pytest.fixture(scope="module")
def good(region):
    return region.package()


@pytest.fixture(scope="module")
def parts(region):
    return region.parts()


@pytest.fixture(scope="module")
def whole(good):
    """Return the manifest of a sound package, and the key that vouches for it."""
    package = read_package(good, None)
    return package.manifest, package.key_id


def refused(read, *given):
    """Return the key of the one fault that reading meets."""
    with pytest.raises(PackageRefused) as error:
        read(*given)
    (fault,) = error.value.faults
    return fault.key, fault.values["table"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_table_of_a_release_is_refused(name, good, region):
    tamper, expected = FILES[name]
    content = parts_of(tamper(good.read_bytes(), region.key))[CELLS]

    with pytest.raises(Refused) as error:
        checked_table(content, S, 4, Limits())
    assert f"package_table_{error.value.args[0]}" == expected


@pytest.mark.parametrize("name", [one for one in CONTENTS if one != "finding_that_is_none"])
def test_tables_that_do_not_hold_together_are_no_package(name, parts, whole):
    (_, tables), (change, expected), (manifest, key_id) = parts, CONTENTS[name], whole
    told = {one: (parquet_bytes(table), table.num_rows) for one, table in change(tables).items()}

    with pytest.raises((PackageRefused, Refused)) as error:
        read = {
            one: checked_table(content, schema_of(one), rows, Limits())
            for one, (content, rows) in told.items()
        }
        hold_content(Package("a", key_id, manifest, read))
    if error.type is Refused:
        assert f"package_table_{error.value.args[0]}" == expected
    else:
        assert [one.key for one in error.value.faults] == [expected]


def test_sound_tables_come_back_as_they_were(parts):
    """Or all the refusals here would prove nothing."""
    _, tables = parts
    read = read_tables({one: (parquet_bytes(t), t.num_rows) for one, t in tables.items()})

    assert list(read) == list(tables)
    assert all(read[one].equals(tables[one].cast(schema_of(one))) for one in tables)


def test_a_table_that_ends_its_reader_ends_nobody_else():
    """Arrow itself ends the process of such a footer: read here, no test would follow this one."""
    areas = {"areas": (parquet_bytes(schema_of("areas").empty_table()), 0)}

    told = refused(read_tables, areas | {"cells": (aborting(), 4)})
    assert told == (UNREADABLE, "cells")
    assert read_tables(areas | {"cells": (parquet(cells()), 4)})["cells"].num_rows == 4


def test_a_reader_killed_from_outside_is_a_table_that_cannot_be_read(tmp_path, monkeypatch):
    """Whatever ends it: here the interpreter it is started with does, at once."""
    ending = tmp_path / "python"
    ending.write_text("#!/bin/sh\nprintf ARROW1; kill -KILL $$\n")
    ending.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(ending))

    assert refused(read_tables, {"cells": (parquet(cells()), 4)}) == (UNREADABLE, "cells")


def test_reading_has_an_end_to_its_memory_and_ours_has_none():
    before = resource.getrlimit(resource.RLIMIT_AS)
    vast = {"quarantine_summary": (bomb(2_000, 100_000), 100_000)}

    key, _ = refused(read_tables, vast, Limits(memory=64 * 2**20))
    assert key in {LARGE, UNREADABLE}
    assert read_tables(vast)["quarantine_summary"].num_rows == 100_000
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_table_that_unfolds_beyond_its_limit_is_not_read(good):
    for limits in (Limits(rows=3), Limits(values=40), Limits(unfolded=100), Limits(texts=20)):
        key, _ = refused(read_package, good, None, limits)
        assert key == LARGE
