"""Columns of people's names: told by their header, or by first names among their values.

A place or an institution may carry a first name (Salla, Maria sairaala), so one name proves
nothing: it is the share of a column's values that does.
"""

import re
import unicodedata
from collections.abc import Collection

_FIRST_NAMES = """
aada aapo aarne aaro aatu ada agneta ahti aila aili aimo aini aino airi akseli albert aleksi
alexander alexandra alina allan alma amanda anders andreas anette anita anja anna anne anneli anni
annika annikki ansa anssi antero anton antti anu aria arja armas arto arttu artturi arvo asta
astrid atte aukusti auli auvo axel bengt benjamin berit birgit birgitta bjorn bo camilla carina
carita carl carola caroline cecilia charlotta christer christian christina christoffer daniel
david ebba edith edvin eelis eemeli eerik eero eetu eeva eevi eija eila eino elias eliel elin
elina elisa elisabeth elise ella ellen elli elma elmeri elmo elsa elvi elviira emil emilia emma
emmi ensio eriika erik erika erja erkki ernesti esa essi esteri eva eveliina fanny felix filip
frans fredrik fredrika frida gabriel gunilla gunnar gustav hanna hanne hannele hannes hannu harri
harry heidi heikki heimo heini heino hele helen helena helga helge heli helja helmi helvi henna
henri henriikka henrik henrika hilda hilja hilkka hilma hugo iida iina iiris iivari ilari ilkka
ilma ilmari ilmi ilona ilpo ilta ines inga inger ingrid inka inkeri irene iris irja irma irmeli
isa isabella isto ivar jaakko jaana jakob jan jani janika janina janne jari jarkko jarmo jarno
jasmin jenna jenni jenny jere jesse jimi joakim joel johan johanna johannes jonas jonathan joni
jonna joona joonas jorma josefiina jouko jouni juha juhana juhani jukka julia julius jussi juuli
juulia juuso jyri jyrki kaarina kaarle kaarlo kai kaija kaino kaisa kaisu kalervo kalevi kalle
kari karin karita karl karla karolina kasper kata katariina katarina kati katja katri kauko kerttu
kerttuli kim kimmo kirsi kirsti kjell klaus kristian kristiina kristina kullervo kyllikki kyosti
laila lari lars lassi laura lauri lea leea leena leevi leila lempi lenni leo liisa lilja lilli
linda linnea linus lisa lotta lucas luka lukas lyyli maarit maija maire maj maja malin manu marcus
margareta margit mari maria marianne marika marita marja marjatta marjo marjut markku marko markus
martin martta martti matias matilda mats matti maud mauno maunu mauri meeri melissa meri merja mia
michael mici miika miina mika mikael mikaela mikko milja milla minea minja minna minttu mira mirja
mirjam mirka miro miska monika nea nella nelli nestori nicklas nico nicolas niilo niina niklas
niko nils nina noah noel nooa noora nora oili oiva olavi oleg olga oliver olivia olli olof onni
oona oscar oskar oskari osmo ossi otso otto outi paavo paivi paivikki patricia patrik paul paula
pauli pauliina pekka pentti per perttu peter petra petri petteri pia pihla piia pinja pirjo pirkko
pontus raakel rabbe raija raili raimo raisa rasmus rauha raul rauni reijo reima reino riikka riina
risto ritva robert robin roger roni ronja roope roosa rosa runar ruut saana saara saija saila
saimi sakari salme salomon sami sampo samu samuel samuli sandra sanelma sanna santeri santtu sara
sari sarita satu saul sauli seela selma senja senni seppo signe siiri silja silva simo simon sini
sinikka sirkka sirkku sirpa siru sisko sofia sohvi soile sointu sonja stefan stig stina susanna
susanne suvi svea sven sylvi taavetti taimi taina taisto tanja tapani tapio tarja tarmo taru tatu
tauno teemu teija tellervo teppo terhi tero terttu theodor therese thomas tiia tiina tilda timo
tobias toini toivo tom tomas tomi toni topi tove tuija tuire tuomas tuomo tuovi tuula tuuli tuulia
tuulikki tyyne ulf ulla ulrika unto urho urpo usko vaino valentin valma valtteri veera veeti veijo
veikko venla vera verna veronica vesa vieno viivi viktor viktoria vilhelm vilho vili vilja viljami
viljo ville vilma vilppu viola virpi virva visa wilhelm wilma yrjo
"""

_PERSON_HEADERS = """
etunimi etunimet sukunimi kokonimi henkilonnimi henkilonimi asiakkaannimi asiakasnimi lapsennimi
oppilaannimi potilaannimi huoltajannimi vanhemmannimi aidinnimi isannimi tyontekijannimi
kutsumanimi hakijannimi fornamn efternamn tilltalsnamn klientensnamn klientnamn barnetsnamn
elevensnamn patientensnamn vardnadshavarensnamn personnamn firstname lastname surname forename
forenames givenname familyname fullname clientname childname childsname patientname pupilname
studentname personname
"""
PERSON_HEADERS = frozenset(_PERSON_HEADERS.split())
"""Headers, folded, that can only mean a person's name."""

_NAME_HEADERS = """
nimi name namn names nimet henkilo person asiakas klient client
"""
NAME_HEADERS = frozenset(_NAME_HEADERS.split())
"""Headers, folded, that may mean one."""

FIRST_NAMES = frozenset(_FIRST_NAMES.split())
"""First names of Finland, folded; chosen from the commonest of several generations."""

TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
FULL_NAME = re.compile(
    r"\s*[^\W\d_][^\W\d_'’-]*[^\d_\s,;()/]+(?:(?:,\s*|\s+)[^\W\d_][^\d_\s,;()/]*){1,3}\s*"
)
LONGEST = 80
SHARE_ANY, SHARE_NAMED, LEAST = 0.5, 0.3, 3


def folded(text: str) -> str:
    """Return the letters and digits of a text without case and dots (`Etunimi ` → etunimi)."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def is_full_name(text: str) -> bool:
    """Tell whether a text is two to four capitalised words, one of them a known first name.

    >>> is_full_name("Virtanen, Maija Kaarina"), is_full_name("Maija-Liisa Korhonen")
    (True, True)
    >>> is_full_name("Maria sairaala"), is_full_name("Oulu")
    (False, False)
    """
    if len(text) > LONGEST or not FULL_NAME.fullmatch(text):
        return False
    words = TOKEN.findall(text)
    return (
        2 <= len(words) <= 4
        and all(word[0].isupper() for word in words)
        and any(_is_first_name(word) for word in words)
    )


def _is_first_name(word: str) -> bool:
    return any(folded(part) in FIRST_NAMES for part in re.split("[-'’]", word))


def looks_like_names(header: str, values: Collection[str], known: Collection[str] = ()) -> bool:
    """Tell whether a column holds people's names.

    Parameters
    ----------
    header
        Of the column; empty when it has none.
    values
        Its distinct values, or a fair sample of them.
    known
        Folded texts that name areas, and so no persons.
    """
    texts = [one for one in values if one.strip() and folded(one[:LONGEST]) not in known]
    if not texts:
        return False
    named = folded(header)
    if named in PERSON_HEADERS:
        return sum(_is_word(one) for one in texts) >= SHARE_ANY * len(texts)
    full = sum(is_full_name(one) for one in texts)
    if named in NAME_HEADERS:
        single = sum(_is_single_name(one) for one in texts)
        return full + single >= SHARE_NAMED * len(texts)
    return len(texts) >= LEAST and full >= SHARE_ANY * len(texts)


def _is_word(text: str) -> bool:
    words = TOKEN.findall(text[:LONGEST])
    return bool(words) and words[0][0].isupper() and not re.search(r"\d", text)


def _is_single_name(text: str) -> bool:
    word = text.strip()
    return bool(TOKEN.fullmatch(word)) and word[0].isupper() and _is_first_name(word)
