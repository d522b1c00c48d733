"""Organisations in running text: known, units of owners and places, legal forms, head nouns, coordinated names."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.recognise.mentions import has_weak_head, is_class_of_bodies
from loaders.recognise.organisations import find_organisations, normalise_case
from loaders.recognise.repairs import nearest_head, repaired_units


def names(text: str) -> list[str]:
    return [mention.name for mention in find_organisations(text)]


def surfaces(text: str) -> list[str]:
    return [text[mention.span.start : mention.span.end] for mention in find_organisations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Työ tehtiin Itä-Suomen yliopistossa.", ["Itä-Suomen yliopisto"]),
        ("Apua saatiin UEF:sta ja THL:ltä.", ["Itä-Suomen yliopisto", "Terveyden ja hyvinvoinnin laitos"]),
        ("Päätös tuli Pohjois-Savon ELY-keskukselta.", ["Pohjois-Savon elinkeino-, liikenne- ja ympäristökeskus"]),
        ("Vantaan ja Keravan hyvinvointialueen malli", ["Vantaan ja Keravan hyvinvointialue"]),
        ("Tampereen Yliopisto mukana", ["Tampereen yliopisto"]),
        ("Mukana Åbo Akademi och Vasa universitet.", ["Åbo Akademi", "Vaasan yliopisto"]),
    ],
)
def test_known_names_in_any_form(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "unit", "owner"),
    [
        ("Tornion kaupungin lastensuojelussa kokeiltiin.", "Tornion kaupungin lastensuojelu", "Tornion kaupunki"),
        ("Kävimme Järvenpään kaupunginkirjastossa.", "Järvenpään kaupunginkirjasto", "Järvenpään kaupunki"),
        ("Kokeilu oli Joroisten vanhuspalveluissa.", "Joroisten vanhuspalvelut", "Joroisten kunta"),
        ("Kuopion kansalaisopiston väki", "Kuopion kansalaisopisto", "Kuopion kaupunki"),
    ],
)
def test_a_unit_is_named_after_its_owner_or_place(text: str, unit: str, owner: str) -> None:
    (found,) = [mention for mention in find_organisations(text) if mention.name == unit]
    assert found.owner == owner


def test_the_owner_inside_a_units_name_is_found_beside_it() -> None:
    assert surfaces("Tornion kaupungin lastensuojelu") == ["Tornion kaupungin lastensuojelu", "Tornion kaupungin"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Valmentajana toimi Testaus Oy.", ["Testaus Oy"]),
        ("Mallin Kone ja Säätö Oy sekä Testaajien Tuki ry", ["Mallin Kone ja Säätö Oy", "Testaajien Tuki ry"]),
        ("Testaus Oy ja Mallin Tuki ry kehittivät.", ["Testaus Oy", "Mallin Tuki ry"]),
        ("Testaus Oy:n ja Modell Ab:n kanssa", ["Testaus Oy", "Modell Ab"]),
        ("Työterveyslaitos ja Mallin Liikunta ry", ["Työterveyslaitos", "Mallin Liikunta ry"]),
        ("Kirkkonummella Testipaja Mallila Oy aloitti.", ["Testipaja Mallila Oy"]),
        ("Föreningen Modell rf arbetar.", ["Föreningen Modell rf"]),
        ("Oy", []),
        ("www.testaus.fi Oy", []),
    ],
)
def test_a_legal_form_marks_a_name(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Työstä vastasi Mallinpesän nuorisokoti.", ["Mallinpesän nuorisokoti"]),
        ("Asukkaita muutti Mallinpesän nuorisokotiin.", ["Mallinpesän nuorisokoti"]),
        ("Hankkeen nuorisokoti on avoin.", []),
    ],
)
def test_a_proper_name_stands_before_a_head_noun(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_coordinated_names_are_taken_apart() -> None:
    text = "Lapin ja Seinäjoen ammattikorkeakoulut kehittivät sen."
    assert names(text) == ["Lapin ammattikorkeakoulu Oy", "Seinäjoen ammattikorkeakoulu Oy"]
    assert surfaces(text) == ["Lapin", "Seinäjoen ammattikorkeakoulut"]


@pytest.mark.parametrize(
    "text", ["Pohjois-Savon kunnat", "Kuopion ja Varkauden kaupungeissa asutaan", "Savon kunnissa"]
)
def test_a_class_of_bodies_is_no_body(text: str) -> None:
    assert "Pohjois-Savon kunta" not in names(text)
    assert not [name for name in names(text) if name.endswith(("kunnat", "kaupungit"))]


def test_an_abbreviation_that_qualifies_a_compound_is_no_mention_but_a_funds_is() -> None:
    assert names("EU-maat") == []
    assert names("ESR-rahoitus") == ["Euroopan sosiaalirahasto"]


def test_a_note_on_enterprise_size_marks_a_name() -> None:
    (found,) = find_organisations("Mukana TESTI (mikro säätiö) ja muita.")
    assert (found.name, found.type) == ("TESTI", "foundation")


@pytest.mark.parametrize("text", ["kuopion kaupunki", "onni@kuopio.fi", "Kerromme Kuopiosta", "Suomen luonto", ""])
def test_what_is_no_organisation(text: str) -> None:
    assert names(text) == []


def test_ordinary_words_end_a_units_name_only_where_that_is_expected() -> None:
    text = "Kuopion kaupungin kotihoito"
    weak = has_weak_head(text)
    assert find_organisations(text, weak_heads=True)[0].name == text
    assert (text in [m.name for m in find_organisations(text, weak_heads=False)]) is not weak


def test_plural_heads_of_bodies_are_classes() -> None:
    assert is_class_of_bodies("kunnat")
    assert not is_class_of_bodies("vanhuspalvelut")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Vaasan Yliopisto", "Vaasan yliopisto"),
        ("LAPIN YLIOPISTO", "Lapin yliopisto"),
        ("Tuntematon Nimi", "Tuntematon Nimi"),
    ],
)
def test_stray_capitals_are_put_right_in_known_names_only(printed: str, name: str) -> None:
    assert normalise_case(printed) == name


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Kemin kaupungin lastensuohelu", "Kemin kaupungin lastensuojelu"),
        ("Kuopion kaupungin vanhuspalvleut", "Kuopion kaupungin vanhuspalvelut"),
    ],
)
def test_a_misspelt_head_noun_after_a_known_owner_is_repaired(text: str, unit: str) -> None:
    (found,) = repaired_units(text)
    assert found.name == unit
    assert found.owner == " ".join([*unit.split()[:1], "kaupunki"])


@pytest.mark.parametrize(
    "text", ["Kemin kaupungin lastensuojelu", "Mallilan lastensuohelu", "Kemin kaupungin satama-alue", ""]
)
def test_nothing_else_is_bent_into_a_unit(text: str) -> None:
    assert list(repaired_units(text)) == []


def test_only_the_one_nearest_head_noun_is_taken() -> None:
    assert nearest_head("lastensuohelu") == "lastensuojelu"
    assert nearest_head("lastensuojelu") is None
    assert nearest_head("polkupyörä") is None


words = st.sampled_from(
    ["Kuopion", "kaupungin", "lastensuojelu", "ja", "Lapin", "yliopisto", "Testaus", "Oy", "-", "/", ",", "UEF:n", "\n"]
)


@given(st.one_of(st.text(max_size=60), st.lists(words, max_size=12).map(" ".join)))
@settings(deadline=None)
def test_mentions_of_any_text_are_in_order_and_inside_it(text: str) -> None:
    found = find_organisations(text)
    assert [m.span.start for m in found] == sorted(m.span.start for m in found)
    for mention in found:
        assert mention.name.strip()
        assert text[mention.span.start : mention.span.end].strip()
        assert 0 < mention.confidence <= 1


@pytest.mark.parametrize(
    "text",
    ["KEHITTÄMISHANKKEEN LOPPURAPORTTI " * 300, "Aa-" * 4000, "a.b" * 3000, "1.1." * 2500, "-" * 9000, " " * 9000],
)
def test_no_text_takes_more_than_a_moment(text: str) -> None:
    began = time.perf_counter()
    find_organisations(text)
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Riihimäen ja Hausjärven seurakunnat", ["Riihimäen seurakunta", "Hausjärven seurakunta"]),
        (
            "Kiteen, Pellon ja Ylitornion seurakuntien",
            ["Kiteen seurakunta", "Pellon seurakunta", "Ylitornion seurakunta"],
        ),
        ("Karelia- ja LAB-ammattikorkeakouluissa", ["Karelia-ammattikorkeakoulu Oy", "LAB-ammattikorkeakoulu Oy"]),
        ("tehtiin Mallilan ja Testilän kouluissa", ["Mallilan koulu", "Testilän koulu"]),
        ("Pellon ja Kiteen kanssa on sovittu", ["Pellon kunta", "Kiteen kaupunki"]),
    ],
)
def test_coordinated_names_of_every_kind_are_taken_apart(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mukana oli Hoivakoti Testiranta", ["Hoivakoti Testiranta"]),
        ("mukana oli Osuuskauppa Testimaa", ["Osuuskauppa Testimaa"]),
        ("mukana oli Kiteen työpaja Testikangas", ["Kiteen työpaja Testikangas"]),
        ("mukana oli Testi-Suomen lihajaloste Oy", ["Testi-Suomen lihajaloste Oy"]),
        ("mukana oli Asunto Oy Testipiha", ["Asunto Oy Testipiha"]),
        ("vi samarbetar med Testgården i Nagu rf, som", ["Testgården i Nagu rf"]),
        ("rahaa antoi Alli Mallirinteen Säätiö", ["Alli Mallirinteen Säätiö"]),
        ("ja lopulta Testijokisäätiö tuki", ["Testijokisäätiö"]),
        ("päätti opetus- ja kulttuuriministeriö", ["Opetus- ja kulttuuriministeriö"]),
        ("yhdessä Porin prikaatin kanssa", ["Porin prikaati"]),
    ],
)
def test_names_by_head_form_and_capital(text: str, found: list[str]) -> None:
    mentions = find_organisations(text)
    assert [m.name[:1].upper() + m.name[1:] for m in mentions if m.owner is None or m.rule != "known-name"] == found


@pytest.mark.parametrize(
    "text",
    ["Naiset Miehet yhteensä", "Koulu Helsingissä alkoi", "Säätiö tuki työtä", "Yhdistyksen Puheenjohtaja puhui"],
)
def test_capitals_alone_make_no_name(text: str) -> None:
    assert names(text) == []
