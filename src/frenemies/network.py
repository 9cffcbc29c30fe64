"""The signed network on a page: its pictures, and the sentences that follow the actor bar. Measures and sources: balance."""

from matplotlib import patheffects

from frenemies import actors, evidence, pictures
from frenemies.balance import FIRST, TABLES, Rules, frustration, graph, holding, listed, signed_ties, triads

RULES = Rules()
STANDS = {  # sign of the tie with China, with Russia
    (1, 1): "friend of both", (-1, -1): "rival of both",
    (1, -1): "friend of China, rival of Russia", (-1, 1): "rival of China, friend of Russia",
}  # fmt: skip


def triads_line(shown, year=FIRST, rules=RULES):
    """Balanced and unbalanced triads among the actors shown, in a sentence: for `fr.live`. Raises UnknownYear."""
    shown = [code for code in shown if code in actors.ALL]  # the bar also offers the EU, which is no state
    found = triads(graph(signed_ties(year, rules, codes=shown)))
    bad = found[~found.balanced]
    both = holding(bad, "CHN", "RUS")
    pair = "None of these holds both China and Russia."
    if len(both):
        pair = f"China and Russia sit together in {len(both)} of these, with {listed(_thirds(both))}."
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
    return [
        next(code for code in three if code not in ("CHN", "RUS"))
        for three in found[["a", "b", "c"]].itertuples(index=False)
    ]


def _title(year, bad):
    """The finding: which third actors set China and Russia apart."""
    third = " and ".join(map(actors.name, _thirds(bad)))
    return (
        f"In {year} China and Russia part company over {third}"
        if third
        else f"In {year} no third actor sets China and Russia apart"
    )


@pictures.drawing
def network_picture(year=FIRST, rules=RULES):
    """Friends and rivals of a year, each actor in its fixed place, and the unbalanced triads of China and Russia shaded. Returns a Picture."""
    pairs = signed_ties(year, rules)
    found = triads(graph(pairs))
    bad = holding(found[~found.balanced], "CHN", "RUS")
    figure, ax = pictures.canvas(height=5.6, left=0.05, right=0.05, top=0.1, bottom=0.1)
    ax.set(xlim=(-1.5, 1.42), ylim=(-1.16, 1.14))
    ax.axis("off")
    _draw(ax, pairs, bad, since=year > pictures.THEN)
    subtitle = "Solid: friends; dashed: rivals; dotted: both at once, so neither; wider: more kinds of evidence; shaded: unbalanced triads of China and Russia"
    limits = "how much a tie matters to either side: a treaty of 1961 and last year's votes look alike."
    return pictures.Picture("network", "verdict", _title(year, bad), subtitle, figure, _lead(year, pairs, bad), _sentences(pairs), pairs,
                            evidence.source(*TABLES), ("actor_a", "actor_b"), limits)  # fmt: skip


def _lead(year, pairs, bad):
    friends, rivals = pairs.sign.eq(1).sum(), pairs.sign.eq(-1).sum()
    return f"In {year} {friends} pairs of actors are friends and {rivals} rivals by the rules; unbalanced triads that hold China and Russia: {len(bad)}."


def _sentences(pairs):
    kinds = {1: "friends", -1: "rivals", 0: "both at once, so neither"}
    names = [
        f"{actors.name(row.actor_a)} and {actors.name(row.actor_b)}: {kinds[row.sign]} ({row.evidence})."
        for row in pairs.itertuples()
    ]
    return list(zip(pairs[["actor_a", "actor_b"]].itertuples(index=False, name=None), names, strict=True))


def _draw(ax, pairs, bad, since):
    for three in bad[["a", "b", "c"]].itertuples(index=False):
        corners = zip(*map(actors.place, three), strict=True)
        pictures.tag(ax.fill(*corners, color="#F2C14E", alpha=0.35, linewidth=0, zorder=1)[0], *three, since=since)
    for row in pairs.itertuples():
        _tie(ax, row, since)
    for code in actors.ALL:
        _actor(ax, code)


def _tie(ax, row, since):
    """One tie as a line: solid for friends, dashed for rivals, dotted where it is both; wide by the kinds of evidence."""
    ends = (row.actor_a, row.actor_b)
    lead = next((code for code in ("CHN", "RUS") if code in ends), None)
    colour = pictures.INK if set(ends) == {"CHN", "RUS"} else actors.colour(lead) if lead else "#9AA0A6"
    dash, kinds = {1: ("solid", row.friendly), -1: ((0, (4, 2.5)), row.hostile), 0: ((0, (1, 2.5)), 0.5)}[row.sign]
    across, up = zip(*map(actors.place, ends), strict=True)
    line = ax.plot(across, up, color=colour, linestyle=dash, linewidth=0.5 + 0.9 * kinds, zorder=3 if lead else 2)
    pictures.tag(line[0], *ends, since=since)


def _actor(ax, code):
    """One actor: its marker in its place, its name outside the circle or above or below."""
    x, y = actors.place(code)
    lead = code in ("CHN", "RUS")
    dot = ax.plot(
        x,
        y,
        marker=actors.marker(code),
        color=actors.colour(code),
        markersize=13 if lead else 8,
        markeredgecolor="white",
        zorder=5,
    )
    side = 0 if abs(x) < 0.8 else 1 if x > 0 else -1
    above = y >= 0 and code != "PRK"
    place = {"xytext": (9 * side, 0), "va": "center", "ha": "left" if side > 0 else "right"}
    if not side:
        place = {"xytext": (0, 8 if above else -8), "va": "bottom" if above else "top", "ha": "center"}
    note = ax.annotate(
        actors.name(code), (x, y), textcoords="offset points", fontsize=11 if lead else 9, zorder=6, **place
    )
    note.set(
        fontweight="bold" if lead else "normal",
        path_effects=[patheffects.withStroke(linewidth=2.5, foreground="white")],
    )
    pictures.tag(dot[0], code)
    pictures.tag(note, code)


@pictures.drawing
def thirds_picture(year=FIRST, rules=RULES):
    """The triads that hold China and Russia, one a row: how the third actor stands with each. Returns a Picture."""
    net = graph(signed_ties(year, rules))
    found = _rows(net)
    figure, ax = pictures.canvas(height=0.75 + 0.3 * max(len(found), 1), left=0.75, right=3.05, top=0.15, bottom=0.15)
    ax.set(xlim=(0, 1), ylim=(len(found) - 0.4, -0.9))
    ax.axis("off")
    for x, code in ((0, "CHN"), (1, "RUS")):
        pictures.tag(
            ax.text(
                x, -0.65, actors.name(code), color=actors.colour(code), ha="center", fontsize=10, fontweight="bold"
            ),
            code,
        )
    for row in found.itertuples():
        _third(ax, row, since=year > pictures.THEN)
    bad = (~found.balanced).sum()
    subtitle = "Every actor tied to both. Solid: friend; dashed: rival. A triad is balanced where the product of its three signs is positive"
    title = f"{bad} of the {len(found)} triads of China and Russia in {year} are unbalanced"
    limits = "actors tied to one of the two only: without a tie to both there is no triad."
    table = found[["third", "words", "balanced"]]
    return pictures.Picture("thirds", "verdict", title, subtitle, figure, _how_they_stand(year, net, found), _verdicts(found), table,
                            evidence.source(*TABLES), ("third",), limits)  # fmt: skip


def _how_they_stand(year, net, found):
    between = net.get_edge_data("CHN", "RUS", default={"sign": 0})["sign"]
    are = {1: "friends", -1: "rivals", 0: "neither friends nor rivals"}[between]
    return f"In {year} China and Russia are {are} by the rules, and sit in {len(found)} triads, {(~found.balanced).sum()} of them unbalanced."


def _verdicts(found):
    kinds = found.balanced.map({True: "balanced", False: "unbalanced"})
    words = [
        f"{actors.name(third)}: {says}; {kind}."
        for third, says, kind in zip(found.third, found.words, kinds, strict=True)
    ]
    return [(("CHN", "RUS", third), text) for third, text in zip(found.third, words, strict=True)]


def _rows(net):
    """The triads of China and Russia, unbalanced ones first. Columns: third, china, russia (signs), balanced, words."""
    found = holding(triads(net), "CHN", "RUS").assign(third=lambda rows: _thirds(rows))
    found = found.assign(
        **{
            column: [net[lead][code]["sign"] for code in found.third]
            for column, lead in (("china", "CHN"), ("russia", "RUS"))
        }
    )
    found = found.assign(words=[STANDS[pair] for pair in zip(found.china, found.russia, strict=True)])
    return found.sort_values(["balanced", "china", "third"], ignore_index=True)


def _third(ax, row, since):
    """One row: a line to China, the third actor's name, a line to Russia, and what they make."""
    weight = "normal" if row.balanced else "bold"
    marks = [ax.text(0.5, row.Index, actors.name(row.third), ha="center", va="center", fontweight=weight)]
    marks.append(
        ax.text(1.06, row.Index, row.words + ("" if row.balanced else ": unbalanced"), va="center", fontsize=9)
    )
    for code, sign, ends, at in (("CHN", row.china, (0, 0.3), 0), ("RUS", row.russia, (0.7, 1), 1)):
        looks = {"color": actors.colour(code), "clip_on": False}
        marks += ax.plot(
            ends, [row.Index] * 2, linestyle="solid" if sign > 0 else (0, (4, 2.5)), linewidth=2.2, **looks
        )
        marks += ax.plot(at, row.Index, marker=actors.marker(code), markersize=8, **looks)
    for mark in marks:
        pictures.tag(mark, "CHN", "RUS", row.third, since=since)
