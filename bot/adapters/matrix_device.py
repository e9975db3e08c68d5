"""The Lotse as a device of its account: logged in, with keys of its own, signed by the account.

Owns the way from the settings to a client that can talk: which device it is, its access token, its keys, cross-signing;
and what is done when one of them is lost. What must survive is in the keepsakes: device and token, and the seeds of
cross-signing. A device whose keys are lost is deaf for ever (an old copy of them does not help), so there is a new one.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import time
from pathlib import Path
from typing import Any, Final, Literal, NoReturn

import msgspec
from nio import AsyncClient, AsyncClientConfig, KeysQueryError, KeysUploadError
from nio.crypto import ENCRYPTION_ENABLED

from bot.adapters import matrix_signing as signing
from bot.adapters import matrix_store as store
from bot.adapters import matrix_wire as wire
from bot.adapters.base import Keepsakes

NAME: Final = "KommA-Lotse"
"""How the device is called in the account's list of sessions."""

SESSION: Final = "session"
SEEDS: Final = "cross_signing"
"""Names of the keepsakes."""

_PICKLE: Final = "matrix-pickle"
_FILE_KEY: Final = "matrix-store"
_BAD_REQUEST: Final = 400
_UNAUTHORIZED: Final = 401

Signed = Literal["unknown", "signed", "password_needed", "refused"]


class MatrixUnusableError(Exception):
    """Something that an operator must mend; the sentence says what and how. Names no account, quotes no secret."""


class Access(msgspec.Struct, frozen=True, kw_only=True):
    """What the settings say. `token` with `device`, or `password`."""

    homeserver: str
    user: str
    password: str = ""
    token: str = ""
    device: str = ""

    def __repr__(self) -> str:
        return "Access()"

    @property
    def server(self) -> str:
        """The name of the account's server."""
        return self.user.partition(":")[2]


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """The device that we are. `born`: milliseconds since 1970; `ready`: its keys are on the server.

    `announce`: members are still to be told that it is a new one. `stamps`: of the folder, see `Folder.mark`.
    """

    device: str
    born: int
    token: str = ""
    ready: bool = False
    announce: bool = False
    stamps: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "Session()"


def demand_encryption() -> None:
    """Refuse to go on without the encryption that nio has as an extra.

    Raises:
        MatrixUnusableError: it is not installed.
    """
    if not ENCRYPTION_ENABLED:
        raise MatrixUnusableError(
            "Für Matrix fehlt die Verschlüsselung (das Paket vodozemac). Ohne sie schreibt der Lotse dort nicht. "
            "Abhilfe: „make run“ richtet die Umgebung neu ein, oder pip install 'matrix-nio[e2e]'."
        )


class Device:
    """One device at a time. Everything but `open` and `close` needs it open."""

    def __init__(self, access: Access, folder: Path, keepsakes: Keepsakes) -> None:
        demand_encryption()
        # nio writes what it cannot read, and whole answers, to its loggers; peewee every value it stores.
        for name in ("nio", "peewee"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self.access = access
        self.client: Any = None
        self.signed: Signed = "unknown"
        self.session: Session
        self._folder = store.Folder(folder)
        self._keepsakes = keepsakes
        self._holding = contextlib.ExitStack()

    # --- open and close

    @property
    def is_open(self) -> bool:
        """Whether there is a client."""
        return self.client is not None

    async def open(self) -> None:
        """Be a device that can talk.

        Raises:
            MatrixUnusableError, StoreHeldError: for an operator.
            NotReachedError, UnheardError, RefusedError: the homeserver.
        """
        self._holding.enter_context(self._folder.held())
        try:
            self.session = await self._remembered()
            await self._connect()
        except BaseException:
            await self.close()
            raise

    async def _remembered(self) -> Session:
        kept = await self._keepsakes.read(SESSION)
        if kept is not None:
            session = msgspec.msgpack.decode(kept, type=Session)
            if self.access.token and session.device != self.access.device:
                session = self._chosen()  # the operator has put another session into the settings
            elif self.access.token:
                session = msgspec.structs.replace(session, token=self.access.token)
            return session
        session = self._chosen()
        # Before the login: should the process end in between, the next one is the same device.
        await self._keep(session)
        return session

    def _chosen(self) -> Session:
        device = self.access.device or f"LOTSE{secrets.token_hex(5).upper()}"
        return Session(device=device, born=int(time.time() * 1000), token=self.access.token)

    async def _keep(self, session: Session) -> None:
        self.session = session
        await self._keepsakes.write(SESSION, msgspec.msgpack.encode(session))

    async def _connect(self) -> None:
        if self.session.ready and (not self._folder.exists or self._folder.stamp not in self.session.stamps):
            await self.renew()
            return
        if not self.session.ready:
            self._folder.clear()  # begun, and never used
        try:
            if not self.session.token:
                await self._log_in()
            await self._load()
        except wire.TokenLostError as lost:
            await self.replace_token(soft=lost.soft)
        except KeysLostError:
            await self.renew()

    async def _load(self) -> None:
        """A client with the keys in the folder; made there, uploaded and signed when they are new."""
        await self._mark()
        client = self._new_client()
        client.restore_login(self.access.user, self.session.device, self.session.token)
        if client.olm is None:
            raise MatrixUnusableError("nio hat die Schlüsselablage nicht geladen; ohne sie schreibt der Lotse nicht.")
        self.client = client
        await self.tend_keys()
        await self.sign()
        if not self.session.ready:
            await self._keep(msgspec.structs.replace(self.session, ready=True))

    def _new_client(self) -> Any:  # noqa: ANN401 - nio ships no types
        config = AsyncClientConfig(
            max_limit_exceeded=0,
            max_timeouts=0,
            request_timeout=wire.PATIENCE,
            store=store.store_class(self._keepsakes.key(_FILE_KEY)),
            store_name=store.FILE,
            store_sync_tokens=False,
            encryption_enabled=True,
            pickle_key=self._keepsakes.key(_PICKLE).hex(),
        )
        client = AsyncClient(self.access.homeserver, self.access.user, store_path=str(self._folder.path), config=config)
        client.client_session = wire.open_session()
        return client

    async def _mark(self) -> None:
        """A new stamp at each start: first in the keepsakes, then in the folder, so that a crash between is none."""
        stamp = store.fresh_stamp()
        await self._keep(msgspec.structs.replace(self.session, stamps=(stamp, self._folder.stamp)))
        self._folder.mark(stamp)
        await self._keep(msgspec.structs.replace(self.session, stamps=(stamp,)))

    async def close(self) -> None:
        """Let go of connection and keys."""
        client, self.client = self.client, None
        if client is not None:
            await client.close()
            if client.store is not None:
                client.store.database.close()
        self._holding.close()

    # --- logging in

    async def _log_in(self) -> None:
        """A token for this device; the same device whenever that is asked for again."""
        if not self.access.password:
            raise MatrixUnusableError(
                "Die Sitzung bei Matrix ist abgelaufen. Bitte ein neues Zugriffstoken eintragen, oder das Passwort: "
                "damit erneuert der Lotse sie selbst."
            )
        body = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": self.access.user},
            "password": self.access.password,
            "device_id": self.session.device,
            "initial_device_display_name": NAME,
        }
        client = self.client or self._new_client()
        try:
            answer = await wire.demand(client, "POST", wire.path("login"), body, token="")
        except wire.RefusedError as refused:
            raise MatrixUnusableError(
                "Der Matrix-Server lehnt die Anmeldung ab. Bitte Kennung und Passwort prüfen "
                "(LOTSE_MATRIX_USER, LOTSE_MATRIX_PASSWORD)."
            ) from refused
        finally:
            if client is not self.client:
                await client.close()
        await self._keep(msgspec.structs.replace(self.session, token=str(answer["access_token"])))
        if self.client is not None:
            self.client.access_token = self.session.token

    async def replace_token(self, *, soft: bool) -> None:
        """The token holds no more: the same device again, or a new one when the server has deleted it."""
        if soft:
            await self._log_in()
            if self.client is None:
                await self._load()
        else:
            await self.renew()

    async def renew(self) -> None:
        """Become a new device: the keys of the old one are lost, or the server knows it no more."""
        if not self.access.password:
            raise MatrixUnusableError(
                "Die Schlüssel des Matrix-Geräts fehlen oder sind veraltet. Für ein neues Gerät braucht der Lotse das "
                "Passwort (LOTSE_MATRIX_PASSWORD)."
            )
        old = self.session
        if self.client is not None:
            client, self.client = self.client, None
            await client.close()
            client.store.database.close()
        if old.token:
            await self._log_out(old.token)
        self._folder.clear()
        device = f"LOTSE{secrets.token_hex(5).upper()}"
        await self._keep(Session(device=device, born=old.born, announce=old.ready or old.announce))
        await self._log_in()
        await self._load()

    async def _log_out(self, token: str) -> None:
        """Delete the old device, so that nobody encrypts for it any more. It may be gone already."""
        client = self._new_client()
        try:
            await wire.ask(client, "POST", wire.path("logout"), {}, token=token)
        except (wire.TokenLostError, wire.UnheardError):
            pass
        finally:
            await client.close()

    async def announced(self) -> None:
        """All members were told that this is a new device."""
        await self._keep(msgspec.structs.replace(self.session, announce=False))

    # --- keys

    async def tend_keys(self) -> None:
        """Upload our keys, ask for those of members, answer broken sessions: whatever is due.

        Raises:
            KeysLostError: what we have does not fit what the server knows of this device.
        """
        client = self.client
        if client.should_upload_keys:
            uploaded = await client.keys_upload()
            if isinstance(uploaded, KeysUploadError):
                if getattr(uploaded.transport_response, "status", 0) == _BAD_REQUEST:
                    raise KeysLostError
                raise_for(uploaded)
        if client.should_query_keys:
            asked = await client.keys_query()
            if isinstance(asked, KeysQueryError):
                raise_for(asked)
        if client.should_claim_keys:
            await client.keys_claim(client.get_users_for_key_claiming())
        if client.outgoing_to_device_messages:
            await client.send_to_device_messages()

    async def sign(self) -> None:
        """See to it that the account's signing keys are ours, and that they have signed this device."""
        signer = signing.Signer(self.access.user, await self._seeds())
        known = await wire.demand(
            self.client, "POST", wire.path("keys", "query"), {"device_keys": {self.access.user: []}}
        )
        if not signer.has_our_keys(known):
            self.signed = await self._upload_keys(signer)
            if self.signed == "refused" and known.get("master_keys", {}).get(self.access.user):
                # Somebody has replaced our keys, and Synapse takes none a second time: ours are of no more use.
                signer = signing.Signer(self.access.user, await self._fresh_seeds())
                self.signed = await self._upload_keys(signer)
            if self.signed != "signed":
                return
        device = known.get("device_keys", {}).get(self.access.user, {}).get(self.session.device)
        if device is None:
            raise wire.UnheardError  # just uploaded: it will be there
        if not signer.has_signed(device):
            body = {self.access.user: {self.session.device: signer.sign_device(device)}}
            done = await wire.demand(self.client, "POST", wire.path("keys", "signatures", "upload"), body)
            if done.get("failures"):
                self.signed = "refused"
                return
        self.signed = "signed"

    async def fingerprint(self) -> str:
        """The account's public master key in groups of four: what people compare to verify the Lotse."""
        return signing.Signer(self.access.user, await self._seeds()).fingerprint

    async def _seeds(self) -> signing.Seeds:
        kept = await self._keepsakes.read(SEEDS)
        if kept is not None:
            return signing.decode(kept)
        return await self._fresh_seeds()

    async def _fresh_seeds(self) -> signing.Seeds:
        seeds = signing.Seeds.fresh()
        # Before they are uploaded: keys that the server has and we have not would be lost for ever.
        await self._keepsakes.write(SEEDS, signing.encode(seeds))
        return seeds

    async def _upload_keys(self, signer: signing.Signer) -> Signed:
        where = wire.path("keys", "device_signing", "upload")
        body = signer.keys()
        answer = await wire.ask(self.client, "POST", where, body)
        if answer.status == _UNAUTHORIZED and "flows" in answer.body:
            # There are other keys: the server wants to know that it is really us (user-interactive authentication).
            if not self.access.password:
                return "password_needed"
            proof = {
                "type": "m.login.password",
                "identifier": {"type": "m.id.user", "user": self.access.user},
                "password": self.access.password,
                "session": answer.body.get("session", ""),
            }
            answer = await wire.ask(self.client, "POST", where, {**body, "auth": proof})
        return "signed" if answer.ok else "refused"


class KeysLostError(Exception):
    """Our keys of this device are not those that the server has."""


def raise_for(error: Any) -> NoReturn:  # noqa: ANN401 - one of nio's error responses
    """What an error response of nio's means.

    Raises:
        TokenLostError: log in again.
        UnheardError: ask again.
    """
    if error.status_code == "M_UNKNOWN_TOKEN":
        raise wire.TokenLostError(soft=bool(error.soft_logout))
    raise wire.UnheardError
