r"""The words by which the claim guard knows what a sentence claims, in three languages.

Stems of inflected words, read from the beginning of a word; `$` ends a word whose longer forms
mean another thing. What is not here is not understood, and then nothing is said to be supported.
"""

UP, DOWN, BETTER, WORSE, SAME, CHANGED = "up", "down", "better", "worse", "same", "changed"
DIRECTIONS = (UP, DOWN, BETTER, WORSE, SAME, CHANGED)

STEMS: dict[str, dict[str, str]] = {
    "fi": {
        UP: "nous|nouse|lisäänty|lisäänny|kasvaa$|kasvav|kasvoi|kasvan|kasvu|yleisty|kohoa"
        "|kohon|kohosi|korkeam|enenty|suurem|suurene|ylöspäin|useamm|runsastu"
        "|(?:on|oli|ovat|olivat|ollut|tuli|kertyi|pidettiin|tehtiin)(?!\\w)[^.,;]*?enemmän"
        "|(?:aiempaa|entistä|aikaisempaa)\\s+(?:enemmän|useammin)|enemmän kuin (?:ennen|aiemmin)"
        "|ylärajan yläpuol|yli ylärajan|ylärajan yli"
        "|yli keskitason|yli tavanom|ylitt\\w+ tavanom|kaksinkertais|kolminkertais"
        "|moninkertais|tuplaantu",
        DOWN: "laske(?!ttu|nta|lma|taan|tte)|laski|laskus|lasku$|laskua$|laskuss|laskuun"
        "|vähenty|vähene|vähenn|väheni|vähäis|pienen|pienem|harvene|harvemm|harvin"
        "|matalam|alempa|alempi|alemma|alaspäin|alene|aleni|supist"
        "|(?:on|oli|ovat|olivat|ollut|tuli|kertyi|pidettiin|tehtiin)(?!\\w)[^.,;]*?vähemmän"
        "|(?:aiempaa|entistä|aikaisempaa)\\s+vähemmän|vähemmän kuin (?:ennen|aiemmin)"
        "|alarajan alapuol|alle alarajan|alarajan ali"
        "|alle keskitason|alle tavanom|alitt\\w+ tavanom|puolittu",
        BETTER: "paranee|paranem|parane|parantu|parani|parann|parem|kohene|kohent|nopeutu"
        "|nopeamm|sujuvoitu|lyhent|lyhen[eit]|lyhyem|oikeaan suuntaan|suunta on oikea|oikea suunta",
        WORSE: "heikke|heiken|heikom|huonon|huonom|pahene|paheni|hidastu|hitaam|piden[tein]|pitem"
        "|väärään suuntaan|suunta on väärä|väärä suunta",
        SAME: "ennallaan|entisellään|samana$|samalla tasolla|samalla tavalla kuin|muuttumat"
        "|vakaa|vakiint|paikallaan|tavanomaista vaihtelua|tavallista vaihtelua"
        "|vaihtelu on tavanomais|satunnaisvaihtelu|satunnaista vaihtelua"
        "|sattuman rajoissa|on sattumaa|tavallisella tasolla|tavanomaisella tasolla|vaihtelee taval"
        "|sattumanvarais|heiluu",
        CHANGED: "muuttunu|muuttui|muuttuu|muuttuv|muuttunee|muutosta|muutos näkyy"
        "|merkittävä muutos",
        "met": "saavut|täytty|täyty|toteut|onnist|pääst|pääs|päädyt",
        "missed": "jäädä|jäi$|jää$|jäävä|jäät|jääty|jäim|jäiv",
        "exceeds": "ylit",
        "falls_below": "alit",
        "target": "tavoite|tavoitt|tavoitee|tavoitet|palvelulupau",
        "limit": "raja$|rajan$|rajaa$",
        "not": "ei$|en$|et$|ei[vk]ä|eikä|emme|ette|eivät|ilman|älä",
        "cause": "miksi$|joht(uu|ui|uv|une|unu|uen|ua)|johdost|ansios|ansiot|takia|takan?a$"
        "|vuoksi|seuraus|seurauk|vaikutu|vaikutti|vaikuttaa(?! silt)|vaikuttan|koska$"
        "|siksi|aiheut|syynä|syy on|syitä|tulosta$|tuloksena|ansiota|edisti|auttoi"
        "|auttan|sai aikaan|myötä|johti|tuotti|selittä|selitty",
        "ahead": "tulee (nous|lask|kasv|vähen|lisä|para|heik|pys|jatk|ole)\\w*|tulevat?|tulevai"
        "|ensi$|ennust|ennak|jatkossa|vuoteen|odotamme|odotetaan|odotettav|seuraav|pian",
        "elsewhere": "muualla|muuall|muihin|muita|muiden|muissa|naapuri|valtakun|koko maa|koko maan"
        "|maan keskiarv|keskiarv|keskimäär|vertailu|alueista|alueiden|paras|parhai"
        "|huonoin|sijoittu[iu]|sijalla|kärkeä|kärjes",
        "than": "kuin$|verrattu|verrata|nähden$",
        "earlier": "viime \\w+sta$|viime \\w+stä$|viime \\w+een verr|edellis|vuodentak|vuosi sitten"
        "|vuotta sitten|kuukautta sitten|kuukausi sitten|aiemma|aikaisemm|ennen$"
        "|viimekert|viime kerra|viime kokouks|vuodesta|sitten$|lähtien|alkaen|jälkeen"
        "|verrattuna|viime vuode|viime vuonna|viime kuussa|viime kaudella|viime kuuh"
        "|\\w+kuusta$",
        "usual": "tavallis|tavanomais|yleensä|keskitas",
        "wish": "jos$|mikäli|pitäi|toivo|haluam|tarvit|täyty(y|isi) (?!luot)|voisi|olisi|kunpa"
        "|pyrit|pyrimm|tarkoitus|tarvitaan|lupaa",
        "hedge": "ehkä|mahdolli|saatta|luultav|kenties|tuskin|todennäköis|voi olla|arvelemme"
        "|epäilemme|arvel|vaikuttaa silt|tuntuu|vaikuttaisi",
        "certain": "varmast|varmuud|kiistat|kiistä|todista|todistet|epäilykset|ehdottomasti"
        "|taatusti|ei ole epäily",
        "lasting": "pysyväs|pysyvä$|pysyvä |jatkuu|jatkaa|jatkanu|jatkun|edelleen|yhä|jatkuva",
        "turned": "taittu|pysähty|päätty|kiihty|vauhdi|tasaantu|kääntyi|kääntynyt|käänny|hidast"
        "|ensin|kunnes|alkoi|alkanut",
        "most": "koskaan|ennätys|korkein|matalin|suurin|pienin|eniten|vähiten|alin|ylin"
        "|kaikkien aik",
        "amount": "prosentt|prosenttiyks|puolella|puoleen|puolet|puoli$|puolitt|kaksinker"
        "|kolminker|moninker|kolmannek|neljännekse[ln]l|viidennek|kymmenyk|tuplaan"
        "|kymmen|sada|sata|kymmenis",
        "unknown": "ei arvioitav|ei (?:ole )?(?:vielä )?arvioitavis|liian aikais"
        "|ei (?:voi|voida) (?:vielä )?(?:sano|arvioi|päätel)"
        "|ei vielä (?:voi|voida|osata) (?:sano|arvioi)|ei osata (?:vielä )?sanoa"
        "|liian vähän (?:luku|vertailu)"
        "|emme (?:voi|osaa) (?:vielä )?(?:sano|arvioi|päätel)"
        "|emme (?:vielä )?tiedä,? (?:mihin|onko|kumpaan|nouseeko|laskeeko|paraneeko)",
        "about": "noin$|suunnilleen|likimain|n$",
        "over": "yli$|ylit\\w*|yläpuol|enemmän kuin|suurempi kuin|korkeampi kuin",
        "under": "alle$|alit\\w*|alapuol|vähemmän kuin|pienempi kuin|matalampi kuin|alempi kuin",
        "least": "vähintään|ainakin",
        "at_most": "enintään|korkeintaan",
        "is": "on$|oli$|ovat$|olivat$|ollut$|olleet$|oltiin$|jäi$|asettui|päätyi|nous|lask"
        "|paran|heik",
        "in_a_row": "peräkkä|perätys|putkeen",
        "part": "varhaiskasvatuks|päiväko|koulussa|kouluissa|neuvola|pojilla|tytöillä|pojat$"
        "|tytöt$|poikien|tyttöjen|nuorilla|alakoulu|yläkoulu",
    },
    "sv": {
        UP: "stig|steg|stigit|ök(?!en)|växer|vuxit|växt$|växte|högre|fler$|flera än"
        "|vanligare|uppåt|gått upp|går upp|gick upp|mer än tidig|fördubbl",
        DOWN: "sjunk|sjönk|minsk|lägre|färre|ovanligare|mer sällan|nedåt|neråt|gått ned"
        "|gått ner|går ned|går ner|gick ned|gick ner|avtagit|avtar|fallit|faller|halver",
        BETTER: "förbättr|bättre|snabbare|kortare|åt rätt håll|rätt riktning",
        WORSE: "försämr|sämre|långsammare|längre$|åt fel håll|fel riktning",
        SAME: "oförändra|stabil|samma nivå|ligger kvar|ligger still|på samma|vanlig variation"
        "|normal variation|slumpmässig variation|sedvanlig variation",
        CHANGED: "förändra|ändrats|ändrat|förändring",
        "met": "uppnå|nått|nåddes|nås$|når$|nådde|uppfyll|infri",
        "missed": "missa|missat",
        "exceeds": "översk|överträff|överst",
        "falls_below": "undersk|underst",
        "target": "mål(?!tid)|målet|målsätt|löfte",
        "limit": "gränsen$|gräns$",
        "not": "inte$|ej$|icke|aldrig|ingen$|inget$|inga$|varken|utan$",
        "cause": "varför|beror|berott|berodde|tack vare|på grund av|orsak|eftersom|ledde till"
        "|lett till|till följd|resultat av|effekt av|bidra|därför|påverka|förklara"
        "|gjort att|gjorde att",
        "ahead": "kommer att|kommer \\w+ att|nästa|framöver|framtid|prognos|förvänta|snart|väntas",
        "elsewhere": "andra områd|annanstans|övriga|hela land|genomsnitt|medeltal|bäst|sämst"
        "|jämfört med andra|grann|riket|riks",
        "than": "än$|jämfört|jämförelse|i förhållande",
        "earlier": "förra|föregående|ifjol|i fjol|för ett år|tidigare|sedan$|sen$|senaste mötet"
        "|efter$|före$",
        "usual": "vanlig(t|en)|normal(t|a)|sedvanlig|medelnivå",
        "wish": "om$|ifall|borde|hoppas|vill$|skulle|behöver|strävar|ska$|bör$|lovar",
        "hedge": "kanske|möjligen|kan ha|troligen|eventuellt|verkar|tycks|antagligen|sannolikt"
        "|kan vara",
        "certain": "säkert|bevisat|utan tvekan|utan tvivel|garanterat|med säkerhet|bevisligen",
        "lasting": "bestående|varaktig|fortsätt|fortsatt|fortfarande|permanent",
        "turned": "bromsa|avstann|vände|vänt|stannat upp|planat|slutat|först$|började|börjat|tills",
        "most": "någonsin|rekord|högst|lägst|störst|minst$|flest",
        "amount": "procent|procentenh|hälften|halver|fördubbl|tredjedel|fjärdedel|femtedel|dubbel"
        "|dubbl|tio$|tiotal|hundra",
        "unknown": "kan (?:ännu )?inte (?:ännu )?bedöm"
        "|går (?:ännu )?inte (?:ännu )?att (?:bedöm|säga)|för tidigt att|inte bedömas"
        "|kan (?:ännu )?inte (?:ännu )?säga|vet (?:ännu )?inte (?:ännu )?(?:om|åt)$",
        "about": "cirka|ungefär|omkring|ca$",
        "over": "över$|mer än|högre än|översk\\w*|överst\\w*|ovanför",
        "under": "under$|mindre än|lägre än|undersk\\w*|underst\\w*|nedanför",
        "least": "minst$|åtminstone",
        "at_most": "högst$|som mest",
        "is": "är$|var$|varit$|ligger$|låg$|uppgick|blev$|utgjorde|steg|sjönk|ök|minsk",
        "in_a_row": "i rad$|i följd|efter varandra",
        "part": "småbarnsped|daghem|i skol|rådgivning|pojk|flick|unga$|bland unga",
    },
    "en": {
        UP: "rise$|rises|rose$|risen|rising|increas|grow|grew|grown|climb|went up|gone up"
        "|going up|more common|more frequent|higher|upward|up on$|doubled|tripled",
        DOWN: "fall$|falls$|fell$|fallen|falling|decreas|declin|drop|reduc|went down"
        "|gone down|going down|lower|fewer|less common|less frequent|shr[aiu]nk"
        "|downward|rarer|dwindl|halved",
        BETTER: "improv|better|faster|quicker|shorter|right direction",
        WORSE: "worse|deteriorat|slower|longer$|wrong direction",
        SAME: "unchanged|stable|steady|same level|the same|flat$|usual variation"
        "|common variation|normal variation|chance variation|random variation"
        "|at its usual level",
        CHANGED: "changed|changes$|changing|change$|a change",
        "met": "met$|meets|meet$|achiev|reach|fulfil|attain|hit$|kept$",
        "missed": "miss|short of",
        "exceeds": "exceed|surpass",
        "falls_below": "fell below|falls below|fall below",
        "target": "target|goal|promise",
        "limit": "limit$|threshold",
        "not": "not$|no$|never|cannot|can't|\\w+n't|neither|nor$|without|none|hardly any",
        "cause": "why$|because|thanks to|due to|caus|owing to|as a result|result of|led to"
        "|leads to|attribut|contribut|effect of|driven by|helped|explain|brought about"
        "|therefore|made the|made it|on account of|impact",
        "ahead": "will$|will |going to (rise|fall|be|incr|decr|impr)|next$|forecast|expect|soon$"
        "|future|predict|by 20",
        "elsewhere": "other areas|other district|elsewhere|neighbour|national|the country|average"
        "|best$|worst$|rank|others$|rest of",
        "than": "than$|compared|relative to|against$|versus",
        "earlier": "last month|last year|last quarter|previous|a year ago|year earlier|earlier"
        "|before$|since$|ago$|last meeting|last time|from last|after$",
        "usual": "usual|normal|ordinar|centre line",
        "wish": "if$|should|hope|wish|would|want|need to|aim|intend|ought|promise to",
        "hedge": "maybe|perhaps|possib|(?<!in )may$|might|likely|probabl|seems|appears|could",
        "certain": "certainly|certain$|prove|without doubt|without a doubt|no doubt|undoubt"
        "|definite|for sure|guarant",
        "lasting": "permanent|lasting|continu|still$|keeps|persist",
        "turned": "slowed|slowing|stopped|halted|turned|revers|level+ed|first$|began|started"
        "|until|accelerat|peaked",
        "most": "ever$|record$|highest|lowest|largest|smallest|most$|least$",
        "amount": "per ?cent|percent|half$|halv|doubl|third$|quarter of|tripl|twice|fifth|tenth"
        "|ten$|hundred",
        "unknown": "cannot (?:yet )?(?:be (?:assess|judged|told)|say|tell|assess)"
        "|can't (?:yet )?(?:be (?:assess|judged|told)|say|tell)|too early"
        "|not (?:yet )?possible to (?:say|tell|assess|judge)"
        "|do not (?:yet )?know (?:whether|if|which)"
        "|don't (?:yet )?know (?:whether|if|which)|too few (?:figures|points|values)",
        "about": "about$|approximately|around$|roughly|some$",
        "over": "over$|above$|more than|higher than|exceed\\w*|greater than",
        "under": "under$|below$|less than|fewer than|lower than",
        "least": "at least",
        "at_most": "at most|no more than",
        "is": "is$|was$|are$|were$|been$|stood|stands|amounted|rose|fell|reached",
        "in_a_row": "in a row|consecutive|running$|straight",
        "part": "in schools|day ?care|kindergarten|boys|girls|adolescents|teenagers",
    },
}
