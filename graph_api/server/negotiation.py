"""Content negotiation (RFC 9110, section 12.5.1): which of the forms on offer a client likes best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Offer:
    """A media type, and the name of the form that it is written in."""

    media_type: str
    form: str

    @property
    def content_type(self) -> str:
        """Return the header's value: text in UTF-8 says so."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


RESULT_OFFERS = (
    Offer("application/sparql-results+json", "json"),
    Offer("application/sparql-results+xml", "xml"),
    Offer("text/csv", "csv"),
    Offer("text/tab-separated-values", "tsv"),
    Offer("application/json", "json"),
    Offer("application/xml", "xml"),
)
RDF_OFFERS = (
    Offer("text/turtle", "turtle"),
    Offer("application/n-triples", "ntriples"),
    Offer("application/ld+json", "jsonld"),
    Offer("application/rdf+xml", "rdfxml"),
    Offer("application/trig", "trig"),
    Offer("application/n-quads", "nquads"),
)


@lru_cache(maxsize=256)  # clients say the same again and again
def negotiate(accept: str | None, offers: tuple[Offer, ...]) -> Offer | None:
    """Return the best offer: the highest quality, then the one offered first; None when nothing fits.

    The quality of an offer is that of the most specific range it falls in; a header that is missing accepts everything.
    """
    if accept is None or not accept.strip():
        return offers[0]
    ranges = _ranges(accept)
    quality, best = max(((_quality(offer.media_type, ranges), -index) for index, offer in enumerate(offers)))
    return offers[-best] if quality > 0 else None


def _ranges(accept: str) -> dict[str, float]:
    ranges: dict[str, float] = {}
    for part in accept[:_LONGEST].split(","):
        name, *parameters = (word.strip().lower() for word in part.split(";"))
        quality = next((word[2:] for word in parameters if word.startswith("q=")), "1")
        try:
            ranges[name] = max(ranges.get(name, 0.0), min(1.0, float(quality)))
        except ValueError:
            continue  # a range whose quality cannot be read says nothing
    return ranges


def _quality(media_type: str, ranges: dict[str, float]) -> float:
    group = media_type.partition("/")[0]
    return next((ranges[name] for name in (media_type, f"{group}/*", "*/*") if name in ranges), 0.0)


def preferred_language(accept: str | None, known: tuple[str, ...]) -> str:
    """Return the language that a client likes best (RFC 9110, section 12.5.4): "sv-FI" is "sv"; else the first known."""
    ranges = {name.partition("-")[0]: quality for name, quality in reversed(_ranges(accept or "").items())}
    best = max(known, key=lambda language: ranges.get(language, 0.0))
    return best if ranges.get(best, 0.0) > 0 else known[0]


def wants_page(accept: str | None, others: tuple[Offer, ...] = ()) -> bool:
    """Say whether a client names HTML and likes it at least as well as any other of the offers."""
    html = Offer("text/html", "html")
    return "text/html" in (accept or "").lower() and negotiate(accept, (html, *others)) == html
