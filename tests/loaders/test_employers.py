"""Whom people of running text work for: what stands beside them, where they come from, and when nothing is said."""

from __future__ import annotations

import pytest

from loaders.extract import extract_source
from loaders.model import Source

LEAD = "Testattu arki -hanke\n\nHakija: Kainuun liitto\n\nHanke kokeilee arkea. "


def employers(sentence: str) -> dict[str, str | None]:
    facts = extract_source(Source("testi", "ab" * 32, "text/plain", LEAD + sentence + "\n"))
    return {person.name: person.organisation for person in facts.persons}


@pytest.mark.parametrize(
    ("sentence", "employer"),
    [
        ("Puheenjohtajana toimi Kuhmon tekninen johtaja Aino Mallila.", "Kuhmon kaupunki"),
        ("Kysy: projektipäällikkö Aino Mallila, kehittäjä, Lapin yliopisto, aino.mallila@x.example", "Lapin yliopisto"),
        (
            "Mukana on Koulutuskuntayhtymä Tavastia. Ryhmää vetää rehtori Aino Mallila (Tavastia).",
            "Koulutuskuntayhtymä Tavastia",
        ),
        ("Työtä vetää projektipäällikkö Aino Mallila.", "Kainuun liitto"),
        ("Ohjausryhmää johtaa toimitusjohtaja Aino Mallila.", None),
        ("Arki on muuttunut, kertoo palkkasihteeri Aino Mallila.", None),
    ],
)
def test_an_employer_is_what_the_text_says_and_else_the_lead(sentence: str, employer: str | None) -> None:
    assert employers(sentence) == {"Aino Mallila": employer}
