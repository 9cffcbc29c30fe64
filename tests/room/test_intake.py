"""What readers hand in is counted once, and what cannot be read costs itself alone: a sentence each, in Python and on the wall alike."""

import base64
import json
import random
import re
import time
import zipfile
from datetime import UTC, datetime

import pytest
from conftest import ROOT, in_node

from heldto import article, claims, evidence
from heldto.claims import ledger
from heldto.errors import Problem
from heldto.exercises import diary, intake, line
from heldto.own import outside
from heldto.publish import cli
from heldto.publish.handouts import tally_page
from heldto.room import count

IDS = [row["id"] for row in evidence.rows("claims")]
ANNA, BEN = {"E1": 4, "E3": 9}, {"E1": 9, "F1": 16}


def own(guesses, **more):
    """A reader's own file: {claim: (verdict, sure)}."""
    held = [
        {"claim": claim, "verdict": verdict, "sure": sure, "time": "2026-11-30T10:00:00+00:00"}
        for claim, (verdict, sure) in guesses.items()
    ]
    return json.dumps({"version": 1, **more, "guesses": held, "exercises": {}}).encode()


def packed(members, **more):
    """A zip of {name: bytes}."""
    import io

    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in members.items():
            pack.writestr(name, content)
    return room.getvalue()


def laid(folder, files):
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


FILE = own({"E1": ("holds", 90), "E3": ("fails", 30)})
LATER = {"claim": "E1", "verdict": "undecided", "sure": 90, "time": "2026-11-30T10:20:00+00:00"}
TWICE = own({"E1": ("holds", 90), "E3": ("fails", 30)}, tag="AAAAA", again=[LATER])
A, B = line.write_line("AAAAA", ANNA), line.write_line("BBBBB", BEN)
FULLER = line.write_line("AAAAA", ANNA | {"M1": 20})
OTHER = line.write_line("AAAAA", ANNA | {"E1": 8})
SECOND = line.write_line("AAAAA", {"E1": 16}, number=2)


def made(content):
    """The bytes of a file of the table: a text, or how one is made that JSON cannot hold."""
    match content:
        case str(text):
            return text.encode()
        case {"utf-16": text}:
            return text.encode("utf-16")
        case {"base64": letters}:
            return base64.b64decode(letters)
        case {"repeat": sign, "times": times}:
            return sign.encode() * times
        case {"zip": members}:
            return packed({name: made(one) for name, one in members.items()})


TABLE = json.loads((ROOT / "tests" / "handed_in.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["name"])
def test_each_thing_counts_once_or_is_told(row, tmp_path):
    files = {name: made(content) for name, content in row["files"].items()}
    room = intake.gather_room(laid(tmp_path, files))
    assert [[one.name, one.round, one.guesses] for one in room.readers] == row["readers"]
    assert room.told == row["told"]


def test_the_wall_s_script_counts_and_tells_the_same():
    about = {"article": article.current().key, "claims": IDS, "verdicts": [*claims.VERDICTS]}
    about |= {"words": intake.WORDS}
    asked = [
        [[name, base64.b64encode(made(one)).decode()] for name, one in row["files"].items()]
        for row in TABLE
    ]
    found = in_node(
        ROOT / "tests" / "room" / "taken.js", [("taken", (about, files)) for files in asked]
    )
    for row, taken in zip(TABLE, found, strict=True):
        assert taken == {"readers": row["readers"], "told": row["told"]}, row["name"]


def bomb():
    """A zip of a few kB that unpacks to more than we take in, with a reader behind it."""
    return packed(
        {f"{at:02d}.txt": b" " * diary.LARGEST for at in range(21)} | {"99.txt": A.encode()}
    )


def test_a_zip_that_grows_without_end_is_left_in_time(tmp_path):
    (tmp_path / "bomb.zip").write_bytes(bomb())
    room = intake.gather_room(tmp_path / "bomb.zip")
    assert room.readers == [] and "unpacks to more than 100 MB" in room.told[-1]


def test_a_locked_member_and_too_many_members_are_told(tmp_path, monkeypatch):
    held = bytearray(packed({"a.txt": A.encode()}))
    at = held.index(b"PK\x01\x02")
    held[at + 8] |= intake.LOCKED
    (tmp_path / "locked.zip").write_bytes(held)
    assert "locked with a password" in intake.gather_room(tmp_path / "locked.zip").told[0]
    monkeypatch.setattr(intake, "MEMBERS", 1)
    (tmp_path / "many.zip").write_bytes(packed({"a.txt": A.encode(), "b.txt": B.encode()}))
    room = intake.gather_room(tmp_path / "many.zip")
    assert len(room.readers) == 1 and "more than 1 files" in room.told[0]


def test_a_place_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Problem, match="there is no file or folder .*/nowhere: give the name"):
        intake.gather_room(tmp_path / "nowhere")


def lecture(count_=300):
    dice = random.Random(11)
    for at in range(count_):
        asked = dice.sample(IDS, 60 if at % 3 else 20) if len(IDS) >= 60 else IDS
        yield line.write_line(
            line.new_tag(), {one: dice.randint(1, 20) for one in asked}, 1 + (at % 9 == 0)
        )


def counted(number):
    """What the wall says of a lecture, a ninth of which has talked before it guessed."""
    later = -(-number // 9)
    return f"{number - later} readers counted in the first round, {later} after the discussion."


def test_three_hundred_readers_are_counted_in_a_second():
    room, text = intake.Room(), "\n".join(lecture())
    ledger.table()  # the verdicts are worked out once
    began = time.perf_counter()
    room.text("pad", text)
    found = count.count_rows(room.readers)
    assert time.perf_counter() - began < 1
    assert len(room.readers) == 300 and {row["claim"] for row in found} == {*IDS}


def test_the_counts_are_those_of_the_guesses():
    readers = [
        intake.Respondent("a", {"E1": line.letter_value("holds", 90)}),
        intake.Respondent("b", {"E1": line.letter_value("partly", 85)}),
        intake.Respondent("c", {"E1": line.letter_value("partly", 40)}),
        intake.Respondent(
            "d", {"E1": line.letter_value("fails"), "E3": line.letter_value("holds", 80)}
        ),
        intake.Respondent("d", {"E1": line.letter_value("partly", 50)}, round=2),
    ]
    first, second, other = count.count_rows(readers)
    computed = ledger.judge("E1", "then").verdict
    told = {"holds": 1, "partly": 2, "fails": 1, "undecided": 0, "readers": 4, "sure": 2}
    assert first.items() >= told.items() and (first["claim"], first["round"]) == ("E1", 1)
    assert first["computed"] == computed and first["agree"] == told[computed]
    assert first["by_lot"] == 1 and first["sure_and_wrong"] == 2 - (computed in ("holds", "partly"))
    assert (second["round"], second["readers"], other["claim"]) == (2, 1, "E3")
    assert [row["claim"] for row in count.divided([other, first])] == ["E1", "E3"]  # one is few
    assert count.headed(readers) == "4 readers in round 1, 1 reader in round 2."
    lines = "\n".join(count.count_lines([first, second]))
    assert "4 readers  " in lines and " 1 reader  " in lines and "1 readers" not in lines


def test_both_count_alike():
    text = "\n".join(lecture(60))
    room = intake.Room()
    room.text("pad", text)
    code = [("readLines", (text, line.start_value()))]
    (read,) = in_node("line", code)
    assert [one["guesses"] for one in read["lines"]] == [one.guesses for one in room.readers]


@pytest.fixture
def wall(browser, tmp_path):
    """The wall as a page of its own: nothing may be wrong on it, and nothing asked of anybody."""
    (tmp_path / "wall.html").write_text(tally_page.wall_page(), encoding="utf-8")
    context = browser.new_context(offline=True, accept_downloads=True)
    page, faults = context.new_page(), []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto((tmp_path / "wall.html").as_uri())
    page.locator(".wall-intake summary").click()
    yield page
    assert faults == []
    context.close()


def test_hands_that_were_counted_under_the_projector_meanwhile_are_kept(wall):
    wall.get_by_role("combobox").select_option("E4")
    wall.evaluate(
        "localStorage.setItem(Object.keys(localStorage).find((one) => one.endsWith('-at')).replace('-at', ''), '{\"E4\": {\"holds\": 20}}')"
    )
    wall.get_by_label("Second round").check()
    wall.locator("input[name=fails]").fill("22")
    wall.get_by_label("First round").check()
    assert wall.locator("input[name=holds]").input_value() == "20"
    wall.reload()
    assert wall.locator("input[name=holds]").input_value() == "20"


def a_class(number=30):
    """Readers of a lesson: tag, and what they say of two claims before and after they have talked."""
    dice = random.Random(45)
    for _ in range(number):
        tag = "".join(dice.choice(line.LETTERS) for _ in range(line.TAG))
        yield tag, *({one: dice.randint(1, 16) for one in ("E1", "E4")} for _ in range(2))


def handed_in(tag, *rounds):
    """The file that a handout saves of such a reader."""
    first, second = (
        [
            LATER | {"claim": claim, "verdict": verdict, "sure": (30, 50, 70, 90)[band]}
            for claim, (verdict, band) in ((one, line.meaning(at)) for one, at in said.items())
        ]
        for said in rounds
    )
    told = {"version": 1, "tag": tag, "guesses": first, "again": second, "exercises": {}}
    return json.dumps(told).encode()


def test_a_class_pastes_its_lines_in_two_rounds_and_hands_in_its_files_and_each_counts_once(
    wall, tmp_path
):
    readers = [*a_class()]
    chat = [
        f"[10:{at:02d}] {line.write_line(tag, first)}" for at, (tag, first, _) in enumerate(readers)
    ]
    wall.locator(".wall-intake textarea").fill("\n".join(chat))
    wall.get_by_role("button", name="Count these lines").click()
    wall.get_by_role("combobox").select_option("E4")
    assert wall.locator(".wall-intake [role=status]").inner_text() == "30 readers counted."
    assert not wall.locator(".round-2 i").first.is_visible()
    wall.locator(".wall-intake textarea").fill(
        " ".join(line.write_line(tag, said, 2) for tag, _, said in readers)
    )
    wall.get_by_role("button", name="Count these lines").click()
    told = "30 readers counted in the first round, 30 after the discussion."
    assert wall.locator(".wall-intake [role=status]").inner_text() == told
    for number in (1, 2):
        said = [line.meaning(one[number]["E4"])[0] for one in readers]
        shown = wall.locator(f".wall-bar.round-{number} span").all_inner_texts()[:4]
        assert [int(one.split()[0]) for one in shown] == [
            said.count(one) for one in claims.VERDICTS
        ]
    before = table(wall)
    names = (f"Reader {at}_{at}_assignsubmission_file_" for at in range(len(readers)))
    members = {
        f"{name}/my-answers.json": handed_in(*one) for name, one in zip(names, readers, strict=True)
    }
    (tmp_path / "submissions.zip").write_bytes(packed(members))
    wall.locator("input[type=file]").first.set_input_files(tmp_path / "submissions.zip")
    wall.locator(".wall-intake [role=status]").filter(
        has_text=f"{told} 30 things to know"
    ).wait_for()
    assert table(wall) == before
    room = intake.gather_room(tmp_path / "submissions.zip")
    assert room.told == [] and count.count_csv(count.count_rows(room.readers)) == before


def table(page):
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the table").click()
    assert re.fullmatch(r"class-[\d-]+\.csv", saved.value.suggested_filename)
    with open(saved.value.path(), encoding="utf-8") as file:
        return file.read()


def test_the_wall_counts_a_folder_as_the_command_does(wall, tmp_path):
    files = {
        "pad.txt": "\n".join([*lecture(40), A, A, OTHER, A[:-6]]).encode(),
        "Anna_1_assignsubmission_file_/my-answers.json": own({"E1": ("holds", 90)}, tag="CCCCC"),
        "Anna (1).json": FILE,
        "Anna (2).json": FILE,
        "Bad.json": own({"E1": ("holds", 900), "M1": ("fails", 10)}),
        "Unreadable.json": own({"E1": ("holds", 900)}),
        "chat.txt": f"[10:00] Anna: hello\r\n[10:01] Ben: “{B[:-6].lower()}”\n".encode(),
        "twice.json": TWICE.replace(b"AAAAA", b"EEEEE"),
        "again.json": own({"E1": ("holds", 90)}, again=[LATER, {"claim": "E1"}]),
        "gas.json": own({"E1": ("holds", 90)}, article="gas"),
        "none.pdf": b"%PDF-1.7",
        "cut.json": FILE[:-30],
        "photo.heic": b"heic",
        "wide.txt": B.encode("utf-16"),
        "moodle.zip": packed({"Cem_3_/my-answers.json": own({"M1": ("partly", 50)}), "../out.txt": B.encode(), "in.zip": b"", "big.txt": b" " * (diary.LARGEST + 1), "deep/er/line.html": f"<ul><li>{line.write_line('DDDDD', BEN)}</li></ul>".encode()}),
        "broken.zip": b"PK no zip",
        "bomb.zip": bomb(),
    }  # fmt: skip
    folder = laid(tmp_path / "class", files)
    room = intake.gather_room(folder)
    wall.locator("input[webkitdirectory]").set_input_files(folder)
    wall.locator(".wall-intake [role=status]").filter(has_text="counted").wait_for()
    assert [*map(str.strip, wall.locator(".wall-told li").all_inner_texts())] == room.told
    assert table(wall) == count.count_csv(count.count_rows(room.readers))


def test_the_wall_takes_a_lecture_s_lines_at_once(wall):
    text = "\n".join([*lecture(), "UFR1-AAAAA1-E1", "no line"])
    wall.locator(".wall-intake textarea").fill(text)
    took = wall.evaluate(
        "() => { const start = performance.now(); [...document.querySelectorAll('button')].find(one => one.textContent === 'Count these lines').click(); return performance.now() - start; }"
    )
    assert took < 1000
    assert wall.locator(".wall-intake [role=status]").inner_text().startswith(counted(300))
    wall.locator(".wall-intake textarea").fill("nothing here")
    wall.get_by_role("button", name="Count these lines").click()
    assert "The pasted text has no line" in wall.locator(".wall-told").inner_text()


def test_two_hundred_files_are_taken_in_and_each_bad_one_is_told(wall, tmp_path):
    files = {f"{at:03d}.txt": one.encode() for at, one in enumerate(lecture(200))}
    files |= {f"bad-{at}.json": b"{" for at in range(5)}
    folder = laid(tmp_path / "class", files)
    wall.locator("input[type=file]").first.set_input_files([*folder.iterdir()])
    wall.locator(".wall-intake [role=status]").filter(has_text=counted(200)).wait_for()
    assert wall.locator(".wall-told li").count() == 5


def test_seals_get_the_time_at_which_they_came_and_the_saved_text_proves_the_order(wall, tmp_path):
    first, second = "0123456789ab", "ba9876543210"
    box = wall.locator(".wall-seals")
    box.locator("summary").click()
    note = box.get_by_role("button", name="Note them with the time")

    def noted(text):
        box.locator("textarea").fill(text)
        note.click()
        return box.locator("[role=status]").inner_text()

    assert noted(f"Anna: {first.upper()}.\nUFR1-AAAAA1-E1").startswith("1 seal noted at 20")
    times = box.locator("li").all_inner_texts()
    assert noted(f"{first} {second}, {'c' * 13}").startswith("1 seal noted")
    assert box.locator("li").all_inner_texts()[:1] == times and box.locator("li").count() == 2
    assert noted("my rule").startswith("No seal in this text")
    with wall.expect_download() as saved:
        box.get_by_role("button", name="Save the seals (text)").click()
    saved.value.save_as(tmp_path / "seals.txt")
    found = outside.received(tmp_path / "seals.txt")
    assert [one.letters for one in found] == [first, second]
    assert all(abs((datetime.now(UTC) - one.time).total_seconds()) < 60 for one in found)


def test_a_verdict_is_hidden_until_it_is_shown_and_then_stands_beside_both_rounds(wall):
    computed = ledger.judge("E1", "then").verdict
    sure = [line.letter_value(word, 90) for word in claims.VERDICTS]
    wrong = next(word for word in claims.VERDICTS if word != computed)
    lines = [line.write_line(line.new_tag(), {"E1": value}) for value in sure]
    lines += [line.write_line(line.new_tag(), {"E1": line.letter_value(wrong, 90)}, number=2)]
    wall.locator(".wall-intake textarea").fill("\n".join(lines))
    wall.get_by_role("button", name="Count these lines").click()
    wall.get_by_role("combobox").select_option("E1")
    said, bars = wall.locator(".wall-verdict"), wall.locator(".round-2 i")
    assert not said.is_visible() and not wall.locator(".is-computed").count()
    assert bars.nth(claims.VERDICTS.index(wrong)).is_visible()
    wall.get_by_role("button", name="Show the verdict").click()
    month = article.current().month
    assert said.inner_text() == (
        f"{month}: {computed}. First round: 1 of 4 agree; guessing at random, 1 would. Of 4 who were sure, 3 said something else."
        " Second round: 0 of 1 agree; guessing at random, 0.25 would. Of 1 who were sure, 1 said something else."
    )
    assert (
        wall.locator(".is-computed").get_attribute("class") == f"wall-row is-{computed} is-computed"
    )
    wall.get_by_role("button", name="Hide the verdict").click()
    assert not said.is_visible()


def test_the_wall_opens_on_a_claim_with_answers_and_stays_where_it_has_been_put(wall):
    first, chosen = wall.get_by_role("combobox").input_value(), wall.get_by_role("combobox")
    lines = [
        line.write_line(line.new_tag(), {"F3": 4, "M5": 9} if at else {"M5": 9}) for at in (0, 1)
    ]
    paste(wall, f"{lines[0]}\nBen: {lines[1][:-6]}")
    assert first != "M5" == chosen.input_value() and wall.locator("h1").inner_text()[:3] == "M5,"
    assert "1 (100 %)" in wall.locator(".wall-bar.round-1 span").all_inner_texts()
    told = wall.locator(".wall-told").inner_text()
    assert f"pasted, line 2: what begins Ben: {lines[1][:13]} is not counted" in told
    chosen.select_option("F3")
    paste(wall, lines[1])
    assert chosen.input_value() == "F3"


def paste(wall, text):
    wall.locator(".wall-intake textarea").fill(text)
    wall.get_by_role("button", name="Count these lines").click()


def test_what_few_answered_is_grey_and_leads_no_list(wall):
    lines = [line.write_line(line.new_tag(), {"E1": 4}) for _ in range(8)]
    lines += [line.write_line(line.new_tag(), {"E3": value}) for value in (1, 5, 9)]
    wall.locator(".wall-intake textarea").fill("\n".join(lines))
    wall.get_by_role("button", name="Count these lines").click()
    rows = wall.locator("tbody tr")
    assert [one[:2] for one in rows.locator("th").all_inner_texts()] == ["E1", "E3"]
    assert [one.get_attribute("class") for one in rows.all()] == ["", "few"]


def test_a_sentence_of_the_class_s_own_is_asked_and_has_no_verdict(wall):
    text = 'Trade "grew", and <b>fast</b>'
    wall.get_by_text("Ask about a sentence of our own").click()
    wall.get_by_label("The sentence").fill(text)
    wall.get_by_role("button", name="Ask it").click()
    assert wall.locator("h1").inner_text() == text
    assert not wall.get_by_role("button", name="Show the verdict").is_visible()
    wall.get_by_label("holds").fill("7")
    wall.get_by_label("Second round").check()
    wall.get_by_label("fails").fill("6")
    assert table(wall).splitlines()[1:] == [
        'own 1,"Trade ""grew"", and <b>fast</b>",1,7,7,0,0,0,0,,,,',
        'own 1,"Trade ""grew"", and <b>fast</b>",2,6,0,0,6,0,0,,,,',
    ]
    wall.reload()
    assert wall.locator("h1").inner_text() == text


def test_the_command_counts_a_class_in_lines_and_as_a_table(tmp_path, monkeypatch, capsys):
    folder = laid(tmp_path / "class", {"a.txt": A.encode(), "b.txt": B.encode(), "c.pdf": b"%PDF"})

    def run(*words):
        monkeypatch.setattr("sys.argv", ["frenemies", "class", *words])
        try:
            cli.run_command_line()
        except SystemExit as stopped:
            assert not stopped.code, capsys.readouterr().err
        return capsys.readouterr()

    said = run(str(folder))
    assert said.out.startswith("2 readers.\nE1 ") and "Traceback" not in said.err
    assert (
        said.err
        == "c.pdf: skipped, because it is not a reader's file and has no line for the class.\n"
    )
    computed = ledger.judge("E1", "since").verdict
    assert f" {computed}: " in run(str(folder), "--vintage", "since").out.splitlines()[1]
    assert run(str(folder), "--csv").out == count.count_csv(
        count.count_rows(intake.gather_room(folder).readers)
    )
    assert run(str(tmp_path / "class" / "c.pdf")).out == "Nobody is counted yet.\n"
