"""How far confidence can be trusted: what share of the facts of each confidence is right, where the facts are known.

    python benchmarks/calibration.py            # the reliability table of the documents held back from fitting
    python benchmarks/calibration.py --write    # count again on the others; writes ontology/rule-confidence.tsv

Counted on the acceptance material (HANKEVERKKO_ACCEPTANCE, or ../shared) and the sets a to d of tests/held_back;
measured on the set e, which no count has seen. A fact is right when the gold standard has it: an organisation in its role, a
person, method, pilot, place, programme, amount or value; what the gold standard calls optional is not judged.
"""

from __future__ import annotations

import itertools
import json
import math
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from loaders.calibration import COLUMNS, FILE, as_stated
from loaders.extract import extract
from loaders.model import Evidence, Facts, Standing

REPOSITORY = Path(__file__).resolve().parent.parent
HELD_BACK = REPOSITORY / "tests" / "held_back"
BINS = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Judged:
    """A fact with whether it is right."""

    evidence: Evidence
    right: bool


def acceptance() -> Path:
    """Return the folder of the acceptance material."""
    return Path(os.environ.get("HANKEVERKKO_ACCEPTANCE", REPOSITORY.parent / "shared"))


def folded(text: object) -> str:
    """Return a name without case, signs and legal form."""
    value = unicodedata.normalize("NFC", str(text or "")).casefold()
    value = re.sub(r"[^\w]+", " ", value).strip()
    return re.sub(r" (?:oyj|oy ab|oy|ab|ry|rf|r y|sr|rs|ky|osk|ltd)$", "", value)


def among(name: str, known: Iterable[object]) -> bool:
    """Return whether a name is one of those known, near enough."""
    one = folded(name)
    return any(
        one == other or (min(len(one), len(other)) > 3 and (one in other or other in one))
        or SequenceMatcher(None, one, other).ratio() >= 0.85
        for other in map(folded, known)
        if other
    )  # fmt: skip


def judged(facts: Facts, gold: dict[str, Any]) -> Iterator[Judged]:
    """Yield the facts of a document that the gold standard judges."""
    yield from _organisations(facts, gold)
    for items, name, field in (
        (facts.persons, "name", "persons"), (facts.methods, "name", "methods"), (facts.pilots, "title", "pilots"),
        (facts.places, "name", "places"), (facts.programmes, "name", "programmes"),
    ):  # fmt: skip
        known = [item["name"] if isinstance(item, dict) else item for item in gold.get(field) or []]
        for item in items:
            value = getattr(item, name)
            if among(value, known):
                yield Judged(item.evidence, right=True)
            elif not among(value, gold.get(f"{field}_optional") or []):
                yield Judged(item.evidence, right=False)
    amounts = {round(float(m["amount"])) for m in gold.get("money") or []}
    for money in facts.money:
        yield Judged(money.evidence, right=round(float(money.amount)) in amounts)
    for name in ("title", "code", "status", "start", "end", "date"):
        value, wanted = getattr(facts.initiative, name), (gold.get("initiative") or {}).get(name)
        if value is not None:
            yield Judged(value.evidence, right=wanted is not None and among(value.text, [wanted]))


def _organisations(facts: Facts, gold: dict[str, Any]) -> Iterator[Judged]:
    known = gold.get("organisations") or []
    for organisation in facts.organisations:
        same = [
            o for o in known if folded(organisation.name) in {folded(n) for n in (o["name"], *(o.get("also") or []))}
        ]
        best = max(organisation.evidence, key=lambda e: e.confidence)
        if same:
            yield Judged(best, right=any(o.get("role") == organisation.role for o in same))
        elif not among(organisation.name, gold.get("organisations_optional") or []):
            yield Judged(best, right=False)


def measure(folders: Iterable[tuple[Path, Path]]) -> Iterator[Judged]:
    """Yield the judged facts of folders of documents, each with its folder of gold standards."""
    for documents, gold in folders:
        for path in sorted(documents.glob("*.txt")):
            standard = gold / f"{path.stem}.json"
            if standard.exists():
                yield from judged(extract(path), json.loads(standard.read_text("utf-8")))


def table(found: list[Judged]) -> Iterator[str]:
    """Yield the lines of a reliability table (Markdown), with the expected calibration error and the Brier score."""
    yield "| confidence | facts | mean confidence | right | 95 % interval |"
    yield "|---|---|---|---|---|"
    error = 0.0
    for low, high in itertools.pairwise(BINS):
        inside = [j for j in found if low <= j.evidence.confidence < high]
        if not inside:
            continue
        mean = sum(j.evidence.confidence for j in inside) / len(inside)
        share = sum(j.right for j in inside) / len(inside)
        error += len(inside) * abs(mean - share)
        lower, upper = wilson(sum(j.right for j in inside), len(inside))
        yield f"| {low:.2f}–{min(high, 1):.2f} | {len(inside)} | {mean:.3f} | {share:.3f} | {lower:.2f}–{upper:.2f} |"
    brier = sum((j.evidence.confidence - j.right) ** 2 for j in found) / len(found)
    yield f"\nExpected calibration error {error / len(found):.3f}, Brier score {brier:.3f}, {len(found)} facts."
    for standing in Standing:
        of_it = [j.right for j in found if j.evidence.standing is standing]
        if of_it:
            yield f"Of those {standing}: {len(of_it)}, {sum(of_it) / len(of_it):.3f} right."


def wilson(right: int, number: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927)."""
    z, share = 1.96, right / number
    centre, spread = share + z * z / (2 * number), z * math.sqrt(share * (1 - share) / number + z * z / (4 * number**2))
    return (centre - spread) / (1 + z * z / number), (centre + spread) / (1 + z * z / number)


def write(found: Iterable[Judged], path: Path) -> None:
    """Write how often each rule was right, by what it states of itself."""
    counts: dict[tuple[str, str], Counter[bool]] = {}
    for item in found:
        counts.setdefault((item.evidence.rule, f"{item.evidence.confidence:g}"), Counter())[item.right] += 1
    rows = [(rule, stated, str(c.total()), str(c[True])) for (rule, stated), c in sorted(counts.items())]
    path.write_text("".join("\t".join(row) + "\n" for row in [COLUMNS, *rows]), "utf-8")


def main(arguments: list[str]) -> int:
    """Print the reliability table, or count again; returns 3 where there is nothing to count on."""
    given, kept = acceptance(), HELD_BACK / "e"
    fitted_on = [(given / "seeds", given / "gold" / "seeds"), (given / "docs" / "dev", given / "gold" / "dev")]
    fitted_on += [(HELD_BACK / name / "docs", HELD_BACK / name / "gold") for name in ("a", "b", "c", "d")]
    if "--write" in arguments:
        if not (given / "gold").is_dir():
            print("No acceptance material: set HANKEVERKKO_ACCEPTANCE to its folder.")
            return 3
        with as_stated():
            write(measure(fitted_on), REPOSITORY / "ontology" / FILE)
        print("Counted. Run it again without --write to see how reliable the confidences are.")
        return 0
    for title, folders in (("Counted on", fitted_on), ("Held back", [(kept / "docs", kept / "gold")])):
        found = list(measure(folders))
        if found:
            print(f"\n{title}\n\n" + "\n".join(table(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
