"""Files: what people upload and the bot reads, what the bot uploads and people see."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.platforms.slack_server.errors import SlackError
from tests.platforms.slack_server.outbox import Outbox
from tests.platforms.slack_server.state import User, Workspace, World
from tests.platforms.slack_server.web_api import Call, Method

Json = dict[str, Any]
# Slack answers a download without a good token with its sign-in page, and 200.
_SIGN_IN = "<!DOCTYPE html><html><head><title>Slack</title></head>Sign in</html>"


@dataclass(frozen=True)
class Upload:
    """A file that somebody attaches."""

    name: str
    data: bytes
    mimetype: str = "application/octet-stream"


@dataclass(eq=False, repr=False, kw_only=True)
class File:
    """A file that Slack keeps."""

    id: str
    user: User
    upload: Upload
    title: str
    alt_text: str | None = None
    expected: int | None = None  # bytes announced, until they came
    shared: bool = False


class Files:
    """The methods of the family files, uploads and downloads."""

    def __init__(self, world: World, outbox: Outbox) -> None:
        self._world = world
        self._outbox = outbox
        self.origin = ""  # known once the server listens
        self.all: dict[str, File] = {}

    def methods(self) -> Iterator[Method]:
        yield Method("files.info", self._info, "files:read", ("file",))
        yield Method(
            "files.getUploadURLExternal",
            self._upload_url,
            "files:write",
            ("filename", "length"),
        )
        yield Method(
            "files.completeUploadExternal", self._complete, "files:write", ("files",)
        )

    def keep(self, user: User, upload: Upload, *, alt_text: str | None = None) -> File:
        file = File(
            id=self._world.new_id("F"),
            user=user,
            upload=upload,
            title=upload.name,
            alt_text=alt_text,
        )
        self.all[file.id] = file
        return file

    def wire(self, file: File) -> Json:
        name, mimetype = file.upload.name, file.upload.mimetype
        where = f"{self.origin}/files/{file.id}"
        found: Json = {
            "id": file.id,
            "created": self._world.clock.epoch(),
            "timestamp": self._world.clock.epoch(),
            "name": name,
            "title": file.title,
            "mimetype": mimetype,
            "media_display_type": "unknown",
            "filetype": name.rpartition(".")[2] or "binary",
            "pretty_type": mimetype,
            "user": file.user.id,
            "user_team": file.user.workspace.id,
            "editable": False,
            "size": len(file.upload.data),
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": True,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{where}/{name}",
            "url_private_download": f"{where}/download/{name}",
            "permalink": f"https://{file.user.workspace.domain}.slack.com/files/{file.id}",
            "is_starred": False,
            "has_rich_preview": False,
            "file_access": "visible",
            "permalink_public": f"https://slack-files.com/{file.id}",
        }
        return found | ({"alt_txt": file.alt_text} if file.alt_text else {})

    def _info(self, call: Call) -> Json:
        file = self._of(call.workspace, call.arguments["file"])
        return {"file": self.wire(file)}

    def _of(self, workspace: Workspace, id_: object) -> File:
        file = self.all.get(str(id_))
        if file is None or file.user.workspace is not workspace:
            raise SlackError("file_not_found")
        return file

    def _upload_url(self, call: Call) -> Json:
        arguments = call.arguments
        upload = Upload(str(arguments["filename"]), b"")
        bot = call.workspace.bot
        file = self.keep(bot, upload, alt_text=arguments.get("alt_txt"))
        file.expected = int(arguments["length"])
        return {"file_id": file.id, "upload_url": f"{self.origin}/upload/{file.id}"}

    def _complete(self, call: Call) -> Json:
        listed = call.arguments["files"]
        files = [self._of(call.workspace, each.get("id")) for each in listed]
        for each, file in zip(listed, files, strict=True):
            if file.expected is not None:
                raise SlackError("file_update_failed")
            file.title, file.shared = each.get("title") or file.title, True
        objects = [self.wire(file) for file in files]
        if call.arguments.get("channel_id"):
            channel = call.channel("channel_id")
            if call.workspace.bot not in channel.members:
                raise SlackError("not_in_channel")
            comment = call.arguments.get("initial_comment") or ""
            thread = call.arguments.get("thread_ts")
            self._outbox.post_files(channel, objects, comment, thread)
        return {"files": objects}

    async def take(self, request: web.Request) -> web.StreamResponse:
        """The bytes of an upload that was announced."""
        file = self.all.get(request.match_info["id"])
        if file is None or file.expected is None:
            return web.Response(status=404)
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            part = next(iter(form.values()))
            data = part.file.read() if isinstance(part, web.FileField) else b""
        else:
            data = await request.read()
        if len(data) != file.expected:
            return web.Response(status=400, text="length")
        file.upload, file.expected = Upload(file.upload.name, data), None
        return web.Response(text=f"OK - {len(data)}")

    async def give(self, request: web.Request) -> web.StreamResponse:
        file = self.all.get(request.match_info["id"])
        if file is None:
            return web.Response(status=404)
        workspace = file.user.workspace
        good = request.headers.get("Authorization") == f"Bearer {workspace.bot_token}"
        good = good and workspace.token_error is None
        if not good or "files:read" not in workspace.scopes:
            return web.Response(text=_SIGN_IN, content_type="text/html")
        return web.Response(body=file.upload.data, content_type=file.upload.mimetype)
