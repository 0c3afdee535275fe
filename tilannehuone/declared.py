"""Reading declarations: YAML with the line of every key, checked by models, faults in one line.

Ring one of four (shape). Pydantic says what is wrong and at which path; the path finds the line.
"""

import re
import warnings
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError
from ruamel.yaml.reader import ReaderError

from tilannehuone.errors import Fault, RegistryError

M = TypeVar("M", bound=BaseModel)
Path_ = tuple[str | int, ...]
OWN = "own_"

MOST_BYTES, MOST_NODES, MOST_DEPTH = 4_000_000, 1_000_000, 100
"""Of one file: its size, its nodes with every alias written out, and how deep they lie."""

BRACKETS = re.compile(r"[\[\]{}]")
NESTED = re.compile(r"(?:- ){20}|(?:\? ){4}|^ {1000}", re.MULTILINE)
"""Lists of lists of lists on one line, and an indent that no declaration has."""

MARK = re.compile(r", line (\d+), column (\d+)")
"""How the YAML reader writes a place within its words."""

SLIPS = (
    *(YAMLError, ValueError, TypeError, LookupError, AttributeError, AssertionError),
    *(ArithmeticError, NotImplementedError, RecursionError),
)
"""What the YAML reader raises by mistake on what it does not expect."""

MENDS = {
    "extra_forbidden": "unknown_key",
    "missing": "missing_key",
    "literal_error": "not_one_of",
    "string_too_short": "empty_text",
    "string_type": "not_a_text",
    "int_parsing": "not_a_whole_number",
    "int_type": "not_a_whole_number",
    "int_from_float": "not_a_whole_number",
    "float_parsing": "not_a_number",
    "float_type": "not_a_number",
    "bool_parsing": "not_yes_or_no",
    "bool_type": "not_yes_or_no",
    "string_pattern_mismatch": "wrong_form",
    "greater_than": "out_of_range",
    "greater_than_equal": "out_of_range",
    "less_than_equal": "out_of_range",
    "date_type": "not_an_iso_date",
    "date_parsing": "not_an_iso_date",
    "date_from_datetime_parsing": "not_an_iso_date",
    "dict_type": "not_a_mapping_here",
    "model_type": "not_a_mapping_here",
    "model_attributes_type": "not_a_mapping_here",
    "tuple_type": "not_a_list",
}
"""Pydantic's error types -> texts in `faults.yaml`; our own rules carry their key themselves."""


class Declared(BaseModel):
    """Base of every declared thing: unknown keys are faults, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Names(Declared):
    """One text in the three languages; none may be missing or empty."""

    fi: str = Field(min_length=1)
    sv: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, lang: str) -> str:
        """Return the text in `lang` (fi, sv or en)."""
        return str(getattr(self, lang))


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
"""One text or a list of them."""


def read_yaml(path: Path) -> CommentedMap:
    """Return the mapping a YAML file holds, its line numbers attached.

    Raises
    ------
    RegistryError
        When the file is absent, is not UTF-8 YAML, or is not a mapping; the place is named.
    """
    if not path.is_file():
        raise RegistryError(Fault("file_missing", file=str(path)))
    if path.stat().st_size > MOST_BYTES:
        raise RegistryError(Fault("yaml_too_large", file=str(path)))
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RegistryError(Fault("not_utf8", file=str(path), line=1)) from None
    if _deepest(text) > MOST_DEPTH or NESTED.search(text):
        raise RegistryError(Fault("yaml_too_large", file=str(path)))
    document = _loaded(text, path)
    if not isinstance(document, CommentedMap):
        raise RegistryError(Fault("not_a_mapping", file=str(path), line=1))
    if _weight(document, {}, 0) > MOST_NODES:
        raise RegistryError(Fault("yaml_too_large", file=str(path)))
    return document


def _loaded(text: str, path: Path) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ReusedAnchorWarning)
            return YAML(typ="rt").load(text)
    except ReusedAnchorWarning as error:  # which of the two is meant nobody can say
        line, column = MARK.findall(str(error))[-1]
        problem = str(error).strip().splitlines()[0]
        raise _not_yaml(path, problem, int(line), int(column)) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark
        where = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _not_yaml(path, str(error.problem), *where) from None
    except ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise _not_yaml(path, str(error.reason), line, 1) from None
    except SLIPS as error:
        raise _not_yaml(path, type(error).__name__, 1, 1) from None


def _not_yaml(path: Path, problem: str, line: int, column: int) -> RegistryError:
    told = " ".join(problem.split())[:200]
    return RegistryError(Fault("not_yaml", {"problem": told}, str(path), line, column))


def _deepest(text: str) -> int:
    """Return how many brackets are open at once: the reader takes minutes over thousands."""
    depth = deepest = 0
    for sign in BRACKETS.findall(text):
        depth = max(depth + (1 if sign in "[{" else -1), 0)
        deepest = max(deepest, depth)
    return deepest


def _weight(node: Any, known: dict[int, int], depth: int) -> int:
    """Return how many nodes a document has with every alias written out.

    Aliases of aliases make a billion of one line; one that holds itself never ends.
    """
    if not isinstance(node, dict | list):
        return 1
    if id(node) not in known:
        known[id(node)] = MOST_NODES + 1  # stands as long as the node is looked into: it is endless
        below = node.values() if isinstance(node, dict) else node
        deep = depth > MOST_DEPTH
        weight = MOST_NODES + 1 if deep else sum(_weight(one, known, depth + 1) for one in below)
        known[id(node)] = 1 + weight
    return known[id(node)]


def place(document: Any, path: Path_) -> tuple[int, int]:
    """Return line and column (from 1) of the deepest part of `path` that the document holds."""
    line, column = 1, 1
    for step in path:
        if isinstance(document, CommentedSeq):
            held = isinstance(step, int) and step < len(document)
        else:
            held = isinstance(document, CommentedMap) and step in document
        if not held:
            break
        # what a merge brought in, or stands under a tag of its own, has no place that is known
        known = (document.lc.data or {}).get(step)
        line, column = (known[0] + 1, known[1] + 1) if known else (line, column)
        document = document[step]
    return line, column


def checked(model: type[M], document: Any, file: Path, root: Any = None, at: Path_ = ()) -> M:
    """Return `document` as `model`, or raise every fault of its shape at once.

    `root` and `at` say where the part stands in its file, for the line numbers.
    """
    try:
        return model.model_validate(document)
    except ValidationError as error:
        whole = document if root is None else root
        raise RegistryError([_fault(one, whole, at, file) for one in error.errors()]) from None


def _fault(error: Any, root: Any, at: Path_, file: Path) -> Fault:
    path = at + tuple(error["loc"])
    values = {"key": ".".join(str(step) for step in path), **error.get("ctx", {})}
    values |= {"problem": error["msg"], "limit": _limit(values)}
    own_key = error["type"].removeprefix(OWN) if error["type"].startswith(OWN) else None
    key = own_key or MENDS.get(error["type"], "wrong_value")
    return Fault(key, values, str(file), *place(root, path))


def _limit(context: dict[str, Any]) -> str:
    signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
    return "".join(f"{sign} {context[name]}" for name, sign in signs.items() if name in context)


def broken_rule(key: str, **values: object) -> PydanticCustomError:
    """Return the error a model's own rule raises; `key` names its text in `faults.yaml`."""
    return PydanticCustomError(OWN + key, key, values)
