"""Which initiative a title means."""

from __future__ import annotations

import itertools

import pytest

from graph_api.identity.initiatives import Initiatives
from loaders.identity_protocol import InitiativeMention

LISTED = InitiativeMention(
    "Testattu arki - iloa työhön", "project", "S29999", "2015-09-01", "2018-08-31", frozenset("a")
)
SHORT = InitiativeMention("Testi", "project", "S28888", "2016-01-01", "2017-12-31", frozenset("b"))


@pytest.mark.parametrize(
    ("mention", "code"),
    [
        (InitiativeMention("Testattu arki – iloa työhön -hanke", "project"), "S29999"),
        (InitiativeMention("TESTATTU ARKI, iloa työhön", "project", start="2016"), "S29999"),
        (InitiativeMention("Testattu arki - iloa työhön", "project", start="2019"), None),
        (InitiativeMention("Testattu arki - iloa työhön", "project", end="2014"), None),
        (InitiativeMention("Testattu arki - iloa työhön", "practice"), None),
        (InitiativeMention("Testattu arki - iloa työhön", "project", "A70000"), "A70000"),
        (InitiativeMention("Testi", "project"), None),
        (InitiativeMention("Testi", "project", organisations=frozenset("bc")), "S28888"),
        (InitiativeMention("Toinen arki ja työ", "project"), None),
    ],
)
def test_a_title_means_the_coded_initiative_that_fits(mention: InitiativeMention, code: str | None) -> None:
    assert Initiatives([LISTED, SHORT]).code_of(mention) == code


def test_two_of_one_title_are_told_apart_by_an_organisation_or_not_at_all() -> None:
    twin = InitiativeMention(LISTED.title, "project", "A27777", "2015-09-01", "2018-08-31", frozenset("c"))
    known = Initiatives([LISTED, twin])
    assert known.code_of(InitiativeMention(LISTED.title, "project")) is None
    assert known.code_of(InitiativeMention(LISTED.title, "project", organisations=frozenset("c"))) == "A27777"
    assert known.code_of(InitiativeMention(LISTED.title, "project", organisations=frozenset("ac"))) is None


def test_the_order_of_mentions_changes_nothing() -> None:
    again = InitiativeMention(LISTED.title, "project", "S29999", "2015", "2019", frozenset("d"))
    asked = InitiativeMention(LISTED.title, "project", start="2019", organisations=frozenset("d"))
    answers = {Initiatives(order).code_of(asked) for order in itertools.permutations([LISTED, SHORT, again])}
    assert answers == {"S29999"}


def test_every_answer_has_a_reason() -> None:
    known = Initiatives([LISTED, SHORT])
    asked = InitiativeMention(LISTED.title, "project", start="2016", organisations=frozenset("a"))
    assert known.explain(asked).endswith("S29999: the same title, an organisation in common, periods that overlap.")
    assert "stands for itself" in known.explain(InitiativeMention("Muu", "project"))
    assert "code is printed" in known.explain(LISTED)
