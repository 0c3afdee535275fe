"""Lines are told from bytes alike, wherever the chunks of a file begin."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pipelines.extracts.ends import Ends

PIECES = st.lists(st.sampled_from(["1;2", " ", "\n", "\r\n", "\r", "ä"]), max_size=30)


def ends_of_chunks(content: bytes, cuts: list[int]) -> Ends:
    ends, places = Ends(), sorted({0, len(content), *(one % (len(content) + 1) for one in cuts)})
    for start, end in zip(places, places[1:], strict=False):
        ends.add(content[start:end])
    return ends


@given(PIECES, st.lists(st.integers(0, 99), max_size=5))
def test_the_last_filled_line_and_the_kind_of_ends(pieces, cuts):
    text = "".join(pieces)
    found = ends_of_chunks(text.encode(), cuts)

    lines = re.split("\r\n|\r|\n", text)
    kinds = set(re.findall("\r\n|\r|\n", text))
    assert found.filled == max((at for at, one in enumerate(lines, 1) if one.strip()), default=0)
    assert found.alike == (kinds in (set(), {"\n"}, {"\r\n"}))


@given(PIECES, PIECES, st.lists(st.integers(0, 99), max_size=5))
def test_the_line_of_a_byte_that_no_text_has(before, after, cuts):
    text = "".join(before).replace("\r", "")
    content = (text + "\0" + "".join(after)).encode()

    assert ends_of_chunks(content, cuts).zero == text.count("\n") + 1
    assert ends_of_chunks(text.encode(), cuts).zero is None
