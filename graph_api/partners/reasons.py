"""Why an organisation is suggested, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from graph_api.collaboration.tables import NO_OWNER, UNKNOWN_YEAR, Links
from graph_api.collaboration.words import printed_words
from graph_api.partners.answers import Proof, Reason, Suggestion
from graph_api.partners.cautions import cautions
from graph_api.partners.features import Compared, Profile
from graph_api.partners.market import LEADING, Market, Scores
from graph_api.partners.scoring import Weighted
from graph_api.wording import Said, said

_NOT_LATELY = 4
_MOST_WORDS = 4


class Explainer:
    """Explains suggestions to one asker; what all of them need is computed once."""

    def __init__(self, market: Market, profile: Profile, weighted: Weighted, compared: Compared) -> None:
        self.market, self.profile, self.weighted = market, profile, weighted
        self.index = market.index
        self.own = np.flatnonzero(profile.own)
        self.uses, self.tells, self.passed_on = compared.uses, compared.tells, compared.passed_on

    def explain(self, who: int) -> Suggestion:
        """Return an organisation as a suggestion, its reasons in the order of what they add."""
        makers = (self._method, self._theme, self._near, self._region, self._lead, self._recent, self._roles)
        reasons = [reason for make in makers for reason in make(who)]
        reasons.sort(key=lambda reason: (-reason.points, reason.kind))
        return Suggestion(
            organisation=who,
            score=round(float(self.weighted.scores[who]), 4),
            is_newcomer=bool(self.market.newcomers[who]),
            reasons=reasons,
            cautions=list(cautions(self.market, self.profile, who, reasons)),
        )

    def _points(self, kind: str, who: int) -> float:
        return round(float(self.weighted.parts[kind][who]), 4)

    def _best(self, who: int, values: Scores) -> int | None:
        """Return the initiative of an organisation with the highest value above nought, the first of equals."""
        own = self.index.matrices.work.row(who)
        place = int(np.argmax(values[own])) if len(own) else 0
        return int(own[place]) if len(own) and values[own[place]] > 0 else None

    def _method(self, who: int) -> Iterator[Reason]:
        best = self._method_example(who)
        if best is None:
            return
        method = self._telling_method(best)
        both = np.intersect1d(self.index.matrices.work.row(who), self.index.matrices.users.row(method))
        name, own = self.index.methods.labels[method], self._own_use(method)
        proofs = [
            self._link(self.index.methods_used, best, method, said("proof.uses", method=name)),
            self._part(who, best),
        ]
        if own is not None:
            proofs.append(self._link(self.index.methods_used, own, method, said("proof.own", method=name)))
        yield Reason("shared method", self._on_method(method, len(both)), self._points("method", who), proofs)

    def _method_example(self, who: int) -> int | None:
        best = self._best(who, self._uses_asked)
        return self._best(who, self.uses) if best is None else best

    @cached_property
    def _uses_asked(self) -> Scores:
        """`uses` of the initiatives that use a method that is asked for itself, not only a narrower one."""
        asked = np.zeros(len(self.index.methods), dtype=np.float32)
        asked[list(self.profile.asked)] = 1
        uses: Scores = np.where(self.index.matrices.users.weighted(asked) > 0, self.uses, np.float32(0))
        return uses

    def _telling_method(self, initiative: int) -> int:
        """Return the method of an initiative that matters most; one asked for comes before narrower ones."""
        used = self.index.matrices.methods.row(initiative)
        asked = used[np.isin(used, list(self.profile.asked))]
        used = asked if len(asked) else used
        return int(used[np.argmax(self.profile.methods[used])])

    def _on_method(self, method: int, count: int) -> Said:
        labels, initiatives = self.index.methods.labels, _counted(count)
        if not self.profile.asked:
            return said("reason.method.own", method=labels[method], initiatives=initiatives)
        asked = self._asked_above(method)
        if asked == method:
            return said("reason.method.asked", method=labels[method], initiatives=initiatives)
        return said("reason.method.narrower", method=labels[method], asked=labels[asked], initiatives=initiatives)

    def _asked_above(self, method: int) -> int:
        """Return the method asked for that a method is or is narrower than."""
        while method not in self.profile.asked:
            method = int(self.index.methods.parents[method])
        return method

    def _own_use(self, method: int) -> int | None:
        own = np.intersect1d(self.own, self.index.matrices.users.row(method))
        return int(own[0]) if len(own) else None

    def _theme(self, who: int) -> Iterator[Reason]:
        best = self._best(who, self.tells)
        if best is None:
            return
        title, stems = self.index.initiatives.titles[best], self.market.stems
        weights = {word: float(self.profile.words[stems[s]]) for word, s in printed_words(title) if s in stems}
        shared = sorted((word for word, weight in weights.items() if weight > 0), key=lambda w: (-weights[w], w))
        region = int(self.index.organisations.regions[who])
        elsewhere = NO_OWNER not in (region, self.profile.region) and region != self.profile.region
        told: dict[str, object] = {"title": _quoted(title), "words": tuple(map(_quoted, shared[:_MOST_WORDS]))}
        if elsewhere:
            told["region"] = self.index.places.labels[region]
        key = f"reason.theme{'' if shared else '.untold'}{'.elsewhere' if elsewhere else ''}"
        kind = "same theme in another region" if elsewhere else "same theme"
        yield Reason(kind, Said(key, told), self._points("theme", who), [self._part(who, best)])

    def _near(self, who: int) -> Iterator[Reason]:
        asker = self.profile.organisation
        if asker is None or self.weighted.parts["near"][who] <= 0:
            return
        go_between = self._go_between(who)
        if go_between is None:
            return
        ours, theirs = self._together(asker, go_between), self._together(go_between, who)
        name, other = (self.index.organisations.labels[place] for place in (go_between, who))
        if ours is None or theirs is None:
            return
        titles = [_quoted(self.index.initiatives.titles[place]) for place in (ours, theirs)]
        text = said("reason.near", name=name, other=other, ours=titles[0], theirs=titles[1])
        proofs = [self._part(go_between, ours), self._part(go_between, theirs), self._part(who, theirs)]
        yield Reason("two steps away", text, self._points("near", who), proofs)

    def door(self, who: int) -> tuple[int, int, int | None, int | None] | None:
        """Return through whom and which initiative an asker reaches somebody, and what else speaks for them.

        The latter are the initiatives that tell of methods and theme. None where not the tie speaks most for them.
        """
        parts = self.weighted.parts
        asker, near = self.profile.organisation, parts["near"][who]
        if asker is None or near <= 0 or near < max(parts["method"][who], parts["theme"][who]):
            return None
        go_between = self._go_between(who)
        theirs = None if go_between is None else self._together(go_between, who)
        if go_between is None or theirs is None:
            return None
        return go_between, theirs, self._method_example(who), self._best(who, self.tells)

    def _go_between(self, who: int) -> int | None:
        """Return through whom most of what the asker sends out arrives, the first of equals."""
        near, matrices = self.passed_on, self.index.matrices
        met = matrices.workers.rows(
            matrices.work.row(who)
        )  # some of them more than once, which costs less than sorting
        met = met[(near[met] > 0) & (met != who)]
        return int(met[near[met] == near[met].max()].min()) if len(met) else None

    def _together(self, one: int, other: int) -> int | None:
        """Return the smallest initiative that two organisations share (the asker's body counts as one)."""
        work = self.index.matrices.work
        own = self.own if one == self.profile.organisation else work.row(one)
        shared = np.intersect1d(own, work.row(other))
        if not len(shared):
            return None
        return int(shared[np.lexsort((shared, self.market.participants[shared]))[0]])

    def _region(self, who: int) -> Iterator[Reason]:
        region = int(self.index.organisations.regions[who])
        if region == NO_OWNER or region != self.profile.region:
            return
        home = int(self.index.organisations.homes[who])
        name = self.index.places.labels[region]
        proof = self._link(
            self.index.organisation_places, who, home, said("proof.home", place=self.index.places.labels[home])
        )
        yield Reason("same region", said("reason.region", region=name), self._points("region", who), [proof])

    def _lead(self, who: int) -> Iterator[Reason]:
        table = self.index.participations
        rows = self.market.participations_of(who)
        leads = [self.index.roles[role] in LEADING for role in table.roles[rows].tolist()]
        led = np.unique(table.initiatives[rows][np.array(leads, dtype=bool)]).tolist()
        if not led:
            return
        statuses = [self.index.initiatives.statuses[place] for place in led]
        done = sum(status in {"completed", "ended", "in-use"} for status in statuses)
        latest = max(led, key=lambda place: (int(self.market.last_years[place]), -place))
        told = said("reason.lead.done" if done else "reason.lead", led=_counted(len(led)), done=done)
        yield Reason("reliable lead", told, self._points("lead", who), [self._part(who, latest)])

    def _recent(self, who: int) -> Iterator[Reason]:
        own = self.index.matrices.work.row(who)
        last = int(self.market.last_years[own].max(initial=UNKNOWN_YEAR))
        if last == UNKNOWN_YEAR or self.market.present - last > _NOT_LATELY:
            return
        latest = int(own[np.argmax(self.market.last_years[own])])
        told = said("reason.recent", year=str(last))
        yield Reason("recent activity", told, self._points("recent", who), [self._part(who, latest)])

    def _roles(self, who: int) -> Iterator[Reason]:
        share = float(min(1, self.market.led[who] / max(self.market.initiatives[who], 1)))
        fits = self.profile.leads * (1 - share) + (1 - self.profile.leads) * share
        if self.profile.organisation is None or fits < 2 / 3:
            return
        own = self.index.matrices.work.row(who)
        habit = said("reason.roles.joins" if share < 0.5 else "reason.roles.leads")
        yield Reason("complementary roles", habit, self._points("roles", who), [self._part(who, int(own[0]))])

    def _part(self, who: int, initiative: int) -> Proof:
        return self.market.part_of(who, initiative)[0]

    def _link(self, links: Links, left: int, right: int, what: Said) -> Proof:
        rows = links.of(left)
        place = rows.start + int(np.searchsorted(links.right[rows], right))
        found = place < rows.stop and links.right[place] == right
        pieces = links.evidence[place] if found else np.zeros(0, dtype=np.int32)
        about_initiative = links is self.index.methods_used
        return Proof(what, left if about_initiative else None, int(pieces[0]) if len(pieces) else None)


def _counted(number: int) -> Said:
    return said("initiatives.one" if number == 1 else "initiatives.many", count=number)


def _quoted(text: str) -> Said:
    return said("quoted", text=text)
