"""The language model proposer against a real server on this machine: what is sent, what is believed, what goes wrong."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from loaders.errors import ProposerError
from loaders.extract import extract_source
from loaders.language.contacts import holds_contact
from loaders.model import Facts, Source, Standing
from loaders.proposers.answers import Answers

pytest.importorskip("openai", reason="the extra llm is not installed")

from loaders.proposers.llm import LlmProposer

TEXT = """Tuetun arjen malli
Kokeilu alkoi keväällä. Mukana kulki Vireä Verkko, jonka vetäjänä on Aino Esimerkki.
Kysy lisää: aino.esimerkki@example.fi tai 040 555 0161.
Budjetti on 12 500 euroa.
"""


def fact(kind: str, value: str, quote: str, role: str = "", organisation: str = "") -> dict[str, str]:
    return {"kind": kind, "value": value, "role": role, "organisation": organisation, "quote": quote}


NETWORK = fact("organisation", "Vireä Verkko", "Mukana kulki Vireä Verkko", "partner")


@pytest.fixture
def proposer(chat_server: Any, tmp_path: Path) -> LlmProposer:
    return LlmProposer(chat_server.address, "malli-1", tmp_path / "cache", key="avain", timeout=20.0)


def read(proposer: LlmProposer, text: str = TEXT) -> Facts:
    return extract_source(Source("testi", "ab" * 32, "text/plain", text), [proposer])


def test_a_fact_with_its_quote_is_a_draft_of_low_confidence(chat_server: Any, proposer: LlmProposer) -> None:
    chat_server.answers = [[NETWORK, fact("person", "Aino Esimerkki", "jonka vetäjänä on Aino Esimerkki", "vetäjänä")]]
    facts = read(proposer)
    found = next(o for o in facts.organisations if o.name == "Vireä Verkko")
    (evidence,) = found.evidence
    assert (found.role, evidence.rule, evidence.confidence) == ("partner", "llm:malli-1/1", 0.5)
    assert evidence.standing is Standing.INFERRED
    assert TEXT[evidence.span.start : evidence.span.end] == evidence.quote == "Mukana kulki Vireä Verkko"
    assert evidence.surface == "Vireä Verkko"
    (person,) = facts.persons
    assert (person.name, person.role, person.email, person.phone) == ("Aino Esimerkki", "vetäjänä", None, None)
    (outcome,) = facts.proposed
    assert (len(outcome.accepted), outcome.known, outcome.rejected, outcome.note) == (2, 0, {}, "")


def test_the_question_asks_for_a_schema_and_gives_the_key(chat_server: Any, proposer: LlmProposer) -> None:
    read(proposer)
    (request,) = chat_server.requests
    assert request["model"] == "malli-1"
    form = request["response_format"]
    assert form["type"] == "json_schema"
    assert form["json_schema"]["strict"] is True
    assert form["json_schema"]["schema"]["additionalProperties"] is False
    assert chat_server.keys == ["Bearer avain"]


def test_the_key_of_another_server_is_not_sent(
    chat_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "salaisuus")
    read(LlmProposer(chat_server.address, "malli-1", tmp_path))
    assert "salaisuus" not in str(chat_server.keys)


def test_a_quote_that_does_not_stand_in_the_text_is_rejected_and_counted(
    chat_server: Any, proposer: LlmProposer
) -> None:
    chat_server.answers = [
        [
            NETWORK,
            fact("organisation", "Keksitty Oy", "Mukana kulki Keksitty Oy"),
            fact("organisation", "Keksitty Oy", "Mukana kulki Vireä Verkko"),
        ]
    ]
    facts = read(proposer)
    assert [o.name for o in facts.organisations] == ["Vireä Verkko"]
    assert facts.proposed[0].rejected == {
        "its quote does not stand in the text": 1,
        "its quote does not say it": 1,
    }


def test_contact_details_are_covered_before_sending_and_never_taken(chat_server: Any, proposer: LlmProposer) -> None:
    chat_server.answers = [
        [
            fact("organisation", "aino.esimerkki@example.fi", "aino.esimerkki@example.fi"),
            fact("person", "Aino Esimerkki", "on Aino Esimerkki.\nKysy lisää: █████████████████████████ tai"),
        ]
    ]
    facts = read(proposer)
    (sent,) = chat_server.documents()
    assert len(sent) == len(TEXT)
    assert not holds_contact(sent)
    assert "aino.esimerkki" not in sent
    assert "0161" not in str(chat_server.requests)
    assert facts.proposed[0].rejected == {"it holds a contact detail": 1}
    (person,) = facts.persons
    assert not holds_contact(person.evidence.quote)
    assert person.evidence.quote == TEXT[person.evidence.span.start : person.evidence.span.end]


@pytest.mark.parametrize(
    "content",
    [
        "Ei JSONia",
        "[]",
        '{"facts": 1}',
        '{"facts": [1]}',
        '{"facts": [{"kind": "person"}]}',
        '{"facts": [',
        "[" * 100_000,
        "",
    ],
)
def test_an_answer_of_another_form_leaves_the_facts_of_the_rules(
    chat_server: Any, proposer: LlmProposer, content: str
) -> None:
    chat_server.answers = [content]
    facts = read(proposer)
    assert "did not answer in the form asked for" in facts.proposed[0].note
    assert [money.amount for money in facts.money] == ["12500"]


@pytest.mark.parametrize(
    ("answer", "message", "requests"),
    [
        (401, "HANKEVERKKO_LLM_KEY", 1),
        (404, "HANKEVERKKO_LLM_MODEL", 1),
        (400, "HTTP status 400", 1),
        (500, "HTTP status 500", 3),
        (302, "points to another address", 1),
        (b"<html>", "is no chat completion", 1),
        (b'{"choices": []}', "is no chat completion", 1),
        (b'{"choices": [{"message": {}}]}', "without words", 1),
        (b"x" * 5_000_000, "too long", 1),
    ],
)
def test_what_goes_wrong_is_a_sentence(
    chat_server: Any, proposer: LlmProposer, answer: Any, message: str, requests: int
) -> None:
    chat_server.answers = [answer]
    (outcome,) = read(proposer).proposed
    assert message in outcome.note
    assert outcome.note.endswith(".")
    assert "avain" not in outcome.note
    assert len(chat_server.requests) == requests


def test_a_refusal_and_an_answer_cut_short(chat_server: Any, proposer: LlmProposer) -> None:
    chat_server.message = {"content": None, "refusal": "En lue tätä."}
    assert "refused" in read(proposer).proposed[0].note
    chat_server.message, chat_server.finish_reason = {}, "length"
    assert "cut short" in read(proposer).proposed[0].note


def test_an_error_that_passes_is_tried_again(chat_server: Any, proposer: LlmProposer) -> None:
    chat_server.answers = [500, [NETWORK]]
    assert len(read(proposer).proposed[0].accepted) == 1
    assert len(chat_server.requests) == 2


def test_a_slow_answer_is_not_waited_for(chat_server: Any, tmp_path: Path) -> None:
    chat_server.answers = [3.0]
    proposer = LlmProposer(chat_server.address, "malli-1", tmp_path, timeout=0.4)
    begun = time.monotonic()
    assert "within 0.4 seconds" in read(proposer).proposed[0].note
    assert time.monotonic() - begun < 2.5


def test_a_document_has_a_limit_of_its_own(chat_server: Any, tmp_path: Path) -> None:
    chat_server.answers = [0.3]
    proposer = LlmProposer(chat_server.address, "malli-1", tmp_path, total_timeout=0.7, chunk=20)
    assert "HANKEVERKKO_LLM_TOTAL_TIMEOUT" in read(proposer).proposed[0].note
    assert 1 <= len(chat_server.requests) <= 4


def test_where_no_server_is_every_document_says_so_at_once(tmp_path: Path) -> None:
    proposer = LlmProposer("http://127.0.0.1:9/v1", "malli-1", tmp_path)
    notes = {read(proposer).proposed[0].note}
    begun = time.monotonic()
    notes |= {read(proposer).proposed[0].note for _ in range(5)}
    assert time.monotonic() - begun < 1.0
    (note,) = notes
    assert "cannot be reached" in note


def test_a_model_that_keeps_failing_is_not_asked_for_ever(chat_server: Any, proposer: LlmProposer) -> None:
    chat_server.answers = ["ei"]
    for _ in range(6):
        with pytest.raises(ProposerError):
            proposer.propose(TEXT, "fi")
    assert len(chat_server.requests) == 3


def test_the_same_question_is_asked_once(chat_server: Any, proposer: LlmProposer, tmp_path: Path) -> None:
    chat_server.answers = [[NETWORK]]
    first, second = read(proposer), read(proposer)
    assert len(chat_server.requests) == 1
    assert first == second
    read(LlmProposer(chat_server.address, "malli-2", proposer.cache))
    assert len(chat_server.requests) == 2
    kept = sorted(proposer.cache.iterdir())
    assert len(kept) == 2
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in kept)
    assert stat.S_IMODE(proposer.cache.stat().st_mode) == 0o700
    kept[0].write_text("puolik", "utf-8")
    kept[1].write_bytes(b"\xff")
    assert read(proposer) == first
    assert len(chat_server.requests) == 3
    Answers(proposer.cache).forget()
    assert list(proposer.cache.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_no_error(chat_server: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    chat_server.answers = [[NETWORK]]
    assert len(read(LlmProposer(chat_server.address, "m", tmp_path / "file" / "cache")).proposed[0].accepted) == 1


def test_a_long_text_is_sent_in_pieces_whose_offsets_are_those_of_the_text(chat_server: Any, tmp_path: Path) -> None:
    lines = [f"Rivi {number} kertoo, että mukana kulki Kumppani{number} Verkko.\n" for number in range(40)]
    text = "Mallin kuvaus\n\n" + "".join(lines)
    quotes = [f"mukana kulki Kumppani{number} Verkko" for number in range(40)]
    chat_server.answers = [
        [fact("organisation", f"Kumppani{number} Verkko", quote) for number, quote in enumerate(quotes)]
    ]
    facts = read(LlmProposer(chat_server.address, "m", tmp_path, chunk=300), text)
    assert len(chat_server.requests) > 5
    assert "".join(chat_server.documents()) == text
    assert all(len(piece) <= 300 for piece in chat_server.documents())
    found = [o.evidence[0] for o in facts.organisations]
    assert sorted(e.span.start for e in found) == [text.index(f"mukana kulki Kumppani{n} V") for n in range(40)]
    assert all(text[e.span.start : e.span.end] == e.quote for e in found)
    # Each answer names all forty; only those of the piece that was sent are believed.
    assert facts.proposed[0].rejected == {"its quote does not stand in the text": 40 * (len(chat_server.requests) - 1)}


def test_who_does_not_ask_for_a_proposer_imports_none_and_asks_nobody(repository: Path, chat_server: Any) -> None:
    program = (
        "import sys; from pathlib import Path; from loaders.extract import extract; "
        "import graph_api.proposing, graph_api.intake; facts = extract(Path(sys.argv[1])); "
        "print(len(facts.organisations), [m for m in ('openai', 'httpx2', 'spacy', 'asyncio') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(repository / "data" / "documents" / "liaani.txt")],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "HANKEVERKKO_LLM_BASE_URL": chat_server.address, "HANKEVERKKO_LLM_MODEL": "m"},
    )
    number, _, imported = done.stdout.partition(" ")
    assert int(number) > 0
    assert "openai" not in imported
    assert "httpx2" not in imported
    assert "spacy" not in imported
    assert chat_server.requests == []
