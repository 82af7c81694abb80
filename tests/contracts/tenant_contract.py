"""What every TenantStore does: tests for an implementation to inherit.

A subclass supplies the fixture ``tenants``, an empty one of its own for each test.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from knowledge.errors import InvalidMetadata
from knowledge.model import (
    AnswersWhen,
    ChannelSettings,
    Digest,
    Feedback,
    PendingQuestion,
    Place,
    Post,
    Reason,
    Report,
    ReportKind,
    Request,
    RequestState,
    ShownBeside,
    ShownPassage,
    Standing,
    Tenant,
    TenantSettings,
)
from knowledge.tenant_ports import TenantStore
from tests.fakes import NOON

OURS = Tenant("discord", "1")
THEIRS = Tenant("discord", "2")
NAMESAKE = Tenant("slack", "1")
HERE = Place("C", "M", "T")
OPEN, HELD, TOLD, CLOSED = RequestState

EVERYTHING = TenantSettings(
    language="it",
    answers=AnswersWhen.SURE,
    private=True,
    moderators_channel="M",
    contributors=("c1", "c2"),
    editors=("e",),
    admins=("à",),
    moderators_lost=True,
    keep_refused=True,
    welcomed=True,
    installation="a1",
    channels={
        "X": ChannelSettings(language="fr", answers=AnswersWhen.NEVER, private=False),
        "Y": ChannelSettings(),
    },
)


def quoted(passage: str = "a@1#0-9", **fields) -> ShownPassage:
    return ShownPassage(passage=passage, start=0, end=9, **fields)


def post(key: str = "k", tenant: Tenant = OURS, **fields) -> Post:
    plain = {"channel": "C", "at": NOON, "language": "en", "owner": "h"}
    plain |= {"private": False, "passages": (quoted(),), "shown": 1}
    return Post(key=key, tenant=tenant, **{**plain, **fields})


def request(id: str = "r", tenant: Tenant = OURS, **fields) -> Request:
    plain = {"channel": "C", "at": NOON, "language": "fr", "vendors": ("v",)}
    plain |= {"asker": "u1", "text": "Est-ce vrai ?", "places": ("IT",)}
    return Request(id=id, tenant=tenant, **{**plain, **fields})


def report(id: str = "r", tenant: Tenant = OURS, **fields) -> Report:
    plain = {"post": "k", "at": NOON, "language": "de", "reporter": "u2"}
    plain |= {"kind": ReportKind.OUTDATED, "text": "Älter", "passages": ("a@1#0-9",)}
    return Report(id=id, tenant=tenant, **{**plain, **fields})


def asked(message: str = "M", tenant: Tenant = OURS, **fields) -> PendingQuestion:
    plain = {"place": Place("C", message, "T"), "at": NOON, "holder": "a"}
    return PendingQuestion(tenant=tenant, **{**plain, **fields})


def left(tenants: TenantStore, holder: str = "b", **how) -> list[str]:
    """The messages whose questions a process left behind, as another one sees it."""
    plain = {"begun": NOON, "at": NOON + LEASE, "lease": LEASE, "limit": 9}
    plain |= {"since": NOON - timedelta(days=1), "platform": "discord"}
    found = tenants.pending(holder=holder, **{**plain, **how})
    return [each.place.message for each in found]


def keys(posts) -> list[str]:
    return [each.key for each in posts]


def names(found) -> list[str]:
    return [each.id for each in found]


LEASE = timedelta(minutes=10)


class TenantStoreContract:
    """Every test gets the store as ``tenants``."""

    def test_the_last_digest_is_known_until_the_tenant_leaves(self, tenants):
        assert tenants.digest(OURS) is None
        tenants.set_digest(OURS, Digest(NOON.date(), told=False))
        tenants.set_digest(OURS, Digest(NOON.date(), told=True))
        assert tenants.digest(OURS) == Digest(NOON.date(), told=True)
        assert tenants.digest(THEIRS) is None
        tenants.forget(OURS)
        assert tenants.digest(OURS) is None

    def test_who_has_moderators_is_found_by_platform(self, tenants):
        tenants.set_settings(THEIRS, EVERYTHING)
        tenants.set_settings(OURS, TenantSettings(language="it"))
        tenants.set_settings(NAMESAKE, EVERYTHING)
        assert tenants.moderated("discord") == ((THEIRS, EVERYTHING),)
        assert tenants.moderated("\0") == ()

    # --- settings ------------------------------------------------------------------

    def test_a_tenant_that_set_nothing_has_the_defaults(self, tenants: TenantStore):
        assert tenants.settings(OURS) == TenantSettings()

    def test_settings_are_kept_whole(self, tenants: TenantStore):
        tenants.set_settings(OURS, TenantSettings(language="de"))
        tenants.set_settings(OURS, EVERYTHING)
        held = tenants.settings(OURS)
        assert held == EVERYTHING
        assert (held.welcomed, held.installation) == (True, "a1")

    def test_settings_are_one_tenants(self, tenants: TenantStore):
        tenants.set_settings(OURS, EVERYTHING)
        assert tenants.settings(THEIRS) == tenants.settings(NAMESAKE)
        assert tenants.settings(THEIRS) == TenantSettings()

    def test_a_tenant_is_known_by_anything_that_is_kept_of_it(
        self, tenants: TenantStore
    ):
        assert tenants.known("discord") == ()
        tenants.set_settings(OURS, TenantSettings())
        tenants.add_post(post("k", THEIRS))
        tenants.add_report(report("r", Tenant("discord", "3")))
        tenants.add_request(request("q", Tenant("discord", "4")))
        tenants.first_time(Tenant("discord", "5"), "e", NOON)
        tenants.first_time(OURS, "e", NOON)
        tenants.set_settings(NAMESAKE, TenantSettings())
        tenants.take_up(asked(tenant=Tenant("discord", "6")), [], 9)
        assert [each.id for each in tenants.known("discord")] == list("123456")
        assert tenants.known("slack") == (NAMESAKE,)
        tenants.forget(OURS)
        assert OURS not in tenants.known("discord")

    # --- posts ---------------------------------------------------------------------

    def test_a_post_is_kept_whole(self, tenants: TenantStore):
        beside = (ShownBeside("b@2#1-4", 1, 4), ShownBeside("c@1#0-2", 0, 2))
        passages = (
            quoted("a@3#0-9", score=0.8125, reasons=("holds:fine",), beside=beside),
            quoted("l@1#5-7", standing=Standing.WIDER_LAW),
            quoted("z@1#0-9", beside=beside[:1]),
        )
        full = post(
            vendors=("v", "w"),
            places=("IT",),
            kind="status",
            private=True,
            passages=passages,
            shown=2,
            place=HERE,
        )
        bare = post("k2", passages=(), shown=0, reason=Reason.NOTHING_HELD)
        for each in (full, bare):
            tenants.add_post(each)
            assert tenants.post(OURS, each.key) == each

    def test_a_post_is_added_once(self, tenants: TenantStore):
        tenants.add_post(post())
        tenants.add_post(post(tenant=THEIRS, language="fr"))
        assert tenants.post(OURS, "k") == post()
        assert tenants.post(THEIRS, "k") is None

    def test_a_post_is_found_where_it_stands(self, tenants: TenantStore):
        tenants.add_post(post())
        assert tenants.post_at(OURS, "C", "M") is None
        assert tenants.place_post("k", HERE)
        assert tenants.post_at(OURS, "C", "M") == post(place=HERE)
        assert tenants.post_at(OURS, "C", "other") is None
        assert tenants.post_at(OURS, "other", "M") is None

    def test_the_posts_of_a_thread_are_found_newest_first(self, tenants: TenantStore):
        for number, place in enumerate(
            (
                Place("C", "T"),  # that the thread was opened on
                Place("C", "M1", "T"),
                Place("C", "M2", "T"),
                Place("C", "M3", "other"),
                Place("D", "M4", "T"),
                None,
            )
        ):
            at = NOON + timedelta(minutes=number)
            tenants.add_post(post(f"k{number}", at=at, place=place))
        tenants.add_post(post("theirs", THEIRS, place=Place("C", "M", "T")))
        found = tenants.posts_in(OURS, "C", "T", 10)
        assert keys(found) == ["k2", "k1", "k0"]
        assert found[0].passages == (quoted(),)
        assert keys(tenants.posts_in(OURS, "C", "T", 1)) == ["k2"]
        assert tenants.posts_in(OURS, "C", "\0", 1) == ()

    def test_a_post_is_no_other_tenants(self, tenants: TenantStore):
        tenants.add_post(post(place=HERE))
        for other in (THEIRS, NAMESAKE):
            assert tenants.post(other, "k") is None
            assert tenants.post_at(other, "C", "M") is None
            assert not tenants.drop_post(other, "k")
            assert not tenants.show_more(other, "k", 5)
            assert not tenants.feedback(other, "k", "h", helpful=True)
        assert tenants.post(OURS, "k") == post(place=HERE)

    def test_a_dropped_post_is_gone_with_its_votes(self, tenants: TenantStore):
        tenants.add_post(post())
        tenants.feedback(OURS, "k", "h", helpful=True)
        assert tenants.drop_post(OURS, "k")
        assert not tenants.drop_post(OURS, "k")
        assert tenants.post(OURS, "k") is None
        assert not tenants.place_post("k", HERE)
        assert tenants.feedback_counts(OURS) == Feedback()
        assert list(tenants.posts_showing(documents=["a"])) == []

    def test_posts_that_show_a_passage_are_found_in_every_tenant(
        self, tenants: TenantStore
    ):
        later = NOON + timedelta(seconds=1)
        beside = (ShownBeside("b@2#1-4", 1, 4),)
        tenants.add_post(post("k3", at=later))
        tenants.add_post(post("k2", tenant=NAMESAKE))
        tenants.add_post(post("k1", passages=(quoted("x@1#0-9", beside=beside),)))
        tenants.add_post(post("k0", passages=(quoted("x@1#0-9"), quoted()), shown=1))
        assert keys(tenants.posts_showing(documents=["a"])) == ["k2", "k3"]
        assert keys(tenants.posts_showing(passages=["a@1#0-9"])) == ["k2", "k3"]
        assert keys(tenants.posts_showing(passages=["a@2#0-9"])) == []
        assert keys(tenants.posts_showing(documents=["b"])) == ["k1"]
        every = tenants.posts_showing(documents=["a", "b"], passages=["x@1#0-9"])
        assert keys(every) == ["k0", "k1", "k2", "k3"]
        assert list(tenants.posts_showing()) == []

    def test_a_passage_counts_once_it_is_shown(self, tenants: TenantStore):
        tenants.add_post(post(passages=(quoted("x@1#0-9"), quoted()), shown=1))
        assert tenants.show_more(OURS, "k", 2)
        assert keys(tenants.posts_showing(documents=["a"])) == ["k"]

    def test_many_posts_are_found_though_asked_for_by_many_passages(
        self, tenants: TenantStore
    ):
        asked = [f"a@1#{n}-{n + 1}" for n in range(1200)]
        for n in range(0, 1200, 8):
            tenants.add_post(post(f"k{n:04}", passages=(quoted(asked[n]),)))
        found = keys(tenants.posts_showing(passages=asked))
        assert found == [f"k{n:04}" for n in range(0, 1200, 8)]

    # --- requests ------------------------------------------------------------------

    def test_a_request_is_kept_whole(self, tenants: TenantStore):
        tenants.add_request(request(card=HERE))
        tenants.add_request(request(text="again"))
        assert tenants.request(OURS, "r") == request(card=HERE)
        assert tenants.request(THEIRS, "r") is None

    def test_requests_are_listed_oldest_first_by_state(self, tenants: TenantStore):
        later = NOON + timedelta(seconds=1)
        for each in (
            request("r1", at=later),
            request("r2"),
            request("r3", THEIRS),
            request("r4", NAMESAKE),
        ):
            tenants.add_request(each)
        tenants.change_request(request("r2", state=HELD, document="a"), OPEN)
        assert names(tenants.requests(OURS)) == ["r2", "r1"]
        assert names(tenants.requests(OURS, (OPEN,))) == ["r1"]
        assert names(tenants.requests(OURS, ())) == []
        assert names(tenants.requests_in((OPEN, HELD))) == ["r2", "r3", "r4", "r1"]

    def test_a_request_changes_only_from_the_state_that_was_seen(
        self, tenants: TenantStore
    ):
        tenants.add_request(request())
        held = request(state=HELD, document="a", card=HERE)
        assert not tenants.change_request(replace(held, tenant=THEIRS), OPEN)
        assert not tenants.change_request(held, CLOSED)
        assert tenants.change_request(held, OPEN)
        assert not tenants.change_request(held, OPEN)
        assert tenants.request(OURS, "r") == held

    def test_of_two_that_change_a_request_one_is_told_no(self, tenants: TenantStore):
        tenants.add_request(request())
        closed = request(state=CLOSED)
        with ThreadPoolExecutor(4) as pool:
            done = pool.map(lambda _: tenants.change_request(closed, OPEN), range(8))
            assert sorted(done) == [False] * 7 + [True]

    @pytest.mark.parametrize("over", [TOLD, CLOSED])
    def test_a_request_that_is_over_names_nobody(self, tenants: TenantStore, over):
        tenants.add_request(request())
        tenants.change_request(request(state=over), OPEN)
        wiped = request(state=over, asker="", text="")
        assert tenants.request(OURS, "r") == wiped

    def test_open_requests_are_found_by_what_would_answer_them(
        self, tenants: TenantStore
    ):
        for each in (
            request("both"),
            request("vendor", places=()),
            request("place", THEIRS, vendors=()),
            request("neither", vendors=(), places=()),
            request("closed", state=CLOSED),
            request("any", vendors=("u", "v"), places=("FR", "IT")),
        ):
            tenants.add_request(each)
        found = [
            names(tenants.requests_on(*on))
            for on in ((["v"], ["IT", "GR"]), (["v"], []), ([], ["IT"]), (["w"], ["X"]))
        ]
        assert found == [["any", "both", "place", "vendor"], ["vendor"], ["place"], []]

    # --- reports -------------------------------------------------------------------

    def test_open_reports_whose_card_stands_nowhere_are_found(
        self, tenants: TenantStore
    ):
        tenants.add_report(report("a"))
        tenants.add_report(report("b", THEIRS, at=NOON - timedelta(hours=1)))
        tenants.add_report(report("c"))
        tenants.add_report(report("d"))
        assert tenants.place_report(OURS, "c", HERE)
        assert tenants.resolve_report(OURS, "d", "kept")
        assert names(tenants.reports_unplaced()) == ["b", "a"]

    def test_a_report_is_kept_whole(self, tenants: TenantStore):
        tenants.add_report(report(card=HERE))
        tenants.add_report(report(text="again"))
        assert tenants.report(OURS, "r") == report(card=HERE)
        assert tenants.report(THEIRS, "r") is None

    def test_a_report_is_resolved_once_and_told_once(self, tenants: TenantStore):
        tenants.add_report(report())
        tenants.add_report(report("r2", at=NOON + timedelta(seconds=1)))
        assert tenants.place_report(OURS, "r", HERE)
        assert not tenants.resolve_report(THEIRS, "r", "no")
        assert tenants.resolve_report(OURS, "r", "mended")
        assert not tenants.resolve_report(OURS, "r", "again")
        resolved = report(card=HERE, resolution="mended")
        assert tenants.reports_untold() == (resolved,)
        assert names(tenants.reports(OURS, open_only=True)) == ["r2"]
        assert names(tenants.reports(OURS, open_only=False)) == ["r", "r2"]
        assert tenants.reports(THEIRS, open_only=False) == ()
        assert not tenants.report_told(THEIRS, "r")
        assert tenants.report_told(OURS, "r")
        assert tenants.reports_untold() == ()
        told = replace(resolved, told=True, reporter="", text="")
        assert tenants.report(OURS, "r") == told

    # --- votes ---------------------------------------------------------------------

    def test_a_later_vote_takes_the_place_of_an_earlier_one(self, tenants: TenantStore):
        tenants.add_post(post())
        tenants.add_post(post("theirs", THEIRS))
        for voter, helpful, reason in (
            ("a", True, ""),
            ("b", True, ""),
            ("b", False, "old"),
            ("c", False, "old"),
            ("d", False, "long"),
            ("e", False, ""),
        ):
            assert tenants.feedback(OURS, "k", voter, helpful=helpful, reason=reason)
        tenants.feedback(THEIRS, "theirs", "a", helpful=True)
        counts = tenants.feedback_counts(OURS)
        reasons = {"old": 2, "long": 1}
        assert counts == Feedback(helpful=1, not_helpful=4, reasons=reasons)
        assert list(counts.reasons) == ["old", "long"]
        assert tenants.feedback_counts(NAMESAKE) == Feedback()

    # --- once ----------------------------------------------------------------------

    def test_an_event_is_new_once_in_each_tenant(self, tenants: TenantStore):
        with ThreadPoolExecutor(4) as pool:
            new = pool.map(lambda _: tenants.first_time(OURS, "e", NOON), range(8))
            assert sorted(new) == [False] * 7 + [True]
        assert tenants.first_time(OURS, "e2", NOON)
        assert tenants.first_time(THEIRS, "e", NOON)
        assert tenants.first_time(NAMESAKE, "e", NOON)

    def test_the_asker_of_a_post_is_kept_only_where_they_want_to_be_told(
        self, tenants: TenantStore
    ):
        tenants.add_post(post(private=True))
        assert not tenants.tell_asker(THEIRS, "k", "U")
        assert not tenants.tell_asker(OURS, "another", "U")
        assert tenants.post(OURS, "k") == post(private=True)
        assert tenants.tell_asker(OURS, "k", "U")
        assert tenants.post(OURS, "k") == post(private=True, asker="U")
        assert tenants.tell_asker(OURS, "k", None)
        assert tenants.post(OURS, "k") == post(private=True)

    def test_of_several_who_claim_at_once_one_has_it(self, tenants: TenantStore):
        def claimed(holder: int) -> bool:
            return tenants.claim("n", str(holder), NOON, LEASE)

        with ThreadPoolExecutor(4) as pool:
            assert sorted(pool.map(claimed, range(8))) == [False] * 7 + [True]

    def test_what_is_claimed_is_kept_until_the_lease_is_over(
        self, tenants: TenantStore
    ):
        assert tenants.claim("n", "a", NOON, LEASE)
        assert tenants.claim("another", "b", NOON, LEASE)
        assert not tenants.claim("n", "b", NOON + LEASE / 2, LEASE)
        assert tenants.claim("n", "a", NOON + LEASE / 2, LEASE)  # and longer
        assert not tenants.claim("n", "b", NOON + LEASE, LEASE)
        assert tenants.claim("n", "b", NOON + LEASE * 1.5, LEASE)
        assert not tenants.claim("n", "a", NOON + LEASE * 1.5, LEASE)

    def test_a_lease_that_a_wrong_clock_gave_is_over(self, tenants: TenantStore):
        assert tenants.claim("n", "a", NOON + timedelta(days=400), LEASE)
        assert tenants.claim("n", "b", NOON, LEASE)
        assert not tenants.claim("n", "a", NOON, LEASE)

    def test_what_was_ever_claimed_is_known_also_behind_its_lease(
        self, tenants: TenantStore
    ):
        tenants.claim("n", "a", NOON, LEASE)
        assert tenants.claimed(["n", "another"]) == {"n": NOON}
        later = NOON + 3 * LEASE
        tenants.claim("another", "b", later, LEASE)
        assert tenants.claimed(["n", "another"]) == {"n": NOON, "another": later}
        assert tenants.claimed([]) == {}

    def test_who_claims_what_another_began_learns_when_that_was(
        self, tenants: TenantStore
    ):
        tenants.claim("n", "a", NOON, LEASE)
        assert tenants.claim("n", "b", NOON + 3 * LEASE, LEASE)
        assert not tenants.claim("n", "a", NOON + 3 * LEASE, LEASE)
        assert tenants.claimed(["n"]) == {"n": NOON}

    # --- questions that were taken up ----------------------------------------------

    def test_a_question_that_was_taken_up_is_pending_until_it_is_settled(
        self, tenants: TenantStore
    ):
        question = asked(language="de", direct=True)
        bare = asked("N", place=Place("C", "N"))
        assert tenants.take_up(question, ["e", "f"], 9)
        assert tenants.take_up(bare, ["g"], 9)
        held = tenants.pending(
            "discord",
            holder="b",
            begun=NOON,
            at=NOON + LEASE,
            lease=LEASE,
            since=NOON,
            limit=9,
        )
        assert held == (question, bare)
        assert not tenants.settle(THEIRS, "C", "M")
        assert not tenants.settle(OURS, "D", "M")
        assert tenants.settle(OURS, "C", "M")
        assert not tenants.settle(OURS, "C", "M")
        assert left(tenants) == ["N"]

    def test_what_was_seen_before_in_any_way_is_not_taken_up(
        self, tenants: TenantStore
    ):
        assert tenants.first_time(OURS, "f", NOON)
        assert not tenants.take_up(asked(), ["e", "f"], 9)
        assert not tenants.first_time(OURS, "e", NOON)
        assert tenants.take_up(asked("N"), ["g"], 9)
        assert not tenants.take_up(asked("N"), ["g"], 9)
        assert tenants.take_up(asked("O", THEIRS), ["g"], 9)
        assert left(tenants) == ["N", "O"]

    def test_of_several_who_take_a_question_up_at_once_one_has_it(
        self, tenants: TenantStore
    ):
        def taken(holder: int) -> bool:
            return tenants.take_up(asked(holder=str(holder)), ["e", "m"], 9)

        with ThreadPoolExecutor(4) as pool:
            assert sorted(pool.map(taken, range(8))) == [False] * 7 + [True]

    def test_a_question_is_left_behind_when_its_holder_began_anew_or_a_lease_is_over(
        self, tenants: TenantStore
    ):
        tenants.take_up(asked(), ["e"], 9)
        soon = NOON + LEASE / 2
        assert left(tenants, "b", at=soon) == []
        assert left(tenants, "a", at=soon, begun=soon) == ["M"]
        assert left(tenants, "a", at=soon, begun=NOON - LEASE) == []
        assert left(tenants, "b", at=NOON + LEASE) == ["M"]

    def test_a_question_that_a_wrong_clock_took_up_is_left_behind(
        self, tenants: TenantStore
    ):
        tenants.take_up(asked(at=NOON + timedelta(days=400)), ["e"], 9)
        tenants.take_up(asked("N", at=NOON + LEASE / 2), ["f"], 9)
        assert left(tenants, at=NOON) == ["M"]

    def test_what_was_left_behind_is_found_by_platform_oldest_first_and_not_for_ever(
        self, tenants: TenantStore
    ):
        for number, message in enumerate("QPO"):
            at = NOON - timedelta(hours=number)
            tenants.take_up(asked(message, at=at), [message], 9)
        tenants.take_up(asked("S", NAMESAKE), ["s"], 9)
        assert left(tenants) == ["O", "P", "Q"]
        assert left(tenants, limit=2) == ["O", "P"]
        assert left(tenants, since=NOON - timedelta(hours=1)) == ["P", "Q"]
        assert left(tenants, platform="slack") == ["S"]
        assert left(tenants, platform="\0") == []

    def test_no_more_questions_are_pending_in_a_tenant_than_was_said(
        self, tenants: TenantStore
    ):
        for message in "MNO":
            assert tenants.take_up(asked(message), [message], 2)
        assert tenants.take_up(asked("P", THEIRS), ["p"], 2)
        assert left(tenants) == ["M", "N", "P"]

    def test_a_tenant_that_leaves_leaves_nothing(self, tenants: TenantStore):
        for who in (OURS, THEIRS, NAMESAKE):
            own = who.platform + who.id
            tenants.set_settings(who, EVERYTHING)
            tenants.add_post(post(own, who, place=HERE))
            tenants.feedback(who, own, "h", helpful=True)
            tenants.add_request(request(own, who))
            tenants.add_report(report(own, who, resolution="mended"))
            tenants.first_time(who, "e", NOON)
            tenants.take_up(asked(own, who), [own], 9)
        tenants.forget(OURS)
        assert tenants.settings(OURS) == TenantSettings()
        assert tenants.post_at(OURS, "C", "M") is None
        assert keys(tenants.posts_showing(documents=["a"])) == ["discord2", "slack1"]
        assert tenants.feedback_counts(OURS) == Feedback()
        assert names(tenants.requests_in(tuple(RequestState))) == ["discord2", "slack1"]
        assert names(tenants.reports_untold()) == ["discord2", "slack1"]
        assert tenants.first_time(OURS, "e", NOON)
        assert left(tenants) == ["discord2"]
        assert left(tenants, platform="slack") == ["slack1"]
        for who in (THEIRS, NAMESAKE):
            assert tenants.settings(who) == EVERYTHING
            assert tenants.feedback_counts(who).helpful == 1
            assert not tenants.first_time(who, "e", NOON)
        tenants.forget(OURS)

    def test_what_is_old_and_of_no_more_use_is_purged(self, tenants: TenantStore):
        old = NOON - timedelta(seconds=1)
        kept = [
            post("new", passages=(), shown=0),
            post("stands", at=old, place=HERE),
        ]
        gone = [
            post("refused", at=old, passages=(), shown=0, place=HERE),
            post("nowhere", at=old),
        ]
        for each in kept + gone:
            tenants.add_post(each)
        for name, state in zip("abcd", RequestState, strict=True):
            tenants.add_request(request(name, at=old, state=state))
        tenants.add_request(request("e", state=CLOSED))
        tenants.add_report(report("a", at=old))
        tenants.add_report(report("b", at=old, resolution="x"))
        tenants.add_report(report("c", at=old, resolution="x", told=True))
        tenants.first_time(OURS, "e", old)
        tenants.take_up(asked(at=old), ["m"], 9)
        tenants.take_up(asked("N"), ["n"], 9)
        assert tenants.purge(events=NOON, posts=NOON, finished=NOON) == 8
        assert tenants.purge(events=NOON, posts=NOON, finished=NOON) == 0
        assert [tenants.post(OURS, each.key) for each in gone] == [None, None]
        assert [tenants.post(OURS, each.key) for each in kept] == kept
        assert names(tenants.requests(OURS)) == ["a", "b", "e"]
        assert names(tenants.reports(OURS, open_only=False)) == ["a", "b"]
        assert tenants.first_time(OURS, "e", NOON)
        assert left(tenants) == ["N"]

    # --- bad input -----------------------------------------------------------------

    @pytest.mark.parametrize("bad", ["a\0b", "\ud800"])
    def test_text_that_no_database_can_hold_is_refused(self, tenants, bad):
        for write in (
            lambda: tenants.set_settings(OURS, TenantSettings(editors=(bad,))),
            lambda: tenants.add_post(post(bad)),
            lambda: tenants.add_request(request(text=bad)),
            lambda: tenants.add_report(report(text=bad)),
            lambda: tenants.first_time(OURS, bad, NOON),
            lambda: tenants.take_up(asked(bad), ["e"], 9),
            lambda: tenants.take_up(asked(), [bad], 9),
        ):
            with pytest.raises(InvalidMetadata):
                write()

    @pytest.mark.parametrize("bad", ["a\0b", "\ud800", "", "'; DROP TABLE posts; --"])
    def test_a_name_that_cannot_be_is_of_nothing(self, tenants: TenantStore, bad):
        nobody = Tenant("discord", bad)
        assert tenants.settings(nobody) == TenantSettings()
        assert tenants.post(OURS, bad) is None
        assert tenants.post_at(OURS, bad, bad) is None
        assert tenants.request(OURS, bad) is None
        assert tenants.report(OURS, bad) is None
        assert not tenants.place_post(bad, HERE)
        assert not tenants.drop_post(OURS, bad)
        assert not tenants.settle(OURS, bad, "M")
        assert not tenants.settle(nobody, "C", bad)
        assert not tenants.resolve_report(OURS, bad, "x")
        assert not tenants.feedback(OURS, bad, "h", helpful=True)
        assert list(tenants.posts_showing(documents=[bad], passages=[bad])) == []
        tenants.forget(nobody)
