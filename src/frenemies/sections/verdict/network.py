"""The signed network on a page: its pictures, and the sentences that follow the actor bar. Measures and sources: balance."""

from matplotlib import patheffects

from frenemies.evidence import actors
from frenemies.measures.network import (
    FIRST,
    TABLES,
    Rules,
    frustration,
    graph,
    holding,
    signed_ties,
    triads,
)
from frenemies.measures.words import listed
from frenemies.pictures.marks import Tagged
from frenemies.pictures.picture import canvas, drawing
from frenemies.pictures.sentences import slug
from frenemies.pictures.style import INK, THEN
from frenemies.sections import BOTH

RULES = Rules()
BROKEN = (0, (4, 2.5))  # the dashes of rivals
STANDS = {  # sign of the tie with China, with Russia
    (1, 1): "friend of both", (-1, -1): "rival of both",
    (1, -1): "friend of China, rival of Russia", (-1, 1): "rival of China, friend of Russia",
}  # fmt: skip


def triads_line(shown, year=FIRST, rules=RULES):
    """Balanced and unbalanced triads among the actors shown, in a sentence: for `fr.live`. Raises UnknownYear."""
    shown = [
        code for code in shown if code in actors.ALL
    ]  # the bar also offers the EU, which is no state
    found = triads(graph(signed_ties(year, rules, codes=shown)))
    bad = found[~found.balanced]
    both = holding(bad, *BOTH)
    pair = "None of these holds both China and Russia."
    if len(both):
        pair = (
            f"China and Russia sit together in {len(both)} of these, with {listed(_thirds(both))}."
        )
    counted = f"{year}: {len(found)} triad{'s' * (len(found) != 1)} among the {len(shown)} actors shown, {len(bad)} of them unbalanced."
    return f"{counted} {pair}" if len(bad) else counted


def frustration_line(shown, year=FIRST, rules=RULES):
    """The frustration index among the actors shown, and the two camps, in a sentence. Raises UnknownYear."""
    found = frustration(graph(signed_ties(year, rules, codes=shown)))
    camps = [listed(camp) for camp in found.camps if camp]
    return f"{year}: {found}." + (
        f" The division that comes nearest: {'. On the other side: '.join(camps)}." if camps else ""
    )


def _thirds(found):
    """The third actors of triads that hold China and Russia, in the order of the rows."""
    threes = found[["a", "b", "c"]].itertuples(index=False)
    return [next(code for code in three if code not in BOTH) for three in threes]


def _changed(rules):
    """The rules that are not as fixed beforehand, in words: ["kappa 0.5", "arms left out"]."""
    own = {name: value for name, value in vars(rules).items() if value != getattr(RULES, name)}
    return [
        f"{name} {'left out' if value in (None, False) else value}" for name, value in own.items()
    ]


def _other(rules):
    return f"; by other rules: {', '.join(_changed(rules))}" if rules != RULES else ""


def _key(name, year, rules):
    """A name of its own for each year and set of rules."""
    return slug(name, *[year] * (year != FIRST), *_changed(rules))


@drawing(
    "verdict",
    *TABLES,
    whose=("actor_a", "actor_b"),
    cannot="how much a tie matters to either side: a treaty of 1961 and last year's votes look alike.",
)
def network_picture(year=FIRST, rules=RULES):
    """Friends and rivals of a year, each actor in its fixed place, and the unbalanced triads of China and Russia shaded. Returns a Picture."""
    pairs = signed_ties(year, rules)
    found = triads(graph(pairs))
    bad = holding(found[~found.balanced], *BOTH)
    third = " and ".join(map(actors.name, _thirds(bad)))
    apart = (
        f"China and Russia part company over {third}"
        if third
        else "no third actor sets China and Russia apart"
    )
    friends, rivals = pairs.sign.eq(1).sum(), pairs.sign.eq(-1).sum()
    counts = f"{friends} pairs of actors are friends and {rivals} rivals by the rules"
    return dict(
        key=_key("network", year, rules),
        title=f"In {year} {apart}",
        subtitle="Solid: friends; dashed: rivals; dotted: both at once, so neither; wider: more kinds of evidence; shaded: unbalanced triads"
        f" of China and Russia{_other(rules)}",
        figure=_map(pairs, bad, since=year > THEN),
        lead=f"In {year} {counts}; unbalanced triads that hold China and Russia: {len(bad)}.",
        sentences=_ties_in_words(pairs),
        table=pairs,
    )


def _ties_in_words(pairs):
    kinds = {1: "friends", -1: "rivals", 0: "both at once, so neither"}
    return [
        ((a, b), f"{actors.name(a)} and {actors.name(b)}: {kinds[sign]} ({evidence}).")
        for a, b, sign, evidence in pairs[["actor_a", "actor_b", "sign", "evidence"]].itertuples(
            index=False
        )
    ]


def _map(pairs, bad, since):
    """Ties between actors in their fixed places, over the triads that are out of balance."""
    figure, ax = canvas(height=5.6, left=0.05, right=0.05, top=0.1, bottom=0.1)
    ax.set(xlim=(-1.5, 1.42), ylim=(-1.16, 1.14))
    ax.axis("off")
    for three in bad[["a", "b", "c"]].itertuples(index=False):
        corners = zip(*map(actors.place, three), strict=True)
        Tagged(ax, *three, since=since).fill(
            *corners, color="#F2C14E", alpha=0.35, linewidth=0, zorder=1
        )
    for row in pairs.itertuples():
        _tie(ax, row, since)
    for code in actors.ALL:
        _actor(ax, code, since)
    return figure


def _tie(ax, row, since):
    """One tie as a line: solid for friends, dashed for rivals, dotted where it is both; wide by the kinds of evidence."""
    ends = (row.actor_a, row.actor_b)
    lead = next((code for code in BOTH if code in ends), None)
    colour = INK if set(ends) == set(BOTH) else actors.colour(lead) if lead else "#9AA0A6"
    dash, kinds = {1: ("solid", row.friendly), -1: (BROKEN, row.hostile), 0: ((0, (1, 2.5)), 0.5)}[
        row.sign
    ]
    looks = {
        "color": colour,
        "linestyle": dash,
        "linewidth": 0.5 + 0.9 * kinds,
        "zorder": 3 if lead else 2,
    }
    Tagged(ax, *ends, since=since).plot(*zip(*map(actors.place, ends), strict=True), **looks)


def _actor(ax, code, since):
    """One actor: its marker in its place, its name outside the circle or above or below."""
    (x, y), lead, draw = actors.place(code), code in BOTH, Tagged(ax, code, since=since)
    look = {
        "color": actors.colour(code),
        "markersize": 13 if lead else 8,
        "markeredgecolor": "white",
        "zorder": 5,
    }
    draw.plot(x, y, marker=actors.marker(code), **look)
    look = {"fontsize": 11 if lead else 9, "fontweight": "bold" if lead else "normal", "zorder": 6}
    halo = [patheffects.withStroke(linewidth=2.5, foreground="white")]
    draw.annotate(
        actors.name(code),
        (x, y),
        textcoords="offset points",
        path_effects=halo,
        **look,
        **_beside(code, x, y),
    )


def _beside(code, x, y):
    """Where a name stands: left or right of an actor at the side, above or below one in the middle."""
    if abs(x) >= 0.8:
        return {
            "xytext": (9 if x > 0 else -9, 0),
            "va": "center",
            "ha": "left" if x > 0 else "right",
        }
    above = y >= 0 and code != "PRK"
    return {"xytext": (0, 8 if above else -8), "va": "bottom" if above else "top", "ha": "center"}


@drawing(
    "verdict",
    *TABLES,
    whose=("third",),
    cannot="actors tied to one of the two only: without a tie to both there is no triad.",
)
def thirds_picture(year=FIRST, rules=RULES):
    """The triads that hold China and Russia, one a row: how the third actor stands with each. Returns a Picture."""
    net = graph(signed_ties(year, rules))
    found = _rows(net)
    between = net.get_edge_data(*BOTH, default={"sign": 0})["sign"]
    are = {1: "friends", -1: "rivals", 0: "neither friends nor rivals"}[between]
    bad = (~found.balanced).sum()
    return dict(
        key=_key("thirds", year, rules),
        title=f"{bad} of the {len(found)} triads of China and Russia in {year} are unbalanced",
        subtitle="Every actor tied to both. Solid: friend; dashed: rival. A triad is balanced where the product of its three signs is"
        f" positive{_other(rules)}",
        figure=_ladder(found, since=year > THEN),
        lead=f"In {year} China and Russia are {are} by the rules, and sit in {len(found)} triads, {bad} of them unbalanced.",
        sentences=[
            (
                (*BOTH, row.third),
                f"{actors.name(row.third)}: {row.words}; {'' if row.balanced else 'un'}balanced.",
            )
            for row in found.itertuples()
        ],
        table=found[["third", "words", "balanced"]],
    )


def _rows(net):
    """The triads of China and Russia, unbalanced ones first. Columns: third, china, russia (signs), balanced, words."""
    found = holding(triads(net), *BOTH).assign(third=_thirds)
    china, russia = ([net[lead][code]["sign"] for code in found.third] for lead in BOTH)
    words = [STANDS[pair] for pair in zip(china, russia, strict=True)]
    found = found.assign(china=china, russia=russia, words=words)
    return found.sort_values(["balanced", "china", "third"], ignore_index=True)


def _ladder(found, since):
    """A row a triad, between China at the left and Russia at the right."""
    figure, ax = canvas(
        height=0.75 + 0.3 * max(len(found), 1), left=0.75, right=3.05, top=0.15, bottom=0.15
    )
    ax.set(xlim=(0, 1), ylim=(len(found) - 0.4, -0.9))
    ax.axis("off")
    for x, code in enumerate(BOTH):
        look = {"color": actors.colour(code), "fontsize": 10, "fontweight": "bold"}
        Tagged(ax, code, since=since).text(x, -0.65, actors.name(code), ha="center", **look)
    for row in found.itertuples():
        _third(Tagged(ax, *BOTH, row.third, since=since), row)
    return figure


def _third(draw, row):
    """One row: a line to China, the third actor's name, a line to Russia, and what they make."""
    weight, made = ("normal", "") if row.balanced else ("bold", ": unbalanced")
    draw.text(0.5, row.Index, actors.name(row.third), ha="center", va="center", fontweight=weight)
    draw.text(1.06, row.Index, row.words + made, va="center")
    for code, sign, ends, at in (("CHN", row.china, (0, 0.3), 0), ("RUS", row.russia, (0.7, 1), 1)):
        looks = {"color": actors.colour(code), "clip_on": False}
        draw.plot(
            ends, [row.Index] * 2, linestyle="solid" if sign > 0 else BROKEN, linewidth=2.2, **looks
        )
        draw.plot(at, row.Index, marker=actors.marker(code), markersize=8, **looks)
