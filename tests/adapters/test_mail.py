"""Mail through a real SMTP server: what it takes, refuses, postpones or leaves open."""

from __future__ import annotations

import asyncio
import socket
import ssl
import subprocess
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from bot.adapters import mail_line
from bot.adapters.base import NotSent, Outcome, Refused, Sent, Unknown
from bot.adapters.mail import WAIT, Mail
from bot.adapters.mail_line import Server
from bot.flows.exchange import Send

TEXT = "Vorgang 4812 9037: bitte annehmen\n\nBitte bis Mittwoch.\n.ein Punkt am Anfang\nÜber alles."
ID = "6f2d1c1a-0000-5000-8000-000000000001"


class Office:
    """What the server does with mail; keeps what it took."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers: dict[str, str] = {}
        """By command, what it answers instead."""
        self.hangs_up = False

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse an address."""
        if "RCPT" in self.answers:
            return self.answers["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Take a mail."""
        if "DATA" in self.answers:
            return self.answers["DATA"]
        assert isinstance(envelope.content, bytes)
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients += envelope.rcpt_tos
        if self.hangs_up:
            transport = server.transport
            assert isinstance(transport, asyncio.WriteTransport)
            transport.abort()
        return "250 OK"


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def office() -> Office:
    """What the server does."""
    return Office()


@pytest.fixture
def server(office: Office) -> Iterator[str]:
    """A mail server of this machine, as a setting names it."""
    port = free_port()
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}"
    controller.stop()


def send(mail: Mail, to: str = "amt@stadt.example", text: str = TEXT) -> Outcome:
    """Send one."""
    return asyncio.run(mail.send(f"06412000 {to}", ID, Send(text=text), None))


def test_a_mail_arrives_as_it_was_written(office: Office, server: str) -> None:
    """Subject, sender, text with its points and umlauts; said to be automatic; the id is the delivery's."""
    mail = Mail(server, "lotse@stadt.example")
    assert send(mail) == Sent()
    (taken,) = office.taken
    assert office.recipients == ["amt@stadt.example"]
    assert taken["Subject"] == "Vorgang 4812 9037: bitte annehmen"
    assert taken["From"] == "KommA-Lotse <lotse@stadt.example>"
    assert taken["Message-ID"] == f"<{ID}@stadt.example>"
    assert taken["Auto-Submitted"] == "auto-generated"
    assert taken.get_content().replace("\r\n", "\n") == "Bitte bis Mittwoch.\n.ein Punkt am Anfang\nÜber alles.\n"
    assert mail.health().ok


@pytest.mark.parametrize(
    ("command", "answer", "outcome"),
    [
        ("RCPT", "550 no such user here", Refused("invalid")),
        ("RCPT", "450 mailbox busy", NotSent(WAIT)),
        ("DATA", "554 looks like bulk", Refused("invalid")),
        ("DATA", "451 try again later", NotSent(WAIT)),
    ],
)
def test_what_the_server_says_decides(
    office: Office, server: str, command: str, answer: str, outcome: Outcome, caplog: pytest.LogCaptureFixture
) -> None:
    """Never, or later; and neither its words nor the address get into the log."""
    office.answers[command] = answer
    assert send(Mail(server, "lotse@stadt.example")) == outcome
    assert not office.taken
    # The server of these tests logs what it hears as soon as any test has set the level low.
    said = "\n".join(record.getMessage() for record in caplog.records if record.name != "mail.log")
    assert "stadt.example" not in said
    assert answer[4:] not in said


def test_nobody_listens(caplog: pytest.LogCaptureFixture) -> None:
    """Certainly not sent: tried again; said once in the log however often, and once more when it is over."""
    port = free_port()
    mail = Mail(f"smtp://127.0.0.1:{port}", "lotse@stadt.example")
    with caplog.at_level("INFO"):
        assert send(mail) == send(mail) == NotSent(0.0)
        assert (mail.health().ok, mail.health().word) == (False, "offline")
        office = Office()
        controller = Controller(office, hostname="127.0.0.1", port=port)
        controller.start()
        assert send(mail) == Sent()
        controller.stop()
    events = [record.message for record in caplog.records if record.name.startswith("bot")]
    assert events == ["mail_unreachable", "mail_back"]


def test_a_lost_answer_leaves_it_open(office: Office, server: str) -> None:
    """The server took it and hung up: that it was taken is not known here; the ledger sends it once more."""
    office.hangs_up = True
    assert send(Mail(server, "lotse@stadt.example")) == Unknown()
    assert len(office.taken) == 1


# --- encryption and passwords -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost and its key, in one file."""
    folder = tmp_path_factory.mktemp("tls")
    key, signed, both = folder / "key.pem", folder / "cert.pem", folder / "both.pem"
    command = (
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(signed),
    )  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + signed.read_bytes())
    return both


def context(certificate: Path) -> ssl.SSLContext:
    """The server's side."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate)
    return made


def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    """One password is right."""
    return AuthResult(success=getattr(data, "password", b"") == b"ge:heim", handled=False)


@pytest.mark.parametrize(("password", "outcome"), [("ge%3Aheim", Sent()), ("falsch", NotSent(WAIT))])
def test_a_password_goes_encrypted_only(
    office: Office, certificate: Path, password: str, outcome: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    """STARTTLS first, with a certificate that is checked; a wrong password is trouble that the operator sees."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    port = free_port()
    controller = Controller(
        office, hostname="localhost", port=port, tls_context=context(certificate), authenticator=authenticate,
        auth_required=True,
    )  # fmt: skip
    controller.start()
    try:
        mail = Mail(f"smtp://lotse:{password}@localhost:{port}", "lotse@stadt.example")
        assert send(mail) == outcome
        assert mail.health().word == ("ok" if outcome == Sent() else "login")
        monkeypatch.delenv("SSL_CERT_FILE")
        assert send(Mail(f"smtp://lotse:{password}@localhost:{port}", "lotse@stadt.example")) == NotSent(0.0)
    finally:
        controller.stop()
    assert len(office.taken) == (outcome == Sent())


def test_without_encryption_only_on_this_machine(server: str) -> None:
    """A password is never said in clear, and mail does not leave the machine in clear."""
    url = server.replace("smtp://", "smtp://lotse:geheim@")
    assert send(Mail(url, "lotse@stadt.example")) == NotSent(0.0)
    assert mail_line.look(Server.parse(url)) == "insecure"
    assert mail_line.look(Server.parse(server)) == ""
    assert not Server("stadt.example", 25, implicit=False).is_here
    assert "geheim" not in repr(Server.parse(url))


@pytest.mark.parametrize(
    ("url", "host", "port", "implicit"),
    [
        ("smtp://mail.stadt.example", "mail.stadt.example", 587, False),
        ("smtps://a:b@mail.stadt.example", "mail.stadt.example", 465, True),
        ("smtp://[::1]:25", "::1", 25, False),
    ],
)
def test_how_a_server_is_named(url: str, host: str, port: int, implicit: bool) -> None:
    """Ports have their defaults."""
    found = Server.parse(url)
    assert (found.host, found.port, found.implicit) == (host, port, implicit)


def test_nothing_is_received() -> None:
    """It ends at once: nothing will ever come."""

    async def deliver(*_: object) -> None:
        raise AssertionError

    asyncio.run(Mail("smtp://localhost", "a@b.example").receive(None, deliver))
