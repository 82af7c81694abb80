"""`quis kb impact` and `quis kb corrections`: before a retraction, and after it."""

from datetime import UTC, datetime, timedelta

import pytest

from knowledge.assembly import LibraryConfig
from knowledge.model import Place, Post, ShownPassage, Tenant
from tests.quick import opener


@pytest.fixture
def answered(quis, tmp_path):
    """Three answers showed one document: two for all to see, one in private."""
    with opener(LibraryConfig(data=tmp_path / "quis", corpus=None)) as library:
        passage = library.passages("cv-007")[0]
        shown = ShownPassage(
            passage=passage.id, start=passage.start, end=passage.end, score=0.9
        )
        for key, platform, private in (
            ("a", "discord", False),
            ("b", "slack", False),
            ("c", "slack", True),
        ):
            library.tenants.add_post(
                Post(
                    key=key,
                    tenant=Tenant(platform, "1"),
                    channel="C",
                    at=datetime.now(UTC) + timedelta(hours=1),
                    language="en",
                    owner="h",
                    private=private,
                    passages=(shown,),
                    shown=1,
                    place=None if private else Place("C", key),
                )
            )
    return quis


def test_what_a_retraction_would_touch(answered):
    told = answered("kb", "impact", "cv-007", "--json").json
    assert told["posts"] == {
        "public": {"discord": 1, "slack": 1},
        "private": {"slack": 1},
        "letters": {},
    }
    out = answered("kb", "impact", "cv-007").out
    assert "1 answer that everybody sees on Discord" in out
    assert "1 private answer on Slack" in out
    assert "No answer" in answered("kb", "impact", "cv-009").out


def test_what_became_of_the_answers_that_showed_it(answered):
    assert answered("kb", "corrections", "--json").json == {}
    assert "No posted answer" in answered("kb", "corrections").out
    answered("kb", "retract", "cv-007", "--reason", "A hoax.")
    checks = answered("doctor", "--json").json["checks"]
    due = next(check for check in checks if check["name"] == "Corrections")
    assert (due["state"], due["value"]) == (
        "attention",
        "messages that do not show theirs yet: 2",
    )
    nothing = {"private": 0, "gone": 0, "nowhere": 0}
    report = {
        "discord": {"due": 1, "told": 0, "silent": 0, "given_up": nothing},
        "slack": {
            "due": 1,
            "told": 0,
            "silent": 0,
            "given_up": {**nothing, "private": 1},
        },
    }
    assert answered("kb", "corrections", "--json").json == report
    assert answered("kb", "corrections", "cv-007", "--json").json == report
    assert answered("kb", "corrections", "cv-009", "--json").json == {}
    out = answered("kb", "corrections").out
    assert "Discord" in out
    assert "Private" in out
