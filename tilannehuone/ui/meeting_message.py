"""The three lines to the staff, proposed from what the meeting decided and promised."""

from tilannehuone.meeting.minutes_parts import sentence_of
from tilannehuone.texts.format import day
from tilannehuone.ui.meeting_held import Held

MOST_TOLD = 2
"""Promises told in the message by their words; of more, only how many there are."""


def proposed(held: Held) -> str:
    """Return up to three lines: what was decided, what was promised, and when we meet again."""
    lines = (_decided(held), _promised(held), _next(held))
    return "\n".join(one for one in lines if one)


def _decided(held: Held) -> str:
    if not held.decisions:
        return ""
    first = sentence_of(held.decisions[0].text)
    others = len(held.decisions) - 1
    key = "message_decided" if not others else "message_decided_more"
    return held.text(key, decision=first, count=others)


def _promised(held: Held) -> str:
    made = held.made_now
    if not made:
        return ""
    told = " ".join(sentence_of(one.text) for one in made[:MOST_TOLD])
    others = len(made) - MOST_TOLD
    key = "message_promised" if others <= 0 else "message_promised_more"
    return held.text(key, promises=told, count=others)


def _next(held: Held) -> str:
    following = held.meeting.next_day
    return held.text("next_meeting", day=day(following, held.page.lang)) if following else ""
