"""The keys of the device: unreadable without ours, held by one process, and known to be lost when they are."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.adapters.matrix_device import Access, Device, MatrixUnusableError, Session
from bot.adapters.matrix_store import FILE, Folder, StoreHeldError
from bot.flows.exchange import Send
from tests.matrix.desk import Books, Desk
from tests.matrix.person import Person

pytestmark = [pytest.mark.synapse, pytest.mark.slow]

MakeDesk = Callable[..., Awaitable[Desk]]
MakeSomeone = Callable[[], Awaitable[Person]]


def _answer(_: object) -> list[Send]:
    return [Send(text="gehört")]


async def test_nobody_learns_who_writes(
    make_desk: MakeDesk, make_someone: MakeSomeone, access: Access, tmp_path: Path
) -> None:
    """Neither persons nor rooms nor the account stand in the folder; others cannot enter it."""
    desk = await make_desk(Books(), answers=_answer)
    person = await make_someone()
    await person.enter()
    await person.hears("gehört")
    await desk.end()
    folder = tmp_path / "matrix"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    everything = b"".join(path.read_bytes() for path in folder.iterdir())
    for name in (person.user, person.room, access.user, "megolm", "SQLite format"):
        assert name.encode() not in everything


async def test_one_process_at_a_time(make_desk: MakeDesk, access: Access, tmp_path: Path) -> None:
    """A second one would wreck the keys."""
    await make_desk(books := Books())
    with pytest.raises(StoreHeldError):
        await Device(access, tmp_path / "matrix", books).open()


async def test_lost_keys_make_a_new_signed_device(
    make_desk: MakeDesk, make_someone: MakeSomeone, tmp_path: Path
) -> None:
    """The account stays the same, the members are told once, and the talk goes on."""
    books = Books()
    desk = await make_desk(books, answers=_answer)
    person = await make_someone()
    await person.enter()
    await person.say("eins")
    await person.until(lambda: books.said(person.room) == ["eins"])
    before, fingerprint = desk.matrix.device.session.device, await desk.matrix.device.fingerprint()
    await desk.end()
    shutil.rmtree(tmp_path / "matrix")
    desk = await make_desk(books, answers=_answer)
    await person.hears("Ich melde mich mit einem neuen Gerät")
    assert desk.matrix.device.session.device != before
    assert await desk.matrix.device.fingerprint() == fingerprint
    assert desk.matrix.device.signed == "signed"
    await person.say("zwei")
    await person.until(lambda: books.said(person.room) == ["eins", "zwei"])
    await desk.end()
    desk = await make_desk(books, answers=_answer)
    await person.say("drei")
    await person.until(lambda: books.said(person.room) == ["eins", "zwei", "drei"])
    assert len([text for text in person.texts if "neuen Gerät" in text]) == 1


async def test_an_old_copy_of_the_keys_is_no_cure(
    make_desk: MakeDesk, make_someone: MakeSomeone, tmp_path: Path
) -> None:
    """Keys that were restored from a backup are known to be old: a new device."""
    books = Books()
    desk = await make_desk(books)
    await desk.end()
    shutil.copytree(tmp_path / "matrix", tmp_path / "copy")
    desk = await make_desk(books, answers=_answer)
    before = desk.matrix.device.session.device
    await desk.end()
    shutil.rmtree(tmp_path / "matrix")
    shutil.copytree(tmp_path / "copy", tmp_path / "matrix")
    desk = await make_desk(books, answers=_answer)
    assert desk.matrix.device.session.device != before
    person = await make_someone()
    await person.enter()
    await person.hears("gehört")


async def test_without_a_password_lost_keys_are_said_to_be_lost(access: Access, tmp_path: Path) -> None:
    """With a token alone there is no way to another device; the operator is told what is missing."""
    books = Books()
    device = Device(access, tmp_path / "matrix", books)
    await device.open()
    session = device.session
    await device.close()
    (tmp_path / "matrix" / FILE).unlink()
    bare = Access(homeserver=access.homeserver, user=access.user, token=session.token, device=session.device)
    with pytest.raises(MatrixUnusableError, match="LOTSE_MATRIX_PASSWORD"):
        await Device(bare, tmp_path / "matrix", books).open()


async def test_a_token_and_a_device_are_enough(access: Access, tmp_path: Path) -> None:
    """Without a password in the settings: a session that exists is used as it is."""
    device = Device(access, tmp_path / "matrix", Books())
    await device.open()
    token = device.session.token
    await device.close()
    bare = Access(homeserver=access.homeserver, user=access.user, token=token, device=device.session.device)
    books = Books(secrets={"cross_signing": (await device._keepsakes.read("cross_signing")) or b""})
    Folder(tmp_path / "matrix").clear()
    other = Device(bare, tmp_path / "matrix2", books)
    assert isinstance(await other._remembered(), Session)
    assert other.session.device == device.session.device
    assert other.session.token == token
