import pytest

from heldto import evidence
from heldto.evidence import actors


def test_the_24_states_with_the_three_leads_first():
    assert len(actors.ALL) == 24
    assert actors.ALL[:3] == ["CHN", "RUS", "USA"]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("China", "CHN"),
        ("prc", "CHN"),
        ("Moscow", "RUS"),
        ("Viet Nam", "VNM"),
        ("DPRK", "PRK"),
        ("Korea, South", "KOR"),
        ("Chinese Taipei", "TWN"),
        ("EU28", "EU"),
        (" usa ", "USA"),
    ],
)
def test_names_that_mean_an_actor(word, code):
    assert actors.find(word) == code


@pytest.mark.parametrize(
    "word", ["Korea", "Congo", "", "Russ", "Soviet Union", "China Airlines", None, 7]
)
def test_names_that_must_not_match(word):
    with pytest.raises(actors.UnknownActor):
        actors.find(word)


NEAR = {"Rusia": "RUS", "Untied States": "USA", "Indai": "IND", "Chian": "CHN", "Vietnm": "VNM"}


@pytest.mark.parametrize(("word", "code"), NEAR.items())
def test_a_near_miss_is_answered_with_a_suggestion(word, code):
    with pytest.raises(
        actors.UnknownActor, match=rf"Did you mean {code} \({actors.name(code)}\)\?"
    ):
        actors.find(word)


@pytest.mark.parametrize("word", ["LNG", "UK", "GER", "oil", "Iraq", "Austria", "Niger", "Serbia"])
def test_what_is_no_slip_is_answered_with_where_actors_are_listed(word):
    assert actors.unknown(word).endswith("is not one of the actors. fr.actors.ALL lists them.")


def test_no_other_state_is_taken_for_an_actor():
    states = evidence.table("economic/partner_names").name
    others = [state for state in states if actors.known(state) is None]
    assert len(others) > 100
    assert [state for state in others if "Did you mean" in actors.unknown(state)] == []


def test_no_name_means_two_actors():
    seen = {}
    for row in evidence.rows("actors"):
        for word in (row["actor"], row["name"], *filter(None, row["aliases"].split(";"))):
            assert seen.setdefault(word.casefold(), row["actor"]) == row["actor"], word


def test_looks_are_distinct():
    """Not so? Then give one of the two another colour, or place, in data/actors.csv."""
    for columns in (["colour"], ["x", "y"]):
        seen = {}
        for row in evidence.rows("actors"):
            look = tuple(row[column] for column in columns)
            first = seen.setdefault(look, row["actor"])
            assert first == row["actor"], f"actors.csv: {first}, {row['actor']}: same {columns}"


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("row", evidence.rows("actors"), ids=lambda row: row["actor"])
def test_every_colour_stands_out_on_white(row):
    assert 1.05 / (_luminance(row["colour"]) + 0.05) >= 3


@pytest.mark.parametrize(
    ("group", "year", "count", "inside", "outside"),
    [
        ("EU", 2018, 28, "GBR", "TUR"),
        ("EU", 2021, 27, "DEU", "GBR"),
        ("EAEU", 2018, 5, "KGZ", "UKR"),
        ("EAEU", 2014, 0, None, "RUS"),
        ("SCO", 2018, 8, "PAK", "IRN"),
        ("SCO", 2023, 9, "IRN", "MNG"),
    ],
)
def test_groups_by_year(group, year, count, inside, outside):
    found = actors.members(group, year)
    assert len(found) == count
    assert inside is None or inside in found
    assert outside not in found


def test_an_unknown_group_says_which_there_are():
    with pytest.raises(ValueError, match="Did you mean NATO"):
        actors.members("NAT", 2018)


@pytest.mark.parametrize("year", [1950, 2100, "2018", None])
def test_a_year_without_record_has_no_members(year):
    with pytest.raises(actors.UnknownYear, match=f"no member for {year}: the table has 1985-2026"):
        actors.members("NATO", year)


def test_an_actor_added_is_there_at_once(mutate):
    assert actors.place("USA") == (0.0, 1.0)
    mutate(
        "actors", lambda frame: frame.assign(name=frame.name.replace("United States", "America"))
    )
    assert actors.name("USA") == "America"


def test_presets_hold_known_actors_only():
    for codes in actors.presets().values():
        assert set(codes) <= set(actors.ALL)


@pytest.mark.parametrize(
    "among,groups",
    [
        (["CHN", "RUS"], []),
        (["CHN", "RUS", "KAZ", "IND"], []),
        (["CHN", "RUS", "USA", "IND"], ["China, Russia, USA"]),
        (["CHN", "RUS", "KAZ", "UZB", "IND"], ["Central Asia"]),
        (["CHN", "RUS", "USA", "JPN", "KOR", "IND"], ["China, Russia, USA", "the West"]),
    ],
)
def test_a_selection_is_offered_where_most_of_it_is_there(among, groups):
    assert list(actors.presets(among)) == ["all", *groups, "none"]


def test_naming_notes_cover_the_disputed_names():
    notes = {row["actor"]: row["naming"] for row in evidence.rows("actors")}
    assert all(notes[code] for code in ("TWN", "PRK", "KOR", "UKR", "HKG", "EU"))
