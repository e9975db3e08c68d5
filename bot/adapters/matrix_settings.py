"""From the operator's settings to the adapter."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from bot.adapters.base import Keepsakes
from bot.adapters.matrix import Matrix
from bot.adapters.matrix_device import Access, MatrixUnusableError


class Secret(Protocol):
    """A secret in the settings."""

    def get_secret_value(self) -> str:
        """In clear."""


class Settings(Protocol):
    """What the settings say of Matrix."""

    @property
    def matrix_homeserver(self) -> str | None:
        """Its address."""

    @property
    def matrix_user(self) -> str | None:
        """The account's Matrix id."""

    @property
    def matrix_password(self) -> Secret | None:
        """Its password."""

    @property
    def matrix_access_token(self) -> Secret | None:
        """Of a session that exists already."""

    @property
    def matrix_device_id(self) -> str | None:
        """The device of that session."""

    @property
    def matrix_servers(self) -> str | None:
        """Servers whose people may begin a chat, with commas between; None: the account's own."""

    @property
    def matrix_taps(self) -> bool:
        """Whether to offer reactions."""


def make(settings: Settings, folder: Path, keepsakes: Keepsakes) -> Matrix:
    """The adapter that the settings describe.

    Raises:
        MatrixUnusableError: a setting is missing, or the encryption is not installed.
    """
    user = settings.matrix_user
    if not user or not settings.matrix_homeserver:
        raise MatrixUnusableError("Für Matrix fehlt die Kennung des Lotsen. Bitte LOTSE_MATRIX_USER setzen.")
    access = Access(
        homeserver=settings.matrix_homeserver,
        user=user,
        password=_secret(settings.matrix_password),
        token=_secret(settings.matrix_access_token),
        device=settings.matrix_device_id or "",
    )
    if not access.password and not (access.token and access.device):
        raise MatrixUnusableError(
            "Für Matrix fehlt die Anmeldung. Bitte LOTSE_MATRIX_PASSWORD_FILE setzen, oder LOTSE_MATRIX_ACCESS_TOKEN "
            "zusammen mit LOTSE_MATRIX_DEVICE_ID."
        )
    servers = [name.strip() for name in (settings.matrix_servers or "").split(",") if name.strip()]
    return Matrix(access, folder, keepsakes, servers=servers, taps=settings.matrix_taps)


def _secret(value: Secret | None) -> str:
    return "" if value is None else value.get_secret_value()
