"""Many kills in rounds: each a fresh database, people who talk at random, and a bot that dies again and again.

Half of the kills come from outside at a random moment, the rest from failpoints inside. At the end of each round all is
brought to rest and judged; then the clock jumps a day and a half, so that check-ins fire and retention sweeps, and all
is judged again.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from bot.failpoints import NAMES
from tests.faults.databases import Databases
from tests.faults.findings import DISORDER, DOUBLES, LOSSES, REPLAY, Finding
from tests.faults.matrix_post import MatrixPost
from tests.faults.post import BAD, Manners
from tests.faults.rig import ACCOUNTS, NeverAtRest, Nursery, Rig
from tests.faults.telegram_post import TELEGRAM
from tests.synapse import SynapseServer

PER_ROUND: Final = 200
PEOPLE: Final = 10
ON_MATRIX_PER_ROUND: Final = 60
ON_MATRIX_PEOPLE: Final = 6
"""A life on Matrix begins with a log of all rooms, and each message costs the homeserver some 30 ms: fewer of both."""

HOMESERVER_DIES_EVERY: Final = (15.0, 40.0)
"""Seconds between the kills of the homeserver itself."""

SHORTEST, LONGEST = 0.02, 0.3
"""Seconds from a birth, or from the first thing that a life has committed, to its kill."""

STUCK_AFTER: Final = 20.0
"""Seconds in which a life must commit something."""

PASSED_BY_THE_SERVICE: Final = tuple(
    name for name in NAMES if not name.startswith(("rotate", "migrate", "retention", "t3_failed"))
)
"""Failpoints that a running service comes by in ordinary talks; the others have tests of their own."""

IN_LINE: Final = "d1_before"
"""Passed only where there is a pace."""


class Figures(msgspec.Struct):
    """What a run has shown. Times in milliseconds, but `seconds`."""

    database: str
    seed: int
    transport: str = "test"
    rounds: int = 0
    kills: int = 0
    at_failpoints: int = 0
    messages: int = 0
    turns: int = 0
    deliveries: int = 0
    losses: int = 0
    doubles: int = 0
    disorder: int = 0
    replay_differences: int = 0
    repeats_not_idempotent: int = 0
    uncertain_told: int = 0
    parked_told: int = 0
    cases: int = 0
    acts: int = 0
    acts_refused: int = 0
    letters: int = 0
    moves: int = 0
    recovery_p50: float = 0.0
    recovery_p99: float = 0.0
    recoveries: int = 0
    server_kills: int = 0
    """Of the homeserver."""
    answer_p50: float = 0.0
    answer_p99: float = 0.0
    """From a message to the first thing that came after it, with all that was killed in between; on Matrix."""
    seconds: float = 0.0
    findings: list[str] = []
    failpoints: dict[str, int] = {}


class Runner:
    """Runs rounds and adds up."""

    def __init__(
        self,
        nursery: Nursery,
        folder: Path,
        databases: Databases,
        figures: Figures,
        accounts: Sequence[tuple[str, bool]] = ACCOUNTS,
        people: int = PEOPLE,
        *,
        synapse: SynapseServer | None = None,
        desks: int = 0,
        movers: int = 0,
    ) -> None:
        self._synapse = synapse
        self._restarting = threading.Lock()
        self._per_round = PER_ROUND if synapse is None else ON_MATRIX_PER_ROUND
        self._answer_times: list[float] = []
        self._desks = desks
        self._movers = movers
        self._accounts = accounts
        self._people = people
        # A life that opens connections takes longer until it works, and to come by its failpoint.
        self._quick = accounts is ACCOUNTS
        self.figures = figures
        self._nursery = nursery
        self._folder = folder
        self._databases = databases
        self._recoveries: list[float] = []

    async def run(self, kills: int, manners: Manners = BAD) -> None:
        """So many kills."""
        begun = time.monotonic()
        while self.figures.kills < kills:
            await self.round(min(self._per_round, kills - self.figures.kills), manners)
            self.figures.seconds = round(self.figures.seconds + time.monotonic() - begun, 1)
            begun = time.monotonic()

    async def round(self, kills: int, manners: Manners) -> list[Finding]:
        """One database."""
        figures = self.figures
        figures.rounds += 1
        seed = figures.seed * 1000 + figures.rounds
        folder = self._folder / f"round{figures.rounds}"
        async with Rig(
            folder,
            self._nursery,
            database=self._databases.migrated(folder),
            seed=seed,
            manners=manners,
            accounts=self._accounts,
            synapse=self._synapse,
            rooms=self._people,
        ) as rig:
            rig.auditor.may_park = True
            if self._desks:
                rig.invite_town_hall(self._desks, self._people)
            if self._movers:
                rig.invite_movers(self._movers)
            await rig.begin()
            await rig.at_work(STUCK_AFTER, since=0.0, anything=True)
            if not self._desks:
                rig.invite_walkers(self._people, pause=0.02 if self._synapse is None else 0.5)
            async with background(rig.watch()), background(self._kill_homeserver(rig)):
                await self._kill(rig, kills)
            await rig.hush()
            await asyncio.to_thread(self._wait_restarted)
            findings = await self._judge_round(rig)
            figures.findings += [f"round {figures.rounds}: {one.rule}: {one.where}" for one in findings]
            figures.kills += rig.kills
            self._recoveries += rig.recoveries
            for post in rig.posts.values():
                if isinstance(post, MatrixPost):
                    self._answer_times += post.answer_times
        self._measure()
        return findings

    async def _judge_round(self, rig: Rig) -> list[Finding]:
        """Bring all to rest and judge it, twice."""
        async with background(rig.keep_alive()):
            try:
                await rig.rest()
                findings = rig.audit()
                self._add(rig, findings)
                rig.clock.jump(dt.timedelta(hours=36))
                await asyncio.sleep(0.3)
                await rig.rest()
            except NeverAtRest as error:
                print(error, file=sys.stderr)  # noqa: T201 - the journal of a life, for whoever mends it
                stuck = [Finding("undone", "never at rest")]
                self._judge(stuck)
                return stuck
            later = [finding for finding in rig.audit() if finding not in findings]
            self._judge(later)
            return [*findings, *later]

    async def _kill(self, rig: Rig, kills: int) -> None:
        dice = random.Random(rig.seed)
        names = [name for name in PASSED_BY_THE_SERVICE if name != IN_LINE or TELEGRAM in rig.posts]
        while rig.kills < kills:
            armed = dice.choice(names) if dice.random() < 0.5 else ""
            life = (
                rig.lives[0]
                if rig.lives
                else await rig.begin(f"{armed}:{dice.choice((1, 1, 2, 3, 10))}" if armed else "")
            )
            born = time.monotonic()
            if dice.random() < (0.25 if self._quick else 0.75):
                with contextlib.suppress(TimeoutError):
                    await rig.at_work(STUCK_AFTER, since=born, life=life)
            patience = (
                (0.3 if self._quick else 1.5 if self._synapse is None else 4.0)
                if armed
                else dice.uniform(SHORTEST, LONGEST)
            )
            # A case goes to and fro between chats: with shorter lives hardly one is opened.
            patience *= 4 if self._desks else 1
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(life.ended.wait(), patience)
            if life.killed:
                self.figures.at_failpoints += 1
                self.figures.failpoints[armed] = self.figures.failpoints.get(armed, 0) + 1
                rig.died()
            elif life.status is None:
                await rig.kill()

    async def _kill_homeserver(self, rig: Rig) -> None:
        """Kill the homeserver, too, now and then, and begin it again; never cut off in the midst of that."""
        if self._synapse is None:
            return
        dice = random.Random(rig.seed + 1)
        while True:
            await asyncio.sleep(dice.uniform(*HOMESERVER_DIES_EVERY))
            await asyncio.shield(asyncio.to_thread(self._restart, self._synapse))
            self.figures.server_kills += 1

    def _wait_restarted(self) -> None:
        with self._restarting:
            pass

    def _restart(self, synapse: SynapseServer) -> None:
        with self._restarting:
            synapse.kill()
            synapse.begin()

    def _add(self, rig: Rig, findings: list[Finding]) -> None:
        figures, totals = self.figures, rig.auditor.totals
        figures.messages += totals.messages
        figures.turns += totals.turns
        figures.deliveries += totals.deliveries
        figures.repeats_not_idempotent += totals.repeats
        figures.uncertain_told += totals.uncertain
        figures.parked_told += totals.parked
        about = rig.auditor.casebook.totals
        figures.cases += about.cases
        figures.acts += about.acts
        figures.acts_refused += about.refused
        figures.letters += about.letters
        figures.moves += totals.moves
        self._judge(findings)

    def _judge(self, findings: list[Finding]) -> None:
        rules = Counter(finding.rule for finding in findings)
        for rule, count in rules.items():
            if rule in LOSSES:
                self.figures.losses += count
            elif rule in DOUBLES:
                self.figures.doubles += count
            elif rule in DISORDER:
                self.figures.disorder += count
            else:
                assert rule in REPLAY, rule
                self.figures.replay_differences += count

    def _measure(self) -> None:
        ordered = sorted(self._recoveries)
        self.figures.recoveries = len(ordered)
        if ordered:
            self.figures.recovery_p50 = round(ordered[len(ordered) // 2], 1)
            self.figures.recovery_p99 = round(ordered[int(len(ordered) * 0.99)], 1)
        answers = sorted(self._answer_times)
        if answers:
            self.figures.answer_p50 = round(answers[len(answers) // 2], 1)
            self.figures.answer_p99 = round(answers[int(len(answers) * 0.99)], 1)


@contextlib.asynccontextmanager
async def background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Have something done while the context holds."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
