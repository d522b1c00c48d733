"""Answers on partners as a terminal shows them, in the language of the desk that gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph_api.cli.output import print_table, say, warn

if TYPE_CHECKING:
    from graph_api.wording import Words

_LONGEST_QUOTE = 160


def print_suggestion(found: dict[str, Any], words: Words) -> None:
    """Print a suggestion: who, each reason with its evidence, and what is uncertain."""
    where = ", ".join(dict.fromkeys(part for part in (found["type"], found["place"], found["region"]) if part))
    new = f" · {words('list.newcomer')}" if found["newcomer"] else ""
    score = words.decimals(found["score"])
    say(f"{found['rank']:>2}. {found['name']}{f' ({where})' if where else ''} · {score}{new}")
    shown: set[str] = set()
    for reason in found["reasons"]:
        say(f"    {words.decimals(reason['points'])}  {reason['text']}")
        for proof in reason["evidence"]:
            told = f"{proof['what']} {proof.get('evidence', {}).get('iri', '')}"
            if told not in shown:
                print_proof(proof, "          ", words)
            shown.add(told)
    for name in ("same_body", "same_reasons"):
        if found[name]:
            names = tuple(f"{each['name']} ({words.decimals(each['score'])})" for each in found[name])
            say(f"    +     {words(f'list.{name}', names=names)}")
    for caution in found["cautions"]:
        say(f"    ?     {caution}")


def print_proof(proof: dict[str, Any], indent: str, words: Words) -> None:
    """Print what is proved, the quotation (shortened), the document, and how certain it is; nothing without evidence."""
    evidence = proof.get("evidence")
    if evidence is None:
        return
    quote = " ".join(evidence["quote"].split())
    short = quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"
    standing, sure = words(f"standing.{evidence['standing']}"), words.decimals(evidence["confidence"])
    say(f"{indent}{proof['what']}: {words('quoted', text=short)} ({evidence['document']}; {standing}, {sure})")


def print_step(number: int, step: dict[str, Any], words: Words) -> None:
    """Print a step of an introduction: from whom to whom, through what, and which contacts there are."""
    years = _years(step["initiative"], words)
    told = words(
        "path.step",
        title=words("quoted", text=step["initiative"]["title"]),
        years=f" ({years})" if years else "",
        participants=step["participants"],
        strength=words.decimals(step["strength"]),
    )
    say(f"{number}. {step['from']['name']} → {step['to']['name']}: {told}")
    for name, roles in step["contacts"].items():
        if roles:
            say(f"    {words('path.contact', name=name, roles=tuple(roles))}")
    for proof in step["evidence"]:
        print_proof(proof, "    ", words)


def print_trials(trials: list[dict[str, Any]], words: Words) -> None:
    """Print who tried a method as a table, with the evidence below."""
    columns = [words(f"tried.column.{name}") for name in ("trial", "method", "by", "where", "years", "outcome")]
    print_table("", columns, [_row(trial, words) for trial in trials])
    for trial in trials:
        for proof in trial["evidence"][: 1 if trial["through"] is None else 2]:
            print_proof({**proof, "what": f"{trial['title']}: {proof['what']}"}, "  ", words)
    if any(trial["through"] is not None for trial in trials):
        warn(words("tried.pilots"))
    if not trials:
        say(words("tried.nobody"))


def _row(trial: dict[str, Any], words: Words) -> list[str]:
    from graph_api.wording import Term

    through = trial["through"]
    dated = trial if "start" in trial or "end" in trial or through is None else through
    title = trial["title"] if through is None else words("tried.pilot", title=trial["title"], through=through["title"])
    status = words.write(Term("statuses", trial["status"])) if trial["status"] else ""
    if trial["status"] not in _ENDINGS:  # only some states tell how it ended
        status = "; ".join(filter(None, (words("tried.untold"), status)))
    return [
        title,
        trial["method"],
        ", ".join(each["name"] for each in trial["implementers"]),
        ", ".join(trial["places"]),
        _years(dated, words),
        trial["outcome"] or status,
    ]


def _years(dated: dict[str, Any], words: Words) -> str:
    years = "–".join(dict.fromkeys(str(dated[name]) for name in ("start", "end") if name in dated))
    return years or (words("published", year=str(dated["published"])) if "published" in dated else "")


_ENDINGS = frozenset({"completed", "ended", "cancelled"})
