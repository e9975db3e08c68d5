"""A Bot API server that remembers everything it was told: strict where Telegram is, and worse when asked to be.

`async with BotApi() as server`: then `server.url` is the address for the bot, `server.person(7)` somebody with a phone.
Rules copied from the published server (tdlib/telegram-bot-api): updates wait until an offset above them is asked for,
texts for 24 hours, presses for 150 s; an offset far above or below the queue is answered from its head; numbers begin
anew after a quiet week; a second poller ends the first. Every call is checked against the machine-readable Bot API;
what does not fit stands in `violations` and is refused.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import random
import re
import time
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from tests.emulators.telegram_api import Methods, Refusal
from tests.emulators.telegram_chats import Chat, Person, Shown
from tests.emulators.telegram_groups import Group
from tests.emulators.telegram_http import BEFORE, Answer, Fault, HttpServer, Request
from tests.emulators.telegram_schema import Schema

TOKEN: Final = "4242:AAEmulatorEmulatorEmulatorEmulator00"
TEXT_KEPT: Final = 24 * 3600
PRESS_KEPT: Final = 150
FAR: Final = 10
"""An offset that lies further above the end of the queue is answered from its head."""

_METHOD: Final = re.compile(r"/bot([^/]+)/(\w+)")
_QUIET: Final = frozenset({"getupdates"})


@dataclass(frozen=True)
class Queued:
    """An update that waits. `until`: Unix seconds after which it is dropped."""

    number: int
    until: float
    body: dict[str, Any]


@dataclass(frozen=True)
class Call:
    """One call of the bot: what it asked, and how it was answered (0: the connection was cut)."""

    method: str
    given: Mapping[str, Any]
    status: int
    fault: Fault
    at: float


class BotApi:
    """The server with one bot. `limits`: whether it answers 429 as Telegram does; `seed`: for faults by chance."""

    def __init__(self, *, limits: bool = True, seed: int = 1, token: str = TOKEN, numbers_from: int = 1000) -> None:
        self.me: dict[str, Any] = {"id": 4242, "is_bot": True, "first_name": "Lotse", "username": "LotseProbeBot"}
        self.limits = limits
        self.token = token
        self.violations: list[str] = []
        self.calls: list[Call] = []
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.groups: dict[int, Group] = {}
        self.presses: dict[str, tuple[float, int]] = {}
        self.queue: deque[Queued] = deque()
        self.confirmed: list[int] = []
        """Numbers that the bot has confirmed, in order."""
        self.dropped = 0
        """Updates that the bot has never fetched in time."""
        self.posted = 0
        self.news = asyncio.Event()
        self.webhook, self.secret = "", ""
        self.allowed: set[str] = set()
        self.chances: dict[Fault, float] = {}
        """By chance, for each call that shows or changes something."""
        self.poll_chances: dict[Fault, float] = {}
        self.ahead = 0.0
        self.clock: Callable[[], float] = time.time
        """Unix seconds before they are moved."""
        self.press_kept: float = PRESS_KEPT
        self.tag = ""
        """What the call that is being answered carried in `X-Tag`: a test's own mark, no part of the API."""
        self.asked: Callable[[str], object] = lambda _method: None
        """Told of each call that arrives, before anything goes wrong with it."""
        self.schema = Schema.read()
        self._dice = random.Random(seed)
        self._planned: dict[str, deque[Fault]] = {}
        self._next = itertools.count(numbers_from)
        self._press = itertools.count(1)
        self._methods = Methods(self)
        self._http = HttpServer(self._handle, self._choose)
        self._listeners: list[Callable[[Chat, Shown, bool], object]] = []

    # --- being a server

    async def __aenter__(self) -> Self:
        """Listen."""
        await self._http.begin()
        return self

    async def __aexit__(self, *_: object) -> None:
        """End."""
        await self._http.end()

    async def down(self) -> None:
        """Be away: connections are refused."""
        await self._http.end()

    async def up(self) -> None:
        """Be back on the same port."""
        await self._http.begin()

    @property
    def url(self) -> str:
        """The address for the bot."""
        return f"http://127.0.0.1:{self._http.port}"

    # --- the clock

    def now(self) -> float:
        """Unix seconds by the server's clock."""
        return self.clock() + self.ahead

    def move(self, seconds: float) -> None:
        """Set the clock forward."""
        self.ahead += seconds
        self._expire()

    # --- faults

    def plan(self, method: str, *faults: Fault) -> None:
        """The next calls of a method go wrong in these ways."""
        self._planned.setdefault(method.lower(), deque()).extend(faults)

    def _choose(self, request: Request) -> Fault:
        found = _METHOD.fullmatch(request.path)
        method = found[2].lower() if found else ""
        self.asked(method)
        fault: Fault = ""
        if self._planned.get(method):
            fault = self._planned[method].popleft()
        else:
            roll = self._dice.random()
            for one, chance in (self.poll_chances if method in _QUIET else self.chances).items():
                roll -= chance
                if roll < 0:
                    fault = one
                    break
        if fault in BEFORE:
            self.calls.append(Call(method, request.given, 0, fault, self.now()))
        return fault

    # --- answering

    async def _handle(self, request: Request) -> Answer:
        found = _METHOD.fullmatch(request.path)
        if found is None:
            return 404, {"ok": False, "error_code": 404, "description": "Not Found"}
        token, method = found.groups()
        self.tag = request.tag
        status, body = await self._answer(token, method, request.given)
        if method.lower() not in _QUIET:
            self.calls.append(Call(method.lower(), request.given, status, "", self.now()))
        return status, body

    async def _answer(self, token: str, method: str, raw: Mapping[str, Any]) -> Answer:
        if token != self.token:
            return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
        do = self._methods.find(method)
        given, problems = (dict(raw), []) if self.schema is None else self.schema.check(method, raw)
        if self.schema is None:
            given = plain(raw)
        if do is None:
            problems.append(f"{method}: the emulator does not know it")
        self.violations += problems
        try:
            result = await _refused(problems) if problems or do is None else await do(given)
        except Refusal as refusal:
            body: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
            return refusal.code, body | ({"parameters": refusal.parameters} if refusal.parameters else {})
        return 200, {"ok": True, "result": result}

    # --- the queue

    def post(self, kind: str, body: dict[str, Any], chat: Chat) -> int:
        """An update comes into being."""
        if self.allowed and kind not in self.allowed:
            return 0
        kept = self.press_kept if kind == "callback_query" else TEXT_KEPT
        number = next(self._next)
        if kind == "callback_query":
            self.presses[body["id"]] = (self.now(), body["from"]["id"])
        self.queue.append(Queued(number, self.now() + kept, {"update_id": number, kind: body}))
        self.posted += 1
        del chat
        self.news.set()
        return number

    def post_raw(self, body: dict[str, Any]) -> int:
        """Any update, however odd; it gets a number unless it has one."""
        number = int(body.get("update_id", next(self._next)))
        self.queue.append(Queued(number, self.now() + TEXT_KEPT, {"update_id": number, **body}))
        self.posted += 1
        self.news.set()
        return number

    def confirm(self, offset: int | None) -> None:
        """Drop what lies below the offset; one that is far away is answered from the head."""
        self._expire()
        if offset is None or not self.queue:
            return
        head, tail = self.queue[0].number, self.queue[-1].number
        if offset > tail + FAR or offset < head - 100_000:
            return
        while self.queue and self.queue[0].number < offset:
            self.confirmed.append(self.queue.popleft().number)

    def pending(self, most: int) -> list[dict[str, Any]]:
        """The oldest updates that wait."""
        self._expire()
        return [one.body for one in itertools.islice(self.queue, most)]

    def restart_numbers(self, at: int) -> None:
        """After a quiet week: numbers begin somewhere else."""
        self._next = itertools.count(at)

    def _expire(self) -> None:
        kept = [one for one in self.queue if one.until > self.now()]
        self.dropped += len(self.queue) - len(kept)
        if len(kept) < len(self.queue):
            self.queue = deque(kept)

    async def push(self, send: Callable[[dict[str, Any], str], Any]) -> None:
        """What Telegram does with a webhook: post each update until it is taken. `send(update, secret)` -> status."""
        while self.queue:
            update = self.queue[0]
            status = await send(update.body, self.secret)
            if 200 <= status < 300:
                self.confirmed.append(update.number)
                with contextlib.suppress(ValueError):
                    self.queue.remove(update)
            else:
                await asyncio.sleep(0.05)

    # --- people

    def chat(self, number: int, kind: str = "private") -> Chat:
        """A chat; made when it is not there."""
        return self.chats.setdefault(number, Chat(number, kind, known=kind != "private"))

    def person(self, number: int, language: str = "de") -> Person:
        """Somebody; the same at each call."""
        if number not in self.people:
            self.people[number] = Person(self, number, language)
        return self.people[number]

    def group(self, number: int, kind: str = "group", username: str = "") -> Group:
        """A group; the same at each call."""
        if number not in self.groups:
            self.groups[number] = Group(self, number, kind, username)
        return self.groups[number]

    def next_press(self) -> str:
        """The id of a press."""
        return str(next(self._press))

    def listen(self, listener: Callable[[Chat, Shown, bool], object]) -> None:
        """Be told of every message that arrives, and of every edit (True)."""
        self._listeners.append(listener)

    def arrived(self, chat: Chat, shown: Shown) -> None:
        """A message of the bot is in its chat."""
        person = self.people.get(chat.id)
        if person is not None:
            person.heard.append(shown)
            person.news.set()
        group = self.groups.get(chat.id)
        if group is not None:
            group.news.set()
        for listener in self._listeners:
            listener(chat, shown, False)

    def edited(self, chat: Chat, shown: Shown) -> None:
        """A message of the bot has changed."""
        for listener in self._listeners:
            listener(chat, shown, True)

    def count(self, *methods: str) -> Counter[str]:
        """How often each method was called, or these."""
        wanted = {method.lower() for method in methods}
        return Counter(call.method for call in self.calls if not wanted or call.method in wanted)

    def called(self, method: str) -> Sequence[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method.lower()]


async def _refused(problems: Sequence[str]) -> Any:  # noqa: ANN401 - it has none
    raise Refusal(400, f"Bad Request: {problems[0]}")


def plain(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a form where there is no schema to say what they are."""
    read: dict[str, Any] = {}
    for name, value in raw.items():
        read[name] = value
        if isinstance(value, str) and name not in {"text", "callback_query_id", "url", "secret_token", "parse_mode"}:
            with contextlib.suppress(ValueError):
                read[name] = json.loads(value)
    return read
