"""A process that lists what awaits judgement, or writes judgements down: ``python -m graph_api.server.reviewer STORE …``.

Both read the facts of all documents, which would keep the server from answering others.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from graph_api.change import refresh
from graph_api.curation.desk import Desk, Judgement
from graph_api.curation.folder import curation_folder
from graph_api.curation.shown import shown
from graph_api.server.errands import errand
from graph_api.store import writing
from loaders.errors import BusyError, NotFoundError, UsageError


def review(store: Path, task: dict[str, Any]) -> dict[str, Any]:
    """List drafts (a task with "limit"), or judge (with "judgements")."""
    named = Path(task["curation"]) if task["curation"] else None
    folder = curation_folder(store, named)
    if "limit" in task:
        return _listed(Desk(store, folder), task)
    with writing(store):
        desk = Desk(store, folder)
    return _judged(desk, store, named, task)


def _listed(desk: Desk, task: dict[str, Any]) -> dict[str, Any]:
    try:
        found = desk.drafts(task["document"], below=task["below"], everything=task["everything"])
    except UsageError as error:
        raise NotFoundError(f"There is no document {task['document']!r} in the store.") from error
    return {"total": len(found), "claims": [shown(desk, claim, masks=True) for claim in found[: task["limit"]]]}


def _judged(desk: Desk, store: Path, named: Path | None, task: dict[str, Any]) -> dict[str, Any]:
    judgements = [Judgement(item["claim"], item["verdict"], why=item["why"]) for item in task["judgements"]]
    reviewed = {name for name, _ in desk.reviews()}
    for said in judgements:
        known = reviewed if said.verdict == "withdrawn" else desk.claims
        if said.claim not in known:
            what = "review of a claim" if said.verdict == "withdrawn" else "claim"
            raise NotFoundError(f"There is no {what} {said.claim}. List them with GET /api/reviews?all=true.")
    desk.judge(judgements, task["who"])
    try:
        report = refresh(store, curation=named)
    except BusyError:  # another command got in between; the journal is written, and the next change replays it
        return {"written": len(judgements), "in_force": False}
    return {"written": len(judgements), "in_force": True, "statements": report.quads}


if __name__ == "__main__":
    sys.exit(errand(review))
