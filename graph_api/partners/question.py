"""What is asked for: criteria that a partner must meet, and what it should have in common with the asker or a plan."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from graph_api.collaboration.tables import COLLABORATION_ROLES, LANGUAGES, NO_OWNER, UNKNOWN_YEAR, Period
from graph_api.collaboration.words import printed_words, stems
from graph_api.partners.features import Profile, of_organisation
from graph_api.partners.market import LEADING, Market, Mask, Scores
from graph_api.partners.programmes import PROGRAMME, programmes
from graph_api.wording import Said, said
from loaders.errors import UsageError
from loaders.gazetteer import gazetteer
from loaders.iris import entity

ROLES_WANTED = {"lead": LEADING, "partner": frozenset({"partner"}), "pilot": frozenset({"pilot"})}


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a partner must meet; what is empty is not asked for.

    Parameters
    ----------
    places, methods : tuple of int
        Positions in the index; places and methods that lie inside one of these count.
    types : tuple of str
        Notations of organisation types; a unit counts as of its owner's type as well.
    theme : str
        Words that its work should be about.
    role : str
        What it must have done before: ``lead``, ``partner`` or ``pilot``.
    period : tuple
        First and last year, either open, that its work must touch.
    language : str
        A language (fi, sv, en) of its work.
    unmet : bool
        Leave out whom the asker has worked with.
    programmes : bool
        Also programme bodies, and what only is the name of an initiative (`graph_api.partners.programmes`).
    """

    places: tuple[int, ...] = ()
    types: tuple[str, ...] = ()
    methods: tuple[int, ...] = ()
    theme: str = ""
    role: str = ""
    period: Period = (None, None)
    language: str = ""
    unmet: bool = True
    programmes: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks (a position, or nobody), what for, and a plan in words.

    Where it is `gathered`, an owner and its units have one place in the list, and so have those whom the same reasons
    speak for (`graph_api.partners.gathering`).
    """

    organisation: int | None = None
    plan: str = ""
    criteria: Criteria = Criteria()
    gathered: bool = True

    @property
    def has_content(self) -> bool:
        """Whether partners are asked for by what they work on: a plan, a method, a theme."""
        return bool(self.plan or self.criteria.methods or self.criteria.theme)


def check(market: Market, criteria: Criteria) -> None:
    """Raise UsageError for a role, type, language or period that does not exist."""
    first, last = criteria.period
    if first is not None and last is not None and first > last:
        raise UsageError(f"The period {first}–{last} ends before it starts. Give the earlier year first.")
    known_types = set(market.index.organisations.types.names) - {""}
    asked = (
        ("role", [criteria.role] if criteria.role else [], ROLES_WANTED),
        ("language", [criteria.language] if criteria.language else [], LANGUAGES),
        ("type of organisation in this graph", criteria.types, sorted(known_types)),
    )
    for what, values, known in asked:
        for value in values:
            if value not in known:
                raise UsageError(f'There is no {what} "{value}". Use one of: {", ".join(known)}.')


def profile_of(market: Market, question: Question) -> Profile:
    """Return the profile that candidates are compared with.

    An organisation is compared by its own work. A plan, methods or words of a theme take the place of that: whoever
    asks for something else than what they did before means it; their ties still count.
    """
    blank = Profile(
        organisation=None,
        own=np.zeros(len(market.index.initiatives), dtype=np.float32),
        methods=np.zeros(len(market.index.methods), dtype=np.float32),
        words=np.zeros(len(market.index.themes.stems), dtype=np.float32),
        region=NO_OWNER,
    )
    profile = blank if question.organisation is None else of_organisation(market, question.organisation)
    if not question.has_content:
        return profile
    planned = _of_plan(market, blank, question.plan)
    methods = planned.methods.copy()
    wanted = market.index.methods.within(question.criteria.methods)
    methods[wanted] = np.maximum(methods, market.method_rarity)[wanted]
    theme = stems(question.criteria.theme)
    words = np.maximum(planned.words, _weights_of(market, theme))
    region = planned.region if planned.region != NO_OWNER else profile.region
    return replace(
        profile,
        methods=methods,
        words=words,
        region=region,
        asked=planned.asked.union(question.criteria.methods),
        theme=question.criteria.theme,
        theme_words=frozenset(market.stems[stem] for stem in theme if stem in market.stems),
    )


def _of_plan(market: Market, blank: Profile, text: str) -> Profile:
    """Read a plan: its methods and places are recognised as in any document, its words are the theme."""
    if not text:
        return blank
    hits = gazetteer().find(text, frozenset({"method", "place"}))
    named = {entity(hit.kind, hit.notation) for hit in hits}
    asked = [place for place, iri in enumerate(market.index.methods.iris) if iri in named]
    methods = blank.methods.copy()
    methods[asked] = market.method_rarity[asked]
    regions = market.index.places.regions()
    where = [int(regions[place]) for place, iri in enumerate(market.index.places.iris) if iri in named]
    region = next((place for place in where if place != NO_OWNER), NO_OWNER)
    return replace(
        blank, methods=methods, words=_weights_of(market, stems(text)), region=region, asked=frozenset(asked)
    )


def notes(market: Market, question: Question) -> list[Said]:
    """Return what of a question nothing is known about: words of the theme that no title has, a plan all unknown."""
    found = []
    unknown = {word: stem for word, stem in printed_words(question.criteria.theme) if stem not in market.stems}
    if unknown:
        words = tuple(said("quoted", text=word) for word in unknown)
        known = any(stem in market.stems for stem in stems(question.criteria.theme))
        found.append(said("note.theme.some" if known else "note.theme", words=words))
    elif question.criteria.theme and not stems(question.criteria.theme):
        found.append(said("note.theme", words=(said("quoted", text=question.criteria.theme),)))
    if question.plan:
        profile = profile_of(market, Question(plan=question.plan))
        if not (profile.methods.any() or profile.words.any()):
            found.append(said("note.plan"))
    return found


def _weights_of(market: Market, found: set[str]) -> Scores:
    words = np.zeros(len(market.index.themes.stems), dtype=np.float32)
    known = [market.stems[stem] for stem in found if stem in market.stems]
    words[known] = market.word_rarity[known]
    return words


def allowed(market: Market, question: Question) -> Mask:
    """Say of each organisation whether it meets the criteria."""
    criteria, table = question.criteria, market.index.organisations
    fits = _did(market, criteria)
    if criteria.types:
        fits &= table.types.among(criteria.types) | table.types.among(criteria.types)[market.bodies]
    if criteria.places:
        fits &= _is_there(market, criteria.places)
    if not (criteria.programmes or PROGRAMME in criteria.types):
        fits &= ~programmes(market)
    if question.organisation is not None:
        fits[market.body_of(question.organisation)] = False
        if criteria.unmet:
            fits[met_by(market, question.organisation)] = False
    return fits


def met_by(market: Market, organisation: int) -> Mask:
    """Say of each organisation whether it, or what is one body with it, has worked with the asker's body."""
    body = market.body_of(organisation)
    met = np.zeros(len(market.bodies), dtype=bool)
    for member in body.tolist():
        met[market.bodies[market.partners_of(member)]] = True
    result: Mask = met[market.bodies]
    return result


def _did(market: Market, criteria: Criteria) -> Mask:
    """Say who took part, in the role asked for, in an initiative of the methods, years and language asked for."""
    if not (criteria.role or criteria.methods or criteria.language or criteria.period != (None, None)):
        anyone: Mask = market.initiatives > 0
        return anyone
    index, rows = market.index, market.index.participations
    roles = ROLES_WANTED.get(criteria.role, COLLABORATION_ROLES)
    fits = np.array([role in roles for role in index.roles], dtype=bool)[rows.roles]
    suits = np.ones(len(index.initiatives), dtype=bool)
    if criteria.methods:
        suits &= (market.methods @ index.methods.within(criteria.methods).astype(np.float32)) > 0
    if criteria.language:
        suits &= (index.initiatives.languages & (1 << LANGUAGES.index(criteria.language))) > 0
    suits &= _in_period(market, criteria.period)
    who = rows.organisations[fits & suits[rows.initiatives]]
    found: Mask = np.bincount(who, minlength=len(index.organisations)) > 0
    return found


def _in_period(market: Market, period: Period) -> Mask:
    table, (first, last) = market.index.initiatives, period
    starts = np.where(table.starts == UNKNOWN_YEAR, table.ends, table.starts)
    ends = np.where(table.ends == UNKNOWN_YEAR, table.starts, table.ends)
    fits = np.ones(len(table), dtype=bool)
    if first is not None:
        fits &= (ends >= first) & (ends != UNKNOWN_YEAR)
    if last is not None:
        fits &= (starts <= last) & (starts != UNKNOWN_YEAR)
    return fits


def _is_there(market: Market, places: tuple[int, ...]) -> Mask:
    """Say who is in a place; one whose own place is not known is where its initiatives were."""
    index = market.index
    inside = index.places.within(places)
    homes = index.organisations.homes
    at_home = (homes != NO_OWNER) & inside[homes]
    sited = np.zeros(len(index.initiatives), dtype=np.float32)
    sited[index.initiative_places.left[inside[index.initiative_places.right]]] = 1
    result: Mask = at_home | ((homes == NO_OWNER) & ((market.work @ sited) > 0))
    return result
