"""Building blocks of the charts: integer coordinates and SVG fragments.

Horizontal positions are percentages, so that a chart scales to a phone and a page alike while its text keeps its size; vertical positions
are pixels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.quantities import METRES_PER_MILE
from planner.render.html.markup import made, text

if TYPE_CHECKING:
    from markupsafe import Markup

WHOLE = 10_000
"""The width of the drawing area in hundredths of a percent, the unit of all horizontal positions. Scale labels are drawn to its left."""
_LEFT_PX = 42
TOP, BASE = 14, 206
"""The upper and lower edges of the drawing area, in pixels."""
HEIGHT = 232
COLOURS = {
    "run": "#177e76",
    "walk": "#a9d5ce",
    "did-run": "#2b4a7d",
    "did-walk": "#b4c4e0",
    "most": "#b3401a",
    "axis": "#56625f",
    "grid": "#dfe3df",
    "worst": "#b3401a",
    "morning": "#2b4a7d",
    "stem": "#98a5a1",
}
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_MOST_LINES = 5


def across(place: int) -> str:
    """Format a horizontal position, in hundredths of a percent, as an attribute value: `12.50%`."""
    whole, rest = divmod(place, 100)
    return f"{whole}.{rest:02d}%"


def down(tenths: int) -> str:
    """Format a vertical position, in tenths of a pixel: `20.5`."""
    return f"{tenths // 10}.{tenths % 10}"


class Slots(NamedTuple):
    """A number of equal columns side by side."""

    number: int

    def at(self, index: int, share: int = 0) -> int:
        """Return where column `index` begins, or the position `share` hundredths of its width further right."""
        return WHOLE * (100 * index + share) // (100 * self.number)

    def columns(self, begin: int, end: int) -> list[tuple[str, str]]:
        """Return the left edge and width of a bar in each column, from `begin` to `end` hundredths of the column."""
        lefts = [(self.at(n, begin), self.at(n, end)) for n in range(self.number)]
        return [(across(left), across(right - left)) for left, right in lefts]


class Scale(NamedTuple):
    """A vertical scale from 0 at the base up to `most`."""

    most: int

    def height(self, amount: int) -> int:
        """Return the height of an amount in tenths of a pixel."""
        return (BASE - TOP) * 10 * amount // self.most

    def y(self, amount: int) -> str:
        """Return the vertical position of the top of an amount."""
        return down(BASE * 10 - self.height(amount))


def lines_for(most_m: int, *, miles: bool) -> list[tuple[int, int]]:
    """Return the grid lines for distances up to `most_m`, as (whole kilometres or miles, metres); the last one is at or above `most_m`."""
    for step in _STEPS:
        lines = [(count * step, _metres(count * step, miles=miles)) for count in range(_MOST_LINES + 1)]
        above = [line for line in lines if line[1] >= most_m]
        if above:
            return [line for line in lines if line[1] <= above[0][1]]
    return [(0, 0), (most_m // 1000, most_m)]


def _metres(number: int, *, miles: bool) -> int:
    return int(number * METRES_PER_MILE) if miles else number * 1000


def head(name: str, title: str, told: str) -> str:
    """Return the opening tag of a chart, with a title and a description for screen readers."""
    place = f"overflow:visible;margin-left:{_LEFT_PX}px;width:calc(100% - {_LEFT_PX}px)"
    size = f'style="{place}" height="{HEIGHT}" role="img" aria-labelledby="{name}-title {name}-told"'
    names = f'<title id="{name}-title">{text(title)}</title><desc id="{name}-told">{text(told)}</desc>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="chart {name}" {size}>{names}'


def group(name: str, inside: str, how: str = "fill") -> str:
    """Return an SVG group in one colour, or "" without content. `how` are attributes, the last one the name of the colour attribute."""
    return f'<g class="{name}" {how}="{COLOURS[name]}">{inside}</g>' if inside else ""


def grid(marks: list[tuple[str, int]], scale: Scale, unit: str = "") -> str:
    """Return horizontal grid lines with labels on the left; the top label has the unit."""
    lines = "".join([f'<line x2="100%" y1="{scale.y(at)}" y2="{scale.y(at)}"/>' for _label, at in marks])
    units = {marks[-1][1]: f" {unit}"} if unit else {}
    labels = [f'<text x="-8" y="{scale.y(at)}" dy="4" text-anchor="end">{label}{units.get(at, "")}</text>' for label, at in marks]
    return group("grid", lines, "stroke") + axis("".join(labels))


def axis(inside: str) -> str:
    """Return the labels of a scale as a group."""
    return f'<g class="axis" fill="{COLOURS["axis"]}" font-size="11" font-family="system-ui, sans-serif">{inside}</g>'


def key(told: list[tuple[str, str, str]]) -> Markup:
    """Return a chart's legend, from (mark, colour name, words)."""
    marks = {
        "bar": '<rect width="14" height="10" {fill}/>',
        "line": '<line x2="14" y1="5" y2="5" stroke-width="2.5" {stroke}/>',
        "dashes": '<line x2="14" y1="5" y2="5" stroke-dasharray="3 2" {stroke}/>',
        "dot": '<circle cx="7" cy="5" r="4" {fill}/>',
        "ring": '<rect x="3.5" y="1.5" width="7" height="7" fill="none" stroke-width="2" {stroke}/>',
        "stem": '<line x1="7" x2="7" y2="10" stroke-width="3" {stroke}/>',
        "sign": '<text x="7" y="10" text-anchor="middle" font-weight="bold" font-size="13" {fill}>!</text>',
    }
    parts = []
    for mark, name, words in told:
        shape = marks[mark].format(fill=f'class="{name}" fill="{COLOURS[name]}"', stroke=f'class="{name}" stroke="{COLOURS[name]}"')
        parts.append(f'<span><svg width="14" height="10" aria-hidden="true">{shape}</svg> {text(words)}</span> ')
    return made(f'<p class="key">{"".join(parts)}</p>')
