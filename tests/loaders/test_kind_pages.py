"""Operating models, rural-network projects and university projects: what each fixture says, fact by fact."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from loaders.extract import extract
from loaders.model import Facts

PAGES = Path(__file__).resolve().parents[1] / "fixtures" / "pages"


@dataclass(frozen=True)
class Expected:
    """The facts of a fixture: (title, kind, code, start, end, date), roles, people, places, money."""

    initiative: tuple[str, str, str | None, str | None, str | None, str | None]
    roles: dict[str, str]
    people: tuple[tuple[str, str | None, str | None], ...] = ()
    places: tuple[str, ...] = ()
    money: tuple[tuple[str, str], ...] = ()
    programmes: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()


EXPECTED = {
    "innokyla_kotipolku.txt": Expected(
        ("Kotipolku – kotiutuminen turvallisesti", "practice", None, None, None, "2021-05-04"),
        {
            "Kajaanin kaupunki": "host",
            "Kainuun keskussairaala": "pilot",
            "Sosiaali- ja terveysministeriö": "funder",
            "Kainuun hyvinvointialue": "partner",
            "Kajaanin ammattikorkeakoulu Oy": "partner",
            "Omaishoitajat ry": "partner",
        },
        (("Tuula Mallikas", "Tekijä", None),),
        ("Kajaani", "Kainuu", "Kainuun hyvinvointialue"),
        programmes=("Tulevaisuuden sosiaali- ja terveyskeskus -ohjelma",),
        methods=("palvelumuotoilu", "Lean"),
    ),
    "innokyla_pihapiiri.txt": Expected(
        ("Pihapiiri", "practice", None, None, None, "2020-02-01"),
        {
            "Mallilan Setlementti ry": "host",
            "Kuopion kaupunki": "partner",
            "Suomen Setlementtiliitto ry": "partner",
        },
    ),
    "innokyla_vertaisryhma.txt": Expected(
        ("Vertaisryhmä verkossa", "practice", None, None, None, None),
        {
            "Lapin hyvinvointialue": "partner",
            "Mielenterveyden keskusliitto ry": "partner",
            "Rovaniemen kaupunki": "partner",
        },
        (("Ilkka Sepitteinen", "projektisuunnittelija", "Lapin hyvinvointialue"),),
    ),
    "innokyla_lukuhetki.html": Expected(
        ("Lukuhetki kaksin", "practice", None, None, None, "2022-11-12"),
        {
            "Opetus- ja kulttuuriministeriö": "funder",
            "Pohjois-Karjalan liitto": "funder",
            "Joensuun seutukirjasto": "mentioned",
            "Karelia-ammattikorkeakoulu Oy": "partner",
        },
        places=("Joensuu",),
    ),
    "rural_kylatalo.txt": Expected(
        ("Kylätalo kaikille", "project", "123456", "2019-03-01", "2021-08-31", None),
        {
            "Maaseuturahasto": "funder",
            "Mallikylän kyläyhdistys ry": "applicant",
            "Ilomantsin kunta": "partner",
            "Karelia-ammattikorkeakoulu Oy": "partner",
        },
        (
            ("Maija Sepitteinen", None, "Mallikylän kyläyhdistys ry"),
            ("Antti Mallikas", "puheenjohtaja", "Mallikylän kyläyhdistys ry"),
        ),
        methods=("osallistava budjetointi",),
    ),
    "rural_byaskola.txt": Expected(
        ("Byaskolan blir samlingsplats", "project", "45678", "2020-05-15", "2022-04-30", None),
        {
            "Euroopan maaseudun kehittämisen maatalousrahasto": "funder",
            "Aktion Österbotten rf": "funder",
            "Pohjanmaan elinkeino-, liikenne- ja ympäristökeskus": "funder",
            "Exempelby Hembygdsförening rf": "applicant",
            "Yrkeshögskolan Novia": "partner",
        },
        (("Annika Modell", "projektledare", "Exempelby Hembygdsförening rf"),),
        ("Kristiinankaupunki",),
        programmes=("Leader",),
    ),
    "rural_lahiruoka.html": Expected(
        ("Lähiruokaa laitoskeittiöihin", "project", "98765", "2016-09-01", None, None),
        {
            "ProAgria Etelä-Pohjanmaa ry": "applicant",
            "Etelä-Pohjanmaan ELY-keskus": "funder",
            "Seinäjoen kaupunki": "partner",
            "Kauhajoen kaupunki": "partner",
        },
        (("Kaisa Keksitty", "Hankepäällikkö", "ProAgria Etelä-Pohjanmaa ry"),),
        ("Etelä-Pohjanmaa",),
        (("total-budget", "184500"),),
        ("Manner-Suomen maaseudun kehittämisohjelma",),
    ),
    "rural_bioenergia.txt": Expected(
        ("Metsän reunalta energiaa", "project", "2021-0042", "2021-02-01", "2022-12-31", None),
        {
            "Maaseuturahasto": "funder",
            "Luonnonvarakeskus": "applicant",
            "Kehittämisyhdistys Sepra ry": "funder",
            "Virolahden kunta": "partner",
        },
        (("Olli Sepite", None, "Luonnonvarakeskus"),),
        programmes=("Leader",),
    ),
    "university_kestava.txt": Expected(
        (
            "Kestävä keittiö – vähemmän hävikkiä ammattikeittiöissä",
            "project",
            None,
            "2019-03-01",
            "2021-08-31",
            None,
        ),
        {
            "Euroopan aluekehitysrahasto": "funder",
            "Pohjois-Pohjanmaan liitto": "funder",
            "Oulun ammattikorkeakoulu Oy": "applicant",
            "Luonnonvarakeskus": "partner",
            "Ravintolaketju Malli Oy": "partner",
        },
        (("Jaana Sepitteinen", "yliopettaja", "Oulun ammattikorkeakoulu Oy"),),
        money=(("total-budget", "450000"), ("own-share", "210000")),
        programmes=("Kestävää kasvua ja työtä 2014–2020",),
        methods=("palvelumuotoilu",),
    ),
    "university_havsvind.txt": Expected(
        ("Havsvind i skärgården", "project", None, "2019-03", "2021-08", None),
        {
            "Euroopan aluekehitysrahasto": "funder",
            "Pohjanmaan liitto": "funder",
            "Svenska kulturfonden": "funder",
            "Åbo Akademi": "partner",
            "Vaasan yliopisto": "partner",
            "Exempel Energi Ab": "partner",
            "Yrkeshögskolan Novia": "applicant",
            "Mustasaaren kunta": "partner",
        },
        (("Lars Påhittad", "Projektledare", "Yrkeshögskolan Novia"),),
        ("Vaasa",),
        (("total-budget", "1200000"),),
    ),
    "university_wellbeing.html": Expected(
        ("Well-being from Nearby Forests", "project", None, "2018-01-01", "2020-12-31", None),
        {
            "Opetus- ja kulttuuriministeriö": "funder",
            "Tampereen kaupunki": "partner",
            "Itä-Suomen yliopisto": "partner",
            "Example Nature Foundation": "partner",
            "Tampereen ammattikorkeakoulu Oy": "applicant",
        },
        (("Hanna Invented", "Senior Lecturer", "Tampereen ammattikorkeakoulu Oy"),),
    ),
    "university_rehab.txt": Expected(
        ("Remote Rehabilitation in the North", "project", None, "2019-03", "2021-08", None),
        {
            "Euroopan sosiaalirahasto": "funder",
            "Lapin elinkeino-, liikenne- ja ympäristökeskus": "funder",
            "Lapin ammattikorkeakoulu Oy": "applicant",
            "Oulun yliopisto": "partner",
            "Rovaniemen kaupunki": "partner",
            "Example Rehab Ltd": "partner",
        },
        (("Mikko Invented", "Project manager", "Lapin ammattikorkeakoulu Oy"),),
        money=(("total-budget", "1200000"),),
        methods=("motivoiva haastattelu",),
    ),
    "university_kulttuuri.txt": Expected(
        ("Kulttuurista kuntoa", "project", None, "2020-10", "2022-12", None),
        {
            "Turun kaupunki": "partner",
            "Naantalin kaupunki": "partner",
            "Taideyliopisto": "partner",
            "Kulttuuriyhdistys Mallit ry": "partner",
            "Turun yliopisto": "applicant",
        },
        (("Saara Keksitty", "Projektipäällikkö", "Turun yliopisto"),),
    ),
    "general_silta.txt": Expected(
        ("Silta arkeen -hanke", "project", None, "2021", "2022", None),
        {"Kuopion kaupunki": "funder", "Pohjois-Savon liitto": "funder", "Kuopion Malli ry": "partner"},
    ),
    "general_grannar.txt": Expected(
        ("Grannar emellan", "project", None, "2020-03-01", "2022-05-31", None),
        {
            "Mallby hembygdsförening rf": "applicant",
            "Svenska kulturfonden": "funder",
            "Vasa stads kulturfond": "funder",
            "Mustasaaren kunta": "partner",
            "Stiftelsen Modell": "partner",
        },
        (("Eva Påhittad", None, "Mallby hembygdsförening rf"),),
        money=(("other", "25000"),),
    ),
}


def initiative_of(facts: Facts) -> tuple[str | None, ...]:
    found = facts.initiative
    values = [getattr(found, name) for name in ("code", "start", "end", "date")]
    code, *dates = [value.text if value else None for value in values]
    return (found.title.text if found.title else None, found.kind, code, *dates)


@pytest.fixture(params=sorted(EXPECTED))
def case(request: pytest.FixtureRequest) -> tuple[Facts, Expected]:
    return extract(PAGES / request.param), EXPECTED[request.param]


def test_every_fixture_is_expected() -> None:
    assert {path.name for path in PAGES.iterdir()} == set(EXPECTED)


def test_the_initiative(case: tuple[Facts, Expected]) -> None:
    assert initiative_of(case[0]) == case[1].initiative


def test_the_organisations_have_their_roles(case: tuple[Facts, Expected]) -> None:
    assert {o.name: o.role for o in case[0].organisations} == case[1].roles


def test_the_people(case: tuple[Facts, Expected]) -> None:
    assert tuple((p.name, p.role, p.organisation) for p in case[0].persons) == case[1].people


def test_places_money_programmes_and_methods(case: tuple[Facts, Expected]) -> None:
    facts, expected = case
    assert {place.name for place in facts.places} == set(expected.places)
    assert tuple((m.kind, m.amount) for m in facts.money) == expected.money
    assert tuple(p.name for p in facts.programmes) == expected.programmes
    assert {m.name for m in facts.methods} == set(expected.methods)


def test_nothing_with_a_value_is_left_unsaid(case: tuple[Facts, Expected]) -> None:
    assert case[0].unread == []


def test_contacts_are_kept_beside_the_person() -> None:
    people = {p.name: (p.email, p.phone) for p in extract(PAGES / "rural_byaskola.txt").persons}
    assert people == {"Annika Modell": ("annika.modell@bygden.example", "050 555 0199")}


def test_a_title_has_its_own_language() -> None:
    facts = extract(PAGES / "rural_byaskola.txt")
    assert facts.initiative.title is not None
    assert (facts.source.language, facts.initiative.title.language) == ("fi", "sv")


def test_an_initiative_before_the_model_is_related() -> None:
    related = extract(PAGES / "innokyla_kotipolku.txt").related
    assert ("Lempeä lähtö", "2018", "2019") in [(r.title, r.start, r.end) for r in related]
