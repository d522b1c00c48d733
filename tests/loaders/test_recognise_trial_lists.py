"""Lists of trials: what opens them, what their items are, and what is no such list."""

from __future__ import annotations

import pytest

from loaders.recognise.trial_lists import listed_trials
from loaders.text import Text
from loaders.vocabulary import word_list


@pytest.mark.parametrize(
    "text",
    [
        "Kehittämiskokeilut olivat:\n• Kävelykokoukset\n• Ryhmäneuvola.\nMuuta\n• Ei tämä",
        "Kokeilut:\n- Kävelykokoukset\n– Ryhmäneuvola,",
        "Kokeilut lukuvuonna 2017-2018\n- Kävelykokoukset\n- Ryhmäneuvola",
        "Kokeilusatamat ja vastuutahot:\na) Kävelykokoukset\nb) Ryhmäneuvola",
        "Hanketta on valmisteltu pitkään. Kokeilimme toimintaa ensin kahdessa talossa:\n• Kävelykokoukset\n• Ryhmäneuvola",
        "Projektissa kokeillaan\n- Kävelykokoukset\n- Ryhmäneuvola",
        "KOTITESTIT (laite - yritys)\n1 Kävelykokoukset\n2 Ryhmäneuvola",
        "Pilotarbetsplatser:\n• Kävelykokoukset\n• Ryhmäneuvola",
        "The pilots were:\n• Kävelykokoukset\n• Ryhmäneuvola",
    ],
)
def test_a_line_opens_a_list_of_trials(text: str) -> None:
    found = list(listed_trials(Text(text)))
    assert [trial.title for trial in found] == ["Kävelykokoukset", "Ryhmäneuvola"]
    assert all(text[trial.span.start : trial.span.end] == trial.said for trial in found)


@pytest.mark.parametrize(
    "text",
    [
        "Tulokset:\n• Säästöä\n• Iloa",
        "Kokeilun tulokset:\n• Säästöä\n• Iloa",
        "Kokeilun vaiheet:\n1. Suunnittelu\n2. Toteutus",
        "Kokeilimme monta tapaa.\n• Säästöä\n• Iloa",
        "Hankkeessa kokeillaan ja\n-kartoitetaan satamat\n-koulutetaan yrittäjiä",
        "Kokeilut:\n1. Kuka maksaa?\n2. Kuka tekee?",
        "Kokeilut:\n- Yksi vain",
    ],
)
def test_results_steps_and_questions_are_no_trials(text: str) -> None:
    assert list(listed_trials(Text(text))) == []


@pytest.mark.parametrize("word", [w for w in word_list("trials") + word_list("trying") if not w.startswith("…")])
def test_each_word_of_the_vocabulary_opens_a_list(word: str) -> None:
    opening = word.replace("…", "kohtee").capitalize()
    assert [trial.title for trial in listed_trials(Text(f"{opening}:\n- Kotihoito\n- Päiväkoti\n"))] == [
        "Kotihoito",
        "Päiväkoti",
    ]


def test_an_item_that_tells_who_tries_what_is_prose() -> None:
    text = "Kokeilut kunnissa\n• Kiteen kirjasto kokeilee satuhuonetta.\n• Lieksassa testataan lukukummeja.\n"
    assert list(listed_trials(Text(text))) == []


def test_what_explains_a_trial_is_no_part_of_its_title() -> None:
    text = "Kolme kokeilua käynnistyy keväällä:\n1. Lähete. Lääkäri antaa sen.\n2. Tarinasauna, jossa kerrotaan.\n3. Lainaamo"
    found = list(listed_trials(Text(text)))
    assert [trial.title for trial in found] == ["Lähete", "Tarinasauna", "Lainaamo"]
    assert all(text[trial.span.start : trial.span.end] == trial.said for trial in found)


def test_a_trial_may_have_a_numbered_heading() -> None:
    text = "Kaksi pilottia\n\nPilotti 1: Palautuspiste, Hamina\nSe avattiin keväällä.\n\nPilotti 2: Kierrätysvene\n"
    assert [trial.title for trial in listed_trials(Text(text))] == ["Palautuspiste, Hamina", "Kierrätysvene"]


def test_items_may_have_labels_for_marks() -> None:
    text = "Kukin kunta valitsi kokeilunsa:\nKitee: viikkovartti – lyhyt aloitus\nLieksa: kiertävä työpöytä\nMuuta\n"
    assert [trial.title for trial in listed_trials(Text(text))] == ["Kitee: viikkovartti", "Lieksa: kiertävä työpöytä"]


@pytest.mark.parametrize("word", word_list("about-trials"))
def test_each_word_about_trials_closes_it(word: str) -> None:
    opening = f"Kokeilut ja niiden {word.strip('…')}:"
    assert list(listed_trials(Text(f"{opening}\n- Kotihoito\n- Päiväkoti\n"))) == []


def test_work_packages_that_are_trials() -> None:
    text = "Työpaketit:\nTP1 Kartoitus (Luke)\nTP2 Uuteainepilotti: männyn kuori, Joensuu (UEF)\nTP3 Viestintä"
    (found,) = listed_trials(Text(text))
    assert found.title == "Uuteainepilotti: männyn kuori, Joensuu"
    assert found.said == "Uuteainepilotti: männyn kuori, Joensuu (UEF)"


def test_a_note_in_brackets_is_no_part_of_the_title() -> None:
    text = "Pilotit:\n• Kirjastobussi (peruttu 2022)\n• Verkkoneuvonta"
    assert [trial.title for trial in listed_trials(Text(text))] == ["Kirjastobussi", "Verkkoneuvonta"]
