"""What a person does with their case: adding to it, taking it back, whose name stands in it and who must not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.flows.asking import Asked, make_asked
from bot.flows.caring import pass_on
from bot.flows.exchange import AddToCase, CaseAct
from bot.flows.greeting import go_on, resume
from bot.flows.overlay import Overlay, lay
from bot.flows.wording import phrase

if TYPE_CHECKING:
    from bot.flows.walk import Walk

LONGEST_NAME: Final = 120
"""Characters of a name that is to stand in a case."""


def _ask_case(walk: Walk) -> Asked:
    """What can be done with the case as it stands."""
    state = walk.c.seen.state if walk.c.seen else ""
    doings = ["reopen", "withdraw"] if state == "abgeschlossen" else ["message", "withdraw"]
    rows = [(f"!{doing}", phrase(f"case_do_{doing}", walk.language), "") for doing in doings]
    rows.append(("!back", phrase("back_to_question", walk.language), ""))
    return make_asked((phrase("case_which", walk.language, number=walk.c.case),), rows, "option")


def _ask_message(walk: Walk) -> Asked:
    """What is to be added."""
    rows = [("!back", phrase("back_to_question", walk.language), "")]
    return make_asked((phrase("case_message_ask", walk.language, number=walk.c.case),), rows, "text")


def _ask_withdraw(walk: Walk) -> Asked:
    """Whether it is really to go."""
    rows = [("!yes", phrase("yes", walk.language), ""), ("!no", phrase("no", walk.language), "")]
    return make_asked((phrase("case_withdraw_ask", walk.language, number=walk.c.case),), rows, "option")


def _ask_how(walk: Walk) -> Asked:
    """By name or without, and who must not see it."""
    c = walk.c
    rows = [
        ("!nameless", phrase("case_nameless", walk.language), "")
        if c.sender
        else ("!name", phrase("case_name", walk.language), "")
    ]
    # Whoever is involved may be in a group as well: what nobody reads there is told all the same.
    for role in dict.fromkeys((*walk.desks, *walk.groups)):
        key = f"case_with_{role}" if role in c.involved else f"case_involved_{role}"
        rows.append((f"={role}", phrase(key, walk.language), ""))
    rows.append(("!back", phrase("back_to_question", walk.language), ""))
    return make_asked((phrase("case_how", walk.language),), rows, "option")


def _exclude(walk: Walk, role: str) -> None:
    """Whoever has this role is involved; or after all not."""
    c = walk.c
    c.involved = tuple(one for one in c.involved if one != role) if role in c.involved else (*c.involved, role)


def _ask_name(walk: Walk) -> Asked:
    """Which name is to stand in the case."""
    rows = [("!back", phrase("back_to_question", walk.language), "")]
    return make_asked((phrase("case_name_ask", walk.language),), rows, "text")


def _act_case(walk: Walk, act: str) -> None:
    match act:
        case "!message":
            lay(walk, MESSAGE)
        case "!withdraw":
            lay(walk, WITHDRAW)
        case "!reopen":
            walk.emit(CaseAct(number=walk.c.case, act="reopen"))
            resume(walk)
        case _:
            go_on(walk)


def _hear_message(walk: Walk, text: str) -> bool:
    pass_on(walk, text)
    resume(walk)
    return True


def _act_withdraw(walk: Walk, act: str) -> None:
    if act == "!yes":
        walk.emit(CaseAct(number=walk.c.case, act="withdraw"))
    else:
        walk.say("not_deleted")
    resume(walk)


def _act_how(walk: Walk, act: str) -> None:
    match act:
        case "!name":
            lay(walk, NAME)
            return
        case "!nameless":
            walk.c.sender = ""
        case "!back":
            pass
        case _:
            _exclude(walk, act[1:])
    go_on(walk)


def _hear_name(walk: Walk, text: str) -> bool:
    walk.c.sender = " ".join(text.split())[:LONGEST_NAME]
    go_on(walk)
    return True


def _ask_addition(walk: Walk) -> Asked:
    rows = [("!back", phrase("back_to_question", walk.language), "")]
    return make_asked((phrase("addition", walk.language, number=walk.c.case),), rows, "text")


def _hear_addition(walk: Walk, text: str) -> bool:
    walk.emit(AddToCase(number=walk.c.case, text=text))
    walk.say("added", number=walk.c.case)
    go_on(walk)
    return True


def _act_back(walk: Walk, _act: str) -> None:
    go_on(walk)


CASE: Final = Overlay("case", _ask_case, _act_case)
MESSAGE: Final = Overlay("case_message", _ask_message, _act_back, _hear_message)
WITHDRAW: Final = Overlay("case_withdraw", _ask_withdraw, _act_withdraw)
HOW: Final = Overlay("case_how", _ask_how, _act_how)
NAME: Final = Overlay("case_name", _ask_name, _act_back, _hear_name)
ADDITION: Final = Overlay("addition", _ask_addition, _act_back, _hear_addition)
