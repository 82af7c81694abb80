"""The one line behind a slash command → what a command is filled in with.

Discord has an option for each; Slack has a line, read by its commas, or by what the
reception proposes for its parts.
"""

import re
from collections.abc import Awaitable, Callable, Iterator

from bot.catalogue import languages
from bot.catalogue import words as in_language
from bot.on_slack.markup import channel_in, group_in, plain
from bot.reception.messages import Option
from bot.replies.guidance import COMMANDS, SLACK_PREFIX
from knowledge.model import Rhythm

PATTERN = re.compile(rf"^/(?:{SLACK_PREFIX})?({'|'.join(COMMANDS)})$")
"""All our commands; also without their prefix, for who renames them in the manifest."""

MOST_WORDS = 8

Suggest = Callable[[str, str], Awaitable[tuple[Option, ...]]]
"""Which option it is, and what was typed → what may be meant."""

_HERE = frozenset("here channel ici canal qui hier aquí".split())


def name_of(command: str) -> str:
    """``/quis-vendor`` → ``vendor``."""
    found = PATTERN.match(command)
    return found[1] if found else "help"


async def filled(name: str, text: str, suggest: Suggest) -> tuple[str, dict[str, str]]:
    """The command's name, with its sub-command, and its options."""
    typed = plain(text)
    match name:
        case "ask":
            wants_help = typed.casefold() in (
                "help",
                "?",
                "aide",
                "aiuto",
                "hilfe",
                "ayuda",
            )
            return ("help", {}) if wants_help else ("ask", {"question": typed})
        case "vendor":
            return name, {"vendor": typed} if typed else {}
        case "country" | "law":
            return name, {"country": typed} if typed else {}
        case "coverage" | "sources" | "timeline" | "dossier":
            return name, await _about(typed, suggest)
        case "watch":
            return name, await _watched(typed, suggest)
        case "settings":
            return _setting(text)
        case "kb":
            return _moderating(typed)
        case _:
            return name, {}


async def _watched(typed: str, suggest: Suggest) -> dict[str, str]:
    """``Clearview, Italy, daily``: what, and at its end how often, in any language."""
    for written, rhythm in _RHYTHMS.items():
        rest, end = typed[: -len(written)], typed[-len(written) :]
        if end.lower() == written and (not rest or rest[-1] in ", "):
            return {**await _about(rest.rstrip(", "), suggest), "rhythm": rhythm}
    return await _about(typed, suggest)


def _rhythms() -> dict[str, str]:
    """How often, as it is written in each language, and its id."""
    found = {rhythm.value: rhythm.value for rhythm in Rhythm}
    for language in languages():
        for rhythm in Rhythm:
            found[in_language(language)(f"rhythm.{rhythm}").lower()] = rhythm.value
    return found


_RHYTHMS = _rhythms()


async def _about(typed: str, suggest: Suggest) -> dict[str, str]:
    """A vendor, a country or both, in either order."""
    if not typed:
        return {}
    for vendor, country in _readings(typed):
        known = True
        for option, said in (("vendor", vendor), ("country", country)):
            known = known and (not said or bool(await suggest(option, said)))
        if known:
            return {k: v for k, v in (("vendor", vendor), ("country", country)) if v}
    if "," in typed:
        vendor, _, country = (part.strip() for part in typed.partition(","))
        return {"vendor": vendor, "country": country}
    return {"vendor": typed}


def _readings(typed: str) -> Iterator[tuple[str, str]]:
    """What may be vendor and country of it, the likeliest first."""
    if "," in typed:
        one, _, other = (part.strip() for part in typed.partition(","))
        yield one, other
        yield other, one
        return
    yield typed, ""
    yield "", typed
    words = typed.split()[:MOST_WORDS]
    for at in range(len(words) - 1, 0, -1):
        yield " ".join(words[:at]), " ".join(words[at:])


def _moderating(typed: str) -> tuple[str, dict[str, str]]:
    """``retract made-1`` and its like; what can be done where it is none of these."""
    name, _, rest = typed.partition(" ")
    words = rest.split()
    match name.lower(), words:
        case "add", []:
            return "kb add", {}
        case "add", [link, *_]:
            return "kb add", {"link": link}
        case ("queue" | "vendor" | "alias" | "concept" | "gaps") as known, _:
            return f"kb {known}", {}
        case (
            (
                "show"
                | "correct"
                | "retract"
                | "recheck"
                | "vet"
                | "history"
                | "impact"
            ) as known,
            [document, *_],
        ):
            return f"kb {known}", {"document": document}
        case "link", [document, relation, other, *_]:
            return "kb link", {
                "document": document,
                "relation": relation,
                "other": other,
            }
        case _:
            return "kb", {}


def _setting(text: str) -> tuple[str, dict[str, str]]:
    """``language fr here`` and its like; all settings where it is none of these."""
    what, _, rest = plain(text).partition(" ")
    words = rest.split()
    scope = {"scope": "channel"} if words and words[-1].lower() in _HERE else {}
    match what.lower(), words:
        case (("language" | "private" as name), [value, *_]):
            return f"settings {name}", {name: value.lower(), **scope}
        case "four-eyes", [value, *_]:
            return "settings four-eyes", {"four-eyes": value.lower()}
        case "refused", [value, *_]:
            return "settings refused", {"refused": value.lower()}
        case "answers", [value, *_]:
            return "settings answers", {"when": value.lower(), **scope}
        case "moderators", _:
            channel = channel_in(text)
            if words and channel is None and words[0].lower() != "none":
                return "settings show", {"unread": plain(text)}
            return "settings moderators", {"channel": channel or ""}
        case "roles", [role, *_] if group_in(text):
            return "settings roles", {
                "role": role.lower(),
                "group": group_in(text) or "",
            }
        case _:
            return "settings show", {"unread": plain(text)} if what else {}
