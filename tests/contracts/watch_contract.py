"""What every WatchStore and GapStore does: tests for an implementation to inherit.

A subclass supplies the fixtures ``tenants``, ``watches`` and ``gaps``, over one empty
database.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from knowledge.errors import InvalidMetadata
from knowledge.model import Kept, Reason, Refusal, Rhythm, Watch
from tests.contracts.tenant_contract import NAMESAKE, OURS, THEIRS
from tests.fakes import NOON


def watch(id="w", tenant=OURS, **fields) -> Watch:
    plain: dict[str, Any] = {"channel": "C", "owner": "h", "language": "fr"}
    plain |= {"rhythm": Rhythm.WEEKLY}
    plain |= {"told": 7, "told_at": NOON, "vendor": "v", "place": None}
    return Watch(id=id, tenant=tenant, **{**plain, **fields})


def refusal(tenant=OURS, **fields) -> Refusal:
    plain = {"at": NOON, "language": "it", "reason": Reason.NOTHING_HELD}
    plain |= {"vendors": ("v",), "places": ("IT",), "concepts": ("c", "d")}
    return Refusal(tenant=tenant, **{**plain, **fields})


class WatchStoreContract:
    """Every test gets the stores as ``tenants``, ``watches`` and ``gaps``."""

    def test_a_watch_is_kept_whole_in_its_channel(self, watches):
        whole = watch(place="IT", rhythm=Rhythm.AT_ONCE)
        assert watches.add(whole, 20) is Kept.NEW
        assert watches.of(OURS, "C") == watches.on("discord") == (whole,)
        for elsewhere in (
            watches.of(OURS, "D"),
            watches.of(THEIRS, "C"),
            watches.of(NAMESAKE, "C"),
            watches.on("slack"),
        ):
            assert elsewhere == ()

    def test_the_same_again_takes_the_rhythm_and_keeps_what_was_told(self, watches):
        watches.add(watch(), 20)
        other = watch("w2", rhythm=Rhythm.DAILY, language="de", told=99, owner="i")
        assert watches.add(other, 1) is Kept.CHANGED
        changed = replace(watch(), rhythm=Rhythm.DAILY, language="de")
        assert watches.of(OURS, "C") == (changed,)

    def test_a_channel_watches_so_much_and_no_more(self, watches):
        assert watches.add(watch("1"), 2) is Kept.NEW
        assert watches.add(watch("2", place="IT"), 2) is Kept.NEW
        assert watches.add(watch("3", place="GR"), 2) is Kept.FULL
        assert watches.add(watch("4", channel="D", place="GR"), 2) is Kept.NEW
        assert {each.id for each in watches.of(OURS, "C")} == {"1", "2"}

    def test_it_ends_where_it_was_begun_and_nowhere_else(self, watches):
        watches.add(watch(), 20)
        assert not watches.end(OURS, "D", "w")
        assert not watches.end(THEIRS, "C", "w")
        assert watches.end(OURS, "C", "w")
        assert not watches.end(OURS, "C", "w")
        assert watches.of(OURS, "C") == ()

    def test_a_telling_is_begun_once_and_told_as_it_was_begun(self, watches):
        later = NOON + timedelta(days=1)
        watches.add(watch("1"), 20)
        watches.add(watch("2", place="IT"), 20)
        watches.begin(["1"], 9)
        watches.begin(["1", "2"], 12)
        assert {w.id: w.begun for w in watches.on("discord")} == {"1": 9, "2": 12}
        assert not watches.told_through(THEIRS, "C", 9, later)
        assert watches.told_through(OURS, "C", 9, later)
        assert not watches.told_through(OURS, "C", 9, later)
        one, two = sorted(watches.on("discord"), key=lambda w: w.id)
        assert (one.told, one.told_at, one.begun) == (9, later, None)
        assert (two.told, two.told_at, two.begun) == (7, NOON, 12)

    def test_a_tenant_that_leaves_takes_its_watches_and_refusals_along(
        self, tenants, watches, gaps
    ):
        watches.add(watch(), 20)
        watches.add(watch("s", NAMESAKE), 20)
        gaps.add(refusal(text="x"))
        gaps.add(refusal(NAMESAKE))
        tenants.forget(OURS)
        assert watches.on("discord") == ()
        assert [w.id for w in watches.on("slack")] == ["s"]
        assert gaps.refusals() == (refusal(NAMESAKE),)

    def test_an_empty_ledger_has_neither_head_nor_lines(self, watches):
        assert watches.head() == 0
        assert watches.lines(0, 10) == ()

    @pytest.mark.parametrize("bad", ["a\0b", "\ud800"])
    def test_what_no_database_can_hold(self, watches, gaps, bad):
        with pytest.raises(InvalidMetadata):
            watches.add(watch(channel=bad), 20)
        with pytest.raises(InvalidMetadata):
            gaps.add(refusal(text=bad))
        assert watches.of(OURS, bad) == watches.on(bad) == ()
        assert not watches.end(OURS, "C", bad)

    # --- refusals ------------------------------------------------------------------

    def test_a_refusal_is_kept_whole_and_found_by_its_tenant_and_age(self, gaps):
        old, new = refusal(text="Perché?"), refusal(at=NOON + timedelta(days=2))
        theirs = refusal(THEIRS, at=NOON + timedelta(days=1))
        for each in (new, theirs, old):
            gaps.add(each)
        assert gaps.refusals() == (old, theirs, new)
        assert gaps.refusals(OURS) == (old, new)
        assert gaps.refusals(OURS, NOON + timedelta(days=2)) == (new,)

    def test_words_are_wiped_and_what_was_asked_stays_counted(self, gaps):
        gaps.add(refusal(text="a"))
        gaps.add(refusal(THEIRS, text="b"))
        assert gaps.wipe(OURS) == 1
        assert [r.text for r in gaps.refusals()] in ([None, "b"], ["b", None])

    def test_words_go_before_the_count_does(self, gaps):
        for days in (0, 40, 400):
            gaps.add(refusal(at=NOON - timedelta(days=days), text="w"))
        gone = gaps.purge(
            texts=NOON - timedelta(days=30), refusals=NOON - timedelta(days=365)
        )
        assert gone == 2
        assert [r.text for r in gaps.refusals()] == [None, "w"]
