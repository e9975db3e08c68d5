"""Plain scalars of a file as the models want them: our reader gives texts only, so days and switches are made here."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import BeforeValidator, Field


def as_switch(value: object) -> object:
    """What is written for yes and no, also in German, as true and false; nothing else becomes one."""
    words = {"true": True, "ja": True, "false": False, "nein": False}
    return words.get(value.strip().lower(), value) if isinstance(value, str) else value


def _as_date(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            return value
    return value


Switch = Annotated[bool, BeforeValidator(as_switch), Field(strict=True)]
Date = Annotated[dt.date, BeforeValidator(_as_date), Field(strict=True)]
