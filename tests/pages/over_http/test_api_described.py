"""The interface for other programs does what its OpenAPI document says, whatever is sent to it."""

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from starlette.applications import Starlette
from starlette.middleware import Middleware

from tilannehuone import store
from tilannehuone.release import current_release
from tilannehuone.web.api import ROUTES
from tilannehuone.web.gate import Gate

EXAMPLES = int(os.environ.get("TILANNEHUONE_EXAMPLES", "3"))
"""Of each address and phase; a long run by hand tries hundreds."""

APP = Starlette(routes=ROUTES, middleware=[Middleware(Gate, routes=ROUTES)])
schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", APP)


@pytest.fixture(scope="module", autouse=True)
def here(instance):
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TILANNEHUONE_INSTANCE", str(instance))
        # as in a server, where the pages keep the release open: opening it anew takes most time
        with store.open_release(current_release(instance / "data" / "releases")):
            yield


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_described(case):
    case.call_and_validate()
