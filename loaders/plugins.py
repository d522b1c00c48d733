"""Loaders of other distributions: kinds of documents found through the entry-point group `hankeverkko.kinds`.

A plug-in cannot hurt the others: one that cannot be imported, breaks the contract or claims a name that is taken is left
out with one sentence that names its distribution; one that fails on a document leaves it to the next kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from loaders.document import Document, Kind
from loaders.kinds import KINDS
from loaders.model import Evidence, Facts
from loaders.text import Text

GROUP = "hankeverkko.kinds"
BUILT_IN = "built-in"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_INITIATIVE_KINDS = frozenset({"project", "programme", "practice"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of document and where it comes from: ``built-in``, or a distribution with its version."""

    kind: Kind
    origin: str


@dataclass(frozen=True, slots=True)
class Installed:
    """The kinds at hand, built-in ones first, and a sentence for each plug-in that was left out."""

    offers: tuple[Offer, ...]
    problems: tuple[str, ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Return the kinds alone."""
        return tuple(offer.kind for offer in self.offers)


@cache
def installed() -> Installed:
    """Return the built-in kinds and those of the plug-ins, read when first asked for."""
    return _collect(list(entry_points(group=GROUP)))


def _collect(points: list[EntryPoint]) -> Installed:
    offers = [Offer(kind, BUILT_IN) for kind in KINDS]
    problems: list[str] = []
    # The order of installation must not matter, so that two machines with the same plug-ins read alike.
    for point in sorted(points, key=lambda point: (_origin(point), point.name)):
        try:
            offers.append(_offer(point, offers))
        except _LeftOutError as error:
            problems.append(f"{_origin(point)}: its loader “{point.name}” is left out: {error}")
    return Installed(tuple(offers), tuple(problems))


class _LeftOutError(Exception):
    """Why a plug-in is left out."""


def _offer(point: EntryPoint, present: list[Offer]) -> Offer:
    try:
        kind = point.load()
    except (Exception, SystemExit) as error:
        raise _LeftOutError(
            f"{point.value} cannot be imported ({type(error).__name__}: {_one_line(error)}). Reinstall or remove it."
        ) from error
    if reason := breach(kind):
        raise _LeftOutError(f"{point.value} {reason}")
    holder = next((offer for offer in present if offer.kind.name == kind.name), None)
    if holder is not None:
        owner = "a built-in kind" if holder.origin == BUILT_IN else f"a kind of {holder.origin}"
        raise _LeftOutError(f"“{kind.name}” is the name of {owner} already. Give the plug-in's kind a name of its own.")
    return Offer(kind, _origin(point))


def breach(kind: object) -> str | None:
    """Return how an object breaks the contract of a kind, or ``None``."""
    if not isinstance(kind, Kind):
        return f"is a {type(kind).__name__}, not a loaders.kinds.Kind. Let the entry point name a Kind."
    # A stranger's types are not known to be right.
    parts: tuple[object, ...] = (kind.name, kind.version, kind.score, kind.load)
    name, version, score, load = parts
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        return f"has the name {name!r}. A name is small letters, figures and hyphens: “our-register”."
    if not isinstance(version, str) or not version or "/" in version:
        return f"has the version {version!r}. A version is a text without a slash: “1”."
    if not callable(score) or not callable(load):
        return "has a score or load that cannot be called. Give it two functions."
    return None


def _origin(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version}" if point.dist is not None else "a distribution without a name"


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


def read(at_hand: Installed, text: Text, start: Callable[[Kind], Document]) -> Document:
    """Return a document read by the kind that is most certain; where a plug-in fails, by the next one.

    What a plug-in did wrong is recorded among what was not understood, with the name of its distribution.

    Parameters
    ----------
    at_hand : Installed
        The kinds to choose from; the built-in ones win a tie.
    text : Text
        The text.
    start : callable
        Makes a fresh document for a kind.
    """
    faults: list[str] = []
    ranked = sorted(_scored(at_hand, text, faults), key=lambda pair: -pair[0])
    for _, offer in ranked:
        document = start(offer.kind)
        if fault := _load(offer, document):
            faults.append(fault)
            continue
        for sentence in faults:
            document.report(1, "", sentence)
        return document
    raise AssertionError("a built-in kind reads every text")


def _scored(at_hand: Installed, text: Text, faults: list[str]) -> Iterator[tuple[float, Offer]]:
    certain = False  # then no other built-in kind is asked; a plug-in is, for what may be wrong with it
    for offer in at_hand.offers:
        if offer.origin == BUILT_IN:
            if not certain:
                score = offer.kind.score(text)
                certain = score >= 1.0
                yield score, offer
            continue
        try:
            claimed: object = offer.kind.score(text)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a stranger's code raises
            faults.append(_failed(offer, "score", error))
            continue
        if isinstance(claimed, bool) or not isinstance(claimed, int | float) or not 0 <= claimed <= 1:
            faults.append(
                f"{offer.origin}: the score of “{offer.kind.name}” was {claimed!r}, not a number from 0 to 1."
            )
            continue
        yield float(claimed), offer


def _load(offer: Offer, document: Document) -> str | None:
    """Let a kind read a document; return a sentence on what went wrong with a plug-in's."""
    if offer.origin == BUILT_IN:
        offer.kind.load(document)
        return None
    try:
        offer.kind.load(document)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a stranger's code raises
        return _failed(offer, "load", error)
    if document.facts.initiative.kind not in _INITIATIVE_KINDS:
        known = ", ".join(sorted(_INITIATIVE_KINDS))
        return f"{offer.origin}: “{offer.kind.name}” gave the initiative a kind that is none of {known}."
    loose = [e for e in evidence_of(document.facts) if document.text.text[e.span.start : e.span.end] != e.quote]
    if loose:
        return f"{offer.origin}: “{offer.kind.name}” gave a quote that does not stand at its offsets; make evidence with document.text.evidence."
    return None


def _failed(offer: Offer, what: str, error: BaseException) -> str:
    return f"{offer.origin}: “{offer.kind.name}” failed in its {what} ({type(error).__name__}: {_one_line(error)}); the next kind read the document."


def evidence_of(facts: Facts) -> Iterator[Evidence]:
    """Yield all the evidence in the facts of a document."""
    initiative = facts.initiative
    values = [getattr(initiative, name) for name in ("title", "code", "status", "start", "end", "date")]
    for value in [*values, *(value for _, value in initiative.alternatives)]:
        if value is not None:
            yield value.evidence
    for organisation in facts.organisations:
        yield from organisation.evidence
    singles = (facts.persons, facts.programmes, facts.methods, facts.places, facts.money, facts.pilots, facts.related)
    for single in singles:
        for item in single:
            yield item.evidence
