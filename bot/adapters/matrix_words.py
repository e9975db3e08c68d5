"""What the adapter says by itself: about the room and the encryption, never about what happened to somebody.

The engine's sentences need a conversation and its language; these are said where there is none, or must not be one. So
they stand in German and English, one below the other, in words that everybody understands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

Reason = Literal["unencrypted", "group", "public", "clear"]
"""Why nothing personal is said in a room: it has no encryption, somebody else is in it, anybody can read it; or, of one
message, that it came without encryption."""

_EMERGENCY: Final = "In Gefahr: 110. Verletzt oder Suizidgedanken: 112.\nIn danger: 110. Injured or suicidal: 112."

NOTICES: Final[Mapping[Reason, str]] = {
    "unencrypted": (
        "Dieser Raum ist nicht verschlüsselt. Ich antworte hier nicht, damit niemand mitliest. Bitte schalten Sie die "
        "Verschlüsselung ein oder beginnen Sie einen neuen, verschlüsselten Chat mit mir.\n\n"
        "This room is not encrypted. I do not answer here, so that nobody can read along. Please turn encryption on, "
        "or begin a new encrypted chat with me."
    ),
    "group": (
        "Hier ist noch jemand im Raum. Ich spreche nur unter vier Augen und schweige, bis wir wieder zu zweit sind. "
        "Oder Sie beginnen einen neuen Chat nur mit mir.\n\n"
        "Somebody else is in this room. I only talk in private and stay silent until it is just the two of us again. "
        "Or you begin a new chat with me alone."
    ),
    "public": (
        "Diesen Raum können andere betreten oder mitlesen. Ich antworte hier nicht. Bitte beginnen Sie einen neuen, "
        "privaten Chat mit mir.\n\n"
        "Others can enter this room or read it. I do not answer here. Please begin a new private chat with me."
    ),
    "clear": (
        "Ihre Nachricht kam unverschlüsselt an. Ich habe sie nicht gespeichert und antworte nicht darauf. Bitte "
        "schreiben Sie noch einmal aus einer App, die verschlüsselt.\n\n"
        "Your message arrived unencrypted. I have not stored it and do not answer it. Please write again from an app "
        "that encrypts."
    ),
}  # fmt: skip

ENCRYPTED_NOW: Final = (
    "Ich habe die Verschlüsselung dieses Chats eingeschaltet.\n\nI have turned on the encryption of this chat."
)

NEW_DEVICE: Final = (
    "Ich melde mich mit einem neuen Gerät. Das liegt an einer Störung bei uns, nicht an Ihnen. Was Sie in der "
    "Zwischenzeit geschrieben haben, kann ich vielleicht nicht öffnen; bitte schicken Sie es dann noch einmal.\n\n"
    "I am writing from a new device. The reason is a fault on our side, not yours. I may not be able to open what you "
    "wrote in the meantime; please send it again then."
)


def notice(reason: Reason) -> str:
    """What is said about a room that is not private, with the numbers that are always right."""
    return f"{NOTICES[reason]}\n\n{_EMERGENCY}"
