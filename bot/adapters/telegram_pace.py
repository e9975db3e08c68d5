"""How fast messages may go out: about one a second in a chat, about thirty a second in all, small bursts apart.

Owns: when the next message may go. Each limit is a virtual clock (GCRA, the leaky bucket as a meter): it runs ahead
by one interval per message and must not be further ahead than a burst. A 429 stops the chat that got it, and everybody
only when several chats get one within a second: then it is the limit of all.

Source: https://core.telegram.org/bots/faq (1 message a second in a chat, 30 a second overall, 20 a minute in a group).
"""

from __future__ import annotations

from collections import deque
from typing import Final

CHAT_EVERY: Final = 1.0
CHAT_BURST: Final = 4
GROUP_EVERY: Final = 3.75
OVERALL_EVERY: Final = 1 / 25
OVERALL_BURST: Final = 5
"""Seconds a message, and how many may go at once. Together never more than thirty within one second, nor in a group
more than twenty within a minute: four at once and sixteen after them."""

MANY_CHATS: Final = 3
AT_ONCE: Final = 1.0
"""So many chats that are told to wait within so many seconds: it is the limit of all."""

_MOST_KEPT: Final = 10_000


class Pace:
    """All limits of one account. `now` everywhere: seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._chats: dict[str, float] = {}
        self._held: dict[str, float] = {}
        self._all = 0.0
        self._all_held = 0.0
        self._told: deque[tuple[float, str]] = deque(maxlen=64)

    def reserve(self, chat: str, now: float, most: float, *, urgent: bool = False, edit: bool = False) -> float:
        """Seconds until a message may go; its place is kept unless that is more than `most`.

        An urgent one waits only for what a 429 has stopped. An edit counts overall only.
        """
        delay = self._delay(chat, now, urgent=urgent, edit=edit)
        if delay <= most:
            self._take(chat, now, edit=edit)
        return delay

    def _delay(self, chat: str, now: float, *, urgent: bool, edit: bool) -> float:
        stopped = max(self._held.get(chat, 0.0), self._all_held) - now
        if urgent:
            return max(stopped, 0.0)
        overall = self._all - now - OVERALL_BURST * OVERALL_EVERY
        own = 0.0 if edit else self._chats.get(chat, 0.0) - now - (CHAT_BURST - 1) * _every(chat)
        return max(stopped, overall, own, 0.0)

    def _take(self, chat: str, now: float, *, edit: bool) -> None:
        self._all = max(self._all, now) + OVERALL_EVERY
        if not edit:
            if len(self._chats) >= _MOST_KEPT:
                self._chats = {name: ahead for name, ahead in self._chats.items() if ahead > now}
            self._chats[chat] = max(self._chats.get(chat, 0.0), now) + _every(chat)

    def hold(self, chat: str, seconds: float, now: float) -> None:
        """A 429 came for this chat."""
        if len(self._held) >= _MOST_KEPT:
            self._held = {name: until for name, until in self._held.items() if until > now}
        self._held[chat] = max(self._held.get(chat, 0.0), now + seconds)
        self._told.append((now, chat))
        if len({name for at, name in self._told if now - at <= AT_ONCE}) >= MANY_CHATS:
            self._all_held = max(self._all_held, now + seconds)


def _every(chat: str) -> float:
    return GROUP_EVERY if chat.startswith("-") else CHAT_EVERY
