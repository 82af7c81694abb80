"""What people type, press and fill in, and what an altered client may send in its place."""

from collections.abc import Mapping
from typing import Any

from discord import AppCommandOptionType
from hypothesis import strategies as st

from bot.cards import Action
from bot.on_discord.shapes import COMMANDS, KB, SETTINGS, Shape
from bot.replies.guidance import COMMANDS as NAMES
from bot.replies.kb import Verb
from tests.any_card import NASTY

TELLING = (
    *"Clearview PimEyes clearview-ai Italy IT Greece 2022 weekly täglich daily".split(),
    *"here language fr each private yes no answers never sure roles editor".split(),
    *"moderators none refused four-eyes <#C012345|mods> <!subteam^S01|@all>".split(),
    *"add queue show correct link retract recheck vet history impact gaps".split(),
    *"vendor alias concept updates contradicts made-1 help ? , ;".split(),
    "https://example.org/a",
    "Is Clearview active in Italy?",
    "and in Greece?",
)
"""Words that a command heeds, so that chance comes further than the first of them."""

odd = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.sampled_from(NASTY),
    st.builds(lambda sign, times: sign * times, st.characters(), st.integers(1, 3000)),
)
lines = st.lists(st.one_of(st.sampled_from(TELLING), odd), max_size=6).map(" ".join)
"""What stands behind a slash command, or in a message."""

slack_commands = st.tuples(
    st.one_of(
        st.sampled_from(NAMES).map(lambda name: f"/quis-{name}"),
        st.sampled_from(["/ask", "/other", "", "/quis-"]),
    ),
    lines,
)


def _value(shape: Shape) -> st.SearchStrategy[Any]:
    """As Discord sends it, or as nobody should."""
    chosen = [choice.value for choice in shape.choices]
    match shape.type:
        case AppCommandOptionType.boolean:
            usual: st.SearchStrategy[Any] = st.booleans()
        case AppCommandOptionType.channel | AppCommandOptionType.role:
            usual = st.integers(0, 2**64).map(str)
        case _:
            usual = st.one_of(lines, st.sampled_from(TELLING))
    other = st.one_of(odd, st.integers(), st.floats(), st.none(), st.booleans())
    return st.one_of(*([st.sampled_from(chosen)] if chosen else []), usual, other)


def _filled(shapes: tuple[Shape, ...]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Any of a command's options, and one perhaps that it has not."""
    each = [
        st.fixed_dictionaries(
            {
                "name": st.just(shape.name),
                "type": st.just(shape.type.value),
                "value": _value(shape),
            }
        )
        for shape in (*shapes, Shape(name="no-such-option"))
    ]
    return st.lists(st.one_of(each), max_size=5)


def _below(
    name: str, shapes: Mapping[str, tuple[Shape, ...]]
) -> st.SearchStrategy[dict[str, Any]]:
    """A command with sub-commands, that has them or has none."""
    inner = st.sampled_from([*shapes, "no-such-command"]).flatmap(
        lambda sub: st.fixed_dictionaries(
            {
                "name": st.just(sub),
                "type": st.just(AppCommandOptionType.subcommand.value),
                "options": _filled(shapes.get(sub, ())),
            }
        )
    )
    return st.lists(inner, max_size=1).map(lambda one: {"name": name, "options": one})


discord_commands = st.one_of(
    st.sampled_from([*COMMANDS, "no-such-command"]).flatmap(
        lambda name: _filled(COMMANDS.get(name, ())).map(
            lambda options: {"name": name, "options": options}
        )
    ),
    _below("settings", SETTINGS),
    _below("kb", KB),
)
"""The ``data`` of an interaction, as ``on_discord.commands`` is handed it."""

arguments = st.one_of(
    st.builds(
        ":".join, st.lists(st.one_of(st.sampled_from([*Verb]), st.text(max_size=9)))
    ),
    st.sampled_from(["", "0", "1", "99", "9" * 60, "-1", "٣", "clearview-ai@IT", "@"]),
    odd,
)


def codes(keys: list[str]) -> st.SearchStrategy[str]:
    """What a button, a menu or a form carries; ``keys`` of posts that there are."""
    ours = st.builds(
        "quis:{}:{}:{}".format,
        st.one_of(st.sampled_from([*Action]), st.text(max_size=5)),
        st.one_of(st.sampled_from([*keys, "", "0", "9" * 40]), st.text(max_size=9)),
        arguments,
    )
    return st.one_of(ours, odd)


chosen = st.lists(
    st.one_of(
        st.sampled_from(["clearview-ai@IT", "fr", "each", "sure", "never", "yes"]),
        odd,
    ),
    max_size=2,
).map(tuple)

filled = st.dictionaries(
    st.one_of(
        st.sampled_from(
            "text kind reason link title url publisher published_on event_on name "
            "names language vendors countries seat manner form words".split()
        ),
        st.text(max_size=5),
    ),
    lines,
    max_size=8,
)
"""The values of a form."""
