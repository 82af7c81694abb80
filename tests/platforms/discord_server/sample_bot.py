"""A small bot written with the real discord.py: it behaves, unless asked not to."""

import asyncio
import io

import discord
from discord import app_commands
from discord.ui import Button, Label, Modal, Select, TextInput, View

QUIET = discord.AllowedMentions.none()
VENDORS = {"clearview-ai": "Clearview AI", "nso-group": "NSO Group"}
ITALIAN = {"ask": "chiedi", "Ask a question": "Fai una domanda"}
INTENTS = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class Italian(app_commands.Translator):
    async def translate(self, string, locale, context):
        return ITALIAN.get(string.message) if locale.value == "it" else None


class Feedback(View):
    def __init__(self, owner_id: int) -> None:
        super().__init__(timeout=None)
        self.owner_id = owner_id
        self.add_item(Button(label="Source", url="https://example.org/source"))

    @discord.ui.button(label="Helpful", custom_id="helpful")
    async def helpful(self, interaction, button):
        if interaction.user.id != self.owner_id:
            await interaction.response.send_message("Not yours.", ephemeral=True)
            return
        button.disabled = True
        await interaction.response.edit_message(content="Thank you.", view=self)

    @discord.ui.select(
        custom_id="language",
        placeholder="Language",
        options=[
            discord.SelectOption(label="English", value="en"),
            discord.SelectOption(label="Italiano", value="it"),
        ],
    )
    async def language(self, interaction, select):
        await interaction.response.send_message(select.values[0], ephemeral=True)


class Report(Modal, title="Report an answer"):
    why: Label[Modal] = Label(
        text="What is wrong?", component=TextInput(custom_id="why", max_length=20)
    )
    kind: Label[Modal] = Label(
        text="Kind",
        component=Select(
            custom_id="kind",
            options=[discord.SelectOption(label="Old", value="old")],
        ),
    )

    async def on_submit(self, interaction):
        assert isinstance(self.why.component, TextInput)
        assert isinstance(self.kind.component, Select)
        said = f"{self.kind.component.values[0]}: {self.why.component.value}"
        await interaction.response.send_message(said, ephemeral=True)


class SampleBot(discord.Client):
    """``may_go_on`` holds the command ``slow`` up; ``failures`` is what went wrong."""

    def __init__(self, intents: discord.Intents = INTENTS) -> None:
        super().__init__(intents=intents, allowed_mentions=QUIET)
        self.tree = app_commands.CommandTree(self)
        self.may_go_on = asyncio.Event()
        self.failures: list[Exception] = []
        self.heard: list[discord.Message] = []
        self._answered: set[int] = set()
        self.tree.error(self._failed)
        _add_commands(self)
        _add_misbehaviour(self)

    async def setup_hook(self) -> None:
        await self.tree.set_translator(Italian())
        await self.tree.sync()

    async def before_identify_hook(self, shard_id, *, initial=False) -> None:
        pass  # the library would wait five seconds before identifying again

    async def _failed(self, interaction, error) -> None:
        self.failures.append(getattr(error, "original", error))

    async def on_error(self, event_method, /, *args, **kwargs) -> None:
        self.failures.append(RuntimeError(event_method))

    async def on_message(self, message: discord.Message) -> None:
        self.heard.append(message)
        assert self.user is not None
        if message.author == self.user or message.id in self._answered:
            return
        if message.guild is None or self.user in message.mentions:
            self._answered.add(message.id)
            async with message.channel.typing():
                said = f"You said: {message.clean_content} @everyone"
                await message.reply(said, mention_author=False)


def _add_commands(bot: SampleBot) -> None:
    tree = bot.tree

    @tree.command(
        name=app_commands.locale_str("ask"),
        description=app_commands.locale_str("Ask a question"),
    )
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def ask(
        interaction: discord.Interaction,
        question: app_commands.Range[str, 1, 300],
        vendor: str | None = None,
    ):
        await interaction.response.defer(thinking=True)
        source = discord.Embed(title="Source", description=vendor or "any vendor")
        source.add_field(name="Locale", value=interaction.locale.value)
        await interaction.followup.send(
            f"On {question}", embed=source, view=Feedback(interaction.user.id)
        )

    @ask.autocomplete("vendor")
    async def vendors(interaction: discord.Interaction, current: str):
        return [
            app_commands.Choice(name=name, value=id_)
            for id_, name in VENDORS.items()
            if current.lower() in name.lower()
        ]

    @tree.command(name="panel", description="Layout components")
    async def panel(interaction: discord.Interaction):
        text = discord.ui.TextDisplay[discord.ui.LayoutView]("**Help** @everyone")
        row = discord.ui.ActionRow[discord.ui.LayoutView](
            Button(label="More", custom_id="more")
        )
        layout = discord.ui.LayoutView()
        layout.add_item(discord.ui.Container(text, row))
        await interaction.response.send_message(view=layout)

    kb = app_commands.Group(
        name="kb",
        description="The knowledge base",
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @kb.command(name="add", description="Add a document")
    async def add(
        interaction: discord.Interaction,
        file: discord.Attachment,
        where: discord.TextChannel | None = None,
        by: discord.Member | None = None,
    ):
        text = (await file.read()).decode()
        said = f"{file.filename}: {text}; {where and where.name}; {by and by.name}"
        copy = discord.File(
            io.BytesIO(text.encode()), filename="copy.txt", description="a copy"
        )
        await interaction.response.send_message(said, ephemeral=True, file=copy)

    tree.add_command(kb)

    @tree.context_menu(name="Report this answer")
    async def report(interaction: discord.Interaction, message: discord.Message):
        await interaction.response.send_modal(Report())

    @tree.context_menu(name="Who is this")
    async def who(interaction: discord.Interaction, user: discord.Member):
        await interaction.response.send_message(user.display_name, ephemeral=True)

    @tree.command(name="slow", description="Waits before it goes on")
    async def slow(interaction: discord.Interaction):
        await interaction.response.defer(thinking=True)
        await bot.may_go_on.wait()
        try:
            await interaction.edit_original_response(content="At last.")
        except discord.HTTPException as error:
            bot.failures.append(error)
            assert isinstance(interaction.channel, discord.abc.Messageable)
            await interaction.channel.send("At last, as a message.")


def _add_misbehaviour(bot: SampleBot) -> None:
    tree = bot.tree

    @tree.command(name="toolong", description="Says too much")
    async def toolong(interaction: discord.Interaction):
        await interaction.response.send_message("x" * 2001)

    @tree.command(name="ping", description="Notifies somebody")
    async def ping(interaction: discord.Interaction):
        said = f"{interaction.user.mention}, look"
        mine = discord.AllowedMentions(users=[interaction.user])
        await interaction.response.send_message(said, allowed_mentions=mine)

    @tree.command(name="twice", description="Answers twice")
    async def twice(interaction: discord.Interaction):
        await interaction.response.send_message("One.")
        await interaction.followup.send("Two.")

    @tree.command(name="late", description="Acknowledges late")
    async def late(interaction: discord.Interaction):
        await bot.may_go_on.wait()
        await interaction.response.send_message("Late.")

    @tree.command(name="silent", description="Says nothing")
    async def silent(interaction: discord.Interaction):
        pass

    @tree.command(name="abroad", description="Asks another machine")
    async def abroad(interaction: discord.Interaction):
        try:
            await bot.http.get_from_cdn("http://192.0.2.1/picture")
        except OSError:
            await interaction.response.send_message("It did not work.")

    @tree.command(name="unknown", description="Uses a part of the API that is not here")
    async def unknown(interaction: discord.Interaction):
        try:
            await bot.fetch_premium_sticker_pack(1)
        except discord.NotFound:
            await interaction.response.send_message("There is none.")
