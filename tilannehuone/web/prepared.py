"""What people will look for first, made beforehand while nobody waits for anything.

A page takes some 100 ms of work when an area or series is asked for the first time. A thread makes
those of all areas and measures after the start, after each new release and on each new day; it
stands still as long as somebody uses the pages.
"""

import time
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice, product
from threading import Event
from typing import Any

from tilannehuone.access import SERVER
from tilannehuone.errors import ReleaseMissing
from tilannehuone.meeting import free_text
from tilannehuone.texts import DEFAULT_LANGUAGE
from tilannehuone.ui import (
    area_whole,
    frame,
    options,
    overview_whole,
    revision_news,
    trend_first,
    trend_rest,
)
from tilannehuone.ui.frame import Page
from tilannehuone.ui.overview_filter import Lens
from tilannehuone.web import slides

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

QUIET_AFTER = 0.5
"""Seconds after somebody's last message: until then a page may still be drawn for them."""

LOOK_AGAIN_AFTER = 30.0
"""Seconds from one look for a new release to the next."""

MOST_MADE = trend_first.MOST_KEPT * 3 // 4
"""A quarter is left for what people ask for in other languages, grains and groups."""

_last_message = [float("-inf")]


class Watched:
    """Notes when a page was last asked for anything; passes everything on untouched."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Note each message of a page's own connection; files and health checks do not count."""

        async def noted() -> Message:
            message = await receive()
            _last_message[0] = time.monotonic()
            return message

        await self.app(scope, noted if scope["type"] == "websocket" else receive, send)


def keep(ended: Event) -> None:
    """Keep the current release prepared until the server has ended.

    The shared screen comes first, for whoever opens it right after the start. Then the guard on
    what people write gathers its words (3 s): nobody's first words wait for that.
    """
    made = None
    while not ended.is_set():
        with suppress(ReleaseMissing):
            page = frame.page_of("trend", DEFAULT_LANGUAGE, SERVER)
            if (page.release, page.today) != made:
                slides.warm()
                free_text.found("Toivo heräsi Iltavastaanotolla")
                revision_news.compared(page.release)
                prepare(page, partial(quiet, ended))
                made = page.release, page.today
        ended.wait(LOOK_AGAIN_AFTER)


def prepare(page: Page, may_go_on: Callable[[], bool]) -> None:
    """Make the pages of each area and of each measure in it, of a release.

    What lies nearest to the series looked at last is made first: the same area or measure. It
    ends early where another release has taken the place of this one, or where it may not go on.
    """
    for area in _areas(page):
        if not (may_go_on() and _is_current(page)):
            return
        overview_whole.whole(replace(page, name="overview"), area, Lens())
        area_whole.whole(replace(page, name="area"), area, {})
    left = _series(page)
    while left and may_go_on() and _is_current(page):
        area, indicator = min(left, key=_farness)
        left.remove((area, indicator))
        choice = options.choice_of(page, {"area": area, "indicator": indicator})
        trend_first.made(page, choice)
        trend_rest.rest(page, choice, {})


def last_message() -> float:
    """Return when a page last asked for anything, by the monotonic clock."""
    return _last_message[0]


def quiet(ended: Event) -> bool:
    """Return once nobody has used a page for a moment: whether the server still runs."""
    while (left := last_message() + QUIET_AFTER - time.monotonic()) > 0:
        ended.wait(left)
        if ended.is_set():
            break
    return not ended.is_set()


def _is_current(page: Page) -> bool:
    return frame.page_of(page.name, page.lang, SERVER).release == page.release


def _series(page: Page) -> list[tuple[str, str]]:
    """Return area and measure of the series to make, those of home first."""
    return list(islice(product(_areas(page), options.indicators(page).labels), MOST_MADE))


def _areas(page: Page) -> list[str]:
    """Return the areas, home first."""
    areas = options.areas(page)
    home_first = sorted(areas.labels, key=lambda code: code != areas.default)
    return home_first[: overview_whole.MOST_KEPT // 2]


def _farness(series: tuple[str, str]) -> bool:
    last = trend_first.looked_at_last()
    return last is not None and series[0] != last.area_code and series[1] != last.indicator.id
