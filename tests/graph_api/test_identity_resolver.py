"""Which entity a name means, in the light of all names of the material."""

import pytest

from graph_api.identity.resolver import Mention, Resolver, reconcile
from loaders.iris import entity
from loaders.vocabulary import organisations

_MATERIAL = [
    "Tampereen kaupunki",
    "TAMPEREEN KAUPUNKI",
    "Tampereen kaupunki / Liikuntatoimi",
    "Tampereen kaupungin liikuntatoimi",
    "Oulun kaupunki Liikuntatoimi",
    "Oulun yliopisto",
    "Oulu yliopisto",
    "Oulun yliopisto Maantieteen laitos",
    "OULUN YLIOPISTOMAANTIETEEN LAITOS",
    "Maantieteen laitos / Oulun yliopisto",
    "Lapin yliopisto maantieteen laitos",
    "Finpro ry",
    "Finpro Oy",
    "Protacon Oy",
    "PROTACON GROUP OY",
    "PROTACON OYPROTACON OY",
    "Juvan kunta",
    "Juvan kunnta",
    "Juuan kunta",
    "Keijukaisten koulutuskuntayhtymä",
    "Keijukaisten koulutuskuntayhymä",
    "Keijukaisten koulutuskuntayhtymä KEIKO",
    "SEITAHONKA OY (ENT. IKIHIRSI OY)",
    "SEITAHONKA OY",
    "IKIHIRSI OY",
]


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return Resolver(Mention(name) for name in _MATERIAL)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tampereen kaupunki", "TAMPEREEN KAUPUNKI"),
        ("Tampereen kaupunki / Liikuntatoimi", "Tampereen kaupungin liikuntatoimi"),
        ("Oulun yliopisto", "Oulu yliopisto"),
        ("Oulun yliopisto Maantieteen laitos", "OULUN YLIOPISTOMAANTIETEEN LAITOS"),
        ("Oulun yliopisto Maantieteen laitos", "Maantieteen laitos / Oulun yliopisto"),
        ("Protacon Oy", "PROTACON OYPROTACON OY"),
        ("Juvan kunta", "Juvan kunnta"),
        ("Keijukaisten koulutuskuntayhtymä", "Keijukaisten koulutuskuntayhymä"),
        ("Keijukaisten koulutuskuntayhtymä", "Keijukaisten koulutuskuntayhtymä KEIKO"),
        ("SEITAHONKA OY (ENT. IKIHIRSI OY)", "SEITAHONKA OY"),
    ],
)
def test_names_of_one_entity(resolver: Resolver, first: str, second: str) -> None:
    assert resolver.resolve(first).iri == resolver.resolve(second).iri


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tampereen kaupunki", "Tampereen kaupunki / Liikuntatoimi"),
        ("Tampereen kaupunki / Liikuntatoimi", "Oulun kaupunki Liikuntatoimi"),
        ("Oulun yliopisto Maantieteen laitos", "Lapin yliopisto maantieteen laitos"),
        ("Oulun yliopisto", "Tampereen kaupunki"),
        ("Finpro ry", "Finpro Oy"),
        ("Protacon Oy", "PROTACON GROUP OY"),
        ("Juvan kunta", "Juuan kunta"),
        ("SEITAHONKA OY", "IKIHIRSI OY"),
    ],
)
def test_names_of_two_entities(resolver: Resolver, first: str, second: str) -> None:
    assert resolver.resolve(first).iri != resolver.resolve(second).iri


def test_iris_come_from_the_authority_file_the_business_id_or_the_name() -> None:
    resolver = Resolver([Mention("Kuvitteellinen Paja Oy", "1234567-1"), Mention("Toinen Paja Oy")])
    assert resolver.resolve("Tampereen kaupunki").iri == entity("organisation", "kunta-837")
    assert resolver.resolve("Kuvitteellinen Paja Oy").key == "y-1234567-1"
    assert resolver.resolve("Toinen Paja Oy").key.startswith("n-")


def test_one_business_id_covers_its_spellings_and_the_name_without_it() -> None:
    resolver = Resolver(
        [
            Mention("Kuvitteellinen Paja Oy", "1234567-1"),
            Mention("KP Palvelut Oy", "1234567-1"),
            Mention("kuvitteellinen paja"),
        ]
    )
    keys = {resolver.resolve(name).key for name in ("Kuvitteellinen Paja Oy", "KP Palvelut Oy", "kuvitteellinen paja")}
    assert keys == {"y-1234567-1"}
    assert "1234567-1" in resolver.explain("Kuvitteellinen Paja Oy", "KP Palvelut Oy")


def test_one_name_with_two_business_ids_is_two_entities() -> None:
    resolver = Resolver([Mention("Paja Oy", "1234567-1"), Mention("Paja Oy", "7654321-2")])
    assert resolver.resolve("Paja Oy", "1234567-1").iri != resolver.resolve("Paja Oy", "7654321-2").iri
    assert resolver.resolve("Paja Oy").business_id is None


def test_a_units_business_id_is_its_owners() -> None:
    city = next(body for body in organisations().values() if body.first("businessId"))
    resolver = Resolver([Mention(f"{city.name} / Kuvitelmien yksikkö", city.first("businessId"))])
    unit = resolver.resolve(f"{city.name} / Kuvitelmien yksikkö", city.first("businessId"))
    assert unit.business_id is None
    assert unit.owner is not None
    assert unit.owner.iri == city.iri


def test_units_know_their_owner_and_carry_its_name(resolver: Resolver) -> None:
    unit = resolver.resolve("OULUN YLIOPISTOMAANTIETEEN LAITOS")
    assert unit.name == "Oulun yliopiston maantieteen laitos"
    assert unit.type == "sub_unit"
    assert unit.owner is not None
    assert unit.owner.name == "Oulun yliopisto"


def test_a_business_id_leads_a_new_spelling_to_its_body() -> None:
    body = next(body for body in organisations().values() if body.first("businessId"))
    number = body.first("businessId")
    assert Resolver([Mention("Xyz Kvartetti", number)]).resolve("Xyz Kvartetti", number).iri == body.iri


def test_the_canonical_name_is_the_well_spelt_one(resolver: Resolver) -> None:
    assert resolver.resolve("Keijukaisten koulutuskuntayhymä").name == "Keijukaisten koulutuskuntayhtymä"


def test_two_names_that_own_each_other_are_two_entities() -> None:
    resolver = Resolver([Mention("Lumon kehitys / Taikan palvelut"), Mention("Taikan palvelut / Lumon kehitys")])
    first, second = (
        resolver.resolve(n).iri for n in ("Lumon kehitys / Taikan palvelut", "Taikan palvelut / Lumon kehitys")
    )
    assert first != second


def test_every_merge_has_a_reason(resolver: Resolver) -> None:
    typo = resolver.explain("Keijukaisten koulutuskuntayhymä", "Keijukaisten koulutuskuntayhtymä")
    assert "misspelt" in typo
    assert "two entities" in resolver.explain("Finpro ry", "Finpro Oy")


def test_the_result_depends_on_the_set_of_names_alone() -> None:
    expected = dict(reconcile(_MATERIAL))
    for order in (_MATERIAL[::-1], sorted(_MATERIAL), _MATERIAL[7:] + _MATERIAL[:12]):
        assert dict(reconcile(order)) == expected


def test_a_question_does_not_change_later_answers(resolver: Resolver) -> None:
    before = resolver.resolve("Protacon Oy").iri
    resolver.resolve("Protakon Oy", "7654321-2")
    assert resolver.resolve("Protacon Oy").iri == before
    assert reconcile([]) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Kuvitelman ev.lut. seurakunta", "Kuvitelman seurakunta"),
        ("Kuvitelman evankelis-luterilainen seurakuntayhtymä", "Kuvitelman ev.-lut. seurakuntayhtymä"),
        ("Mannerheimin Lastensuojeluliiton Lapin piiri ry", "Mannerheimin Lastensuojeluliitto Lapin piiri ry"),
        ("Mannerheimin Lastensuojeluliiton Lapin piiri ry", "MLL:n Lapin piiri ry"),
        ("Sininauhasäätiö", "Sininauhasätiö"),
        ("Ympäristöministeriö", "Ymparistöministeriö"),
    ],
)
def test_spellings_of_one_phenomenon(first: str, second: str) -> None:
    resolver = Resolver([Mention(first), Mention(second)])
    assert resolver.resolve(first).iri == resolver.resolve(second).iri


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Kuvitelman ortodoksinen seurakunta", "Kuvitelman seurakunta"),
        ("Mannerheimin Lastensuojeluliiton Lapin piiri ry", "Mannerheimin Lastensuojeluliitto ry"),
        ("Turun ammattikorkeakoulu Oy. Tekniikka ja talous", "Turun ammattikorkeakoulu Oy"),
        ("Lonkan instituutti Kajaanin yliopistokeskus Oulun yliopisto", "Oulun yliopisto"),
        ("Pesupalvelukeskus", "Puupalvelukeskus"),
    ],
)
def test_look_alikes_of_one_phenomenon(first: str, second: str) -> None:
    resolver = Resolver([Mention(first), Mention(second)])
    assert resolver.resolve(first).iri != resolver.resolve(second).iri


def test_a_canonical_name_is_without_what_lists_print_beside_it() -> None:
    resolver = Resolver([Mention("Pajulan Paja Oy jakautunut"), Mention("Leppälän Saha Oy (ent. Lehdon Saha Oy)")])
    assert resolver.resolve("Pajulan Paja Oy jakautunut").name == "Pajulan Paja Oy"
    assert resolver.resolve("Leppälän Saha Oy (ent. Lehdon Saha Oy)").name == "Leppälän Saha Oy"


def test_a_name_of_signs_alone_is_a_body_of_its_own() -> None:
    found = dict(reconcile(["\ufffd\ufffd\ufffd", "Kemin kaupunki", "Oulun kaupunki"]))
    assert len(set(found.values())) == 3
