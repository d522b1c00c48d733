"""Final members of compounds whose stems their ending does not tell: a table of Finnish nouns and names."""

from __future__ import annotations

# A line an entry: the nominative, its strong stem, its weak stem, and the consonant stem of its partitive where it
# has one ("vesi": "vete-", "vede-", "vet-" in vettä). Names that do not gradate or lengthen have one stem repeated.
_TABLE = """
arki arke arje
hetki hetke hetke
hanki hanke hange
hiili hiile hiile hiil
huoli huole huole huol
joki joke joe
juuri juure juure juur
jälki jälke jälje
järvi järve järve
kaari kaare kaare kaar
kansi kante kanne kant
kieli kiele kiele kiel
kivi kive kive
koski koske koske
kuori kuore kuore kuor
kurki kurke kurje
kuusi kuuse kuuse kuus
kylki kylke kylje
kärki kärke kärje
käsi käte käde kät
lahti lahte lahde
lapsi lapse lapse las
lehti lehte lehde
lohi lohe lohe loht
loppi loppe lope
länsi länte länne länt
meri mere mere mer
mieli miele miele miel
mäki mäke mäe
niemi nieme nieme
nimi nime nime
minimi minimi minimi
prikaati prikaati prikaati
senaatti senaatti senaati
nuori nuore nuore nuor
nummi numme numme
onni onne onne
ovi ove ove
pieni piene piene pien
polvi polve polve
puoli puole puole puol
retki retke retke
riihi riihe riihe riiht
saari saare saare saar
salmi salme salme
siipi siipe siive
sormi sorme sorme
suomi suome suome
suuri suure suure suur
susi sute sude sut
talvi talve talve
tammi tamme tamme
toimi toime toime
tosi tote tode tot
tuki tuke tue
tuli tule tule tul
turku turku turu
tuuli tuule tuule tuul
tähti tähte tähde
uusi uute uude uut
vesi vete vede vet
vuori vuore vuore vuor
vuosi vuote vuode vuot
väki väke väe
ääni ääne ääne ään
aika aika aja
poika poika poja
ruoka ruoka ruoa
mies miehe miehe mies
koe kokee kokee koet
hammas hampaa hampaa hammas
allas altaa altaa allas
laidun laitume laitume laidun
alavus alavute alavude alavut
varkaus varkaute varkaude varkaut
vapaus vapaute vapaude vapaut
rakkaus rakkaute rakkaude rakkaut
sairaus sairaute sairaude sairaut
vakaus vakaute vakaude vakaut
viisaus viisaute viisaude viisaut
hitaus hitaute hitaude hitaut
talous taloute taloude talout
nuoruus nuoruute nuoruude nuoruut
teräs teräkse teräkse teräs
vihannes vihannekse vihannekse vihannes
terve tervee tervee tervet
tarve tarpee tarpee tarvet
turve turpee turpee turvet
taival taipalee taipalee taival
ahven ahvene ahvene ahven
jäsen jäsene jäsene jäsen
sisar sisare sisare sisar
tytär tyttäre tyttäre tytär
manner mantere mantere manner
askel askelee askelee askel
kaunis kaunii kaunii kaunis
kallis kallii kallii kallis
valmis valmii valmii valmis
tiivis tiivii tiivii tiivis
avoin avoime avoime avoin
lyhyt lyhye lyhye lyhyt
kevät kevää kevää kevät
ohut ohue ohue ohut
olut olue olue olut
auto auto auto
moto moto moto
foto foto foto
data data data
sote sote sote
eksote eksote eksote
muki muki muki
raahe raahe raahe
muurame muurame muurame
kumlinge kumlinge kumlinge
pedersöre pedersöre pedersöre
nalle nalle nalle
soite soite soite
geta geta geta
näs näsi näsi
rautalampi rautalampi rautalammi
toholampi toholampi toholammi
lampi lampe lamme
pudas putaa putaa pudas
paras parhaa parhaa paras
iisalmi iisalme iisalme
vanhempi vanhempa vanhemma
parempi parempa paremma
nurmi nurme nurme
rahka rahka raha
uhka uhka uha
"""

IRREGULAR_STEMS: dict[str, tuple[str, ...]] = {
    nominative: tuple(stems) for nominative, *stems in (line.split() for line in _TABLE.strip().splitlines())
}
