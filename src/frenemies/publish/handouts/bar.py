"""What the actor bar of a page offers: its actors, and the named selections of them."""

from frenemies.evidence import actors


def offered(codes):
    """What the bar's script needs for some actors (codes): a dict; None where there is none to
    switch.
    """
    chosen = [code for code in [*actors.ALL, "EU"] if code in codes]
    if not chosen:
        return None
    looks = {
        "names": {code: actors.name(code) for code in chosen},
        "colours": {code: actors.colour(code) for code in chosen},
    }
    return {
        "key": "handout",
        "actors": chosen,
        **looks,
        "presets": presets(chosen),
        "vintage": "since",
    }


def presets(chosen):
    """The named selections, held to the actors of one page: those that would repeat another are
    left out.
    """
    found = {
        name: [
            code
            for code in chosen
            if code in codes or (code == "EU" and name in ("all", "the West"))
        ]
        for name, codes in actors.presets().items()
    }
    seen, kept = [], {}
    for name, codes in found.items():
        if codes not in seen and (codes or name == "none"):
            kept[name] = codes
            seen.append(codes)
    return kept
