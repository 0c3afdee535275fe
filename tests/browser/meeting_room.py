"""A served instance with a meeting to be held: promises of last time, a phenomenon, and its book.

Everything is written as people would write it, in roles; the meeting is of today.
"""

from datetime import date, timedelta

from tilannehuone.meeting.book import Writer, add, change
from tilannehuone.meeting.database import address_of, open_book
from tilannehuone.meeting.objects import Meeting, Observation, Phenomenon, Promise

AREA = "kaakkuri"
WRITER = Writer("kirjuri", "scribe")
LAST = [
    ("Koulukuraattorit", "Käymme jokaisen luokan kanssa syksyn kuulumiset läpi", 0),
    ("Perhekeskus", "Avaamme ajanvarauksen iltaisin", 2),
]

CUT = """() => {
  const slide = document.querySelector(".th-slide");
  const box = slide.getBoundingClientRect();
  const beyond = [...slide.querySelectorAll("h1, h2, p, li, svg, label, textarea, button, select")]
    .filter((one) => {
      const own = one.getBoundingClientRect();
      return own.right > window.innerWidth || own.bottom > box.bottom + 1 || own.left < 0;
    });
  return slide.scrollHeight > slide.clientHeight + 1 || beyond.length > 0;
}"""
WRITTEN_TYPE = """() => [...document.querySelectorAll(
  ".th-slide :is(textarea, input, select, button, legend, label > span, li), .th-meetbar span")]
  .filter((one) => one.textContent.trim() || one.matches("textarea, input, select"))
  .map((one) => parseFloat(getComputedStyle(one).fontSize))"""


def book_of(folder):
    return open_book(address_of(folder))


def planned(book, area=AREA, today=None):
    """Write last month's meeting with its promises, a phenomenon, and a meeting of today."""
    today = today or date.today()
    before = today - timedelta(days=28)
    last = add(book, Meeting(area_code=area, day=before, next_day=today, state="open"), WRITER)
    for promiser, words, carried in LAST:
        add(
            book,
            Promise(
                area_code=area,
                meeting_id=last.id,
                text=words,
                promiser=promiser,
                due=today,
                carried=carried,
            ),
            WRITER,
        )
    change(book, Meeting, last.id, last.version, WRITER, state="closed")
    phenomenon = add(
        book,
        Phenomenon(
            area_code=area,
            title="Perheet hakevat apua vasta kriisissä",
            indicators=("cp_notifications_rate",),
        ),
        WRITER,
    )
    add(
        book,
        Observation(
            area_code=area,
            day=before,
            subject="everyday_life",
            environment="school",
            text="Vanhemmat kertovat, etteivät tiedä keneen ottaa yhteyttä",
            phenomenon_id=phenomenon.id,
        ),
        WRITER,
    )
    following = today + timedelta(days=28)
    return add(book, Meeting(area_code=area, day=today, next_day=following), WRITER)


def saved(tab):
    tab.wait_for_function(
        "() => ['', 'still'].includes(document.querySelector('.at-words').dataset.now)"
    )


class Hands:
    """A scribe's hands: what is typed, and every key pressed beside, counted for each slide."""

    def __init__(self, tab):
        self.tab, self.counted, self.promises = tab, {}, []

    def slide(self):
        return self.tab.locator(".th-slide .th-meet").get_attribute("data-slide")

    def press(self, *keys):
        for key in keys:
            where = self.slide()
            self.counted[where] = self.counted.get(where, 0) + 1
            self.tab.keyboard.press(key)

    def type(self, words):
        self.tab.keyboard.type(words)

    def play(self):
        """Play the whole script of a meeting, to its last slide."""
        while (slide := self.slide()) != "end":
            getattr(self, f"_{slide.partition('-')[0]}")()
            self.tab.wait_for_function(
                "was => document.querySelector('.th-meet').dataset.slide !== was", arg=slide
            )

    def _opening(self):
        self.type("Iltavastaanotto alkoi ja ajat täyttyivät viikossa")
        self.press("Enter")

    def _promise(self):
        self.press("2")
        self.type("Saimme alkuun puolet")
        has_obstacle = self.tab.locator("[name=obstacle]:visible").count()
        self.press("Enter")
        if has_obstacle:
            self.type("Sijaisia ei löydy")
            self.press("Enter")

    def _measure(self):
        self.press("2")
        self.type("Vaihtelu on tavanomaista")
        self.press("Enter")

    def _case(self):
        self.press("1")
        self.type("Luvut tarkistettiin lähteestä")
        self.press("Enter", "Enter")

    def _phenomenon(self):
        for n in range(self.tab.locator(".th-slide textarea").count()):
            self.type(f"Vastaus {n + 1} ryhmältä")
            self.press("Enter")

    def _course(self):
        self.press("2")
        self.type("lisätään tiedotusta pilottipuhelimesta")
        self.press("Enter")
        self.type("Kehittäjä-koordinaattori")
        self.press("Enter")

    def _round(self):
        for who, what, measure in (
            ("Neuvola", "kerromme pilottipuhelimesta jokaisessa tapaamisessa", ""),
            ("Koulu", "lisäämme numeron kaikkien luokkien seinälle", "Verkosto koolle"),
        ):
            before = self.counted.get("round", 0)
            self.type(who)
            self.press("Enter")
            self.type(what)
            if measure:
                self.press("Tab")
                self.type(measure)
            self.press("Enter")
            self.promises.append(self.counted["round"] - before)
        self.press("Enter")

    def _message(self):
        self.press(*"11213", "Enter")

    def _late(self):
        self.press("ArrowRight")
