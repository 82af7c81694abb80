"""Card → Discord: a layout of at most 40 components and 4000 characters, and its files.

A card that does not fit gets shorter in a fixed order, see ``shrinking``. Buttons only
carry what they ask for; nothing here listens to them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final, TypeAlias

import discord
from discord import ui

from bot.cards import (
    Actions,
    Attachment,
    Block,
    Button,
    Card,
    Menu,
    Picture,
    Weight,
)
from bot.cards.signs import one_line
from bot.on_discord.drawing import LONGEST_ALT, heading, paragraphs
from bot.on_discord.markdown import shortened, size
from bot.on_discord.shrinking import LEFT_OUT, ever_shorter

MOST_COMPONENTS = 40
MOST_CHARACTERS = 4000

ROOM_FOR_ACTIONS = 32
"""Components that buttons, menus and their rows may take of all."""

IN_A_ROW = 5
LONGEST_LABEL = 80
LONGEST_CODE = 100
LONGEST_OPTION = 100
LONGEST_PLACEHOLDER = 150
MOST_OPTIONS = 25

STYLES: Final = {
    Weight.PLAIN: discord.ButtonStyle.secondary,
    Weight.FIRST: discord.ButtonStyle.primary,
    Weight.DANGER: discord.ButtonStyle.danger,
}

MOST_PICTURES = 4
MOST_FILES = 4

Item: TypeAlias = "ui.Item[ui.LayoutView]"
Part: TypeAlias = "str | ui.Item[ui.LayoutView]"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card as Discord takes it. ``files`` makes new ones for each time it is sent."""

    view: ui.LayoutView
    pictures: tuple[tuple[str, Picture], ...] = ()
    attachments: tuple[tuple[str, Attachment], ...] = ()

    def files(self) -> list[discord.File]:
        """Pictures and files, under the names that the layout calls them by."""
        pictures = [
            discord.File(BytesIO(picture.png), filename=name, description=_alt(picture))
            for name, picture in self.pictures
        ]
        return pictures + [
            discord.File(BytesIO(attachment.data), filename=name)
            for name, attachment in self.attachments
        ]


def render(card: Card) -> Drawn:
    """The card, shortened as far as it has to be."""
    drawn = _draw(card)
    for shorter in ever_shorter(card):
        drawn = _draw(shorter)
        if _fits(drawn.view):
            break
    # Whoever presses a button is heard by the client, also after a restart; a view that
    # has ended is not kept in memory by discord.py.
    drawn.view.stop()
    return drawn


def _fits(view: ui.LayoutView) -> bool:
    texts = [each for each in view.walk_children() if isinstance(each, ui.TextDisplay)]
    return sum(size(text.content) for text in texts) <= MOST_CHARACTERS


def _draw(card: Card) -> Drawn:
    pictures = tuple(_named(card.blocks))
    attachments = tuple(_attached(card.blocks))
    view = ui.LayoutView(timeout=None)
    named: list[tuple[str, Block]] = [*pictures, *attachments]
    view.add_item(ui.Container(*_arranged(_parts(card, named))))
    return Drawn(view, pictures, attachments)


def _parts(card: Card, named: Sequence[tuple[str, Block]]) -> list[Part]:
    """The card from top to bottom: texts, and components that are no text."""
    names = {id(block): name for name, block in named}
    taken: set[str] = set()
    room = ROOM_FOR_ACTIONS
    parts: list[Part] = []
    if head := heading(card):
        parts += [head, ui.Separator()]
    for block in card.blocks:
        match block:
            case Actions():
                for row in _rows(block, taken):
                    room -= _weight(row)
                    if room >= 0:
                        parts.append(row)
            case Picture() if id(block) in names:
                media = f"attachment://{names[id(block)]}"
                item = discord.MediaGalleryItem(media, description=_alt(block))
                parts += [ui.MediaGallery(item), *paragraphs(block)]
            case Attachment() if id(block) in names:
                parts += [
                    *paragraphs(block),
                    ui.File(f"attachment://{names[id(block)]}"),
                ]
            case _:
                parts += paragraphs(block)
    if not any(isinstance(part, str) for part in parts):
        parts.insert(0, LEFT_OUT)
    return parts


def _arranged(parts: Sequence[Part]) -> list[Item]:
    """As they come; where there are too many, texts are joined, at last all of them."""
    gathered = sorted(parts, key=lambda part: not isinstance(part, str))
    for tried in (parts, _joined(parts), _joined(gathered)):
        if sum(map(_weight, tried)) < MOST_COMPONENTS:
            break
    return [ui.TextDisplay(part) if isinstance(part, str) else part for part in tried]


def _joined(parts: Sequence[Part]) -> list[Part]:
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] = f"{joined[-1]}\n\n{part}"
        else:
            joined.append(part)
    return joined


def _weight(part: Part) -> int:
    """How many components it counts for."""
    return 1 + len(part.children) if isinstance(part, ui.ActionRow) else 1


def _rows(actions: Actions, taken: set[str]) -> Iterator[ui.ActionRow[ui.LayoutView]]:
    """Buttons five in a row, a row for each menu. No code can stand twice in a message."""
    made: list[ui.Button[ui.LayoutView]] = []
    for button in actions.buttons:
        if 0 < len(button.code) <= LONGEST_CODE and button.code not in taken:
            taken.add(button.code)
            made.append(_button(button))
    for start in range(0, len(made), IN_A_ROW):
        yield ui.ActionRow(*made[start : start + IN_A_ROW])
    for menu in actions.menus:
        if menu.code not in taken and (options := _options(menu)):
            taken.add(menu.code)
            yield ui.ActionRow(_select(menu, options))


def _button(button: Button) -> ui.Button[ui.LayoutView]:
    return ui.Button(
        label=_short(button.label, LONGEST_LABEL),
        custom_id=button.code,
        style=STYLES[button.weight],
    )


def _select(
    menu: Menu, options: list[discord.SelectOption]
) -> ui.Select[ui.LayoutView]:
    return ui.Select(
        custom_id=menu.code,
        placeholder=_short(menu.label, LONGEST_PLACEHOLDER),
        options=options,
    )


def _options(menu: Menu) -> list[discord.SelectOption]:
    """Those that fit; a value that would have to be cut names nothing."""
    unique = {value: label for label, value in menu.options if value.strip()}
    return [
        discord.SelectOption(
            label=_short(label, LONGEST_OPTION),
            value=value,
            default=value == menu.chosen,
        )
        for value, label in unique.items()
        if size(value) <= LONGEST_OPTION
    ][:MOST_OPTIONS]


def _short(text: str, most: int) -> str:
    """For what shows no markdown, and must not be empty."""
    return shortened(one_line(text), most) or LEFT_OUT


def _named(blocks: Iterable[Block]) -> Iterator[tuple[str, Picture]]:
    """Each picture with a name of its own that an address can be made of."""
    pictures = [block for block in blocks if isinstance(block, Picture)]
    for number, picture in enumerate(pictures[:MOST_PICTURES], start=1):
        stem = re.sub(r"[^A-Za-z0-9-]+", "-", picture.name.removesuffix(".png"))
        yield f"{stem.strip('-')[:40] or 'picture'}-{number}.png", picture


def _attached(blocks: Iterable[Block]) -> Iterator[tuple[str, Attachment]]:
    """Each file under its name, which no two of a card have in common."""
    taken: set[str] = set()
    for block in blocks:
        if isinstance(block, Attachment) and len(taken) < MOST_FILES:
            name = (
                re.sub(r"[^A-Za-z0-9.-]+", "-", block.name)[-80:].strip("-.") or "file"
            )
            if name not in taken:
                taken.add(name)
                yield name, block


def _alt(picture: Picture) -> str:
    return _short(picture.alt, LONGEST_ALT)
