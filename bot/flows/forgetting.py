"""Deleting everything, after one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.flows import moments
from bot.flows.asking import Asked, make_asked
from bot.flows.conversation import Conversation
from bot.flows.exchange import CancelTimers, Forget
from bot.flows.greeting import go_on
from bot.flows.overlay import Overlay
from bot.flows.wording import phrase

if TYPE_CHECKING:
    from bot.flows.walk import Walk


def _case_part(walk: Walk) -> str:
    return phrase("delete_case", walk.language, number=walk.c.case) if walk.c.case else ""


def _ask_delete(walk: Walk) -> Asked:
    rows = [("!yes", phrase("yes", walk.language), ""), ("!no", phrase("no", walk.language), "")]
    return make_asked((phrase("delete_ask", walk.language, case=_case_part(walk)),), rows, "option")


def _act_delete(walk: Walk, act: str) -> None:
    if act != "!yes":
        walk.say("not_deleted")
        go_on(walk)
        return
    today = moments.show_day(walk.today(), walk.language)
    walk.say("deleted", today=today, case=_case_part(walk))
    if walk.world.transport.takes_back:
        walk.say("taken_back", hours=walk.world.transport.takes_back)
    elif walk.world.transport.redacts:
        walk.say("redacted")
    walk.emit(CancelTimers())
    walk.emit(Forget())
    walk.program = None
    walk.c = Conversation(language=walk.c.language, muted=True)


DELETE: Final = Overlay("delete", _ask_delete, _act_delete)
