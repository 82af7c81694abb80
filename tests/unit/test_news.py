"""Who is told of what, and when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.model import (
    Document,
    Form,
    Kind,
    News,
    NewsKind,
    Reason,
    Refusal,
    Renamed,
    Rhythm,
    Tenant,
    Watch,
)
from knowledge.news import asked, bulletins, concerns, is_due, last_slot, settled

TENANT = Tenant("discord", "1")
TUESDAY = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
WIDER = {"IT": ("EU", "COE"), "KE": ("AFRICA",)}


class Lying:
    """Where places lie; a region has no law."""

    def around(self, place):
        return WIDER.get(place, ())

    def wider(self, place):
        return [wider for wider in self.around(place) if wider != "AFRICA"]


LYING = Lying()


def watch(id="w", **fields):
    plain = {"tenant": TENANT, "channel": "C", "owner": "h", "language": None}
    plain |= {"rhythm": Rhythm.AT_ONCE, "told": 5, "told_at": TUESDAY}
    return Watch(id=id, **{**plain, **fields})


def news(line=6, id="a", kind=NewsKind.PUBLISHED, of=Kind.PRESS, **on):
    document = Document(
        id=id,
        title="T",
        body="B",
        form=Form.BRIEF,
        kind=of,
        language="en",
        sources=(),
        revision=1,
    )
    on = {"vendors": frozenset({"v"}), "places": frozenset({"IT"})} | on
    return News(line=line, kind=kind, document=document, reason="r", at=TUESDAY, **on)


@pytest.mark.parametrize(
    ("rhythm", "now", "slot"),
    [
        (Rhythm.AT_ONCE, TUESDAY, TUESDAY),
        (Rhythm.DAILY, TUESDAY, TUESDAY.replace(hour=7)),
        (Rhythm.DAILY, TUESDAY.replace(hour=6), datetime(2026, 11, 23, 7, tzinfo=UTC)),
        (Rhythm.WEEKLY, TUESDAY, datetime(2026, 11, 23, 7, tzinfo=UTC)),
        (
            Rhythm.WEEKLY,
            datetime(2026, 11, 23, 6, 59, tzinfo=UTC),
            datetime(2026, 11, 16, 7, tzinfo=UTC),
        ),
    ],
)
def test_digests_are_due_in_the_morning_and_weekly_on_mondays(rhythm, now, slot):
    assert last_slot(rhythm, now) == slot


def test_a_digest_is_due_once_however_late_it_was_told():
    daily = watch(rhythm=Rhythm.DAILY)
    assert not is_due(daily, TUESDAY + timedelta(hours=10))
    assert is_due(daily, TUESDAY + timedelta(days=3))
    late = replace(daily, told_at=TUESDAY + timedelta(days=3))
    assert not is_due(late, TUESDAY + timedelta(days=3, hours=1))
    assert is_due(late, TUESDAY + timedelta(days=4))


def test_a_clock_that_goes_back_makes_nothing_due():
    assert not is_due(watch(rhythm=Rhythm.DAILY), TUESDAY - timedelta(days=30))


def test_what_was_begun_is_due_until_it_stands():
    assert is_due(watch(rhythm=Rhythm.WEEKLY, begun=9), TUESDAY)


@pytest.mark.parametrize(
    ("vendor", "place", "on", "told"),
    [
        ("v", None, {}, True),
        ("other", None, {}, False),
        (None, "IT", {}, True),
        (None, "EU", {}, True),
        (None, "GR", {}, False),
        ("v", "GR", {}, False),
        ("v", "IT", {"places": frozenset()}, False),
        (None, "IT", {"places": frozenset({"EU"})}, False),
        (None, "IT", {"places": frozenset({"EU"}), "of": Kind.LAW}, True),
        (
            "v",
            "IT",
            {"places": frozenset({"EU"}), "vendors": frozenset(), "of": Kind.LAW},
            True,
        ),
        ("v", None, {"vendors": frozenset(), "of": Kind.LAW}, False),
        (None, "AFRICA", {"places": frozenset({"KE"})}, True),
        (None, "AFRICA", {}, False),
        (None, "KE", {"places": frozenset({"AFRICA"}), "of": Kind.LAW}, False),
    ],
)
def test_a_channel_is_told_of_what_a_question_on_it_would_be_answered_with(
    vendor, place, on, told
):
    assert concerns(watch(vendor=vendor, place=place), news(**on), LYING) is told


def test_of_a_document_only_how_it_stands_at_the_end_is_told():
    ends = settled(
        [
            news(6, "a"),
            news(7, "a", NewsKind.CORRECTED),
            news(8, "b", NewsKind.CORRECTED),
            news(9, "c"),
            news(10, "c", NewsKind.RETRACTED),
        ]
    )
    assert [(n.document.id, n.kind.value, n.line) for n in ends] == [
        ("a", "published", 7),
        ("b", "corrected", 8),
        ("c", "retracted", 10),
    ]


def test_a_channel_gets_one_message_on_all_that_it_watches():
    watches = [
        watch("1", vendor="v"),
        watch("2", place="IT"),
        watch("3", channel="D", vendor="other"),
    ]
    found = bulletins(watches, [news(6, "a"), news(7, "b")], 9, LYING)
    assert [(b.channel, len(b.watches), len(b.news), b.through) for b in found] == [
        ("C", 2, 2, 9),
        ("D", 1, 0, 9),
    ]


def test_nothing_is_told_that_was_told_before():
    held = [watch("1", vendor="v", told=6)]
    (bulletin,) = bulletins(held, [news(6, "a"), news(7, "b")], 9, LYING)
    assert [n.document.id for n in bulletin.news] == ["b"]


def test_what_was_begun_is_told_again_as_it_was_and_what_came_since_waits():
    held = [watch("1", vendor="v", begun=7), watch("2", place="IT", told=6)]
    (first,) = bulletins(held, [news(6, "a"), news(8, "b")], 9, LYING)
    assert (first.through, first.again, [w.id for w in first.watches]) == (
        7,
        True,
        ["1"],
    )
    assert [n.document.id for n in first.news] == ["a"]


def renamed(line, name="A Name", kind=NewsKind.PUBLISHED, owner="v", *, vendor=True):
    return Renamed(
        line=line, kind=kind, owner=owner, name=name, vendor=vendor, at=TUESDAY
    )


def test_names_of_a_vendor_are_told_to_who_watches_it_and_the_last_word_on_each():
    names = [
        renamed(5, "told before"),
        renamed(6, "A"),
        renamed(7, "B"),
        renamed(8, "A", NewsKind.RETRACTED),
        renamed(9, "of another", owner="x"),
        renamed(9, "a word", vendor=False),
    ]
    watches = [watch("1", vendor="v"), watch("2", place="IT", channel="D")]
    found = bulletins(watches, [], 9, LYING, names)
    assert [[(n.name, n.kind.value) for n in b.names] for b in found] == [
        [("B", "published"), ("A", "retracted")],
        [],
    ]


def test_refusals_are_counted_for_digests_alone():
    refused = [
        Refusal(
            tenant=TENANT,
            at=TUESDAY + timedelta(hours=n),
            language="en",
            reason=Reason.NOTHING_HELD,
            vendors=("v",),
            places=("IT",),
        )
        for n in range(3)
    ]
    held = [
        watch("1", vendor="v"),
        watch("2", vendor="v", rhythm=Rhythm.WEEKLY),
        watch("3", place="EU", rhythm=Rhythm.DAILY),
        watch("4", vendor="x", rhythm=Rhythm.DAILY),
    ]
    counted = [(a.vendor, a.place, a.count) for a in asked(held, refused, LYING)]
    assert counted == [("v", None, 2), (None, "EU", 2)]
