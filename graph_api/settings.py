"""Settings, read from the environment (HANKEVERKKO_…) when they are asked for, and frozen."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

from platformdirs import user_cache_path, user_data_path
from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


def _split(given: object) -> object:
    """Return the words of a text: lists are written with blanks or commas between their members."""
    return tuple(word for word in re.split(r"[\s,]+", given) if word) if isinstance(given, str) else given


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]


class Settings(BaseSettings):
    """What can be set from outside.

    Parameters
    ----------
    store : Path
        The folder of the store (HANKEVERKKO_STORE).
    curation : Path or None
        The folder of what people decided (HANKEVERKKO_CURATION); ``None`` is ``curation`` in the store.
    contact_days : int
        How long contact details of people are kept, in days (HANKEVERKKO_CONTACT_DAYS).
    cache : Path
        The folder of what can be made again, such as answers of a language model (HANKEVERKKO_CACHE).
    llm_base_url, llm_model, llm_key : str
        The server that `--proposer llm` asks, the model, and the server's key (HANKEVERKKO_LLM_BASE_URL, …).
    llm_timeout, llm_total_timeout : float
        Seconds for one question, and for all questions on a document (HANKEVERKKO_LLM_TIMEOUT, …).
    spacy_model : str
        The pipeline of `--proposer spacy` (HANKEVERKKO_SPACY_MODEL).
    query_workers, query_waiting : int
        How many queries the server answers at a time, and how many may wait for their turn.
    query_seconds, query_memory_mb, answer_mb : float, int
        What one query may take: time, memory (of addresses, of which an idle process has 530 MB), size of its answer.
    request_kb : int
        The size of the body of a request.
    update_token : str or None
        Who has it may change the graph with SPARQL Update; without one, nobody may.
    update_seconds : float
        The time that one update may take.
    update_derived : bool
        Let updates write the graphs that are derived from documents and vocabularies as well.
    cors_origins : words
        The origins whose pages may ask the server; ``*`` is any.
    allowed_hosts : words
        The names under which the server answers; ``*`` is any.
    service_endpoints : words
        The endpoints that a query may call with SERVICE.
    tokens, audit : Path or None
        The file of tokens, and the audit log; ``None`` is ``tokens.json`` and ``audit.jsonl`` in the store.
    trusted_proxies : words
        Addresses or networks of proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.
    rate, rate_burst : float or None, int
        Requests a second that one client may make over time, and at once; with a token, five times as many. ``None`` is
        no limit for a server of this machine alone, and 20 for others.
    header_seconds, body_seconds : float
        How long a client may take to send the head of a request, and its body.
    log_requests, log_clients : bool
        Whether each answered request is a line of the log, and whether clients stand in it as they are.
    endpoint_user, endpoint_password, endpoint_token : str
        How another server lets one in, for ``query --endpoint`` and ``publish``.
    endpoint_seconds : float
        How long another server may take to answer.
    """

    model_config = SettingsConfigDict(env_prefix="HANKEVERKKO_", frozen=True)

    store: Path = Field(default_factory=lambda: user_data_path("hankeverkko") / "store")
    curation: Path | None = None
    contact_days: int = Field(default=730, ge=1)
    cache: Path = Field(default_factory=lambda: user_cache_path("hankeverkko"))
    llm_base_url: str | None = None
    llm_model: str | None = None
    llm_key: SecretStr | None = None
    llm_timeout: float = Field(default=120.0, gt=0)
    llm_total_timeout: float = Field(default=600.0, gt=0)
    spacy_model: str = "spacy_fi_experimental_web_md"
    query_workers: int = Field(default=2, ge=1, le=64)
    query_waiting: int = Field(default=32, ge=0)
    query_seconds: float = Field(default=30.0, gt=0)
    query_memory_mb: int = Field(default=1500, ge=768)
    answer_mb: float = Field(default=256, gt=0)
    request_kb: int = Field(default=1024, ge=1)
    update_token: SecretStr | None = Field(default=None, min_length=16)
    update_seconds: float = Field(default=120.0, gt=0)
    update_derived: bool = False
    cors_origins: Words = ()
    allowed_hosts: Words = ()
    service_endpoints: Words = ()
    tokens: Path | None = None
    audit: Path | None = None
    trusted_proxies: Words = ()
    rate: float | None = Field(default=None, gt=0)
    rate_burst: int = Field(default=200, ge=1)
    header_seconds: float = Field(default=10.0, gt=0)
    body_seconds: float = Field(default=30.0, gt=0)
    log_requests: bool = True
    log_clients: bool = False
    endpoint_user: str | None = None
    endpoint_password: SecretStr | None = None
    endpoint_token: SecretStr | None = None
    endpoint_seconds: float = Field(default=60.0, gt=0)
