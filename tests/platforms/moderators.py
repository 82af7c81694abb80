"""Who moderates in the scenarios, what they read, and how they press: on every transport."""

import re
from itertools import count

from knowledge.model import Actor, Role, Status, Step, TenantSettings

ROOT = Actor("test:root", Role.ADMIN)

NUMBERS = count(1)


def new_text(number):
    """Words that no other test brings in, since all share one library."""
    return (
        f"Police in Portugal used Clearview AI in 2024, says paper number {number}."
        " The ministry of Portugal did not answer."
    )


def with_moderators(stage):
    """Eve and Ed are editors, Cy is a contributor; the desk is the moderators' channel."""
    here = stage.here
    stage.editors, contributors = stage.group("editors"), stage.group("contributors")
    stage.moderating = True
    stage.eve = stage.person("eve", group=stage.editors)
    stage.ed = stage.person("ed", group=stage.editors)
    stage.cy = stage.person("cy", group=contributors)
    settings = TenantSettings(
        moderators_channel=here.desk.id,
        editors=(stage.editors.id,),
        contributors=(contributors.id,),
    )
    stage.shelf.tenants.set_settings(here.tenant, settings)
    stage.shelf.reviews.proposals.forget(here.tenant)


def said(on):
    """What is to be read there, without what keeps a platform from reading it as markup."""
    return on.text.replace("\\", "")


async def press(stage, who, on, part):
    """The button whose code holds this."""
    found = [id for id in stage.ids(on) if part in id]
    assert found, f"no {part!r} among {stage.ids(on)}"
    return await who.presses(on, found[0])


def tidied(stage, before):
    """Nothing that a test brought in is published, or waits, when the next one begins."""
    library = stage.shelf.library
    for document in library.documents():
        if document.id not in before:
            if any(
                d.status is Status.PUBLISHED for d in library.revisions(document.id)
            ):
                library.step(document.id, Step.RETRACT, ROOT, "a test is over")
            if library.document(document.id).status in ("draft", "submitted"):
                library.step(document.id, Step.REJECT, ROOT, "a test is over")
    library.refresh()


async def brought_in(stage, who, title):
    """A text, confirmed with all that it needs; what is shown then."""
    here, number = stage.here, next(NUMBERS)
    opened = await stage.command(who, here.news, "kb add")
    found = await stage.fill(who, opened, text=new_text(number))
    assert stage.private(found)
    form = await press(stage, who, found, ":source")
    found = await stage.fill(
        who,
        form,
        title=f"{title} {number}",
        publisher="Paper",
        url=f"https://paper.example/portugal/{number}",
        published_on="2024-05-02",
    )
    form = await press(stage, who, found, ":tags")
    return await stage.fill(who, form, kind="press")


async def offered(stage, who, title):
    """The review in the moderators' channel."""
    found = await brought_in(stage, who, title)
    known = len(stage.seen(stage.ed, stage.here.desk))
    await press(stage, who, found, ":offer")
    await stage.server.until(
        lambda: len(stage.seen(stage.ed, stage.here.desk)) > known, "a review"
    )
    await stage.settled()
    return stage.seen(stage.ed, stage.here.desk)[-1]


async def told(stage, times=4):
    for _ in range(times):
        await stage.tell()
    await stage.settled()


def card_code(stage, card, verb):
    """What the button of a review carried, as somebody kept it."""
    document = held(stage, card)
    return f"quis:kb:{document.revision}:{verb}.{document.id}"


def held(stage, card):
    """The document that a review is on, at its newest revision."""
    (id, *_) = re.findall(r"portugal-[a-z0-9-]+", said(card))
    return stage.shelf.library.document(id)


def take_away(stage, who):
    """This person is in no group any more."""
    if stage.name == "discord":
        stage.demote(who)
    else:
        stage.editors.members.remove(who.user)
