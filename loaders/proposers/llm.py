"""A language model behind an address that speaks the chat completions protocol, asked through the `openai` client.

The client is imported when the first question is asked. Text leaves the machine only to the configured address, with
e-mail addresses and telephone numbers covered; redirects are not followed.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from loaders.errors import CannotRunError, ProposerError
from loaders.language.contacts import mask_contacts
from loaders.model import Proposal, Span
from loaders.proposers.answers import Answers, question_key
from loaders.proposers.chunks import chunks
from loaders.proposers.prompt import INSTRUCTIONS, PROMPT_VERSION, SCHEMA, read_answer

if TYPE_CHECKING:
    import openai

CONFIDENCE = 0.5
MAX_RETRIES = 2
MAX_ANSWER = 4_000_000
MAX_FAILURES = 3


@dataclass(slots=True)
class LlmProposer:
    """Asks a language model.

    Parameters
    ----------
    base_url : str
        The address of the server, such as ``http://localhost:8000/v1``.
    model : str
        The model's name.
    cache : Path
        The folder of the answers.
    key : str
        The server's key; empty where it asks for none.
    timeout : float
        Seconds for one question, its retries included.
    total_timeout : float
        Seconds for one document.
    chunk : int
        How many characters are sent at a time.

    Raises
    ------
    CannotRunError
        The client is not installed.
    """

    base_url: str
    model: str
    cache: Path
    key: str = field(default="", repr=False)
    timeout: float = 120.0
    total_timeout: float = 600.0
    chunk: int = 8000
    confidence: float = CONFIDENCE
    _failures: int = field(default=0, init=False)
    _given_up: str = field(default="", init=False)

    def __post_init__(self) -> None:
        if find_spec("openai") is None:
            raise CannotRunError(
                "The proposer llm needs the package openai. Install it: pip install 'hankeverkko[llm]'"
            )

    @property
    def name(self) -> str:
        """Return the proposer with its model and the version of the question."""
        return f"llm:{self.model}/{PROMPT_VERSION}"

    def propose(self, text: str, language: str) -> Iterable[Proposal]:
        """Yield what the model takes for facts; all of a text, or a `ProposerError`."""
        if self._given_up:
            raise ProposerError(self._given_up, is_lasting=True)
        try:
            proposals = asyncio.run(self._ask_all(_sendable(text), language))
        except ProposerError as error:
            self._failures += 1
            if error.is_lasting or self._failures >= MAX_FAILURES:
                self._given_up = str(error)
            raise
        self._failures = 0
        return proposals

    async def _ask_all(self, text: str, language: str) -> list[Proposal]:
        proposals: list[Proposal] = []
        client = None
        try:
            async with asyncio.timeout(self.total_timeout):
                for window in chunks(text, self.chunk):
                    piece = text[window.start : window.end]
                    kept = self._kept(piece, language, window)
                    if kept is None:
                        client = client or self._client()
                        kept = await self._ask(client, piece, language, window)
                    proposals += kept
        except TimeoutError as error:
            raise ProposerError(
                f"The document was not read by the model within {self.total_timeout:g} seconds; what was answered is kept. "
                "Load it again, or raise HANKEVERKKO_LLM_TOTAL_TIMEOUT."
            ) from error
        finally:
            if client is not None:
                await client.close()
        return proposals

    def _question_key(self, piece: str, language: str) -> str:
        return question_key(self.model, PROMPT_VERSION, INSTRUCTIONS, SCHEMA, language, piece)

    def _kept(self, piece: str, language: str, window: Span) -> list[Proposal] | None:
        """Return what was answered before, or ``None``."""
        key, answers = self._question_key(piece, language), Answers(self.cache)
        answer = answers.get(key) if piece.strip() else '{"facts": []}'
        if answer is None:
            return None
        try:
            return read_answer(answer, window)
        except ValueError:
            answers.drop(key)
            return None

    def _client(self) -> openai.AsyncOpenAI:
        from openai import AsyncOpenAI, DefaultAsyncHttpxClient  # noqa: PLC0415 - only who asks for it waits for it

        client = AsyncOpenAI(
            base_url=self.base_url,
            api_key=self.key or "none",  # never the key for another server that the environment may hold
            timeout=self.timeout,
            max_retries=MAX_RETRIES,
            http_client=DefaultAsyncHttpxClient(follow_redirects=False, timeout=self.timeout),
        )
        client.organization = client.project = None
        return client

    async def _ask(self, client: openai.AsyncOpenAI, piece: str, language: str, window: Span) -> list[Proposal]:
        import openai  # noqa: PLC0415

        try:
            async with asyncio.timeout(self.timeout) as limit:
                body = await self._request(client, piece, language)
        except (TimeoutError, openai.APITimeoutError) as error:
            if isinstance(error, TimeoutError) and not limit.expired():
                raise  # the limit of the whole document
            raise ProposerError(
                f"The model's server at {self.base_url} did not answer within {self.timeout:g} seconds. "
                "Try later, or raise HANKEVERKKO_LLM_TIMEOUT."
            ) from error
        except openai.OpenAIError as error:
            raise self._error(error) from error
        except ProposerError:
            raise
        except Exception as error:  # the connection breaks while the answer is read, a key that no header can hold …
            raise ProposerError(
                f"The exchange with the model's server at {self.base_url} failed ({type(error).__name__}). Check the "
                "address and the key, or try later."
            ) from error
        answer = _content(body)
        try:
            proposals = read_answer(answer, window)
        except (ValueError, RecursionError) as error:
            raise ProposerError(
                f"The model {self.model!r} did not answer in the form asked for ({type(error).__name__}). Use a server and "
                "model that hold to a JSON schema."
            ) from error
        Answers(self.cache).keep(self._question_key(piece, language), answer)
        return proposals

    async def _request(self, client: openai.AsyncOpenAI, piece: str, language: str) -> bytes:
        received = bytearray()
        async with client.chat.completions.with_streaming_response.create(
            model=self.model,
            messages=[
                {"role": "system", "content": INSTRUCTIONS},
                {"role": "user", "content": f"Language: {language}\n\nDocument:\n{piece}"},
            ],
            response_format={
                "type": "json_schema",
                "json_schema": {"name": "facts", "schema": SCHEMA, "strict": True},
            },
        ) as response:
            async for part in response.iter_bytes():
                received += part
                if len(received) > MAX_ANSWER:
                    raise ProposerError(f"The answer of {self.base_url} is too long to be one. Check the address.")
        return bytes(received)

    def _error(self, error: openai.OpenAIError) -> ProposerError:
        status = getattr(error, "status_code", None)
        where = f"The model's server at {self.base_url}"
        if status in {401, 403}:
            return ProposerError(f"{where} refuses the key. Check HANKEVERKKO_LLM_KEY.", is_lasting=True)
        if status == 404:
            return ProposerError(
                f"{where} knows no such address or no model {self.model!r}. Check HANKEVERKKO_LLM_BASE_URL (it mostly ends "
                "in /v1) and HANKEVERKKO_LLM_MODEL.",
                is_lasting=True,
            )
        if status is None:
            return ProposerError(
                f"{where} cannot be reached. Start it, or check HANKEVERKKO_LLM_BASE_URL.", is_lasting=True
            )
        if 300 <= status < 400:
            return ProposerError(
                f"{where} points to another address, where no text is sent. Give the right one in "
                "HANKEVERKKO_LLM_BASE_URL.",
                is_lasting=True,
            )
        return ProposerError(
            f"{where} could not answer (HTTP status {status}) after {MAX_RETRIES + 1} tries at most. Try later, or see its log."
        )


def _sendable(text: str) -> str:
    """Return a text of the same length that may leave the machine: no contact details, no lone surrogates."""
    return mask_contacts(text.encode("utf-8", "replace").decode("utf-8"))


def _content(body: bytes) -> str:
    """Return the words of a chat completion.

    Raises
    ------
    ProposerError
        It is none; the model refused; the answer was cut short.
    """
    try:
        choice: Any = json.loads(body)["choices"][0]
        message, reason = choice["message"], choice.get("finish_reason")
        content, refusal = message.get("content"), message.get("refusal")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ProposerError(
            "What the server answered is no chat completion. Check HANKEVERKKO_LLM_BASE_URL: it must be the address of an "
            "OpenAI-compatible interface."
        ) from error
    if refusal or reason == "content_filter":
        raise ProposerError("The model refused to read the document. Try another model.")
    if reason == "length":
        raise ProposerError("The model's answer was cut short. Use a model or a server with room for longer answers.")
    if not isinstance(content, str):
        raise ProposerError("The model answered without words. Use a model that holds to a JSON schema.")
    return content
