"""What a release tells of deliveries counts nobody: rows in hundreds, files by a keyed digest."""

import hashlib
import json
import stat

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_instance import AS_OF, make_instance, write_extract

from pipelines.account import KEY_FILE, digest_key, keyed
from pipelines.hundreds import hundreds, observed
from pipelines.run import build

PARTS = ("rows_loaded", "rows_quarantined", "totals_dropped", "rows_other")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = make_instance(tmp_path_factory.mktemp("account"))
    lines = (folder / "data/extracts/visits.csv").read_text(encoding="cp1252").splitlines()
    write_extract(folder, "visits.csv", [*lines, "1.1.2025;p1;käynti;Muualla"])
    build(folder, as_of=AS_OF)
    return folder


@pytest.fixture
def release(built):
    (path,) = (built / "data/releases").glob("*.duckdb")
    with duckdb.connect(str(path), read_only=True) as reader:
        yield reader


def files(release):
    return json.loads(release.execute("select sources from release").fetchone()[0])


def test_a_file_is_told_by_a_digest_that_nobody_can_try_out(built, release):
    for one in files(release):
        plain = hashlib.sha256((built / "data/extracts" / one["file"]).read_bytes()).hexdigest()
        key = digest_key(built / "data/work")
        assert one["digest"] == {"algorithm": "hmac-sha256", "value": keyed(plain, key)}
        assert plain not in json.dumps(one)


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path):
    key = digest_key(tmp_path / "work")

    assert digest_key(tmp_path / "work") == key
    assert len(key) == 32
    assert stat.S_IMODE((tmp_path / "work" / KEY_FILE).stat().st_mode) == 0o600
    assert digest_key(tmp_path / "other") != key


def test_the_key_stands_in_no_release(built):
    key = digest_key(built / "data/work")
    for path in (built / "data/releases").iterdir():
        content = path.read_bytes()
        assert key not in content
        assert key.hex().encode() not in content


def test_rows_are_told_in_full_hundreds(release):
    visits = next(one for one in files(release) if one["source"] == "visits")
    assert visits["rows_quarantined"] == 100
    assert visits["rows_read"] % 100 == visits["rows_loaded"] % 100 == 0
    counts = release.execute("select row_count from quarantine_summary").fetchall()
    assert counts == [(100,)]
    seen = release.execute("select unexpected_count from checks where unexpected_count > 0")
    assert {row[0] for row in seen.fetchall()} == {100}


def test_a_read_file_is_never_told_to_be_empty_and_a_clean_one_is(release):
    people = next(one for one in files(release) if one["source"] == "people")
    assert [people[one] for one in ("rows_read", *PARTS)] == [100, 100, 0, 0, 0]


def test_no_check_observes_an_exact_count(release):
    told = release.execute("select expectation, observed from checks").fetchall()
    numbers = [one for name, one in told if name != "encoding" and one is not None]
    assert numbers
    assert all(observed(one) == one for one in numbers)


@given(st.lists(st.integers(0, 900), min_size=4, max_size=4), st.integers(0, 3))
def test_no_part_can_be_told_from_the_others_and_the_whole(parts, which):
    """Bounds of one part, by the hundreds of all and read = the sum of its parts."""
    read = hundreds(sum(parts), even_none=True)
    some = [hundreds(one) for one in parts]
    if not some[which]:
        return
    low = [max(one - 99, 0) if one else 0 for one in some]
    others = [n for n in range(4) if n != which]
    least = max(low[which], read - 99 - sum(some[n] for n in others))
    most = min(some[which], read - sum(low[n] for n in others))
    assert most - least >= 95
