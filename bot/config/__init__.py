"""The one place that reads the environment."""

from bot.config.reading import (
    InvalidSetting,
    masked,
    read_settings,
    shown,
    unknown_variables,
    variable,
)
from bot.config.settings import Settings

__all__ = [
    "InvalidSetting",
    "Settings",
    "masked",
    "read_settings",
    "shown",
    "unknown_variables",
    "variable",
]
