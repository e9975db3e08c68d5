"""A real Matrix server for tests: Synapse in an environment of its own, SQLite, on loopback, in a folder of its own.

It may be killed and begun again on the same port and books, with relaxed rate limits or with Synapse's own.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

ROOT: Final = Path(__file__).parents[1]
NAME: Final = "lotse.test"
BEGUN_WITHIN: Final = 60.0

_RELAXED: Final = """
rc_message: {per_second: 10000, burst_count: 10000}
rc_registration: {per_second: 10000, burst_count: 10000}
rc_login:
  address: {per_second: 10000, burst_count: 10000}
  account: {per_second: 10000, burst_count: 10000}
  failed_attempts: {per_second: 10000, burst_count: 10000}
rc_joins:
  local: {per_second: 10000, burst_count: 10000}
  remote: {per_second: 10000, burst_count: 10000}
rc_invites:
  per_room: {per_second: 10000, burst_count: 10000}
  per_user: {per_second: 10000, burst_count: 10000}
  per_issuer: {per_second: 10000, burst_count: 10000}
"""


def find_synapse() -> Path | None:
    """The Python that has Synapse; None where it is not installed."""
    program = ROOT / ".venv-synapse" / "bin" / "python"
    return program if (ROOT / ".venv-synapse" / "synapse.stamp").exists() and program.exists() else None


class SynapseServer:
    """One server. `default_limits`: Synapse's own rate limits; `more`: lines for its homeserver.yaml."""

    def __init__(self, program: Path, folder: Path, *, default_limits: bool = False, more: str = "") -> None:
        self.folder = folder
        self.port = _free_port()
        self._program = program
        self._secret = "registration-secret-of-a-test"
        self._people = 0
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "homeserver.yaml").write_text(
            f"""
server_name: {NAME}
public_baseurl: {self.url}/
pid_file: {folder}/pid
log_config: {folder}/log.yaml
signing_key_path: {folder}/signing.key
media_store_path: {folder}/media
listeners:
  - {{port: {self.port}, type: http, bind_addresses: [127.0.0.1], resources: [{{names: [client]}}]}}
database: {{name: sqlite3, args: {{database: {folder}/homeserver.db}}}}
registration_shared_secret: {self._secret}
federation_domain_whitelist: []
trusted_key_servers: []
report_stats: false
enable_registration: false
presence: {{enabled: false}}
bcrypt_rounds: 4
{"" if default_limits else _RELAXED}
{more}
"""
        )
        (folder / "log.yaml").write_text(
            f"""
version: 1
handlers: {{file: {{class: logging.FileHandler, filename: {folder}/synapse.log}}}}
root: {{level: WARNING, handlers: [file]}}
disable_existing_loggers: false
"""
        )
        subprocess.run(
            [program, "-m", "synapse.app.homeserver", "-c", folder / "homeserver.yaml", "--generate-keys"],
            check=True,
            capture_output=True,
        )

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        """Begin, and wait until it answers."""
        self.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End it."""
        self.stop()

    def begin(self) -> None:
        """Begin, or begin again on the same books."""
        with (self.folder / "stderr").open("ab") as errors:
            self._process = subprocess.Popen(
                [self._program, "-m", "synapse.app.homeserver", "-c", self.folder / "homeserver.yaml"],
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )
        end = time.monotonic() + BEGUN_WITHIN
        while True:
            try:
                self.call("GET", "/_matrix/client/versions")
            except OSError:
                if self._process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError((self.folder / "stderr").read_text(errors="replace")[-2000:]) from None
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        """`kill -9`."""
        self.stop(signal.SIGKILL)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it with a signal; harmless when it has ended."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def register(self, name: str = "", *, admin: bool = False) -> tuple[str, str]:
        """A new account; returns its Matrix id and password. `name`: "" for one that nobody has."""
        self._people += 1
        name = name or f"person{self._people}"
        password = f"password-of-{name}"
        where = "/_synapse/admin/v1/register"
        nonce = self.call("GET", where)["nonce"]
        parts = [nonce, name, password, "admin" if admin else "notadmin"]
        mac = hmac.new(self._secret.encode(), "\0".join(parts).encode(), hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
        return str(self.call("POST", where, body)["user_id"]), password

    def call(self, method: str, where: str, body: dict[str, Any] | None = None, token: str = "") -> dict[str, Any]:
        """Ask it something.

        Raises:
            urllib.error.HTTPError: it says no.
            OSError: it is not there.
        """
        request = urllib.request.Request(  # noqa: S310 - our own server on loopback
            self.url + where,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {}),
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
            found: dict[str, Any] = json.loads(answer.read())
        return found

    def log_in(self, user: str, password: str) -> str:
        """A token of a session without encryption, for looking from outside."""
        identifier = {"type": "m.id.user", "user": user}
        body = {"type": "m.login.password", "identifier": identifier, "password": password}
        return str(self.call("POST", "/_matrix/client/v3/login", body)["access_token"])


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port
