"""The reviewer's desk: the claims of a store with what surrounds them, and judging them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from graph_api.corpus import Corpus, read_corpus
from graph_api.curation.claims import COLLECTIONS, VALUES, Claim, claim_id, claims
from graph_api.curation.replay import concerns, replay
from graph_api.curation.reviews import Review, append_reviews, read_reviews
from graph_api.store import Generation, current
from loaders.errors import UsageError
from loaders.language.contacts import mask_contacts
from loaders.language.dates import parse_date
from loaders.language.money import parse_amount
from loaders.model import Span
from loaders.text import Text
from loaders.vocabulary import scheme

_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_DATES = frozenset({"start", "end", "date"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person says of a claim; `new_value` and `new_role` are what is right, for "corrected"."""

    claim: str
    verdict: str
    new_value: str = ""
    new_role: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """A claim's surroundings: the sentence, and in it the quote and the mention (half-open ranges)."""

    sentence: str
    quote: Span
    mention: Span


class Desk:
    """The claims of the store in force, as reviewed so far.

    Parameters
    ----------
    store : Path
        The store.
    folder : Path
        The curation folder.
    """

    def __init__(self, store: Path, folder: Path) -> None:
        self._generation: Generation = current(store)
        self._folder = folder
        corpus = read_corpus(self._generation.facts)
        reviews = read_reviews(folder)
        self.claims = {claim.id: claim for claim in _reviewed_claims(corpus, reviews, self._generation.text)}
        self._reviews = {self._id_of(review): review for review in reviews}

    @staticmethod
    def _id_of(review: Review) -> str:
        return claim_id(review.document, review.kind, review.value, review.role)

    def drafts(self, document: str | None = None, *, below: float = 1.0, everything: bool = False) -> list[Claim]:
        """Return what awaits judgement, the least certain first.

        Parameters
        ----------
        document : str, optional
            The name or key of one document; its claims come in the order of the text.
        below : float
            Only claims less certain than this, or as certain.
        everything : bool
            Also what a label says and what was reviewed.

        Raises
        ------
        UsageError
            There is no such document.
        """
        chosen = [c for c in self.claims.values() if (everything or c.is_draft) and c.evidence.confidence <= below]
        if document is None:
            return sorted(chosen, key=lambda c: (c.evidence.confidence, c.document, c.evidence.span.start, c.id))
        if not any(document in {c.document, c.key} for c in self.claims.values()):
            raise UsageError(f"There is no document {document!r} in the store. See: hankeverkko documents")
        found = [c for c in chosen if document in {c.document, c.key}]
        return sorted(found, key=lambda c: (c.evidence.span.start, c.id))

    def claim(self, name: str) -> Claim:
        """Return a claim by its id, or by the beginning of it.

        Raises
        ------
        UsageError
            No claim, or more than one, has that id.
        """
        found = [claim for key, claim in self.claims.items() if key.startswith(name)] if name else []
        if len(found) != 1:
            problem = "More than one claim begins with" if found else "There is no claim"
            raise UsageError(f"{problem} {name!r}. List them with: hankeverkko review list")
        return found[0]

    def context(self, claim: Claim, *, masks: bool = False) -> Context:
        """Return the sentence around a claim, with the quote and the mention in it.

        With `masks`, e-mail addresses and telephone numbers are covered, letter for letter.
        """
        text = Text(self._generation.text(claim.key))
        span = claim.evidence.span
        whole = text.sentence(span) if span.end > span.start else span
        # Covered in the whole text: cut out, a piece of a number may not look like one.
        sentence = (mask_contacts(text.text) if masks else text.text)[whole.start : whole.end]
        quote = Span(span.start - whole.start, span.end - whole.start)
        start = sentence.find(claim.evidence.surface, quote.start)
        mention = Span(start, start + len(claim.evidence.surface)) if start >= 0 else quote
        return Context(sentence, quote, mention)

    def judge(self, judgements: Sequence[Judgement], who: str, *, now: datetime | None = None) -> list[Review]:
        """Write judgements to the journal; all of them, or none when one makes no sense.

        Raises
        ------
        UsageError
            A claim is unknown, or a correction is not possible.
        """
        when = (now or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
        reviews = [self._review(judgement, who, when) for judgement in judgements]
        append_reviews(self._folder, reviews)
        return reviews

    def _review(self, said: Judgement, who: str, when: str) -> Review:
        if said.verdict == "withdrawn":
            return replace(self._made(said.claim), when=when, who=who, verdict="withdrawn", why=said.why)
        claim = self.claim(said.claim)
        new_value = _checked(claim, said.new_value) if said.new_value else ""
        new_role = _checked_role(claim, said.new_role) if said.new_role else ""
        if said.verdict == "corrected" and not (new_value or new_role):
            raise UsageError(f"The correction of {claim.id} says nothing new. Give --value or --role.")
        return Review(
            when=when,
            who=who,
            verdict=said.verdict,
            document=claim.document,
            key=claim.key,
            kind=claim.kind,
            value=claim.value,
            role=claim.role,
            new_value=new_value,
            new_role=new_role,
            quote=claim.evidence.quote,
            start=claim.evidence.span.start,
            why=said.why,
        )

    def reviews(self) -> list[tuple[str, Review]]:
        """Return the reviews in force, each with the id of its claim."""
        return sorted(self._reviews.items(), key=lambda pair: (pair[1].when, pair[0]))

    def _made(self, name: str) -> Review:
        found = [review for key, review in self._reviews.items() if key.startswith(name)] if name else []
        if len(found) != 1:
            raise UsageError(f"No review has the id {name!r}. List them with: hankeverkko review done")
        return found[0]


def _reviewed_claims(corpus: Corpus, reviews: Iterable[Review], text_of: Callable[[str], str]) -> Iterable[Claim]:
    known = list(reviews)
    for key, facts in corpus.facts.items():
        meant = [review for review in known if concerns(review, facts)]
        yield from claims(replay(facts, meant, text_of(key))[0] if meant else facts)


def _checked(claim: Claim, value: str) -> str:
    if claim.kind in _DATES:
        return _checked_date(value)
    if claim.kind == "amount":
        amount = parse_amount(value)
        if amount is None:
            raise UsageError(f"{value!r} is not an amount. Write a number of euros, such as 12500 or 12500.50.")
        return f"{amount:f}"
    return " ".join(value.split())


def _checked_date(value: str) -> str:
    found = value.strip()
    if not _ISO_DATE.fullmatch(found):
        found = parse_date(found) or ""
    try:
        date.fromisoformat((found + "-01-01")[:10])
    except ValueError as error:
        raise UsageError(f"{value!r} is not a date. Write 2019-05-31, 31.5.2019, 2019-05 or 2019.") from error
    return found


def _checked_role(claim: Claim, role: str) -> str:
    if claim.kind in VALUES or COLLECTIONS[claim.kind].role is None:
        raise UsageError(f"A {claim.kind} has no role. Give --value alone.")
    vocabulary = {"organisation": "roles", "amount": "amount-kinds", "related": "initiative-kinds"}.get(claim.kind)
    if vocabulary and role not in scheme(vocabulary):
        raise UsageError(f"{role!r} is not one of {', '.join(sorted(scheme(vocabulary)))}.")
    return role
