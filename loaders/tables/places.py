"""Places as international lists print them: NUTS codes, and names of Finnish towns in capitals without diacritics."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from loaders.vocabulary import scheme

_MUNICIPALITIES = frozenset({"municipality", "former-municipality"})


def region_of(nuts_code: str) -> str | None:
    """Return the region (notation) of a Finnish NUTS 3 code of any version ("FI1D7" → "maakunta-19"), or ``None``."""
    return _regions().get(nuts_code.strip().upper())


@cache
def _regions() -> Mapping[str, str]:
    return {
        code: place.notation for place in scheme("places").values() for code in place.properties.get("nutsCode", ())
    }


def municipality_of(town: str) -> str | None:
    """Return the municipality (notation) that a Finnish town's name means ("HAMEENLINNA", "Esbo"), or ``None``."""
    return _municipalities().get(without_marks(town))


@cache
def _municipalities() -> Mapping[str, str]:
    found: dict[str, str | None] = {}
    for place in sorted(scheme("places").values(), key=lambda p: (p.first("placeKind") != "municipality", p.notation)):
        if place.first("placeKind") in _MUNICIPALITIES:
            for key in {without_marks(label.text) for label in place.labels if label.kind != "hidden"}:
                known = found.setdefault(key, place.notation)
                if known != place.notation and place.first("placeKind") == "municipality":
                    found[key] = None  # two of the name
    return {key: notation for key, notation in found.items() if notation}


def without_marks(text: str) -> str:
    """Return a text case folded, its letters without marks, blanks and hyphens alike: "Hämeenlinna" → "hameenlinna"."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).replace("-", " ").split())
