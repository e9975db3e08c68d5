"""The peer of `bench.matrix`: a bot as matrix-nio's examples show it. It says back what it hears, and keeps nothing."""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path
from typing import Any

from nio import AsyncClient, AsyncClientConfig, InviteMemberEvent, RoomMessageText


async def main() -> None:
    """Run until the process is ended."""
    logging.getLogger("nio").setLevel(logging.CRITICAL)
    store = Path(os.environ["LOTSE_DATA_DIR"])
    config = AsyncClientConfig(store_sync_tokens=True, encryption_enabled=True)
    client = AsyncClient(
        os.environ["LOTSE_MATRIX_HOMESERVER"], os.environ["LOTSE_MATRIX_USER"], store_path=str(store), config=config
    )
    await client.login(os.environ["LOTSE_MATRIX_PASSWORD"])

    async def enter(room: Any, _: InviteMemberEvent) -> None:  # noqa: ANN401 - nio ships no types
        await client.join(room.room_id)

    async def answer(room: Any, event: RoomMessageText) -> None:  # noqa: ANN401
        if event.sender != client.user_id:
            content = {"msgtype": "m.text", "body": event.body}
            await client.room_send(room.room_id, "m.room.message", content, ignore_unverified_devices=True)

    client.add_event_callback(enter, InviteMemberEvent)
    client.add_event_callback(answer, RoomMessageText)
    await client.sync_forever(timeout=30_000, full_state=True)


if __name__ == "__main__":
    asyncio.run(main())
