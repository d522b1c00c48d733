"""Settings, read from the environment (HANKEVERKKO_…) when they are asked for, and frozen."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
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
    """

    model_config = SettingsConfigDict(env_prefix="HANKEVERKKO_", frozen=True)

    store: Path = Field(default_factory=lambda: user_data_path("hankeverkko") / "store")
    curation: Path | None = None
    contact_days: int = Field(default=730, ge=1)
