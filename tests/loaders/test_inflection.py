"""Finnish inflection against forms typed by hand, and its invariants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from loaders.iris import HV, SKOS
from loaders.language.head_nouns import forms_of, load_head_nouns
from loaders.language.inflection import genitive_of, head_noun, inflect_name, inflect_word, nominative_of
from loaders.language.word_forms import find_paradigm
from loaders.resources import list_files, read_text

# nominative, genitive, inessive or adessive, illative or allative, partitive
SINGULARS = [
    line.split()
    for line in [
        "kaupunki kaupungin kaupungissa kaupunkiin kaupunkia",
        "kunta kunnan kunnassa kuntaan kuntaa",
        "liitto liiton liitossa liittoon liittoa",
        "koti kodin kodissa kotiin kotia",
        "pankki pankin pankissa pankkiin pankkia",
        "toimi toimen toimessa toimeen toimea",
        "niemi niemen niemessä niemeen niemeä",
        "lahti lahden lahdessa lahteen lahtea",
        "joki joen joessa jokeen jokea",
        "vesi veden vedessä veteen vettä",
        "järvi järven järvessä järveen järveä",
        "keskus keskuksen keskuksessa keskukseen keskusta",
        "yhdistys yhdistyksen yhdistyksessä yhdistykseen yhdistystä",
        "oikeus oikeuden oikeudessa oikeuteen oikeutta",
        "terveys terveyden terveydessä terveyteen terveyttä",
        "laitos laitoksen laitoksessa laitokseen laitosta",
        "perhe perheen perheessä perheeseen perhettä",
        "huone huoneen huoneessa huoneeseen huonetta",
        "liike liikkeen liikkeessä liikkeeseen liikettä",
        "hanke hankkeen hankkeessa hankkeeseen hanketta",
        "alue alueen alueella alueelle aluetta",
        "perinne perinteen perinteessä perinteeseen perinnettä",
        "elin elimen elimessä elimeen elintä",
        "avain avaimen avaimessa avaimeen avainta",
        "lähetin lähettimen lähettimessä lähettimeen lähetintä",
        "säätiö säätiön säätiössä säätiöön säätiötä",
        "ministeriö ministeriön ministeriössä ministeriöön ministeriötä",
        "museo museon museossa museoon museota",
        "akatemia akatemian akatemiassa akatemiaan akatemiaa",
        "komitea komitean komiteassa komiteaan komiteaa",
        "yksikkö yksikön yksikössä yksikköön yksikköä",
        "poliklinikka poliklinikan poliklinikalla poliklinikalle poliklinikkaa",
        "sairaanhoitopiiri sairaanhoitopiirin sairaanhoitopiirissä sairaanhoitopiiriin sairaanhoitopiiriä",
        "hoito hoidon hoidossa hoitoon hoitoa",
        "toiminta toiminnan toiminnassa toimintaan toimintaa",
        "hallinto hallinnon hallinnossa hallintoon hallintoa",
        "huolto huollon huollossa huoltoon huoltoa",
        "kilta killan killassa kiltaan kiltaa",
        "työ työn työssä työhön työtä",
        "maa maan maassa maahan maata",
        "kirkko kirkon kirkossa kirkkoon kirkkoa",
        "apu avun avulla apuun apua",
        "luku luvun luvussa lukuun lukua",
        "tuki tuen tuessa tukeen tukea",
        "tehdas tehtaan tehtaassa tehtaaseen tehdasta",
        "asiakas asiakkaan asiakkaalla asiakkaalle asiakasta",
        "kangas kankaan kankaalla kankaalle kangasta",
        "koulu koulun koulussa kouluun koulua",
        "opisto opiston opistossa opistoon opistoa",
        "ohjelma ohjelman ohjelmassa ohjelmaan ohjelmaa",
        "instituutti instituutin instituutissa instituuttiin instituuttia",
        "setlementti setlementin setlementissä setlementtiin setlementtiä",
        "Helsinki Helsingin Helsingissä Helsinkiin Helsinkiä",
        "Turku Turun Turussa Turkuun Turkua",
        "Tampere Tampereen Tampereella Tampereelle Tamperetta",
        "Lahti Lahden Lahdessa Lahteen Lahtea",
        "Espoo Espoon Espoossa Espooseen Espoota",
        "Vantaa Vantaan Vantaalla Vantaalle Vantaata",
        "Rovaniemi Rovaniemen Rovaniemellä Rovaniemelle Rovaniemeä",
        "Seinäjoki Seinäjoen Seinäjoella Seinäjoelle Seinäjokea",
        "Pielavesi Pielaveden Pielavedellä Pielavedelle Pielavettä",
        "Riihimäki Riihimäen Riihimäellä Riihimäelle Riihimäkeä",
        "Saarijärvi Saarijärven Saarijärvellä Saarijärvelle Saarijärveä",
        "Valkeakoski Valkeakosken Valkeakoskella Valkeakoskelle Valkeakoskea",
        "Iisalmi Iisalmen Iisalmessa Iisalmeen Iisalmea",
        "Lappeenranta Lappeenrannan Lappeenrannassa Lappeenrantaan Lappeenrantaa",
        "Jyväskylä Jyväskylän Jyväskylässä Jyväskylään Jyväskylää",
        "Taipalsaari Taipalsaaren Taipalsaaressa Taipalsaareen Taipalsaarta",
        "Uusikaupunki Uudenkaupungin Uudessakaupungissa Uuteenkaupunkiin Uuttakaupunkia",
        "Isokyrö Isonkyrön Isossakyrössä Isoonkyröön Isoakyröä",
        "Itä-Uusimaa Itä-Uudenmaan Itä-Uudellamaalla Itä-Uudellemaalle Itä-Uuttamaata",
        "Korsnäs Korsnäsin Korsnäsissä Korsnäsiin Korsnäsiä",
        "Häme Hämeen Hämeessä Hämeeseen Hämettä",
        "Kainuu Kainuun Kainuussa Kainuuseen Kainuuta",
        "Pohde Pohteen Pohteella Pohteelle Pohdetta",
        "Fortum Fortumin Fortumissa Fortumiin Fortumia",
        "Valmet Valmetin Valmetilla Valmetille Valmetia",
        "Kaustinen Kaustisen Kaustisella Kaustiselle Kaustista",
        "Varkaus Varkauden Varkaudessa Varkauteen Varkautta",
        "Pihtipudas Pihtiputaan Pihtiputaalla Pihtiputaalle Pihtipudasta",
        "Punkalaidun Punkalaitumen Punkalaitumella Punkalaitumelle Punkalaidunta",
        "Kotka Kotkan Kotkassa Kotkaan Kotkaa",
        "Harjavalta Harjavallan Harjavallassa Harjavaltaan Harjavaltaa",
        "Juuka Juuan Juuassa Juukaan Juukaa",
        "Suomi Suomen Suomessa Suomeen Suomea",
    ]
]
# nominative plural, genitive, inessive or adessive, illative or allative, partitive
PLURALS = [
    line.split()
    for line in [
        "palvelut palveluiden palveluissa palveluihin palveluja",
        "yrittäjät yrittäjien yrittäjissä yrittäjiin yrittäjiä",
        "setlementit setlementtien setlementeissä setlementteihin setlementtejä",
        "Joroinen Joroisten Joroisissa Joroisiin Joroisia",
        "Kauniainen Kauniaisten Kauniaisissa Kauniaisiin Kauniaisia",
        "Virrat Virtain Virroilla Virroille Virtoja",
        "kunnat kuntien kunnissa kuntiin kuntia",
        "naiset naisten naisissa naisiin naisia",
        "lapset lasten lapsissa lapsiin lapsia",
        "martat marttojen martoissa marttoihin marttoja",
        "opettajat opettajien opettajissa opettajiin opettajia",
        "toimijat toimijoiden toimijoissa toimijoihin toimijoita",
        "yliopistot yliopistojen yliopistoissa yliopistoihin yliopistoja",
        "oppilaitokset oppilaitosten oppilaitoksissa oppilaitoksiin oppilaitoksia",
        "perheet perheiden perheissä perheisiin perheitä",
        "museot museoiden museoissa museoihin museoita",
        "kaupungit kaupunkien kaupungeissa kaupunkeihin kaupunkeja",
        "yksiköt yksiköiden yksiköissä yksikköihin yksiköitä",
    ]
]
finnish_words = st.text(alphabet="abdeghijklmnoprstuvyäö", min_size=1, max_size=14)
names = st.lists(st.text(alphabet="aehiklnoprstuäöÅS()-:. ", min_size=1, max_size=9), min_size=1, max_size=4).map(
    " ".join
)


@pytest.mark.parametrize("row", SINGULARS + PLURALS, ids=lambda row: row[0])
def test_typed_forms_are_among_the_inflected(row: list[str]) -> None:
    assert set(row) <= set(inflect_word(row[0]))


@pytest.mark.parametrize("row", SINGULARS, ids=lambda row: row[0])
def test_genitive_is_the_typed_one(row: list[str]) -> None:
    assert genitive_of(row[0]) == row[1]


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("kaupunki", {"kaupunkin", "kaupungiin", "kaupunkissa"}),
        ("Saltvik", {"Saltvin"}),
        ("posti", {"posdin", "possin"}),
        ("palvelut", {"palvelun", "palvelussa"}),
        ("sairaanhoitopiiri", {"sairaanhoitopiirissa"}),
        ("keskus", {"keskuden", "keskusen"}),
    ],
)
def test_wrong_forms_are_not_made(word: str, forms: set[str]) -> None:
    assert not forms & set(inflect_word(word))


@pytest.mark.parametrize(
    ("word", "genitive", "expected"),
    [
        ("Loppi", "Lopen", {"Lopessa", "Loppea", "Loppeen"}),
        ("Raahe", "Raahen", {"Raahessa", "Raahea"}),
        ("Rautalampi", "Rautalammin", {"Rautalammilla", "Rautalampia"}),
        ("Alavus", "Alavuden", {"Alavudella", "Alavutta"}),
        ("Tekes", "Tekesin", {"Tekesissä", "Tekesiä"}),
        ("Nurmes", "Nurmeksen", {"Nurmeksessa", "Nurmesta"}),
        ("Geta", "Getan", {"Getassa", "Getaa"}),
        ("setlementit", "setlementtien", {"setlementeissä", "setlementtejä"}),
        ("Joroinen", "Joroisten", {"Joroisissa", "Joroisiin"}),
    ],
)
def test_a_known_genitive_decides_the_type(word: str, genitive: str, expected: set[str]) -> None:
    forms = set(inflect_word(word, genitive=genitive))
    assert {word, genitive} | expected <= forms


def test_proper_names_may_follow_the_foreign_pattern() -> None:
    assert {"Vatesin", "Vateksen"} <= set(inflect_word("Vates", proper=True))
    assert {"Aallon", "Aalton"} <= set(inflect_word("Aalto", proper=True))
    assert "Aalton" not in inflect_word("Aalto")


def test_plural_forms_can_be_asked_for() -> None:
    assert {"palvelu", "palvelut", "palveluissa"} <= set(inflect_word("palvelu", plural=True))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("KEVA", {"KEVA:lta", "KEVAlta", "KEVAN"}),
        ("SeAMK", {"SeAMK:n", "SeAMKin", "SeAMKissa"}),
        ("STM", {"STM:n", "STM:ssä", "STM:ään"}),
        ("ELY-keskus", {"ELY-keskuksen"}),
        ("YLIOPISTO", {"YLIOPISTOSSA"}),
    ],
)
def test_abbreviations_and_capitals(word: str, expected: set[str]) -> None:
    assert expected <= set(inflect_word(word))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lapin yliopisto", {"Lapin yliopistolta", "Lapin yliopiston"}),
        (
            "Perusturvakuntayhtymä Karviainen",
            {"Perusturvakuntayhtymä Karviaisesta", "Perusturvakuntayhtymän Karviaisen"},
        ),
        ("Debora Oy", {"Debora Oy:n", "Debora Oy:ssä", "Deboran"}),
        ("Oy Vaasa Parks Ab", {"Oy Vaasa Parks Ab:n", "Vaasa Parksin"}),
        ("Pohjois-Savon Liikunta ry", {"Pohjois-Savon Liikunta ry:n", "Pohjois-Savon Liikunnan"}),
        ("Sininen Nauha", {"Sinisen Nauhan", "Sinisellä Nauhalla"}),
        ("Elävä kaupunki", {"Elävän kaupungin"}),
        ("Suomen evankelis-luterilainen kirkko", {"Suomen evankelis-luterilaisen kirkon"}),
        ("Kotihoito ja vanhuspalvelut", {"Kotihoidon ja vanhuspalvelujen"}),
        ("Sosiaali- ja terveysministeriö (STM)", {"Sosiaali- ja terveysministeriön"}),
        ("Keski-Suomen Yrittäjät ry", {"Keski-Suomen Yrittäjien", "Keski-Suomen Yrittäjät ry:lle"}),
        ("Siun sote", {"Siun soten", "Siun sotelta"}),
    ],
)
def test_names(name: str, expected: set[str]) -> None:
    assert expected <= set(inflect_name(name))


def test_a_genitive_shows_which_words_of_a_name_inflect() -> None:
    assert {"Koski Tl", "Kosken Tl", "Koskella Tl"} <= set(inflect_name("Koski Tl", genitive="Kosken Tl"))


def test_brackets_are_left_out_and_other_languages_take_an_s() -> None:
    assert all("(" not in form for form in inflect_name("Kuntaliitto (ent. Kaupunkiliitto)"))
    assert inflect_name("Åbo Akademi", language="sv") == ("Åbo Akademi", "Åbo Akademis")
    assert inflect_name("University of Applied Sciences", language="en") == ("University of Applied Sciences",)


@pytest.mark.parametrize(
    ("form", "nominative"),
    [
        ("Sivistysliiton", "Sivistysliitto"),
        ("Varhaiskasvatuspalveluissa", "Varhaiskasvatuspalvelut"),
        ("nuorisokodin", "nuorisokoti"),
        ("kotihoidon", "kotihoito"),
        ("lastensuojelussa", "lastensuojelu"),
        ("terveyskeskuksen", "terveyskeskus"),
        ("Lapin yliopistolta", "Lapin yliopisto"),
        ("KEHA-keskuksen", "KEHA-keskus"),
        ("LAPIN YLIOPISTOLLE", "LAPIN YLIOPISTO"),
        ("SeAMK:n", "SeAMK"),
        ("Debora Oy:lle", "Debora Oy"),
    ],
)
def test_nominatives_are_found(form: str, nominative: str) -> None:
    assert nominative in nominative_of(form)


def test_an_unknown_head_has_no_nominative() -> None:
    assert nominative_of("Karviaisen") == ()


def test_every_form_of_every_head_noun_leads_back_to_it() -> None:
    lost = [
        (noun.lemma, form)
        for noun in load_head_nouns().values()
        for form in forms_of(noun)
        if noun.lemma.lower() not in {found.lower() for found in nominative_of(form)}
    ]
    assert lost == []


def test_compounds_of_head_nouns_lead_back_too() -> None:
    lost = [
        (noun.lemma, form)
        for noun in load_head_nouns().values()
        for form in forms_of(noun)
        if f"Kuusikon {noun.lemma}".lower() not in {found.lower() for found in nominative_of(f"Kuusikon {form}")}
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("name", "lemma", "kind", "plural"),
    [
        ("Tampereen yliopisto", "yliopisto", "university", False),
        ("Seinäjoen ammattikorkeakoulu Oy", "ammattikorkeakoulu", "uas", False),
        ("Etelä-Savon ELY-keskus", "ELY-keskus", "ely", False),
        ("Keski-Suomen Yrittäjät ry", "yrittäjät", "association", True),
        ("Siikalatvan Peruspalvelut (kunta)", "peruspalvelut", "sub_unit", True),
        ("Setlementtiliitto", "liitto", "association", False),
        ("Työväen Sivistysliitto TSL ry", "sivistysliitto", "association", False),
    ],
)
def test_head_nouns_tell_the_type(name: str, lemma: str, kind: str, plural: bool) -> None:
    noun = head_noun(name)
    assert noun is not None
    assert (noun.lemma, noun.organisation_type, noun.plural) == (lemma, kind, plural)


def test_a_name_without_a_head_noun_has_none() -> None:
    assert head_noun("Debora Oy") is None
    assert head_noun("") is None


def test_the_table_is_large_and_its_notations_are_unique() -> None:
    quads = list(parse(read_text("ontology", "vocabularies", "head-nouns.ttl"), format=RdfFormat.TURTLE))
    notations = [quad.object.value for quad in quads if quad.predicate == NamedNode(SKOS + "notation")]
    assert len(load_head_nouns()) == len(notations) == len(set(notations)) >= 250


@given(finnish_words, st.booleans(), st.sampled_from([None, True, False]))
def test_words_always_have_unique_clean_forms(word: str, proper: bool, plural: bool | None) -> None:
    forms = inflect_word(word, proper=proper, plural=plural)
    assert len(forms) == len(set(forms))
    assert forms[0] == word
    assert all(form and "  " not in form for form in forms)
    assert plural is not None or genitive_of(word) in inflect_word(word)


@given(names)
def test_names_always_have_unique_clean_forms(name: str) -> None:
    forms = inflect_name(name)
    assert len(forms) == len(set(forms))
    assert all(form and form == form.strip() and "  " not in form for form in forms)


@given(finnish_words)
def test_paradigms_have_the_same_cases(word: str) -> None:
    assert list(find_paradigm(word, plural=True)) == list(find_paradigm(word, plural=False))


def _municipalities() -> list[tuple[str, str]]:
    """Return (name, genitive) of the municipalities whose genitive the vocabulary of places knows."""
    names, genitives = {}, {}
    for quad in parse(read_text("ontology", "vocabularies", "places.ttl"), format=RdfFormat.TURTLE):
        if not isinstance(quad.object, Literal) or "/kunta-" not in str(quad.subject):
            continue
        if quad.predicate.value == HV + "genitive":
            genitives[quad.subject] = quad.object.value
        elif quad.predicate.value == SKOS + "prefLabel" and quad.object.language == "fi":
            names[quad.subject] = quad.object.value
    return [(names[place], genitive) for place, genitive in genitives.items()]


@pytest.mark.skipif("places.ttl" not in list_files("ontology", "vocabularies", suffix=".ttl"), reason="no places.ttl")
def test_genitives_of_municipalities_are_right_without_help() -> None:
    municipalities = _municipalities()
    right = [name for name, genitive in municipalities if genitive_of(name) == genitive]
    assert len(municipalities) > 250
    assert len(right) / len(municipalities) >= 0.9
    assert all(genitive in inflect_name(name, genitive=genitive) for name, genitive in municipalities)
