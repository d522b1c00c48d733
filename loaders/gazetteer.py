"""Known names in running text: every inflected form of every name in the vocabularies, found in one pass.

Forms are generated once and looked up with Aho–Corasick (Aho & Corasick 1975). The text is folded one code point to
one code point, so that offsets stay those of the stored text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter

import ahocorasick_rs as ac

from loaders.find_first import Anchored
from loaders.language.inflection import inflect_name, inflect_plural_of
from loaders.language.letters import lower_in_place
from loaders.model import Span
from loaders.vocabulary import Concept, Label, organisations, scheme

_ONE_WORD_AND_LEGAL_FORM = re.compile(r"\S+ (?:oyj?|ab|ry|rf|sr|ky|osk)\.?", re.IGNORECASE)
_PLAIN = (*((dash, "-") for dash in "‐‑‒–—"), *((blank, " ") for blank in "\n\t\u00a0"))
_PLACE = itemgetter(0, 1)
_NOT_COUNTED = (
    "minen",
    "uus",
    "yys",
    "t",
    "ia",
    "iikka",
    "tuki",
    "työ",
)  # qualities and plurals have no (other) plural
_APART = "\x1e"  # stands in no name
_NAME_LENGTH = 160  # so long a text is a name or a label, and comes again
_WEB = Anchored(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}\s?(?:@|\((?:at|ät)\))\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|\b[\w-]{1,63}\.(?:fi|com|org|net|eu)\b\S*"
)
_COLON_CASE = re.compile(
    r":(?:i?n|[ea]?sta|i?st[aä]|i?ss[aä]|i?lt[aä]|i?ll[aä]|i?lle|t?[aä]|[aeiouyäö]{2}n|h[aeiouyäö]n|n[aä]|i?ksi)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in a text. `kind` is ``organisation``, ``place``, ``method`` or ``programme``."""

    span: Span
    kind: str
    notation: str
    label: Label


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: str
    notation: str
    label: Label
    exact: str | None
    may_be_small: bool = False


def fold(text: str) -> str:
    """Return a text in lower case, with plain dashes and blanks, of the same length."""
    lowered = lower_in_place(text)
    for sign, plain in _PLAIN:
        lowered = lowered.replace(sign, plain)
    return lowered


def _folded(texts: Iterable[str]) -> list[str]:
    """Return many short texts folded, all at once: folding is by the letter, and a call for each takes ten times as long."""
    return fold(_APART.join(texts)).split(_APART)


@lru_cache(maxsize=256)
def web_spans(text: str) -> tuple[Span, ...]:
    """Return where web and e-mail addresses stand: a name inside one is not a mention."""
    return tuple(Span(match.start(), match.end()) for match in _WEB.finditer(text))


class Gazetteer:
    """The forms of all known names; `find` gives the longest hits of a text from left to right."""

    def __init__(self) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        entries, forms = zip(*_all_forms(), strict=True)
        for entry, form in zip(entries, _folded(forms), strict=True):
            found = self._entries.setdefault(form, [])
            if entry not in found:
                found.append(entry)
        self._patterns = list(self._entries)
        self.automaton = ac.AhoCorasick(self._patterns)

    def find(self, text: str, kinds: frozenset[str] | None = None) -> list[Hit]:
        """Return the hits in a text: whole words, longest first, not inside web addresses.

        An organisation and a place of the same spelling are both returned; the caller decides.
        """
        return list(self._find_in_name(text, kinds)) if len(text) < _NAME_LENGTH else self._find(text, kinds)

    @lru_cache(maxsize=8_192)  # noqa: B019 - the one gazetteer of a process
    def _find_in_name(self, text: str, kinds: frozenset[str] | None) -> tuple[Hit, ...]:
        return tuple(self._find(text, kinds))

    def _find(self, text: str, kinds: frozenset[str] | None) -> list[Hit]:
        folded = fold(text)
        masked = web_spans(text)
        candidates = [
            (start, -end, number)
            for number, start, end in self.automaton.find_matches_as_indexes(folded, overlapping=True)
            if not folded[end : end + 1].isalnum() and not (start and folded[start - 1].isalnum())
        ]
        candidates.sort(key=_PLACE)
        hits: list[Hit] = []
        reached: dict[str, int] = {}
        for start, negative_end, number in candidates:
            span = _with_colon_case(folded, Span(start, -negative_end))
            if not _whole_word(folded, span) or any(span.overlaps(other) for other in masked):
                continue
            for entry in self._entries[self._patterns[number]]:
                if (
                    (kinds is None or entry.kind in kinds)
                    and start >= reached.get(entry.kind, 0)
                    and _case_fits(entry, text[span.start : span.end])
                ):
                    hits.append(Hit(span, entry.kind, entry.notation, entry.label))
                    reached[entry.kind] = span.end
                    break
        return sorted(hits, key=lambda hit: (hit.span.start, -hit.span.end, hit.kind))


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer of the packaged vocabularies (built once a process)."""
    return Gazetteer()


def _with_colon_case(text: str, span: Span) -> Span:
    """Return the span with a case ending after a colon: "KEVA:lta", "Oy:n"."""
    ending = _COLON_CASE.match(text, span.end)
    return Span(span.start, ending.end()) if ending else span


def _whole_word(text: str, span: Span) -> bool:
    before = text[span.start - 1] if span.start else " "
    after = text[span.end] if span.end < len(text) else " "
    if before.isalnum() or after.isalnum() or before in "-_@/.":
        # "TaY/UEF": a slash between names is a boundary, a slash inside an address is masked elsewhere.
        if before in "/" and not after.isalnum():
            return True
        return before in "-" and not after.isalnum() and (span.start < 2 or text[span.start - 2] in " \n")
    return not (after == ":" and span.end + 1 < len(text) and text[span.end + 1].isalpha())


def _case_fits(entry: _Entry, surface: str) -> bool:
    if entry.kind == "method":
        return entry.exact is None or _capitals_kept(entry.exact, surface)
    if entry.exact is not None:
        return surface.partition(":")[0] == entry.exact
    return entry.may_be_small or surface[0].isupper() or surface[0].isdigit()


def _capitals_kept(name: str, surface: str) -> bool:
    """Return whether a form keeps the capitals of its name: "Suuntimassa" does, "suuntimassa" does not."""
    pairs = zip(name, surface, strict=False)
    return all(other.isupper() for letter, other in pairs if letter.isupper() and letter.lower() == other.lower())


def _all_forms() -> Iterator[tuple[_Entry, str]]:
    for concept in organisations().values():
        yield from _concept_forms("organisation", concept)
    for concept in scheme("places").values():
        if concept.first("placeKind") not in {"wellbeing-county"}:
            yield from _concept_forms("place", concept)
    for kind, name in (("method", "methods"), ("programme", "programmes")):
        for concept in scheme(name).values():
            if "topConceptOf" not in concept.properties:  # a group of methods is no method
                yield from _concept_forms(kind, concept)


def _concept_forms(kind: str, concept: Concept) -> Iterator[tuple[_Entry, str]]:
    strict = concept.flag("caseSensitive")
    for label in concept.labels:
        if kind == "place" and label.language == "en":
            continue
        exact = label.text if strict or label.kind == "abbreviation" else None
        # In running text a ministry is a common noun: "opetus- ja kulttuuriministeriö rahoittaa".
        ministry = concept.first("organisationType") == "ministry"
        small = ministry and exact is None and label.language == "fi" and label.text[1:].islower()
        entry = _Entry(kind, concept.notation, label, exact, small)
        for form in _forms(kind, concept, label):
            yield entry, form


def _is_counted(concept: Concept, label: Label) -> bool:
    """Return whether a method's name is one common noun that texts use in the plural: "kielikahviloissa".

    The plural of an ordinary word is as a rule not the method: "riskianalyysit".
    """
    text = label.text
    return (
        concept.first("recognition") == "strong"
        and label.kind == "preferred"
        and label.language == "fi"
        and text[-1:].islower()
        and " " not in text
        and not text.endswith(_NOT_COUNTED)
    )


@cache
def _tail_forms(text: str, language: str, genitive: str | None) -> tuple[str, ...]:
    return inflect_name(text, genitive=genitive, language=language)


def _forms(kind: str, concept: Concept, label: Label) -> tuple[str, ...]:
    language = label.language or "fi"
    if kind == "place":
        genitive = concept.first("genitive") if language == "fi" and label.kind == "preferred" else None
        return _tail_forms(label.text, language, genitive)
    if concept.notation.startswith("kunta-") and language == "fi":
        head, _, tail = label.text.rpartition(" ")
        return tuple(f"{head} {form}" for form in _tail_forms(tail, "fi", None))
    if label.kind == "hidden":
        return (label.text,)  # a matching aid: a misspelling or an irregular form, as it stands
    genitive = concept.first("genitive") if language == "fi" and label.kind == "preferred" else None
    forms = _tail_forms(label.text, language, genitive)
    if _ONE_WORD_AND_LEGAL_FORM.fullmatch(label.text):
        # "Sote ry" without its legal form would be an ordinary word; where it is not, an alternative label says so.
        return tuple(form for form in forms if " " in form)
    return (*forms, *inflect_plural_of(label.text)) if kind == "method" and _is_counted(concept, label) else forms
