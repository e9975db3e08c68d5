"""The emulator itself: what is evidence must be right. Asked by a plain HTTP client, as any bot would."""

import asyncio
import contextlib
from typing import Any

import httpx
import pytest

from tests.emulators.telegram import TOKEN, BotApi
from tests.emulators.telegram_html import read
from tests.emulators.telegram_http import Fault
from tests.emulators.telegram_schema import Schema
from tests.lacking import lacking


async def ask(server: BotApi, method: str, *, token: str = TOKEN, **given: object) -> dict[str, Any]:
    """Call a method; the answer as JSON."""
    async with httpx.AsyncClient(timeout=5) as client:
        answer = await client.post(f"{server.url}/bot{token}/{method}", json=given)
    body: dict[str, Any] = answer.json()
    assert body["ok"] == (answer.status_code == 200)
    return body


def numbers(answer: dict[str, Any]) -> list[int]:
    """The numbers of the updates."""
    return [one["update_id"] for one in answer["result"]]


async def test_updates_wait_until_an_offset_above_them_is_asked_for() -> None:
    """They are given again and again until then; negative and far offsets lose nothing."""
    async with BotApi() as server:
        person = server.person(7)
        for text in ("/start", "eins", "zwei"):
            person.say(text)
        assert numbers(await ask(server, "getUpdates")) == [1000, 1001, 1002]
        assert numbers(await ask(server, "getUpdates", offset=1000)) == [1000, 1001, 1002]
        assert numbers(await ask(server, "getUpdates", offset=1002)) == [1002]
        assert server.confirmed == [1000, 1001]
        assert numbers(await ask(server, "getUpdates", offset=9_999_999)) == [1002]
        assert numbers(await ask(server, "getUpdates", limit=1, offset=1003)) == []


async def test_texts_wait_a_day_and_presses_two_and_a_half_minutes() -> None:
    """By the server's clock."""
    async with BotApi() as server:
        person = server.person(7)
        person.start()
        await ask(server, "sendMessage", chat_id=7, text="?", reply_markup=_keyboard("a:0"))
        press = person.press(1)
        server.move(149)
        assert len(numbers(await ask(server, "getUpdates"))) == 2
        server.move(2)
        assert len(numbers(await ask(server, "getUpdates"))) == 1
        assert "too old" in (await ask(server, "answerCallbackQuery", callback_query_id=press))["description"]
        server.move(24 * 3600)
        assert numbers(await ask(server, "getUpdates")) == []
        assert server.dropped == 2


async def test_a_long_poll_ends_with_the_first_message_and_a_second_poll_ends_the_first() -> None:
    """409 for the earlier one."""
    async with BotApi() as server:
        person = server.person(7)
        waiting = asyncio.create_task(ask(server, "getUpdates", timeout=30))
        await asyncio.sleep(0.05)
        person.start()
        assert len(numbers(await waiting)) == 1
        first = asyncio.create_task(ask(server, "getUpdates", timeout=30, offset=1001))
        await asyncio.sleep(0.05)
        second = asyncio.create_task(ask(server, "getUpdates", timeout=30, offset=1001))
        assert (await first)["error_code"] == 409
        person.say("hallo")
        assert numbers(await second) == [1001]


async def test_a_webhook_and_polling_exclude_each_other() -> None:
    """Updates are posted until they are taken, with the secret; throwing away what waits is a violation."""
    async with BotApi() as server:
        server.person(7).start()
        await ask(server, "setWebhook", url="https://lotse.example/t", secret_token="geheim")
        assert "webhook" in (await ask(server, "getUpdates"))["description"]
        answers = [503, 200]
        posted: list[str] = []

        async def post(_update: dict[str, Any], secret: str) -> int:
            posted.append(secret)
            return answers.pop(0)

        await server.push(post)
        assert posted == ["geheim", "geheim"]
        assert not server.queue
        assert "HTTPS" in (await ask(server, "setWebhook", url="http://lotse.example/t"))["description"]
        await ask(server, "deleteWebhook", drop_pending_updates=True)
        assert server.violations == ["deleteWebhook: drop_pending_updates throws away what people wrote"]


def _keyboard(*data: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": f"T{n}", "callback_data": one} for n, one in enumerate(data)]]}


async def test_every_call_is_checked_against_the_description() -> None:
    """Unknown and missing parameters, wrong types, down into the objects."""
    if Schema.read() is None:
        lacking("the description of the Bot API beside the project (shared/telegram/api.json)")
    async with BotApi() as server:
        server.person(7).start()
        assert (await ask(server, "sendMessage", chat_id=7, text="gut"))["ok"]
        assert not server.violations
        bad: list[dict[str, Any]] = [
            {"chat_id": 7},
            {"chat_id": 7, "text": "x", "colour": "red"},
            {"chat_id": True, "text": "x"},
            {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "a"}]]}},
            {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [{"text": "x"}]}},
            {"chat_id": 7, "text": "x", "link_preview_options": {"is_disabled": "yes"}},
        ]
        for given in bad:
            assert (await ask(server, "sendMessage", **given))["error_code"] == 400
        assert (await ask(server, "sendMassage", chat_id=7, text="x"))["error_code"] == 400
        assert len(server.violations) >= len(bad) + 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": "a" * 4097}, "too long"),
        ({"text": " \n"}, "empty"),
        ({"text": "1 < 2", "parse_mode": "HTML"}, "parse entities"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "end tag"),
        ({"text": "x", "reply_markup": _keyboard("a" * 65)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": _keyboard("")}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": _keyboard(*"abcdefghi")}, "too long"),
    ],
)
async def test_what_telegram_refuses_is_refused(given: dict[str, Any], words: str) -> None:
    """Length after entities, markup, data of buttons."""
    async with BotApi() as server:
        server.person(7).start()
        assert words in (await ask(server, "sendMessage", chat_id=7, **given))["description"]
        assert not server.person(7).shown


async def test_edits_and_deletions_change_what_is_shown() -> None:
    """An edit without buttons takes them away, one that changes nothing is an error, deleting ends after 48 hours."""
    async with BotApi() as server:
        person = server.person(7)
        person.start()
        sent = await ask(server, "sendMessage", chat_id=7, text="?", reply_markup=_keyboard("a:0", "a:1"))
        number = sent["result"]["message_id"]
        assert person.buttons == ["T0", "T1"]
        assert (await ask(server, "editMessageText", chat_id=7, message_id=number, text="!"))["ok"]
        assert (person.last, person.buttons) == ("!", [])
        again = await ask(server, "editMessageText", chat_id=7, message_id=number, text="!")
        assert "not modified" in again["description"]
        server.move(48 * 3600 + 1)
        late = await ask(server, "deleteMessage", chat_id=7, message_id=number)
        assert "can't be deleted" in late["description"]
        fresh = await ask(server, "sendMessage", chat_id=7, text="neu")
        assert (await ask(server, "deleteMessages", chat_id=7, message_ids=[fresh["result"]["message_id"], 99]))["ok"]
        assert [shown.text for shown in person.shown] == ["!"]


async def test_chats_that_cannot_be_written_to() -> None:
    """Blocked, unknown, never begun, deactivated, moved."""
    async with BotApi() as server:
        assert "not found" in (await ask(server, "sendMessage", chat_id=1, text="x"))["description"]
        person = server.person(7)
        assert "initiate" in (await ask(server, "sendMessage", chat_id=7, text="x"))["description"]
        person.start()
        person.block()
        assert (await ask(server, "sendMessage", chat_id=7, text="x"))["error_code"] == 403
        person.unblock()
        assert (await ask(server, "sendMessage", chat_id=7, text="x"))["ok"]
        server.chat(-5, "group").moved_to = -1005
        moved = await ask(server, "sendMessage", chat_id=-5, text="x")
        assert moved["parameters"] == {"migrate_to_chat_id": -1005}
        assert (await ask(server, "getMe", token="1:x"))["error_code"] == 401


async def test_too_many_messages_are_told_to_wait() -> None:
    """Five at once in a chat, then one a second; thirty a second in all."""
    async with BotApi() as server:
        stopped = server.clock()
        server.clock = lambda: stopped
        for number in range(1, 9):
            server.person(number).start()
        answers = [await ask(server, "sendMessage", chat_id=1, text="x") for _ in range(6)]
        assert [one["ok"] for one in answers] == [True] * 5 + [False]
        assert answers[-1]["parameters"] == {"retry_after": 2}
        many = [ask(server, "sendMessage", chat_id=2 + n % 7, text="x") for n in range(35)]
        assert sum(one["ok"] for one in await asyncio.gather(*many)) <= 25


@pytest.mark.parametrize(
    ("fault", "shown"),
    [
        ("drop_before", 0), ("e500", 0), ("wait", 0), ("drop_after", 1), ("broken", 1), ("html", 1), ("e502_after", 1),
        ("late", 1),
    ],
)  # fmt: skip
async def test_faults_do_what_they_say(fault: Fault, shown: int) -> None:
    """Whether the message is there is what a bot cannot know, and the emulator does."""
    async with BotApi() as server:
        server.person(7).start()
        server.plan("sendMessage", fault)
        with contextlib.suppress(httpx.HTTPError, ValueError, AssertionError):
            await ask(server, "sendMessage", chat_id=7, text="x")
        assert len(server.person(7).shown) == shown
        assert (await ask(server, "sendMessage", chat_id=7, text="y"))["ok"]


async def test_what_people_do_are_updates_as_telegram_describes_them() -> None:
    """Every kind of message, edits, presses, blocking: checked against the description, as the bot's calls are."""
    schema = Schema.read()
    if schema is None:
        lacking("the description of the Bot API beside the project (shared/telegram/api.json)")
    from tests.emulators.telegram_chats import KINDS

    async with BotApi() as server:
        person = server.person(7, "en")
        person.start("09761000")
        for kind in KINDS:
            person.send(kind)
        person.edit(person.forward("fremde Worte"), "andere")
        await ask(server, "sendMessage", chat_id=7, text="?", reply_markup=_keyboard("a:0"))
        person.press("T0")
        person.block()
        updates = (await ask(server, "getUpdates"))["result"]
        assert len(updates) == len(KINDS) + 5
        assert [problem for one in updates for problem in schema.fits(one, "Update")] == []


def test_markup_is_read_as_it_is_shown() -> None:
    """Entities once, tags away, mistakes named."""
    assert read("<b>a &lt;b&gt;</b> &amp;amp;") == ("a <b> &amp;", [])
    assert read("<pre>x</pre>")[1] == []
    for wrong in ("a & b", "a < b", "<b>", "</b>", "<marquee>x</marquee>", "<b><i></b></i>", '<b onclick="x">y</b>'):
        assert read(wrong)[1]
