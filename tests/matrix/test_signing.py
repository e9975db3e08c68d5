"""Cross-signing: clients that trust signed devices only talk with the Lotse, both ways."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.adapters import matrix_signing as signing
from bot.adapters.matrix_device import Access, Device
from bot.flows.exchange import Send
from tests.matrix.desk import Books, Desk
from tests.matrix.nodeperson import demand_node, node_person
from tests.synapse import SynapseServer

MakeDesk = Callable[..., Awaitable[Desk]]


def test_keys_are_signed_as_the_specification_says() -> None:
    """The second and third key carry the first one's signature over canonical JSON, which anybody can verify."""
    seeds = signing.Seeds.fresh()
    assert signing.decode(signing.encode(seeds)) == seeds
    signer = signing.Signer("@lotse:stadt.example", seeds)
    keys = signer.keys()
    master = Ed25519PrivateKey.from_private_bytes(seeds.master).public_key()
    for role in ("self_signing", "user_signing"):
        key = keys[f"{role}_key"]
        assert key["usage"] == [role]
        signature = key["signatures"]["@lotse:stadt.example"][f"ed25519:{signer.public('master')}"]
        bare = {name: value for name, value in key.items() if name != "signatures"}
        master.verify(base64.b64decode(signature + "=="), signing.canonical(bare))
    assert "signatures" not in keys["master_key"]


def test_canonical_json() -> None:
    """The specification's own examples."""
    assert signing.canonical({"b": "2", "a": "1"}) == b'{"a":"1","b":"2"}'
    assert signing.canonical({"本": 2, "日": 1}) == '{"日":1,"本":2}'.encode()
    assert signing.canonical({"a": "\u65e5"}) == '{"a":"日"}'.encode()


def test_a_signature_is_recognised() -> None:
    """Only our own, over these very keys."""
    signer = signing.Signer("@lotse:a", signing.Seeds.fresh())
    device = {"device_id": "A", "user_id": "@lotse:a", "keys": {}, "unsigned": {"x": 1}}
    signed = signer.sign_device(device)
    assert signer.has_signed(signed)
    assert not signer.has_signed(device)
    assert not signer.has_signed({**signed, "device_id": "B"})
    assert not signing.Signer("@lotse:a", signing.Seeds.fresh()).has_signed(signed)


@pytest.mark.synapse
@pytest.mark.node
@pytest.mark.slow
@pytest.mark.parametrize("strict", [False, True], ids=["normal", "strict"])
async def test_another_client_talks_with_us(
    make_desk: MakeDesk, synapse: SynapseServer, access: Access, *, strict: bool
) -> None:
    """Element's own engine, also in the mode in which a device that its owner has not signed does not exist."""
    demand_node()
    books = Books()
    await make_desk(books, answers=lambda one: [Send(text=f"gehört: {type(one.incoming).__name__}")])
    async with node_person(synapse.url, synapse.register(), access.user, strict=strict) as person:
        await person.enter()
        await person.hears("gehört: Started")
        await person.say("hallo")
        await person.hears("gehört: Said")
        assert person.unreadable == []
        assert books.said(person.room) == ["hallo"]
        trust = await person.ask("trust")
        assert [one["signed"] for one in trust["devices"]] == [True]


@pytest.mark.synapse
@pytest.mark.slow
async def test_keys_of_somebody_else_are_replaced(access: Access, tmp_path: Path) -> None:
    """An administrator once logged in with an app and made keys: with the password ours take their place."""
    first, second = Books(), Books()
    one = Device(access, tmp_path / "one", first)
    await one.open()
    assert one.signed == "signed"
    await one.close()
    other = Device(access, tmp_path / "other", second)
    await other.open()
    assert other.signed == "signed"
    assert await other.fingerprint() != await one.fingerprint()
    await other.close()


@pytest.mark.synapse
@pytest.mark.slow
async def test_replacing_keys_needs_the_password(access: Access, tmp_path: Path) -> None:
    """With a token alone the bot talks on, and says that its device is not signed."""
    first = Device(access, tmp_path / "one", Books())
    await first.open()
    await first.close()
    second = Device(access, tmp_path / "two", books := Books())
    second.session = second._chosen()
    await second._log_in()
    bare = Access(
        homeserver=access.homeserver, user=access.user, token=second.session.token, device=second.session.device
    )
    books.secrets.clear()
    unsigned = Device(bare, tmp_path / "two", books)
    await unsigned.open()
    assert unsigned.signed == "password_needed"
    await unsigned.close()
