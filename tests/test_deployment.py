"""What the operator's files name has to be there: settings, routes, commands; and what they promise stands in them."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph_api.cli.main import app
from graph_api.server.app import create_app
from graph_api.settings import Settings

FILES = ["Dockerfile", "docs/deploy/hankeverkko.service", "docs/serving.md", "docs/sparql.md"]


@pytest.mark.parametrize("name", FILES)
def test_settings_that_are_named_are_there(repository: Path, name: str) -> None:
    text = (repository / name).read_text("utf-8")
    named = set(re.findall(r"HANKEVERKKO_([A-Z][A-Z_]*[A-Z])\b", text))
    if name.endswith(".md"):
        for line in text.splitlines():
            cells = [cell.strip() for cell in line.split("|")]
            named |= {
                word for cell in cells for word in re.split(r", ", cell) if re.fullmatch(r"[A-Z]+(_[A-Z]+)+", word)
            }
    assert named
    assert {setting.lower() for setting in named} - {"query_"} <= set(Settings.model_fields)


def test_routes_that_are_named_are_there(repository: Path) -> None:
    named = set(re.findall(r"`(?:GET |POST )?(/[a-z/]+)`", (repository / "docs/serving.md").read_text("utf-8")))
    assert {"/healthz", "/readyz", "/metrics", "/api/reviews", "/api/contacts", "/api/audit"} <= named
    assert named <= set(create_app(Settings()).openapi()["paths"])


def test_commands_that_are_named_are_there(repository: Path) -> None:
    text = "".join((repository / name).read_text("utf-8") for name in FILES)
    named = set(re.findall(r"hankeverkko (backup|restore|serve|build|token \w+)", text))
    assert {"backup", "restore", "serve", "token create", "token list", "token revoke"} <= named
    for command in named:
        assert CliRunner().invoke(app, [*command.split(), "--help"]).exit_code == 0, command


def test_the_image_has_no_rights_and_looks_after_its_health(repository: Path) -> None:
    last = (repository / "Dockerfile").read_text("utf-8").rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d*$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "/readyz" in last
    assert "pip" not in last, "nothing is downloaded into the image that runs"


def test_the_service_is_confined(repository: Path) -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(repository / "docs/deploy/hankeverkko.service", "utf-8")
    service = unit["Service"]
    expected = {
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "IPAddressDeny": "any",
        "CapabilityBoundingSet": "",
    }
    assert {name: service[name] for name in expected} == expected
    assert service["User"] != "root"
