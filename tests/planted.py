"""Sentences with made identifiers: codes with computed check characters, numbers and names drawn.

Nothing here is anybody's: names are combined by seed from lists of common parts, and surnames also
from parts that no list holds.
"""

import random

from tilannehuone.meeting import name_forms
from tilannehuone.personal import CHECK

SIGNS = "-+YXWVUABCDEF"
CODE_FRAMES = (
    "Asiakkaan tunnus on {} ja asia kesken.",
    "hetu{} puuttui lomakkeelta",
    "Lapsi {}, koulussa huoli.",
    "Kirjattu: {}.",
)
PHONES = (
    *("040 {3} {4}", "040{7}", "050-{3} {4}", "+358(0)50 {3} {4}", "+358 40 {7}", "+35844{7}"),
    *("0400 {3} {3}", "00358 45 {3} {4}", "045-{7}", "(08) {3} {4}", "08-{3} {4}", "09 {4} {4}"),
    *("050 {3}-{4}", "044 {2} {2} {3}", "0457 {3} {4}", "+46 70 {3} {2} {2}", "+372 5{3} {4}"),
    *("040.{3}.{4}", "050/{7}", "+358-50-{3}-{4}", "041 {4} {3}", "(040) {3} {4}"),
)
PHONE_FRAMES = ("Soita {} iltaisin.", "Äidin numero on {}, tavoittaa parhaiten aamulla.", "puh. {}")
MAILS = (
    *("{}.{}@esimerkki.fi", "{}{}@posti.example", "{}.{} (at) kunta.fi", "{}.{}[at]kunta.fi"),
    *("{}_{}@kunta-esimerkki.fi", "{}.{} at kunta piste fi", "{}.{}(ät)kunta.fi", "{}-{}@a.b.fi"),
)
MAIL_FRAMES = ("Vastaus osoitteeseen {}.", "Viesti tuli: {} eilen", "{} ei vastaa viesteihin")
BOTH = (
    *("{first} {last} ei tullut tapaamiseen.", "Puhuin eilen {first_n} {last_n} kanssa."),
    *("Huoli heräsi, kun {first} {last} jäi pois.", "{last} {first} odottaa tutkimusta."),
    *("{last}, {first} puuttuu listalta", "Asia koskee perhettä, jossa {first} {last} asuu."),
    *("{initial}. {last} on huolissaan.", "Opettajan mukaan {first} {initial}. tarvitsee tukea."),
    *("luokan oppilas {first_low} {last_low} on ollut pois", "Koulu soitti: {first} {last}"),
)
FIRST = (
    *("{clear} ei tullut kouluun.", "Tänään {first} itki välitunnilla.", "{first_n} äiti soitti."),
    *("Viikko sitten {first_n} isä kertoi muutosta.", "{clear_lle} ei löydy tukihenkilöä."),
    *("Myös {clear_lta} kysyttiin mielipidettä.", "Olen huolissani, koska {first} karkasi."),
)
LAST = (
    *("{nen_n} perhe tarvitsee tukea.", "{nen_illa} on vaikeaa.", "Kävimme {nen_n} luona kotona."),
    *("Rouva {last} odotti aulassa.", "Kotona asuvat {nen_t} ja koira.", "perhe {last} muutti"),
)
_FIRST = """
Ayaan Hodan Fadumo Zaynab Nimco Yusuf Kareem Layla Noura Omid Parwin Shirin Svetlana Dmitri
Oleksandra Bohdan Nadezhda Maarika Kadri Tõnis Raivo Thuy Nhung Quang Linh Hüseyin Emre Zeynep
Siddharth Priyanka Chukwuemeka Ngozi Tesfaye Selamawit
"""
_LAST = """
Warsame Jimcaale Guuleed Al-Hassani Haddad Khoury Rahimzadeh Qaderi Bondarenko Shevchuk Kuznetsova
Mikhailov Tamm Saarmets Rebane Nguyen Phạm Trần Yıldırım Öztürk Chakraborty Okonkwo Adeyemi
Gebremariam Hagos Woldemichael Ivanenko Sokolova
"""
ABROAD = {"first": _FIRST.split(), "last": _LAST.split()}
_STEMS = """
Kuukke Sorvali Pöllömä Tirriä Hömppä Ruokko Ketkä Viherä Louhu Tuppura Säynä Nuppula
"""
STEMS = _STEMS.split()
SWEDISH = [f"{a}{b}" for a in ("Tall", "Äng", "Sten", "Kvarn") for b in ("qvist", "ström", "berg")]


def code(dice: random.Random, sign: str, *, temporary: bool = False) -> str:
    """Return an identity code with the right check character."""
    day = f"{dice.randint(1, 28):02}{dice.randint(1, 12):02}{dice.randint(0, 99):02}"
    number = f"{dice.randint(900, 999) if temporary else dice.randint(2, 899):03}"
    return f"{day}{sign}{number}{CHECK[int(day + number) % 31]}"


def codes(dice: random.Random) -> list[str]:
    """Return sentences with codes of every century sign, ordinary and temporary."""
    made = [code(dice, one, temporary=n % 2 == 1) for n in range(4) for one in SIGNS]
    return [CODE_FRAMES[n % len(CODE_FRAMES)].format(one) for n, one in enumerate(made)]


def phones(dice: random.Random) -> list[str]:
    """Return sentences with numbers in every spelling."""
    return [
        frame.format(_digits(dice, spelling)) for spelling in PHONES for frame in PHONE_FRAMES[:2]
    ]


def _digits(dice: random.Random, spelling: str) -> str:
    for length in range(2, 8):
        while f"{{{length}}}" in spelling:
            drawn = "".join(str(dice.randint(1, 9)) for _ in range(length))
            spelling = spelling.replace(f"{{{length}}}", drawn, 1)
    return spelling


def mails(dice: random.Random) -> list[str]:
    """Return sentences with addresses, plain and disguised."""
    first, last = _listed("first_names"), _listed("surnames")
    return [
        frame.format(one.format(dice.choice(first), dice.choice(last)))
        for one in MAILS
        for frame in MAIL_FRAMES
    ]


def names(dice: random.Random, count: int) -> list[str]:
    """Return sentences with names from the lists, in forms that a reader writes."""
    drawn = [_filled(dice, frame) for frame in (*BOTH, *FIRST, *LAST) for _ in range(count)]
    dice.shuffle(drawn)
    return drawn


def foreign(dice: random.Random, count: int) -> list[str]:
    """Return sentences with names from abroad, in the frames that take any name."""
    frames = [one for one in BOTH if "_n}" not in one and "_low}" not in one]
    return [
        dice.choice(frames).format(
            first=dice.choice(ABROAD["first"]), last=dice.choice(ABROAD["last"]), initial="K"
        )
        for _ in range(count)
    ]


def unlisted(dice: random.Random, count: int) -> list[str]:
    """Return sentences with surnames made of parts, which no list holds."""
    made = []
    for _ in range(count):
        first = dice.choice(_listed("first_names", clear=True)).capitalize()
        stem = dice.choice(STEMS)
        made += [
            f"Tapasimme eilen, kun {stem}sen perhe oli koolla.",
            f"{first} {stem}la odottaa aikaa.",
            f"Kuulin, että {stem}nen ei vastaa.",
            f"Puhuin, kun {dice.choice(SWEDISH)} soitti.",
            f"K. {stem}nen oli paikalla",
        ]
    return made[:count]


def _filled(dice: random.Random, frame: str) -> str:
    first = dice.choice(_listed("first_names"))
    clear = dice.choice(_listed("first_names", clear=True))
    last = dice.choice(_listed("surnames"))
    nen = dice.choice([one for one in _listed("surnames", clear=True) if one.endswith("nen")])
    low = clear, dice.choice(_listed("surnames", clear=True))
    return frame.format(
        first=first.capitalize(),
        first_n=_case(first, "n").capitalize(),
        clear=clear.capitalize(),
        clear_lle=_case(clear, "lle").capitalize(),
        clear_lta=_case(clear, "lta").capitalize(),
        first_low=low[0],
        last_low=low[1],
        last=last.capitalize(),
        last_n=_case(last, "n").capitalize(),
        initial=dice.choice("AEHJKLMNPRSTV"),
        nen_n=f"{nen[:-3]}sen".capitalize(),
        nen_illa=f"{nen[:-3]}s{_harmonic(nen, 'illa')}".capitalize(),
        nen_t=f"{nen[:-3]}set".capitalize(),
    )


def _case(name: str, ending: str) -> str:
    """Return a name in a case, by rules of its own: those that the product reads are not used."""
    ending = _harmonic(name, ending)
    if name.endswith("nen"):
        return f"{name[:-3]}se{ending}"
    if name[-1] not in "aeiouyäöåéü":
        return f"{name}i{ending}"
    for strong, weak in (("kk", "k"), ("pp", "p"), ("tt", "t")):
        if name[-3:-1] == strong:
            return f"{name[:-3]}{weak}{name[-1]}{ending}"
    return f"{name}{ending}"


def _harmonic(name: str, ending: str) -> str:
    return ending if any(one in name for one in "aouå") else ending.replace("a", "ä")


def _listed(file: str, *, clear: bool = False) -> list[str]:
    also = name_forms._listed(f"{file}_also_words") if clear else frozenset()
    return sorted(one for one in name_forms._listed(file) - also if len(one) > 3)
