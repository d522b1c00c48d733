"""The grammar of printed organisation names: owners and units, other names, abbreviations, former names and residue.

Lists print "OULUN YLIOPISTOMITTALAITELABORATORIO" (two lines run together), "Koulutus- ja kehittämispalvelut / Lapin
yliopisto" (the unit first), "NORRHYDRO OYNORRHYDRO OY" (the name and the name it trades under), "… Oy (ent. … Oy)".
`Grammar` reads them as a path of bodies, the owner first. What it knows of names is the authority file, the head
nouns, and the names that stand on their own elsewhere in the same material.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from graph_api.identity import authority, residue
from graph_api.identity.language import are_finnish_and_swedish, is_two_languages
from graph_api.identity.segments import Segmenter
from graph_api.identity.signs import (
    head_type,
    is_abbreviation_of,
    is_head_noun,
    is_place,
    is_short_owner,
    names_no_unit,
    nominative_title,
    rank,
)
from graph_api.identity.spelling import Title, clean, squash, strip_legal_form


@dataclass(frozen=True, slots=True)
class ParsedName:
    """A printed name, read.

    `path` leads from the outermost owner to the body that is meant; `aliases` are other names of that body;
    `abbreviations` pairs each printed abbreviation with the body that it stands beside; `former` are names before or
    after this one, which say nothing about who is meant.
    """

    path: tuple[Title, ...]
    aliases: tuple[Title, ...] = ()
    abbreviations: tuple[tuple[str, Title], ...] = ()
    former: tuple[str, ...] = ()

    @property
    def body(self) -> Title:
        """Return the body that is meant."""
        return self.path[-1]


@dataclass
class _Reading:
    path: list[Title] = field(default_factory=list)
    aliases: list[tuple[Title, Title]] = field(default_factory=list)
    abbreviations: list[tuple[str, Title]] = field(default_factory=list)
    former: list[str] = field(default_factory=list)


class Grammar:
    """Reads names.

    Parameters
    ----------
    names : frozenset of str
        The keys of names that stand on their own in the material.
    words : frozenset of str
        The words of the material that occur in several names.
    aliases : frozenset of pairs of str
        The keys of names and of their other names elsewhere in the material.
    """

    def __init__(
        self,
        names: frozenset[str] = frozenset(),
        words: frozenset[str] = frozenset(),
        aliases: frozenset[tuple[str, str]] = frozenset(),
    ) -> None:
        self._aliases = aliases
        self._segmenter = Segmenter(names, words)

    def parse(self, mention: str) -> ParsedName:
        """Return a printed name as a path of bodies, with its other names."""
        text, former = residue.remove(clean(mention))
        reading = _Reading()
        for segment in self._segmenter.split(text):
            self._add(reading, segment.text, segment.joint)
        reading.path.sort(key=_height)
        if not reading.path:
            reading.path.append(Title(clean(mention), ""))
        meant = reading.path[-1]
        aliases = tuple(alias for alias, owner in reading.aliases if owner == meant)
        return ParsedName(tuple(reading.path), aliases, tuple(reading.abbreviations), (*former, *reading.former))

    def _add(self, reading: _Reading, text: str, joint: str) -> None:
        title = nominative_title(strip_legal_form(text))
        if not title.key:
            return
        last = reading.path[-1] if reading.path else None
        if last is not None and is_head_noun(title.text):
            title = _named_by_owner(title, last)
        if last is None:
            reading.path.append(title)
        elif is_short_owner(last) and joint == "slash" and rank(title) < authority.UNIT:
            reading.path[-1] = title  # "RT/Talonrakennusteollisuuden … piiri ry"
        elif is_abbreviation_of(last.text, title.text) and joint != "slash":
            reading.abbreviations.append((last.key, title))
            reading.aliases.append((last, title))
            reading.path[-1] = title
        elif joint == "bracket":
            self._add_bracket(reading, last, title)
        elif self._is_alias(last, title, joint):
            reading.aliases.append((title, last))
            if is_abbreviation_of(title.text, last.text):
                reading.abbreviations.append((title.key, last))
        elif title.key != last.key:
            reading.path.append(title)

    def _add_bracket(self, reading: _Reading, last: Title, title: Title) -> None:
        if title.kind and last.kind and not is_abbreviation_of(title.text, last.text):
            reading.former.append(title.text)  # "YEZ Oy (Mondex Oy)": another name, of this firm or of one before it
        elif " " not in title.text and not (title.text[:1].isupper() and head_type(title)):
            reading.abbreviations.append((title.key, last))
            reading.aliases.append((title, last))
        elif len(reading.path) == 1 and not title.kind and _is_unit_in_brackets(last, title):
            reading.path.append(title)
        elif authority.find(title) is None or authority.find(last) is None:
            reading.aliases.append((title, last))

    def _is_alias(self, last: Title, title: Title, joint: str) -> bool:
        body, above = authority.find(title), authority.find(last)
        if body is not None and above is not None:
            schools = {head_type(title), head_type(last)} & {"vocational_school", "school"}
            return body.notation == above.notation and not (
                schools and joint == "slash" and head_type(title) != head_type(last)
            )
        if joint == "language" or (last.key, title.key) in self._aliases or title.key == last.key:
            return True
        if is_abbreviation_of(title.text, last.text) or _is_translation(last, title, joint):
            return True
        if joint in {"legal", "glue"} and last.kind == "company":
            # A university's company trades under the university's name: what follows is a part of it.
            is_trade_name = names_no_unit(title) and not is_place(title.text) and rank(last) != authority.BODY
            return bool(title.kind) or is_trade_name
        return joint == "tail"


def _height(title: Title) -> tuple[int, bool]:
    """Return what the owner has less of: its rank; among universities the one that the authority file has owns the other."""
    height = min(rank(title), authority.INSTITUTION)
    return height, height == authority.BODY and authority.find(title) is None


def _is_unit_in_brackets(last: Title, title: Title) -> bool:
    if authority.find(title) is not None:
        return False
    if head_type(title) and rank(last) < authority.UNIT:
        return rank(title) >= authority.INSTITUTION
    # "Diak Länsi": the owner's short name and a part of the country.
    first = title.text.split(" ")[0]
    return " " in title.text and last.key.startswith(squash(first)) and len(first) > 2


def _is_translation(last: Title, title: Title, joint: str) -> bool:
    if joint == "glue":
        return is_two_languages(last.text, title.text)
    return joint == "slash" and rank(last) == rank(title) and are_finnish_and_swedish(last.text, title.text)


def _named_by_owner(title: Title, last: Title) -> Title:
    """Return "Oulun seudun ammattiopisto" for "ammattiopisto" below "Oulun seudun koulutuskuntayhtymä"."""
    if head_type(title) not in {"uas", "university", "vocational_school"}:
        return title
    if rank(last) == 1 or (last.kind and " " not in last.text):
        return last  # "HAAGA-HELIA Oy Ab ammattikorkeakoulu" says again what the owner is
    head = last.text.rpartition(" ")[0]
    return Title(f"{head} {title.text}", "") if head_type(last) == "joint_authority" and head else title


def parse_name(mention: str) -> ParsedName:
    """Return a printed name as a path of bodies, knowing the vocabularies only."""
    return Grammar().parse(mention)


def normalise(name: str) -> str:
    """Return the key of a name: what its spellings share, the owner's key before a unit's ("oulunyliopisto/…")."""
    return "/".join(title.key for title in parse_name(name).path)
