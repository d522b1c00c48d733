"""Settings, read from the environment (HANKEVERKKO_…) when they are asked for, and frozen."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


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
