"""A meeting written through a real book, and the minutes of it: full, empty, huge and hostile."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tilannehuone.meeting.minutes import minutes_of
from tilannehuone.meeting.minutes_given import Said, Setting, Shown
from tilannehuone.meeting.objects import (
    Decision,
    Interpretation,
    Meeting,
    Observation,
    Phenomenon,
    Promise,
    SignalCase,
    Success,
)

DAY, NEXT = date(2026, 11, 12), date(2026, 12, 10)
AT = datetime(2026, 11, 12, 11, 3, 7, tzinfo=UTC)
PLACES = {"fi": "Oulu", "sv": "Uleåborg", "en": "Oulu"}
MEASURES = {
    "fi": {"a": "Lastensuojeluilmoitukset", "b": "Verkosto koolle 14 päivässä", "c": "Perhetyö"},
    "sv": {"a": "Barnskyddsanmälningar", "b": "Nätverket samlat på 14 dagar", "c": "Familjearbete"},
    "en": {"a": "Child-welfare notifications", "b": "Network within 14 days", "c": "Family work"},
}
SENTENCES = {
    "fi": "Lokakuussa 2026 luku oli 14,2. Se on suurempi kuin tavallisesti.",
    "sv": "I oktober 2026 var värdet 14,2. Det är större än vanligt.",
    "en": "In October 2026 the value was 14.2. It is higher than usual.",
}
TYPED = {
    "success": "koulujen kanssa sovittiin yhteinen aika",
    "learning": "Puhelu toimii paremmin kuin sähköposti",
    "reading": "Ilmoitukset nousivat lokakuussa, kun koulut alkoivat ilmoittaa uudella lomakkeella",
    "decision": "jatketaan yhden kontaktin kokeilua",
    "promise": "soitan jokaiseen kouluun",
    "title": "Huoli jää yksin",
}


def full(lang="fi", state="closed", **typed):
    """Return the minutes of a meeting in which everything happened; `typed` replaces words."""
    told = TYPED | typed
    return minutes_of(meeting(lang, state), said(told), setting(lang))


def meeting(lang="fi", state="closed"):
    closed = {"closed_at": AT, "pack_id": "f" * 64} if state == "closed" else {}
    return Meeting(
        id="m1",
        area_code="564",
        day=DAY,
        next_day=NEXT,
        lang=lang,
        state=state,
        release_id="20261110T041205Z",
        staff_message="Ilmoituksia tuli enemmän kuin ennen\nKokeilu jatkuu\nSeuraava kokous 10.12.",
        changed_at=AT,
        **closed,
    )


def setting(lang):
    names = MEASURES[lang]
    shown = (
        Shown(
            indicator_id="a",
            name=names["a"],
            sentence=SENTENCES[lang],
            period_type="month",
            period_start=date(2026, 10, 1),
            has_signal=True,
            claim="supported",
        ),
        Shown(indicator_id="b", name=names["b"], sentence=SENTENCES[lang]),
    )
    return Setting(
        place=PLACES[lang],
        measures=names,
        shown=shown,
        release_day=date(2026, 11, 10),
        quiet=(names["c"],),
        look_backs=("Lupauksen aika on tullut",),
        quality=("Yksi luku oli myöhässä",),
    )


def said(told):
    def of(kind, number, **values):
        return kind(id=f"{kind.__name__}{number}", area_code="564", changed_at=AT, **values)

    return Said(
        successes=(of(Success, 1, meeting_id="m1", text=told["success"]),),
        asked=(
            of(Promise, 1, meeting_id="m0", promiser="Perhekeskus", text=told["promise"],
               state="done", learning=told["learning"], answered_in="m1", due=DAY),
            of(Promise, 2, meeting_id="m0", promiser="Koulu", text=told["promise"], due=NEXT,
               carried=2, obstacle=told["learning"], answered_in="m1"),
        ),
        promised=(
            of(Promise, 3, meeting_id="m1", promiser="Kuraattori", text=told["promise"], due=NEXT,
               indicator_id="a", expected="down", seen_from=date(2027, 3, 1)),
            of(Promise, 4, meeting_id="m1", promiser="Neuvola", text=told["promise"]),
        ),
        interpretations=(
            of(Interpretation, 1, meeting_id="m1", indicator_id="a", period_type="month",
               judgement="wrong", text=told["reading"]),
        ),
        decisions=(of(Decision, 1, meeting_id="m1", course="continue", text=told["decision"],
                      owner="Palvelupäällikkö"),),
        phenomena=(
            of(Phenomenon, 1, title=told["title"], indicators=("a", "b"), discussed_in="m1",
               hypothesis=told["reading"], right_way="kyllä", what_missing=told["learning"]),
        ),
        observations=(
            of(Observation, 1, day=date(2026, 11, 2), subject="everyday_life",
               environment="school", text=told["learning"], phenomenon_id="Phenomenon1"),
        ),
        cases=(
            of(SignalCase, 1, indicator_id="a", period_type="month", variation="concern",
               period_start=date(2026, 10, 1), outcome="data_error", checked=told["learning"]),
        ),
        scores=(3, 3, 3, 2, 1),
    )  # fmt: skip


def empty(lang="fi", state="closed"):
    """Return the minutes of a meeting in which nothing was written down."""
    plain = replace(meeting(lang, state), next_day=None, staff_message="", release_id="",
                    pack_id="")  # fmt: skip
    return minutes_of(plain, Said(), Setting(place=PLACES[lang]))


def huge(lang="fi"):
    """Return the minutes of a meeting with forty promises and a long text in each."""
    made = tuple(
        Promise(id=f"p{n}", area_code="564", meeting_id="m1", promiser=f"Rooli {n}",
                text=TYPED["promise"] + " ja kirjaan, mitä opin" * 8, due=NEXT, changed_at=AT)
        for n in range(40)
    )  # fmt: skip
    return minutes_of(meeting(lang), replace(said(TYPED), promised=made), setting(lang))


HOSTILE = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "[tästä](javascript:alert(1)) ![x](https://example.org/a.png)",
    "BEGIN:VEVENT\r\nUID:x",
    '" onclick="alert(1)',
    "rivi\nvaihtuu\x07 | sarake",
)


def hostile(words):
    """Return the minutes of a meeting in which every typed text is `words`."""
    return full(**dict.fromkeys(TYPED, words))
