"""Seeded project pages in the form of EURA2014, about 10 KB each, for measuring: real labels, names from the vocabularies,
invented people, amounts and prose.

    python benchmarks/eura_pages.py FOLDER [--pages 100] [--seed 1]

The prose is composed of sentence patterns and compound words, so that a page has some 900 words and 300 pages have tens of
thousands of different ones, as real pages do; organisations, places, methods, dates, amounts and people stand in it as
often as on real pages.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from loaders.language.inflection import genitive_of, inflect_name
from loaders.vocabulary import organisations, scheme

T = TypeVar("T")

_FIRST = "palvelu työ johtamis osaamis asiakas perhe nuoriso kunta kotihoito yritys verkosto koulutus hyvinvointi kierto digi ikäihmis lapsi terveys vertais kumppanuus hanke toiminta arvo innovaatio ympäristö energia matkailu maaseutu kulttuuri tieto".split()
_MIDDLE = " kehittämis suunnittelu arviointi ohjaus tuki kokeilu tutkimus valmennus viestintä laatu".split(" ")
_LAST = "prosessien rakenteita tarpeisiin ratkaisuja käytäntöjä tavoitteiden vaikutuksia menetelmistä tuloksia työpajoissa ryhmissä mahdollisuuksia taitojen verkostojen haasteisiin osallistujille toimijoiden kokonaisuuden muutokseen ympäristössä mallien hankkeissa vaiheita keinoin lähtökohdista näkökulmasta voimavaroja edellytyksiä tilanteissa yhteisöjen".split()
_VERBS = "kehitetään vahvistetaan tuetaan selvitetään kokeillaan arvioidaan lisätään levitetään juurrutetaan mallinnetaan hyödynnetään parannetaan kootaan yhdistetään kuvataan testataan".split()
_ADVERBS = "yhdessä asiakkaiden kanssa;vaiheittain;hankkeen aikana;kuntien ja järjestöjen voimin;arjen työssä;alusta lähtien;monialaisesti;sähköisin välinein;kevään aikana;koko alueella".split(
    ";"
)
_PLAIN = (
    "Hankkeessa {verb} {w} ja {w} {adverb}.",
    "Tavoitteena on, että {w} ja {w} tukevat {w} {adverb}.",
    "Aiemmissa selvityksissä on todettu, että {w} jäävät usein ilman {w}, jolloin {w} viivästyvät.",
    "Toimenpiteinä {verb} {w}, {w} sekä {w}.",
    "Työn tuloksena syntyy {w}, joita {verb} {adverb}.",
    "Osallistujat saavat tukea {w} ja oppivat toisiltaan {w} {adverb}.",
    "Muutos edellyttää, että {w} otetaan huomioon jo silloin, kun {w} suunnitellaan.",
    "Kohderyhmään kuuluvat ne, joiden {w} ja {w} ovat muuttuneet viime vuosina nopeasti.",
    "Erityisesti {w} {verb}, koska {w} vaikuttavat {w} {adverb}.",
)
_NAMING = (
    "Hanketta koordinoi {org} yhdessä kumppanien kanssa.",
    "Pilotteihin osallistuvat {gen} henkilöstö ja {place} toimivat yhdistykset.",
    "Työhön kutsuttiin mukaan myös {org} ja {org}, jotka tuntevat alueen {w}.",
    "Tuloksia esitellään {ade} järjestettävissä työpajoissa, joissa {verb} {w}.",
    "Aineisto saatiin {abl}, ja sitä täydennettiin {w} {adverb}.",
    "Hankkeen omarahoitus on {amount} euroa, josta {gen} osuus on {amount} euroa.",
    "Toiminta {place} alkaa {month}kuussa {year} ja päättyy 31.{m}.{year2}.",
    "Menetelmänä käytetään {method}, jota soveltamalla {verb} {w}.",
    "Ohjausryhmän puheenjohtajana toimii {title} {person}.",
    "Aiemman {proper}-hankkeen {w} hyödynnetään {adverb}.",
    "Palvelun toteuttaa {company} kumppaninaan {municipal} sivistyspalvelut.",
    "Vuosina {year}–{year2} {verb} {w} {place} ja {place}.",
)
_PROPER = "Silta Kimmo Polku Virta Kaiku Nuotta Kajo Rihma Luotsi Majakka Verso Taimi Sampo Hehku Aalto Kipinä".split()
_SURNAMES = (
    "Malli Esimerkki Kuviteltu Testinen Keksitty Harjula-Malli Näytelä Mallikas Oletettu Koeniemi Satula Tarula".split()
)
_TITLES = "projektipäällikkö kehittämispäällikkö toimitusjohtaja koulutuspäällikkö tutkija palvelujohtaja".split()
_MONTHS = "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu".split()
_SECTIONS = (
    "3 Suunnitelman mukainen tiivistelmä toteutuksesta",
    "4 Hankkeen kohderyhmät",
    "5 Projektin julkinen rahoitus, euroa",
    "6 Maantieteellinen kohdealue",
    "7 Hakemusvaiheessa ilmoitettavat arviot hankekohtaisista seurantatiedoista",
    "8 Horisontaaliset periaatteet",
    "9 Loppuraportin tiivistelmä",
)


class PageMaker:
    """Makes pages; the same seed gives the same pages.

    Parameters
    ----------
    seed : int
        Of all that varies.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - for measuring
        bodies = [body for body in organisations().values() if any(label.language == "fi" for label in body.labels)]
        self._bodies = [body.name for body in bodies]
        self._places = [place for place in scheme("places").values() if place.first("municipalityForm")]
        self._regions = [c.name for c in scheme("places").values() if c.first("placeKind") == "region"]
        self._methods = [method.name for method in scheme("methods").values()]
        self._given = [name.name for name in scheme("given-names").values()]

    def page(self) -> str:
        """Return the next page."""
        code = f"{self._pick('SA')}{self._random.randrange(10000, 99999)}"
        person, title = self._person(), f"{self._pick(_PROPER)} – {self._words(3)}"
        fund = "sosiaalirahaston (ESR)" if code[0] == "S" else "aluekehitysrahaston (EAKR)"
        lines = ["Euroopan unioni Vipuvoimaa EU:lta", f"Euroopan {fund} rahoittaman hankkeen kuvaus", "1 Hanke"]
        lines += [
            f"Hankekoodi: {code}",
            f"Hankkeen nimi: {title}",
            "Toimintalinja: 3. Työllisyys ja työvoiman liikkuvuus",
        ]
        lines += [f"Erityistavoite: 7.1. {self._words(4).capitalize()}"]
        year = self._random.randrange(2014, 2021)
        month = self._random.randrange(1, 13)
        lines += [f"Suunnitelman mukainen toteutusaika: Alkaa 1.{month}.{year} ja päättyy 31.12.{year + 2}"]
        lines += ["Toiminnan tila: Toiminta päättynyt", f"Vastuuviranomainen: {self._pick(self._bodies)}"]
        lines += ["2 Hakijan perustiedot", f"Hakijan virallinen nimi: {self._pick(self._bodies)}"]
        lines += ["Organisaatiotyyppi: Yliopisto", f"Y-tunnus: {self._business_id()}", "Jakeluosoite: Mallikatu 4"]
        lines += [f"Puhelinnumero: 000 {self._random.randrange(100000, 999999)}", "Postinumero: 00000"]
        lines += [f"Postitoimipaikka: {self._pick(self._places).name}", "WWW-osoite: http://www.example.org"]
        lines += [f"Hankkeen yhteyshenkilön nimi: {person}"]
        lines += [f"Yhteyshenkilön asema hakijaorganisaatiossa: {self._pick(_TITLES)}"]
        lines += ["Yhteyshenkilön sähköpostisoite: etunimi.sukunimi(at)example.org"]
        lines += [f"Yhteyshenkilön puhelinnumero: 040 {self._random.randrange(1000000, 9999999)}"]
        lines += ["Hakijoiden lukumäärä tai tuen siirto -menettely: Hakijoita on useampi kuin yksi (yhteishanke)"]
        lines += ["Osatoteuttajat", "\n".join(self._partner() for _ in range(self._random.randrange(0, 7)))]
        return "\n\n".join(line for line in [*lines, *self._sections()] if line) + "\n"

    def _sections(self) -> Iterator[str]:
        for number, heading in enumerate(_SECTIONS, 3):
            yield heading
            if number == 4:
                yield "4.1 Varsinaiset kohderyhmät"
            if number == 5:
                yield from self._money()
            if number == 6:
                yield f"Maakunnat: {', '.join(self._random.sample(self._regions, 2))}"
                yield f"Kunnat: {', '.join(place.name for place in self._random.sample(self._places, 3))}"
            if number == 7:
                yield f"Osallistuvien henkilöiden lukumäärä: {self._random.randrange(10, 400)}"
            if number in {3, 9} or (number == 4 and self._random.random() < 0.3):
                yield from (self._paragraph() for _ in range(3 if number == 3 else 2))
            if number == 4 and self._random.random() < 0.3:
                yield from self._pilots()
            if number in {4, 7, 8}:
                yield from (self._paragraph(naming=0.08) for _ in range(2))

    def _paragraph(self, naming: float = 0.25) -> str:
        sentences = [self._sentence(naming) for _ in range(self._random.randrange(5, 8))]
        return " ".join(sentences)

    def _sentence(self, naming: float) -> str:
        pattern = self._pick(_NAMING if self._random.random() < naming else _PLAIN)
        return "".join(self._filled(piece) for piece in pattern.replace("}", "{").split("{"))

    def _filled(self, piece: str) -> str:
        maker = getattr(self, f"_fill_{piece}", None) if piece.isalnum() else None
        return str(maker()) if maker else piece

    def _fill_w(self) -> str:
        return f"{self._pick(_FIRST)}{self._pick(_MIDDLE)}{self._pick(_LAST)}"

    def _fill_verb(self) -> str:
        return self._pick(_VERBS)

    def _fill_adverb(self) -> str:
        return self._pick(_ADVERBS)

    def _fill_org(self) -> str:
        return self._pick(self._bodies)

    def _fill_gen(self) -> str:
        return self._form(self._pick(self._bodies), ("n",))

    def _fill_ade(self) -> str:
        return self._form(self._pick(self._bodies), ("lla", "llä"))

    def _fill_abl(self) -> str:
        return self._form(self._pick(self._bodies), ("lta", "ltä"))

    def _fill_place(self) -> str:
        return self._form(self._pick(self._places).name, ("ssa", "ssä", "lla", "llä"))

    def _fill_municipal(self) -> str:
        place = self._pick(self._places)
        return f"{place.first('genitive')} {genitive_of(place.first('municipalityForm') or 'kunta')}"

    def _fill_company(self) -> str:
        return f"{self._pick(_PROPER)}{self._pick(_PROPER).lower()} {self._pick(('Oy', 'ry', 'Osuuskunta'))}"

    def _fill_proper(self) -> str:
        return self._pick(_PROPER)

    def _fill_method(self) -> str:
        return self._pick(self._methods)

    def _fill_title(self) -> str:
        return self._pick(_TITLES)

    def _fill_person(self) -> str:
        return self._person()

    def _fill_amount(self) -> str:
        return f"{self._random.randrange(2, 900)} {self._random.randrange(100, 999)}"

    def _fill_month(self) -> str:
        return self._pick(_MONTHS)

    def _fill_m(self) -> str:
        return self._pick(("1", "3", "5", "7", "8", "10", "12"))

    def _fill_year(self) -> str:
        return str(self._random.randrange(2012, 2018))

    def _fill_year2(self) -> str:
        return str(self._random.randrange(2018, 2023))

    @staticmethod
    def _form(name: str, endings: tuple[str, ...]) -> str:
        return next((form for form in inflect_name(name)[1:] if form.endswith(endings)), name)

    def _person(self) -> str:
        return f"{self._pick(self._given)} {self._pick(_SURNAMES)}"

    def _partner(self) -> str:
        name = self._pick(self._bodies) if self._random.random() < 0.7 else self._fill_company()
        return f"{name}, {self._business_id()}"

    def _business_id(self) -> str:
        return f"{self._random.randrange(1000000, 9999999)}-{self._random.randrange(0, 10)}"

    def _money(self) -> Iterator[str]:
        yield f"Myönnetty EU- ja valtion rahoitus: {self._fill_amount()}"
        yield f"Toteutunut EU- ja valtion rahoitus: {self._fill_amount()}"
        yield f"Suunniteltu julkinen rahoitus yhteensä: {self._fill_amount()}"
        yield f"Toteutunut julkinen rahoitus yhteensä: {self._fill_amount()}"

    def _pilots(self) -> Iterator[str]:
        yield "Hankkeen pilotit ovat seuraavat:"
        items = (
            f"{number}. {self._fill_municipal().capitalize()} kotihoito, pilotti päättyi keväällä {self._fill_year()}"
            for number in range(1, self._random.randrange(4, 9))
        )
        yield "\n".join(items)

    def _words(self, number: int) -> str:
        return " ".join(self._fill_w() for _ in range(number))

    def _pick(self, choices: Sequence[T]) -> T:
        return self._random.choice(choices)


def make_pages(number: int, seed: int = 1) -> Iterator[str]:
    """Yield pages; the same number and seed give the same pages."""
    maker = PageMaker(seed)
    for _ in range(number):
        yield maker.page()


def write_pages(folder: Path, number: int, seed: int = 1) -> list[Path]:
    """Write pages as text files into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"page_{position:05}.txt" for position in range(number)]
    for path, page in zip(paths, make_pages(number, seed), strict=True):
        path.write_text(page, "utf-8")
    return paths


def main() -> None:
    """Write pages into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    paths = write_pages(asked.folder, asked.pages, asked.seed)
    print(f"{len(paths)} pages, {sum(path.stat().st_size for path in paths):,} bytes, in {asked.folder}")


if __name__ == "__main__":
    main()
