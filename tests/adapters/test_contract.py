"""What every adapter keeps, whatever transport is behind it."""

import asyncio
import contextlib
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from bot.adapters.base import Adapter, NotSent, Original, Outcome, Paced, Refused, Sent, Unknown
from bot.flows.exchange import Choice, File, Pressed, Said, Send, Settle, Started, Stopped, Unreadable
from tests.adapters.contract import Ability, Ledger, Stage, living
from tests.adapters.stage_matrix import MatrixStage
from tests.adapters.stage_telegram import TelegramStage
from tests.adapters.stage_terminal import TerminalStage

TOKEN = "0123456789abcdef01234567"
QUESTION = Send(
    text="Sind Sie in Gefahr?", style="question", choices=(Choice("Ja"), Choice("Nein")), token=TOKEN, expects="option"
)

STAGES: dict[str, Callable[[Path, pytest.FixtureRequest], AbstractAsyncContextManager[Stage]]] = {
    "terminal": lambda folder, _: TerminalStage(folder),
    "telegram": lambda *_: TelegramStage(),
    "matrix": lambda folder, request: MatrixStage(folder, request.getfixturevalue("synapse")),
}
MARKS = {"matrix": [pytest.mark.synapse, pytest.mark.slow]}


@pytest.fixture(params=[pytest.param(name, marks=MARKS.get(name, [])) for name in STAGES])
async def stage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """One transport after the other."""
    async with STAGES[request.param](tmp_path, request) as stage:
        yield stage


def need(stage: Stage, *abilities: Ability) -> None:
    """Skip what this transport cannot do, by name."""
    lacking = [one for one in abilities if one not in stage.can]
    if lacking:
        pytest.skip(f"this transport has no {', '.join(lacking)}")


@contextlib.asynccontextmanager
async def begun(stage: Stage) -> AsyncIterator[tuple[Adapter, str, Ledger]]:
    """A living adapter, the chat that person 1 has opened, and the ledger that has heard of it."""
    ledger = Ledger()
    async with living(stage, ledger) as adapter:
        await stage.open(1)
        yield adapter, (await ledger.has(1))[0].chat, ledger


async def put(adapter: Adapter, chat: str, effect: Send | Settle, original: Original | None = None) -> Outcome:
    """Send under a fresh delivery id."""
    return await adapter.send(chat, str(uuid.uuid4()), effect, original)


async def test_what_is_not_committed_comes_again(stage: Stage) -> None:
    """A life that ends before the commit loses nothing; the next one is handed the same event under the same key."""
    ledger = Ledger()
    ledger.hold()
    async with living(stage, ledger):
        await stage.open(1, "09761000", "en")
        await ledger.is_offered(1)
        await stage.say(1, "Hilfe")
    assert ledger.rows == []
    ledger.go_on()
    async with living(stage, ledger):
        await ledger.has(2)
        await stage.say(1, "noch etwas")
        rows = await ledger.has(3)
    opened = Started(payload="09761000", language="en") if "link" in stage.can else Started()
    assert [row.incoming for row in rows] == [opened, Said(text="Hilfe"), Said(text="noch etwas")]
    assert len({row.event_key for row in rows}) == 3
    assert len({row.chat for row in rows}) == 1
    async with living(stage, ledger):
        await stage.say(1, "und noch etwas")
        rows = await ledger.has(4)
    assert [row.incoming for row in rows[3:]] == [Said(text="und noch etwas")]


async def test_what_was_written_while_nobody_received_is_there(stage: Stage) -> None:
    """In order, each person in a chat of their own."""
    ledger = Ledger()
    async with living(stage, ledger):
        for person in (1, 2):
            await stage.open(person)
        await ledger.has(2)
    for number in range(30):
        await stage.say(1 + number % 2, f"Satz {number}")
    async with living(stage, ledger):
        rows = await ledger.has(32)
    chats = list(dict.fromkeys(row.chat for row in rows))
    assert len(chats) == 2
    for chat in chats:
        texts = [row.incoming.text for row in rows if row.chat == chat and isinstance(row.incoming, Said)]
        assert len(texts) == 15
        assert texts == sorted(texts, key=lambda text: int(text.split()[1]))


async def test_texts_come_and_go_as_they_are(stage: Stage) -> None:
    """Markup, entities, emoji, right-to-left, line breaks: nothing of it means anything to a transport."""
    odd = '<b>fett</b> &amp; "Zitat" *x* _y_ [l](http://x) @room\n\u202babc 👩‍👩‍👧‍👦 שלום ``` a<b>c'
    ledger = Ledger()
    async with living(stage, ledger) as adapter:
        await stage.open(1)
        await stage.say(1, odd.replace("\n", " "))
        rows = await ledger.has(2)
        assert rows[1].incoming == Said(text=odd.replace("\n", " "))
        for style in ("plain", "question", "emergency", "copy", "contact", "notice"):
            assert isinstance(await put(adapter, rows[0].chat, Send(text=f"{style} {odd}", style=style)), Sent)
        assert await stage.shown(1) == [
            f"{style} {odd}" for style in ("plain", "question", "emergency", "copy", "contact", "notice")
        ]


async def test_a_long_text_arrives_whole_and_in_order(stage: Stage) -> None:
    """However many messages it takes; no emoji and no letter is cut through, and it is one delivery."""
    family, text = "👩‍👩‍👧‍👦", ""
    while len(text) < 12_000:
        text += f"Satz {len(text)} über Möglichkeiten. {family}é "
    async with begun(stage) as (adapter, chat, _):
        assert isinstance(await put(adapter, chat, Send(text=text, token=TOKEN, choices=QUESTION.choices)), Sent)
        shown = await stage.shown(1)
        assert " ".join(shown).split() == text.split()
        assert await stage.choices(1) == ["Ja", "Nein"]


async def test_a_text_without_a_gap_arrives_whole(stage: Stage) -> None:
    """Cut between two signs, never inside one."""
    family = "👩‍👩‍👧‍👦"
    async with begun(stage) as (adapter, chat, _):
        assert isinstance(await put(adapter, chat, Send(text=family * 1500)), Sent)
        shown = await stage.shown(1)
        assert "".join(shown) == family * 1500
        assert all(part.startswith("👩") and part.endswith("👦") for part in shown)


async def test_the_same_delivery_twice(stage: Stage) -> None:
    """An adapter that calls itself idempotent shows it once."""
    async with begun(stage) as (adapter, chat, _):
        delivery = str(uuid.uuid4())
        for _ in range(2):
            assert isinstance(await adapter.send(chat, delivery, Send(text="einmal"), None), Sent)
        assert len(await stage.shown(1)) == (1 if adapter.idempotent else 2)


async def test_a_press_is_the_option_of_its_question(stage: Stage) -> None:
    """With the token of the question that was tapped; and the question then shows what was chosen."""
    need(stage, "press", "edit")
    async with begun(stage) as (adapter, chat, ledger):
        sent = await put(adapter, chat, QUESTION)
        assert isinstance(sent, Sent)
        assert await stage.choices(1) == ["Ja", "Nein"]
        await stage.press(1, "Nein")
        rows = await ledger.has(2)
        assert rows[1].incoming == Pressed(token=TOKEN, option=1)
        assert rows[1].chat == chat
        original = Original(sent.remote_id, QUESTION)
        assert isinstance(await put(adapter, chat, Settle(token=TOKEN, chosen=("Nein",)), original), Sent)
        assert await stage.choices(1) == []
        assert "Nein" in (await stage.shown(1))[-1]
        assert "Ja" not in (await stage.shown(1))[-1]
        # Once more, and for a question whose text is gone: neither is an error.
        assert isinstance(await put(adapter, chat, Settle(token=TOKEN, chosen=("Nein",)), original), Sent)
        assert isinstance(await put(adapter, chat, Settle(token=TOKEN), Original(sent.remote_id, None)), Sent)
        assert len(await stage.shown(1)) == 1


async def test_a_list_is_ticked_in_place(stage: Stage) -> None:
    """The same message with the same buttons, some of them ticked."""
    need(stage, "press", "edit")
    asked = Send(
        text="Was war dabei?", choices=tuple(map(Choice, ("A", "B", "Fertig"))), token=TOKEN, expects="options"
    )
    async with begun(stage) as (adapter, chat, ledger):
        sent = await put(adapter, chat, asked)
        assert isinstance(sent, Sent)
        ticked = Settle(token=TOKEN, choices=(Choice("A"), Choice("B", ticked=True), Choice("Fertig")))
        assert isinstance(await put(adapter, chat, ticked, Original(sent.remote_id, asked)), Sent)
        assert len(await stage.shown(1)) == 1
        labels = await stage.choices(1)
        assert [labels[0], labels[2]] == ["A", "Fertig"]
        assert labels[1].endswith("B")
        assert labels[1] != "B"
        await stage.press(1, labels[1])
        assert (await ledger.has(2))[1].incoming == Pressed(token=TOKEN, option=1)


async def test_a_question_that_is_gone_is_settled_all_the_same(stage: Stage) -> None:
    """What was taken back, or never was there, cannot be edited, and that is nobody's trouble."""
    need(stage, "edit")
    async with begun(stage) as (adapter, chat, _):
        sent = await put(adapter, chat, QUESTION)
        assert isinstance(sent, Sent)
        assert isinstance(await adapter.forget(chat, [sent.remote_id]), Sent)
        settle = Settle(token=TOKEN, chosen=("Ja",))
        assert isinstance(await put(adapter, chat, settle, Original(sent.remote_id, QUESTION)), Sent)
        assert isinstance(await put(adapter, chat, settle, None), Sent)


async def test_messages_are_taken_back(stage: Stage) -> None:
    """All of them, the parts of a long one too; a second time is no error."""
    need(stage, "take_back")
    async with begun(stage) as (adapter, chat, _):
        outcomes = [await put(adapter, chat, Send(text=text)) for text in ("eins", "zwei", "drei " * 2000)]
        outcomes.append(await put(adapter, chat, Send(text="bleibt")))
        remotes = [one.remote_id for one in outcomes if isinstance(one, Sent)]
        for _ in range(2):
            assert isinstance(await adapter.forget(chat, remotes[:3]), Sent)
            assert await stage.shown(1) == ["bleibt"]


async def test_a_file_arrives_as_it_is(stage: Stage) -> None:
    """With its name and the words that go with it; nobody on the way changes a byte. It is taken back as words are."""
    need(stage, "file")
    file = File("protokoll.pdf", "application/pdf", bytes(range(256)) * 400)
    async with begun(stage) as (adapter, chat, _):
        sent = await put(adapter, chat, Send(text="Hier <ist> es.", style="notice", file=file))
        long = await put(adapter, chat, Send(text="lang " * 1500, file=file))
        assert isinstance(sent, Sent)
        assert isinstance(long, Sent)
        assert await stage.files(1) == [file, file]
        assert (await stage.shown(1))[0] == "Hier <ist> es."
        if "take_back" in stage.can:
            assert isinstance(await adapter.forget(chat, [sent.remote_id, long.remote_id]), Sent)
            assert await stage.files(1) == []
            assert await stage.shown(1) == []


async def test_whoever_blocks_is_left_alone(stage: Stage) -> None:
    """The ledger hears of it, and what is sent is refused for good."""
    need(stage, "block")
    async with begun(stage) as (adapter, chat, ledger):
        await stage.block(1)
        assert (await ledger.has(2))[1].incoming == Stopped()
        outcome = await put(adapter, chat, Send(text="x"))
        assert isinstance(outcome, Refused)
        assert outcome.reason in {"blocked", "gone"}


async def test_an_answer_that_got_lost_is_unknown(stage: Stage) -> None:
    """Neither sent nor not sent: what follows is the ledger's to decide."""
    need(stage, "lose")
    async with begun(stage) as (adapter, chat, _):
        stage.lose_answer()
        assert await put(adapter, chat, Send(text="vielleicht")) == Unknown()
        assert await stage.shown(1) == ["vielleicht"]


async def test_without_a_connection_nothing_is_sent(stage: Stage) -> None:
    """And the adapter knows it: such a message may be repeated as often as needed."""
    need(stage, "reconnect")
    async with begun(stage) as (adapter, chat, _):
        await stage.cut()
        assert isinstance(await put(adapter, chat, Send(text="nie")), NotSent)
        assert await stage.shown(1) == []


async def test_whoever_has_stood_in_line_is_sent_at_once(stage: Stage) -> None:
    """A transport with a pace lets wait before a delivery is handed over: nothing shows then, and nothing waits after.

    So whoever dies waiting has certainly not sent it.
    """
    async with begun(stage) as (adapter, chat, _):
        if not isinstance(adapter, Paced):
            pytest.skip("this transport has no pace")
        waited = sent = 0.0
        for number in range(6):
            delivery, effect = str(uuid.uuid4()), Send(text=str(number))
            before = await stage.shown(1)
            waited -= time.monotonic()
            assert await adapter.line_up(chat, delivery, effect, None) is None
            waited += time.monotonic()
            assert await stage.shown(1) == before
            sent -= time.monotonic()
            assert isinstance(await adapter.send(chat, delivery, effect, None), Sent)
            sent += time.monotonic()
        assert await stage.shown(1) == [str(number) for number in range(6)]
        assert sent < waited


async def test_whatever_a_person_sends_is_handed_over(stage: Stage) -> None:
    """Nothing that a person can send stays without an answer, and none of it stops what comes behind."""
    if not stage.odd:
        pytest.skip("this transport sends text only")
    ledger = Ledger()
    async with living(stage, ledger):
        await stage.open(1)
        chat = (await ledger.has(1))[0].chat
        for kind in stage.odd:
            await stage.send_odd(1, kind)
        await stage.say(1, "danach")
        rows = await ledger.has(len(stage.odd) + 2)
    assert all(row.chat == chat for row in rows)
    for kind, row in zip(stage.odd, rows[1:-1], strict=True):
        assert isinstance(row.incoming, Unreadable), kind
    assert rows[-1].incoming == Said(text="danach")


async def test_a_hundred_messages_in_a_burst(stage: Stage) -> None:
    """All of them, in order."""
    ledger = Ledger()
    async with living(stage, ledger):
        await stage.open(1)
        await ledger.has(1)
        for number in range(100):
            await stage.say(1, str(number))
            if number % 20 == 19:
                await asyncio.sleep(0.01)
        rows = await ledger.has(101)
    assert [row.incoming for row in rows[1:]] == [Said(text=str(number)) for number in range(100)]
