"""Documents changed from chat where things go wrong: forged, late, too long, at once."""

import asyncio
from datetime import timedelta

import pytest

from bot.reception.messages import Attachment, Command, Press, Submission, Visibility
from knowledge.model import Status, Step, Tenant, TenantSettings
from tests.scenario.desk_people import HERE, Front, components, copied, read

TEXT = "Police in Portugal used Clearview AI in 2024. The ministry did not answer."
SAID = {
    "title": "Portugal",
    "publisher": "Paper",
    "url": "https://paper.example/pt",
    "published_on": "2024-05-02",
}
SETTINGS = TenantSettings(
    moderators_channel="mods", editors=("eds",), contributors=("cons",)
)
EDITOR, CONTRIBUTOR = frozenset({"eds"}), frozenset({"cons"})


@pytest.fixture
def front(stocked, tmp_path):
    with copied(stocked, tmp_path) as (library, clock):
        library.tenants.set_settings(HERE, SETTINGS)
        front = Front(library, clock, moderating=True)
        yield front
        assert front.faults == []


@pytest.fixture
def eve(front):
    return front.person("eve", groups=EDITOR, name="Eve")


@pytest.fixture
def ed(front):
    return front.person("ed", groups=EDITOR, name="Ed @everyone")


@pytest.fixture
def cy(front):
    return front.person("cy", groups=CONTRIBUTOR, name="Cy")


def code(reply, part):
    (found,) = [c.code for c in components(reply.card) if part in c.code]
    return found


async def found(who, text=TEXT):
    opened = await who.types("kb add")
    return await who.sends(opened, text=text)


async def confirmed(who, text=TEXT):
    shown = await found(who, text)
    form = await who.presses_code(code(shown, ":source"))
    shown = await who.sends(form, **SAID)
    form = await who.presses_code(code(shown, ":tags"))
    return await who.sends(form, kind="press")


async def offered(who):
    shown = await confirmed(who)
    reply = await who.presses_code(code(shown, ":offer"))
    assert (reply.visibility, reply.channel) == (Visibility.ELSEWHERE, "mods")
    return reply


async def test_a_form_of_a_hundred_thousand_characters_changes_nothing(cy, front):
    long = "Police used it. " * 6_250
    refused = await found(cy, long)
    assert "100000 characters" in read(refused.card)
    shown = await found(cy)
    form = await cy.presses_code(code(shown, ":source"))
    refused = await cy.sends(form, **{**SAID, "title": "a" * 100_000})
    assert "100000 characters" in read(refused.card)
    kept = await cy.sends(form, publisher="Paper")
    assert "Still missing: Title" in read(kept.card)
    assert front.library.reviews.queue() == ()


async def test_what_somebody_brought_in_is_nobody_else_s_to_propose(cy, eve):
    shown = await confirmed(cy)
    refused = await eve.presses_code(code(shown, ":offer"))
    assert "belongs to somebody else" in read(refused.card)
    there = cy.but(tenant=Tenant("discord", "200"))
    refused = await there.presses_code(code(shown, ":offer"))
    assert "QUIS_KB_FROM=discord:200" in read(refused.card)


async def test_pressed_twice_it_is_proposed_once(cy, front):
    shown = await confirmed(cy)
    offer = code(shown, ":offer")
    first, second = await asyncio.gather(cy.presses_code(offer), cy.presses_code(offer))
    said = [read(first.also or first.card), read(second.also or second.card)]
    assert sum("The moderators have it now" in each for each in said) == 1
    assert len(front.library.revisions("portugal")) == 1
    late = await cy.presses_code(offer)
    assert "was proposed before" in read(late.card)


async def test_of_two_who_approve_at_once_the_other_is_told_who_did(cy, eve, ed):
    review = await offered(cy)
    approve = code(review, ":yes.")
    replies = await asyncio.gather(eve.presses_code(approve), ed.presses_code(approve))
    said = [read(each.card) for each in replies]
    assert sum("answers can quote it" in each for each in said) == 1
    (late,) = [each for each in said if "Nothing was done now" in each]
    assert "Approved and published by" in late


async def test_a_card_that_outlived_a_role_grants_nothing(cy, eve, front):
    review = await offered(cy)
    gone = eve.but(groups=frozenset())
    refused = await gone.presses_code(code(review, ":yes."))
    assert "Editors" in read(refused.card)
    form = await eve.presses_code(code(review, ":no."))
    refused = await gone.sends(form, reason="off topic")
    assert "Editors" in read(refused.card)
    assert front.library.document("portugal").status is Status.SUBMITTED


async def test_a_reason_is_asked_for_and_a_forged_form_without_one_is_turned_down(
    eve, front
):
    shown = await eve.types("kb retract", document=held(front))
    form = await eve.presses_code(code(shown, ":out."))
    refused = await eve.sends(form, reason=" \u200b ")
    assert front.library.document(held(front)).status is Status.PUBLISHED
    assert refused.visibility is Visibility.PRIVATE


def held(front):
    return min(d.id for d in front.library.documents(Status.PUBLISHED))


async def test_a_second_retraction_is_told_who_was_quicker(eve, ed, front):
    shown = await eve.types("kb retract", document=held(front))
    out = code(shown, ":out.")
    one, other = await eve.presses_code(out), await ed.presses_code(out)
    done = await eve.sends(one, reason="withdrawn")
    assert "Retracted by Eve" in read(done.also)
    late = await ed.sends(other, reason="me too")
    assert "Retracted by Eve" in read(late.card)
    assert "Nothing was done now" in read(late.card)


async def test_a_draft_that_is_gone_and_a_button_nobody_made_are_told_so(eve):
    for forged in (
        "quis:kb:1:yes.never-there",
        "quis:kb:x:yes.",
        "quis:kb::nonsense",
        "quis:kb:KEY:offer",
        "quis:kbf:1:out.never-there",
    ):
        refused = await eve.presses_code(forged)
        assert "not known any more" in read(refused.card), forged
    refused = await eve.sends_form("quis:kbf:1:no.never-there", reason="why")
    assert "not known any more" in read(refused.card)


async def test_where_a_setting_allows_it_one_person_approves_their_own(front, eve):
    boss = front.person("boss", manages=True)
    review = await offered(eve)
    refused = await eve.presses_code(code(review, ":yes."))
    assert "somebody else has to approve it" in read(refused.card)
    await boss.types("settings four-eyes", **{"four-eyes": "no"})
    done = await eve.presses_code(code(review, ":yes."))
    assert "Approved and published by Eve" in read(done.card)
    rules = [line.event.rule for line in front.library.history("portugal")]
    assert rules[-1] == "one-person"


async def test_without_a_moderators_channel_nothing_is_begun(front, eve):
    front.library.tenants.set_settings(HERE, TenantSettings(editors=("eds",)))
    front.restart()
    refused = await eve.types("kb add", link="https://paper.example/")
    assert "No moderators have been named" in read(refused.card)


async def test_after_a_restart_a_form_goes_on_and_a_lost_review_is_posted(front, cy):
    shown = await confirmed(cy)
    front.restart()
    reception = front.reception
    reply = await reception.press(Press(caller=cy.caller, button=code(shown, ":offer")))
    assert reply.visibility is Visibility.ELSEWHERE  # and never came to stand
    front.restart()
    assert await front.reception.to_tell("discord") == ()
    front.clock.advance(minutes=3)
    (lost,) = await front.reception.to_tell("discord")
    assert lost.channel == "mods"
    assert "Police in Portugal" in read(lost.card)


async def test_the_proposer_is_told_once_and_the_card_shows_what_was_decided(
    front, cy, eve
):
    review = await offered(cy)
    form = await eve.presses_code(code(review, ":back."))
    await eve.sends(form, reason="Please name the city")
    front.clock.instant -= timedelta(days=1)  # a clock that goes back
    front.restart()
    (edit,) = await front.reception.to_tell("discord")
    assert edit.edit is not None
    assert "Please name the city" in read(edit.card)
    await front.reception.told(edit.id, edit.edit)
    (news,) = await front.reception.to_tell("discord")
    assert news.user == "cy"
    assert "/kb correct portugal" in read(news.card)
    await front.reception.told(news.id)
    assert await front.reception.to_tell("discord") == ()


async def test_a_file_that_the_platform_does_not_hand_over_is_told_so(front, cy):
    async def gone():
        raise OSError

    lost = {"file": Attachment(name="a.md", size=10, read=gone)}
    large = {"file": Attachment(name="a.md", size=99_000_000, read=gone)}
    given = Command(caller=cy.caller, name="kb add", files=lost)
    reply = await front.reception.command(given)
    assert "does not hand over" in read(reply.card)
    sent = Submission(caller=cy.caller, form="quis:kbf::add", values={}, files=large)
    reply = await front.reception.submit(sent)
    assert "up to 20 MB" in read(reply.card)


async def test_a_file_that_is_larger_than_the_platform_said_is_not_taken(front, cy):
    before = len(front.library.documents())

    async def more():
        return b"a" * (20 * 1024 * 1024 + 1)

    given = {"file": Attachment(name="a.txt", size=10, read=more)}
    command = Command(caller=cy.caller, name="kb add", files=given)
    assert "up to 20 MB" in read((await front.reception.command(command)).card)
    assert len(front.library.documents()) == before


async def test_documents_are_proposed_while_typing_to_those_who_moderate_alone(
    front, cy
):
    assert await cy.is_offered_in_time("document", held(front)[:8])
    reader = front.person("reader")
    assert await reader.is_offered("document", held(front)[:8]) == []


async def test_a_document_is_vetted_rechecked_and_its_history_read(front, eve):
    id = held(front)
    shown = await eve.types("kb vet", document=id)
    done = await eve.presses_code(code(shown, ":vet."))
    assert "Compared with its source by Eve" in read(done.card)
    assert done.channel == "mods"
    again = await eve.types("kb vet", document=id)
    assert "vetted it already" in read(again.card)
    await eve.types("kb recheck", document=id)
    history = read((await eve.types("kb history", document=id)).card)
    for said in ("vetted", "rechecked", "Eve", "editor-vets"):
        assert said in history
    assert front.library.verify().ok


async def test_a_link_to_another_document_is_reviewed(front, cy, eve):
    one, other, *_ = sorted(d.id for d in front.library.documents(Status.PUBLISHED))
    review = await cy.types("kb link", document=one, relation="updates", other=other)
    assert f"updates {other}" in read(review.card)
    await eve.presses_code(code(review, ":yes."))
    links = front.library.document(one).links
    assert other in [link.document for link in links]
    steps = [line.event.step for line in front.library.history(one)]
    assert steps[-1] is Step.PUBLISH
