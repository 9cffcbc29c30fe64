"""Section 3, military: who arms whom, who exercises where, who fought whom; the tests of claims M1-M15 and their pictures.

Volumes of arms are SIPRI's trend-indicator values (TIV): volume, not dollars. Sources: data/military and data/geopolitical.
"""

import seaborn as sns

from frenemies import actors, claims, evidence, pictures
from frenemies.arms import arms_imports, arms_windows, share_of_arms_exports, share_of_arms_imports
from frenemies.claims import Finding
from frenemies.pictures import INK, QUIET, THEN, Picture, tag
from frenemies.places import Problem
from frenemies.ties import owe_defence

ENDS = (2003, 2008, 2013, 2018, 2024)  # last years of the windows drawn as blocks
ALLIES = ("JPN", "KOR", "PHL", "TWN", "VNM")  # the five that the article calls allies of the USA
SHORT = {"USA": "USA", "other": "others"}
FORCE = 4  # COW's level of hostility: use of force; 5 is war


def _name(code):
    return SHORT.get(code) or actors.name(code)


def _percent(share):
    return f"{share * 100:.0f} %" if share >= 0.1 or not share else f"{share * 100:.1f} %"


def _span(end):
    return f"{end - 4}-{end % 100:02d}" if end % 100 > 3 else f"{end - 4}-{end}"


# Measures


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
    deals = evidence.table("military/deals", vintage).query("supplier == @supplier and recipient == @recipient")
    found = deals[deals.weapon.eq(weapon)].groupby("year").units.sum().reset_index()
    if found.empty:
        known = ", ".join(sorted(set(deals.weapon))) or "other actors"
        raise Problem(f'no "{weapon}" from {actors.name(supplier)} to {actors.name(recipient)}: choose {known}')
    return found.assign(total=found.units.cumsum())


def pacific(yellow_sea=True):
    """Names of the seas that count as Pacific, with or without the Yellow Sea. Source: military/seas, our coding."""
    seas = evidence.table("military/seas")
    return set(seas[seas.pacific.eq("yes") | (seas.pacific.eq("disputed") & yellow_sea)].sea)


def exercises_held(vintage=None, yellow_sea=True):
    """Joint exercises held at sea or in the air, a row for each and its sea. Columns: year, exercise, name, date, sea, pacific, naval.

    naval: warships exercised (else a patrol, or a part of an exercise on land). Source: military/exercises.
    """
    held = evidence.table("military/exercises", vintage).query("status == 'held' and sea != 'on land'")
    held = held.assign(year=held.date.str[:4].astype(int), pacific=held.sea.isin(pacific(yellow_sea)))
    return held[["year", "exercise", "name", "date", "sea", "pacific", "naval"]].reset_index(drop=True)


def exercises_by_sea(vintage=None, yellow_sea=True):
    """Number of exercises held by sea and year. Columns: year, sea, pacific, naval, exercises. One in two seas counts in both."""
    return (
        exercises_held(vintage, yellow_sea)
        .groupby(["year", "sea", "pacific", "naval"])
        .exercise.nunique()
        .rename("exercises")
        .reset_index()
    )


def pacific_exercises(first, last, naval=True, yellow_sea=True, vintage=None):
    """Exercises held on the Pacific side in the years first to last, one row each. Columns: exercise, name, date, sea.

    naval: only exercises of warships, else also patrols in the air and at sea.
    """
    held = exercises_held(vintage, yellow_sea)
    held = held[held.pacific & held.year.between(first, last) & (held.naval | (not naval))]
    return held.groupby(["exercise", "name", "date"]).sea.agg(" and ".join).reset_index()


def conflict_coding(year, coding="UCDP"):
    """How a data set codes Russia and Ukraine in a year, in words.

    coding "UCDP": "state against state", "internal, with Russian troops" or "nothing" (to 2024); "COW": its militarised disputes,
    "state against state", "a hostile dispute" or "nothing" (to 2014, and that year's for later ones). Raises Problem.
    Source: geopolitical/conflicts, geopolitical/disputes.
    """
    if coding == "COW":
        disputes = evidence.table("geopolitical/disputes").query("actor_a == 'RUS' and actor_b == 'UKR'")
        worst = disputes[disputes.year.eq(min(year, 2014))].hostility.max()
        return "state against state" if worst > FORCE else "a hostile dispute" if worst == FORCE else "nothing"
    if coding != "UCDP":
        raise Problem(f'"{coding}" is no coding here: choose UCDP or COW')
    found = evidence.table("geopolitical/conflicts").query("year == @year")
    sides = found.side_a + found.helper_a + found.side_b + found.helper_b
    kinds = set(found[sides.str.contains("RUS") & sides.str.contains("UKR")].kind)
    return (
        "state against state"
        if "interstate" in kinds
        else "internal, with Russian troops"
        if "internal with foreign troops" in kinds
        else "nothing"
    )


# Verdicts under the reader's own coding


def _counted(word):
    if word not in ("counted", "left out"):
        raise Problem(f'say "counted" or "left out", not "{word}"')
    return word == "counted"


def pacific_verdicts(shown=(), yellow_sea="counted", patrols="counted"):
    """Claims M2 and M3 with the Yellow Sea and the patrols counted or left out, in one sentence. Raises Problem."""
    how = {"yellow_sea": _counted(yellow_sea), "naval": not _counted(patrols), "vintage": "then"}
    numbers = {"M2": len(pacific_exercises(2019, 2019, **how)), "M3": len(pacific_exercises(2012, 2018, **how))}
    rules = {claim: claims.text(claim) for claim in numbers}
    said = {
        claim: claims.judge(row["rule"], numbers[claim], row["holds"], row["partly"]) for claim, row in rules.items()
    }
    return f"2019, to 9 August: {numbers['M2']}, so M2 (none) {said['M2']}. 2012 to 2018: {numbers['M3']}, so M3 (several) {said['M3']}."


def verdict_by_coding(coding, year):
    """The verdict on M14 under one coding: "holds", "partly" or "fails". Raises Problem."""
    verdicts = {"state against state": "holds", "internal, with Russian troops": "holds", "a hostile dispute": "partly"}
    return verdicts.get(conflict_coding(year, coding), "fails")


def conflict_verdict(shown=(), coding="UCDP", year=2018):
    """Claim M14 under one coding and year, in one sentence. Raises Problem."""
    return f"{coding}, {year}: {conflict_coding(year, coding)}. By this coding M14 {verdict_by_coding(coding, year)}."


# Claims


def _listed(rows):
    return "; ".join(rows.name + " (" + rows.date + ", " + rows.sea + ")") or "none"


def _until(vintage):
    """The day of the last exercise listed in 2019, or before the article."""
    days = evidence.table("military/exercises", vintage).date
    return days[days.lt("2020")].max()


@claims.test("M1")
def baltic_exercise(vintage):
    """Joint naval exercises in the Baltic in 2019; nothing is decided before the year is over."""
    listed = evidence.table("military/exercises", vintage).query("sea == 'Baltic Sea'").rename_axis(None)
    held = (listed.date.str.startswith("2019") & listed.naval & listed.status.eq("held")).sum()
    announced = listed.status.eq("announced").sum()
    reason = f"Joint naval exercises in the Baltic in 2019: {held} held. Announced for any year: {announced}. On the list are: {_listed(listed)}."
    value = "holds" if held else None if vintage == "then" else "fails"
    return Finding(value, reason, _until(vintage), ["military/exercises"], tips="would flip if one were found")


@claims.test("M2")
def pacific_in_2019(vintage):
    """Joint exercises on the Pacific side in 2019, patrols counted; strict: warships only, Yellow Sea left out."""
    found = pacific_exercises(2019, 2019, naval=False, vintage=vintage)
    narrow = len(pacific_exercises(2019, 2019, yellow_sea=False, vintage=vintage))
    reason = f"Joint exercises and patrols on the Pacific side in 2019: {len(found)}. They are: {_listed(found)}."
    tables = ["military/exercises", "military/seas"]
    finding = Finding(
        len(found), reason, _until(vintage), tables, narrow, len(found), tips="would flip with none at all"
    )
    return claims.beside("M2", finding, vintage, (f"Warships only, without the Yellow Sea: {narrow}.", narrow))


@claims.test("M3")
def pacific_before(vintage):
    """Naval exercises held on the Pacific side from 2012 to 2018."""
    found = pacific_exercises(2012, 2018, vintage=vintage)
    narrow = len(pacific_exercises(2012, 2018, yellow_sea=False, vintage=vintage))
    reason = f"Naval exercises on the Pacific side from 2012 to 2018: {len(found)}. They are: {_listed(found)}."
    finding = Finding(len(found), reason, THEN, ["military/exercises", "military/seas"], strict=narrow)
    return claims.beside("M3", finding, vintage, (f"Without the Yellow Sea: {narrow}.", narrow))


def _supply(recipient, supplier, vintage, beside):
    """Finding on a supplier's share, in per cent, of a recipient's imports in the latest window."""
    end = last_window(vintage)
    share = share_of_arms_imports(recipient, supplier, end)
    low, high = concentration(recipient, end)
    spread = f"Concentration of {_name(recipient)}'s suppliers (Herfindahl-Hirschman, 1 is a single one): {low:.2f} to {high:.2f}."
    reason = f"{_name(supplier)} supplied {_percent(share)} of {_name(recipient)}'s arms imports in {_span(end)}."
    tables = ["military/arms_transfers", "military/arms_totals", "military/deals"]
    return Finding(share * 100, reason, end, tables, context=[(sentence, "") for sentence in (*beside(end), spread)])


@claims.test("M4")
def ukraine_arms_china(vintage):
    """Ukraine's share of China's arms imports."""

    def beside(end):
        deals = evidence.table("military/deals").query(
            "supplier == 'UKR' and recipient == 'CHN' and @end - 4 <= year <= @end"
        )
        yield f"Engines are {_percent(deals[deals.category.eq('Engines')].tiv.sum() / deals.tiv.sum())} of what Ukraine delivered."
        yield f"China took {_percent(share_of_arms_exports('UKR', 'CHN', end))} of Ukraine's arms exports."
        yield f"Russia's share of China's imports: {_percent(share_of_arms_imports('CHN', 'RUS', end))}."

    return _supply("CHN", "UKR", vintage, beside)


@claims.test("M5")
def russia_arms_vietnam(vintage):
    """Russia's share of Vietnam's arms imports."""
    return _supply("VNM", "RUS", vintage, lambda end: [])


@claims.test("M6")
def russia_arms_india(vintage):
    """Russia's share of India's arms imports."""
    return _supply(
        "IND", "RUS", vintage, lambda end: [f"The USA's share: {_percent(share_of_arms_imports('IND', 'USA', end))}."]
    )


@claims.test("M7")
def border_wars(vintage):
    """Wars with China on the list of the Correlates of War, for Vietnam and for India."""
    wars = evidence.table("military/wars", vintage)
    wars = wars[wars.actor_a.eq("CHN")]
    cow, ucdp = (
        {code: wars[wars.list.eq(name) & wars.actor_b.eq(code)] for code in ("VNM", "IND", "RUS")}
        for name in ("COW", "UCDP")
    )
    reason = " ".join(
        f"{_name(code)}: {', '.join(cow[code].name + ' ' + cow[code].start.astype(str)) or 'none'}."
        for code in ("VNM", "IND")
    )
    more = "; ".join(f"{_name(code)} {', '.join(rows.start.astype(str))}" for code, rows in ucdp.items())
    finding = Finding((len(cow["VNM"]), len(cow["IND"])), reason, 2007, ["military/wars"])
    other = f"Fighting with China over territory on the UCDP's list, first years: {more}."
    return claims.beside("M7", finding, vintage, (other, (len(ucdp["VNM"]), len(ucdp["IND"]))))


@claims.test("M8")
def six_submarines(vintage):
    """Submarines that Vietnam had received by the end of 2018."""
    boats = deliveries("RUS", "VNM", "Project-636E", "then")
    reason = f"{boats.total.iloc[-1]} submarines of the class Project 636 were delivered from {boats.year.min()} to {boats.year.max()}."
    return Finding(int(boats.total.iloc[-1]), reason, THEN, ["military/deals"])


def _delivered(recipient, weapons, vintage):
    return ", ".join(f"{deliveries('RUS', recipient, weapon, vintage).total.iloc[-1]} {weapon}" for weapon in weapons)


@claims.test("M9")
def mig35_research(vintage):
    """Undecided: joint research is in no table here."""
    held = evidence.table("military/deals", vintage).weapon.str.contains("MiG-35").sum()
    context = f"MiG-35 among the deliveries held here: {held}. Russian fighters for India since 2009: {_delivered('IND', ['Su-30MK', 'MiG-29SMT'], vintage)}."
    return Finding(
        None,
        "The register lists deliveries, not joint research.",
        last_window(vintage),
        ["military/deals"],
        context=[(context, "")],
    )


@claims.test("M10")
def inf_talks(vintage):
    """Two parts, by documents up to 9 August 2019: China refused; the USA and Russia proposed it jointly."""
    steps = evidence.table("military/inf_timeline", "then")
    refused, joint = (steps[steps.kind.eq(kind)].date for kind in ("refusal", "joint proposal"))
    parts = {since: (len(refused), int(joint.ge(since).sum())) for since in ("2016", "2019", "1900")}
    reason = f"China refused on {', '.join(refused)}. Joint proposals of the USA and Russia after 2015: {parts['2016'][1]}; the last one listed: {joint.max()}."
    context = [(f"By one of them alone: {'; '.join(steps[steps.kind.eq('proposal of one')].event)}.", "")]
    tips, tables = "would flip with one joint proposal after 2015", ["military/inf_timeline"]
    return Finding(
        parts["2016"], reason, steps.date.max(), tables, parts["2019"], parts["1900"], context=context, tips=tips
    )


@claims.test("M11")
def no_alliance(vintage):
    """Defence pledges between China and Russia."""
    pair, year = (
        evidence.table("geopolitical/pledges", vintage).query("actor_a == 'CHN' and actor_b == 'RUS'").pledge,
        THEN,
    )
    owed = {
        code: [_name(other) for other in actors.ALL if other != code and owe_defence(code, other, year, vintage)]
        for code in ("CHN", "RUS")
    }
    context = [(f"What they did pledge each other: {', '.join(pair[pair.ne('defence')]) or 'nothing'}.", "")]
    context += [
        (f"{_name(code)} has defence pledges with {', '.join(names) or 'no actor'}.", "")
        for code, names in owed.items()
    ]
    count = int(pair.eq("defence").sum())
    context += [(f"ATOP ends in {THEN}; of later pacts two are listed, none of them between these two.", "")]
    return Finding(
        count, f"Defence pledges between China and Russia: {count}.", year, ["geopolitical/pledges"], context=context
    )


@claims.test("M12")
def most_modern(vintage):
    """Undecided: no table ranks weapons by modernity."""
    context = (
        f"Delivered to China (aircraft, air-defence systems): {_delivered('CHN', ['Su-35S', 'S-400 Triumf'], vintage)}."
    )
    return Finding(
        None,
        "No table here ranks weapons by modernity.",
        last_window(vintage),
        ["military/deals"],
        context=[(context, "")],
    )


@claims.test("M13")
def us_allies(vintage):
    """How many of the five have a defence pledge of the USA."""
    year = THEN
    sworn = [code for code in ALLIES if owe_defence(code, "USA", year, vintage)]
    rest = ", ".join(_name(code) for code in ALLIES if code not in sworn)
    reason = (
        f"{len(sworn)} of five: {', '.join(map(_name, sworn))}. No defence pledge on record: {rest or 'none of them'}."
    )
    context = [("ATOP counts treaties: what a US law says about Taiwan's defence is not in it.", "")]
    return Finding(len(sworn), reason, year, ["geopolitical/pledges"], context=context)


@claims.test("M14")
def ukraine_conflict(vintage):
    """The coding of Russia and Ukraine by the UCDP; strict: only state against state counts."""
    year = THEN if vintage == "then" else 2022
    reason = f"The UCDP codes {year}: {conflict_coding(year)}." + (
        f" It codes 2019: {conflict_coding(2019)}." if year > THEN else ""
    )
    strict = "holds" if conflict_coding(year) == "state against state" else verdict_by_coding("COW", year)
    finding = Finding(
        verdict_by_coding("UCDP", year),
        reason,
        year,
        ["geopolitical/conflicts", "geopolitical/disputes"],
        strict,
        tips="the coding decides",
    )
    other = f"The Correlates of War's disputes end in 2014 and code that year: {conflict_coding(2014, 'COW')}."
    return claims.beside("M14", finding, vintage, (other, verdict_by_coding("COW", 2014)))


@claims.test("M15")
def alarmed(vintage):
    """Unfavourable views of China in Vietnam and India in the last survey up to 2019."""
    asked = evidence.table("geopolitical/opinion", vintage).query("about == 'CHN' and year <= 2019").sort_values("year")
    last = asked.groupby("actor").tail(1).set_index("actor")
    say = {code: f"{_name(code)} {row.unfavourable:.0f} % ({row.year})" for code, row in last.iterrows()}
    value = tuple(float(last.unfavourable[code]) for code in ("VNM", "IND"))
    silent = 100 - last.favourable["IND"] - last.unfavourable["IND"]
    context = [
        (f"Neighbours beside them: {say['JPN']}, {say['KOR']}.", ""),
        (f"In India {silent:.0f} % gave no answer.", ""),
    ]
    reason = f"Unfavourable view of China: {say['VNM']}, {say['IND']}."
    return Finding(value, reason, int(last.year[["VNM", "IND"]].max()), ["geopolitical/opinion"], context=context)


# Pictures

STRONG = ("RUS", "UKR", "USA")  # suppliers in their own colour, from the bottom up
MUTED, PALE = "#C3C8CE", "#ECEEF0"
LABELLED = 0.08  # smallest share that gets its words


def _page(key, title, subtitle, figure, lead, sentences, table, source, columns, cannot):
    source = evidence.source(source if "/" in source else f"military/{source}")
    return Picture(key, "military", title, subtitle, figure, lead, sentences, table, source, columns, cannot)


@pictures.drawing
def suppliers_picture(recipients=("CHN", "IND", "VNM"), ends=ENDS):
    """Who supplied each recipient's arms: a block a five-year window, split by supplier. Returns a Picture."""
    figure, panels = pictures.canvas(
        height=1.9 * len(recipients) + 0.3, rows=len(recipients), right=0.15, top=0.3, left=0.55, squeeze=False
    )
    windows = arms_windows(recipients, ends)
    for ax, recipient in zip(panels[:, 0], recipients, strict=True):
        for end, window in windows[windows.recipient.eq(recipient)].groupby("end"):
            _block(ax, (recipient,), end, window.set_index("supplier").share)
        _block_axis(ax, ends, f"Arms for {actors.name(recipient)}")
    panels[0, 0].text(pictures.ARTICLE, 103, "article", ha="center", va="bottom", fontsize=9, color=QUIET)
    figure.subplots_adjust(hspace=0.34)
    russian = (
        windows[windows.supplier.eq("RUS")]
        .pivot(index="recipient", columns="end", values="share")
        .reindex(list(recipients))
    )
    fell = ", ".join(_name(code) for code in recipients if russian[THEN][code] < russian[min(ends)][code])
    shares = ", ".join(f"{_name(code)} {_percent(russian[THEN][code])}" for code in recipients)
    lead = f"Russia's share of arms imports in {_span(THEN)}: {shares}."
    subtitle = (
        "Suppliers' shares of all major arms delivered (volume in TIV), five-year windows; lighter: after the article"
    )
    return _page(
        "suppliers",
        f"Russia arms all of them; its share fell in {fell or 'none'}",
        subtitle,
        figure,
        lead,
        _window_sentences(windows),
        windows.round({"tiv": 1, "share": 3}),
        "arms_transfers",
        ("recipient",),
        "what was paid, or what the weapons can do.",
    )


def _window_sentences(windows):
    named = windows[windows.share.ge(LABELLED)]
    named = (
        named.assign(text=named.supplier.map(_name) + " " + named.share.map(_percent))
        .groupby(["recipient", "end"])
        .text.agg(", ".join)
    )
    return [
        ((recipient, *_since(end)), f"{_name(recipient)} {_span(end)}: {text}.")
        for (recipient, end), text in named.items()
    ]


def _since(year):
    """The mark of a sentence about what came after August 2019."""
    return ["since"] if year > THEN else []


def _block(ax, who, end, shares):
    """One window as a stack of blocks, as wide as its years; blocks that are large enough carry their words."""
    late, below = end > THEN, 0.0
    ranks = {code: place for place, code in enumerate(STRONG)} | {"other": 9}
    for supplier, share in shares.sort_index(
        key=lambda codes: codes.map(lambda code: ranks.get(code, 5)), kind="stable"
    ).items():
        owners = who if supplier == "other" else (*who, supplier)
        colour = actors.colour(supplier) if supplier in STRONG else PALE if supplier == "other" else MUTED
        colour = sns.light_palette(colour, 10)[5] if late and supplier in STRONG else colour
        tag(
            ax.bar(end - 4, share * 100, width=5, bottom=below, align="edge", color=colour, edgecolor="white")[0],
            *owners,
            since=late,
        )
        if share >= LABELLED:
            ink = "white" if supplier in STRONG and not late else INK
            tag(
                ax.text(
                    end - 1.5,
                    below + share * 50,
                    f"{_name(supplier)} {_percent(share)}",
                    ha="center",
                    va="center",
                    color=ink,
                ),
                *owners,
                since=late,
            )
        below += share * 100


def _block_axis(ax, ends, title):
    ax.set(
        ylim=(0, 100), xlim=(min(ends) - 4.4, max(ends) + 1.2), yticks=[0, 50, 100], yticklabels=["0", "50", "100 %"]
    )
    ax.set_xticks([end - 1.5 for end in ends], [_span(end) for end in ends])
    ax.set_title(title, loc="left", fontweight="bold")
    ax.grid(axis="x", visible=False)
    pictures.article_line(ax, text="")


@pictures.drawing
def china_imports_picture():
    """Russia's and Ukraine's shares of China's arms imports in rolling five-year windows. Returns a Picture."""
    last, labels = last_window(), []
    shares = arms_windows(["CHN"], range(ENDS[0], last + 1)).query("supplier in ['RUS', 'UKR']")
    shares = shares.assign(year=shares.end, percent=shares.share * 100)
    figure, ax = pictures.canvas()
    pictures.year_axis(ax, ENDS[0], last + 0.3)
    pictures.article_line(ax)
    ax.set_ylim(0, 100)
    at = shares.pivot(index="year", columns="supplier", values="percent")
    for code in at:
        text = [f"{_name(code)} {_percent(at[code][year] / 100)}" for year in (last, THEN)]
        pictures.line(
            ax, shares[shares.supplier.eq(code)], "year", "percent", code, lead=code == "RUS", labels=labels, text=text
        )
    pictures.label_ends(ax, labels)
    lead = f"Share of China's arms imports in the five years to {THEN}: Russia {_percent(at['RUS'][THEN] / 100)}, Ukraine {_percent(at['UKR'][THEN] / 100)}."
    words = [
        ((code, *_since(year)), f"{_name(code)}, five years to {year}: {_percent(at[code][year] / 100)}.")
        for code in at
        for year in (ENDS[0], THEN, last)
    ]
    title = f"Russia's hold on China's arms imports was loosest in the five years to {at['RUS'].loc[:THEN].idxmin()}"
    subtitle = "Share of China's arms imports (volume in TIV) in the five years that end with the year shown, per cent"
    table = shares[["supplier", "year", "tiv", "percent"]].round(1)
    return _page(
        "china-imports",
        title,
        subtitle,
        figure,
        lead,
        words,
        table,
        "arms_transfers",
        ("supplier",),
        "what China builds for itself.",
    )


@pictures.drawing
def arms_flow_picture(window="2014-18", smallest=150):
    """Who delivers to whom among the actors, as arrows between fixed places. Returns a Picture.

    window: "2014-18" or "2020-24"; smallest: least volume drawn, in million TIV. Raises Problem.
    """
    end = {_span(year): year for year in ENDS[-2:]}.get(window)
    if end is None:
        raise Problem(f'"{window}" is no window here: choose {" or ".join(map(_span, ENDS[-2:]))}')
    flows = (
        evidence.table("military/arms_transfers")
        .query("@end - 4 <= year <= @end")
        .groupby(["supplier", "recipient"])
        .tiv.sum()
        .reset_index()
    )
    flows = flows[flows.tiv >= smallest].sort_values("tiv", ascending=False)
    figure, ax = pictures.canvas(height=5.6, left=0.1, right=0.1, bottom=0.1, top=0.1)
    for supplier, recipient, tiv in flows.itertuples(index=False):
        tag(ax.add_patch(_arrow(supplier, recipient, tiv)), supplier, recipient, since=end > THEN)
    for code in sorted({*flows.supplier, *flows.recipient}):
        box = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": actors.colour(code), "linewidth": 1.2}
        weight = "bold" if code in ("CHN", "RUS", "USA") else "normal"
        tag(
            ax.text(
                *actors.place(code), actors.name(code), ha="center", va="center", bbox=box, zorder=6, weight=weight
            ),
            code,
        )
    ax.set(xlim=(-1.3, 1.3), ylim=(-1.15, 1.15))
    ax.set_axis_off()
    armed = [_name(code) for code in flows[flows.supplier.eq("RUS")].recipient if code in ("IND", "VNM")]
    lead = f"{len(flows)} flows of {smallest} million TIV or more in {window}, the largest first."
    sentences = [
        ((a, b, *_since(end)), f"{_name(a)} to {_name(b)}: {tiv:,.0f}.") for a, b, tiv in flows.itertuples(index=False)
    ]
    subtitle = f"Major arms delivered in {window}, million TIV; width: volume; colour: the supplier's"
    title = f"Russia arms China and, at the same time, {' and '.join(armed) or 'none of its rivals'}"
    return _page(
        f"arms-flow-{end}",
        title,
        subtitle,
        figure,
        lead,
        sentences,
        flows.round(0),
        "arms_transfers",
        ("supplier", "recipient"),
        f"suppliers outside the 24 actors, and flows under {smallest} million TIV.",
    )


def _arrow(supplier, recipient, tiv):
    from matplotlib.patches import FancyArrowPatch

    width = 0.8 + tiv / 900
    shape = f"simple,tail_width={width},head_width={width + 5},head_length={7 + width / 2}"
    looks = {"color": actors.colour(supplier), "alpha": 0.8 if supplier in ("CHN", "RUS") else 0.35, "linewidth": 0}
    looks |= {"connectionstyle": "arc3,rad=0.12", "mutation_scale": 1, "shrinkA": 18, "shrinkB": 20}
    return FancyArrowPatch(actors.place(supplier), actors.place(recipient), arrowstyle=shape, **looks)


MARKS = {"warships": ("o", ""), "patrol": ("^", "air patrol"), "part": ("s", "by land, sea and air")}
MARKS |= {"announced": ("x", "announced only"), "visit": ("D", "port visit")}


@pictures.drawing
def exercises_picture(yellow_sea="counted"):
    """Joint exercises at sea and in the air by day and sea; shaded seas count as Pacific. Returns a Picture.

    yellow_sea: "counted" or "left out" (of the Pacific). Raises Problem.
    """
    listed = evidence.table("military/exercises").query("sea != 'on land'").sort_values("date")
    seas = evidence.table("military/seas").sort_values(["rank", "sea"], ascending=False).sea
    seas, inside = [sea for sea in seas if sea in set(listed.sea)], pacific(_counted(yellow_sea))
    figure, ax = pictures.canvas(height=4.4, left=1.45, right=0.3, top=0.35)
    ax.axhspan(len(seas) - len(inside & set(seas)) - 0.5, len(seas) - 0.5, color="#DCE9F2", zorder=0, linewidth=0)
    for row in listed.itertuples():
        _dot(ax, row, seas.index(row.sea))
    pictures.year_axis(ax, 2004, 2024.4, 2)
    ax.set(ylim=(-0.5, len(seas) - 0.5), yticks=range(len(seas)), yticklabels=seas)
    pictures.article_line(ax, text="")
    for at, side, text in ((2004.2, "left", "shaded: counts as Pacific"), (pictures.ARTICLE, "center", "article")):
        ax.text(at, len(seas) - 0.42, text, ha=side, va="bottom", color=QUIET)
    return _exercises_page(figure, listed, yellow_sea)


def _dot(ax, row, place):
    """One exercise in one sea; the first of a rare kind carries its word."""
    day = int(row.date[:4]) + (int(row.date[5:7]) - 1) / 12 + int(row.date[8:]) / 365
    late = row.date > evidence.CUTS["date"]
    kind = (
        row.status
        if row.status != "held"
        else "warships"
        if row.naval
        else "part"
        if row.domain == "mixed"
        else "patrol"
    )
    (marker, word), colour = MARKS[kind], sns.light_palette("#3B2E5A", 10)[5 if late else 9]
    dot = ax.plot(
        day,
        place,
        marker,
        markersize=8,
        color=colour,
        markerfacecolor=colour if kind == "warships" else "white",
        markeredgewidth=1.6,
        zorder=4,
    )[0]
    tag(dot, "CHN", "RUS", since=late)
    if word and not late and row.sea != "Sea of Japan":
        side, where = (-0.4, "right") if kind == "announced" else (0.4, "left")
        tag(ax.text(day + side, place, word, ha=where, va="center", color=colour), "CHN", "RUS", since=late)


def _exercises_page(figure, listed, yellow_sea):
    before = len(pacific_exercises(2012, 2018, yellow_sea=_counted(yellow_sea)))
    in_2019 = pacific_exercises(2019, 2019, False, _counted(yellow_sea))
    dated = listed.groupby(["date", "name", "end", "status"]).sea.agg(" and ".join).reset_index()
    dated = dated.assign(year=dated.date.str[:4].astype(int))[["date", "name", "sea", "status", "year"]]
    words = (
        dated.name
        + ", "
        + dated.date
        + ": "
        + dated.sea
        + dated.status.map(lambda word: "." if word == "held" else f", {word}.")
    )
    sentences = [
        (("CHN", "RUS", *(["since"] if late else [])), text)
        for late, text in zip(dated.date > evidence.CUTS["date"], words, strict=True)
    ]
    lead = f"Yellow Sea {yellow_sea}: {before} naval exercises on the Pacific side from 2012 to 2018; exercises and patrols there in 2019: {len(in_2019)}."
    met = f"In 2019 the two did meet on the Pacific side: {', '.join(in_2019.sea)}"
    title = met if len(in_2019) else "In 2019 no joint exercise on the Pacific side is on record"
    subtitle = f"Joint exercises of China and Russia at sea and in the air; dots: warships; Yellow Sea {yellow_sea}; after 2019 a selection only"
    return _page(
        f"exercises-{yellow_sea.replace(' ', '-')}",
        title,
        subtitle,
        figure,
        lead,
        sentences,
        dated,
        "exercises",
        (),
        "how many took part, exercises on land, or a trend after 2019.",
    )


@pictures.drawing
def submarines_picture():
    """Submarines delivered by Russia to Vietnam, added up by year. Returns a Picture."""
    boats = deliveries("RUS", "VNM", "Project-636E")
    figure, ax = pictures.canvas(height=2.9, right=0.3)
    for year, units, total in boats.itertuples(index=False):
        bars = ax.bar(
            [year] * 2,
            [total - units, units],
            bottom=[0, total - units],
            width=0.7,
            color=[MUTED, actors.colour("RUS")],
            edgecolor="white",
        )
        for mark in (*bars, ax.text(year, total + 0.15, f"{total}", ha="center", va="bottom", weight="bold")):
            tag(mark, "RUS", "VNM", since=year > THEN)
    pictures.year_axis(ax, boats.year.min() - 0.6, 2020, 1)
    pictures.article_line(ax)
    ax.set(ylim=(0, boats.total.max() + 1), yticks=range(0, boats.total.max() + 1, 2))
    total, year = boats.total.iloc[-1], boats.year.max()
    sentences = [
        (("RUS", "VNM"), f"{row.year}: {row.units} delivered, {row.total} in all.") for row in boats.itertuples()
    ]
    title, subtitle = (
        f"By {year} Vietnam had {total} Russian submarines",
        "Submarines of the class Project 636 delivered; blue: in that year, grey: before",
    )
    lead = f"By {year} Russia had delivered {total} submarines to Vietnam."
    return _page(
        "submarines",
        title,
        subtitle,
        figure,
        lead,
        sentences,
        boats,
        "deals",
        (),
        "whether they can be crewed and kept at sea.",
    )


def _line(ax, frame, column, code, text, **looks):
    """One actor's line with a gap where a year is missing; returns the label of its ends, since and then."""
    frame, ends = frame.dropna(subset=[column]).sort_values("year"), []
    for _, run in frame.groupby(frame.year.diff().gt(1).cumsum()):
        pictures.line(ax, run, "year", column, code, labels=ends, text=text, **looks)
    then = frame[frame.year <= THEN].iloc[-1]
    who, (x, _), (y, _), *rest = ends[-1]
    return (who, (x, then.year), (y, then[column]), *rest)


@pictures.drawing
def spending_picture():
    """Military expenditure: constant dollars above, share of GDP below. Returns a Picture."""
    spent = evidence.table("military/spending").assign(
        billion=lambda t: t.constant_usd / 1000, percent=lambda t: t.gdp_share * 100
    )
    figure, panels = pictures.canvas(height=6.4, rows=2, right=1.5, top=0.35)
    panels[0].set(yscale="log", ylim=(1.5, 1400), yticks=[10, 100, 1000], yticklabels=["10", "100", "1,000"])
    panels[1].set(ylim=(0, 7.5))
    _spending_panel(
        panels[0],
        spent,
        "billion",
        "Billion US dollars of 2023 (each step is ten times the one below)",
        "{:,.0f}",
        0.12,
    )
    _spending_panel(panels[1], spent, "percent", "Per cent of GDP", "{:.1f} %", 0.985)
    figure.subplots_adjust(hspace=0.25)
    at, share = (spent.pivot(index="actor", columns="year", values=column) for column in ("billion", "percent"))
    times = (at[2018] / at[2000]).map("{:.1f}-fold".format)
    lead = f"From 2000 to 2018 military expenditure grew {times['CHN']} in China, {times['IND']} in India, {times['JPN']} in Japan."
    last = at.columns[-1]
    sentences = [
        (
            (code, *_since(year)),
            f"{_name(code)} {year}: {row[year]:,.0f} billion dollars, {share[year][code]:.1f} % of GDP.",
        )
        for code, row in at.iterrows()
        for year in (THEN, last)
        if row[year] == row[year]
    ]
    burden = [f"{share[year]['CHN']:.1f}" for year in (2000, 2018)]
    title = f"China's military spending grew {times['CHN']} from 2000 to 2018; its share of GDP went from {burden[0]} to {burden[1]} %"
    subtitle = (
        "Military expenditure: volume above, burden on the economy below; China's and Russia's figures are estimates"
    )
    table = spent[["actor", "year", "billion", "percent", "estimate"]].round(2)
    return _page(
        "spending",
        title,
        subtitle,
        figure,
        lead,
        sentences,
        table,
        "spending",
        ("actor",),
        "what a dollar buys at home, or what other budgets hide.",
    )


def _spending_panel(ax, spent, column, title, form, y):
    pictures.year_axis(ax, 2000, 2024.3, 4)
    pictures.article_line(ax, y=y)
    ax.minorticks_off()
    labels = []
    for code, frame in spent.dropna(subset=[column]).groupby("actor"):
        when = "" if frame.year.iloc[-1] == spent.year.max() else f" ({frame.year.iloc[-1]})"
        text = [
            f"{_name(code)} {form.format(frame[column].iloc[-1])}{when}",
            f"{_name(code)} {form.format(frame[frame.year <= THEN][column].iloc[-1])}",
        ]
        labels.append(_line(ax, frame, column, code, text, lead=code in ("CHN", "RUS")))
    pictures.label_ends(ax, labels, gap=11.5)
    ax.set_title(title, loc="left", fontweight="bold")


@pictures.drawing
def warheads_picture():
    """Nuclear warheads in the stockpiles of the actors that hold any, with the life of the INF Treaty. Returns a Picture."""
    held, labels = evidence.table("military/warheads"), []
    figure, ax = pictures.canvas(height=3.9, right=1.45)
    ax.axvspan(1988 + 5 / 12, 2019 + 7 / 12, color="#F3EFE4", zorder=0, linewidth=0)
    ax.text(1989, 0.3, "INF Treaty in force", transform=ax.get_xaxis_transform(), va="bottom", color=QUIET)
    pictures.year_axis(ax, 1985, 2023.3)
    ax.set(
        yscale="log",
        ylim=(1, 60000),
        yticks=[1, 10, 100, 1000, 10000],
        yticklabels=["1", "10", "100", "1,000", "10,000"],
    )
    ax.minorticks_off()
    for code, frame in held.groupby("actor"):
        text = [f"{_name(code)} {frame[frame.year.eq(year)].warheads.iloc[0]:,.0f}" for year in (held.year.max(), THEN)]
        pictures.line(ax, frame, "year", "warheads", code, lead=code in ("CHN", "RUS"), labels=labels, text=text)
    pictures.label_ends(ax, labels)
    at = held.pivot(index="year", columns="actor", values="warheads")
    ratio = (at["RUS"] / at["CHN"]).map("{:.0f}".format)
    lead = (
        f"Russia held {ratio[1988]} times as many warheads as China in 1988 and {ratio[THEN]} times as many in {THEN}."
    )
    sentences = [
        ((code, *_since(year)), f"{_name(code)} {year}: {at[code][year]:,.0f}.")
        for code in at
        for year in (THEN, at.index[-1])
    ]
    subtitle = "Nuclear warheads in military stockpiles, estimates; each step of the scale is ten times the one below"
    return _page(
        "warheads",
        f"For each Chinese warhead Russia still held {ratio[THEN]} in {THEN}",
        subtitle,
        figure,
        lead,
        sentences,
        held,
        "warheads",
        ("actor",),
        "missiles: the INF Treaty was about launchers on land.",
    )


@pictures.drawing
def alarm_picture():
    """Unfavourable views of China in four neighbours, with the claim's two thirds. Returns a Picture."""
    asked, labels = evidence.table("geopolitical/opinion").query("about == 'CHN'").sort_values("year"), []
    figure, ax = pictures.canvas(right=1.75)
    pictures.year_axis(ax, 2005, asked.year.max() + 0.3)
    pictures.article_line(ax)
    ax.set_ylim(0, 100)
    bar = claims.text("M15")["holds"]
    ax.axhline(bar, color=INK, linewidth=0.8, linestyle="dashed")
    ax.text(2020.2, bar - 1, "two thirds", va="top", color=QUIET)
    for code, frame in asked.groupby("actor"):
        text = [
            f"{_name(code)} {row.unfavourable:.0f} % ({row.year:.0f})"
            for row in (frame.iloc[-1], frame[frame.year <= THEN].iloc[-1])
        ]
        labels.append(
            _line(ax, frame, "unfavourable", code, text, lead=code in ("VNM", "IND"), marker="o", markersize=4.5)
        )
    pictures.label_ends(ax, labels)
    last = asked[asked.year <= THEN].groupby("actor").tail(1).sort_values("unfavourable", ascending=False)
    later = asked[asked.year > THEN].groupby("actor").tail(1)
    told = [*last.itertuples(), *later.itertuples()]
    sentences = [
        ((row.actor, *_since(row.year)), f"{_name(row.actor)} {row.year}: {row.unfavourable:.0f} %.") for row in told
    ]
    views = last.set_index("actor").unfavourable
    title = f"Before the article {views['VNM']:.0f} % in Vietnam and {views['IND']:.0f} % in India had an unfavourable view of China"
    subtitle = "Very or somewhat unfavourable view of China, per cent of all asked; those who gave no answer stay in the base; gaps: not asked"
    return _page(
        "alarm",
        title,
        subtitle,
        figure,
        f"Unfavourable view of China, last survey up to {THEN}.",
        sentences,
        asked,
        "geopolitical/opinion",
        ("actor",),
        "fear of China's army: the question is about liking a country.",
    )
