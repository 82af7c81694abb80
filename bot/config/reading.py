"""Settings read from the environment (`QUIS_…` variables), and shown without secrets."""

import difflib
import os
import re
from collections.abc import Mapping

from pydantic import SecretStr, ValidationError

from bot.config.settings import PREFIX, Settings

_PASSWORD = re.compile(r"(?<=://)([^/@:]*):([^@]*)@")
_SECRET_PARAMETER = re.compile(r"(?i)((?:password|passwd|token|secret|key)=)[^&\s]+")


class InvalidSetting(ValueError):
    """A variable whose value cannot be used, and why."""

    def __init__(self, variable: str, problem: str) -> None:
        self.variable = variable
        self.problem = problem
        super().__init__(f"{variable}: {problem}")


def read_settings() -> Settings:
    """The settings in force. Raises InvalidSetting for the first that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        # Without `from error`: pydantic's text repeats the value, which may be secret.
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        problem = first["msg"].removeprefix("Value error, ")
        problem = problem[:1].lower() + problem[1:]
        raise InvalidSetting(variable(name), problem) from None


def variable(field: str) -> str:
    """The environment variable of a setting: ``log_level`` → ``QUIS_LOG_LEVEL``."""
    return f"{PREFIX}{field.upper()}"


def shown(settings: Settings) -> Mapping[str, str]:
    """Variable → value as it may be shown to anybody, secrets masked."""
    values = {}
    for field in type(settings).model_fields:
        value = getattr(settings, field)
        text = ",".join(value) if isinstance(value, tuple) else str(value)
        if isinstance(value, SecretStr):
            text = "***"
        values[variable(field)] = "" if value is None else masked(text)
    return values


def masked(text: str) -> str:
    """The text without the passwords of addresses in it."""
    text = _PASSWORD.sub(r"\1:***@", text)
    return _SECRET_PARAMETER.sub(r"\1***", text)


def unknown_variables(
    environment: Mapping[str, str] | None = None,
) -> Mapping[str, str | None]:
    """`QUIS_…` variables that are no setting → the setting that may be meant."""
    known = [variable(field) for field in Settings.model_fields]
    present = os.environ if environment is None else environment
    return {
        name: next(iter(difflib.get_close_matches(name.upper(), known, 1)), None)
        for name in sorted(present)
        if name.upper().startswith(PREFIX) and name.upper() not in known
    }
