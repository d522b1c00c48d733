"""Explanations tell what the resolver did: they agree with it for every pair, and no merge is without its reason."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.corpus import read_corpus
from graph_api.identity.candidates import NEAR, SURE, candidates
from graph_api.identity.explanation import Judgement, explain_name, judge
from graph_api.identity.resolver import Mention, Resolver
from graph_api.identity.rules import SCORES, Reason, chain_score

INVENTED = [
    "Pajulan Konepaja Oy",
    "PAJULAN KONEPAJA OY",
    "PAJULAN KONEPAJA OYPAJULAN KONEPAJA OY",
    "Pajulan Konepaja",
    "Pajulan Konepaja ry",
    "Lehdon Kehittämisyhtiö Leke Oy",
    "Leke Oy",
    "Kuvitelman kehittämisyhdistys ry",
    "Kuvitelman kehittämisyhditys ry",
    "Kuvitelman ev.lut. seurakunta",
    "Kuvitelman seurakunta",
    "Tampereen kaupunki",
    "Tampereen kaupungin",
    "Tampereen kaupunki / Kuvitelmien palvelut",
    "Tampereen kaupungin kuvitelmien palvelut",
    "Oulun kaupunki / Kuvitelmien palvelut",
    "Kuvitelmien palvelut",
    "Oulun yliopisto",
    "Oulu yliopisto",
    "OULUN YLIOPISTOMITTALAITELABORATORIO",
    "Itä-Suomen yliopisto (aiemmin Kuopion yliopisto)",
    "Itä-Suomen yliopisto",
    "Kuopion yliopisto",
    "Koulutus- ja kehittämispalvelut / Lapin yliopisto",
    "Lapin yliopisto",
]


@cache
def invented() -> Resolver:
    return Resolver(Mention(name) for name in INVENTED)


def check(resolver: Resolver, first: str, second: str) -> Judgement:
    """Check that what is told of a pair is what the resolver did."""
    found, back = judge(resolver, first, second), judge(resolver, second, first)
    is_one = resolver.resolve(first).iri == resolver.resolve(second).iri
    assert (found.judgement == "same") is is_one
    assert (found.score >= 0.5) is is_one
    assert 0 <= found.score <= 1
    assert found.decisive
    assert (found.judgement, found.score) == (back.judgement, back.score)
    assert bool(found.reasons) is is_one
    if is_one:
        assert found.decisive in found.reasons
        assert found.score == max(0.5, round(chain_score(list(found.reasons)), 3))
        assert all(reason.rule in SCORES and len(reason) > 10 for reason in found.reasons)
    return found


@settings(deadline=None)
@given(st.sampled_from(INVENTED), st.sampled_from(INVENTED))
def test_explanations_agree_with_the_resolver(first: str, second: str) -> None:
    check(invented(), first, second)


@settings(deadline=None, max_examples=50)
@given(st.text(min_size=1, max_size=30), st.sampled_from(INVENTED))
def test_names_that_nobody_printed_are_explained_too(asked: str, known: str) -> None:
    check(invented(), asked, known)


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ("Pajulan Konepaja Oy", "PAJULAN KONEPAJA OYPAJULAN KONEPAJA OY", "normalised name"),
        ("Lehdon Kehittämisyhtiö Leke Oy", "Leke Oy", "short name"),
        ("Kuvitelman kehittämisyhdistys ry", "Kuvitelman kehittämisyhditys ry", "typo"),
        ("Kuvitelman seurakunta", "Kuvitelman ev.lut. seurakunta", "normalised name"),
        ("Oulun yliopisto", "Oulu yliopisto", "authority file"),
    ],
)
def test_the_weakest_link_decides_a_merge(first: str, second: str, rule: str) -> None:
    assert check(invented(), first, second).rule == rule


@pytest.mark.parametrize(
    ("first", "second", "rule"),
    [
        ("Pajulan Konepaja Oy", "Pajulan Konepaja ry", "refused"),
        ("Tampereen kaupunki", "Tampereen kaupunki / Kuvitelmien palvelut", "unit path"),
        ("Tampereen kaupunki / Kuvitelmien palvelut", "Oulun kaupunki / Kuvitelmien palvelut", "unit path"),
        ("Kuopion yliopisto", "Itä-Suomen yliopisto", "authority file"),
        ("Leke Oy", "Pajulan Konepaja Oy", "no rule"),
    ],
)
def test_what_keeps_two_apart_is_named(first: str, second: str, rule: str) -> None:
    assert check(invented(), first, second).rule == rule


def test_two_business_ids_are_named() -> None:
    resolver = Resolver([Mention("Paju Oy", "1234567-1"), Mention("Pajula Oy", "7654321-2")])
    found = check(resolver, "Paju Oy", "Pajula Oy")
    assert found.rule == "business id"
    assert ("business id", "differing") in {(f.name, f.value) for f in found.features}


def test_features_name_what_is_shared_and_what_differs() -> None:
    found = judge(invented(), "Kuvitelman kehittämisyhdistys ry", "Kuvitelman kehittämisyhditys ry")
    said = {feature.name: feature for feature in found.features}
    assert said["spelling"].text.startswith("1 letter differs: “kehittämisyhdistys” / “kehittämisyhditys”")
    assert said["legal form"].value == "equal"
    apart = {f.name: f.value for f in judge(invented(), "Tampereen kaupunki", "Oulun yliopisto").features}
    assert apart["place"] == apart["head noun"] == apart["authority file"] == "differing"


def test_a_name_is_explained_alone() -> None:
    found = explain_name(invented(), "Oulu yliopisto")
    assert found.entity.name == "Oulun yliopisto"
    assert "authority file" in found.reason
    assert 0.5 <= found.score < 1
    assert explain_name(invented(), "Oulun yliopisto").score == 1.0


def test_a_reason_is_a_sentence_that_knows_its_rule() -> None:
    reason = Reason("the names differ in the legal form alone", "legal form")
    assert reason == "the names differ in the legal form alone"
    assert reason.score == SCORES["legal form"]


def assert_every_merge_has_a_reason(resolver: Resolver, names: Iterable[str]) -> int:
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[resolver.resolve(name).iri].append(name)
    pairs = [pair for group in groups.values() for pair in itertools.combinations(sorted(group), 2)]
    for first, second in pairs:
        assert check(resolver, first, second).reasons
    return len(pairs)


def test_every_merge_of_the_demo_has_a_reason(demo_store: Path) -> None:
    from graph_api.store import current

    resolver = Resolver(read_corpus(current(demo_store).facts).mentions())
    assert assert_every_merge_has_a_reason(resolver, resolver.material.names) >= 5


@pytest.fixture(scope="module")
def material(acceptance: Path) -> Resolver:
    names = (acceptance / "gold" / "identity" / "mentions.txt").read_text("utf-8").splitlines()
    return Resolver(Mention(name) for name in names if name.strip())


@pytest.mark.acceptance
def test_every_merge_of_the_material_has_a_reason(material: Resolver) -> None:
    assert assert_every_merge_has_a_reason(material, material.material.names) > 500


@pytest.mark.acceptance
@settings(deadline=None, max_examples=200)
@given(data=st.data())
def test_explanations_agree_over_the_material(material: Resolver, data: st.DataObject) -> None:
    first, second = (data.draw(st.sampled_from(material.material.names)) for _ in range(2))
    check(material, first, second)


def test_candidates_are_what_the_scorer_is_unsure_of() -> None:
    names = [
        "Kuvitelman matkailupalvelu Revontuli Oy",
        "Kuvitelman matkailupalvelut Revontulet Oy",
        "Kuvitelman kehittämisyhdistys ry",
        "Kuvitelman kehittämisyhditys ry",
        "Pajulan Konepaja Oy",
        "Leppälän Saha Oy",
    ]
    found = candidates(Resolver(Mention(name) for name in names), sure=0.9)
    assert {found[0].first, found[0].second} == set(names[:2])
    assert found[0].judgement == "different"
    assert NEAR <= found[0].score < 0.5
    assert {found[-1].first, found[-1].second} == set(names[2:4])
    assert 0.5 <= found[-1].score < 0.9
    assert SURE < 0.9
    assert not any("Leppälän" in (item.first + item.second) for item in found)
