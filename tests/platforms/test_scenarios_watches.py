"""A channel is told of what it watches: once, in one message, and only as it wished."""

from dataclasses import replace

from knowledge.entries import Name
from knowledge.terms import Term, TermKind
from tests.platforms.moderators import ROOT
from tests.platforms.shelf import GREECE, JAPAN


def bulletins(stage, room):
    """What the channel was told."""
    seen = stage.seen(stage.here.ana, room)
    return [each for each in seen if "News on" in each.text]


async def test_a_channel_is_told_at_once_and_once_of_what_it_watches(stage, tmp_path):
    here = stage.here
    async with stage.serving():
        set_up = await stage.command(
            here.ben, here.news, "watch", country="Japan", rhythm="at-once"
        )
        assert stage.private(set_up)
        assert "Japan is watched here from now on" in set_up.text
        wider = await stage.command(
            here.ben, here.desk, "watch", country="East Asia", rhythm="at-once"
        )
        assert "East Asia is watched here from now on" in wider.text
        await stage.tell()
        assert bulletins(stage, here.news) == []
        one = stage.shelf.publish_on_japan(tmp_path)
        stage.shelf.publish_on_japan(tmp_path)
        await stage.tell()
        await stage.tell()
        (told,) = bulletins(stage, here.news)
        for words in ("News on Japan", "2 new documents", "A page", "Press"):
            assert words in told.text
        assert "Police in Japan" not in told.text
        stage.shelf.retract(one)
    async with stage.serving():  # after a restart nothing is repeated, nothing lost
        await stage.tell()
        await stage.tell()
        _, taken_back = bulletins(stage, here.news)
        assert "1 document retracted" in taken_back.text
        assert "it was withdrawn" in taken_back.text
    region, _ = bulletins(stage, here.desk)
    assert "News on East Asia" in region.text


async def test_what_was_sent_before_a_crash_is_not_sent_again(stage, tmp_path):
    here = stage.here
    async with stage.serving():
        await stage.command(
            here.ben, here.news, "watch", country="Japan", rhythm="at-once"
        )
        stage.shelf.publish_on_japan(tmp_path)
        reception = stage.reception()
        due = await reception.to_tell(here.tenant.platform)
        (notice,) = [each for each in due if each.tenant == here.tenant]
        await stage.tell()
        assert len(bulletins(stage, here.news)) == 1
    # The word that it stands got lost, as with a process that was killed just then.
    (watch,) = stage.shelf.watches.here(here.tenant, notice.channel)
    lost = stage.shelf.library.watches.watches
    lost.end(here.tenant, notice.channel, watch.id)
    lost.add(_as_before(watch), 20)
    async with stage.serving():
        await stage.tell()
        await stage.tell()
        assert len(bulletins(stage, here.news)) == 1
    (watch,) = stage.shelf.watches.here(here.tenant, notice.channel)
    assert watch.begun is None


async def test_what_a_channel_watched_ends_with_the_channel_and_nothing_else(
    stage, tmp_path
):
    here = stage.here
    async with stage.serving():
        for room in (here.news, here.desk):
            await stage.command(
                here.ben, room, "watch", country="Japan", rhythm="at-once"
            )
        stage.server.delete_channel(here.desk)
        stage.shelf.publish_on_japan(tmp_path)
        await stage.tell()
        await stage.tell()
        assert len(bulletins(stage, here.news)) == 1
    (left,) = stage.shelf.library.watches.watches.on(here.tenant.platform)
    assert left.channel == here.news.id


async def test_a_digest_comes_by_the_week_and_says_what_was_not_held(stage, tmp_path):
    here = stage.here
    async with stage.serving():
        await stage.command(here.ana, here.news, "settings refused", refused=True)
        set_up = await stage.command(here.ben, here.news, "watch", country="Japan")
        assert "once a week" in set_up.text
        stage.later()
        await stage.ask(here.ben, here.desk, JAPAN)
        stage.shelf.publish_on_japan(tmp_path)
        await stage.tell()
        assert bulletins(stage, here.news) == []
        stage.later(days=7)
        await stage.tell()
        await stage.tell()
        (told,) = bulletins(stage, here.news)
        for words in ("1 new document", "not held", "asked 1 time"):
            assert words in told.text
        stage.later(days=7)
        await stage.tell()
        assert len(bulletins(stage, here.news)) == 1
    (gap,) = [g for g in stage.shelf.gaps(here.tenant) if g.place == "JP"]
    assert (gap.vendor, gap.count, gap.questions) == ("clearview-ai", 1, (JAPAN,))


async def test_what_is_watched_is_listed_and_ended_by_who_began_it(stage):
    here = stage.here
    cleo = stage.person("cleo")
    async with stage.serving():
        nothing = await stage.command(here.ben, here.news, "watch")
        assert "Name a vendor" in nothing.text
        for what in ({"vendor": "Clearview"}, {"country": "Greece"}):
            await stage.command(here.ben, here.news, "watch", **what)
            stage.later()
        again = await stage.command(
            here.ben, here.news, "watch", country="Greece", rhythm="daily"
        )
        assert "already" in again.text
        held = stage.shelf.watches.here(here.tenant, _channel(stage))
        assert [w.vendor or w.place for w in held] == ["clearview-ai", "GR"]
        listed = await stage.command(cleo, here.news, "watches")
        assert stage.private(listed)
        for words in ("Clearview AI", "weekly", "Greece", "daily"):
            assert words in listed.text
        refused = await stage.choose(cleo, listed, "", held[0].id)
        assert "Only who began it" in refused.text
        own = await stage.command(here.ben, here.news, "watches")
        await stage.choose(here.ben, own, "", held[0].id)
        (left,) = stage.shelf.watches.here(here.tenant, _channel(stage))
        assert left.place == "GR"


async def test_refused_questions_are_counted_and_their_words_kept_only_where_wanted(
    stage,
):
    here = stage.here
    async with stage.serving():
        await stage.ask(here.ben, here.news, JAPAN)
        (gap,) = stage.shelf.gaps(here.tenant)
        assert (gap.place, gap.count, gap.questions) == ("JP", 1, ())
        await stage.command(here.ana, here.news, "settings refused", refused=True)
        stage.later()
        await stage.ask(here.ben, here.news, JAPAN)
        await stage.ask(here.ben, here.news, GREECE)
        (gap,) = stage.shelf.gaps(here.tenant)
        assert (gap.count, gap.questions) == (2, (JAPAN,))
        stage.later(days=31)
        stage.shelf.notices.purge()
        (gap,) = stage.shelf.gaps(here.tenant)
        assert (gap.count, gap.questions) == (2, ())
        stage.later()
        await stage.ask(here.ben, here.news, JAPAN)
        await stage.command(here.ana, here.news, "settings refused", refused=False)
        (gap,) = stage.shelf.gaps(here.tenant)
        assert (gap.count, gap.questions) == (3, ())


def _channel(stage):
    return stage.here.news.id


def _as_before(watch):
    """It was handed out, and told, and nobody knows it."""
    return replace(watch, told=watch.told - 1, begun=watch.told)


async def test_the_moderators_are_told_once_a_week_what_waits_for_them(stage):
    here = stage.here
    async with stage.serving():
        await stage.command(
            here.ana, here.news, "settings moderators", channel=here.desk
        )
        await stage.tell()
        assert stage.cards(here.ana, here.desk) == []
        stage.later(days=365)  # by then all is due to be looked at again
        await stage.tell()
        await stage.tell()
    async with stage.serving():
        await stage.tell()
        (told,) = stage.cards(here.ana, here.desk)
        assert "6 documents to be looked at again" in told.text
        assert "made-1" in told.text


async def test_a_change_of_the_vocabulary_is_told_to_who_watches_and_to_moderators(
    stage,
):
    here, naming = stage.here, stage.shelf.naming
    name = f"Osprey {stage.name.replace('-', ' ').title()}"
    term = Term(kind=TermKind.NAME, owner="clearview-ai", name=Name(text=name))
    async with stage.serving():
        await stage.command(
            here.ana, here.news, "settings moderators", channel=here.desk
        )
        await stage.command(
            here.ben, here.news, "watch", vendor="Clearview", rhythm="at-once"
        )
        await stage.tell()
        proposed = naming.propose(term, ROOT)
        await stage.tell()
        assert bulletins(stage, here.news) == []
        naming.accept(term.id, proposed.revision, ROOT, two_person=False)
        await stage.tell()
        await stage.tell()
        (told,) = bulletins(stage, here.news)
        for words in ("News on Clearview AI", "1 change of its names", name):
            assert words in told.text
        naming.retract(term.id, proposed.revision, ROOT, "It was another firm's")
        await stage.tell()
        _, told = bulletins(stage, here.news)
        assert f"No longer read by “{name}”" in told.text
        stage.later(days=7)
        await stage.tell()
        (digest,) = stage.cards(here.ana, here.desk)
        assert "changes of the vocabulary were decided" in digest.text
        assert f"No longer read by “{name}”" in digest.text
        stage.later(days=7)
        await stage.tell()
        assert name not in "".join(m.text for m in stage.cards(here.ana, here.desk)[1:])


async def test_moderators_whose_channel_is_gone_are_told_in_the_next_one(stage):
    here = stage.here
    async with stage.serving():
        await stage.command(
            here.ana, here.news, "settings moderators", channel=here.desk
        )
        await stage.tell()
        stage.later(days=365)
        stage.server.delete_channel(here.desk)
        await stage.tell()
    lost = stage.shelf.tenants.settings(here.tenant)
    assert lost.moderators_lost
    assert stage.shelf.digests.due(here.tenant.platform) == ()
    found = replace(lost, moderators_channel=_channel(stage), moderators_lost=False)
    stage.shelf.tenants.set_settings(here.tenant, found)
    async with stage.serving():
        stage.later(days=7)
        await stage.tell()
        words = [message.text for message in stage.cards(here.ana, here.news)]
    assert sum("6 documents to be looked at again" in each for each in words) == 1


async def test_a_menu_that_ends_the_keeping_of_words_wipes_them_too(stage):
    here = stage.here
    async with stage.serving():
        await stage.command(here.ana, here.news, "settings refused", refused=True)
        await stage.ask(here.ben, here.news, JAPAN)
        (gap,) = stage.shelf.gaps(here.tenant)
        assert gap.questions == (JAPAN,)
        card = await stage.command(here.ana, here.news, "settings show")
        await stage.choose(here.ana, card, "tenant.keep-refused", "no")
        (gap,) = stage.shelf.gaps(here.tenant)
        assert (gap.count, gap.questions) == (1, ())
