"""JSON as a statistics service hands it out, read strictly: a value, or one fault with its place.

Numbers stay as they were written. What JSON leaves open and other readers settle in silence (two
keys of one name, NaN) is refused.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from pipelines.extracts.delivery import bytes_of
from tilannehuone.errors import ExtractRejected, Fault

LARGEST = 128 << 20
"""Bytes, unpacked. Services hand out a million cells at most at a time: some 30 MB."""

MOST_PARTS = 8_000_000
"""Commas, which part everything that a file is made of: so much of it fits in memory."""

HALF_A_SIGN = re.compile(
    r"\\u[dD][89aAbB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])"
    r"|(?<!\\u[dD][89aAbB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
"""One of the two escapes that make a sign together: it is no text, though JSON allows it."""

STRANGE = re.compile(r'"(?:[^"\\]|\\.)*"|(NaN|-?Infinity)')


class Number(str):
    """A number as it stood: not rounded, and never too large to be held."""

    __slots__ = ()


class _NotANumber(ValueError):
    """NaN or Infinity, which are no JSON."""


class _TwoKeys(ValueError):
    """An object with two keys of one name."""


def read_json(path: Path) -> Any:
    """Return what a JSON file holds, every number as `Number`.

    Raises
    ------
    ExtractRejected
        Too large, not UTF-8, a web page, cut off, not JSON, nested too deep, with a key twice in
        one object, or with NaN. Line and column are told where they are known.
    """
    text = _text(path)
    _insist_on_sense(text)
    try:
        return json.loads(
            text,
            parse_float=Number,
            parse_int=Number,
            parse_constant=_refuse,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        is_cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        key = "load_json_cut" if is_cut else "load_not_json"
        raise ExtractRejected(Fault(key, {}, None, error.lineno, error.colno)) from None
    except _NotANumber:
        at = next(one.start() for one in STRANGE.finditer(text) if one[1])
        raise ExtractRejected(Fault("load_json_nan", {}, None, *_place(text, at))) from None
    except _TwoKeys:
        raise ExtractRejected(Fault("load_json_two_keys")) from None
    except RecursionError:
        raise ExtractRejected(Fault("load_json_deep")) from None


def _text(path: Path) -> str:
    parts, size = [], 0
    for chunk in bytes_of(path):
        size += len(chunk)
        if size > LARGEST:
            raise ExtractRejected(Fault("load_too_large", {"most": LARGEST >> 20}))
        parts.append(chunk)
    whole = b"".join(parts).removeprefix(b"\xef\xbb\xbf")
    try:
        return whole.decode("utf-8")
    except UnicodeDecodeError as error:
        before = whole[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        fault = Fault("load_not_in_encoding", {"encoding": "utf-8"}, None, line, column)
        raise ExtractRejected(fault) from None


def _insist_on_sense(text: str) -> None:
    """Raise ExtractRejected for what need not be parsed to be known as no data."""
    if not text.strip():
        raise ExtractRejected(Fault("load_empty"))
    if text.lstrip().startswith("<"):
        raise ExtractRejected(Fault("load_web_page", line=1))
    if text.count(",") > MOST_PARTS:
        raise ExtractRejected(Fault("load_too_large", {"most": LARGEST >> 20}))
    half = HALF_A_SIGN.search(text)
    if half is not None:
        raise ExtractRejected(Fault("load_not_json", {}, None, *_place(text, half.start())))


def _refuse(_written: str) -> NoReturn:
    raise _NotANumber


def _object(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    given = list(pairs)
    found = dict(given)
    if len(found) < len(given):
        raise _TwoKeys
    return found


def _place(text: str, at: int) -> tuple[int, int]:
    """Return line and column of a position, both from one."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
