"""What a person takes away from an answer or a profile, for this person alone.

What is cited or proved is read again from the store each time, like all that is shown.
"""

from bot import replies
from bot.catalogue import words
from bot.dossier import ENDINGS, compiled, file_name, written
from bot.evidence import LARGEST_PAGE, folder_name, pack, zipped
from bot.reception.codes import Code
from bot.reception.house import Here, House, told
from bot.reception.messages import Caller, Press, Reply
from knowledge.model import Post


async def cite(
    house: House, pressed: Press, place: Here, post: Post, code: Code
) -> Reply:
    """A passage of an answer as citations to copy."""
    language = place.language or post.language
    number = code.number
    shown = post.numbered(number)
    if shown is None:
        return told(pressed.caller, replies.expired(language))
    held = await house.desk.recall([shown], post.places)
    if not held:
        return told(pressed.caller, replies.nothing_new(language))
    card = replies.cite(
        held[0],
        number=number,
        others=range(1, post.shown + 1),
        key=post.key,
        language=language,
    )
    return told(pressed.caller, card)


async def evidence(
    house: House, pressed: Press, place: Here, post: Post, code: Code
) -> Reply:
    """What proves a passage of an answer, as a ZIP file."""
    language = place.language or post.language
    number = code.number
    shown = post.numbered(number)
    if shown is None:
        return told(pressed.caller, replies.expired(language))
    proof = await house.desk.proof(shown.passage)
    name = folder_name(proof)

    def packed() -> bytes:
        files = pack(proof, words(language), largest_page=LARGEST_PAGE)
        return zipped(files, name)

    data = await house.desk.aside(packed)
    card = replies.evidence_pack(f"{name}.zip", data, number=number, language=language)
    return told(pressed.caller, card)


async def dossier(
    house: House, caller: Caller, place: Here, vendor: str, country: str | None
) -> Reply:
    """All that is held on a vendor, in every form that a dossier has."""
    desk, language = house.desk, place.language
    held, coverage = await desk.everything_on(vendor, country)

    def files() -> list[tuple[str, bytes]]:
        card = compiled(
            held,
            coverage,
            desk.names,
            desk.today,
            vendor=vendor,
            place=country,
            words=words(language),
        )
        return [
            (file_name(vendor, country, ending), written(card, ending))
            for ending in ENDINGS
        ]

    made = await desk.aside(files) if held else []
    card = replies.dossier(
        made,
        len(held),
        desk.names,
        vendor=vendor,
        place=country,
        language=language,
    )
    return told(caller, card)
