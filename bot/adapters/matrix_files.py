"""A file in an encrypted room: encrypted here, kept by the homeserver as bytes that it cannot read.

Each try has a key of its own. What an earlier try has put there stays unreadable for everybody; of two events with the
same transaction id the homeserver keeps the first.

Source: Matrix 1.15, client-server API, "Sending encrypted attachments" and `m.file`.
"""

from __future__ import annotations

from typing import Any, Final

from nio import AsyncClient
from nio.crypto.attachments import encrypt_attachment

from bot.adapters import matrix_wire as wire
from bot.flows.exchange import File

_UPLOAD: Final = "/_matrix/media/v3/upload"


async def put(client: AsyncClient, file: File) -> dict[str, Any]:
    """Put a file there; returns the content of the event that shows it.

    Raises:
        NotReachedError, UnheardError, TokenLostError, RefusedError: as `wire.demand`. No event was sent in any case.
    """
    hidden, keys = encrypt_attachment(file.data)
    answer = await wire.demand(client, "POST", _UPLOAD, hidden)
    return {
        "msgtype": "m.file",
        "body": file.name,
        "filename": file.name,
        "info": {"mimetype": file.media, "size": len(file.data)},
        "file": {**keys, "url": answer["content_uri"]},
        "m.mentions": {},
    }
