"""Characters, legal forms and keys of names; residue that is no part of a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.identity.residue import remove
from graph_api.identity.spelling import clean, squash, strip_legal_form


@pytest.mark.parametrize(
    ("printed", "text", "kind"),
    [
        ("Oy Östman Trading Ab", "Östman Trading", "company"),
        ("Turku Science Park Oy Ltd", "Turku Science Park", "company"),
        ("Savonia-ammattikorkeakoulu osakeyhtiö", "Savonia-ammattikorkeakoulu", "company"),
        ("Suomen Palloliitto ry.", "Suomen Palloliitto", "association"),
        ("Föreningen Luckan i huvudstadsregionen r.f.", "Föreningen Luckan i huvudstadsregionen", "association"),
        ("Helsingin Diakonissalaitoksen säätiö sr", "Helsingin Diakonissalaitoksen säätiö", "foundation"),
        ("Savonlinnan seudun kuntayhtymä", "Savonlinnan seudun kuntayhtymä", ""),
        ("Kemin Digipolis Oy:n", "Kemin Digipolis", "company"),
        ("Kyösti Kaihu", "Kyösti Kaihu", ""),
    ],
)
def test_legal_forms_are_told_from_names(printed: str, text: str, kind: str) -> None:
    title = strip_legal_form(printed)
    assert (title.text, title.kind) == (text, kind)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("KLAS 1-YHTIÖT", "Klas1-yhtiöt"),
        ("OY HOLLMÉN & CO", "Oy Hollmen och Co"),
        ("Helsinki Business And Science Park", "Helsinki Business & Science Park"),
        ("prosessi- ja ympäristötekniikan osasto", "Prosessi-ja ympäristötekniikan osasto"),
        ("Etelä–Savon liitto", "Etelä-Savon liitto"),
    ],
)
def test_spellings_share_a_key(first: str, second: str) -> None:
    assert squash(clean(first)) == squash(clean(second))


@pytest.mark.parametrize(("first", "second"), [("Åbo", "Abo"), ("Häme", "Hame"), ("Juva", "Juuka")])
def test_letters_of_their_own_are_kept_apart(first: str, second: str) -> None:
    assert squash(first) != squash(second)


def test_clean_mends_what_lists_do_to_characters() -> None:
    assert clean(" WATEPACK 0Y ") == "WATEPACK OY"
    assert clean("Etelä-Savon elinkeino-| liikenne- ja ympäristökeskus").startswith("Etelä-Savon elinkeino-, liikenne-")
    assert clean("A\u0308a\u0308nekoski") == "Äänekoski"


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing_and_keys_have_no_blanks(name: str) -> None:
    assert clean(clean(name)) == clean(name)
    assert not any(letter.isspace() for letter in squash(name))


@pytest.mark.parametrize(
    ("printed", "left", "former"),
    [
        ("DIMEX OY0477986-7", "DIMEX OY", []),
        ("SAFEGO OYKONKURSSI 17.9.2012", "SAFEGO OY", []),
        ("SIJAISHALTIJA OYC/O SOLINUM", "SIJAISHALTIJA OY", []),
        ("SEITAHONKA OY (ENT. IKIHIRSI OY)", "SEITAHONKA OY", ["ENT. IKIHIRSI OY"]),
        ("Itä-Suomen yliopisto (aiemmin Kuopion yliopisto)", "Itä-Suomen yliopisto", ["aiemmin Kuopion yliopisto"]),
        ("Osuuskunta Kahvi (TTS)", "Osuuskunta Kahvi (TTS)", []),
        ("Kymiring Oy", "Kymiring Oy", []),
    ],
)
def test_residue_is_removed_and_other_names_are_recorded(printed: str, left: str, former: list[str]) -> None:
    assert remove(clean(printed)) == (left, former)
