"""Who moderates in the scenarios, what they read, and how they press: on every transport."""

from knowledge.model import TenantSettings


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
