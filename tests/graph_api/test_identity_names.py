"""The grammar of printed names, knowing the vocabularies only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.identity.names import Grammar, normalise, parse_name


def path(name: str) -> list[str]:
    return [title.text for title in parse_name(name).path]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Oulun yliopisto  Bioprosessitekniikan laboratorio", ["Oulun yliopisto", "Bioprosessitekniikan laboratorio"]),
        ("OULUN YLIOPISTOMITTALAITELABORATORIO", ["OULUN YLIOPISTO", "MITTALAITELABORATORIO"]),
        ("Helsingin yliopisto (Biotekniikan instituutti)", ["Helsingin yliopisto", "Biotekniikan instituutti"]),
        ("Kemijärven kaupunki/Elinkeino-osasto", ["Kemijärven kaupunki", "Elinkeino-osasto"]),
        ("Markkinointipalvelut / Lapin yliopisto", ["Lapin yliopisto", "Markkinointipalvelut"]),
        ("Lapin yliopiston markkinointipalveluiden", ["Lapin yliopisto", "markkinointipalvelut"]),
        ("Turun kaupunki / Turun kulttuurikeskus", ["Turun kaupunki", "Turun kulttuurikeskus"]),
        ("Hyria koulutus Oy (Riihimäen yksikkö)", ["Hyria koulutus", "Riihimäen yksikkö"]),
    ],
)
def test_owner_stands_before_its_unit_however_they_are_printed(printed: str, expected: list[str]) -> None:
    assert path(printed) == expected


@pytest.mark.parametrize(
    "printed",
    [
        "Savonia-ammattikorkeakoulun kuntayhtymä",
        "Etelä-Savon elinkeino-, liikenne- ja ympäristökeskus",
        "Kehittämiskeskus Oy Häme",
        "KIINTEISTÖ OY ROKUAN UUSI KYLPYLÄ",
        "MAANSIIRTOLIIKE KYÖSTI KAIHU OY",
        "Biosafe - Special Laboratory Services Oy Ltd",
        "Lounais-Suomen Liikunta ja Urheilu ry",
        "MUOTOILUTOIMISTO RISSANEN / PEKKANEN AVOIN YHTIÖ",
        "Keski-Savon Jätehuolto liikelaitoskuntayhtymä",
    ],
)
def test_names_of_one_body_are_not_cut(printed: str) -> None:
    assert len(path(printed)) == 1


@pytest.mark.parametrize(
    ("printed", "name", "alias"),
    [
        ("NORRHYDRO OYNORRHYDRO OY", "NORRHYDRO", "NORRHYDRO"),
        ("JUNNIKKALA OYJUNNIKKALA OY", "JUNNIKKALA", "JUNNIKKALA"),
        ("MAINOSTOIMISTO KIUAS OYSEVEN-1", "MAINOSTOIMISTO KIUAS", "SEVEN-1"),
        ("KOTKAN NAHKA OY KARLEBY LÄDER AB", "KOTKAN NAHKA", "KARLEBY LÄDER"),
        ("Keski-Karjalan Uutisyhtiö Oy KUY", "Keski-Karjalan Uutisyhtiö", "KUY"),
        ("Suomen museoliitto - Finlands museiförbund ry", "Suomen museoliitto", "Finlands museiförbund"),
        ("Kuvion seudun koulutuskuntayhtymä (KUSEKO)", "Kuvion seudun koulutuskuntayhtymä", "KUSEKO"),
        ("TAO Turun Ammattiopistosäätiö", "Turun Ammattiopistosäätiö", "TAO"),
    ],
)
def test_other_names_of_one_body_are_aliases(printed: str, name: str, alias: str) -> None:
    parsed = parse_name(printed)
    assert parsed.body.text == name
    assert alias in [title.text for title in parsed.aliases]
    assert len(parsed.path) == 1


def test_abbreviations_are_paired_with_the_body_they_stand_beside() -> None:
    parsed = parse_name("Joensuun seudun nuorisoasuntoyhdistys ry (Josna)")
    assert [(short, title.text) for short, title in parsed.abbreviations] == [
        ("josna", "Joensuun seudun nuorisoasuntoyhdistys")
    ]


def test_another_firm_in_brackets_says_nothing_of_who_is_meant() -> None:
    parsed = parse_name("YEZ OY (MONDEX OY)")
    assert (parsed.body.text, parsed.aliases, parsed.former) == ("YEZ", (), ("MONDEX",))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Aikuiskoulutuskeskus Lieto", "Liedon aikuiskoulutuskeskus"),
        ("Kainuun ammattiyhtymä", "KAINUUN AMMATTIYHTYMÄN"),
        ("Pohjois-Savon liitto maakuntayhtymä", "Pohjois-Savon liitto"),
        ("Vaasan kaupunk i/ Vesilaitos", "VAASAN KAUPUNKI Vesilaitos"),
        ("Oy Planray Ab", "PLANRAY OY"),
    ],
)
def test_slips_and_inflection_do_not_change_the_key(first: str, second: str) -> None:
    assert normalise(first) == normalise(second)


def test_a_name_of_the_material_is_an_owner_where_the_authority_file_has_none() -> None:
    unknown = "Keijukaisten yliopisto Lumousopin laitos"
    assert [t.text for t in Grammar(frozenset({"keijukaistenyliopisto"})).parse(unknown).path] == [
        "Keijukaisten yliopisto",
        "Lumousopin laitos",
    ]
    inflected = "Keijukaisten yliopiston lumousopin laitos"
    assert len(Grammar(frozenset({"keijukaistenyliopisto"})).parse(inflected).path) == 2


@given(st.text(alphabet="aäoKÖN yO/()-;,.", max_size=40))
def test_every_text_is_read_as_something(name: str) -> None:
    parsed = parse_name(name)
    assert parsed.path
