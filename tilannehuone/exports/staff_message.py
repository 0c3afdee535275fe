"""The message to the staff as plain text, ready to be pasted into a letter."""

from tilannehuone.meeting.minutes import Minutes
from tilannehuone.texts import text
from tilannehuone.texts.format import day


def message_bytes(minutes: Minutes) -> bytes:
    """Return whose message it is and its lines, at most three, in UTF-8."""
    lang = minutes.lang
    title = text("minutes.staff_title", lang, day=day(minutes.day, lang), place=minutes.place)
    lines = minutes.staff_message or (text("minutes.no_staff_message", lang),)
    return "\n".join((title, "", *lines, "")).encode()
