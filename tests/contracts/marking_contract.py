"""What every MarkingStore does: tests for an implementation to inherit.

A subclass supplies the fixtures ``tenants`` and ``markings``, over one empty database.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from knowledge.errors import InvalidMetadata
from knowledge.model import Fall, Hindrance, Marking, MarkingReport, Place, Telling
from tests.contracts.tenant_contract import HERE, NAMESAKE, OURS, post
from tests.fakes import NOON

PRIVATE: dict[str, Any] = {"state": Telling.GIVEN_UP, "hindrance": Hindrance.PRIVATE}


def marking(post: str = "k", change: int = 7, **fields) -> Marking:
    plain: dict[str, Any] = {
        "document": "a",
        "fall": Fall.RETRACTED,
        "by": None,
        "revision": 1,
    }
    plain |= {"reason": "À tort", "at": NOON}
    return Marking(post=post, change=change, **{**plain, **fields})


def steps(due) -> list[tuple[str, bool, int, bool]]:
    return [(d.marked.post.key, d.reply, d.through, d.again) for d in due]


def keys(due) -> list[str]:
    return [each.marked.post.key for each in due]


class MarkingStoreContract:
    """Every test gets the stores as ``tenants`` and ``markings``."""

    def test_a_marking_is_kept_whole_and_once(self, tenants, markings):
        tenants.add_post(post(place=HERE))
        first = marking(by="b", fall=Fall.CONTRADICTED, reason="")
        assert markings.add([first, marking(document="z")], 7) == 2
        assert markings.add([replace(first, reason="other")], 7) == 0
        assert markings.of("k") == (first, marking(document="z"))
        assert markings.of("other") == ()

    def test_the_position_never_goes_back(self, markings):
        assert markings.position() == 0
        markings.add([], 9)
        markings.add([], 4)
        assert markings.position() == 9

    def test_a_marking_of_a_post_that_is_gone_is_none(self, tenants, markings):
        tenants.add_post(post(place=HERE))
        assert markings.add([marking("nobody"), marking()], 8) == 1
        assert markings.position() == 8
        tenants.drop_post(OURS, "k")
        assert markings.of("k") == ()
        assert markings.due("discord", 9) == ()

    def test_a_tenant_that_leaves_takes_its_markings_with_it(self, tenants, markings):
        tenants.add_post(post(place=HERE))
        tenants.add_post(post("s", NAMESAKE, place=HERE))
        markings.add([marking(), marking("s")], 7)
        tenants.forget(OURS)
        assert markings.of("k") == ()
        assert markings.of("s") == (marking("s"),)

    def test_an_edit_comes_first_and_then_a_reply_and_then_nothing(
        self, tenants, markings
    ):
        tenants.add_post(post(place=HERE))
        markings.add([marking(), marking(change=9, document="b")], 9)
        assert steps(markings.due("discord", 9)) == [("k", False, 9, False)]
        assert steps(markings.due("discord", 9)) == [("k", False, 9, False)]
        assert markings.begin("k")
        assert markings.edited("k", 9)
        assert steps(markings.due("discord", 9)) == [("k", True, 9, False)]
        assert steps(markings.due("discord", 9)) == [("k", True, 9, False)]
        assert markings.begin("k")
        assert steps(markings.due("discord", 9)) == [("k", True, 9, True)]
        assert markings.told("k", 9)
        assert not markings.begin("k")
        assert markings.due("discord", 9) == ()
        assert not markings.told("k", 9)
        assert not markings.edited("k", 9)
        assert {each.state for each in markings.of("k")} == {Telling.TOLD}

    def test_a_reply_that_is_open_is_given_before_anything_new_is_shown(
        self, tenants, markings
    ):
        tenants.add_post(post(place=HERE))
        markings.add([marking()], 7)
        markings.edited("k", 7)
        markings.add([marking(change=9), marking(change=5, document="c")], 9)
        assert steps(markings.due("discord", 9)) == [("k", True, 7, False)]
        markings.told("k", 7)
        assert steps(markings.due("discord", 9)) == [("k", False, 9, False)]

    def test_who_was_begun_least_and_waits_longest_comes_first(self, tenants, markings):
        for number in range(3):
            tenants.add_post(post(f"k{number}", place=HERE))
        tenants.add_post(post("s", NAMESAKE, place=HERE))
        tenants.add_post(post("nowhere"))
        new = [marking(f"k{n}", 9 - n) for n in range(3)]
        markings.add([*new, marking("s"), marking("nowhere")], 9)
        assert keys(markings.due("discord", 2)) == ["k2", "k1"]
        markings.begin("k2")
        assert keys(markings.due("discord", 2)) == ["k1", "k0"]
        for key in ("k0", "k1"):
            markings.begin(key)
        assert keys(markings.due("discord", 2)) == ["k2", "k1"]
        assert [key for key, *_ in steps(markings.due("slack", 9))] == ["s"]

    def test_what_is_due_on_answers_that_nobody_placed_is_told_by_itself(
        self, tenants, markings
    ):
        tenants.add_post(post("late", at=NOON + timedelta(hours=1), thread="t"))
        tenants.add_post(post("lost", at=NOON))
        tenants.add_post(post("placed", place=HERE))
        tenants.add_post(post("mine", private=True))
        tenants.add_post(post("sound", at=NOON))
        tenants.add_post(post("s", NAMESAKE))
        for key in ("late", "lost", "placed", "mine", "s"):
            markings.add([marking(key)], 7)
        unplaced = markings.unplaced("discord", 9)
        assert [(each.key, each.thread) for each in unplaced] == [
            ("lost", None),
            ("late", "t"),
        ]
        assert [each.key for each in markings.unplaced("discord", 1)] == ["lost"]
        assert markings.unplaced("dis\0cord", 9) == ()
        tenants.place_post("lost", HERE)
        markings.give_up("late", Hindrance.NOWHERE)
        assert markings.unplaced("discord", 9) == ()
        assert "lost" in keys(markings.due("discord", 9))

    def test_channels_take_turns_with_an_edit_and_a_reply_each(self, tenants, markings):
        rooms = {"a": "big", "b": "big", "c": "big", "d": "big", "e": "small"}
        for key, room in rooms.items():
            tenants.add_post(post(key, place=Place(room, f"m-{key}")))
        markings.add([marking(key) for key in rooms], 7)
        assert keys(markings.due("discord", 2)) == ["a", "e"]
        for key in ("a", "b"):
            markings.edited(key, 7)
        assert keys(markings.due("discord", 3)) == ["a", "c", "e"]
        assert len(markings.due("discord", 9)) == len(rooms)

    def test_the_markings_of_many_posts_are_read_at_once(self, tenants, markings):
        for key in ("k", "other", "bare"):
            tenants.add_post(post(key, place=HERE))
        markings.add([marking(), marking("other"), marking(change=9)], 9)
        assert markings.of_each(["k", "bare", "nobody", "a\0b"]) == {
            "k": (marking(), marking(change=9))
        }
        many = [f"k{number}" for number in range(1200)]
        assert markings.of_each([*many, "other"]) == {"other": (marking("other"),)}

    def test_of_a_private_post_its_asker_is_told_who_wants_to_be(
        self, tenants, markings
    ):
        old = NOON - timedelta(hours=2)
        tenants.add_post(post("k", private=True, asker="U", at=old))
        tenants.add_post(post("mute", private=True, at=old))
        markings.add([marking(edited=True), marking("mute", edited=True)], 7)
        assert steps(markings.due("discord", 9)) == [("k", True, 7, False)]
        assert markings.give_up_untold(NOON) == 1
        assert steps(markings.due("discord", 9)) == [("k", True, 7, False)]
        assert markings.told("k", 7)
        report = markings.report()
        assert report.told == {"discord": 1}
        assert report.given_up == {"discord": {Hindrance.NOWHERE: 1}}

    def test_what_is_reported_may_be_of_one_document(self, tenants, markings):
        tenants.add_post(post(place=HERE))
        markings.add([marking(), marking(document="b", **PRIVATE)], 7)
        assert markings.report("a").due == {"discord": 1}
        assert markings.report("b").due == {}
        assert markings.report("b").given_up == {"discord": {Hindrance.PRIVATE: 1}}
        assert markings.report("c") == markings.report("a\0") == MarkingReport()

    def test_what_cannot_be_told_is_given_up_and_counted(self, tenants, markings):
        old = NOON - timedelta(hours=2)
        tenants.add_post(post("gone", place=HERE))
        tenants.add_post(post("silent", NAMESAKE, place=HERE))
        tenants.add_post(post("nowhere", private=True, at=old))
        tenants.add_post(post("soon", at=NOON))
        tenants.add_post(post("mine", private=True))
        names = ("gone", "silent", "nowhere", "soon")
        mine = marking("mine", **PRIVATE)
        markings.add([*(marking(name) for name in names), mine], 7)
        assert markings.give_up("gone", Hindrance.GONE)
        markings.edited("silent", 7)
        assert markings.told("silent", 7, Hindrance.SILENT)
        assert markings.give_up_untold(NOON) == 1
        report = markings.report()
        assert report.due == {"discord": 1}
        assert report.told == report.silent == {"slack": 1}
        assert report.given_up == {
            "discord": {
                Hindrance.GONE: 1,
                Hindrance.NOWHERE: 1,
                Hindrance.PRIVATE: 1,
            }
        }

    def test_many_are_added_at_once(self, tenants, markings):
        for number in range(600):
            tenants.add_post(post(f"k{number}", place=HERE))
        assert markings.add([marking(f"k{n}") for n in range(600)], 7) == 600
        assert len(markings.due("discord", 50)) == 50

    @pytest.mark.parametrize("bad", ["a\0b", "\ud800"])
    def test_what_no_database_can_hold(self, markings, bad):
        with pytest.raises(InvalidMetadata):
            markings.add([marking(reason=bad)], 1)
        assert markings.of(bad) == ()
        assert markings.due(bad, 9) == ()
        assert not markings.edited(bad, 1)
        assert not markings.begin(bad)
        assert not markings.give_up(bad, Hindrance.GONE)
