"""A look at the other end for `lotse doctor`: does the session hold, and is the device signed. It changes nothing."""

from __future__ import annotations

import asyncio
from typing import Final, Literal, NamedTuple

import msgspec
from nio import AsyncClient

from bot.adapters import matrix_signing as signing
from bot.adapters import matrix_wire as wire
from bot.adapters.matrix_device import Session

PATIENCE: Final = 8.0
"""Seconds for the question."""

Trouble = Literal["", "not_begun", "offline", "session_lost", "unexpected"]


class Seen(NamedTuple):
    """What was seen. `ours`: the account's signing keys are the Lotse's; `signed`: they have signed this device.

    `others`: how many more devices the account has; `fingerprint`: of the account, for comparing.
    """

    trouble: Trouble = ""
    device: str = ""
    ours: bool = False
    signed: bool = False
    others: int = 0
    fingerprint: str = ""


async def look(homeserver: str, user: str, session: bytes | None, seeds: bytes | None) -> Seen:
    """Ask for the keys of our own account. `session`, `seeds`: the keepsakes, None before the first start."""
    if session is None or seeds is None:
        return Seen("not_begun")
    kept = msgspec.msgpack.decode(session, type=Session)
    signer = signing.Signer(user, signing.decode(seeds))
    if not kept.token:
        return Seen("not_begun", kept.device, fingerprint=signer.fingerprint)
    client = AsyncClient(homeserver, user)
    client.client_session = wire.open_session()
    try:
        async with asyncio.timeout(PATIENCE):
            asked: dict[str, dict[str, list[str]]] = {"device_keys": {user: []}}
            known = await wire.demand(client, "POST", wire.path("keys", "query"), asked, token=kept.token)
    except (wire.NotReachedError, wire.UnheardError, TimeoutError):
        return Seen("offline", kept.device, fingerprint=signer.fingerprint)
    except wire.TokenLostError:
        return Seen("session_lost", kept.device, fingerprint=signer.fingerprint)
    except wire.RefusedError:
        return Seen("unexpected", kept.device, fingerprint=signer.fingerprint)
    finally:
        await client.close()
    devices = known.get("device_keys", {}).get(user, {})
    device = devices.get(kept.device)
    return Seen(
        "",
        kept.device,
        ours=signer.has_our_keys(known),
        signed=device is not None and signer.has_signed(device),
        others=len(devices) - (device is not None),
        fingerprint=signer.fingerprint,
    )
