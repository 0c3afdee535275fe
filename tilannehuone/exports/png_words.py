"""Words inside a PNG file: title, description and passport, which picture programs show."""

import struct
import zlib

SIGNATURE_AND_HEADER = 8 + 25
"""A PNG begins with eight bytes that name it and a header chunk; words may follow these."""


def with_words(png: bytes, told: list[tuple[str, str]]) -> bytes:
    """Return the PNG with keyword and text pairs added as UTF-8 (iTXt); empty ones are left out."""
    chunks = b"".join(_chunk(keyword, words) for keyword, words in told if words)
    return png[:SIGNATURE_AND_HEADER] + chunks + png[SIGNATURE_AND_HEADER:]


def _chunk(keyword: str, words: str) -> bytes:
    # keyword, two zeros for "not compressed", and two empty places: language, translated keyword
    body = b"iTXt" + keyword.encode("latin-1") + b"\0\0\0\0\0" + words.encode()
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
