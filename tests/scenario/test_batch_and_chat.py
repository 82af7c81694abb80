"""`quis ask --batch` and `quis chat`: several questions of one person."""

import json
import re

from tests.scenario.contract import valid
from tests.scenario.documents import in_japan

ITALY = "Is Clearview active in Italy?"
JAPAN = "Is Clearview active in Japan?"


def batch(*lines):
    return "".join(
        (line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines
    )


def test_a_batch_gives_an_object_a_line_with_its_id(quis, tmp_path):
    asked = [
        {"id": "a", "text": ITALY, "lang": "en"},
        {"id": 2, "text": "Clearview est-elle active au Japon ?", "lang": "fr"},
        {"id": "c", "text": "and in Greece?", "lang": "en", "context": [ITALY]},
        {"id": "d", "text": ITALY, "lang": "pl", "context": None},
    ]
    (tmp_path / "questions.jsonl").write_text(batch(*asked))
    for done in (
        quis("ask", "--batch", tmp_path / "questions.jsonl"),
        quis("ask", "--batch", "-", stdin="\n" + batch(*asked)),
    ):
        assert (done.status, done.err) == (0, "")
        assert [valid(record)["id"] for record in done.lines] == ["a", 2, "c", "d"]
        assert [r["answered"] for r in done.lines] == [True, False, True, True]
        assert done.lines[2]["mentions"]["places"] == ["GR"]
        assert done.lines[1]["language"] == "fr"


def test_a_broken_line_says_so_and_is_not_the_end_of_a_batch(quis):
    lines = [
        "no json",
        "[]",
        {"text": ITALY},
        {"id": True, "text": ITALY},
        {"id": "no text"},
        {"id": "lang", "text": ITALY, "lang": 3},
        {"id": "context", "text": ITALY, "context": [3]},
        {"id": "long", "text": "x" * 100_000},
        {"id": "half", "text": "Is Clearview \ud800 active in Italy?"},
        '{"id": "deep", "text": ' + "[" * 100_000,
        {"id": "good", "text": ITALY},
    ]
    done = quis("ask", "--batch", "-", stdin=batch(*lines).encode() + b"\xff\xfe\n")
    assert done.status == 1
    *broken, half, deep, good, bytes_ = done.lines
    assert [record.get("id") for record in broken] == [
        None,
        None,
        None,
        None,
        "no text",
        "lang",
        "context",
        "long",
    ]
    for record in (*broken, deep, bytes_):
        assert set(record) == {"id", "error"}
        assert "\n" not in record["error"]
    assert "100000 characters; at most 2000" in broken[-1]["error"]
    assert valid(half)["id"] == "half"
    assert valid(good)["answered"]


def test_a_batch_that_cannot_be_read_is_bad_use(quis, tmp_path):
    done = quis("ask", "--batch", tmp_path / "nowhere.jsonl")
    assert done.status == 2
    assert "nowhere.jsonl cannot be read: no such file" in done.complaint


def test_an_empty_batch_has_no_answers(quis):
    done = quis("ask", "--batch", "-", stdin="")
    assert (done.status, done.out, done.err) == (0, "", "")


# --- a conversation ----------------------------------------------------------------------------


def test_a_conversation_understands_a_follow_up_and_shows_how(quis):
    asked = f"{ITALY}\n\nand in Greece?\nand in Africa?\nquit\n{JAPAN}\n"
    done = quis("chat", stdin=asked)
    assert (done.status, done.err) == (0, "")
    shown = " ".join(done.out.split())
    assert "Clearview AI · Italy" in shown
    assert "(understood as: and in Greece? (Clearview))" in shown or re.search(
        r"\(understood as: [^)]*Clearview[^)]*Greece", shown
    )
    assert "Clearview AI · Greece" in shown
    assert "Clearview AI · Africa" in shown
    assert "Nothing vetted is held on Clearview AI in Africa" in shown
    assert "Japan" not in shown


def test_a_greeting_to_everybody_between_two_questions_is_greeted_and_no_more(quis):
    done = quis(
        "chat", stdin=f"{ITALY}\nciao a tutti\nhello everybody\nand in Greece?\n"
    )
    assert (done.status, done.err) == (0, "")
    shown = " ".join(done.out.split())
    assert shown.count("understood as") == 1
    assert "Clearview AI · Greece" in shown


def test_a_line_with_nothing_to_ask_is_no_follow_up_and_says_how_to_ask(quis):
    done = quis("chat", stdin=f"{ITALY}\nx\n👍👍\n?!\nand in Greece?\n")
    assert (done.status, done.err) == (0, "")
    shown = " ".join(done.out.split())
    assert shown.count("Please write a question, such as:") == 2
    assert shown.count("Only words can be read here") == 1
    assert shown.count("understood as") == 1
    assert "Clearview AI · Greece" in shown
    for text, said in (
        ("x", "Please write a question"),
        ("yyyyyyyyyy", "Please write a question"),
        ("👍👍", "Only words"),
        ("https://www.clearview.ai/", "Moderators add a page with quis kb add URL."),
    ):
        alone = quis("ask", text)
        assert (alone.status, alone.err) == (3, "")
        assert said in " ".join(alone.out.split())
    told = quis(
        "ask", "--batch", "-", stdin=batch({"id": 1, "text": "x", "context": [ITALY]})
    )
    assert [record["reason"] for record in told.lines] == ["not-a-question"]


def test_a_conversation_ends_with_its_input_and_outlives_odd_lines(quis):
    lines = f"{'x' * 5000}\n\x1b[31m\u202e\n".encode() + b"\xff\xfe\n" + ITALY.encode()
    done = quis("chat", stdin=lines)
    assert (done.status, done.err) == (0, "")
    assert "5000 characters; at most 2000" in " ".join(done.out.split())
    assert "IrpiMedia" in done.out
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


def test_what_was_added_meanwhile_is_found(done, quis, tmp_path):
    assert quis("ask", JAPAN).status == 3
    done("kb", "add", in_japan(tmp_path), "--publish")
    assert "Police in Japan used Clearview AI" in done("ask", JAPAN).out
