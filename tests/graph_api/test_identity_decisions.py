"""Decisions about identity: what they join and part, against the rules too; contradictions; taking them back."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.curation.identity import COLUMNS, FILE, decide, erase_decisions, read_decisions, withdraw
from graph_api.identity.decisions import Decision, Decisions, in_force
from graph_api.identity.resolver import Mention, Resolver
from loaders.errors import DataError, ReadError, UsageError
from loaders.vocabulary import organisations

NAMES = [
    "Pajulan Konepaja Oy",
    "PAJULAN KONEPAJA OY",
    "Pajulan Konepaja",
    "Pajulan Konepaja Oy (ent. Lehdon Paja Oy)",
    "Lehdon Paja Oy",
    "Kuvitelman kehittämisyhdistys ry",
    "Kuvitelman kehittämisyhditys ry",
    "Oulun ammattikorkeakoulu",
    "Oamk",
    "OAMK",
    "Oulun yliopisto",
    "Oulu yliopisto",
    "Oulun yliopisto / Kuvitelmien laitos",
    "Kuvitelmien laitos / Oulun yliopisto",
    "Lapin yliopisto Kuvitelmien laitos",
]


def decision(judgement: str, first: str, second: str, line: int = 0, when: str = "2026-01-02T03:04:05Z") -> Decision:
    return Decision(when, "maija", judgement, first, second, why="asked them", line=line)


def resolver(*decisions: Decision, names: list[str] | None = None) -> Resolver:
    return Resolver((Mention(name) for name in names or NAMES), in_force(decisions))


def one(found: Resolver, first: str, second: str) -> bool:
    return found.resolve(first).iri == found.resolve(second).iri


def test_same_joins_what_no_rule_joins() -> None:
    found = resolver(decision("same", "Lehdon Paja Oy", "Pajulan Konepaja Oy"))
    assert one(found, "Lehdon Paja Oy", "Pajulan Konepaja")
    assert "maija decided" in found.explain("Lehdon Paja Oy", "Pajulan Konepaja")


def test_same_joins_two_legal_kinds_and_two_bodies() -> None:
    names = ["Pajulan Säätiö sr", "Pajulan Säätiö Oy", "Oulun yliopisto", "Lapin yliopisto"]
    found = resolver(decision("same", names[0], names[1]), decision("same", names[2], names[3]), names=names)
    assert one(found, names[0], names[1])
    assert one(found, names[2], names[3])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Oulun ammattikorkeakoulu", "Oamk"),  # an alias of the authority file
        ("Pajulan Konepaja Oy", "Pajulan Konepaja"),  # the legal form
        ("Pajulan Konepaja Oy", "PAJULAN KONEPAJA OY"),  # capitals
        ("Kuvitelman kehittämisyhdistys ry", "Kuvitelman kehittämisyhditys ry"),  # a typo
        ("Oulun yliopisto", "Oulu yliopisto"),
        ("Oulun yliopisto / Kuvitelmien laitos", "Kuvitelmien laitos / Oulun yliopisto"),
    ],
)
def test_different_parts_what_a_rule_joins(first: str, second: str) -> None:
    assert one(resolver(), first, second)
    found = resolver(decision("different", first, second))
    assert not one(found, first, second)
    assert "maija decided" in found.explain(first, second)


def test_what_hangs_on_a_name_alone_goes_with_it() -> None:
    found = resolver(decision("different", "Oulun ammattikorkeakoulu", "Oamk"))
    assert one(found, "Oamk", "OAMK")
    assert found.resolve("Oulun ammattikorkeakoulu").key == "oamk"


def test_a_units_owner_stays_when_it_is_parted() -> None:
    first, second = "Oulun yliopisto / Kuvitelmien laitos", "Kuvitelmien laitos / Oulun yliopisto"
    found = resolver(decision("different", first, second))
    assert {found.resolve(name).owner for name in (first, second)} == {found.resolve("Oulun yliopisto")}


def test_decisions_by_iri_and_business_id() -> None:
    body = organisations()["oamk"]
    found = resolver(decision("different", "Oamk", body.iri))
    assert found.resolve("Oamk").iri != body.iri
    number = body.first("businessId") or ""
    assert number
    found = resolver(decision("same", "Lehdon Paja Oy", number))
    assert found.resolve("Lehdon Paja Oy").iri == body.iri


def test_a_decision_on_one_of_two_that_are_the_same_holds_for_both() -> None:
    found = resolver(
        decision("same", "Oamk", "Lehdon Paja Oy"), decision("different", "Lehdon Paja Oy", "Oulun ammattikorkeakoulu")
    )
    assert one(found, "Oamk", "Lehdon Paja Oy")
    assert not one(found, "Oamk", "Oulun ammattikorkeakoulu")


def test_rules_that_would_join_two_classes_are_cut() -> None:
    """A = B and E = F are to be apart; the rules join A with C and D with E, and C = D was decided."""
    found = resolver(
        decision("same", "Pajulan Konepaja Oy", "Lehdon Paja Oy"),
        decision("same", "Pajulan Konepaja", "Oamk"),
        decision("same", "Oulun ammattikorkeakoulu", "Oulun yliopisto"),
        decision("different", "Lehdon Paja Oy", "Oulun yliopisto"),
    )
    assert one(found, "Pajulan Konepaja Oy", "Lehdon Paja Oy")
    assert one(found, "Pajulan Konepaja", "Oamk")
    assert one(found, "Oulun ammattikorkeakoulu", "Oulun yliopisto")
    assert not one(found, "Lehdon Paja Oy", "Oulun yliopisto")


def test_nobody_owns_itself_after_a_merge_of_unit_and_owner() -> None:
    found = resolver(decision("same", "Oulun yliopisto / Kuvitelmien laitos", "Oulun yliopisto"))
    assert found.resolve("Kuvitelmien laitos / Oulun yliopisto").owner is None


def test_a_contradiction_names_the_lines() -> None:
    with pytest.raises(DataError, match=r"different \(line 4\).*“A” = “B” \(line 2\), “B” = “C” \(line 3\)"):
        Decisions([decision("same", "A", "B", 2), decision("same", "B", "C", 3), decision("different", "A", "C", 4)])


def test_two_iris_of_one_organisation_cannot_be_parted() -> None:
    body = organisations()["oamk"]
    with pytest.raises(DataError, match="cannot be kept apart"):
        resolver(decision("different", body.iri, body.first("businessId") or ""))


def test_the_later_decision_about_a_pair_wins_whichever_was_named_first() -> None:
    made = [decision("same", "A", "B"), decision("different", "B", "A")]
    assert [d.judgement for d in in_force(made)] == ["different"]
    assert in_force([*made, decision("withdrawn", "A", "B")]) == []


_JUDGEMENTS = st.tuples(
    st.sampled_from(["same", "different", "unsure"]), st.sampled_from(NAMES), st.sampled_from(NAMES)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_JUDGEMENTS, max_size=5), st.randoms(use_true_random=False))
def test_decisions_hold_whatever_the_rules_say_and_in_any_order(
    made: list[tuple[str, str, str]], chance: object
) -> None:
    distinct = {tuple(sorted((a, b))): decision(j, a, b) for j, a, b in made if a != b}
    decisions = list(distinct.values())
    try:
        found = resolver(*decisions)
    except DataError:
        return  # a contradiction
    for item in decisions:
        if item.judgement != "unsure":
            assert one(found, item.first, item.second) is (item.judgement == "same")
    shuffled, names = decisions[::-1], sorted(NAMES, key=lambda name: name[::-1])
    again = resolver(*shuffled, names=names)
    assert {n: again.resolve(n).iri for n in NAMES} == {n: found.resolve(n).iri for n in NAMES}


@settings(max_examples=30, deadline=None)
@given(st.lists(_JUDGEMENTS, max_size=4))
def test_explanations_agree_with_decided_entities(made: list[tuple[str, str, str]]) -> None:
    from graph_api.identity.explanation import judge

    decisions = {tuple(sorted((a, b))): decision(j, a, b) for j, a, b in made if a != b}
    try:
        found = resolver(*decisions.values())
    except DataError:
        return
    for first, second in itertools.combinations(NAMES, 2):
        judged = judge(found, first, second)
        assert (judged.judgement == "same") is one(found, first, second)
        assert (judged.score >= 0.5) is (judged.judgement == "same")
        assert judged.decisive
        assert all(judged.reasons)


def test_the_journal_keeps_every_line_and_reads_the_latest(tmp_path: Path) -> None:
    decide(tmp_path, [decision("same", "A\tOy", "B Oy")])
    decide(tmp_path, [decision("different", "B Oy", "C Oy")])
    assert [d.pair for d in read_decisions(tmp_path)] == [("A Oy", "B Oy"), ("B Oy", "C Oy")]
    withdraw(tmp_path, "B Oy", "A\tOy", "maija", "a mistake")
    assert [d.judgement for d in read_decisions(tmp_path)] == ["different"]
    assert len((tmp_path / FILE).read_text("utf-8").splitlines()) == 4


def test_what_makes_no_sense_is_not_written(tmp_path: Path) -> None:
    decide(tmp_path, [decision("same", "A", "B"), decision("same", "B", "C")])
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(UsageError, match=r"contradict.*line 2.*line 3.*Nothing was written"):
        decide(tmp_path, [decision("different", "A", "C")])
    with pytest.raises(UsageError, match="one name"):
        decide(tmp_path, [decision("same", "A", " A ")])
    with pytest.raises(UsageError, match="no decision about"):
        withdraw(tmp_path, "A", "Z", "maija")
    assert (tmp_path / FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("2026\tmaija\tmaybe\tA\tB\t\t", "is no decision"),
        ("2026\tmaija\tsame\tA\t\t\t", "is no decision"),
        ("2026\tmaija\tsame\tA\tB\tmuch\t", "is no score"),
        ("2026\tmaija\tsame\tA", "cells"),
    ],
)
def test_a_damaged_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    (tmp_path / FILE).write_text("\t".join(COLUMNS) + "\n\n" + line + "\n", "utf-8")
    with pytest.raises(ReadError, match=f":3: .*{problem}"):
        read_decisions(tmp_path)


def test_lines_that_name_a_forgotten_person_leave_the_journal(tmp_path: Path) -> None:
    decide(tmp_path, [decision("same", "Tmi Aino Esimerkki", "Esimerkin Työ"), decision("same", "A", "B")])
    erase_decisions(tmp_path, "Aino Esimerkki")
    assert [d.pair for d in read_decisions(tmp_path)] == [("A", "B")]


_REFERENCES = [*NAMES, "Ei Missään Oy", "Tyhjä ry", "Olematon laitos / Lapin yliopisto", "1234567-1"]


def test_a_decision_whose_names_nobody_prints_joins_them_by_themselves() -> None:
    found = resolver(decision("same", "Ei Missään Oy", "Tyhjä ry"))
    assert one(found, "Ei Missään Oy", "Tyhjä ry")
    assert found.resolve("Lehdon Paja Oy") == resolver().resolve("Lehdon Paja Oy")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["same", "different"]), st.sampled_from(_REFERENCES), st.sampled_from(_REFERENCES)),
        max_size=5,
    ),
    st.sets(st.sampled_from(NAMES), max_size=5),
)
def test_what_can_hold_in_some_documents_holds_when_they_are_gone(
    made: list[tuple[str, str, str]], left: set[str]
) -> None:
    decisions = [decision(j, a, b) for j, a, b in made if a != b]
    try:
        resolver(*decisions)
    except DataError:
        return  # they contradict each other in any case
    found = resolver(*decisions, names=sorted(left) or ["Muu Oy"])
    for item in in_force(decisions):
        if "1234567-1" not in item.pair:
            assert one(found, item.first, item.second) is (item.judgement == "same")
