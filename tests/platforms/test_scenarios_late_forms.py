"""A form that comes too late to open by itself is opened by one press, on every transport."""

import pytest

from tests.platforms.shelf import ITALY

LATE = "The form is ready"


async def late(stage, doing):
    """What is shown where the store answers only when the time for a form is over."""
    stage.later()  # the settings were read a while ago
    stage.shelf.hold_store()
    asked = await doing
    stage.server.clock.advance(4)
    stage.shelf.release()
    await asked.answered()
    assert asked.modal is None
    assert LATE in asked.text
    assert stage.private(asked)
    return asked


@pytest.mark.parametrize("action", ["wrong", "unhelpful"])
async def test_a_press_whose_form_comes_late_opens_it_by_one_more(stage, action):
    here = stage.here
    async with stage.serving():
        await stage.command(
            here.ana, here.news, "settings moderators", channel=here.desk
        )
        asked = await stage.ask(here.ben, here.news, ITALY)
        pressed = await late(
            stage, stage.press(here.ben, asked, action, until=stage.ACKNOWLEDGED)
        )
        stage.shelf.hold_store()  # the form is there already: nothing is asked for it
        opened = await stage.press(here.ben, pressed, action)
        assert opened.modal
        stage.shelf.release()
        given = {"reason": "other"} if action == "unhelpful" else {"kind": "other"}
        sent = await stage.fill(here.ben, opened, **given)
        assert stage.private(sent)
    async with stage.serving():  # after a restart it is made anew
        assert (await stage.press(here.ben, pressed, action)).modal
    reports = stage.shelf.tenants.reports(here.tenant, open_only=True)
    assert len(reports) == (1 if action == "wrong" else 0)


async def test_a_command_whose_form_comes_late_opens_it_by_a_button(stage):
    stage.moderating = True
    here, commands = stage.here, ("kb add", "kb vendor", "kb alias", "kb concept")
    async with stage.serving():
        await stage.command(
            here.ana, here.news, "settings moderators", channel=here.desk
        )
        editors = stage.group("Editors")
        await stage.command(
            here.ana, here.news, "settings roles", role="editor", group=editors
        )
        carla = stage.person("carla", group=editors)
        offered = [
            await late(
                stage, stage.command(carla, here.desk, name, until=stage.ACKNOWLEDGED)
            )
            for name in commands
        ]
        opened = [await stage.press(carla, asked, "kbf") for asked in offered]
        titles = [each.modal.title for each in opened]
        assert len(set(titles)) == len(commands)
    async with stage.serving():  # what is remembered is gone with the process
        again = [await stage.press(carla, asked, "kbf") for asked in offered]
        assert [each.modal.title for each in again] == titles
