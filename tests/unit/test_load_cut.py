"""A file whose transfer was interrupted is refused: half a month must not pass for a whole one."""

import pytest
from loading import counts, fault, load_text, rows

WHOLE = "Alue;Jakso;lkm\nKaakkuri;2025M01;5\nTuira;2025M01;7\n"
READ = [("kaakkuri", 5), ("tuira", 7)]
ALL = "select area_code, lkm from raw_lahde order by all"


@pytest.mark.parametrize("end", ["Tuir", "Tuira;", "Tuira;2025M0", "Tuira;2025M02"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_a_file_that_ends_amid_a_row_is_refused_whole(tmp_path, end, encoding):
    working = load_text(tmp_path, f"{WHOLE}{end}".encode(encoding))

    assert "ends amid a row" in str(fault(working))
    assert rows(working, ALL) == []


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_short_row_with_its_line_end_is_set_aside_alone(tmp_path, end):
    text = f"{WHOLE}Tuira;2025M02\n".replace("\n", end)
    working = load_text(tmp_path, text.encode())

    assert rows(working, ALL) == READ
    assert counts(working) == (3, 2, 1, 0, 0)


def test_a_whole_row_needs_no_line_end(tmp_path):
    assert rows(load_text(tmp_path, WHOLE.rstrip("\n")), ALL) == READ


def test_a_remark_at_the_end_needs_no_line_end(tmp_path):
    assert rows(load_text(tmp_path, f"{WHOLE}\nLähde: rekisteri"), ALL) == READ
