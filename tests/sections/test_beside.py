"""The figures and years that stand beside a claim and never vote, and whether each alone agrees, kept
as a reader reads them: whoever changes one means it.
"""

import re

from conftest import cases

from heldto.claims import ledger

BESIDE = {  # claim: then, since; what is said in the order of the card, "+" where it agrees alone, "-" where not
    "F1": (["by occasion, the list has 35 +"], ["by occasion, the list has 35 +"]),
    "F2": (
        ["2003-12, Russia's rank was 2", "in 2018: 107 billion", "in 2006 .0.91.. In 2018 it was 0.87"],
        ["2003-12, Russia's rank was 2", "in 2018: 107 billion", "in 2006 .0.91.. In 2018 it was 0.87"],
    ),
    "F3": (
        ["2008 to 2013, China's share had grown by 2.9 points and the EU's had shrunk by 2.5",
         "2013 to 2018 .* from -0.07 to -0.19 for China, and from -0.06 to -0.15 for Russia"],
        ["2008 to 2013", "2013 to 2018 .* from -0.07 to -0.19 for China"],
    ),
    "F4": (["Pakistan of India +", "Vietnam"], ["rivals of friends of Russia: none -", "by this rule now: none"]),
    "F5": (["5 % of 93 common votes", "253 pairs of actors this pair has rank 23"],
           ["13 % of 91 common votes", "253 pairs of actors this pair has rank 47"]),
    "E1": (["104.2 billion +"], ["104.2 billion +", "146.9 and 141.1 in 2021; 190.3 and 180.0 in 2022"]),
    "E3": (["number 11 in 2018"], ["number 6 in 2023", "ends in 2020. .* Germany, was 0.56. -"]),
    "E4": ([r"FOB\) it is \+8.0 billion -", r"CIF\) it is \+6.4 billion +"], [r"\+5.5 billion +", r"\+6.2 billion +"]),
    "E5": (["14.2 % in 2017 and 15.4 % in 2018"], ["14.2 % in 2017 and 15.3 % in 2019", r"Up to 2025 the growth is \+6.7 % a year -"]),
    "E6": (["grew by 110 %"], ["grew by 192 %", "In 2025 the share is 27.9 % -"]),
    "E7": (["2.4 % below the peak +", "63 % in 2018. .* 79 %", "0.71 EJ in 2018"],
           ["For 2018 that of 2019 gives 3.1 % .* 2.4 %", "57 % in 2025. .* 79 %", "0.71 EJ in 2018, 0.82 EJ in 2019"]),
    "E8": ([], ["In 2020, .* 9.3 billion -"]),
    "E9": (["pact went from 0.4 to 0.9 bcm +", "52.2 to 56.7 Mt +"], ["pact went from 0.9 to 2.0 bcm +", "56.7 to 83.3 Mt +"]),
    "G1": (["three: Kyrgyzstan, Turkmenistan and Uzbekistan +", "five: Kazakhstan, Kyrgyzstan, Tajikistan, .* +", "In 2005, .* none"],
           ["three: Turkmenistan, Ukraine and Uzbekistan +", "five: Belarus, .* +", "In 2005, .* none"]),
    "G2": (["in 2018, .* Turkmenistan 33.3, Kazakhstan 5.4, Russia 0.0"], ["in 2025, .* Russia 36.7, Turkmenistan 30.3"]),
    "G3": (["Ukraine delivered 9 %", "would be 77 % +"], ["Ukraine delivered 12 %", "would be 81 % -"]),
    "G5": (["1990-2014: China 11, Russia 9. The highest level reached is 4"], ["1990-2014"]),
    "G6": (["Together it was 6 %", "12 vetoes to 2018, and China joined 6", "Iran 0.62 .* 0.35, with Syria 0.69 .* 0.41", "in 2018: Russia with Iran: consultation"],
           ["Together it was 1.3 %", "18 vetoes to 2023, and China joined 10 .* July 2023 is added by hand", "Iran 0.61 .* 0.42, with Syria 0.58 .* 0.55", "in 2018 .* not been updated since"]),
    "G7": (["69 % of Pakistan's", "kappa was 0.58"], ["81 % of Pakistan's", "kappa was 0.60"]),
    "G8": (["50 % of all 253 pairs of actors reach 0.85", "since 1979. .* 0.90"], ["35 % of all 253 pairs", "since 1979, by a list that ends in 2020 .* 0.86"]),
    "G9": (["in 2018", "18.5 in 2017, 22.0 in 2018[.]"], ["in 2018", "18.5 in 2017, 22.0 in 2018, 13.4 in 2019, 6.4 in 2020[.] The IMF.s series"]),
    "G10": ([r"\(2018\) Japan .* 48 %, South Korea on 51 % -", r"\(2013-17\) it is 74 % and 75 % -"],
            [r"\(2024\) Japan .* 68 %, South Korea on 73 % +", r"\(2013-17, the end of our list, which has not been updated since\) it is 74 % and 75 % +"]),
    "G11": (["ties it to China[.]", "in 2018, .* 2.46 in China's books, 0.03 in"], ["ties it to China and Russia[.]", "in 2020, .* 0.54 in China's books, 0.04 in Russia's. That is the last year"]),
    "G12": (["in 2018: Japan 3.1 %, South Korea 3.6 %, China 15.8 %"], ["in 2024: Japan 1.0 %, South Korea 1.8 %, China 33.4 %"]),
    "G13": (["of 2018 Russia's kappa was 0.58 with China and -0.15 with"], ["of 2024 Russia's kappa was 0.46 with China and -0.40 with"]),
    "M2": (["without the Yellow Sea: 0 -"], ["without the Yellow Sea: 0 -"]),
    "M3": (["Without the Yellow Sea: 5 +"], ["Without the Yellow Sea: 5 +"]),
    "M4": (["Engines are 42 %", "took 28 %", "imports: 70 %", "between 0.50 and 0.53"], ["Engines are 100 %", "took 67 %", "imports: 72 %", "between 0.53 and 0.55"]),
    "M5": (["between 0.58 and 0.60"], ["between 0.17 and 0.25"]),
    "M6": (["USA's share: 13 %", "between 0.35 and 0.42"], ["USA's share: 9.6 %", "between 0.14 and 0.39"]),
    "M7": (["Vietnam 1974, 1978, 1983, 1986; India 1962, 1967; the Soviet Union 1969 +"], ["India 1962, 1967, 2020; the Soviet Union 1969 +"]),
    "M9": (["in our table: 0. .* since 2009, .*: 168 Su-30MK, 76 MiG-29SMT"], ["in our table: 0. .* 186 Su-30MK, 108 MiG-29SMT"]),
    "M12": (["24 Su-35S, 4 S-400"], ["24 Su-35S, 8 S-400"]),
    "M15": (["Japan 78 % \\(2018\\), South Korea 60 % \\(2018\\)", "3 % in Vietnam, 51 % in India\\) it is 90 % and 75.2 % -"],
            ["Japan 85 % \\(2019\\), South Korea 63 % \\(2019\\)", "3 % in Vietnam, 31 % in India\\) it is 90 % and 66 % +", "In 2023 it is 66.8 % of all people asked in India -"]),
}  # fmt: skip


@cases(("claim", "when"), [(claim, when) for claim in BESIDE for when in (0, 1)])
def test_what_stands_beside_a_claim(claim, when):
    told = [f"{said} {voice}" for said, voice in ledger.both(claim)[when].context]
    for asked in BESIDE[claim][when]:
        said, voice = (asked[:-2], asked[-1]) if asked[-2:] in (" +", " -") else (asked, "")
        found = next((one for one in told if re.search(said, one)), None)
        assert found, f"{said} is not among {told}"
        alone = "This figure alone would" in found or found.endswith("with the verdict.")
        agrees = "would also say" in found or "This agrees" in found
        assert alone == bool(voice) and agrees == (voice == "+"), found
