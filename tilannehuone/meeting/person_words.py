"""Words that speak of persons, and those that bear a person's name and are nobody.

Finnish, Swedish and English together: a text may be in any of them, and the words do not collide.
"""

import re

_TITLES = """
herra rouva neiti tohtori lääkäri opettaja ope rehtori kuraattori psykologi terveydenhoitaja
sosiaalityöntekijä sosiaaliohjaaja ohjaaja perhetyöntekijä koordinaattori johtaja päällikkö
oppilas asiakas potilas lapsi tyttö poika nuori äiti isä täti setä mummo ukki veli sisko pikkuveli
pikkusisko isoveli isosisko vauva nimeltä nimi naapuri valmentaja tukihenkilö fru herr fröken
läkare lärare rektor kurator eleven klienten flickan pojken barnet mamma pappa mr mrs ms dr
teacher student client rva hra tri nti perhe familjen family
"""
_RELATIVES = r"""
äiti äidi isä isi vanhem perhe lapse lapsi lasten lapset poika poja tyttö tytö tyttä sisko sisaru
veli velje mummo mummi ukki isoäi isois täti tädi setä sedä eno vauva opettaj ope\b luokanopettaj
kuraattor ohjaaj huoltaj kaveri ystäv kummi koti kotii kodi kotona huostaanot sijoitu kanssa luona
luokse luota mielestä puolesta asia\b asiaa asiassa asiat tilan poissaol koulunkäyn itku käytö
hoitaja omahoitaja syntymäpäiv kertoma mukaan\b mamma pappa mor\b far\b familj barn lärare mother
father mum dad family teacher parents sister brother
"""
_DEEDS = """
asui asuu berättade bor called came cried grät haluaa halusi haukkui hit huusi huutaa hymyili
ikävöi istui itkee itki juoksi jäi karkasi kertoi kertonut kertoo kieltäytyi kirjoitti kiusaa
kiusasi kom kysyi kysyy käveli kävi käyttäytyy leikkii lintsaa lintsasi lives lyö lähti löi
mainitsi masentui muuttaa muutti myöhästyi nauroi nukkui nukkuu oireilee pelkäsi pelkää piirsi
purskahti raivostui rakastaa riehui riehuu ringde sade said sairastui sanoi sanoo slog soittaa
soitti syö söi tapasi toivoo told tykkää unohti valehteli valitti varasti vastasi vetäytyi vihaa
viiltelee went
"""
_COMPOUNDS = """
fröken isä mamma mummo mummu niminen ope opettaja pappa poika setä tyttö täti ukki vaari vauva
äiti
"""
_HOUSES = r"""
päiväko koulu kouluu neuvola perhekesku keskus keskuks hanke hankke ryhmä tila\b tilassa tilan\b
talo yhdisty järjestö ohjelma menetelmä malli sovellu järjestelmä alue alueella kaupunginosa
asuinalue kaupunki kunta kunnan kunnas lähiö kylä sairaala klinik asema osasto yksikkö palvelu
säätiö liitto katu akatemia lukio opisto projekt kampanja daghem skola skolan gruppen programmet
school centre center project kindergarten daycare laki seurakun lautakun tapahtum verkosto viikko
päivä\b päivänä
"""

TITLES = re.compile(
    f"(?:{'|'.join(_TITLES.split())})(?:n|lle|lla|llä|lta|ltä|a|ä|ni|nsa|nsä|mme|ksi|kin)?"
)
RELATIVES = re.compile("|".join(_RELATIVES.split()))
DEEDS = frozenset(_DEEDS.split())
COMPOUNDS = tuple(one[:-1] for one in _COMPOUNDS.split())
HOUSES = re.compile("|".join(_HOUSES.split()))


def is_title(plain: str) -> bool:
    """Tell what stands before a person's name: rouva, opettaja, nimeltä."""
    return bool(TITLES.fullmatch(plain))


def is_relative(plain: str) -> bool:
    """Tell what somebody has: a mother, a teacher, a matter."""
    return bool(RELATIVES.match(plain))


def is_human_deed(plain: str) -> bool:
    """Tell what only people do."""
    return plain in DEEDS


def is_person_noun(tail: str) -> bool:
    """Tell what makes a person of the name before it: Maija-äiti, Pekka-niminen."""
    return tail.startswith(COMPOUNDS)


def is_house(plain: str) -> bool:
    """Tell what bears people's names and is nobody: a day care centre, a project, a district."""
    return bool(HOUSES.match(plain))
