"""All that an answer has to say of a quote, as it arrives, the same on every transport."""

from bot.catalogue import words
from tests.platforms.shelf import JAPAN
from tests.scenario.documents import markdown

SAID = "Police in Japan used Clearview AI in 2024, says paper number {}."
DENIED = (
    "Clearview AI said of Japan that no police used it there, in reply to paper {}."
)


def two_sides(shelf, folder):
    """A text in its own words, translated and archived, and one that contradicts it."""
    number = shelf.number()
    said, denied = f"sides-{number}", f"sides-{number}-denied"
    shelf.publish(
        markdown(
            folder,
            said,
            SAID.format(number),
            more=f"archived_url: https://archive.example/{said}\n"
            "translations:\n- language: fr\n  by: Ada Traduttrice\n"
            f'  text: "La police japonaise a utilisé Clearview AI, dit le no {number}."',
        )
    )
    shelf.publish(
        markdown(
            folder,
            denied,
            DENIED.format(number),
            more=f"contradicts: [{said}]",
        )
    )
    return number


async def test_every_part_of_an_answer_arrives(stage, tmp_path):
    here = stage.here
    number = two_sides(stage.shelf, tmp_path)
    marie = stage.person("marie", language="fr")
    async with stage.serving():
        asked = await stage.ask(here.ben, here.news, JAPAN)
        french = await stage.ask(marie, here.news, JAPAN)
    sent = f"{asked.answer!r} {getattr(asked.answer, 'blocks', '')}"
    for part in (
        "Clearview AI · Japan",  # what was asked about
        "newest first",
        SAID.format(number),  # both sides, whole
        DENIED.format(number),
        "Press · 1 May 2024 · The Paper (English)",  # kind, date, publisher, language
        "over a year old",
        "Source’s own words",
        "vetted by the moderators on",
        "¶1",
        "Contradicted by:",
        "may have changed since",
        "https://archive.example/",
        f"https://paper.example/sides-{number}",
        "#:~:text=",
    ):
        assert part.lower() in f"{asked.text} {sent}".lower(), part
    spoken = words("fr")
    label = spoken("quote.translation", language="français", person="Ada Traduttrice")
    for part in (SAID.format(number), label, "La police japonaise a utilisé"):
        assert part in french.text, part
    assert label not in asked.text
    assert f"«\u00a0{SAID.format(number)}\u00a0»" in french.text  # as French has it
