"""Signs that a piece of text names an organisation: head nouns, abbreviations, places."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from graph_api.identity import authority
from graph_api.identity.spelling import Title, squash, strip_legal_form
from loaders.language.inflection import HeadNoun, genitive_of, head_noun, nominative_of
from loaders.vocabulary import scheme

_SHORT = 8
_WORD = re.compile(r"[^\W_]+")
_LUTHERAN = re.compile(r"\bev(?:ank)?(?:\.|ankelis)?\s?-?\s?lut(?:\.|erilainen\b|herska\b)", re.IGNORECASE)
_DISTRICT = ("piiri", "aluejärjestö", "osasto")
# What a council or a body of several municipalities adds to its name: its legal form.
_FORMS_AFTER = frozenset({"kuntayhtymä", "maakuntayhtymä", "samkommun"})
# What "X" of "Tekniikan yksikkö, X" may be called and be the same place of work.
_SITE_WORDS = frozenset(
    {"yksikkö", "alueyksikkö", "toimipiste", "kampus", "toimipaikka", "sivutoimipiste", "toimintayksikkö", "yks"}
)


@lru_cache(maxsize=65_536)
def find_head(text: str) -> HeadNoun | None:
    """Return the head noun of a name; in capitals a short one ("TEHDAS") looks like an abbreviation behind the name."""
    noun = head_noun(text)
    if noun is None and text.isupper():
        last = head_noun(text.rpartition(" ")[2].lower())
        return last if last is not None and text.lower().endswith(" " + last.lemma.lower()) else None
    return noun


@lru_cache(maxsize=65_536)
def head_type(title: Title) -> str:
    """Return the organisation type of a name's head noun, or ""."""
    noun = find_head(title.text)
    return noun.organisation_type if noun else ""


@lru_cache(maxsize=65_536)
def rank(title: Title) -> int:
    """Return 0 for a legal person, 1 for a university, 2 for an institution, 3 for a unit."""
    body = authority.find(title)
    if body is not None:
        return authority.rank_of_type(body.first("organisationType") or "")
    if title.kind:
        return 0
    kind = head_type(title)
    if kind in {"municipality", "company", "other", "regional_council"}:
        return authority.INSTITUTION  # only the authority file says what a municipality is
    return authority.rank_of_type(kind) if kind else authority.UNIT


@lru_cache(maxsize=65_536)
def is_head_noun(word: str) -> bool:
    """Return whether a word is a head noun and nothing more ("yhtymä", not "koulutusyhtymä" where that is unlisted)."""
    noun = find_head(word)
    return noun is not None and noun.lemma.casefold() == word.casefold()


def is_place(text: str) -> bool:
    """Return whether a text is the name of a place and nothing else."""
    return squash(text) in authority.place_words()


def ends_in_head(text: str) -> bool:
    """Return whether the last word of a name is, or ends in, a head noun."""
    return find_head(text.rpartition(" ")[2]) is not None


def names_no_unit(title: Title) -> bool:
    """Return whether a name behind a company's is another name of it: no head noun, or "… kehittämisyhtiö"."""
    noun = find_head(title.text)
    return noun is None or noun.lemma.endswith(("yhtiö", "konserni", "yritys"))


def is_short_owner(title: Title) -> bool:
    """Return whether a name is only a short abbreviation that no vocabulary has."""
    return len(title.text) <= 5 and title.text.isupper() and authority.find(title) is None


def genitive_of_place(text: str) -> str:
    """Return the genitive of a place's name."""
    place = scheme("places")[authority.place_words()[squash(text)]]
    return place.first("genitive") or genitive_of(text)


def holds_place(text: str) -> bool:
    """Return whether a word of a name is a place."""
    words = text.split()
    pairs = [f"{first} {second}" for first, second in itertools.pairwise(words)]
    return any(is_place(word) for word in [*words, *pairs])


@lru_cache(maxsize=65_536)
def is_abbreviation_of(short: str, name: str) -> bool:
    """Return whether a word is a shortened form of a name: its initials, or its beginning run together.

    "OSEKK" of "Oulun seudun koulutuskuntayhtymä", "Sataedu" of "Satakunnan koulutuskuntayhtymä", "TTS" of "Työtehoseura".
    """
    letters = squash(strip_legal_form(short).text)
    if " " in strip_legal_form(short).text or not 2 <= len(letters) <= _SHORT or " " not in f"{name} ".strip() + " ":
        return False
    if len(squash(name)) <= len(letters) + 2 or squash(name).startswith(letters + "n"):
        return False
    words = [word.casefold() for word in _WORD.findall(name)]
    initials = {word[0] for word in words}
    shuffled = len(letters) > 2 and letters[0] == words[0][0] and len(initials) > 2 and set(letters) <= initials
    return shuffled or _is_spelt_from(letters, words)


def _is_spelt_from(letters: str, words: list[str]) -> bool:
    """Return whether the letters can be read off the words in order, beginning with the first letter of the first."""
    text = "".join(words)
    if not text or text[0] != letters[0]:
        return False
    starts = {sum(map(len, words[:number])) for number in range(len(words))}
    position, at_start = 0, 0
    for letter in letters:
        following = [start for start in sorted(starts) if start >= position and text[start] == letter]
        found = following[0] if following else text.find(letter, position)
        if found < 0:
            return False
        at_start += found in starts
        position = found + 1
    return at_start >= min(2, len(words))


@lru_cache(maxsize=65_536)
def nominative_title(title: Title) -> Title:
    """Return a name as its body writes it: in the nominative, its words in order, without "kuntayhtymä" behind a council.

    "Lapin yliopiston" → "Lapin yliopisto"; "Aikuiskoulutuskeskus Kouvola" → "Kouvolan aikuiskoulutuskeskus".
    """
    if authority.find(title) is not None:
        return title
    shorter = _without_slip(title) or _without_church(title) or _of_federation(title)
    if shorter is not None:
        return nominative_title(shorter)
    if title.kind or find_head(title.text) is not None:
        return title
    return _uninflected(title)


def _without_slip(title: Title) -> Title | None:
    head, _, last = title.text.rpartition(" ")
    before = head.rpartition(" ")[2]
    if len(last) == 1 and find_head(before) is None and is_head_noun(before + last):
        return Title(head + last, title.kind)  # "Vaasan kaupunk i"
    if squash(last) in _FORMS_AFTER and ends_in_head(head):
        return Title(head.rstrip(" ,-"), title.kind)  # "Pohjois-Savon liitto maakuntayhtymä"
    return None


def _without_church(title: Title) -> Title | None:
    """Return a parish's name without "ev.lut.": the parish that says no church is of that one."""
    if "lut" not in title.text.casefold() or head_type(title) != "church":
        return None
    text, number = _LUTHERAN.subn("", title.text)
    return Title(" ".join(text.split()), title.kind) if number else None


def _of_federation(title: Title) -> Title | None:
    """Return the name of a federation's district with the federation's in the genitive.

    "MLL:n Lapin piiri" and "Mannerheimin Lastensuojeluliitto Lapin piiri" → "Mannerheimin Lastensuojeluliiton Lapin piiri".
    """
    words = title.text.split()
    noun = find_head(title.text) if title.kind == "association" and len(words) > 2 else None
    if noun is None or not noun.lemma.startswith(_DISTRICT):
        return None
    for number in range(len(words) - 2, 0, -1):
        above, rest = " ".join(words[:number]), " ".join(words[number:])
        body = authority.find_by_genitive(above) or authority.find(strip_legal_form(above.partition(":")[0]))
        if body is not None and holds_place(rest):
            whole = f"{authority.genitive_name(body.name)} {rest}"
            return Title(whole, title.kind) if squash(whole) != title.key else None
    return None


def _uninflected(title: Title) -> Title:
    head, blank, last = title.text.rpartition(" ")
    if " " not in head and is_head_noun(head) and is_place(last):
        return Title(f"{genitive_of_place(last)} {head.lower()}", title.kind)
    body = authority.find_by_genitive(title.text)
    if body is not None:
        return strip_legal_form(body.name)
    found = nominative_of(last)
    if found and (":" in last or ((blank or last.islower()) and len(last) > 5)):
        return Title(f"{head}{blank}{found[0]}", title.kind)
    return title


@lru_cache(maxsize=65_536)
def unit_key(text: str) -> str:
    """Return the key of a unit's name; a site is called by its place alone ("Raahen kampus" = "Raahe")."""
    words = text.split()
    if len(words) > 1 and squash(words[-1]) in _SITE_WORDS and is_place(" ".join(words[:-1])):
        words = words[:-1]
    joined = " ".join(words)
    if is_place(joined):
        return authority.place_words()[squash(joined)]
    if squash(words[-1]) in _SITE_WORDS:
        return squash(" ".join(words[:-1]) + "yksikkö")
    return squash(joined)


def is_site(text: str) -> bool:
    """Return whether a unit is only told by its place: "Kajaanin yksikkö" of one laitos is not that of another."""
    return unit_key(text) in set(authority.place_words().values())
