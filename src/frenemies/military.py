"""Section 3, military: who arms whom, who exercises where, who fought whom; the tests of claims M1-M15 and their pictures.

Volumes of arms are SIPRI's trend-indicator values (TIV): volume, not dollars. Sources: data/military and data/geopolitical.
"""

import seaborn as sns

from frenemies import actors, claims, evidence, pictures
from frenemies.arms import arms_imports, arms_windows, share_of_arms_exports, share_of_arms_imports
from frenemies.places import Problem

ENDS = (2003, 2008, 2013, 2018, 2024)  # last years of the windows drawn as blocks
ALLIES = ("JPN", "KOR", "PHL", "TWN", "VNM")  # the five that the article calls allies of the USA
CODINGS = ("UCDP", "COW")
SHORT = {"USA": "USA", "other": "others"}


def _name(code):
    return SHORT.get(code) or actors.name(code)


def _percent(share):
    return f"{share * 100:.0f} %"


def _count(number, one, many):
    return f"{number} {one if number == 1 else many}"


def _span(start, end):
    return f"{start}-{end % 100:02d}"


# --- measures


def last_window(vintage=None):
    """Last year of the latest five-year window: 2018 in the vintage "then". Source: military/arms_totals."""
    return int(evidence.table("military/arms_totals", vintage).year.max())


def concentration(recipient, end, window=5):
    """Concentration of an actor's arms suppliers (Herfindahl-Hirschman index, 0 to 1): a pair (lowest, highest).

    The squares of the suppliers' shares, summed: 1 is a single supplier. What comes from outside the 24 actors is not
    split by country here: the lowest takes it as many small suppliers, the highest as one. Raises NoWindow, UnknownActor.
    """
    squares = arms_imports(recipient, end, window).set_index("supplier").share.pow(2)
    return float(squares.drop("other", errors="ignore").sum()), float(squares.sum())


def deliveries(supplier, recipient, weapon, vintage=None):
    """Units of a weapon delivered, by year and added up. Columns: year, units, total. Source: military/deals.

    weapon: SIPRI's designation, such as "Project-636E". Raises Problem where no such deal is held.
    """
    deals = evidence.table("military/deals", vintage)
    deals = deals[deals.supplier.eq(supplier) & deals.recipient.eq(recipient)]
    found = deals[deals.weapon.eq(weapon)].groupby("year").units.sum().reset_index()
    if found.empty:
        raise Problem(f'no deal "{weapon}" from {actors.name(supplier)} to {actors.name(recipient)} is held: choose one of {sorted(set(deals.weapon))}')
    return found.assign(total=found.units.cumsum())


def pacific(yellow_sea=True):
    """Names of the seas that count as Pacific, with or without the Yellow Sea. Source: military/seas, our coding."""
    seas = evidence.table("military/seas")
    return set(seas[seas.pacific.eq("yes") | (seas.pacific.eq("disputed") & yellow_sea)].sea)


def _counted(word):
    if word not in ("counted", "left out"):
        raise Problem(f'say "counted" or "left out", not "{word}"')
    return word == "counted"


def exercises_by_sea(yellow_sea=True, vintage=None):
    """Exercises held by sea and year. Columns: year, sea, pacific (true or false), naval, other (patrols and mixed ones), in exercises.

    An exercise in two seas counts in both. Source: military/exercises.
    """
    held = evidence.table("military/exercises", vintage).query("status == 'held' and sea != 'on land'")
    held = held.assign(year=held.date.str[:4].astype(int), pacific=held.sea.isin(pacific(yellow_sea)), other=~held.naval)
    return held.groupby(["year", "sea", "pacific"])[["naval", "other"]].sum().reset_index()


def pacific_exercises(first, last, naval=True, yellow_sea=True, vintage=None):
    """Exercises held on the Pacific side in the years first to last, one row each. Columns: exercise, name, date, sea.

    naval: only exercises of warships, else also patrols in the air and at sea. Source: military/exercises.
    """
    held = evidence.table("military/exercises", vintage).query("status == 'held'")
    held = held[held.sea.isin(pacific(yellow_sea)) & held.date.str[:4].astype(int).between(first, last) & (held.naval | (not naval))]
    return held.groupby(["exercise", "name", "date"]).sea.agg(", ".join).reset_index()


def defence_pledge(one, other, vintage=None):
    """Whether two actors owe each other defence: True or False. Source: geopolitical/pledges (ATOP to 2018, later pacts)."""
    a, b = sorted((actors.find(one), actors.find(other)))
    pledges = evidence.table("geopolitical/pledges", vintage)
    return bool((pledges.actor_a.eq(a) & pledges.actor_b.eq(b) & pledges.pledge.eq("defence") & pledges.end_year.isna()).any())


def conflict_coding(year, coding="UCDP"):
    """How a data set codes Russia and Ukraine in a year, in words: "state against state", "internal, with Russian troops",
    "a hostile dispute" or "nothing".

    coding "UCDP" (to 2024), or "COW": its militarised disputes (to 2014; for later years its last year). Raises Problem.
    Source: geopolitical/conflicts, geopolitical/disputes.
    """
    if coding not in CODINGS:
        raise Problem(f'"{coding}" is no coding here: choose {" or ".join(CODINGS)}')
    if coding == "COW":
        found = evidence.table("geopolitical/disputes").query("actor_a == 'RUS' and actor_b == 'UKR'")
        worst = found[found.year.eq(min(year, 2014))].hostility.max()
        return {5: "state against state", 4: "a hostile dispute"}.get(worst, "nothing")
    found = evidence.table("geopolitical/conflicts").query("year == @year")
    sides = found.side_a + found.helper_a + "-" + found.side_b + found.helper_b
    found = found[sides.str.contains("RUS") & sides.str.contains("UKR")]
    kinds = {"interstate": "state against state", "internal with foreign troops": "internal, with Russian troops"}
    return next((word for kind, word in kinds.items() if found.kind.eq(kind).any()), "nothing")


def pacific_verdicts(shown=(), yellow_sea="counted", patrols="counted"):
    """Claims M2 and M3 under the reader's own coding, in one sentence. Raises Problem for other words than "counted", "left out"."""
    how = {"yellow_sea": _counted(yellow_sea), "naval": not _counted(patrols), "vintage": "then"}
    numbers = {"M2": len(pacific_exercises(2019, 2019, **how)), "M3": len(pacific_exercises(2012, 2018, **how))}
    rules = {claim: claims.text(claim) for claim in numbers}
    said = {claim: claims.judge(row["rule"], numbers[claim], row["holds"], row["partly"]) for claim, row in rules.items()}
    return f"2019, to 9 August: {numbers['M2']}, so M2 (none) {said['M2']}. 2012 to 2018: {numbers['M3']}, so M3 (several) {said['M3']}."


def conflict_verdict(shown=(), coding="UCDP", year=2018):
    """Claim M14 under one coding and year, in one sentence. Raises Problem."""
    return f"{coding}, {year}: {conflict_coding(year, coding)}. Claim M14 {verdict_by_coding(coding, year)}."


# --- claims


def _until(table, vintage, year=None):
    """Last day listed, of all years or of one."""
    days = evidence.table(table, vintage).date
    return days[days.str.startswith(str(year or ""))].max()


@claims.test("M1")
def baltic_exercise(vintage):
    """Joint naval exercises in the Baltic in 2019; nothing is decided before the year is over."""
    listed = evidence.table("military/exercises", vintage).query("sea == 'Baltic Sea'")
    held = (listed.date.str.startswith("2019") & listed.naval & listed.status.eq("held")).sum()
    value = "holds" if held else None if vintage == "then" else "fails"
    known = "; ".join(listed.name + " (" + listed.date + ")")
    reason = f"Joint naval exercises in the Baltic in 2019 on the list: {held}; announcements of one: {listed.status.eq('announced').sum()}. What the list has there: {known}."
    return claims.Finding(value, reason, _until("military/exercises", vintage, 2019), ["military/exercises"], tips="would flip if one were found")


@claims.test("M2")
def pacific_in_2019(vintage):
    """Joint exercises on the Pacific side in 2019, patrols counted; strict: naval ones, Yellow Sea left out."""
    found = pacific_exercises(2019, 2019, naval=False, vintage=vintage)
    narrow = len(pacific_exercises(2019, 2019, yellow_sea=False, vintage=vintage))
    reason = f"Joint exercises and patrols on the Pacific side in 2019: {len(found)}. " + "; ".join(found.name + " (" + found.date + ", " + found.sea + ")")
    return claims.Finding(len(found), reason, _until("military/exercises", vintage, 2019), ["military/exercises", "military/seas"], strict=narrow, lenient=len(found), tips="would flip with none at all",
                          context=[(f"Warships only and without the Yellow Sea there are {narrow}.", "disagrees" if bool(narrow) != bool(len(found)) else "agrees")])  # fmt: skip


@claims.test("M3")
def pacific_before(vintage):
    """Naval exercises held on the Pacific side from 2012 to 2018."""
    found, narrow = (pacific_exercises(2012, 2018, yellow_sea=counted, vintage=vintage) for counted in (True, False))
    reason = f"{len(found)} naval exercises from 2012 to 2018: " + "; ".join(found.name + " (" + found.sea + ")") + "."
    return claims.Finding(len(found), reason, 2018, ["military/exercises", "military/seas"],
                          context=[(f"Without the Yellow Sea: {len(narrow)}.", "agrees" if len(narrow) >= 3 else "disagrees")])  # fmt: skip


def _supply(recipient, supplier, vintage, context):
    """Finding on a supplier's share, in per cent, of a recipient's imports in the latest window."""
    end = last_window(vintage)
    share = share_of_arms_imports(recipient, supplier, end)
    low, high = concentration(recipient, end)
    reason = f"{_name(supplier)} supplied {_percent(share)} of {_name(recipient)}'s arms imports in {_span(end - 4, end)}."
    spread = f"Concentration of {_name(recipient)}'s suppliers (1 is a single one): {low:.2f} to {high:.2f}."
    return claims.Finding(share * 100, reason, end, ["military/arms_transfers", "military/arms_totals"], context=[*context(end), (spread, "")])


@claims.test("M4")
def ukraine_arms_china(vintage):
    """Ukraine's share of China's arms imports."""

    def beside(end):
        deals = evidence.table("military/deals").query("supplier == 'UKR' and recipient == 'CHN' and @end - 4 <= year <= @end")
        engines = deals[deals.category.eq("Engines")].tiv.sum() / deals.tiv.sum()
        sold = share_of_arms_exports("UKR", "CHN", end)
        return [(f"Engines make {_percent(engines)} of what Ukraine delivered.", ""), (f"China took {_percent(sold)} of Ukraine's arms exports.", "agrees"),
                (f"Russia's share of China's imports: {_percent(share_of_arms_imports('CHN', 'RUS', end))}.", "")]  # fmt: skip

    found = _supply("CHN", "UKR", vintage, beside)
    found.tables.append("military/deals")
    return found


@claims.test("M5")
def russia_arms_vietnam(vintage):
    """Russia's share of Vietnam's arms imports."""
    return _supply("VNM", "RUS", vintage, lambda end: [])


@claims.test("M6")
def russia_arms_india(vintage):
    """Russia's share of India's arms imports."""
    return _supply("IND", "RUS", vintage, lambda end: [(f"The USA's share: {_percent(share_of_arms_imports('IND', 'USA', end))}.", "")])


@claims.test("M7")
def border_wars(vintage):
    """Wars with China on the list of the Correlates of War, for Vietnam and for India."""
    wars = evidence.table("military/wars", vintage)
    wars = wars[wars[["actor_a", "actor_b"]].isin(["CHN"]).any(axis=1)]
    found = {code: wars[wars[["actor_a", "actor_b"]].isin([code]).any(axis=1)] for code in ("VNM", "IND", "RUS")}
    cow = {code: rows[rows.list.eq("COW")] for code, rows in found.items()}
    reason = ". ".join(f"{_name(code)}: " + ("; ".join(cow[code].name + " " + cow[code].start.astype(str)) or "none") for code in ("VNM", "IND")) + "."
    more = ", ".join(f"{_name(code)} {' '.join(rows[rows.list.eq('UCDP')].start.astype(str))}" for code, rows in found.items())
    return claims.Finding((len(cow["VNM"]), len(cow["IND"])), reason, 2007, ["military/wars"], context=[(f"Fighting over territory on the UCDP's list, years it began: {more}.", "agrees")])


@claims.test("M8")
def six_submarines(vintage):
    """Submarines that Vietnam had received by the end of 2018."""
    boats = deliveries("RUS", "VNM", "Project-636E", "then")
    reason = f"{boats.total.iloc[-1]} submarines of the class Project 636 were delivered from {boats.year.min()} to {boats.year.max()}."
    return claims.Finding(int(boats.total.iloc[-1]), reason, 2018, ["military/deals"])


def _fighters(recipient, weapons, vintage):
    """Units delivered by Russia, in words."""
    return ", ".join(f"{deliveries('RUS', recipient, weapon, vintage).total.iloc[-1]} {weapon}" for weapon in weapons)


@claims.test("M9")
def mig35_research(vintage):
    """Undecided: joint research is in no table here."""
    deals = evidence.table("military/deals", vintage)
    held = deals.weapon.str.contains("MiG-35").sum()
    context = f"Deliveries of a MiG-35 in the deals held here: {held}. Russian combat aircraft for India since 2009: {_fighters('IND', ['Su-30MK', 'MiG-29SMT'], vintage)}."
    return claims.Finding(None, "The register lists deliveries, not joint research.", last_window(vintage), ["military/deals"], context=[(context, "")])


@claims.test("M10")
def inf_talks(vintage):
    """Two parts, by documents up to 9 August 2019: China refused; the USA and Russia proposed it jointly."""
    steps = evidence.table("military/inf_timeline", "then")
    refused, joint = (steps[steps.kind.eq(kind)].date for kind in ("refusal", "joint proposal"))
    after = {year: int(joint.gt(f"{year}-12-31").sum()) for year in (2015, 2018)}
    one_sided = "; ".join(steps[steps.kind.eq("proposal of one")].event)
    reason = f"China refused on {', '.join(refused)}. Joint proposals of the USA and Russia after 2015: {after[2015]}; the last one listed: {joint.max()}."
    return claims.Finding((len(refused), after[2015]), reason, steps.date.max(), ["military/inf_timeline"], strict=(len(refused), after[2018]), lenient=(len(refused), len(joint)),
                          context=[(f"Proposals of one side: {one_sided}.", "disagrees")], tips="would flip with one joint proposal after 2015")  # fmt: skip


@claims.test("M11")
def no_alliance(vintage):
    """Defence pledges between China and Russia."""
    pledges = evidence.table("geopolitical/pledges", vintage)
    pair = pledges.query("actor_a == 'CHN' and actor_b == 'RUS'").pledge
    owed = {code: [_name(other) for other in actors.ALL if other != code and defence_pledge(code, other, vintage)] for code in ("CHN", "RUS")}
    count = int(pair.eq("defence").sum())
    others = "; ".join(f"{_name(code)} owes defence to {', '.join(names) or 'nobody'}" for code, names in owed.items())
    return claims.Finding(count, f"Defence pledges between China and Russia: {count}.", max(2018, pledges.start_year.max()), ["geopolitical/pledges"],
                          context=[(f"What they did pledge each other: {', '.join(pair[pair.ne('defence')]) or 'nothing'}.", "agrees"), (f"Among the actors {others}.", "")])  # fmt: skip


@claims.test("M12")
def most_modern(vintage):
    """Undecided: no table ranks weapons by modernity."""
    context = f"Delivered to China: {_fighters('CHN', ['Su-35S', 'S-400 Triumf'], vintage)} (aircraft, air-defence systems)."
    return claims.Finding(None, "No table here ranks weapons by modernity.", last_window(vintage), ["military/deals"], context=[(context, "")])


@claims.test("M13")
def us_allies(vintage):
    """How many of the five have a defence pledge of the USA."""
    pledges = evidence.table("geopolitical/pledges", vintage)
    sworn = [code for code in ALLIES if defence_pledge(code, "USA", vintage)]
    rest = ", ".join(_name(code) for code in ALLIES if code not in sworn)
    reason = f"{len(sworn)} of five: {', '.join(map(_name, sworn))}. No defence pledge on record: {rest or 'none is missing'}."
    return claims.Finding(len(sworn), reason, max(2018, pledges.start_year.max()), ["geopolitical/pledges"],
                          context=[("ATOP counts treaties: what a US law says about Taiwan's defence is not in it.", "")])  # fmt: skip


@claims.test("M14")
def ukraine_conflict(vintage):
    """The coding of Russia and Ukraine by the UCDP; strict: only state against state counts."""
    year = 2018 if vintage == "then" else 2022
    coded = {coding: conflict_coding(year, coding) for coding in CODINGS}
    reason = f"For {year} the UCDP codes: {coded['UCDP']}." + (f" For 2019: {conflict_coding(2019)}." if vintage != "then" else "")
    disputed = verdict_by_coding("UCDP", year) if coded["UCDP"] == "state against state" else verdict_by_coding("COW", year)
    return claims.Finding(verdict_by_coding("UCDP", year), reason, year, ["geopolitical/conflicts", "geopolitical/disputes"], strict=disputed,
                          context=[(f"The Correlates of War's disputes end in 2014 and code: {coded['COW']}.", "disagrees")], tips="the coding decides")  # fmt: skip


def verdict_by_coding(coding, year):
    """The verdict on M14 under one coding: "holds", "partly" or "fails"."""
    verdicts = {"state against state": "holds", "internal, with Russian troops": "holds", "a hostile dispute": "partly"}
    return verdicts.get(conflict_coding(year, coding), "fails")


@claims.test("M15")
def alarmed(vintage):
    """Unfavourable views of China in Vietnam and India in the last survey up to 2019."""
    asked = evidence.table("geopolitical/opinion", vintage).query("about == 'CHN' and year <= 2019").sort_values("year")
    last = asked.groupby("actor").tail(1).set_index("actor")
    say = {code: f"{_name(code)} {row.unfavourable:.0f} % ({row.year})" for code, row in last.iterrows()}
    silent = 100 - last.favourable["IND"] - last.unfavourable["IND"]
    value = float(last.unfavourable["VNM"]), float(last.unfavourable["IND"])
    return claims.Finding(value, f"Unfavourable view of China: {say['VNM']}, {say['IND']}.", int(last.year[["VNM", "IND"]].max()), ["geopolitical/opinion"],
                          context=[(f"Neighbours beside them: {say['JPN']}, {say['KOR']}.", ""), (f"In India {silent:.0f} % gave no answer.", "")])  # fmt: skip


# --- pictures

MUTED = "#C3C8CE"
LABELLED = 0.08  # smallest share that gets its words
STRONG = ("RUS", "UKR", "USA")


def _faded(colour, late):
    """The colour itself, or a lighter one for what came after August 2019."""
    return sns.light_palette(colour, 10)[5] if late else colour


@pictures.drawing
def suppliers_picture(recipients=("CHN", "IND", "VNM"), ends=ENDS):
    """Who supplied the arms of each recipient: a block a five-year window, split by supplier. Returns a Picture."""
    figure, panels = pictures.canvas(height=1.9 * len(recipients) + 0.3, rows=len(recipients), right=0.15, top=0.3, left=0.55, sharex=True, squeeze=False)
    windows = arms_windows(recipients, ends)
    for ax, recipient in zip(panels[:, 0], recipients, strict=True):
        for _, window in windows[windows.recipient.eq(recipient)].groupby("end"):
            _block(ax, recipient, window)
        _block_axis(ax, ends, f"Arms for {actors.name(recipient)}")
    panels[0, 0].text(pictures.ARTICLE, 103, "article", ha="center", va="bottom", fontsize=9, color=pictures.QUIET)
    figure.subplots_adjust(hspace=0.34)
    now = windows[windows.end.eq(2018) & windows.supplier.eq("RUS")].set_index("recipient").share
    lead = "Russia's share of arms imports, 2014-18: " + ", ".join(f"{_name(code)} {_percent(now[code])}" for code in recipients) + "."
    return pictures.Picture("suppliers", "military", _suppliers_title(windows), "Suppliers' shares of all major arms delivered (volume in TIV), five-year windows; lighter: after the article",
                            figure, lead, _window_sentences(windows), windows.assign(share=windows.share.round(3)), evidence.source("military/arms_transfers"), ("recipient",),
                            "what was paid, or what the weapons can do.")  # fmt: skip


def _suppliers_title(windows):
    shares = windows[windows.supplier.eq("RUS")].pivot(index="recipient", columns="end", values="share")
    first, last = shares.columns.min(), shares.columns.max()
    fell = [_name(code) for code in shares.index if shares[last][code] < shares[first][code]]
    return f"Russia arms all of them, but its share fell in {', '.join(fell)}" if fell else "Russia arms all of them, and nowhere less than before"


def _window_sentences(windows):
    named = windows[windows.share.ge(LABELLED)]
    lines = named.assign(text=[f"{_name(s)} {_percent(v)}" for s, v in zip(named.supplier, named.share, strict=True)])
    joined = lines.groupby(["recipient", "start", "end"]).text.agg(", ".join)
    return [((recipient,), f"{_name(recipient)} {_span(start, end)}: {text}.") for (recipient, start, end), text in joined.items()]


def _block(ax, recipient, window):
    """One window as a stack of blocks with its years as width; blocks of 8 per cent and more are labelled."""
    late, below = bool(window.end.iloc[0] > pictures.THEN), 0.0
    order = window.assign(rank=window.supplier.map({code: -i for i, code in enumerate(STRONG[::-1], 1)}).fillna(window.supplier.eq("other"))).sort_values("rank", kind="stable")
    for row in order.itertuples():
        who = (recipient,) if row.supplier == "other" else (recipient, row.supplier)
        colour = _faded(actors.colour(row.supplier), late) if row.supplier in STRONG else "#ECEEF0" if row.supplier == "other" else MUTED
        bar = ax.bar(row.start, row.share * 100, width=row.end - row.start + 1, bottom=below, align="edge", color=colour, edgecolor="white")
        pictures.tag(bar[0], *who, since=late)
        if row.share >= LABELLED:
            text = ax.text((row.start + row.end + 1) / 2, below + row.share * 50, f"{_name(row.supplier)} {_percent(row.share)}", ha="center", va="center", fontsize=9,
                           color="white" if row.supplier in STRONG and not late else pictures.INK)  # fmt: skip
            pictures.tag(text, *who, since=late)
        below += row.share * 100


def _block_axis(ax, ends, title):
    ax.set(ylim=(0, 100), xlim=(min(ends) - 4.4, max(ends) + 1.2), yticks=[0, 50, 100], yticklabels=["0", "50", "100 %"])
    ax.set_xticks([end - 1.5 for end in ends], [_span(end - 4, end) for end in ends])
    ax.tick_params(labelbottom=True)
    ax.set_title(title, loc="left", fontsize=10, fontweight="bold")
    ax.grid(axis="x", visible=False)
    pictures.article_line(ax, text="")


@pictures.drawing
def china_imports_picture():
    """Russia's and Ukraine's shares of China's arms imports in rolling five-year windows. Returns a Picture."""
    windows = arms_windows(["CHN"], range(2003, last_window() + 1))
    shares = windows[windows.supplier.isin(["RUS", "UKR"])].assign(year=windows.end, percent=windows.share * 100)
    figure, ax = pictures.canvas()
    labels = []
    pictures.year_axis(ax, 2003, last_window() + 0.3)
    pictures.article_line(ax)
    ax.set_ylim(0, 100)
    for code in ("RUS", "UKR"):
        last = _percent(shares[shares.supplier.eq(code)].share.iloc[-1])
        pictures.line(ax, shares[shares.supplier.eq(code)], "year", "percent", code, lead=code == "RUS", labels=labels, text=f"{_name(code)} {last}")
    pictures.label_ends(ax, labels)
    at = shares.pivot(index="supplier", columns="year", values="percent")
    low = at.loc["RUS"].idxmin()
    lead = f"Share of China's arms imports in the five years to 2018: Russia {at[2018]['RUS']:.0f} %, Ukraine {at[2018]['UKR']:.0f} %."
    sentences = [((code,), f"{_name(code)}: {at[2003][code]:.0f} % in the five years to 2003, {at[2018][code]:.0f} % to 2018, {at[last_window()][code]:.0f} % to {last_window()}.") for code in ("RUS", "UKR")]
    return pictures.Picture("china-imports", "military", f"Russia's grip on China's arms imports was loosest in the five years to {low}", "Share of China's arms imports (volume in TIV) in the five years that end with the year shown, per cent",
                            figure, lead, sentences, shares[["supplier", "year", "tiv", "percent"]].round(1), evidence.source("military/arms_transfers"), ("supplier",),
                            "what China builds itself: its imports shrank as its own industry grew.")  # fmt: skip


@pictures.drawing
def arms_flow_picture(window="2014-18", smallest=150):
    """Who delivers to whom among the actors, as arrows between fixed places. Returns a Picture.

    window: "2014-18" or "2020-24"; smallest: least volume drawn, in million TIV.
    """
    end = {_span(last - 4, last): last for last in ENDS[-2:]}.get(window)
    if end is None:
        raise Problem(f'"{window}" is no window here: choose {" or ".join(_span(last - 4, last) for last in ENDS[-2:])}')
    flows = evidence.table("military/arms_transfers").query("@end - 4 <= year <= @end").groupby(["supplier", "recipient"]).tiv.sum().reset_index()
    flows = flows[flows.tiv >= smallest].sort_values("tiv", ascending=False)
    figure, ax = pictures.canvas(height=5.6, left=0.1, right=0.1, bottom=0.1, top=0.1)
    for row in flows.itertuples():
        _arrow(ax, row, end > pictures.THEN)
    for code in sorted({*flows.supplier, *flows.recipient}):
        _node(ax, code)
    ax.set(xlim=(-1.3, 1.3), ylim=(-1.15, 1.15), xticks=[], yticks=[])
    ax.spines["bottom"].set_visible(False)
    ax.grid(visible=False)
    top = flows.iloc[0]
    both = flows[flows.supplier.eq("RUS") & flows.recipient.isin(["CHN", "IND", "VNM"])].recipient.map(_name)
    lead = f"{len(flows)} flows of {smallest} million TIV or more in {window}; the largest goes from {_name(top.supplier)} to {_name(top.recipient)}. Russia supplies {', '.join(both)}."
    sentences = [((row.supplier, row.recipient), f"{_name(row.supplier)} to {_name(row.recipient)}: {row.tiv:,.0f}.") for row in flows.itertuples()]
    title = "Russia arms China and, at the same time, " + " and ".join(sorted(set(both) - {"China"}))
    return pictures.Picture(f"arms-flow-{end}", "military", title, f"Major arms delivered in {window}, million TIV; an arrow's width grows with the volume, its colour is the supplier's", figure, lead, sentences,
                            flows.round(0), evidence.source("military/arms_transfers"), ("supplier", "recipient"), f"suppliers outside the 24 actors, and flows under {smallest} million TIV.")  # fmt: skip


def _arrow(ax, flow, late):
    from matplotlib.patches import FancyArrowPatch

    width = 0.8 + flow.tiv / 900
    arrow = FancyArrowPatch(actors.place(flow.supplier), actors.place(flow.recipient), connectionstyle="arc3,rad=0.12", mutation_scale=1, shrinkA=18, shrinkB=20, linewidth=0,
                            arrowstyle=f"simple,tail_width={width},head_width={width + 5},head_length={7 + width / 2}",
                            color=actors.colour(flow.supplier), alpha=0.8 if flow.supplier in ("CHN", "RUS") else 0.35)  # fmt: skip
    pictures.tag(ax.add_patch(arrow), flow.supplier, flow.recipient, since=late)


def _node(ax, code):
    box = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": actors.colour(code), "linewidth": 1.2}
    bold = "bold" if code in ("CHN", "RUS", "USA") else "normal"
    pictures.tag(ax.text(*actors.place(code), actors.name(code), ha="center", va="center", fontsize=9, fontweight=bold, bbox=box, zorder=6), code)


@pictures.drawing
def exercises_picture(yellow_sea="counted"):
    """Joint exercises at sea and in the air by day and sea; shaded seas count as Pacific. Returns a Picture.

    yellow_sea: "counted" or "left out" (of the Pacific).
    """
    listed = evidence.table("military/exercises").query("sea != 'on land'")
    inside = pacific(_counted(yellow_sea))
    seas = evidence.table("military/seas").sort_values(["pacific", "up", "sea"], key=lambda column: column.replace({"no": "0", "disputed": "1", "yes": "2"}))
    seas = [sea for sea in seas.sea if sea in set(listed.sea)]
    figure, ax = pictures.canvas(height=4.4, left=1.45, right=0.3, top=0.35)
    for row in listed.itertuples():
        _dot(ax, row, seas.index(row.sea))
    first = min(seas.index(sea) for sea in seas if sea in inside)
    ax.axhspan(first - 0.5, len(seas) - 0.5, color="#DCE9F2", zorder=0, linewidth=0)
    ax.text(2004.2, len(seas) - 0.42, "shaded: counts as Pacific", va="bottom", fontsize=9, color=pictures.QUIET)
    _sea_axis(ax, seas)
    return _exercises_page(figure, listed, yellow_sea)


def _sea_axis(ax, seas):
    pictures.year_axis(ax, 2004, 2024.4, 2)
    ax.set(ylim=(-0.5, len(seas) - 0.5), yticks=range(len(seas)), yticklabels=seas)
    pictures.article_line(ax, text="")
    ax.text(pictures.ARTICLE, len(seas) - 0.42, "article", ha="center", va="bottom", fontsize=9, color=pictures.QUIET)


LOOKS = {"warships": ("o", True), "patrol": ("^", False), "mixed": ("s", False), "announced": ("x", True), "port visit": ("D", False)}


WORDS = {"mixed": "by land, sea and air", "announced": "announced only", "patrol": "air patrol"}


def _kind(row):
    if row.status != "held":
        return "announced" if row.status == "announced" else "port visit"
    return "warships" if row.naval else "mixed" if row.domain == "mixed" else "patrol"


def _dot(ax, row, place):
    """One exercise in one sea; kinds that are rare carry their word."""
    day = int(row.date[:4]) + (int(row.date[5:7]) - 1) / 12 + int(row.date[8:]) / 365
    marker, full = LOOKS[_kind(row)]
    late = row.date > evidence.CUTS["date"]
    colour = _faded("#3B2E5A", late)
    dot = ax.plot(day, place, marker=marker, markersize=8, color=colour, markerfacecolor=colour if full else "white", markeredgewidth=1.6, linestyle="none", zorder=4)[0]
    pictures.tag(dot, "CHN", "RUS", since=late)
    if _kind(row) in ("announced", "port visit", "mixed") or (row.date, row.sea) == ("2019-07-23", "East China Sea"):
        side = -1 if _kind(row) == "announced" else 1
        text = ax.text(day + side * 0.35, place, WORDS.get(_kind(row), _kind(row)), ha="left" if side > 0 else "right", va="center", fontsize=9, color=colour)
        pictures.tag(text, "CHN", "RUS", since=late)


def _exercises_page(figure, listed, yellow_sea):
    counted = _counted(yellow_sea)
    before, in_2019 = len(pacific_exercises(2012, 2018, yellow_sea=counted)), pacific_exercises(2019, 2019, naval=False, yellow_sea=counted)
    dated = listed.groupby(["exercise", "name", "date", "end", "status"], dropna=False).sea.agg(" and ".join).reset_index().sort_values("date")
    sentences = [(("CHN", "RUS"), f"{row['name']}: {row.sea}, {row.date}{'' if row.status == 'held' else ', ' + row.status}.") for _, row in dated.iterrows()]
    lead = f"With the Yellow Sea {yellow_sea} the Pacific side saw {before} naval exercises from 2012 to 2018 and {_count(len(in_2019), 'exercise or patrol', 'exercises or patrols')} in 2019."
    title = f"In 2019 the two did meet in the Pacific: {', '.join(in_2019.sea)}" if len(in_2019) else "In 2019 no joint exercise on the Pacific side is on record"
    return pictures.Picture(f"exercises-{yellow_sea.replace(' ', '-')}", "military", title, f"Joint exercises of China and Russia at sea and in the air; dots: warships; Yellow Sea {yellow_sea}; after 2019 a selection only", figure, lead, sentences,
                            dated[["name", "date", "end", "sea", "status"]].assign(year=dated.date.str[:4].astype(int)), evidence.source("military/exercises", "military/seas"), (),
                            "how many took part, exercises on land, or a trend after 2019.")  # fmt: skip


@pictures.drawing
def sea_chart_picture(yellow_sea="counted"):
    """The same exercises on a schematic chart of seas: in each its years. Returns a Picture.

    yellow_sea: "counted" or "left out" (of the Pacific).
    """
    held = exercises_by_sea(_counted(yellow_sea))
    held = held[held.naval > 0]
    seas = evidence.table("military/seas").merge(held.groupby(["sea", "pacific"]).year.agg(list).rename("years").reset_index().drop(columns="pacific"))
    inside = pacific(_counted(yellow_sea))
    figure, ax = pictures.canvas(height=3.6, left=0.05, right=0.05, bottom=0.05, top=0.05)
    for row in seas.itertuples():
        _sea_box(ax, row, row.sea in inside)
    ax.set(xlim=(-0.1, 10.1), ylim=(0.5, 5.5), xticks=[], yticks=[])
    ax.spines["bottom"].set_visible(False)
    ax.grid(visible=False)
    near, far = seas[seas.sea.isin(inside)].sea, seas[~seas.sea.isin(inside)].sea
    lead = f"Warships of both exercised in {len(seas)} seas. On the Pacific side: {', '.join(near)}. Elsewhere: {', '.join(far)}."
    sentences = [(("CHN", "RUS"), f"{row.sea}: {', '.join(map(str, row.years))}.") for row in seas.itertuples()]
    return pictures.Picture(f"sea-chart-{yellow_sea.replace(' ', '-')}", "military", f"Warships of both met in {len(seas)} seas, {len(near)} of them on the Pacific side", f"Years with a joint naval exercise; shaded: counts as Pacific, Yellow Sea {yellow_sea}; grey years: after 2019, a selection; places are schematic", figure, lead, sentences,
                            held[["year", "sea", "pacific", "naval"]], evidence.source("military/exercises", "military/seas"), (), "distances, borders or who claims which water.")  # fmt: skip


def _sea_box(ax, sea, inside):
    from matplotlib.patches import FancyBboxPatch

    box = FancyBboxPatch((sea.across - 0.93, sea.up - 0.36), 1.86, 0.72, boxstyle="round,pad=0.03", facecolor="#BFD7E8" if inside else "#F1F3F4", edgecolor="#7F9BB0")
    pictures.tag(ax.add_patch(box), "CHN", "RUS")
    pictures.tag(ax.text(sea.across, sea.up + 0.18, sea.sea, ha="center", va="center", fontsize=9, fontweight="bold"), "CHN", "RUS")
    for late in (False, True):
        years = [str(year) for year in sea.years if (year > 2019) == late]
        if years:
            text = ax.text(sea.across, sea.up - (0.25 if late else 0.04), ", ".join(years), ha="center", va="center", fontsize=9, color=pictures.QUIET if late else pictures.INK)
            pictures.tag(text, "CHN", "RUS", since=late)


@pictures.drawing
def submarines_picture():
    """Submarines delivered by Russia to Vietnam, added up by year. Returns a Picture."""
    boats = deliveries("RUS", "VNM", "Project-636E")
    figure, ax = pictures.canvas(height=2.9, right=0.3)
    for row in boats.itertuples():
        bars = ax.bar([row.year] * 2, [row.total - row.units, row.units], bottom=[0, row.total - row.units], width=0.7, color=[MUTED, actors.colour("RUS")], edgecolor="white")
        text = ax.text(row.year, row.total + 0.15, f"{row.total}", ha="center", va="bottom", fontsize=10, fontweight="bold")
        for mark in (*bars, text):
            pictures.tag(mark, "RUS", "VNM")
    pictures.year_axis(ax, 2012.4, 2020, 1)
    pictures.article_line(ax)
    ax.set(ylim=(0, 7), yticks=[0, 2, 4, 6])
    total = boats.total.iloc[-1]
    lead = f"By {boats.year.max()} Russia had delivered {total} submarines to Vietnam."
    sentences = [(("RUS", "VNM"), f"{row.year}: {row.units} delivered, {row.total} in all.") for row in boats.itertuples()]
    return pictures.Picture("submarines", "military", f"By {boats.year.max()} all {total} submarines were in Vietnam", "Submarines of the class Project 636 delivered by Russia; blue: in that year, grey: before", figure, lead, sentences, boats,
                            evidence.source("military/deals"), (), "whether they can be crewed and kept at sea.")  # fmt: skip


def _line(ax, frame, column, code, text, **looks):
    """One actor's line with gaps where a year is missing; returns the label of its end."""
    frame, found = frame.dropna(subset=[column]), []
    for _, run in frame.groupby(frame.year.diff().gt(1).cumsum()):
        pictures.line(ax, run, "year", column, code, labels=found, text=text, **looks)
    return found[-1]


@pictures.drawing
def spending_picture():
    """Military expenditure: constant dollars above, share of GDP below. Returns a Picture."""
    spent = evidence.table("military/spending").assign(billion=lambda t: t.constant_usd / 1000, percent=lambda t: t.gdp_share * 100)
    figure, panels = pictures.canvas(height=6.4, rows=2, right=1.5, top=0.35)
    panels[0].set(yscale="log", ylim=(1.5, 1400), yticks=[10, 100, 1000], yticklabels=["10", "100", "1,000"])
    panels[0].minorticks_off()
    panels[1].set(ylim=(0, 7.5))
    _spending_panel(panels[0], spent, "billion", "Billion US dollars of 2023 (each step is ten times the one below)", "{:,.0f}")
    _spending_panel(panels[1], spent, "percent", "Per cent of GDP", "{:.1f} %")
    figure.subplots_adjust(hspace=0.25)
    at, share = (spent.pivot(index="actor", columns="year", values=column) for column in ("billion", "percent"))
    times = at[2018] / at[2000]
    lead = f"From 2000 to 2018 military expenditure grew {times['CHN']:.1f}-fold in China, {times['IND']:.1f}-fold in India, {times['JPN']:.1f}-fold in Japan."
    sentences = [((code,), f"{_name(code)}: {row[2018]:,.0f} billion dollars in 2018, {share[2018][code]:.1f} % of GDP.") for code, row in at.iterrows() if row[2018] == row[2018]]
    title = f"China's military budget grew {times['CHN']:.1f}-fold from 2000 to 2018; its share of GDP went from {share[2000]['CHN']:.1f} to {share[2018]['CHN']:.1f} %"
    return pictures.Picture("spending", "military", title, "Military expenditure: volume above, burden on the economy below; China's and Russia's figures are estimates", figure, lead, sentences,
                            spent[["actor", "year", "billion", "percent", "estimate"]].round(2), evidence.source("military/spending"), ("actor",),
                            "what a dollar buys in each country, or what is hidden in other budgets.")  # fmt: skip


def _spending_panel(ax, spent, column, title, form):
    pictures.year_axis(ax, 2000, 2024.3, 4)
    pictures.article_line(ax, y=0.12 if column == "billion" else 0.985)
    labels = []
    for code, frame in spent.dropna(subset=[column]).groupby("actor"):
        when = "" if frame.year.iloc[-1] == spent.year.max() else f" ({frame.year.iloc[-1]})"
        labels.append(_line(ax, frame, column, code, f"{_name(code)} {form.format(frame[column].iloc[-1])}{when}", lead=code in ("CHN", "RUS")))
    pictures.label_ends(ax, labels, gap=11.5)
    ax.set_title(title, loc="left", fontsize=10, fontweight="bold")


@pictures.drawing
def warheads_picture():
    """Nuclear warheads in the stockpiles of the actors that hold any, with the life of the INF Treaty. Returns a Picture."""
    held = evidence.table("military/warheads")
    figure, ax = pictures.canvas(height=3.9, right=1.45)
    ax.axvspan(1988.42, 2019.59, color="#F3EFE4", zorder=0, linewidth=0)
    ax.text(1989, 0.3, "INF Treaty in force", transform=ax.get_xaxis_transform(), va="bottom", fontsize=9, color=pictures.QUIET)
    pictures.year_axis(ax, 1985, 2023.3)
    ax.set_yscale("log")
    ax.set(ylim=(1, 60000), yticks=[1, 10, 100, 1000, 10000], yticklabels=["1", "10", "100", "1,000", "10,000"])
    ax.minorticks_off()
    labels = []
    for code in held.actor.unique():
        pictures.line(ax, held[held.actor.eq(code)], "year", "warheads", code, lead=code in ("CHN", "RUS"), labels=labels)
    pictures.label_ends(ax, labels)
    at = held.pivot(index="actor", columns="year", values="warheads")
    ratio = {year: at[year]["RUS"] / at[year]["CHN"] for year in (1988, 2018)}
    lead = f"Russia held {ratio[1988]:.0f} times as many warheads as China in 1988 and {ratio[2018]:.0f} times as many in 2018."
    sentences = [((code,), f"{_name(code)}: {row[2018]:,.0f} in 2018, {row[2023]:,.0f} in 2023.") for code, row in at.iterrows()]
    return pictures.Picture("warheads", "military", f"For each Chinese warhead Russia still held {ratio[2018]:.0f} in 2018", "Nuclear warheads in military stockpiles, estimates; each step of the scale is ten times the one below", figure, lead, sentences,
                            held, evidence.source("military/warheads"), ("actor",), "missiles: the INF Treaty was about launchers on land, and China has many of those.")  # fmt: skip


@pictures.drawing
def ukraine_deals_picture():
    """What Ukraine delivered to China, by kind and five-year window. Returns a Picture."""
    deals = evidence.table("military/deals").query("supplier == 'UKR' and recipient == 'CHN'")
    deals = deals.assign(end=[next((end for end in ENDS if end - 4 <= year <= end), None) for year in deals.year]).dropna(subset=["end"])
    sums = deals.groupby(["end", "category"]).tiv.sum().reset_index().astype({"end": int})
    figure, ax = pictures.canvas(height=3.9, right=0.2, top=0.3)
    kinds = sums.groupby("category").tiv.sum().sort_values(ascending=False).index
    tones = dict(zip(kinds, sns.light_palette(actors.colour("UKR"), len(kinds) + 1, reverse=True), strict=False))
    for end, window in sums.groupby("end"):
        _heap(ax, end, window.set_index("category").tiv.reindex(kinds).dropna(), tones)
    ax.set(xlim=(1998.6, 2025.2), ylim=(0, 850))
    ax.set_xticks([end - 1.5 for end in ENDS], [_span(end - 4, end) for end in ENDS])
    pictures.article_line(ax)
    ax.grid(axis="x", visible=False)
    hulk = deals.sort_values("tiv").iloc[-1]
    most = sums.sort_values("tiv").groupby("end").category.last()
    lead = f"The largest single delivery is the {hulk.kind} counted in {hulk.year} with {hulk.tiv:,.0f} million TIV, ordered in {hulk.ordered}."
    sentences = [(("CHN", "UKR"), f"{_span(end - 4, end)}: " + ", ".join(f"{kind.lower()} {value:,.0f}" for kind, value in zip(rows.category, rows.tiv, strict=True)) + ".") for end, rows in sums.groupby("end")]
    return pictures.Picture("ukraine-deals", "military", f"From {most.iloc[0].lower()} to {most.iloc[-1].lower()}: what Ukraine delivered to China", "Million TIV delivered in five-year windows, by SIPRI's weapon category; lighter years: after the article", figure, lead, sentences,
                            sums.round(1), evidence.source("military/deals"), (), "know-how, drawings and engineers, which no register of deliveries counts.")  # fmt: skip


def _heap(ax, end, parts, tones):
    late, below = bool(end > pictures.THEN), 0.0
    for kind, value in parts.items():
        bar = ax.bar(end - 4, value, width=5, bottom=below, align="edge", color=tones[kind], edgecolor="white", alpha=0.55 if late else 1)
        pictures.tag(bar[0], "CHN", "UKR", since=late)
        if value >= 55:
            pictures.tag(ax.text(end - 1.5, below + value / 2, f"{kind} {value:,.0f}", ha="center", va="center", fontsize=9), "CHN", "UKR", since=late)
        below += value


@pictures.drawing
def alarm_picture():
    """Unfavourable views of China in four neighbours, with the claim's two thirds. Returns a Picture."""
    asked = evidence.table("geopolitical/opinion").query("about == 'CHN'")
    figure, ax = pictures.canvas(right=1.75)
    pictures.year_axis(ax, 2005, 2023.3)
    pictures.article_line(ax)
    ax.set_ylim(0, 100)
    bar = claims.text("M15")["holds"]
    ax.axhline(bar, color=pictures.INK, linewidth=0.8, linestyle="dashed")
    ax.text(2020.2, bar - 1, "two thirds", va="top", fontsize=9, color=pictures.QUIET)
    labels = []
    for code, frame in asked.sort_values("year").groupby("actor"):
        text = f"{_name(code)} {frame.unfavourable.iloc[-1]:.0f} % ({frame.year.iloc[-1]})"
        labels.append(_line(ax, frame, "unfavourable", code, text, lead=code in ("VNM", "IND"), marker="o", markersize=4.5))
    pictures.label_ends(ax, labels)
    last = asked.query("year <= 2018").sort_values("year").groupby("actor").tail(1).sort_values("unfavourable", ascending=False)
    words = [f"{_name(row.actor)} {row.unfavourable:.0f} % ({row.year})" for row in last.itertuples()]
    sentences = [((row.actor,), f"{word}.") for row, word in zip(last.itertuples(), words, strict=True)]
    return pictures.Picture("alarm", "military", f"Before the article {_name(last.actor.iloc[0])} thought worst of China, {_name(last.actor.iloc[-1])} least", "Very or somewhat unfavourable view of China, per cent of all asked; those who gave no answer stay in the base; gaps: not asked",
                            figure, "Last survey up to 2018, unfavourable view of China.", sentences, asked, evidence.source("geopolitical/opinion"), ("actor",),
                            "fear of China's army: the question is about liking a country.")  # fmt: skip
