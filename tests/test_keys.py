"""The key ring: what it refuses, what it keeps apart, and how it survives a rotation."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.keys import DataKey, KeyFileError, KeyRing, KeyRingError, Tampered, UnknownKey, make_mac, sealed_with

PLACE = b"inbox|body|row||"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the key file is."""
    return tmp_path / "data" / "lotse.keys"


@pytest.fixture
def ring(path: Path) -> KeyRing:
    """A fresh ring."""
    return KeyRing.open(path)


@pytest.fixture
def key(ring: KeyRing) -> DataKey:
    """A data key."""
    return ring.data_key(PLACE, ring.make_data_key(PLACE))


def test_the_file_is_made_for_its_owner_only(ring: KeyRing, path: Path) -> None:
    """0600 in a folder of 0700, and opened again as it is."""
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    again = KeyRing.open(path)
    assert again.active == ring.active
    assert again.blind_index("x", "y") == ring.blind_index("x", "y")
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o660])
def test_a_file_that_others_can_read_is_refused(ring: KeyRing, path: Path, mode: int) -> None:
    """With the command that mends it."""
    path.chmod(mode)
    with pytest.raises(KeyFileError, match="chmod 600"):
        KeyRing.open(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_file_of_somebody_else_is_refused(ring: KeyRing, path: Path) -> None:
    """They could change it."""
    os.chown(path, 12345, 12345)
    with pytest.raises(KeyFileError, match="gehört"):
        KeyRing.open(path)


def test_a_missing_file_is_not_made_unasked(path: Path) -> None:
    """A new one would make everything unreadable."""
    with pytest.raises(KeyFileError, match="fehlt"):
        KeyRing.open(path, create=False)
    assert not path.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.pop("base"),
        lambda body: body.update(active="00000000"),
        lambda body: body.update(base="AAAA"),
        lambda body: body.update(keys={"12345678": "!"}),
        lambda body: body.update(keys=[]),
        lambda body: body.update(format=2),
    ],
)
def test_a_damaged_file_is_refused(ring: KeyRing, path: Path, change: object) -> None:
    """Whatever is wrong with it, and without quoting it."""
    body = json.loads(path.read_bytes())
    change(body)  # type: ignore[operator]
    path.write_text(json.dumps(body))
    with pytest.raises(KeyFileError, match="Bitte") as caught:
        KeyRing.open(path)
    assert "AAAA" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"null"])
def test_no_key_file_at_all(ring: KeyRing, path: Path, content: bytes) -> None:
    """Not JSON, not ours."""
    path.write_bytes(content)
    with pytest.raises(KeyFileError, match="beschädigt"):
        KeyRing.open(path)


@given(st.binary(max_size=2000), st.sampled_from([64, 256]))
def test_what_is_sealed_can_be_opened(plain: bytes, step: int) -> None:
    """Any bytes, padding included, come back; the length tells only the step."""
    key = DataKey(b"abcd", bytes(32))
    sealed = key.seal(PLACE, plain, step)
    assert key.open(PLACE, sealed) == plain
    assert (len(sealed) - 33) % step == 0


def test_lengths_do_not_talk(key: DataKey) -> None:
    """The words "ja" and "nein, auf keinen Fall" look the same."""
    assert len(key.seal(PLACE, b"ja", 256)) == len(key.seal(PLACE, b"nein, auf keinen Fall", 256))
    assert key.seal(PLACE, b"ja", 256) != key.seal(PLACE, b"ja", 256)


def test_every_flipped_bit_is_noticed(key: DataKey) -> None:
    """In version, key id, nonce, ciphertext and tag."""
    sealed = key.seal(PLACE, b"geheim", 64)
    for place in range(len(sealed)):
        for bit in (0x01, 0x80):
            changed = bytearray(sealed)
            changed[place] ^= bit
            with pytest.raises((Tampered, UnknownKey)):
                key.open(PLACE, bytes(changed))


def test_every_truncation_is_noticed(key: DataKey) -> None:
    """From the whole down to nothing, and with something added."""
    sealed = key.seal(PLACE, b"geheim", 64)
    for length in range(len(sealed)):
        with pytest.raises((Tampered, UnknownKey)):
            key.open(PLACE, sealed[:length])
    with pytest.raises(Tampered):
        key.open(PLACE, sealed + b"\0")


@pytest.mark.parametrize(
    "place", [b"inbox|body|other||", b"inbox|other|row||", b"delivery|body|row||", b"inbox|body|row|06412000|", b""]
)
def test_a_value_cannot_be_moved(key: DataKey, place: bytes) -> None:
    """Neither to another row, column, table nor tenant."""
    with pytest.raises(Tampered):
        key.open(place, key.seal(PLACE, b"geheim", 64))


def test_a_value_of_another_key_is_refused(ring: KeyRing, key: DataKey) -> None:
    """Every conversation has its own."""
    other = ring.data_key(PLACE, ring.make_data_key(PLACE))
    with pytest.raises(UnknownKey):
        other.open(PLACE, key.seal(PLACE, b"geheim", 64))


def test_a_data_key_cannot_be_moved(ring: KeyRing) -> None:
    """It is bound to its row as well."""
    with pytest.raises(Tampered):
        ring.data_key(b"conversation|dek|other||", ring.make_data_key(PLACE))


def test_rotation(ring: KeyRing, path: Path) -> None:
    """Data keys are wrapped anew; what they seal is not touched; the old master key is then refused with a cure."""
    wrapped = ring.make_data_key(PLACE)
    sealed = ring.data_key(PLACE, wrapped).seal(PLACE, b"geheim", 64)
    fresh = ring.add_master_key()
    assert fresh.key_ids == (*ring.key_ids, fresh.active)
    assert fresh.data_key(PLACE, wrapped).open(PLACE, sealed) == b"geheim"
    anew = fresh.rewrap(PLACE, wrapped)
    assert (sealed_with(wrapped), sealed_with(anew)) == (ring.active, fresh.active)
    with pytest.raises(KeyRingError, match="in Gebrauch"):
        fresh.drop_master_key(fresh.active)
    last = fresh.drop_master_key(ring.active)
    assert KeyRing.open(path).key_ids == (fresh.active,)
    assert last.data_key(PLACE, anew).open(PLACE, sealed) == b"geheim"
    with pytest.raises(UnknownKey, match=f"{ring.active}.*Bitte"):
        last.data_key(PLACE, wrapped)
    assert last.blind_index("address", "x") == ring.blind_index("address", "x")
    with pytest.raises(UnknownKey):
        last.drop_master_key("00000000")


def test_open_keys_can_be_let_go(ring: KeyRing) -> None:
    """After a key was shredded none of it stays in memory."""
    wrapped = ring.make_data_key(PLACE)
    first = ring.data_key(PLACE, wrapped)
    assert ring.data_key(PLACE, wrapped) is first
    ring.forget_open_keys()
    assert ring.data_key(PLACE, wrapped) is not first


@given(st.binary(min_size=1, max_size=100), st.binary(max_size=300))
def test_the_mac_is_hmac_sha256(key: bytes, message: bytes) -> None:
    """RFC 2104, against the standard library."""
    assert make_mac(key)(message) == hmac.new(key, message, hashlib.sha256).digest()


def test_purposes_are_kept_apart(ring: KeyRing, tmp_path: Path) -> None:
    """The same words under two purposes, or in two installations, have nothing in common."""
    assert ring.blind_index("address", "x") == ring.blind_index("address", "x")
    assert ring.blind_index("address", "x") != ring.blind_index("event", "x")
    assert ring.blind_index("address", "x") != KeyRing.open(tmp_path / "other").blind_index("address", "x")
    assert ring.derive("a") != ring.derive("b")
    assert len(ring.blind_index("address", "x")) == 16


def test_seeds(ring: KeyRing) -> None:
    """24 hex digits; the same for the same try of the same row, another for the next try."""
    seed = ring.seed(b"row", 1)
    assert len(seed) == 24
    assert seed == ring.seed(b"row", 1)
    assert seed != ring.seed(b"row", 2)
    int(seed, 16)


def test_nothing_secret_is_shown(ring: KeyRing, path: Path) -> None:
    """Neither the ring nor a data key says what it holds."""
    body = json.loads(path.read_bytes())
    shown = repr(ring) + repr(ring._content) + repr(ring.data_key(PLACE, ring.make_data_key(PLACE)))
    assert body["base"] not in shown
    assert all(key not in shown for key in body["keys"].values())
