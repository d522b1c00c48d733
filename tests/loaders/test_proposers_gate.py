"""What is believed of a proposal: the quote must stand in the text and say it, and rules are never overridden."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.extract import extract_source
from loaders.language.contacts import holds_contact, mask_contacts
from loaders.model import Facts, Proposal, Source, Span
from loaders.proposers import PROPOSAL_KINDS, Kept
from loaders.proposers.chunks import chunks
from loaders.proposers.support import find_amount, find_date, find_name, find_quote

TEXT = """Hankekoodi: S29999
Hankkeen nimi: Tuettu arki
Hakijan virallinen nimi: Testaus Oy
Mukana oli Oulun yliopiston lisäksi Vireän Verkon väki.
Hanke alkoi keväällä 2018 ja maksoi 12 500 euroa.
Yhteyshenkilönä oli Aino Esimerkki, Vireä Verkko (aino.esimerkki@example.fi).
"""


@dataclass
class Fixed:
    """A proposer that proposes what it is given."""

    given: list[tuple[str, ...]] = field(default_factory=list)
    name: str = "llm:kiinteä/1"
    confidence: float = 0.5
    is_alone: bool = False

    def propose(self, text: str, language: str) -> Iterable[Proposal]:  # noqa: ARG002
        for kind, value, quote, *more in self.given:
            yield Proposal(kind, value, quote, Span(0, len(text)), *more, is_alone=self.is_alone)


def read(*given: tuple[str, ...], text: str = TEXT, is_alone: bool = False) -> Facts:
    return extract_source(Source("testi", "ab" * 32, "text/plain", text), [Fixed(list(given), is_alone=is_alone)])


def plain() -> Facts:
    return extract_source(Source("testi", "ab" * 32, "text/plain", TEXT))


@pytest.mark.parametrize(
    "given",
    [
        ("organisation", "Testaus Oy", "Testaus Oy", "pilot"),
        ("organisation", "TESTAUS", "Testaus", "funder"),
        ("organisation", "Oulun yliopisto", "Oulun yliopiston", "host"),
        ("organisation", "yliopisto", "yliopisto", "host"),
        ("title", "Tuettu", "Tuettu arki"),
        ("code", "S29999", "S29999"),
        ("amount", "12500", "12 500 euroa"),
        ("place", "Oulu", "Oulun yliopiston"),
    ],
)
def test_what_rules_read_is_not_overridden(given: tuple[str, ...]) -> None:
    facts, before = read(given), plain()
    assert before.organisations
    (outcome,) = facts.proposed
    assert (outcome.known, outcome.accepted) == (1, []) or outcome.rejected
    facts.proposed = []
    assert facts == before


def test_an_organisation_that_rules_read_elsewhere_keeps_its_role() -> None:
    """Rules do not take a name without its legal form for one; a proposer may, and it is the same organisation."""
    text = TEXT + "Lopuksi Testaus järjesti juhlat.\n"
    facts = read(("organisation", "Testaus", "Lopuksi Testaus järjesti", "funder"), text=text)
    assert (facts.proposed[0].known, facts.proposed[0].accepted) == (1, [])
    (found,) = [o for o in facts.organisations if o.name.startswith("Testaus")]
    assert found.role == "applicant"
    assert all(e.rule != "llm:kiinteä/1" for e in found.evidence)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (("organisation", "Vireä Verkko", "Verkon väki on vireä"), "its quote does not stand in the text"),
        (("organisation", "Vireä Verkko", ""), "its quote does not stand in the text"),
        (("organisation", "Väki Oy", "Vireän Verkon väki"), "its quote does not say it"),
        (("date", "2019", "keväällä 2018"), "its quote does not say it"),
        (("amount", "1250", "12 500 euroa"), "its quote does not say it"),
        (("amount", "paljon", "12 500 euroa"), "its quote does not say it"),
        (("amount", "NaN", "12 500 euroa"), "its quote does not say it"),
        (("status", "Valmis", "Tuettu arki"), "its quote does not say it"),
        (("hedelmä", "Tuettu", "Tuettu arki"), "it is of no kind that was asked for"),
        (("person", "Verkon väki", "Verkon väki"), "it is not a name"),
        (("organisation", "x" * 300, "x"), "it is not a name"),
        (("place", "Verkko", "Vireä Verkko"), "no municipality or region is called so"),
        (("person", "Aino Esimerkki", "Aino Esimerkki", "040 555 0161"), "it holds a contact detail"),
        (("organisation", "example.fi", "example.fi"), "its quote does not stand in the text"),
    ],
)
def test_what_is_not_believed_is_counted_by_reason(given: tuple[str, ...], reason: str) -> None:
    facts = read(given)
    assert facts.proposed[0].rejected == {reason: 1}
    facts.proposed = []
    assert facts == plain()


def test_an_inflected_name_supports_its_nominative() -> None:
    facts = read(("organisation", "Vireä Verkko", "lisäksi Vireän\n Verkon väki"))
    (found,) = [o for o in facts.organisations if o.name == "Vireä Verkko"]
    assert found.role == "mentioned"
    assert found.evidence[0].quote == "lisäksi Vireän Verkon väki"
    assert found.evidence[0].surface == "Vireän Verkon"


def test_a_role_or_employer_that_the_quote_does_not_say_is_left_out() -> None:
    quote = "Yhteyshenkilönä oli Aino Esimerkki, Vireä Verkko"
    for role, organisation, expected in (
        ("Yhteyshenkilönä", "Vireä Verkko", ("Yhteyshenkilönä", "Vireä Verkko")),
        ("johtaja", "Toinen Oy", (None, None)),
    ):
        text = TEXT.replace(" (aino.esimerkki@example.fi)", "")
        (person,) = read(("person", "Aino Esimerkki", quote, role, organisation), text=text).persons
        assert (person.role, person.organisation) == expected


def test_dates_amounts_and_other_initiatives_that_were_missing() -> None:
    text = "Tuettu arki\nJulkaistu 2.3.2020. Jatkoa sai Oma polku. Rahaa oli 800 €, ja tilaa Kävelevä kokous."
    facts = read(
        ("date", "2020-03-02", "Julkaistu 2.3.2020"),
        ("related", "Oma polku", "Jatkoa sai Oma polku", "practice"),
        ("method", "Kävelevä kokous", "tilaa Kävelevä kokous"),
        ("pilot", "Kävelevä kokous", "tilaa Kävelevä kokous"),
        text=text,
    )
    assert not facts.proposed[0].rejected
    assert facts.initiative.date is not None
    assert facts.initiative.date.text == "2020-03-02"
    assert [(r.title, r.kind) for r in facts.related] == [("Oma polku", "practice")]
    assert [m.name for m in facts.methods] == ["Kävelevä kokous"]
    assert [p.title for p in facts.pilots] == ["Kävelevä kokous"]


def test_what_must_stand_alone_is_dropped_beside_anything_that_was_read() -> None:
    longer = ("organisation", "Oulun yliopiston lisäksi", "Oulun yliopiston lisäksi")
    assert read(longer).proposed[0].known == 0
    assert read(longer, is_alone=True).proposed[0].known == 1
    assert read(("organisation", "Tuettu arki", "Tuettu arki"), is_alone=True).proposed[0].known == 1


def test_kept_proposals_go_where_their_quote_is_blanked() -> None:
    text = TEXT.replace(" (aino.esimerkki@example.fi)", "")
    facts = read(
        ("organisation", "Vireä Verkko", "Vireän Verkon väki"),
        ("person", "Aino Esimerkki", "Yhteyshenkilönä oli Aino Esimerkki"),
        text=text,
    )
    assert len(facts.proposed[0].accepted) == 2
    bare = text.replace("Aino Esimerkki", "████ █████████")
    again = extract_source(Source("testi", "ab" * 32, "text/plain", bare), [Kept(facts.proposed[0])])
    assert "Vireä Verkko" in [o.name for o in again.organisations]
    assert "Aino" not in str(again)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*PROPOSAL_KINDS, "muu"]),
            st.one_of(st.sampled_from(TEXT.split()), st.text(max_size=20)),
            st.one_of(st.sampled_from(TEXT.split("\n")), st.sampled_from(TEXT.split()), st.text(max_size=20)),
            st.one_of(st.sampled_from(["partner", "funder", "own-share", ""]), st.text(max_size=10)),
            st.one_of(st.sampled_from(TEXT.split()), st.text(max_size=10)),
        ),
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_proposed_quotes_stand_and_nothing_read_is_lost(given: list[tuple[str, ...]]) -> None:
    facts, before = read(*given), plain()
    (outcome,) = facts.proposed
    assert len(outcome.accepted) + outcome.known + sum(outcome.rejected.values()) == len(given)
    for proposal in outcome.accepted:
        assert TEXT[proposal.window.start : proposal.window.end] == proposal.quote
    assert facts.organisations[: len(before.organisations)] == before.organisations
    assert facts.persons[: len(before.persons)] == before.persons
    for organisation in facts.organisations[len(before.organisations) :]:
        for evidence in organisation.evidence:
            assert TEXT[evidence.span.start : evidence.span.end] == evidence.quote
            assert evidence.confidence == 0.5
            assert not holds_contact(evidence.quote)


@given(st.text(max_size=300), st.integers(min_value=1, max_value=50))
def test_chunks_cover_a_text_without_gap_or_overlap(text: str, size: int) -> None:
    spans = list(chunks(text, size))
    assert "".join(text[span.start : span.end] for span in spans) == text
    assert all(0 < span.end - span.start <= size for span in spans)


def test_chunks_end_where_a_paragraph_ends() -> None:
    text = "Yksi. Kaksi.\n\nKolme. Neljä.\nViisi."
    assert next(text[span.start : span.end] for span in chunks(text, 20)) == "Yksi. Kaksi.\n\n"


@given(st.text(alphabet="ab@. \n(at)0123456789+-fi", max_size=120))
@settings(deadline=None)
def test_a_masked_text_holds_no_contact_and_is_as_long(text: str) -> None:
    masked = mask_contacts(text)
    assert len(masked) == len(text)
    assert not holds_contact(masked)
    assert [c.isspace() for c in masked] == [c.isspace() for c in text]


@given(st.lists(st.text(alphabet="bcä.", min_size=1, max_size=6), min_size=1, max_size=8), st.data())
def test_a_quote_is_found_whatever_the_blanks(words: list[str], data: st.DataObject) -> None:
    blanks = st.sampled_from([" ", "\n", "  ", "\t", "\u00a0"])
    text = "alku " + "".join(word + data.draw(blanks) for word in words) + "loppu"
    quote = data.draw(blanks).join(words)
    span = find_quote(text, quote, Span(0, len(text)))
    assert span is not None
    assert text[span.start : span.end].split() == words
    assert find_quote(text, quote, Span(0, 3)) is None


@pytest.mark.parametrize(
    ("name", "kind", "quote", "surface"),
    [
        ("Limingan kunta", "organisation", "Limingan kunnan palveluissa", "Limingan kunnan"),
        ("Itä-Suomen yliopisto", "organisation", "mukana UEF", "UEF"),
        ("Oulu", "place", "Oulussa", "Oulussa"),
        ("Oulu", "place", "Oulunsalossa", None),
        ("Lapin yliopisto", "organisation", "Lapin yliopistokeskus", None),
        ("", "organisation", "mitä vain", None),
        ("Väki Oy", "organisation", "mukana väki", None),
        ("Väki Oy", "organisation", "mukana Väki", "Väki"),
    ],
)
def test_a_quote_supports_a_name_in_any_form(name: str, kind: str, quote: str, surface: str | None) -> None:
    span = find_name(name, kind, quote)
    assert (quote[span.start : span.end] if span else None) == surface


def test_dates_and_amounts_in_a_quote() -> None:
    assert find_date("2019-05-31", "päättyi 31.5.2019") is not None
    assert find_date("2019-05", "toukokuussa 2019") is not None
    assert find_date("2018-01-01", "1.1.–31.12.2018") is not None
    assert find_date("2019-05-31", "vuonna 2019") is None
    found = find_amount("1300000", "maksoi 1,3 miljoonaa euroa")
    assert found is not None
    assert find_amount("13", "maksoi 1,3 miljoonaa euroa") is None
