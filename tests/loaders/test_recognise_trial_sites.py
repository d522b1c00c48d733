"""Where something is tried: what a sentence says by the case of a name and a word on trials."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.extract import extract
from loaders.model import Span
from loaders.recognise.trial_sites import Named, trial_sites


def sites(said: str) -> list[tuple[str, str]]:
    """Return the sites among names written [so], a body, or <so>, a place; a bare name ending in * stands in its basic form."""
    text, named = "", []
    for piece in re.split(r"(\[[^\]]*\]|<[^>]*>)", said):
        if piece[:1] in ("[", "<"):
            name = piece[1:-1]
            span = Span(len(text), len(text) + len(name.rstrip("*")))
            named.append(Named(span, name.endswith("*"), piece[0] == "["))
            text += name.rstrip("*")
        else:
            text += piece
    found = trial_sites(text, Span(0, len(text)), named)
    return [(text[site.span.start : site.span.end], site.rule) for site in found]


@pytest.mark.parametrize(
    ("said", "names", "rule"),
    [
        ("Mallia pilotoidaan [Kiteen lukiossa].", ["Kiteen lukiossa"], "tried-there"),
        ("Mallia on kokeiltu <Kiteellä> ja [Kiteen lukiossa].", ["Kiteellä", "Kiteen lukiossa"], "tried-there"),
        ("Kokeilut tehdään <Kiteellä> ja <Raumalla>.", ["Kiteellä", "Raumalla"], "tried-there"),
        ("Viimeinen koejakso ajetaan <Kiteellä>.", ["Kiteellä"], "tried-there"),
        ("Laitetta koekäytetään <Kiteellä> [Kiteen lukiossa].", ["Kiteen lukiossa"], "tried-there"),
        ("Antureita testataan [Kiteen kaupungin] latukoneissa.", ["Kiteen kaupungin"], "tried-there"),
        ("Mallia kokeillaan [Kiteen VPK*]:ssa.", ["Kiteen VPK"], "tried-there"),
        ("Modellen prövas i <Borgå*>.", ["Borgå"], "tried-there"),
        ("The model was tested at [Lovisa gymnasium*].", ["Lovisa gymnasium"], "tried-there"),
        ("<Kiteen> kokeilu alkaa syksyllä.", ["Kiteen"], "trial-of-place"),
        (
            "Testikohteina ovat <Kitee*> ja [Rauman kaupungin] uimahallit.",
            ["Kitee", "Rauman kaupungin"],
            "site-of-trial",
        ),
        ("Pilottikohteeksi valittiin [Kiteen lukio*].", ["Kiteen lukio"], "site-of-trial"),
        ("Kokeiluun lähti [Kiteen lukio*].", ["Kiteen lukio"], "joins-trial"),
        ("[Kiteen lukio*] kokeilee etätunteja.", ["Kiteen lukio"], "tries-in-prose"),
    ],
)
def test_case_and_a_word_on_trials_tell_the_site(said: str, names: list[str], rule: str) -> None:
    assert sites(said) == [(name, rule) for name in names]


@pytest.mark.parametrize(
    "said",
    [
        "Mallia esitellään [Kiteen lukiossa].",
        "<Kiteelle> suunniteltu kokeilu peruuntui.",
        "Kokeilua ei tehdä <Kiteellä>.",
        "Mallia on tarkoitus kokeilla <Kiteellä>.",
        "Mallia testataan [Kiteen kaupungin] tuella.",
        "Mallia testataan [Kiteen kaupungin] vastuulla.",
        "[Kiteen lukio*] seuraa kokeilua.",
        "Kokeilun tulokset julkaisi [Kiteen lukio*].",
    ],
)
def test_what_is_planned_denied_or_only_near_is_no_site(said: str) -> None:
    assert sites(said) == []


def test_a_clause_without_the_trial_does_not_count() -> None:
    assert sites("Mallia kokeillaan <Kiteellä>, ja <Raumalla> järjestetään kursseja.") == [("Kiteellä", "tried-there")]


@given(st.text(alphabet="aijklnstu äö.,;:", max_size=80))
def test_sites_are_among_the_names(said: str) -> None:
    span = Span(0, min(len(said), 5))
    found = trial_sites(said, Span(0, len(said)), [Named(span, nominative=True, body=True)])
    assert {site.span for site in found} <= {span}


def test_sites_become_pilots_that_no_list_has_named(tmp_path: Path) -> None:
    text = (
        "Hankkeen nimi: Kierto\n\nKokeilut:\n- Kiteen lukio: etätunnit\n- Rauman kaupunginkirjasto\n\n"
        "Mallia kokeiltiin Kiteen lukiossa. Lisäksi mallia kokeiltiin Lieksassa.\n"
    )
    page = tmp_path / "kierto.txt"
    page.write_text(text, "utf-8")
    facts = extract(page)
    assert [pilot.title for pilot in facts.pilots] == ["Kiteen lukio: etätunnit", "Rauman kaupunginkirjasto", "Lieksa"]
