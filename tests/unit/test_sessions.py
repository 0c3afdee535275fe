"""A session ends when it is not used, when it is old, and when its owner leaves."""

from tilannehuone.sessions import Limits, Sessions

LIMITS = Limits(idle=60, absolute=600)


def test_a_session_lives_as_long_as_it_is_used():
    sessions = Sessions()

    assert all(sessions.use("a", 0, now, LIMITS) for now in range(0, 600, 50))


def test_a_session_that_nobody_uses_ends_and_stays_so():
    sessions = Sessions()

    assert sessions.use("a", 0, 10, LIMITS)
    assert not sessions.use("a", 0, 71, LIMITS)
    assert not sessions.use("a", 0, 72, LIMITS)


def test_an_old_session_ends_however_much_it_is_used():
    sessions = Sessions()

    assert [sessions.use("a", 0, now, LIMITS) for now in range(0, 660, 30)][-2:] == [True, False]


def test_a_server_that_was_started_anew_trusts_only_a_fresh_login():
    assert Sessions().use("a", 100, 150, LIMITS)
    assert not Sessions().use("a", 100, 170, LIMITS)


def test_who_leaves_is_out_and_others_stay():
    sessions = Sessions()
    assert sessions.use("a", 0, 1, LIMITS)
    assert sessions.use("b", 0, 1, LIMITS)

    sessions.end("a", 0)

    assert not sessions.use("a", 0, 2, LIMITS)
    assert sessions.use("b", 0, 2, LIMITS)


def test_ended_sessions_are_not_kept_for_ever():
    sessions = Sessions()
    for n in range(1000):
        sessions.use(str(n), n, n, LIMITS)

    assert len(sessions._used) < 800


def test_an_ended_session_is_not_forgotten_while_its_cookie_is_young():
    sessions = Sessions()
    sessions.end("left", 900)
    for n in range(1000):
        sessions.use(str(n), n, n, LIMITS)

    assert not sessions.use("left", 900, 901, LIMITS)
