"""Planning a meeting: its day, the next one's, and how long it may last."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import streamlit as st

from tilannehuone.access import role_in
from tilannehuone.meeting.book import Writer, add, change
from tilannehuone.meeting.objects import Meeting
from tilannehuone.ui.frame import Page
from tilannehuone.ui.meeting import Meetings

LENGTHS = (30, 45, 60, 90, 120)
USUAL = 60
FORM = "%d.%m.%Y"
FROM_ONE_TO_NEXT = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned: two days, and minutes."""

    day: date
    next_day: date | None
    minutes: int


def controls(page: Page, shown: Meetings) -> None:
    """Let whoever holds meetings plan the next one, or change it while it has not begun."""
    one = shown.current
    if not shown.may_hold or (one is not None and one.state != "planned"):
        return
    planned = _planned(one, page.today)
    title = page.text("plan_again" if one else "plan")
    with st.expander(title, expanded=one is None), st.form("meeting.plan", border=False):
        columns = st.columns(3)
        day = columns[0].text_input(page.text("day"), _written(planned.day))
        following = columns[1].text_input(page.text("next_day"), _written(planned.next_day))
        minutes = columns[2].selectbox(
            page.text("minutes"),
            LENGTHS,
            index=LENGTHS.index(planned.minutes) if planned.minutes in LENGTHS else 2,
            format_func=lambda count: page.text("minutes_long", count=count),
        )
        if st.form_submit_button(page.text("save")):
            _save(page, shown, day, following, minutes)


def read_plan(day: str, following: str, minutes: int) -> Plan | str:
    """Return what was typed as a plan, or the key of the text that says what is wrong.

    >>> read_plan("5.2.2026", "", 60)
    Plan(day=datetime.date(2026, 2, 5), next_day=None, minutes=60)
    >>> read_plan("5.2.", "", 60), read_plan("5.2.2026", "5.2.2026", 60)
    ('bad_day', 'bad_next')
    """
    first = _read(day)
    second = _read(following) if following.strip() else None
    if first is None or (second is None and following.strip()):
        return "bad_day"
    if second is not None and second <= first:
        return "bad_next"
    return Plan(first, second, minutes)


def _save(page: Page, shown: Meetings, day: str, following: str, minutes: int) -> None:
    plan = read_plan(day, following, minutes)
    if isinstance(plan, str):
        st.error(page.text(plan, example=_written(page.today)))
        return
    role = role_in(page.person, "hold", shown.area_code)
    writer, one = Writer(page.person.name, role), shown.current
    values: dict[str, Any] = {
        **{"day": plan.day, "next_day": plan.next_day},
        **{"minutes": plan.minutes, "lang": page.lang},
    }
    if one is None:
        add(shown.book, Meeting(area_code=shown.area_code, **values), writer)
    else:
        change(shown.book, Meeting, one.id, one.version, writer, **values)
    st.rerun()


def _planned(one: Meeting | None, today: date) -> Plan:
    if one is None:
        return Plan(today, today + FROM_ONE_TO_NEXT, USUAL)
    return Plan(one.day, one.next_day, one.minutes)


def _read(words: str) -> date | None:
    try:
        return datetime.strptime(words.strip(), FORM).date()
    except ValueError:
        return None


def _written(one: date | None) -> str:
    return f"{one.day}.{one.month}.{one.year}" if one else ""
