"""The rig: people and transports here, the bot in a child process that is killed and comes back.

`Nursery` is the process that forks bots; one serves many rigs. A `Rig` is one data folder and one database with its
posts and people: enter it, `begin` a life, let the people talk, `kill`, and in the end `rest` and `audit`.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Self

import msgspec
import psycopg

from bot import invitation
from bot.keys import KeyRing, KeyRingError
from bot.storage.database import Database
from bot.storage.desks import invite
from bot.storage.migrations import migrate
from tests.faults.auditor import Auditor
from tests.faults.book import Book, Copy, Written
from tests.faults.clock import BEGIN, RunClock
from tests.faults.findings import Finding
from tests.faults.life import Account, Order
from tests.faults.matrix_post import MATRIX, MatrixPost
from tests.faults.people import Client, Coordinator, Ear, Mover, Person, Reciter, Walker
from tests.faults.post import GOOD, Manners, Post
from tests.faults.records import connect as look_once
from tests.faults.scripts import opening, script
from tests.faults.stage import snapshot
from tests.faults.telegram_post import TELEGRAM, TelegramPost
from tests.synapse import SynapseServer

ROOT: Final = Path(__file__).parents[2]

ACCOUNTS: Final = (("matrixlike", True), ("telegramlike", False))
"""Name, and whether a delivery that is sent twice shows once."""

SPEED: Final = 20.0
"""How fast the clock of a run goes: the ledger's waits of ten seconds take half of one."""

REST_WITHIN: Final = 60.0

TOWN: Final = "00000000"
ROLES: Final = ("ansprechperson", "vertretung", "koordination")


class NeverAtRest(AssertionError):
    """The bot did not finish what there was to do."""


class Nursery:
    """The process that forks bots."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery", str(snapshot())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in = self._process.stdin
        self._out = self._process.stdout
        self._rest = b""
        if self._out.readline() != b'{"ready":true}\n':
            message = "the nursery did not begin"
            raise RuntimeError(message)
        os.set_blocking(self._out.fileno(), False)

    def fileno(self) -> int:
        """Where its events come from."""
        return self._out.fileno()

    def events(self) -> list[dict[str, Any]]:
        """What happened since."""
        chunk = self._out.read() or b""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        return [msgspec.json.decode(line) for line in lines]

    def ask(self, asked: dict[str, Any]) -> None:
        """Order a life, or a signal to one."""
        self._in.write(msgspec.json.encode(asked) + b"\n")
        self._in.flush()

    def close(self) -> None:
        """End it, and every bot it has forked."""
        self._in.close()
        self._process.wait(20)
        self._out.close()


@dataclass
class Life:
    """One run of the bot. `status`: None while it lives, else as `waitpid` says."""

    pid: int
    ended: asyncio.Event
    status: int | None = None

    @property
    def killed(self) -> bool:
        """Whether a signal ended it, its own or ours."""
        return self.status is not None and os.WIFSIGNALED(self.status)

    @property
    def code(self) -> int | None:
        """Its exit code."""
        return None if self.status is None or self.killed else os.waitstatus_to_exitcode(self.status)


@dataclass
class Rig:
    """See above. `database`: an address for SQLAlchemy; "" a SQLite file in the folder."""

    folder: Path
    nursery: Nursery
    database: str = ""
    seed: int = 1
    manners: Manners = GOOD
    accounts: Sequence[tuple[str, bool]] = ACCOUNTS
    speed: float = SPEED
    begins: dt.datetime = BEGIN
    engine: str = ""
    poison: frozenset[str] = frozenset()
    sweep_seconds: float = 0.0
    synapse: SynapseServer | None = None
    """For an account on Matrix; its time goes as fast as the machine's."""
    rooms: int = 2
    """How many people there are on Matrix."""
    whole: bool = False
    """Lives are `lotse run`, on real transports only."""
    kills: int = 0
    recoveries: list[float] = field(default_factory=list)
    """Milliseconds from each death to the first thing that the next life has committed."""

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.database = self.database or f"sqlite:///{self.folder / 'lotse.db'}"
        self.dice = random.Random(self.seed)
        speed = 1.0 if any(name == MATRIX for name, _ in self.accounts) else self.speed
        self.clock = RunClock.make(self.folder / "clock", self.begins, speed=speed)
        self.people: dict[tuple[str, str], Person] = {}
        self.lives: list[Life] = []
        self.codes: list[int] = []
        """The exit codes of those that ended by themselves."""
        self._births: list[asyncio.Future[Life]] = []
        self._by_pid: dict[int, Life] = {}
        self._talks: list[asyncio.Task[None]] = []
        self._died_at = 0.0
        self.posts: dict[str, Post | TelegramPost | MatrixPost] = {
            name: self._post(name, idempotent, self.seed * 1000 + place)
            for place, (name, idempotent) in enumerate(self.accounts)
        }
        self.auditor = Auditor(self.database, self.folder / "keys", self.poison)

    def _post(self, name: str, idempotent: bool, seed: int) -> Post | TelegramPost | MatrixPost:
        hear = self._heard_by(name)

        def clock() -> int:
            return self.clock.milliseconds

        if name == TELEGRAM:
            return TelegramPost(seed, self.manners, hear, clock)
        if name == MATRIX:
            assert self.synapse is not None
            return MatrixPost(self.synapse, self.folder, self.rooms, self.manners, hear, clock, self._absent)
        book = Book(account=name, idempotent=idempotent, edits=idempotent)
        return Post(book, self.folder / f"{name}.sock", random.Random(seed), self.manners, hear, clock)

    def _absent(self, all_written: list[Written]) -> int:
        """How many of these the bot has neither taken in nor let lie because it was to forget that chat."""
        unsent = sum(not written.key for written in all_written)
        try:
            ring = KeyRing.open(self.folder / "keys", create=False)
            with contextlib.closing(connect(self.database)) as connection:
                found = connection.execute("SELECT event FROM inbox UNION ALL SELECT event FROM seen").fetchall()
                stones = connection.execute("SELECT address_index, at FROM tombstone").fetchall()
        except (sqlite3.Error, psycopg.Error, KeyRingError):
            return len(all_written)
        there = {bytes(row[0]) for row in found}
        buried = {bytes(row[0]): int(row[1]) for row in stones}
        return unsent + sum(
            ring.blind_index("event", f"{MATRIX}|{one.key}") not in there
            and one.at >= buried.get(ring.blind_index("address", f"{MATRIX}|{one.chat}"), 0)
            for one in all_written
            if one.key
        )

    def _heard_by(self, account: str) -> Callable[[Copy], None]:
        def hear(copy: Copy) -> None:
            person = self.people.get((account, copy.chat))
            if person is not None:
                person.hear(copy)

        return hear

    async def __aenter__(self) -> Self:
        """Open the posts."""
        for post in self.posts.values():
            await post.begin()
        asyncio.get_running_loop().add_reader(self.nursery.fileno(), self._events)
        return self

    async def __aexit__(self, *_: object) -> None:
        """End all lives and talks."""
        await self.hush()
        await self.end(signal.SIGKILL)
        for post in self.posts.values():
            await post.end()
        asyncio.get_running_loop().remove_reader(self.nursery.fileno())

    # --- lives

    def _events(self) -> None:
        for event in self.nursery.events():
            pid = event["pid"]
            if "status" not in event:
                life = self._by_pid[pid] = Life(pid, asyncio.Event())
                self.lives.append(life)
                self._births.pop(0).set_result(life)
            elif pid in self._by_pid:
                life = self._by_pid.pop(pid)
                life.status = event["status"]
                if life.code is not None:
                    self.codes.append(life.code)
                self.lives.remove(life)
                life.ended.set()

    def order(self, failpoint: str = "") -> Order:
        """What a life of this rig is to be."""
        accounts = tuple(self._account(name, idempotent) for name, idempotent in self.accounts)
        return Order(
            str(self.folder),
            self.database,
            accounts,
            failpoint,
            self.engine,
            sweep_seconds=self.sweep_seconds,
            playbooks=str(snapshot()) if self.whole else "",
        )

    def _account(self, name: str, idempotent: bool) -> Account:
        post = self.posts[name]
        if isinstance(post, MatrixPost):
            return Account(name, "", True, True, post.proxy.url, post.user, post.password)
        if isinstance(post, TelegramPost):
            return Account(name, "", False, True, post.server.url)
        return Account(name, str(post.path), idempotent, idempotent)

    async def begin(self, failpoint: str = "") -> Life:
        """A new life; with a failpoint one that will end by itself there."""
        birth: asyncio.Future[Life] = asyncio.get_running_loop().create_future()
        self._births.append(birth)
        self.nursery.ask({"order": msgspec.to_builtins(self.order(failpoint))})
        return await birth

    async def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End all lives."""
        for life in list(self.lives):
            await self.strike(life, how)

    async def strike(self, life: Life, how: signal.Signals = signal.SIGKILL) -> None:
        """Send one life a signal and wait until it has ended."""
        self.nursery.ask({"pid": life.pid, "signal": int(how)})
        await life.ended.wait()

    async def kill(self) -> None:
        """`kill -9` of a living one."""
        if self.lives:
            await self.strike(self.dice.choice(self.lives))
            self.died()

    def died(self) -> None:
        """A life has just ended uncleanly: from here on counts until the next one works."""
        self.kills += 1
        self._note_recovery()
        self._died_at = time.monotonic()

    def _note_recovery(self) -> None:
        heard = [post.heard_at for post in self.posts.values() if post.heard_at > self._died_at]
        if self._died_at and heard:
            # Each post keeps its last moment only: it is asked soon enough after the death, see `watch`.
            self.recoveries.append((min(heard) - self._died_at) * 1000)
        self._died_at = 0.0

    async def watch(self) -> None:
        """Note when the bot is back at work after a death."""
        while True:
            if self._died_at and any(post.heard_at > self._died_at for post in self.posts.values()):
                self._note_recovery()
            await asyncio.sleep(0.002)

    async def at_work(self, within: float, *, since: float, life: Life | None = None, anything: bool = False) -> None:
        """Until something was committed after `since` (monotonic seconds), or the life has ended.

        `anything`: it is enough that the bot has asked for messages.

        Raises:
            TimeoutError: nothing was, within so many seconds.
        """
        async with asyncio.timeout(within):
            while life is None or life.status is None:
                if any((post.asked_at if anything else post.heard_at) > since for post in self.posts.values()):
                    return
                await asyncio.sleep(0.002)

    async def keep_alive(self, count: int = 1) -> None:
        """Begin a life whenever fewer than so many live: what a process manager does."""
        while True:
            while len(self.lives) < count:
                await self.begin()
            lives = list(self.lives)
            waits = [asyncio.create_task(life.ended.wait()) for life in lives]
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()
            if any(life.code for life in lives):
                await asyncio.sleep(0.05)

    # --- people

    def writes_to(self, account: str) -> Callable[[str, dict[str, Any]], Written]:
        """How people write on an account."""
        return self.posts[account].write

    def invite(self, account: str, person: Person) -> None:
        """Somebody begins to talk."""
        self.people[account, person.chat] = person
        self._talks.append(asyncio.create_task(person.talk()))

    def invite_walkers(self, count: int, *, pause: float = 0.02, forgets: bool = True) -> None:
        """So many people, spread over the accounts."""
        for n in range(count):
            account = self.accounts[n % len(self.accounts)][0]
            dice = random.Random(self.seed * 10_000 + n)
            chat = self.posts[account].address(n)
            self.invite(account, Walker(chat, self.writes_to(account), dice, pause=pause, forgets=forgets))

    def invite_town_hall(self, desks: int, clients: int) -> None:
        """So many coordinators of one town, and people who open cases there. Before the first life."""
        ring = KeyRing.open(self.folder / "keys")
        database = Database.open(self.database)
        migrate(database)
        codes = [invitation.make() for _ in range(desks)]
        try:
            with database.transaction() as tx:
                for place, code in enumerate(codes):
                    invite(tx, ring, code, TOWN, ROLES[place % len(ROLES)], self.clock.milliseconds)
        finally:
            database.close()
        words = opening()
        for n in range(desks + clients):
            account = self.accounts[n % len(self.accounts)][0]
            dice = random.Random(self.seed * 10_000 + 500 + n)
            chat, write = self.posts[account].address(100 + n), self.writes_to(account)
            if n < desks:
                self.invite(account, Coordinator(chat, write, dice, invitation.show(codes[n])))
            else:
                self.invite(account, Client(chat, write, dice, words))

    def invite_movers(self, count: int) -> None:
        """So many people who have a chat on each of the first two accounts, and move between them."""
        (first, _), (second, _) = self.accounts[:2]
        for n in range(count):
            dice = random.Random(self.seed * 10_000 + 900 + n)
            there = Ear(self.posts[second].address(200 + n), self.writes_to(second))
            self.invite(second, there)
            self.invite(first, Mover(self.posts[first].address(200 + n), self.writes_to(first), dice, there, opening()))

    def recite(self, name: str, account: str = "matrixlike", chat: str = "c0") -> None:
        """Somebody begins to say the person's side of a talk (`scripts`)."""
        opening, entries = script(name)
        chat = self.posts[account].address(int(chat[1:]))
        self.invite(account, Reciter(chat, self.writes_to(account), entries, self.wait_for, opening=opening))

    async def wait_for(self, seconds: float) -> None:
        """So much time passes by the clock of the run, after all that was to be done before, and all due is done."""
        await self.rest()
        self.clock.jump(dt.timedelta(seconds=seconds))
        await self.rest()

    async def hush(self) -> None:
        """Nobody says anything more."""
        for talk in self._talks:
            talk.cancel()
        await asyncio.gather(*self._talks, return_exceptions=True)
        self._talks.clear()

    async def talked(self, within: float = 120.0) -> None:
        """Until everybody who can come to an end has."""
        async with asyncio.timeout(within):
            await asyncio.gather(*self._talks)
        self._talks.clear()

    # --- judging

    def undone(self) -> tuple[int, int, int]:
        """Inbox rows to handle, deliveries to send; alarms, letters and looks at cases that are due."""
        now = self.clock.milliseconds
        due = " + ".join(
            f"(SELECT count(*) FROM {table} WHERE {column} <= {now:d})"  # noqa: S608 - our names and a number
            for table, column in (("timer", "due"), ("letter", "due"), ("case_care", "look"))
        )
        queries = (
            "SELECT count(*) FROM inbox WHERE state < 3",
            "SELECT count(*) FROM delivery WHERE state < 2",
            f"SELECT {due}",
        )
        # One look: between two of them an alarm may become a row, or a row a delivery.
        with contextlib.closing(look_once(self.database)) as connection:
            rows, deliveries, alarms = (int(connection.execute(query).fetchone()[0]) for query in queries)
        return rows, deliveries, alarms

    async def rest(self, within: float = REST_WITHIN) -> None:
        """Wait until all that was written is handled and answered.

        Raises:
            NeverAtRest: so many seconds have passed in which nothing moved.
        """
        end, last, last_unread = time.monotonic() + within, (0, 0, 0), 0
        while True:
            unread = sum(post.unread for post in self.posts.values())
            left: object = f"{unread} unread"
            if unread and unread != last_unread:
                end, last_unread = time.monotonic() + within, unread
            if not unread:
                try:
                    undone = self.undone()
                except (sqlite3.Error, psycopg.Error) as error:
                    left = type(error).__name__
                else:
                    if undone == (0, 0, 0):
                        for post in self.posts.values():
                            if isinstance(post, MatrixPost):
                                await post.caught_up()
                        return
                    left = undone
                    if undone != last:  # a slow machine is no standstill
                        end, last = time.monotonic() + within, undone
            if time.monotonic() > end:
                for life in self.lives:  # each says in its journal what it is doing
                    self.nursery.ask({"pid": life.pid, "signal": int(signal.SIGUSR1)})
                await asyncio.sleep(0.2)
                message = f"in {within} s nothing moved of: {left}; {len(self.lives)} alive; {self._stuck()}"
                raise NeverAtRest(f"{message}; {self.journal()}")
            await asyncio.sleep(0.01)

    def _stuck(self) -> str:
        """What is not done, by state."""
        queries = (
            "SELECT state, worker IN (SELECT id FROM worker), urgent, count(*), max(due) FROM delivery "  # noqa: ISC004
            "WHERE state < 2 GROUP BY 1, 2, 3",
            "SELECT state, count(*) FROM inbox WHERE state < 3 GROUP BY 1",
            "SELECT name, holder IN (SELECT id FROM worker), term FROM account",
        )
        try:
            with contextlib.closing(connect(self.database)) as connection:
                found = [connection.execute(query).fetchall() for query in queries]
        except (sqlite3.Error, psycopg.Error) as error:
            return type(error).__name__
        return f"deliveries {found[0]}, rows {found[1]}, accounts {found[2]}, now {self.clock.milliseconds}"

    def audit(self) -> list[Finding]:
        """Compare the books."""
        found = self.auditor.audit([post.book for post in self.posts.values()], self.clock.milliseconds)
        return found + [one for post in self.posts.values() if isinstance(post, MatrixPost) for one in post.judge()]

    def journal(self, most: int = 3000) -> str:
        """The end of what the bot has said."""
        path = self.folder / "journal"
        return path.read_text(errors="replace")[-most:] if path.exists() else ""


def connect(database: str) -> Any:  # noqa: ANN401 - either driver's connection
    """A connection for reading, beside the bot."""
    if database.startswith("sqlite"):
        path = database.removeprefix("sqlite:///")
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)
    return psycopg.connect(database.replace("+psycopg", ""), autocommit=True, connect_timeout=5)
