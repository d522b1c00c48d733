"""Figures as SVG elements: bars, and a ring of nodes with their ties. No styles, no scripts, no clock, no chance.

Each element has a title and a description (https://www.w3.org/TR/svg-aam-1.0/), is told as one image, and takes the
colour of the page's text, so that it can be read on light and on dark ground and on paper.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

_COLOUR = "#2a6f97"
_CENTRE = "#c1502e"
_LONGEST = 28
_CHARACTER = 8
"""How broad a character is at most, in the units of a drawing."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two nodes, by their positions, and its weight."""

    source: int
    target: int
    weight: float


def bars(name: str, title: str, description: str, values: Sequence[tuple[str, float, str]]) -> str:
    """Return upright bars: (label below, height, label above) for each; `name` is the prefix of identifiers."""
    width, height, base = 720, 240, 200
    highest = max((value for _, value, _ in values), default=0) or 1
    step = (width - 40) / max(len(values), 1)
    every = math.ceil(len(values) / 20)  # more labels than this run into each other
    broad = min(step * 0.7, 60)
    roomy = all(len(shown) * _CHARACTER <= step for _, _, shown in values)
    parts = [f'<line x1="20" y1="{base}" x2="{width - 20}" y2="{base}" stroke="currentColor"/>']
    for place, (label, value, shown) in enumerate(values):
        tall, left = 160 * value / highest, 20 + place * step
        middle = _number(left + step / 2)
        if value:
            parts.append(
                f'<rect x="{_number(left + (step - broad) / 2)}" y="{_number(base - tall)}" width="{_number(broad)}"'
                f' height="{_number(tall)}" fill="{_COLOUR}"/>'
            )
            if roomy:
                parts.append(_text(middle, _number(base - tall - 6), shown, "middle"))
        if place % every == 0:
            parts.append(_text(middle, str(base + 18), label, "middle"))
    return _svg(name, title, description, (width, height), parts)


def ring(
    name: str, title: str, description: str, labels: Sequence[str], ties: Sequence[Tie], centre: str | None = None
) -> str:
    """Return nodes on a ring with ties as lines, the broader the heavier.

    With a `centre`, ties whose source is -1 lead to it from the middle of the ring.
    """
    width, height, radius = 880, 520, 190
    around = _places(len(labels), radius, (width, height))
    middle = (width / 2, height / 2)
    heaviest = max((tie.weight for tie in ties), default=1) or 1
    parts = []
    for tie in ties:
        (x1, y1), (x2, y2) = (middle if end < 0 else around[end] for end in (tie.source, tie.target))
        colour = _CENTRE if tie.source < 0 else _COLOUR
        parts.append(
            f'<line x1="{_number(x1)}" y1="{_number(y1)}" x2="{_number(x2)}" y2="{_number(y2)}" stroke="{colour}"'
            f' stroke-opacity="0.55" stroke-width="{_number(1 + 6 * tie.weight / heaviest)}"/>'
        )
    for (x, y), label in zip(around, labels, strict=True):
        right = x >= middle[0] - 1
        parts.append(f'<circle cx="{_number(x)}" cy="{_number(y)}" r="6" fill="{_COLOUR}"/>')
        beside = _number(x + (11 if right else -11))
        parts.append(_text(beside, _number(y + 4), shorten(label), "start" if right else "end"))
    if centre is not None:
        parts.append(f'<circle cx="{_number(middle[0])}" cy="{_number(middle[1])}" r="10" fill="{_CENTRE}"/>')
        parts.append(_text(_number(middle[0]), _number(middle[1] + 26), shorten(centre), "middle", bold=True))
    return _svg(name, title, description, (width, height), parts)


def shorten(text: str, longest: int = _LONGEST) -> str:
    """Return a text cut to a length, at a blank where there is one."""
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    head = cut.rpartition(" ")[0]
    return f"{head if len(head) > longest // 2 else cut}…"


def _places(count: int, radius: float, size: tuple[int, int]) -> list[tuple[float, float]]:
    """Return places on a ring, down its right side and up its left one, at equal heights so that no label meets another."""
    sides = ((count + 1) // 2, 1), (count // 2, -1)
    places: list[tuple[float, float]] = []
    for number, side in sides:
        for step in range(number)[::side]:
            height = 2 * (step + 0.5) / number - 1
            across = side * radius * math.sqrt(1 - height * height)
            places.append((size[0] / 2 + across, size[1] / 2 + radius * 1.2 * height))
    return places


def _svg(name: str, title: str, description: str, size: tuple[int, int], parts: list[str]) -> str:
    return (
        f'<svg viewBox="0 0 {size[0]} {size[1]}" role="img"'
        f' aria-labelledby="{name}-title" aria-describedby="{name}-desc" font-family="system-ui, sans-serif" font-size="14">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
        f"{''.join(parts)}</svg>"
    )


def _text(x: str, y: str, text: str, anchor: str, *, bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="currentColor" stroke="Canvas"'
        f' stroke-width="3" paint-order="stroke"{weight}>{escape(text)}</text>'
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
