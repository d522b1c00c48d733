"""Organisations of international lists: foreign ones stay foreign, and a participant code joins spellings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.identity.decisions import Decision
from graph_api.identity.resolver import Entity, Mention, Resolver
from loaders.vocabulary import organisations

ITALY = [
    Mention("COMUNE DI NAPOLI", country="IT", participant_code="999900003", type="public_body"),
    Mention("City of Naples", country="IT", participant_code="999900003", type="municipality"),
    Mention("Comune di Napoli", country="IT", participant_code="999900003", type="municipality"),
]
FINNISH = [
    Mention("OULUN YLIOPISTO", country="FI", participant_code="999900009"),
    Mention("UNIV OULU RESEARCH SERVICES", country="FI", participant_code="999900009"),
    Mention("Kuvitelma Oy", "1015823-1", "FI", "999900010"),
    Mention("KUVITELMA GROUP", country="FI", participant_code="999900010"),
    Mention("Paja A", country="FI", participant_code="999900011"),
    Mention("PAJA A INTERNATIONAL", country="FI", participant_code="999900011"),
]
WRONG_CODES = [
    Mention("Tampereen kaupunki", country="FI", participant_code="999900020"),
    Mention("Tampereen yliopisto", country="FI", participant_code="999900020"),
]


def asked(resolver: Resolver, mention: Mention) -> Entity:
    return resolver.resolve(
        mention.name, mention.business_id, country=mention.country, participant_code=mention.participant_code
    )


@pytest.mark.parametrize("name", ["City of Tampere", "University of Applied Sciences", "Oulun yliopisto", "Lapland"])
def test_a_foreign_body_is_never_a_finnish_one_of_its_name(name: str) -> None:
    found = asked(Resolver([Mention(name, country="IT")]), Mention(name, country="IT"))
    assert found.key not in organisations()
    assert (found.name, found.language, found.type, found.owner) == (name, "und", "other", None)


def test_one_code_is_one_body_under_its_plainest_name() -> None:
    resolver = Resolver(ITALY)
    (found,) = {asked(resolver, mention) for mention in ITALY}
    assert (found.key, found.name, found.type) == ("pic-999900003", "City of Naples", "municipality")
    assert found.reason == "participant code 999900003"


def test_without_a_code_the_name_counts_in_its_country() -> None:
    resolver = Resolver([*ITALY, Mention("city of NAPLES", country="IT"), Mention("City of Naples", country="US")])
    assert resolver.resolve("City of Naples", country="IT").key == "pic-999900003"
    assert resolver.resolve("CITY OF NAPLES", country="IT").key == "pic-999900003"
    american = resolver.resolve("City of Naples", country="US")
    assert american.key.startswith("n-")
    assert resolver.resolve("City of Naples", country="SE").iri != american.iri


def test_a_name_of_two_codes_alone_means_neither() -> None:
    two = [Mention("Casa", country="IT", participant_code=f"99990003{n}") for n in "12"]
    resolver = Resolver([*two, Mention("Casa", country="IT")])
    assert len({asked(resolver, m).iri for m in [*two, Mention("Casa", country="IT")]}) == 3


def test_a_code_joins_the_spellings_of_a_finnish_body() -> None:
    resolver = Resolver(FINNISH)
    first, second, third, fourth, fifth, sixth = (asked(resolver, mention) for mention in FINNISH)
    assert first.key == second.key == "oulun-yliopisto"
    assert third.key == fourth.key == "y-1015823-1"
    assert fifth.iri == sixth.iri
    assert second.reason == "participant code 999900009: the authority file"


def test_a_name_that_a_code_has_joined_means_the_same_without_the_code() -> None:
    assert Resolver(FINNISH).resolve("Univ Oulu Research Services").key == "oulun-yliopisto"


def test_a_code_never_joins_two_known_bodies() -> None:
    resolver = Resolver(WRONG_CODES)
    assert [asked(resolver, mention).key for mention in WRONG_CODES] == ["kunta-837", "tampereen-yliopisto"]


def test_a_body_without_a_country_is_at_home() -> None:
    assert Resolver([Mention("Oulun yliopisto")]).resolve("Oulun yliopisto").key == "oulun-yliopisto"


@given(st.permutations([*ITALY, *FINNISH, *WRONG_CODES, Mention("City of Naples", country="IT")]))
@settings(deadline=None, max_examples=10)
def test_the_order_of_mentions_changes_nothing(mentions: list[Mention]) -> None:
    resolver, again = Resolver(mentions), Resolver(reversed(mentions))
    assert [asked(resolver, m) for m in mentions] == [asked(again, m) for m in mentions]


def test_a_participant_code_is_told_as_the_reason() -> None:
    sentence = Resolver(FINNISH).explain("OULUN YLIOPISTO", "UNIV OULU RESEARCH SERVICES")
    assert sentence.endswith("are both “Oulun yliopisto”: participant code 999900009.")


def test_a_decision_parts_what_a_participant_code_joins() -> None:
    first, second = "Paja A", "PAJA A INTERNATIONAL"
    assert Resolver(FINNISH).resolve(first).iri == Resolver(FINNISH).resolve(second).iri
    parted = Resolver(FINNISH, [Decision("2025-01-01T00:00:00Z", "testi", "different", first, second)])
    assert asked(parted, FINNISH[4]).iri != asked(parted, FINNISH[5]).iri


def test_a_decision_joins_a_body_abroad_with_another_by_their_iris() -> None:
    mentions = [*ITALY, Mention("Napoli", country="IT")]
    first, second = (asked(Resolver(mentions), mention).iri for mention in (mentions[0], mentions[-1]))
    assert first != second
    joined = Resolver(mentions, [Decision("2025-01-01T00:00:00Z", "testi", "same", first, second)])
    assert len({asked(joined, mention).iri for mention in mentions}) == 1
