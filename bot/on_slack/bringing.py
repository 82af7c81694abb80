"""Pictures and files of a card, brought to Slack before the card itself."""

from slack_sdk.web.async_client import AsyncWebClient

from bot.cards import Card
from bot.on_slack.faults import FAULTS, noted
from bot.on_slack.render import attachments, pictures
from bot.on_slack.spots import Spot

LONGEST_ALT = 1000


class Bringing:
    """Brings them in one workspace."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def pictures(self, card: Card | None) -> dict[str, str]:
        """The card's pictures, that nobody is shown yet: name → id at Slack."""
        files: dict[str, str] = {}
        for picture in pictures(card) if card else ():
            try:
                answer = await self._client.files_upload_v2(
                    filename=picture.name,
                    content=picture.png,
                    alt_txt=picture.alt[:LONGEST_ALT],
                    request_file_info=False,
                )
                files[picture.name] = str(answer["files"][0]["id"])
            except FAULTS as error:  # then its words are shown
                noted("files.upload", error)
        return files

    async def files(self, card: Card | None, spot: Spot) -> dict[str, str]:
        """The card's files, by one direct message: name → id at Slack, if they came.

        A message that one person sees cannot hold a file.
        """
        held = attachments(card) if card else ()
        if not held:
            return {}
        try:
            opened = await self._client.conversations_open(users=spot.user)
            direct = str(opened["channel"]["id"])
            answer = await self._client.files_upload_v2(
                file_uploads=[
                    {"filename": file.name, "content": file.data, "title": file.name}
                    for file in held
                ],
                channel=direct,
                thread_ts=spot.thread if direct == spot.channel else None,
                request_file_info=False,
            )
        except FAULTS as error:  # then the card says that they did not come
            noted("files.upload", error)
            return {}
        ids = [str(each["id"]) for each in answer["files"]]
        return dict(zip((file.name for file in held), ids, strict=True))
