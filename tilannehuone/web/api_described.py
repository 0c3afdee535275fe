"""How each address of the interface for other programs is described in its OpenAPI document."""

from typing import Any

from pydantic import BaseModel
from starlette.responses import JSONResponse

from tilannehuone.web.api_forms import MEDIA_TYPES
from tilannehuone.web.api_problem import MEDIA_TYPE, Problem

REFUSALS = {
    304: "The answer has not changed since the tag that was sent",
    401: "Who asks has not logged in",
    403: "Who asks may not see this",
    404: "There is no such release, measure, area or series",
    405: "Only GET and HEAD are answered",
    406: "None of the forms offered is welcome",
    422: "A parameter is not as described",
    503: "There is no release to read",
}
SCHEMAS: dict[str, dict[str, Any]] = {
    "json-stat": {"type": "object", "required": ["version", "class", "id", "size", "value"]},
    "csv": {"type": "string"},
    "parquet": {"type": "string", "format": "binary"},
}


def of(answer: type[BaseModel], *forms: str) -> dict[str, Any]:
    """Return what the description of an address needs, for the router: answer, forms, refusals."""
    others = {MEDIA_TYPES[one]: {"schema": SCHEMAS[one]} for one in forms if one != "json"}
    told: dict[int | str, dict[str, Any]] = {
        200: {"model": answer, "description": "The answer", "content": others},
        304: {"description": REFUSALS[304]},
    }
    schema = Problem.model_json_schema()
    for status, words in REFUSALS.items():
        if status != 304:
            told[status] = {"description": words, "content": {MEDIA_TYPE: {"schema": schema}}}
    return {"responses": told, "response_class": JSONResponse}
