"""What can be done about an answer or a refusal, as buttons under it.

A button names a wish and the post's key. Whether it is granted is decided elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.cards import Action, Actions, Button, Weight
from bot.catalogue import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """The message that the buttons stand under.

    ``private``: its asker alone sees it. ``moderated``: somebody takes what readers
    report and request.
    """

    key: str
    words: Words
    private: bool = False
    moderated: bool = True

    def button(
        self,
        action: Action,
        argument: str = "",
        *,
        weight: Weight = Weight.PLAIN,
        name: str = "",
        **values: object,
    ) -> Button:
        """A button with the catalogue's label for its action."""
        return Button(
            label=self.words(f"button.{action}", **values),
            action=action,
            key=self.key,
            argument=argument,
            weight=weight,
            name=name,
        )

    def context(self, number: int) -> Button:
        """Opens the sentences around a quote."""
        name = self.words("button.context-of", number=number)
        return self.button(Action.CONTEXT, str(number), name=name)

    def cite(self, number: int) -> Button:
        """Opens the citations of a passage; its label says of which."""
        label = self.words("button.cite-of", number=number)
        return replace(self.button(Action.CITE, str(number)), label=label)

    def more(self, shown: int, left: int) -> Button:
        """Opens the passages behind the first ``shown``; ``left`` are to come."""
        name = self.words("button.more-name", count=left)
        return self.button(Action.MORE, str(shown), name=name, count=left)


def under_answer(
    under: Under, numbers: Iterable[int], left: int, *, corrected: bool
) -> Actions:
    """Under an answer that shows the passages of these numbers."""
    shown = tuple(numbers)
    buttons = []
    if corrected:
        buttons.append(under.button(Action.NOT_MEANT))
    if left:
        buttons.append(under.more(len(shown), left))
    buttons += [
        under.context(shown[0]),
        under.button(Action.COVERAGE),
        under.button(Action.WHY),
        under.button(Action.CITE, str(shown[0])),
    ]
    if under.moderated:
        buttons.append(under.button(Action.WRONG))
    buttons += [under.button(Action.HELPFUL), under.button(Action.NOT_HELPFUL)]
    if under.private:
        buttons += [under.button(Action.TELL_ME), under.button(Action.SHARE)]
    else:
        buttons.append(under.button(Action.DELETE))
    return Actions(tuple(buttons))


def under_refusal(under: Under, *, corrected: bool) -> Actions:
    """Under a refusal."""
    buttons = []
    if corrected:
        buttons.append(under.button(Action.NOT_MEANT))
    buttons.append(under.button(Action.COVERAGE))
    if under.moderated:
        buttons.append(under.button(Action.REQUEST))
    buttons.append(under.button(Action.WHY))
    if not under.private:
        buttons.append(under.button(Action.DELETE))
    return Actions(tuple(buttons))
