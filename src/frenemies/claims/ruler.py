"""The ruler of a verdict: the zones of its rule side by side, and the figures of then and since on them."""

import html
import itertools

from frenemies import claims
from frenemies.claims import units
from frenemies.evidence import actors
from frenemies.measures.trade import party

COLOURS = {
    "holds": "#1B7F5C",
    "partly": "#9A6A00",
    "fails": "#A8324A",
    "undecided": "#666E76",
}  # with white words on them
WHEN = {"then": "August 2019", "since": "since"}
WIDTH, ROW, BAR, LETTER = 460, 16, 19, 5.9  # in units of the drawing


def ruler(row, then, since=None):
    """A claim's rule as an inline SVG (a string): its zones, a mark for each deciding figure, ticks where strict and lenient differ.

    row: the claim's row of data/claims.csv; then, since: its Verdicts (since: None where nothing newer is known). Empty where no scale decides.
    Hidden from screen readers: the card's sentences say all of it.
    """
    marks = [mark for verdict in (then, since) if verdict for mark in _marks(row, verdict)]
    if not marks or row["rule"] in ("coded", "undecided") or ";" in row["unit"]:
        return ""
    main, *others = claims.settings(row)
    plain = row["rule"] not in ("about", "just_under", "balance", "count")  # lines on one side only
    ticks = [
        sorted(set(claims.edges(row, other)) - set(claims.edges(row, main))) if plain else []
        for other in others
    ]
    values = [value for _, _, value in marks]
    scale = _scale(
        [*values, *claims.edges(row, main), *itertools.chain(*ticks)],
        units.STEPS.get(row["unit"], 0),
    )
    top = ROW * len(marks) + 2
    below = [
        (name, edges) for name, edges in zip(("strict", "lenient"), ticks, strict=True) if edges
    ]
    zones = [_zone(*zone, scale, top) for zone in _zones(row, main, max(values))]
    lines = [
        _mark(place, *mark, top) for place, mark in enumerate(_placed(marks, row["unit"], scale))
    ]
    lines += [
        _tick(name, edge, scale, top + BAR, place)
        for place, (name, edges) in enumerate(below)
        for edge in edges
    ]
    boxes, verdicts = map("".join, zip(*zones, strict=True))
    strokes, words = map("".join, zip(*lines, strict=True))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ruler" aria-hidden="true" viewBox="0 0 {WIDTH} {top + BAR + ROW * len(below) + 4}" '
        f'font-family="sans-serif" font-size="12" fill="currentColor" width="{WIDTH}">{boxes}'
        f'<g fill="#fff" text-anchor="middle">{verdicts}</g><g stroke="currentColor">{strokes}</g>{words}</svg>'
    )


def _marks(row, verdict):
    """The deciding figures of a verdict as (vintage, whose, value)."""
    value = verdict.value
    if isinstance(value, dict):
        return [
            (verdict.vintage, f", {party(who)}'s books", number) for who, number in value.items()
        ]
    if isinstance(value, tuple) and row["parts"]:
        whose = zip(row["parts"].split(";"), value, strict=True)
        return [(verdict.vintage, f", {actors.name(code)}", number) for code, number in whose]
    return [(verdict.vintage, "", value)] if isinstance(value, (int, float)) else []


def _scale(values, step):
    """A function from a figure to its place across, with room at both ends."""
    low, high = min(values) - step, max(values) + step
    room = 0.15 * (high - low)
    return lambda value: round(
        min(max((value - low + room) / (high - low + 2 * room), 0), 1) * WIDTH
    )


def _zones(row, main, highest):
    """Runs of one verdict along the scale as (low, high, verdict): between thresholds, or half a step beyond the counts that share it."""
    step = units.STEPS.get(row["unit"])
    edges = sorted(set(claims.edges(row, main)))
    if step:
        counts = [number * step for number in range(int(max(highest, *edges) / step) + 3)]
        runs = itertools.groupby(counts, lambda count: claims.alone(row, main, count))
        found = [(verdict, list(run)) for verdict, run in runs]
        ends = [-1e6, *(run[0] - step / 2 for _, run in found[1:]), 1e6]
        return [(*ends[place : place + 2], verdict) for place, (verdict, _) in enumerate(found)]
    bounds = [edges[0] - 1e6, *edges, edges[-1] + 1e6]
    found = [
        (low, high, claims.alone(row, main, (low + high) / 2))
        for low, high in itertools.pairwise(bounds)
    ]
    runs = [list(run) for _, run in itertools.groupby(found, lambda zone: zone[2])]
    return [(run[0][0], run[-1][1], run[0][2]) for run in runs]


def _zone(low, high, verdict, scale, top):
    """(box, word) of one zone; no word where the zone is too narrow for it."""
    left, wide = scale(low), scale(high) - scale(low)
    box = f'<rect x="{left}" y="{top}" width="{wide}" height="{BAR}" fill="{COLOURS[verdict]}"/>'
    fits = wide >= 8 * len(verdict)
    return box, f'<text x="{left + wide // 2}" y="{top + 14}">{verdict}</text>' if fits else ""


def _placed(marks, unit, scale):
    """Marks as (vintage, place across, words, side) from the top down, so that words stay inside and stems run through none, if it can be."""
    later = any(vintage == "since" for vintage, _, _ in marks)
    found = [
        (
            vintage,
            scale(value),
            f"{WHEN[vintage] if later or not who else ''}{who}: {units.short(value, unit)}".lstrip(
                ", "
            ),
        )
        for vintage, who, value in marks
    ]
    orders = itertools.product(
        itertools.permutations(found), itertools.product((-1, 1), repeat=len(found))
    )
    return min(
        ([(*mark, side) for mark, side in zip(*order, strict=True)] for order in orders),
        key=_crowding,
    )


def _crowding(placed):
    """How badly words lie: outside the drawing, or in the way of a stem from above."""
    spans = [
        (x + 4, x + 8 + len(words) * LETTER) if side > 0 else (x - 8 - len(words) * LETTER, x - 4)
        for _, x, words, side in placed
    ]
    outside = sum(max(0, -left) + max(0, right - WIDTH) for left, right in spans)
    crossed = sum(
        left < upper[1] < right for at, (left, right) in enumerate(spans) for upper in placed[:at]
    )
    return outside + 30 * crossed


def _mark(place, vintage, x, words, side, top):
    """(stem, words) of one figure, in a row of its own; hollow where it came after August 2019."""
    y, ink = ROW * place + 8, "" if vintage == "then" else ' fill="none"'
    stem = f'<path d="M{x} {y + 4}V{top + 4}"/><circle cx="{x}" cy="{y}" r="4"{ink}/>'
    anchor = "" if side > 0 else ' text-anchor="end"'
    return (
        stem,
        f'<text x="{x + 8 * side}" y="{y + 4}"{anchor}>{html.escape(words, quote=False)}</text>',
    )


def _tick(name, edge, scale, y, place):
    """(stroke, word) where the strict or the lenient rule draws another line."""
    x = scale(edge)
    return (
        f'<path d="M{x} {y}v{5 + ROW * place}"/>',
        f'<text x="{x}" y="{y + 15 + ROW * place}" text-anchor="middle">{name}</text>',
    )
