"""Printed names as paths of bodies: owner and unit after a slash, a comma, or together; bilingual names; lists."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.naming import BUSINESS_ID, read_name, split_names, type_of_label, without_business_id

ELY = "Pohjois-Savon elinkeino-, liikenne- ja ympäristökeskus"


def path(printed: str, *, prefix_units: bool = False) -> list[tuple[str, str | None]]:
    return [(body.name, body.owner) for body in read_name(printed, prefix_units=prefix_units)]


@pytest.mark.parametrize(
    ("printed", "bodies"),
    [
        pytest.param("Kuopion kaupunki", [("Kuopion kaupunki", None)], id="one"),
        pytest.param("Testaus Oy", [("Testaus Oy", None)], id="unknown"),
        pytest.param(
            "Kiipulasäätiö / Kiipulan ammattiopisto",
            [("Kiipulasäätiö", None), ("Kiipulan ammattiopisto", "Kiipulasäätiö")],
            id="slash",
        ),
        pytest.param(
            "Kuopion kaupunki/ Testipalvelut",
            [("Kuopion kaupunki", None), ("Testipalvelut", "Kuopion kaupunki")],
            id="slash and an unknown unit",
        ),
        pytest.param(
            "Kuopion kaupunki, Perusturvapalvelut",
            [("Kuopion kaupunki", None), ("Perusturvapalvelut", "Kuopion kaupunki")],
            id="comma",
        ),
        pytest.param(
            "Lapin yliopisto Koulutus- ja kehittämispalvelut",
            [("Lapin yliopisto", None), ("Lapin yliopiston koulutus- ja kehittämispalvelut", "Lapin yliopisto")],
            id="written together",
        ),
        pytest.param(
            "Aalto-yliopiston kauppakorkeakoulu Pienyrityskeskus",
            [("Aalto-yliopisto", None), ("Aalto-yliopiston kauppakorkeakoulun Pienyrityskeskus", "Aalto-yliopisto")],
            id="a unit of a unit",
        ),
        pytest.param(
            "Suomen Kuntaliitto ry;Finlands Kommunförbund rf", [("Suomen Kuntaliitto ry", None)], id="bilingual"
        ),
        pytest.param("Mallin Tuki ry;Stöd för Modell rf", [("Mallin Tuki ry", None)], id="bilingual and unknown to us"),
        pytest.param(ELY, [(ELY, None)], id="commas of a name do not divide"),
        pytest.param(
            "Savonia-ammattikorkeakoulu Oy, Ammattikorkeakoulu",
            [("Savonia-ammattikorkeakoulu Oy", None)],
            id="the organisation type inserted",
        ),
        pytest.param("Tapereen yliopisto", [("Tampereen yliopisto", None)], id="typo in a known name"),
        pytest.param("Mielikuvan ylipisto", [("Mielikuvan ylipisto", None)], id="typo in an unknown name stays"),
        pytest.param("Vaasan Yliopisto", [("Vaasan yliopisto", None)], id="stray capital"),
    ],
)
def test_a_printed_name_is_a_path(printed: str, bodies: list[tuple[str, str | None]]) -> None:
    assert path(printed) == bodies


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("Järvenpään kaupunki / HR-palvelut", "Järvenpään kaupungin HR-palvelut"),
        (
            "Järvenpään kaupunki / Koulutus- ja kehittämispalvelut",
            "Järvenpään kaupungin koulutus- ja kehittämispalvelut",
        ),
        ("Järvenpään kaupunki / Järvenpään lukio", "Järvenpään lukio"),
        (
            "Lappeenrannan teknillinen yliopisto, Vihreän kemian laboratorio",
            "Lappeenrannan teknillisen yliopiston Vihreän kemian laboratorio",
        ),
    ],
)
def test_a_generic_unit_gets_its_owners_name_where_wanted(printed: str, unit: str) -> None:
    assert path(printed, prefix_units=True)[-1][0] == unit


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Testaus Oy, Tuki ry ja Kuopion kaupunki", ["Testaus Oy", "Tuki ry", "Kuopion kaupunki"]),
        ("Testaus Oy, Tuki ry, sekä Kuopion kaupunki.", ["Testaus Oy", "Tuki ry", "Kuopion kaupunki"]),
        (f"{ELY} sekä Debora Oy", [ELY, "Debora Oy"]),
        ("Työterveyslaitos ja Mallin Liikunta ja Urheilu ry", ["Työterveyslaitos", "Mallin Liikunta ja Urheilu ry"]),
        ("Mallin Kone ja Säätö Oy", ["Mallin Kone ja Säätö Oy"]),
        ("Debora Oy ja Testaus Oy", ["Debora Oy", "Testaus Oy"]),
        ("Åbo Akademi och Vasa universitet", ["Åbo Akademi", "Vasa universitet"]),
        ("• Kuopion kaupunki;  Debora Oy ", ["Kuopion kaupunki", "Debora Oy"]),
        ("", []),
    ],
)
def test_a_list_is_divided_outside_names(printed: str, names: list[str]) -> None:
    assert [name for name, _ in split_names(printed)] == names


@given(
    st.one_of(
        st.text(max_size=60), st.lists(st.sampled_from(["Debora Oy", ELY, ",", " ja ", ";", "A B ry"])).map("".join)
    )
)
@settings(deadline=None)
def test_every_name_of_a_list_stands_at_its_offset(printed: str) -> None:
    for name, offset in split_names(printed):
        assert printed[offset : offset + len(name)] == name


@given(st.one_of(st.text(max_size=40), st.text(alphabet="AB/,; Oyry", max_size=30)))
@settings(deadline=None)
def test_any_text_can_be_read_as_a_name(printed: str) -> None:
    assert read_name(printed)


@pytest.mark.parametrize(
    ("printed", "found"),
    [("Nimi, tarkenne, 0204023-3", "0204023-3"), ("S20180", None), ("12345678-9", None), ("0204023-33", None)],
)
def test_a_business_id_stands_alone(printed: str, found: str | None) -> None:
    match = BUSINESS_ID.search(printed)
    assert (match.group(1) if match else None) == found


@pytest.mark.parametrize(
    ("printed", "kind"), [("Ammattikorkeakoulu", "uas"), (" yliopisto ", "university"), ("Jotakin muuta kivaa", None)]
)
def test_a_forms_field_names_the_type(printed: str, kind: str | None) -> None:
    assert type_of_label(printed) == kind


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Turun yliopisto, 0245896-3", "Turun yliopisto"),
        ("Turun yliopisto (0245896-3)", "Turun yliopisto"),
        ("Turun yliopisto, y-tunnus: 0245896-3", "Turun yliopisto"),
        ("Kuvitelman Oy 0123456-7 / Paja", "Kuvitelman Oy / Paja"),
        ("Klaani 10245896-30 ry", "Klaani 10245896-30 ry"),
        ("0245896-3", "0245896-3"),
        ("Turun yliopisto", "Turun yliopisto"),
    ],
)
def test_a_business_id_is_no_part_of_a_name(printed: str, name: str) -> None:
    assert without_business_id(printed) == name
