"""Making the proposers that a user asks for, from the settings."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import urlsplit

from graph_api.settings import Settings
from loaders.errors import UsageError
from loaders.proposers import Proposer
from loaders.proposers.answers import Answers


class ProposerName(StrEnum):
    """The proposers."""

    LLM = "llm"
    SPACY = "spacy"


def make_proposers(names: Iterable[str]) -> tuple[Proposer, ...]:
    """Return the proposers of some names, each once.

    Raises
    ------
    UsageError
        A name is unknown, or a setting is missing or makes no sense.
    CannotRunError
        What a proposer needs is not installed.
    """
    return tuple(_make(name, Settings()) for name in dict.fromkeys(names))


def _make(name: str, settings: Settings) -> Proposer:
    if name == ProposerName.LLM:
        return _language_model(settings)
    if name == ProposerName.SPACY:
        from loaders.proposers.spacy import SpacyProposer  # noqa: PLC0415 - only who asks for it needs it

        return SpacyProposer(settings.spacy_model)
    raise UsageError(f"There is no proposer {name!r}. There are: {', '.join(ProposerName)}.")


def _language_model(settings: Settings) -> Proposer:
    from loaders.proposers.llm import LlmProposer  # noqa: PLC0415

    if not settings.llm_base_url or not settings.llm_model:
        raise UsageError(
            "The proposer llm needs to know which model to ask. Set HANKEVERKKO_LLM_BASE_URL (such as "
            "http://localhost:8000/v1) and HANKEVERKKO_LLM_MODEL; HANKEVERKKO_LLM_KEY where the server asks for a key."
        )
    return LlmProposer(
        base_url=_checked(settings.llm_base_url),
        model=settings.llm_model,
        cache=answers(settings).folder,
        key=settings.llm_key.get_secret_value() if settings.llm_key else "",
        timeout=settings.llm_timeout,
        total_timeout=settings.llm_total_timeout,
    )


def answers(settings: Settings) -> Answers:
    """Return the answers of language models that are kept."""
    return Answers(settings.cache / "llm")


def _checked(address: str) -> str:
    try:
        parts = urlsplit(address)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        is_good = False
    if not is_good:
        raise UsageError("HANKEVERKKO_LLM_BASE_URL is not an address. Give one such as http://localhost:8000/v1.")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise UsageError(
            "HANKEVERKKO_LLM_BASE_URL must hold no password and no query. Give the key in HANKEVERKKO_LLM_KEY."
        )
    return address
