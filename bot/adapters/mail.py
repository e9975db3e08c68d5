"""Mail: notices without content to contacts who are in no chat (RFC 5321, through one outgoing server).

One way only: nothing is ever received, and an answer to such a mail reaches nobody, which the mail says. A chat's
address here is a municipality key and a mail address, separated by a space. The first line of a message is its
subject.

Not idempotent: a mail that was handed over shortly before the connection broke may arrive twice, with the same
Message-ID, by which most programs show it once.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Final

from bot.adapters import mail_line
from bot.adapters.base import Deliver, Health, NotSent, Original, Outcome, Refused, Sent, Unknown
from bot.adapters.mail_line import Server
from bot.flows.exchange import Send, Settle, Transport

NAME: Final = "mail"

WAIT: Final = 300.0
"""Seconds until it is tried again when the server has said that it will not now, or takes our password no more."""

MOST_AT_ONCE: Final = 2
"""Connections at a time: whoever opens more is taken for a sender of bulk mail."""

_log: Final = logging.getLogger("bot.adapters.mail")


class Mail:
    """The adapter; see `bot.adapters.base.Adapter`. `sender`: the address that mails come from."""

    name: Final = NAME
    transport: Final = Transport(name=NAME, encrypted=False, real=True, one_way=True)
    idempotent: Final = False
    keeps_presses: Final = True

    def __init__(self, url: str, sender: str) -> None:
        self._server = Server.parse(url)
        self._sender = sender
        self._room = asyncio.Semaphore(MOST_AT_ONCE)
        self._trouble = ""
        self._since = time.monotonic()

    async def receive(self, cursor: str | None, deliver: Deliver) -> None:
        """Nothing ever comes."""

    async def send(self, chat: str, delivery_id: str, effect: Send | Settle, original: Original | None) -> Outcome:  # noqa: ARG002 - what a transport is given
        """Hand one mail over to the server."""
        if not isinstance(effect, Send):
            return Sent()
        message = self._message(chat.rpartition(" ")[2], delivery_id, effect.text)
        async with self._room:
            heard = await asyncio.to_thread(mail_line.hand_over, self._server, self._sender, message)
        self._note(heard.trouble)
        match heard.fate:
            case "sent":
                return Sent()
            case "refused":
                _log.error("mail_refused")
                return Refused("invalid")
            case "unknown":
                return Unknown()
            case _:
                return NotSent(WAIT if heard.trouble in {"login", "later"} else 0.0)

    async def forget(self, chat: str, remote_ids: Sequence[str]) -> Outcome:  # noqa: ARG002 - what a transport is given
        """A mail cannot be taken back."""
        return Sent()

    def health(self) -> Health:
        """How the last mail went; nobody is asked in between."""
        return Health(not self._trouble, self._trouble or "ok", time.monotonic() - self._since)

    def _message(self, to: str, delivery_id: str, text: str) -> EmailMessage:
        subject, _, body = text.partition("\n")
        message = EmailMessage()
        message["From"] = Address("KommA-Lotse", addr_spec=self._sender)
        message["To"] = to
        message["Subject"] = subject
        message["Message-ID"] = f"<{delivery_id}@{self._sender.rpartition('@')[2]}>"
        # RFC 3834: no automatic answer to an automatic mail.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body.strip() + "\n", charset="utf-8", cte="quoted-printable")
        return message

    def _note(self, trouble: str) -> None:
        """Say once when it begins to fail, and when it is over."""
        if trouble == self._trouble:
            return
        self._trouble, self._since = trouble, time.monotonic()
        match trouble:
            case "":
                _log.info("mail_back")
            case "login":
                _log.error("mail_login_refused")
            case "insecure":
                _log.error("mail_insecure")
            case _:
                _log.warning("mail_unreachable")
