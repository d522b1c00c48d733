"""People are never merged on a name alone: one name in two organisations, or without one in two initiatives, is two people."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.identity.decisions import Decision
from graph_api.identity.resolver import Mention, Resolver
from loaders.iris import BASE
from loaders.model import Evidence, Facts, Initiative, Person, Source, Span, Value
from loaders.triples import DocumentWriter

EMPLOYERS = ["Tampereen kaupunki", "TAMPEREEN KAUPUNKI", "Oulun kaupunki", "Pajulan Paja Oy", None]
TITLES = ["Kuvitelma yksi", "Kuvitelma kaksi"]


def facts(name: str, employer: str | None, title: str) -> Facts:
    text = f"{title} {name}"
    evidence = Evidence(text, Span(0, len(text)), name, "test", 1.0)
    return Facts(
        Source(title, f"{TITLES.index(title)}" * 64, "text/plain", text, "test/1"),
        Initiative(title=Value(title, evidence)),
        persons=[Person(name, evidence, organisation=employer)],
    )


def person_iris(resolver: Resolver, *args: str | None) -> set[str]:
    name, employer, title = args
    lines = DocumentWriter(facts(str(name), employer, str(title)), resolver).write()
    return {part[1:-1] for line in lines for part in line.split(" ") if part.startswith(f"<{BASE}person/")}


@settings(max_examples=60, deadline=None)
@given(
    st.from_regex(r"[A-ZÄÖ][a-zäö]{2,8} [H-VÄÖ][a-zäö]{2,10}", fullmatch=True),  # no digits of a hash
    st.tuples(st.sampled_from(EMPLOYERS), st.sampled_from(TITLES)),
    st.tuples(st.sampled_from(EMPLOYERS), st.sampled_from(TITLES)),
)
def test_a_name_is_one_person_within_one_organisation_only(
    name: str, first: tuple[str | None, str], second: tuple[str | None, str]
) -> None:
    resolver = Resolver(Mention(employer) for employer in EMPLOYERS if employer)
    (one,), (other,) = (person_iris(resolver, name, *place) for place in (first, second))
    entities = [resolver.resolve(employer).iri if employer else title for employer, title in (first, second)]
    assert (one == other) is (entities[0] == entities[1])
    assert name.split()[1].casefold() not in one


def test_people_follow_a_decision_on_their_organisations() -> None:
    names = [Mention("Pajulan Paja Oy"), Mention("Lehdon Paja Oy")]
    joined = Resolver(names, [Decision("2026", "maija", "same", "Pajulan Paja Oy", "Lehdon Paja Oy")])

    def people(resolver: Resolver) -> list[set[str]]:
        return [person_iris(resolver, "Aino Esimerkki", m.name, "Kuvitelma yksi") for m in names]

    first, second = people(Resolver(names))
    assert first != second
    first, second = people(joined)
    assert first == second
