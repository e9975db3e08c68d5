"""Telegram, where it differs from other transports: the pitfalls that were found by trying it.

Each test names the pitfall; the emulator is the judge, and every call of these tests was checked by it.
"""

import asyncio
import contextlib
import datetime as dt
import io
import json
import logging
import uuid
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot import journal
from bot.adapters import telegram_receiving
from bot.adapters.base import NotSent, Original, Outcome, Refused, Sent, Unknown
from bot.adapters.telegram import Telegram
from bot.adapters.telegram_menu import COMMANDS, DESCRIPTION, SHORT
from bot.adapters.telegram_pace import Pace
from bot.adapters.telegram_receiving import SECRET_HEADER
from bot.flows.commands import recognise_word
from bot.flows.exchange import (
    Choice,
    GroupLeft,
    GroupMoved,
    GroupSaid,
    Pressed,
    Said,
    Send,
    Settle,
    Started,
    Unreadable,
)
from bot.flows.reading import fold
from tests.adapters.contract import Ledger
from tests.emulators.telegram import TOKEN, BotApi
from tests.emulators.telegram_api import GROUP_MINUTE
from tests.emulators.telegram_http import Fault

QUESTION = "0123456789abcdef01234567"


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    """The other side; a call that is none fails the test."""
    async with BotApi(limits=False) as server:
        yield server
        assert server.violations == []


@contextlib.asynccontextmanager
async def bot(server: BotApi, ledger: Ledger, webhook: str | None = None) -> AsyncIterator[Telegram]:
    """A living adapter."""
    adapter = Telegram(TOKEN, server.url, lambda: dt.datetime.fromtimestamp(server.now(), dt.UTC), webhook)
    receiving = asyncio.create_task(adapter.receive(ledger.cursor, ledger.deliver))
    try:
        yield adapter
    finally:
        receiving.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await receiving
        await adapter.close()


async def put(adapter: Telegram, text: str, chat: str = "7", **more: Any) -> Outcome:  # noqa: ANN401 - of a Send
    """Send a text under a fresh delivery id."""
    return await adapter.send(chat, str(uuid.uuid4()), Send(text=text, **more), None)


# --- receiving


async def test_the_offset_moves_after_the_commit_only(server: BotApi) -> None:
    """Pitfall 1: what is handed over and not committed is not confirmed."""
    ledger = Ledger()
    ledger.hold()
    async with bot(server, ledger):
        server.person(7).start()
        await ledger.is_offered(1)
        await asyncio.sleep(0.1)
        assert server.confirmed == []
        ledger.go_on()
        await ledger.has(1)
        server.person(7).say("mehr")
        await ledger.has(2)
        assert server.confirmed == [1000]


@pytest.mark.parametrize("word", ["token_refused", "second_poller", "offline"])
async def test_nothing_ends_the_polling(server: BotApi, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pitfalls 2 and 9: a wrong token, a second poller, no server at all; it is said, and goes on by itself."""
    monkeypatch.setattr(telegram_receiving, "REFUSED_RETRY", 0.1)
    monkeypatch.setattr(telegram_receiving, "CONFLICT_RETRY", 0.1)
    ledger = Ledger()
    server.person(7).start()
    if word == "token_refused":
        server.token = "1:anderes"
    elif word == "offline":
        await server.down()
    async with bot(server, ledger) as adapter:
        if word == "second_poller":
            await ledger.has(1)
            await asyncio.sleep(0.1)
            other = Ledger()
            async with bot(server, other) as second:
                await _until(lambda: "second_poller" in {adapter.health().word, second.health().word})
            server.person(7).say("weiter")
            assert len(await ledger.has(2)) == 2
        else:
            await _until(lambda: adapter.health().word == word)
            assert adapter.health().ok == (word == "offline")
            server.token = TOKEN
            if word == "offline":
                await server.up()
            assert (await ledger.has(1))[0].incoming == Started(language="de")
        await _until(lambda: adapter.health().word == "ok")


async def _until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.02)


async def test_the_watchdog_sees_a_silent_server(server: BotApi) -> None:
    """Pitfall 2: health is by the last poll that succeeded, not by a flag."""
    now = [dt.datetime(2026, 11, 29, 8, tzinfo=dt.UTC)]
    adapter = Telegram(TOKEN, server.url, lambda: now[0])
    ledger = Ledger()
    receiving = asyncio.create_task(adapter.receive(None, ledger.deliver))
    await _until(lambda: adapter.health().word == "ok")
    now[0] += dt.timedelta(minutes=5)
    assert adapter.health().word == "silent"
    assert not adapter.health().ok
    receiving.cancel()
    await asyncio.gather(receiving, return_exceptions=True)
    await adapter.close()


async def test_an_update_that_cannot_be_read_holds_up_nobody(server: BotApi) -> None:
    """Pitfall 3: its person is told, the others are answered, and nothing spins."""
    ledger = Ledger()
    async with bot(server, ledger):
        server.person(7).start()
        server.post_raw({"message": {"chat": {"id": 7, "type": "private"}, "date": "morgen"}})
        server.post_raw({"message": "kein Objekt"})
        server.post_raw({"callback_query": {"from": {"id": 8}}})
        server.post_raw({"business_message": {"a": 1}})
        server.person(9).start()
        rows = await ledger.has(4)
        await asyncio.sleep(0.3)
    assert [(row.chat, row.incoming) for row in rows[1:]] == [
        ("7", Unreadable(what="other")), ("8", Unreadable(what="other")), ("9", Started(language="de")),
    ]  # fmt: skip
    assert not server.queue or server.queue[0].number == 1005


async def test_numbers_that_start_again_lower_are_received(server: BotApi) -> None:
    """Pitfall 4: after a quiet week; keys do not collide with those of before."""
    ledger = Ledger()
    async with bot(server, ledger):
        server.person(7).start()
        await ledger.has(1)
        server.person(7).say("vorher")
        await ledger.has(2)
    server.restart_numbers(3)
    server.move(8 * 86400)
    async with bot(server, ledger):
        for number in range(200):
            server.person(7).say(f"nachher {number}")
        rows = await ledger.has(202)
    assert len({row.event_key for row in rows}) == 202


async def test_broken_and_endless_answers_do_not_end_it(server: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a JSON, a page of a proxy, a body without end: tried again, with bounded memory."""
    monkeypatch.setattr(telegram_receiving, "LONGEST_RETRY", 0.2)
    server.plan("getUpdates", "broken", "html", "e500", "drop_before", "endless")
    server.person(7).start()
    ledger = Ledger()
    async with bot(server, ledger), asyncio.timeout(30):
        await ledger.has(1)


async def test_a_webhook_in_the_way_is_taken_down_without_losing_what_waits(server: BotApi) -> None:
    """Pitfall 9: `drop_pending_updates` is never asked for (the emulator counts it as a violation)."""
    server.webhook = "https://alt.example/x"
    server.person(7).start()
    ledger = Ledger()
    async with bot(server, ledger):
        await ledger.has(1)
    assert server.webhook == ""


async def test_the_webhook_answers_after_the_commit_and_knows_its_secret(server: BotApi) -> None:
    """Pitfalls 1 and 11."""
    ledger = Ledger()
    message = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "/start 09761000"}
    update = json.dumps({"update_id": 5, "message": message}).encode()
    async with bot(server, ledger, "https://lotse.example/telegram/tor") as adapter:
        assert adapter.path == "/telegram/tor"
        await _until(lambda: server.webhook and adapter.health().word == "ok")
        right = {SECRET_HEADER: server.secret}
        assert len(server.secret) >= 32
        assert await adapter.take({}, update) == 403
        assert await adapter.take({SECRET_HEADER: server.secret[:-1] + "x"}, update) == 403
        assert await adapter.take(right, b"{") == 400
        assert await adapter.take(right, b" " * (2 << 20)) == 413
        ledger.hold()
        taking = asyncio.create_task(adapter.take(right, update))
        await asyncio.sleep(0.1)
        assert not taking.done()
        ledger.go_on()
        assert await taking == 200
        assert ledger.rows[0].incoming == Started(payload="09761000")
    assert await adapter.take(right, update) == 503


# --- what people send


async def test_links_commands_and_words(server: BotApi) -> None:
    """Payloads are taken in the form that Telegram allows, commands in any; the name of the bot is no part of them."""
    said = {
        "/start": Started(language="en"), "/start 11000000-01": Started(payload="11000000-01", language="en"),
        "/start ../../etc": Started(language="en"), f"/start {'a' * 65}": Started(language="en"),
        "/START@LotseProbeBot ab_c": Started(payload="ab_c", language="en"), "/hilfe": Said(text="/hilfe"),
        "/hilfe@LotseProbeBot": Said(text="/hilfe"), "/hilfe bitte": Said(text="/hilfe bitte"), "/": Said(text="/"),
        "/startle": Said(text="/startle"), "\ud83d\ude00": Said(text="😀"), "\ud800": Said(text="\ufffd"),
    }  # fmt: skip
    ledger = Ledger()
    async with bot(server, ledger):
        for text in said:
            server.person(7, "en-GB").say(text)
        rows = await ledger.has(len(said))
    assert [row.incoming for row in rows] == list(said.values())


async def test_the_words_below_a_picture_are_heard(server: BotApi) -> None:
    """The picture is not read, what is written below it is."""
    ledger = Ledger()
    async with bot(server, ledger):
        server.person(7).send("photo", caption="ich habe angst")
        rows = await ledger.has(2)
    assert [row.incoming for row in rows] == [Unreadable(what="photo"), Said(text="ich habe angst")]


async def test_in_a_group_only_what_is_meant_for_the_bot(server: BotApi) -> None:
    """Being added and commands are heard; what people say to each other, also behind a command, is not taken in."""
    ledger = Ledger()
    async with bot(server, ledger):
        group = server.group(-5)
        group.add()
        group.say("unter uns")
        group.say("/hilfe@LotseProbeBot")
        group.say("/hilfe@andererBot")
        group.say("/annehmen 4812 9037 weil Frau X bedroht wird")
        group.say("/verbinden@LotseProbeBot gruppe-ABCDE-FGHJK-23456-789AB Danke!")
        group.promote()
        group.say("/trennen")
        server.person(7).start()
        rows = await ledger.has(6)
    assert [row.incoming for row in rows[:5]] == [
        GroupSaid(what="added"), GroupSaid(what="help"), GroupSaid(what="act"),
        GroupSaid(what="pair", text="gruppe-ABCDE-FGHJK-23456-789AB"), GroupSaid(what="part"),
    ]  # fmt: skip
    assert {row.chat for row in rows[:5]} == {"-5"}
    assert rows[5].chat == "7"


async def test_a_public_group_is_known_as_one(server: BotApi) -> None:
    """Whoever finds it reads it."""
    ledger = Ledger()
    async with bot(server, ledger):
        server.group(-1001, "supergroup", "stadtgruppe").add()
        rows = await ledger.has(1)
    assert rows[0].incoming == GroupSaid(what="added", public=True)


async def test_a_group_that_puts_the_bot_out_or_moves(server: BotApi) -> None:
    """Put out is told once; moved is told once, whoever says it, and then nobody has left."""
    ledger = Ledger()
    async with bot(server, ledger) as adapter:
        out, moved, found = server.group(-5), server.group(-6), server.group(-7)
        for group in (out, moved, found):
            group.add()
        await ledger.has(3)
        out.kick()
        await ledger.has(4)
        moved.upgrade(-1006)
        await ledger.has(5)
        found.upgrade(-1007, told=False)
        assert isinstance(await put(adapter, "x", chat="-7"), Sent)
        server.person(7).start()
        await ledger.has(8)
        assert await adapter.forget("-6", ["1@1"]) == Sent()
        assert not server.group(-1006).chat.blocked
        assert await adapter.forget("-1006", ["1@1"]) == Sent()
        assert server.group(-1006).chat.blocked
        assert await adapter.forget("-5", ["1@1"]) == Sent()
        server.person(7).say("noch da")
        rows = list({row.event_key: row for row in await ledger.has(9)}.values())
    assert rows[3].incoming == GroupLeft()
    assert (rows[4].chat, rows[4].incoming) == ("-6", GroupMoved(to="-1006"))
    assert [(row.chat, row.incoming) for row in rows[5:] if row.chat != "7"] == [("-7", GroupMoved(to="-1007"))]
    assert server.group(-1007).shown == ["x"]


async def test_no_more_in_a_group_than_telegram_takes(server: BotApi) -> None:
    """Twenty a minute, whatever falls due at once: the server never has to say stop."""
    server.limits = True
    server.group(-5).add()
    pace, now, sent = Pace(), 0.0, list[float]()
    while now < 300:
        wait = pace.reserve("-5", now, 0.0)
        if wait == 0.0:
            sent.append(now)
        now += max(wait, 0.001)
    most = max(sum(1 for other in sent if one <= other < one + 60) for one in sent)
    assert 18 <= most <= GROUP_MINUTE
    assert sent[3] < 1.0
    ledger = Ledger()
    async with bot(server, ledger) as adapter:
        assert [await put(adapter, str(n), chat="-5") for n in range(4)] != []
        assert isinstance(await put(adapter, "4", chat="-5"), NotSent)
    assert all(call.status == 200 for call in server.called("sendMessage"))


async def test_presses_stop_turning_and_foreign_ones_are_nobodys(server: BotApi) -> None:
    """Pitfall 10: answered at once; a press that carries none of our tokens is a press on no question."""
    ledger = Ledger()
    async with bot(server, ledger) as adapter:
        person = server.person(7)
        person.start()
        await ledger.has(1)
        await put(adapter, "?", token=QUESTION, expects="option", choices=(Choice("Ja"), Choice("Nein")))
        question = person.question
        assert question is not None
        press = person.press("Ja")
        person.press_data("DROP TABLE", question)
        server.person(8).press_data(question.keyboard[0][1][1], question)
        rows = await ledger.has(4)
        await _until(lambda: press in person.answered)
    assert [(row.chat, row.incoming) for row in rows[1:]] == [
        ("7", Pressed(token=QUESTION, option=0)), ("7", Pressed(token="unknown", option=0)),
        ("8", Pressed(token=QUESTION, option=1)),
    ]  # fmt: skip


# --- sending


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ("drop_before", Unknown()), ("drop_after", Unknown()), ("e500", Unknown()), ("e502_after", Unknown()),
        ("broken", Unknown()), ("html", Unknown()), ("wait", NotSent(after=1.0)), ("endless", Unknown()),
    ],
)  # fmt: skip
async def test_what_a_failed_send_means(server: BotApi, fault: Fault, outcome: Outcome) -> None:
    """Pitfall 5, the whole table; `endless` ends by its size."""
    server.person(7).start()
    ledger = Ledger()
    async with bot(server, ledger) as adapter:
        server.plan("sendMessage", fault)
        assert await put(adapter, "x") == outcome


async def test_refusals_are_told_apart(server: BotApi) -> None:
    """Pitfall 5: blocked, gone, invalid; a moved group is found; a wrong token is not the message's fault."""
    server.person(7).start()
    server.chat(-5, "group").moved_to = -1005
    server.chat(-1005, "supergroup")
    ledger = Ledger()
    async with bot(server, ledger) as adapter:
        assert await put(adapter, "x", chat="999") == Refused("gone")
        assert isinstance(await put(adapter, "x", chat="-5"), Sent)
        assert server.chats[-1005].messages[0].text == "x"
        server.person(7).chat.deactivated = True
        assert await put(adapter, "x") == Refused("blocked")
        server.person(7).chat.deactivated = False
        server.token = "1:anderes"
        assert isinstance(await put(adapter, "x"), NotSent)
        server.token = TOKEN


async def test_what_the_server_calls_invalid_goes_plain(server: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is left without an answer because a server dislikes a button: the choices are then typed."""
    server.person(7).start()
    ledger = Ledger()
    async with bot(server, ledger) as adapter:
        sent = await put(adapter, "1 < 2?", token="f" * 65, expects="option", choices=(Choice("Ja"), Choice("Nein")))
        assert isinstance(sent, Sent)
    assert server.person(7).last == "1 < 2?\n\n1  Ja\n2  Nein"


async def test_one_chat_that_must_wait_holds_up_nobody_else(server: BotApi) -> None:
    """Pitfall 6: thirty messages to three chats, limits as Telegram has them: all arrive, in order."""
    server.limits = True
    for number in (1, 2, 3):
        server.person(number).start()
    ledger = Ledger()
    async with bot(server, ledger) as adapter:

        async def talk(chat: int) -> None:
            for number in range(10):
                while not isinstance(outcome := await put(adapter, str(number), chat=str(chat)), Sent):
                    assert isinstance(outcome, NotSent)
                    await asyncio.sleep(outcome.after)

        async with asyncio.timeout(30):
            await asyncio.gather(talk(1), talk(2), talk(3))
    for number in (1, 2, 3):
        assert [one.text for one in server.person(number).shown] == [str(n) for n in range(10)]
    assert all(call.status == 200 for call in server.called("sendMessage"))
    assert server.person(1).chat.typing > 0


async def test_too_long_a_line_is_left_again(server: BotApi) -> None:
    """Told to wait, or more to a chat than it takes soon: it comes again later, and no place is kept for it."""
    server.person(7).start()
    ledger, send = Ledger(), Send(text="später")
    async with bot(server, ledger) as adapter:
        assert isinstance(await put(adapter, "jetzt"), Sent)
        server.plan("sendMessage", "wait")
        assert await put(adapter, "zu schnell") == NotSent(after=1.0)
        adapter._pace.hold("7", 30.0, asyncio.get_running_loop().time())
        later = await adapter.line_up("7", "a", send, None)
        assert isinstance(later, NotSent)
        assert 29.0 < later.after <= 30.0
        assert isinstance(await adapter.send("7", "a", send, None), NotSent)
        # Nobody else waits, nor does what changes nothing there.
        assert await adapter.line_up("8", "b", send, None) is None
        settle = Settle(token=QUESTION, chosen=("Ja",))
        assert await adapter.line_up("7", "c", settle, None) is None
        assert await adapter.send("7", "c", settle, None) == Sent()
    assert [one.text for one in server.person(7).shown] == ["jetzt"]


async def test_a_place_in_line_is_for_one_message(server: BotApi) -> None:
    """A text of three messages: the first goes at once, the others at the pace; the same id again stands in line."""
    server.person(7).start()
    ledger, send = Ledger(), Send(text="wort " * 2000)
    async with bot(server, ledger) as adapter:
        asked: list[str] = []
        reserve = adapter._pace.reserve

        def note(chat: str, now: float, most: float, *, urgent: bool = False, edit: bool = False) -> float:
            asked.append(chat)
            return reserve(chat, now, most, urgent=urgent, edit=edit)

        adapter._pace.reserve = note  # type: ignore[method-assign]
        assert await adapter.line_up("7", "a", send, None) is None
        assert isinstance(await adapter.send("7", "a", send, None), Sent)
        assert len(asked) == 3
        assert isinstance(await adapter.send("7", "a", Send(text="noch einmal"), None), Sent)
        assert len(asked) == 4


async def test_a_long_text_goes_on_where_it_broke_off(server: BotApi) -> None:
    """A 429 between two of its messages: the first is not sent again."""
    server.person(7).start()
    ledger = Ledger()
    async with bot(server, ledger) as adapter:
        delivery, send = str(uuid.uuid4()), Send(text="wort " * 2000)
        server.plan("sendMessage", "", "wait")
        assert await adapter.send("7", delivery, send, None) == NotSent(after=1.0)
        await asyncio.sleep(1.0)
        sent = await adapter.send("7", delivery, send, None)
        assert isinstance(sent, Sent)
        assert sent.remote_id.count(",") == 2
    assert " ".join(one.text for one in server.person(7).shown).split() == ["wort"] * 2000


async def test_buttons_fit_and_carry_little(server: BotApi) -> None:
    """Short ones side by side, long ones alone, too long ones as numbers with their text above; 64 bytes are enough."""
    server.person(7).start()
    ledger = Ledger()
    async with bot(server, ledger) as adapter:
        short = tuple(map(Choice, ("Ja", "Nein", "Weiß ich nicht", "Möchte ich nicht sagen")))
        await put(adapter, "?", token=QUESTION, expects="option", choices=short)
        question = server.person(7).question
        assert question is not None
        assert [[label for label, _ in row] for row in question.keyboard] == [
            ["Ja", "Nein"], ["Weiß ich nicht"], ["Möchte ich nicht sagen"],
        ]  # fmt: skip
        assert all(len(data.encode()) <= 64 for row in question.keyboard for _, data in row)
        long = (Choice("Ein Satz, der auf keinem Telefon der Welt in einen Knopf passt"), Choice("Nein"))
        await put(adapter, "?", token=QUESTION, expects="option", choices=long)
        assert server.person(7).buttons == ["1", "Nein"]
        assert f"1  {long[0].label}" in server.person(7).last
        hinted = (Choice("Ja", "auch wenn es vorbei ist"), Choice("Nein"))
        await put(adapter, "?", token=QUESTION, expects="option", choices=hinted)
        assert server.person(7).last == "?\n\nJa: auch wenn es vorbei ist"


async def test_settling_what_is_too_old_or_too_long(server: BotApi) -> None:
    """A question whose text is gone loses its buttons only; so does one that has no room for the choice."""
    person = server.person(7)
    person.start()
    ledger = Ledger()
    async with bot(server, ledger) as adapter:
        for text, keep in (("kurz", False), ("ä" * 3990, True)):
            send = Send(text=text, token=QUESTION, expects="option", choices=(Choice("J" * 40), Choice("Nein")))
            sent = await adapter.send("7", str(uuid.uuid4()), send, None)
            assert isinstance(sent, Sent)
            original = Original(sent.remote_id, send if keep else None)
            settle = Settle(token=QUESTION, chosen=("J" * 40,) * 3)
            assert isinstance(await adapter.send("7", str(uuid.uuid4()), settle, original), Sent)
            assert person.last == text
            assert person.buttons == []


async def test_what_is_older_than_two_days_stays(server: BotApi) -> None:
    """And does not keep the rest from being taken back."""
    person = server.person(7)
    person.start()
    ledger = Ledger()
    async with bot(server, ledger) as adapter:
        old = await put(adapter, "alt")
        server.move(48 * 3600)
        young = await put(adapter, "jung")
        assert isinstance(old, Sent)
        assert isinstance(young, Sent)
        assert isinstance(await adapter.forget("7", [old.remote_id, young.remote_id]), Sent)
    assert [one.text for one in person.shown] == ["alt"]


async def test_the_bot_says_what_it_is_before_anybody_writes(server: BotApi) -> None:
    """Commands in both languages, descriptions; set once, and not again at the next start."""
    ledger = Ledger()
    for _ in range(2):
        async with bot(server, ledger):
            await _until(lambda: server.count()["getmyshortdescription"] % 2 == 0 and server.count()["setmycommands"])
            await asyncio.sleep(0.1)
    assert server.count("setMyCommands", "setMyDescription", "setMyShortDescription") == {
        "setmycommands": 2, "setmydescription": 2, "setmyshortdescription": 2,
    }  # fmt: skip


def test_every_registered_command_is_one() -> None:
    """The engine knows the word, in the letters that Telegram allows; both languages offer the same."""
    known = {language: [recognise_word(fold(name)) for name in table] for language, table in COMMANDS.items()}
    assert None not in known[""]
    assert set(known[""]) == set(known["en"])
    assert all(len(text) <= 512 for text in DESCRIPTION.values())
    assert all(len(text) <= 120 for text in SHORT.values())


# --- what is said about it


async def test_neither_token_nor_words_nor_ids_get_into_the_journal(server: BotApi) -> None:
    """Pitfalls 12 to 15 and section G: through good calls and every fault, at the most talkative level."""
    stream = io.StringIO()
    journal.configure(stream, pretty=False, level="debug")
    words, number = "Kanarienvogel", 700700700700
    try:
        person = server.person(number)
        person.start()
        faults: tuple[Fault, ...] = ("drop_before", "drop_after", "e500", "broken", "html", "wait")
        server.plan("sendMessage", *faults)
        server.plan("getUpdates", "broken", "e500")
        ledger = Ledger()
        async with bot(server, ledger) as adapter:
            await ledger.has(1)
            for _ in faults:
                await put(adapter, words, chat=str(number))
            await asyncio.sleep(1)
            await put(adapter, words, chat=str(number))
            person.say(words)
            server.post_raw({"message": {"chat": {"id": number, "type": "private"}, "date": words}})
            await ledger.has(3)
            await put(adapter, words, chat="1")
    finally:
        journal.configure(level="warning")
        logging.getLogger().setLevel(logging.WARNING)
    said = stream.getvalue()
    assert "telegram_call_failed" in said
    for secret in (words, str(number), TOKEN, TOKEN.split(":")[1], "/bot"):
        assert secret not in said
