"""One self-contained page for a map: it asks no host for anything and runs no text from a document.

The page has a Content Security Policy that allows the scripts and the style it was written with, by their SHA-256,
and nothing else (https://www.w3.org/TR/CSP3/). The data stands in it as JSON that no HTML parser can mistake for a tag.
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import networkx as nx
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from graph_api.maps.data import Quotes, map_data
from graph_api.maps.strings import strings
from loaders.errors import CannotRunError
from loaders.resources import read_text

_PACKAGE = "graph_api.maps"
_VIS_NETWORK = ("pyvis", "lib", "vis-9.1.2", "vis-network.min.js")
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def write_map(
    graph: nx.Graph,
    path: Path,
    *,
    title: str,
    language: str = "en",
    quotes: Quotes | None = None,
    seed: int = 1,
) -> None:
    """Write the map of a network as one HTML file that opens without a network connection.

    `graph` comes from `to_networkx` (its attributes may be missing), `quotes` from `read_quotes`. The same arguments
    give the same bytes.

    Raises UsageError for a language without a translation, CannotRunError where the file cannot be written or pyvis
    does not carry the library it should.
    """
    page = render_map(graph, title=title, language=language, quotes=quotes, seed=seed)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.encode())
    except OSError as error:
        raise CannotRunError(
            f"The map cannot be written to {path} ({error.strerror}). Choose another place."
        ) from error


def render_map(
    graph: nx.Graph, *, title: str, language: str = "en", quotes: Quotes | None = None, seed: int = 1
) -> str:
    """Return the page that `write_map` writes."""
    words = strings(language)
    data = map_data(graph, words, quotes=quotes, seed=seed)
    scripts = [_vis_network(), read_text(_PACKAGE, "map.js")]
    style = read_text(_PACKAGE, "map.css")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(read_text(_PACKAGE, "map.html")).render(
        title=_printable(title),
        language=language,
        words=words,
        policy=_policy(scripts, style),
        counts={name: len(data[name]) for name in ("organisations", "edges", "initiatives")},
        scripts=[Markup(script) for script in scripts],  # noqa: S704 (packaged code, no document text)
        style=Markup(style),  # noqa: S704
        data=Markup(embed_json(data)),  # noqa: S704 (escaped by embed_json)
    )


def embed_json(data: Any) -> str:
    """Return JSON that may stand inside a script element: no `<`, `>`, `&` nor line separators occur in it.

    Raises ValueError for a number that is not finite.
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return _printable(text.translate(_ESCAPES))


def _policy(scripts: list[str], style: str) -> str:
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _vis_network() -> str:
    """Return the library that pyvis carries, without its pointer to a source map, which a browser would ask for."""
    try:
        text = read_text(*_VIS_NETWORK)
    except FileNotFoundError as error:
        raise CannotRunError(
            f"The pyvis package has no {'/'.join(_VIS_NETWORK[1:])}. Install pyvis 0.3.2 and try again."
        ) from error
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL"))


def _printable(text: str) -> str:
    """Replace lone surrogates, which UTF-8 cannot say."""
    return text.encode("utf-8", "replace").decode("utf-8")
