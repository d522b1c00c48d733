"""The one module that mints IRIs.

An IRI depends on raw, stable values alone (a code, a business id, a normalised name), so the same input gives the
same IRI in whatever order it is loaded. Names of people are hashed: no readable personal data in an identifier.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

HV = "https://w3id.org/hankeverkko/ontology#"
BASE = "https://w3id.org/hankeverkko/id/"
GRAPH_BASE = "https://w3id.org/hankeverkko/graph/"

ONTOLOGY_GRAPH = GRAPH_BASE + "ontology"
VOCABULARY_GRAPH = GRAPH_BASE + "vocabularies"
IDENTITY_GRAPH = GRAPH_BASE + "identity"
INFERRED_GRAPH = GRAPH_BASE + "inferred"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
FOAF = "http://xmlns.com/foaf/0.1/"
OWL = "http://www.w3.org/2002/07/owl#"
GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"

_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def digest(*parts: object, length: int = 16) -> str:
    """Return a short stable hexadecimal digest of the parts (SHA-256; parts are separated unambiguously)."""
    joined = "\x1f".join("" if part is None else str(part) for part in parts)
    return hashlib.sha256(joined.encode()).hexdigest()[:length]


@lru_cache(maxsize=32_768)
def slug(text: str, length: int = 60) -> str:
    """Return a readable ASCII identifier: "Järvenpään kaupunki" → "jarvenpaan-kaupunki"."""
    folded = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return _NOT_SLUG.sub("-", folded).strip("-")[:length].strip("-") or digest(text)


def entity(kind: str, name: str) -> str:
    """Return the IRI of an entity: ``entity("role", "applicant")``."""
    return f"{BASE}{kind}/{name}"


def document_graph(document_key: str) -> str:
    """Return the IRI of the named graph that holds one version of one document."""
    return f"{GRAPH_BASE}document/{document_key}"
