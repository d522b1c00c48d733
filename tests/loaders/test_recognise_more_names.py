"""Names by phenomenon: regional branches, houses, hyphened heads, municipalities that act, what is no body."""

from __future__ import annotations

import pytest

from loaders.extract import extract_source
from loaders.model import Source
from loaders.naming import read_name
from loaders.recognise.organisations import find_organisations
from loaders.vocabulary import Concept, scheme


def names(text: str) -> list[str]:
    return [mention.name for mention in find_organisations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mukaan tuli MTK Satakunta.", "MTK Satakunta"),
        ("Visit Oulu jakaa tulokset.", "Visit Oulu"),
        ("Kokeilupaikkana oli palvelukoti Rauhanranta, jossa", "Palvelukoti Rauhanranta"),
        ("Monikulttuurikeskus Mosaiikki järjestää illat.", "Monikulttuurikeskus Mosaiikki"),
        ("Verkostoa koordinoi Saimaa Tieto -osuuskunta.", "Saimaa Tieto -osuuskunta"),
        ("Vastuussa ovat Kemi ja Testaamo Oy.", "Testaamo Oy"),
        ("praktikplatser vid Servicehuset Solglimt", "Servicehuset Solglimt"),
        ("Vasa stads äldreomsorg ställer upp", "Vasa stads äldreomsorg"),
        ("Lainaa antoi Mallby kommunbibliotek.", "Mallby kommunbibliotek"),
        ("Xamkin Testi Life -tutkimusyksikkö mittaa.", "Xamkin Testi Life -tutkimusyksikkö"),
        ("Kokeiltiin Juuan kunnan teknisessä toimessa.", "Juuan kunnan tekninen toimi"),
        ("Mukana on Porin ev.lut. seurakuntayhtymä.", "Porin evankelis-luterilainen seurakuntayhtymä"),
        ("Mukana on Lapin 4H-piiri.", "Lapin 4H-piiri"),
        ("Työtä johtaa Lapin yliopiston (LY) kasvatuksen laitos.", "Lapin yliopiston kasvatuksen laitos"),
        ("I gruppen sitter Mallbygdens anhörigvårdare rf.", "Mallbygdens anhörigvårdare rf"),
        ("I gruppen sitter Anhöriga och vänner -förbundet rf.", "Anhöriga och vänner -förbundet rf"),
        ("Tukea antoi Luonto- ja vesitekniikan tuki ry.", "Luonto- ja vesitekniikan tuki ry"),
        ("Sen rahoittaa Luonnon ja terveyden edistämissäätiö.", "Luonnon ja terveyden edistämissäätiö"),
        ("Raha tuli Luonnon ja terveyden säätiö Mallisin kautta.", "Luonnon ja terveyden säätiö Mallis"),
    ],
)
def test_a_body_is_found_by_how_it_is_named(text: str, expected: str) -> None:
    assert expected in names(text)


@pytest.mark.parametrize("kind", [concept.name for concept in scheme("house-kinds").values()])
def test_a_house_of_each_kind_is_found_by_its_name(kind: str) -> None:
    for printed in (kind, kind.capitalize()):
        (house,) = (
            m for m in find_organisations(f"Kokeilussa oli {printed} Rauhanranta.") if m.rule == "house-by-name"
        )
        assert (house.name, house.type) == (f"{kind.capitalize()} Rauhanranta", "sub_unit")


@pytest.mark.parametrize("concept", scheme("place-completed-names").values(), ids=lambda concept: concept.notation)
def test_each_name_that_a_place_completes_is_found(concept: Concept) -> None:
    name = concept.name.replace("…", "Hollola")
    (found,) = (m for m in find_organisations(f"Mukana on {name} kumppanina.") if m.name == name)
    assert found.type == concept.first("organisationType")
    assert name not in names(f"Mukana on {concept.name.replace('…', 'Mallila')}.")


def test_a_swedish_unit_has_its_owner() -> None:
    unit = next(m for m in find_organisations("Vasa stads äldreomsorg ställer upp") if m.type == "sub_unit")
    assert unit.owner == "Vaasan kaupunki"


@pytest.mark.parametrize(
    "text",
    [
        "Hankkeessa luodaan Etelä-Savoon verkosto, jossa",
        "Kohderyhmänä ovat Sallan ja Kuusamon matkailuyritykset.",
        "Tausta on Lapin liiton maakuntaohjelmassa ja Etelä-Karjalan energiaohjelmassa.",
        "päiväkoti Oulussa",
    ],
)
def test_networks_to_be_classes_and_programmes_are_no_bodies(text: str) -> None:
    assert not [m for m in find_organisations(text) if m.key is None]


def test_municipalities_act_under_their_bare_names() -> None:
    found = names("Hollola, Orimattila ja Asikkala ovat palkanneet yhteisen neuvojan.")
    assert found == ["Hollolan kunta", "Orimattilan kaupunki", "Asikkalan kunta"]
    assert names("Matka kulkee läpi Hollolan, Orimattilan ja Asikkalan.") == []


def test_a_short_name_behind_the_long_one_is_the_same_body() -> None:
    assert names("Kouvolan seudun ammattiopisto Eduko kerää vaatteita.") == ["Kouvolan seudun ammattiopisto"]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Vöyrin kunta - Vörå kommun", "Vöyrin kunta"),
        ("Kemiönsaaren kunta - Kimitoöns kommun", "Kemiönsaaren kunta"),
        ("Vaasan kaupunki – Vasa stad", "Vaasan kaupunki"),
    ],
)
def test_a_bilingual_name_is_one_body(printed: str, expected: str) -> None:
    assert [body.name for body in read_name(printed)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Oulun ruotsinkielisen työväenopiston kanssa", "Oulun ruotsinkielinen työväenopisto"),
        ("Polkua kokeillaan Ristiinan VPK:ssa.", "Ristiinan VPK"),
    ],
)
def test_words_before_an_inflected_head(text: str, expected: str) -> None:
    assert expected in names(text)


def test_a_unit_without_its_owners_name_is_the_pages_owners() -> None:
    card = """2.3.2020
Lieksan kaupunki, kirjasto, Lieksa

Palveluauto

Käytössä

Tarve ja tavoitteet
Matkat ovat pitkiä.

Ratkaisu
Kaupungin liikuntapalvelut lainaa lumikenkiä, ja kunnan sivistystoimi maksaa ajot.
Tampereen kaupungin liikuntapalvelut kävi tutustumassa.
"""
    facts = extract_source(Source("card", "0" * 64, "text/plain", card))
    found = {o.name: o.part_of for o in facts.organisations}
    assert found["Lieksan kaupungin liikuntapalvelut"] == "Lieksan kaupunki"
    assert found["Lieksan kaupungin sivistystoimi"] == "Lieksan kaupunki"
    assert found["Tampereen kaupungin liikuntapalvelut"] == "Tampereen kaupunki"


def test_brackets_say_whom_a_short_name_means_in_this_text() -> None:
    text = "Kumppanina on Ylä-Savon koulutuskuntayhtymä (YSAO). YSAO jäi pois."
    assert set(names(text)) == {"Ylä-Savon koulutuskuntayhtymä"}


def test_a_short_name_behind_a_legal_form_is_no_second_body() -> None:
    assert names("Mukana on Mallilan Kehitys Oy PIKES.") == ["Mallilan Kehitys Oy"]


def test_a_coordinated_pair_of_places_is_not_named_after_matters() -> None:
    assert "Porin ja kunnan liitto" not in names("Sen teki Porin ja kunnan liitto.")
