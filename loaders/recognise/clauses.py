"""What a clause says that an organisation does: the finite verb it is the subject of, what follows its genitive.

"Sysmän Martat opettavat syksyisin" and "Koulutuksesta huolehtii Hyria" both name who acts; in "Lean-ryhmän kanssa" and
"Kirkkohallituksen avustuksella" the word after the genitive tells the part. Only forms are looked at: third person
endings (-aa, -ee, -oi, -vat, -i …) and a perfect ("on antanut").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.authority import name_key
from loaders.model import Span
from loaders.recognise.mentions import Mention
from loaders.vocabulary import organisations

_FINITE = r"[a-zåäö]{2,}(?:aa|ää|ee|ii|oo|uu|yy|oi|öi|vat|vät|[a-zåäö](?<![aeiouyåäö])i|[eouy]i|tti|ssi|lsi|nsi|rsi)"
_SHORT = r"(?:vie|vei|tuo|toi|luo|loi|myy|möi)"  # verbs too short for their endings to tell
_PERFECT = r"(?:on|ovat|oli|olivat) (?:ollut |olleet )?[a-zåäö]{2,}(?:nut|nyt|neet)"
_SWEDISH = r"[a-zåäö]{2,}(?:ar|er|ade|te|dde)"
_ADVERB = r"(?:(?:myös|lisäksi|puolestaan|taas|nyt|yhdessä|sitten|aluksi|aktiivisesti|också) )?"
_AFTER = re.compile(
    rf"^(?:-[a-zåäö]+)?\)?(?: [A-ZÅÄÖ]+[a-zåäö]*[A-ZÅÄÖ][\w]{{0,6}}(?![\w-]))?(?: \([^)]{{1,60}}\))?(?: (?:ja|sekä|och|and)(?: [A-ZÅÄÖ][\w-]*){{1,3}})? {_ADVERB}(?P<verb>{_PERFECT}|{_SHORT}|{_FINITE}|{_SWEDISH})(?![\w-])"
)
_BEFORE = re.compile(
    rf"(?P<object>[\w-]*) ?(?P<verb>{_PERFECT}|(?<![\w-])(?:{_SHORT}|{_FINITE})) (?:(?:myös|mm\.|muun muassa|esimerkiksi|lisäksi|[a-zåäö-]+(?:lainen|läinen)) )*$"
)
_GENITIVE_AFTER = re.compile(r"^ (?:(?:oma|uusi|nuori)\w* )?(?P<word>[a-zåäö][\w-]*)")


@dataclass(frozen=True, slots=True)
class Act:
    """A verb that has an organisation for its subject; `object` is the word before it where the order is inverted."""

    verb: str
    object: str = ""


def act_of(text: str, mention: Mention, sentence: Span) -> Act | None:
    """Return the verb whose subject an organisation is, or ``None``.

    Parameters
    ----------
    text : str
        The whole text.
    mention : Mention
        The organisation; only a nominative can be a subject.
    sentence : Span
        The sentence around it.
    """
    if not is_nominative(text[mention.span.start : mention.span.end], mention):
        return None
    after = _AFTER.match(text[mention.span.end : sentence.end])
    if after and not _is_postposition(after.group("verb")):
        return Act(after.group("verb"))
    before = _BEFORE.search(text[sentence.start : mention.span.start])
    return Act(before.group("verb"), before.group("object")) if before else None


def word_after_genitive(text: str, mention: Mention, sentence: Span) -> str:
    """Return the small word after an organisation in the genitive ("Melan kanssa" → "kanssa"), or an empty string."""
    surface = text[mention.span.start : mention.span.end]
    if not surface.endswith(("n", ":n", "s")) or is_nominative(surface, mention):
        return ""
    found = _GENITIVE_AFTER.match(text[mention.span.end : sentence.end])
    return found.group("word") if found else ""


def is_nominative(surface: str, mention: Mention) -> bool:
    """Return whether a name stands as the vocabulary (or the recogniser) gives it."""
    key = name_key(" ".join(surface.split()))
    if key == name_key(mention.name) or (mention.rule == "municipality-by-place" and not surface.endswith("n")):
        return True
    body = organisations().get(mention.key or "")
    # A hidden label may be an inflected form.
    return body is not None and any(name_key(label.text) == key for label in body.labels if label.kind != "hidden")


def _is_postposition(word: str) -> bool:
    return word in {"sekä", "kanssa", "yli", "läpi", "eli", "ohi"}
