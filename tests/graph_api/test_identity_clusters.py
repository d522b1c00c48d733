"""Grouping with reasons, refusals and a fixed order; typos and cut-off names."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.identity.clusters import Clusters, link_all
from graph_api.identity.typos import Candidate, correct, find_cut_names, find_typos


def test_links_that_contradict_what_is_certain_are_refused() -> None:
    clusters = Clusters({"a": {"legal kind": "company"}, "b": {}, "c": {"legal kind": "association"}})
    assert clusters.link("a", "b", "same name")
    assert not clusters.link("b", "c", "same name")
    assert clusters.find("a") == clusters.find("b") != clusters.find("c")
    assert not clusters.link("a", "elsewhere", "not a node")


def test_the_chain_of_reasons_between_two_nodes_is_told() -> None:
    clusters = Clusters[str]({node: {} for node in "abcd"})
    link_all(clusters, [("b", "c", "two"), ("a", "b", "one")])
    assert clusters.why("a", "c") == ["one", "two"]
    assert clusters.why("a", "d") == []


_LINKS = [("a", "b", "1"), ("b", "c", "2"), ("c", "d", "3"), ("d", "a", "4")]


@given(st.permutations(_LINKS))
def test_groups_do_not_depend_on_the_order_of_links(links: list[tuple[str, str, str]]) -> None:
    clusters = Clusters[str]({"a": {"kind": "x"}, "b": {}, "c": {"kind": "y"}, "d": {}})
    link_all(clusters, links)
    assert sorted(sorted(members) for members in clusters.groups().values()) == [["a", "b"], ["c", "d"]]


def _typos(*names: str, block: str = "") -> list[tuple[str, str]]:
    words = [tuple(name.casefold().replace("-", " ").split()) for name in names]
    spread = Counter(word for found in words for word in set(found))
    candidates = [Candidate(name, found, block) for name, found in zip(names, words, strict=True)]
    return [(wrong, right) for wrong, right, _ in find_typos(candidates, spread)]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Lapin yliopsito", "Lapin yliopisto"),
        ("Sastamalan koulutuskuntayhymä", "Sastamalan koulutuskuntayhtymä"),
        ("Oulun teknologiakeskkus", "Oulun teknologiakeskus"),
        ("Tampereen seurakuntyhtymä", "Tampereen seurakuntayhtymä"),
    ],
)
def test_a_word_that_nobody_else_has_is_put_right(wrong: str, right: str) -> None:
    assert _typos(wrong, right) == [(wrong, right)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Juvan kunta", "Juuan kunta"),
        ("Iin kunta", "Iitin kunta"),
        ("Kolin matkailuyhdistys", "Posion matkailuyhdistys"),
        ("Triotec", "Priotec"),
        ("Kit Group", "Kvit Group"),
        ("Kauneushoitola Calla", "Kauneushoitola Milla"),
        ("Lapin pesupalvelu", "Lapin puupalvelu"),
        ("Oulun yliopisto", "Oulun kaupunki"),
        ("Yhtiö 2005", "Yhtiö 2006"),
    ],
)
def test_look_alikes_stay_apart(first: str, second: str) -> None:
    assert _typos(first, second) == []


def test_typos_are_looked_for_inside_a_block_only() -> None:
    spread = Counter({"yliopsito": 1, "yliopisto": 1, "lapin": 2})
    candidates = [Candidate("a", ("lapin", "yliopsito"), "one"), Candidate("b", ("lapin", "yliopisto"), "other")]
    assert list(find_typos(candidates, spread)) == []


def test_a_cut_off_name_is_the_only_one_that_goes_on() -> None:
    whole = "Svenska Österbottens förbund för utbildning och kultur"
    cut = whole[:50]

    def found(*others: str) -> list[tuple[str, str]]:
        names = [(name, "", name.casefold(), name) for name in (cut, *others)]
        return [(a, b) for a, b, _ in find_cut_names(names, {"och", "kultur"}.__contains__)]

    assert found(whole) == [(cut, whole)]
    assert found(whole, cut + "nskap") == []
    assert found(whole.replace("utbildning", "undervisning")) == []


def test_correction_offers_each_slip_and_all() -> None:
    spread = Counter({"koulutuskuntayhtmä": 1, "ammattipisto": 1, "oulun": 9, "seudun": 9})
    assert list(correct("Oulun koulutuskuntayhtmä ammattipisto", spread)) == [
        "Oulun koulutuskuntayhtymä ammattipisto",
        "Oulun koulutuskuntayhtmä ammattiopisto",
        "Oulun koulutuskuntayhtymä ammattiopisto",
    ]
