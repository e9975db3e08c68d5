"""The line to an outgoing mail server: one connection a mail, with limits, and what an answer means.

Owns: which trouble leaves open whether a mail was taken. Up to the last line of the mail it certainly was not; after
that, only an answer tells. A password is sent over an encrypted connection only; mail itself too, unless the server is
this machine. Runs in a thread; neither addresses nor the server's words are logged, for they name people.
"""

from __future__ import annotations

import ipaddress
import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

SECONDS: Final = 20.0
"""For each answer of the server."""

Trouble = Literal["", "offline", "login", "insecure", "later"]
"""No trouble; not to be reached; it refuses our password; it offers no encryption; it takes nothing at the moment."""

_DEFAULT: Final = {"smtp": 587, "smtps": 465}
_OK: Final = 250
_TAKEN: Final = frozenset({250, 251})
_PERMANENT: Final = 500
"""Replies (RFC 5321, 4.2): done, and not now; from here on never."""


@dataclass(frozen=True)
class Server:
    """Where mail is handed over. `implicit`: encrypted from the first byte on (smtps), else by STARTTLS."""

    host: str
    port: int
    implicit: bool
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, url: str) -> Server:
        """Read `smtp://user:password@host:port`; user, password and port may be missing.

        Raises:
            ValueError: there is no host, or the port is no number.
        """
        parts = urlsplit(url)
        if not parts.hostname:
            raise ValueError("no host")
        port = parts.port or _DEFAULT[parts.scheme]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, port, parts.scheme == "smtps", user, password)

    @property
    def is_here(self) -> bool:
        """Whether it is this machine, where nobody can listen on the way."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


@dataclass(frozen=True)
class Heard:
    """What became of a mail. `fate` as the outcomes of `bot.adapters.base`."""

    fate: Literal["sent", "not_sent", "unknown", "refused"]
    trouble: Trouble = ""


class _InsecureError(Exception):
    """The server offers no encryption."""


def hand_over(server: Server, sender: str, message: EmailMessage) -> Heard:
    """Hand a mail over; returns what is known of it."""
    try:
        line = _open(server)
    except _InsecureError:
        return Heard("not_sent", "insecure")
    except smtplib.SMTPAuthenticationError:
        return Heard("not_sent", "login")
    except OSError:
        return Heard("not_sent", "offline")
    try:
        return _talk(line, sender, message)
    finally:
        _close(line)


def _talk(line: smtplib.SMTP, sender: str, message: EmailMessage) -> Heard:
    try:
        code, _ = line.mail(sender)
        if code != _OK:
            return Heard("not_sent", "later")
        code, _ = line.rcpt(str(message["To"]))
        if code not in _TAKEN:
            # An address that is not there will not be there in an hour; a full mailbox may.
            return Heard("refused") if code >= _PERMANENT else Heard("not_sent", "later")
    except OSError:
        return Heard("not_sent", "offline")
    try:
        code, _ = line.data(message.as_bytes(policy=SMTP))
    except smtplib.SMTPDataError:
        return Heard("not_sent", "later")  # it was asked whether it would take a mail, and would not
    except OSError:
        return Heard("unknown", "offline")
    if code == _OK:
        return Heard("sent")
    return Heard("refused") if code >= _PERMANENT else Heard("not_sent", "later")


def look(server: Server) -> Trouble:
    """Whether mail could be handed over; nothing is."""
    try:
        line = _open(server)
    except _InsecureError:
        return "insecure"
    except smtplib.SMTPAuthenticationError:
        return "login"
    except OSError:
        return "offline"
    _close(line)
    return ""


def _open(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.implicit:
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
    try:
        line.ehlo_or_helo_if_needed()
        if not server.implicit:
            _encrypt(line, server, context)
        if server.user:
            line.login(server.user, server.password)
    except BaseException:
        _close(line)
        raise
    return line


def _encrypt(line: smtplib.SMTP, server: Server, context: ssl.SSLContext) -> None:
    if line.has_extn("starttls"):
        line.starttls(context=context)
        line.ehlo()
    elif not server.is_here or server.user:
        raise _InsecureError


def _close(line: smtplib.SMTP) -> None:
    try:
        line.quit()
    except OSError:
        line.close()
