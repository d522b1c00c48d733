"""The words that names of methods end in, and how far each can be trusted to make a name of what stands before it."""

from __future__ import annotations

from functools import cache

from loaders.language.inflection import inflect_plural_of, inflect_word

# After a proper name and a hyphen each of these names a method or tool: "Toimiva arki -valmennus", "Miro-alusta".
AFTER_NAME = frozenset(
    [
        "menetelmä",
        "malli",
        "mittari",
        "mittaristo",
        "työkalu",
        "kysely",
        "keskustelu",
        "peli",
        "harjoitus",
        "sovellus",
        "kortti",
        "kriteeristö",
        "indeksi",
        "barometri",
        "kävely",
        "pedagogiikka",
        "valmennus",
        "alusta",
        "testi",
        "terapia",
        "interventio",
        "konsepti",
        "metodi",
        "viitekehys",
        "työote",
        "simulaattori",
        "botti",
        "robotti",
        "laskuri",
        "matriisi",
        "toimintatapa",
        "valmennusohjelma",
        "valmennuskokonaisuus",
        "valmennuspolku",
    ]
)
# Closed compounds of these are names of methods wherever they stand; what their first part may not be is said below.
ALWAYS = frozenset({"pedagogiikka", "barometri"})
# Closed compounds of these are one where the text says that it is made or used.
WHEN_PRESENTED = frozenset(
    [
        "menetelmä",
        "malli",
        "mittari",
        "työkalu",
        "kortti",
        "kriteeristö",
        "indeksi",
        "kävely",
        "valmennus",
        "laskuri",
        "peli",
    ]
)
# What a document is about or in, whose "malli" is no name: "EU-malli", "PDF-lomake".
NOT_NAMES = frozenset(
    [
        "EU",
        "ESR",
        "EAKR",
        "SOTE",
        "Sote",
        "ICT",
        "HR",
        "IT",
        "TKI",
        "PDF",
        "Excel",
        "Word",
        "Covid",
        "COVID",
        "Korona",
        "GPS",
        "SMS",
        "TV",
        "PK",
        "AI",
        "VR",
        "AR",
        "LED",
        "2D",
        "3D",
        "Web",
        "Internet",
        "Nokia",
        "Android",
        "iOS",
        "PR",
        "CV",
        "WC",
    ]
)
# First parts that make ordinary words, things or whole kinds of methods.
_ORDINARY = {
    "menetelmä": "työ toiminta opetus tutkimus tuotanto kehittämis kehitys viljely hoito analyysi mittaus arviointi laskenta "
    "koulutus työskentely valmistus käsittely hankinta yhteistyö suunnittelu maksu lisäys torjunta viestintä oppimis",
    "malli": "toiminta palvelu palvelutuotannon palvelutuotanto tuotanto liiketoiminta yhteistyö koulutus rahoitus hinnoittelu ansainta organisaatio organisointi "
    "hallinto hallinta johtamis toteutus työskentely kehittämis kehitys ohjaus tuotanto arviointi seuranta prosessi konsepti "
    "laskenta ennuste sopimus tieto kilpailutus hankinta asumis rooli pohja keskustelu perus raportointi viestintä tuki "
    "toimitus kustannus talous työaika toimintatapa verkosto tilasto ratkaisu kumppanuus suunnittelu matematiikka vaate",
    "mittari": "sähkö lämpö kuume verenpaine sade vesi tulos perus nopeus matka askel happi seuranta energia paine tehokkuus "
    "kosteus tavoite laatu taajuus bensa polttoaine kulutus säteily verensokeri syke",
    "työkalu": "käsi sähkö perus apu verkko digi kone mittaus puutarha tietotekniikka yleis pien moni metsä paja",
    "kortti": "pankki luotto käynti muisti jäsen henkilö ajo kirjasto lahja posti kuva näyttö peli syntymäpäivä tunnus kulku "
    "matka emo verkko ääni etu bonus toimi maksu kela kutsu joulu asiakas sakko työaika kausi juliste tieto henkilöstö "
    "henkilökunta vero lounas museo auto potilas",
    "kriteeristö": "valinta hyväksymis arviointi pisteytys",
    "indeksi": "hinta kuluttajahinta kustannus palkka paino elinkustannus osake pörssi ansio hakemisto vuokra tuottajahinta",
    "kävely": "sauva kunto lenkki juoksu ilta aamu kuu köysi metsä ranta katu kaupunki sunnuntai juhannus",
    "valmennus": "urheilu ylioppilas pääsykoe valmentaja jalkapallo ryhmä yksilö",
    "laskuri": "askel kilometri kävijä verkko",
    "peli": "jalkapallo lauta kortti video tietokone raha uhka pallo joukkue kotti kaksin mobiili verkko nettipoker tosi ottelu "
    "näyttämö oppimis opetus simulaatio hyöty",
    "pedagogiikka": "erityis aikuis varhais ammatti yleis erityisopetus varhaiskasvatus",
    "barometri": "elohopea aneroidi",
}
_SHORTEST_FIRST_PART = 4


@cache
def _lemmas() -> dict[str, str]:
    return {form: head for head in AFTER_NAME for form in (*inflect_word(head), *inflect_plural_of(head))}


@cache
def _longest() -> int:
    return max(map(len, _lemmas()))


@cache
def split_head(word: str) -> tuple[str, str] | None:
    """Return the first part and the head, in the nominative, of a word in any case; ``None`` where it has no such head.

    ``split_head("osallisuusmittarilla")`` is ``("osallisuus", "mittari")``.
    """
    lemmas = _lemmas()
    for start in range(max(0, len(word) - _longest()), len(word) - 2):
        if word[start:] in lemmas:
            return word[:start], lemmas[word[start:]]
    return None


def names_method(first: str, head: str) -> bool:
    """Return whether a closed compound says more than its head: "osallisuusmittari" does, "sähkömittari" does not."""
    ordinary = _ORDINARY.get(head, "").split()
    return len(first) >= _SHORTEST_FIRST_PART and not any(first.lower().endswith(word) for word in ordinary)
