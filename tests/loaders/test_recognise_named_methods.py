"""New methods by the shape of their names, and what only looks like one."""

from __future__ import annotations

import pytest

from loaders.gazetteer import gazetteer
from loaders.model import Span
from loaders.recognise.method_heads import method_heads, names_method, split_head, stems_of_compounds
from loaders.recognise.methods import accepted_hits, known_methods, new_methods
from loaders.text import Text


def new(sentence: str) -> list[str]:
    """Return the new methods of a sentence as the reading of prose asks for them: beside those that are known."""
    text, regions = Text(sentence), [Span(0, len(sentence))]
    hits = gazetteer().find(sentence)
    taken = [hit.span for hit in hits if hit.kind == "organisation"]
    taken += [hit.span for hit in accepted_hits(text, hits, regions)]
    return [method.name for method in new_methods(text, regions, taken)]


def known(sentence: str) -> list[str]:
    text = Text(sentence)
    return [m.name for m in known_methods(text, gazetteer().find(sentence), [Span(0, len(sentence))])]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        # a name of one or several words before its kind
        ("Hankkeessa kehitettiin Toimiva arki -valmennus perheille.", ["Toimiva arki -valmennus"]),
        ("Ryhmissä kokeiltiin ”Hyvä hetki” -menetelmää.", ["Hyvä hetki -menetelmä"]),
        ("Osallistujat saivat Rohkeat Askeleet -kortteja kotiin.", ["Rohkeat Askeleet -kortti"]),
        ("Perheiden ilta -valmennus alkoi syksyllä.", ["Perheiden ilta -valmennus"]),
        ("Hankkeessa Voima-mallia levitettiin kouluihin.", ["Voima-malli"]),
        ("Kainuun Voima -malli syntyi kokeilusta.", ["Voima -malli"]),
        ("Otettiin käyttöön Pieni askel-menetelmä.", ["Pieni askel -menetelmä"]),
        ("Opettajat arvioivat Kaarna-kriteeristöllä.", ["Kaarna-kriteeristö"]),
        ("Tiimit pelasivat Satama-peliä.", ["Satama-peli"]),
        ("Nuoret saivat Tuuli-mobiilisovelluksen.", ["Tuuli-mobiilisovellus"]),
        # closed compounds
        ("Päiväkodissa toteutetaan vahvuuspedagogiikkaa.", ["vahvuuspedagogiikka"]),
        ("Vuosittain julkaistaan järjestöbarometri.", ["järjestöbarometri"]),
        ("Yrityksille laadittiin vastuullisuuskriteeristö.", ["vastuullisuuskriteeristö"]),
        ("Asukkaille järjestettiin haastekävelyjä keskustassa.", ["haastekävely"]),
        ("Ryhmissä kokeiltiin tunnekortteja.", ["tunnekortti"]),
        ("Kylissä luotiin osallisuusmittari.", ["osallisuusmittari"]),
        # models
        ("Kunta levittää Imatran mallia naapureihin.", ["Imatran malli"]),
        ("Syntyi nuorten osallisuuden malli.", ["nuorten osallisuuden malli"]),
        ("Hankkeessa rakennettiin kotona asumisen malli.", ["kotona asumisen malli"]),
        # names beside a word that speaks of a tool
        ("Käyttöön otettiin mobiilisovellus Nappula.", ["Nappula"]),
        ("Ryhmä sai työkalun ja työkalu Kaiku auttaa arjessa.", ["Kaiku"]),
        ("Vireä-niminen sovellus otettiin käyttöön.", ["Vireä"]),
        # other languages
        ("Projektet tog i bruk Vänskap-metoden.", ["Vänskap-metoden"]),
        ("Ungdomarna provade appen Hittaut.", ["Hittaut"]),
        ("The project tested the Double Loop method with young people.", ["Double Loop method"]),
    ],
)
def test_the_shape_of_a_name_tells_a_method(sentence: str, names: list[str]) -> None:
    assert new(sentence) == names


@pytest.mark.parametrize(
    "sentence",
    [
        "Hankkeessa kehitettiin yhteinen palvelumalli ja oma työkalu.",
        "Uusi yhteinen toimintamalli kehitettiin.",
        "Hankkeessa luotiin yhteisen toiminnan malli.",
        "Kehitimme uuden hyvinvointi -mallin.",
        "Hankkeen malli otettiin käyttöön.",
        "Kunnan malli on hyvä.",
        "Tavoitteena on kehittää liiketoimintamalli.",
        "Opetusmenetelmän avulla opittiin, ja työmenetelmiä kehitettiin.",
        "Käyttöön otettiin sähkömittari, pankkikortti ja ajokortti.",
        "Hän sai roolimallin isästään, ja se kehitti häntä.",
        "Liitteenä oli PDF-kysely ja Excel-työkalu.",
        "Käytettiin A4-korttia ja 2024-kyselyä.",
        "Kuluttajahintaindeksiä käytettiin, samoin sauvakävelyä.",
        "Oulun yliopiston video-oppimisalusta kehitettiin.",
        "Opettajat kokeilivat peliä Kartanolla.",
        "Käyttöön otettiin työkalu Tampereella.",
        "The new European model and the Finnish method were discussed.",
        "Kunta sai hyvän mallin naapurilta.",
    ],
)
def test_what_only_looks_like_a_name_is_left_alone(sentence: str) -> None:
    assert new(sentence) == []


def test_a_closed_compound_counts_where_it_is_made_or_used() -> None:
    assert new("Pöydällä oli tunnekortti.") == []
    assert new("Hankkeessa kokeiltiin tunnekorttia.") == ["tunnekortti"]


def test_a_known_method_is_found_in_the_plural() -> None:
    assert known("Kunnissa pidettiin kielikahviloita ja turvallisuuskävelyjä.") == [
        "kielikahvila",
        "turvallisuuskävely",
    ]


def test_a_name_that_is_a_word_too_keeps_its_capital() -> None:
    assert known("Suuntimassa valitaan asiakkuus.") == ["Suuntima"]
    assert known("Laivan suuntima mitattiin.") == []


def test_a_weak_name_that_says_what_it_is_need_only_be_made() -> None:
    assert known("Tiedolla johtamisen malli rakennettiin.") == ["tiedolla johtaminen"]
    assert known("Aiheena oli tiedolla johtamisen malli.") == []


@pytest.mark.parametrize("head", sorted(method_heads()))
def test_a_head_is_known_in_its_nominative(head: str) -> None:
    assert split_head(f"vire-{head}") == ("vire-", head) or split_head(head) == ("", head)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("osallisuusmittarilla", ("osallisuus", "mittari")),
        ("tunnekortteja", ("tunne", "kortti")),
        ("mobiilisovelluksen", ("mobiili", "sovellus")),
        ("valmennuksissa", ("", "valmennus")),
        ("kehittäminen", None),
    ],
)
def test_a_word_is_split_at_its_head(word: str, parts: tuple[str, str] | None) -> None:
    assert split_head(word) == parts


def test_the_stem_of_a_head_is_what_all_its_forms_begin_with() -> None:
    assert {"mall", "kort", "mittar", "pedagogiik"} <= set(stems_of_compounds())
    assert "pel" not in stems_of_compounds()  # "palapeli", "teerenpeli": most compounds of a game name none


def test_an_ordinary_compound_is_no_name() -> None:
    assert names_method("osallisuus", "mittari")
    assert not names_method("kuluttajahinta", "indeksi")
    assert not names_method("uus", "malli")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Taustalla on ABC-X-malli, jota käytetään.", "ABC-X-malli"),
        ("Työyhteisö täyttää TEST-pulssi-kyselyn.", "TEST-pulssi-kysely"),
        ("Vastuulla on yhdistyksen omistama Malliko-järjestelmä.", "Malliko-järjestelmä"),
        ("Modellen bygger på Mall samtal-metoden.", "Mall samtal-metoden"),
        ("Menetelmiä ovat pariluku ja luontokävely.", "pariluku"),
    ],
)
def test_names_with_a_hyphen_of_their_own_or_in_a_list(sentence: str, name: str) -> None:
    assert name in new(sentence)


def test_a_grant_that_bears_the_name_of_a_method_is_no_use_of_it() -> None:
    assert known("Rahaa saatiin liikkumisen ohjauksen valtionavustuksesta.") == []
    assert known("Kunnassa aloitettiin liikkumisen ohjaus.") == ["liikkumisen ohjaus"]
