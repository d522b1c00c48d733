"""Candidates among organisations, judged by the product's own rules of identity."""

from __future__ import annotations

from collections.abc import Iterator

from graph_api.identity.decisions import is_business_id
from graph_api.identity.explanation import Judgement, judge
from graph_api.identity.features import MOST_FOR_TWO
from graph_api.identity.resolver import Resolver
from graph_api.reconciliation.candidates import HIGHEST, Candidate
from graph_api.reconciliation.names import Entry, Likeness, Names

FOLDER = "organisation"
_SURE_RULE = 0.9
"""Rules worth less (unit alone, short name, typo, cut off) hold within one body of documents, not for any list."""
_MOST_LIKE = 6
_BY_NUMBER, _READ = 99.0, 90.0


class Organisations:
    """Finds organisations.

    Parameters
    ----------
    names : Names
        All names of the graph.
    resolver : Resolver
        Identity, over the names that its documents print and what people decided.
    """

    def __init__(self, names: Names, resolver: Resolver) -> None:
        self._names, self._resolver = names, resolver

    def find(self, text: str, business_id: str | None) -> Iterator[Candidate]:
        """Yield whom the rules say is meant, then whose names are like it; each once."""
        meant = self._meant(text, business_id)
        if meant is not None:
            yield meant
        for like in self._names.like(FOLDER, text, _MOST_LIKE) if not is_business_id(text) else ():
            if meant is None or like.entry is not meant.entry:
                yield self._like(text, like)

    def _meant(self, text: str, business_id: str | None) -> Candidate | None:
        """Return whom the rules say is meant; a business id and a name of two bodies make it unsure."""
        numbered = self._numbered(text if is_business_id(text) else business_id)
        if is_business_id(text) or (numbered is not None and not text):
            return numbered
        found = self._resolver.resolve(text)
        entry = self._names.get(found.iri)
        if numbered is not None and (entry is None or entry is numbered.entry):
            return numbered
        named = self._by_rules(text, entry, found.name) if entry is not None else None
        if numbered is not None and named is not None:
            numbered.is_sure = False
            numbered.reason += f", but the name is that of “{named.entry.name}”"
        return numbered or named

    def _numbered(self, number: str | None) -> Candidate | None:
        found = self._resolver.refer(number) if number is not None and is_business_id(number) else None
        entry = self._names.get(found.iri) if found is not None else None
        if entry is None:
            return None
        return Candidate(entry, _BY_NUMBER, True, f"{number} is the business id of “{entry.name}”", {"code": True})

    def _by_rules(self, text: str, entry: Entry, name: str) -> Candidate:
        """Return whom a text means, with the rules that join it with the likest of its names."""
        judged = [j for other in [name, *entry.names] if (j := judge(self._resolver, text, other)).judgement == "same"]
        if not judged:  # a unit, whose whole name was made of its owner's and its own
            return Candidate(entry, _READ, False, f"the text is read as a name of “{entry.name}”")
        best = max(judged, key=lambda j: j.score)
        is_sure = all(reason.score >= _SURE_RULE for reason in best.reasons)
        features = {"rule_score": best.score, **_features(best)}
        score = round(min(HIGHEST, 100 * best.score), 1)
        return Candidate(entry, score, is_sure, "; ".join(best.reasons), features)

    def _like(self, text: str, like: Likeness) -> Candidate:
        """Return an organisation of a like name, which the rules keep apart from what the text means."""
        judged = judge(self._resolver, text, like.name)
        nearness = judged.score if judged.judgement == "different" else MOST_FOR_TWO * like.value
        features = {"name_similarity": round(like.value, 3), "nearness": round(nearness, 3), **_features(judged)}
        reason = judged.decisive if judged.judgement == "different" else f"“{like.name}” is a like name"
        return Candidate(like.entry, round(100 * nearness, 1), False, reason, features)


def _features(judged: Judgement) -> dict[str, bool | float]:
    return {feature.name.replace(" ", "_"): feature.value != "differing" for feature in judged.features}
