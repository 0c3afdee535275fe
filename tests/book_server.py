"""A server over a book for tests that kill it: `python -m book_server ADDRESS PORT`.

It answers some time after the write is done, so that a kill also meets writes that were done and
not yet answered.
"""

import sys
from dataclasses import asdict
from random import uniform
from time import sleep

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse
from starlette.routing import Route

from tilannehuone.errors import BookUnavailable, Outdated
from tilannehuone.meeting import book as books
from tilannehuone.meeting.database import open_book
from tilannehuone.meeting.objects import KINDS

LONGEST_WAY_BACK = 0.02


def main():
    address, port = sys.argv[1:]
    book = open_book(address)

    def write(asked):
        kind, writer = KINDS[asked["kind"]], books.Writer(asked["by"], "scribe")
        if "id" not in asked:
            return books.add(book, kind(**asked["values"]), writer, asked["request_id"])
        known = asked["id"], asked["version"], writer, asked["request_id"]
        return books.change(book, kind, *known, **asked["values"])

    def answer(asked):
        try:
            record = write(asked)
        except Outdated as error:
            return JSONResponse({"key": error.faults[0].key}, status_code=409)
        except BookUnavailable:
            return JSONResponse({}, status_code=503)
        sleep(uniform(0, LONGEST_WAY_BACK))
        return JSONResponse({name: str(value) for name, value in asdict(record).items()})

    async def posted(request):
        return await run_in_threadpool(answer, await request.json())

    routes = [Route("/write", posted, methods=["POST"])]
    uvicorn.run(Starlette(routes=routes), port=int(port), log_level="error")


if __name__ == "__main__":
    main()
