"""What people will look for is made beforehand, nearest first, and only while nobody waits."""

import asyncio
import itertools
import time
from threading import Event

import pytest

from tilannehuone.ui import options, trend_first
from tilannehuone.web import prepared


@pytest.fixture
def page(room):
    return room("trend")


@pytest.fixture
def making(monkeypatch):
    """Return the list of series that are made from now on, as they are asked for."""
    made, real = [], trend_first.made

    def seen(page, choice):
        made.append((choice.area_code, choice.indicator.id))
        return real(page, choice)

    monkeypatch.setattr(trend_first, "made", seen)
    return made


def pairs(page):
    return set(itertools.product(options.areas(page).labels, options.indicators(page).labels))


def test_every_measure_of_every_area_is_made_once(page, making):
    prepared.prepare(page, lambda: True)
    assert len(making) == len(set(making))
    assert set(making) == pairs(page)


def test_what_was_made_is_what_the_page_shows(page):
    prepared.prepare(page, lambda: True)
    choice = options.choice_of(page, {"area": "tuira"})
    assert trend_first.first(page, choice) is trend_first.made(page, choice)


def test_what_is_near_to_the_series_looked_at_is_made_first(page, making):
    seen = options.choice_of(page, {"area": "tuira", "indicator": list(page.indicators)[-1]})
    trend_first.first(page, seen)
    making.clear()
    prepared.prepare(page, lambda: True)
    is_near = [area == seen.area_code or one == seen.indicator.id for area, one in making]
    assert is_near == sorted(is_near, reverse=True)
    assert 0 < sum(is_near) < len(is_near)


def test_nothing_is_made_for_a_release_that_has_been_replaced(page, making, altered, monkeypatch):
    folder = altered("select 1")
    monkeypatch.setenv("TILANNEHUONE_INSTANCE", str(folder))
    prepared.prepare(page, lambda: True)
    assert making == []


def test_it_waits_after_a_message_of_a_page_and_not_after_other_requests():
    async def app(_scope, receive, _send):
        await receive()

    async def receive():
        return {"type": "a message"}

    def heard(kind):
        """Return when the newest message came, after one of this kind."""
        asyncio.run(prepared.Watched(app)({"type": kind}, receive, None))
        return prepared.last_message()

    before = prepared.last_message()
    assert heard("http") == before
    newest = heard("websocket")
    assert newest > before
    assert prepared.quiet(Event())
    assert time.monotonic() >= newest + prepared.QUIET_AFTER


def test_nothing_more_is_made_once_the_server_has_ended(page, making):
    ended = Event()
    prepared.prepare(page, lambda: not making or ended.set() or prepared.quiet(ended))
    assert len(making) == 1
