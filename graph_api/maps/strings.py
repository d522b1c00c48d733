"""Every word that a map shows of its own, in English, Finnish and Swedish."""

from __future__ import annotations

from loaders.errors import UsageError

LANGUAGES = ("en", "fi", "sv")

_TABLE: dict[str, tuple[str, str, str]] = {
    "code": LANGUAGES,
    "organisations": ("organisations", "organisaatiota", "organisationer"),
    "connections": ("connections", "yhteyttä", "kopplingar"),
    "initiatives": ("initiatives", "hanketta", "initiativ"),
    "initiative": ("initiative", "hanke", "initiativ"),
    "partner": ("partner", "kumppani", "partner"),
    "search": ("Find an organisation", "Etsi organisaatio", "Sök en organisation"),
    "find": ("Find", "Etsi", "Sök"),
    "notFound": ("Nothing is called that.", "Sen nimistä ei ole.", "Inget heter så."),
    "types": ("Type of organisation", "Organisaatiotyyppi", "Typ av organisation"),
    "unknownType": ("Type unknown", "Tyyppi ei tiedossa", "Okänd typ"),
    "minimum": ("Minimum weight of a connection", "Yhteyden vähimmäispaino", "Kopplingens minsta vikt"),
    "period": ("Period", "Ajanjakso", "Period"),
    "from": ("First year", "Ensimmäinen vuosi", "Första året"),
    "to": ("Last year", "Viimeinen vuosi", "Sista året"),
    "published": ("published", "julkaistu", "publicerad"),
    "reset": ("Show everything", "Näytä kaikki", "Visa allt"),
    "fit": ("Fit to window", "Sovita ikkunaan", "Anpassa till fönstret"),
    "showTable": ("Show as a table", "Näytä taulukkona", "Visa som tabell"),
    "showMap": ("Show as a map", "Näytä karttana", "Visa som karta"),
    "save": ("Save as PNG", "Tallenna PNG-kuvana", "Spara som PNG"),
    "close": ("Close", "Sulje", "Stäng"),
    "shown": (
        "Shown: organisations {nodes}, connections {edges}",
        "Näkyvissä: organisaatioita {nodes}, yhteyksiä {edges}",
        "Visas: organisationer {nodes}, kopplingar {edges}",
    ),
    "hint": (
        "Click on an organisation or on a line. Scroll to zoom, drag to move.",
        "Napsauta organisaatiota tai viivaa. Zoomaa rullalla, siirrä vetämällä.",
        "Klicka på en organisation eller en linje. Zooma med hjulet, flytta genom att dra.",
    ),
    "mapLabel": (
        "Map of collaboration; the same is in the table",
        "Yhteistyön kartta; sama on taulukossa",
        "Karta över samarbete; detsamma finns i tabellen",
    ),
    "skip": ("Skip the map: show the table", "Ohita kartta: näytä taulukko", "Hoppa över kartan: visa tabellen"),
    "organisation": ("Organisation", "Organisaatio", "Organisation"),
    "type": ("Type", "Tyyppi", "Typ"),
    "initiativesHeading": ("Initiatives", "Hankkeet ja käytännöt", "Initiativ"),
    "partners": ("Partners", "Kumppanit", "Partner"),
    "partnersCount": ("partners", "kumppania", "partner"),
    "shared": ("Shared initiatives", "Yhteiset hankkeet", "Gemensamma initiativ"),
    "weight": ("Weight", "Paino", "Vikt"),
    "unitOf": ("Unit of", "Yksikkö organisaatiossa", "Enhet inom"),
    "size": (
        "Larger: more initiatives. Thicker: greater weight.",
        "Suurempi: enemmän hankkeita. Paksumpi: suurempi paino.",
        "Större: fler initiativ. Tjockare: större vikt.",
    ),
    "noScript": (
        "This map needs JavaScript, which is switched off.",
        "Kartta tarvitsee JavaScriptin, joka on pois käytöstä.",
        "Kartan behöver JavaScript, som är avstängt.",
    ),
    "role.applicant": ("applicant", "hakija", "sökande"),
    "role.host": ("host", "toteuttaja", "värd"),
    "role.partner": ("partner", "kumppani", "partner"),
    "role.pilot": ("pilot site", "pilotoija", "pilot"),
    "role.funder": ("funder", "rahoittaja", "finansiär"),
    "role.authority": ("authority", "viranomainen", "myndighet"),
    "role.consultant": ("consultant", "konsultti", "konsult"),
    "role.mentioned": ("mentioned", "mainittu", "nämnd"),
    "kind.initiative": ("initiative", "hanke", "initiativ"),
    "kind.project": ("project", "hanke", "projekt"),
    "kind.programme": ("programme", "ohjelma", "program"),
    "kind.practice": ("practice", "käytäntö", "praxis"),
    "kind.pilot": ("pilot", "pilotti", "pilot"),
}


def strings(language: str) -> dict[str, str]:
    """Return the words of a map in one language.

    Raises UsageError for a language that the table does not have.
    """
    if language not in LANGUAGES:
        raise UsageError(f'A map cannot be written in "{language}". Use one of: {", ".join(LANGUAGES)}.')
    column = LANGUAGES.index(language)
    return {key: row[column] for key, row in _TABLE.items()}
