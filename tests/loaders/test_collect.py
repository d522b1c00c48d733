"""Collecting: what is named twice in a document is one fact, the stronger role wins, nothing of it is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.collect import ROLE_STRENGTH, Collector, make, same_person, unit_part
from loaders.model import (
    Evidence,
    Facts,
    Money,
    Named,
    Organisation,
    Person,
    Pilot,
    RelatedInitiative,
    Source,
    Span,
    Standing,
)


def evidence(at: int = 0, standing: Standing = Standing.INFERRED) -> Evidence:
    return Evidence("x", Span(at, at + 1), "x", "sääntö", 0.5, standing)


@pytest.fixture
def collect() -> Collector:
    return Collector(Facts(Source("testi", "ab" * 32, "text/plain", "x" * 100)))


def organisation(name: str, role: str = "mentioned", at: int = 0, **more: str | None) -> Organisation:
    return make(name, role, "other", evidence(at), more.get("key"), more.get("part_of"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(organisation("Testaus Oy"), organisation("TESTAUS"), id="case and legal form"),
        pytest.param(organisation("UEF", key="uef"), organisation("Itä-Suomen yliopisto", key="uef"), id="key"),
        pytest.param(
            organisation("Helsingin kaupungin kotihoito", part_of="Helsingin kaupunki"),
            organisation("Helsingin kotihoito", part_of="Helsingin kaupunki"),
            id="a unit under two names",
        ),
        pytest.param(organisation("Mallilan säätiö"), organisation("Mallila"), id="a foundation and what it keeps"),
    ],
)
def test_the_same_organisation_is_one(collect: Collector, one: Organisation, other: Organisation) -> None:
    other.evidence = [evidence(at=5)]
    first = collect.organisation(one)
    assert collect.organisation(other) is first
    assert [found.span.start for found in first.evidence] == [0, 5]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lapin yliopisto", "Lapin ammattikorkeakoulu"),
        ("Kuopion kaupunki", "Kuopion kaupunginkirjasto"),
        ("Testaus Oy", "Testaajat Oy"),
    ],
)
def test_look_alikes_are_two(collect: Collector, one: str, other: str) -> None:
    assert collect.organisation(organisation(one)) is not collect.organisation(organisation(other))


def test_the_stronger_role_wins_in_prose(collect: Collector) -> None:
    collect.organisation(organisation("Testaus Oy", "mentioned"))
    assert collect.organisation(organisation("Testaus Oy", "pilot", 1)).role == "pilot"
    assert collect.organisation(organisation("Testaus Oy", "partner", 2)).role == "pilot"


def test_a_role_of_a_labelled_field_is_not_changed_by_prose(collect: Collector) -> None:
    collect.organisation(make("Testaus Oy", "partner", "company", evidence(standing=Standing.ASSERTED)))
    assert collect.organisation(organisation("Testaus Oy", "applicant", 1)).role == "partner"


def test_what_was_missing_is_filled_in_and_the_same_evidence_stands_once(collect: Collector) -> None:
    first = collect.organisation(organisation("Testaus Oy"))
    second = organisation("Testaus Oy")
    second.business_id = "1234567-1"
    collect.organisation(second)
    assert first.business_id == "1234567-1"
    assert len(first.evidence) == 1
    assert collect.find("testaus") is first
    assert collect.find("Tuntematon") is None


roles = st.lists(st.sampled_from(sorted(ROLE_STRENGTH)), min_size=1, max_size=6)


@given(roles)
@settings(deadline=None)
def test_the_role_does_not_depend_on_the_order_of_mentions(order: list[str]) -> None:
    results = set()
    for sequence in (order, order[::-1], sorted(order)):
        collector = Collector(Facts(Source("testi", "ab" * 32, "text/plain", "")))
        for at, role in enumerate(sequence):
            collector.organisation(organisation("Testaus Oy", role, at))
        results.add(collector.facts.organisations[0].role)
        assert len(collector.facts.organisations) == 1
    assert len(results) == 1


@pytest.mark.parametrize(
    ("name", "owner", "unit"),
    [
        ("Tampereen kaupungin lastensuojelu", "Tampereen kaupunki", "lastensuojelu"),
        ("Tampereen lastensuojelu", "Tampereen kaupunki", "lastensuojelu"),
        ("Tampereen kaupunki Lastensuojelu", "Tampereen kaupunki", "lastensuojelu"),
        ("Lastensuojelu", "Tampereen kaupunki", None),
    ],
)
def test_the_part_of_a_units_name_after_its_owner(name: str, owner: str, unit: str | None) -> None:
    assert unit_part(name, owner) == unit


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Anna Mallila", "ANNA MALLILA", True),
        ("Anna Mallila", "Anna Mallilan", True),
        ("Anna Mallila", "Antti Mallila", False),
        ("Anna Mallila", "Anna Testaaja", False),
        ("Anna Mallila", "Anna Maria Mallila", False),
    ],
)
def test_one_person_in_two_cases(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same
    assert same_person(other, one) is same


def test_a_person_named_twice_is_filled_in(collect: Collector) -> None:
    first = collect.person(Person("Anna Mallila", evidence(), role="suunnittelija"))
    again = collect.person(Person("Anna Mallilan", evidence(3), role="johtaja", email="a@b.example"))
    assert again is first
    assert (first.role, first.email) == ("suunnittelija", "a@b.example")


def test_places_methods_and_programmes_stand_once(collect: Collector) -> None:
    for add, present in (
        (collect.place, collect.facts.places),
        (collect.method, collect.facts.methods),
        (collect.programme, collect.facts.programmes),
    ):
        for found in (Named("Kuopio", evidence(), "k"), Named("Kuopion", evidence(), "k"), Named("KUOPIO", evidence())):
            add(found)
        add(Named("Espoo", evidence()))
        assert [named.name for named in present] == ["Kuopio", "Espoo"]


def test_prose_does_not_repeat_an_amount_but_kinds_are_kept_apart(collect: Collector) -> None:
    for kind in ("planned-public", "other", "planned-public", "granted-eu-state"):
        collect.money(Money(kind, "200000", kind, evidence()))
    assert [money.kind for money in collect.facts.money] == ["planned-public", "granted-eu-state"]


def test_pilots_and_related_initiatives_stand_once(collect: Collector) -> None:
    collect.pilot(Pilot("Kävelevä kokous", evidence()))
    collect.pilot(Pilot("kävelevä  kokous", evidence()))
    assert len(collect.facts.pilots) == 1
    collect.related(RelatedInitiative("Testi", "project", evidence(), code="S29999"))
    collect.related(RelatedInitiative("TESTI", "project", evidence(), start="2018", end="2019"))
    (found,) = collect.facts.related
    assert (found.code, found.start, found.end) == ("S29999", "2018", "2019")
