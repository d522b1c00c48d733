"""A small page about an entity, made to stand in a frame of another program's page: no script, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from graph_api.reconciliation.extension import Cell
from graph_api.reconciliation.properties import PROPERTIES
from graph_api.reconciliation.types import FOLDERS
from loaders.iris import BASE
from loaders.resources import read_text

WIDTH, HEIGHT = 430, 300
_MOST_VALUES, _LONGEST = 6, 200
_NAMES = ("name_fi", "name_sv", "name_en")
_STYLE = (
    "body{font:14px/1.4 sans-serif;margin:8px;color:#222;background:#fff}h1{font-size:17px;margin:0}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 10px;margin:8px 0}dt{color:#555}dd{margin:0}"
    ".what,.iri{margin:2px 0;color:#555;overflow-wrap:anywhere}.iri{font-size:12px}"
)
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""The page's Content Security Policy; any program may show it in a frame, for there is nothing in it to click on."""
SHOWN = (
    "name",
    *_NAMES,
    *("type", "kind", "code", "businessId", "place", "region", "unitOf", "currentForm", "start", "end"),
    *("initiatives", "funded", "users", "participant", "funder", "method", "programme", "broader", "within"),
)
"""The properties in a preview."""


def render_preview(identifier: str, cells: Mapping[str, Sequence[Cell]]) -> str:
    """Return the page.

    Parameters
    ----------
    identifier : str
        The entity's.
    cells : mapping
        The values of the properties in `SHOWN`, by property.
    """
    named = next((_text(cell) for name in (*_NAMES, "name") for cell in cells.get(name, ())), identifier)
    shown = (name for name in SHOWN if name != "name" and _says(name, cells, named))
    rows = [(PROPERTIES[name].name, _texts(cells[name])) for name in shown]
    return _template().render(
        name=named,
        what=FOLDERS[identifier.partition("/")[0]],
        rows=rows,
        iri=BASE + identifier,
        style=Markup(_STYLE),  # noqa: S704 - our own, and the policy's hash is of this text
    )


def _says(name: str, cells: Mapping[str, Sequence[Cell]], named: str) -> bool:
    found = [cell for cell in cells.get(name, ()) if cell.get("int") != 0]
    return bool(found) and not (name in _NAMES and _text(found[0]) == named)


def _texts(cells: Sequence[Cell]) -> list[str]:
    shown = [_text(cell) for cell in cells[:_MOST_VALUES]]
    return [*shown, *([f"and {len(cells) - _MOST_VALUES} more"] if len(cells) > _MOST_VALUES else [])]


def _text(cell: Cell) -> str:
    text = str(next((cell[key] for key in ("name", "str", "int", "float") if key in cell), ""))
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + " …"


def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(read_text("graph_api.reconciliation", "preview.html"))
