"""How a conversation begins, and how it goes on: the first messages, and back to the open question.

Where others can read along, a person is warned first and asked whether to go on here (`CONSENT`); `greeted` is set once
they do: by saying so, or by telling what happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from bot.flows.asking import Asked, make_asked
from bot.flows.calling import HUMANS, name_humans
from bot.flows.emergency import emergency_numbers
from bot.flows.overlay import Overlay, lay, lift
from bot.flows.walking import RECEPTION, begin, enter, leave, refuse, run, take
from bot.flows.wording import phrase

if TYPE_CHECKING:
    from bot.flows.walk import Walk

# In the data of a question of the Lotse's own: what happened was told before it was answered.
TOLD: Final = "told"


def greet(walk: Walk) -> None:
    """The first messages. Where others can read along they warn of it, and end with whether to go on here."""
    walk.c.greeted = walk.world.transport.encrypted
    if not walk.c.greeted:
        walk.say("telegram", link=walk.encrypted_link("telegram_link"))
    start_over(walk)
    if walk.c.greeted:
        return
    if walk.open_question() is None:
        walk.c.greeted = True  # nothing is released: there is nothing to go on with
        return
    walk.effects.pop()
    lay(walk, CONSENT)


def start_over(walk: Walk) -> None:
    """From the first message on."""
    leave(walk)
    begin(walk, RECEPTION)


def is_lost(walk: Walk) -> bool:
    """Whether the conversation stands somewhere that this program cannot find any more."""
    return walk.c.at is not None and walk.node() is None


def begin_again(walk: Walk) -> None:
    """Say that it cannot be found any more, and begin at the reception."""
    walk.say("outdated")
    receive(walk)


def receive(walk: Walk) -> None:
    """Stand at the first question of the reception, without saying its first messages again."""
    program = walk.library[RECEPTION]
    if refuse(walk, program):
        return
    leave(walk)
    enter(walk, program)
    sent = len(walk.effects)
    run(walk)
    del walk.effects[sent:-1]


def go_on(walk: Walk) -> None:
    """Back to the playbook's question, or to listening."""
    lift(walk)
    asked = walk.open_question()
    if asked is not None and not walk.c.greeted:
        lay(walk, CONSENT)
    elif asked is not None:
        walk.ask(asked)
    elif walk.c.at is not None:
        run(walk)
    else:
        walk.c.token = ""
        walk.say("idle")


def resume(walk: Walk) -> None:
    """Back to the playbook's question; where there is none, the news that follow are enough."""
    if walk.c.at is not None:
        go_on(walk)
    else:
        lift(walk)
        walk.c.token = ""


def go_on_or_greet(walk: Walk) -> None:
    """Back to where it stood; whoever has not been greeted is."""
    if walk.c.greeted:
        go_on(walk)
    else:
        greet(walk)


def go_on_with_told(walk: Walk, *, told: bool) -> None:
    """With what was told before the question that lay here, and is not asked again; else back to where it stood."""
    c = walk.c
    lift(walk)
    if not told:
        go_on_or_greet(walk)
        return
    may_mean = c.offered, c.nearby, c.waiting
    begins = walk.node() is None
    if not c.greeted:
        greet(walk)
    elif begins:
        receive(walk)
    node = walk.node()
    if node is None:
        return
    c.offered, c.nearby, c.waiting = may_mean
    if c.overlay:
        c.overlay_data = (TOLD,)
        return
    if begins:
        walk.effects.pop()
    take(walk, node, "")


def turn_to_humans(walk: Walk, kinds: Sequence[str] = HUMANS) -> None:
    """Name people instead of the question that lay over the playbook's, and go on where it stood, if anywhere."""
    lift(walk)
    name_humans(walk, kinds)
    if walk.c.at is not None:
        go_on(walk)


def _ask_consent(walk: Walk) -> Asked:
    rows = [("!yes", phrase("consent_yes", walk.language), ""), ("!no", phrase("consent_no", walk.language), "")]
    return make_asked((phrase("consent", walk.language),), rows, "option")


def _act_consent(walk: Walk, act: str) -> None:
    """Whoever rather does not go on here gets people to talk to; the next message begins with the warning again."""
    if act == "!no":
        leave(walk)
        numbers = emergency_numbers(walk.language)
        walk.say("consent_refused", link=walk.encrypted_link("consent_link"), numbers=numbers)
        name_humans(walk)
        return
    walk.c.greeted = True
    go_on_with_told(walk, told=TOLD in walk.c.overlay_data)


CONSENT: Final = Overlay("consent", _ask_consent, _act_consent)
