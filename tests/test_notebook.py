"""The worked example of docs/notebook, executed from top to bottom on a store of the demo documents."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import networkx as nx
import pytest
from nbclient import NotebookClient

from graph_api.build import build

SECONDS = 300


@pytest.fixture(scope="module")
def notebook(repository: Path) -> nbformat.NotebookNode:
    return nbformat.read(repository / "docs" / "notebook" / "collaboration.ipynb", as_version=4)


def test_it_is_kept_without_outputs(notebook: nbformat.NotebookNode) -> None:
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) > 10
    assert [cell.id for cell in code if cell.outputs or cell.execution_count] == []


def test_it_runs_from_top_to_bottom(
    notebook: nbformat.NotebookNode, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([repository / "data"], tmp_path / "store", validate=False)
    # What Jupyter keeps goes into the temporary folder, and the kernel finds this checkout first.
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR", "HANKEVERKKO_NOTEBOOK_OUTPUT"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("HANKEVERKKO_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(repository), os.environ.get("PYTHONPATH", "")]))
    client = NotebookClient(
        notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": tmp_path}}
    )
    client.execute()
    said = "\n".join(
        output.get("text") or output.get("data", {}).get("text/plain", "")
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )
    for words in ("initiatives whose partners are known", "Closest collaborations", "modularity", "more than chance"):
        assert words in said
    written = tmp_path / "hankeverkko_notebook_output" / "collaboration.graphml"
    graph = nx.read_graphml(written)
    assert {"community", "label"} <= set(next(iter(graph.nodes(data=True)))[1])
    assert all("evidence" in data for _, _, data in graph.edges(data=True))
