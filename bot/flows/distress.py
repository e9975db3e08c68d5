"""When somebody may be in danger: the text of a crisis and the choices below it, and asking where it is only a guess.

What the word lists find (`crisis.look`) is told at once. What was learned is asked about first, with the numbers.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from bot.flows import caring
from bot.flows.asking import Asked, make_asked
from bot.flows.calling import CRISIS_HUMANS
from bot.flows.commands import smalltalk
from bot.flows.crisis import Crisis
from bot.flows.emergency import after_not_serious, crisis_options, crisis_text, worry_text
from bot.flows.exchange import Count, Distress
from bot.flows.greeting import TOLD, go_on, go_on_with_told, start_over, turn_to_humans
from bot.flows.overlay import Overlay, lay
from bot.flows.reading import fold
from bot.flows.wording import phrase

if TYPE_CHECKING:
    from bot.flows.walk import Walk

# Below these a crisis is spoken of already.
CRISES: Final = frozenset(("crisis", "after_crisis"))
# What is said here is for a human, or for the person's own record.
_TO_HUMANS: Final = frozenset(("addition", "case_message", "case_name", "log"))
# So long after the Lotse has asked on a guess the next one is a line beside the answer.
WORRY_RESTS: Final = dt.timedelta(hours=12)


def tell_crisis(walk: Walk, crisis: Crisis) -> None:
    """The text of this class, ahead of everything, and the choices below it."""
    walk.emit(Count(name="crisis_text_shown"))
    for bubble in crisis_text(crisis, walk.language, bavaria=_in_bavaria(walk)):
        walk.send(bubble, style="emergency", urgent=True)
    lay(walk, CRISIS, crisis.value)


def hear_distress(walk: Walk, distress: Distress) -> bool:
    """What was learned is a guess: ask, with the numbers; whether the words are answered with that.

    Whoever goes on writing so at that question is taken at their word. Below a crisis text every answer names the
    numbers anyway. Asked once, the next guesses are a line beside the answer for a while: nobody is asked in circles,
    and nothing that is said to a human is held up.
    """
    c = walk.c
    if c.overlay in CRISES:
        return False
    if c.overlay == "worry":
        tell_crisis(walk, Crisis.OTHERS if c.overlay_data[0] == distress == "others" else Crisis.INDIRECT)
        return True
    to_human = c.overlay in _TO_HUMANS or (not c.overlay and c.at is None and caring.human_listens(walk))
    if to_human or _asked_lately(walk):
        walk.say("worry_again", style="emergency")
        return False
    walk.emit(Count(name="crisis_text_shown"))
    for bubble in worry_text(walk.language, bavaria=_in_bavaria(walk)):
        walk.send(bubble, style="emergency", urgent=True)
    c.worried = walk.now.isoformat()
    lay(walk, WORRY, distress)
    return True


def _asked_lately(walk: Walk) -> bool:
    worried = walk.c.worried
    return bool(worried) and walk.now - dt.datetime.fromisoformat(worried) < WORRY_RESTS


def _in_bavaria(walk: Walk) -> bool:
    return walk.c.place.startswith("09")


def _ask_worry(walk: Walk) -> Asked:
    about = walk.c.overlay_data[0]
    rows = [("!yes", phrase("yes", walk.language), ""), ("!unsure", phrase("worry_unsure", walk.language), "")]
    if about == "self":
        rows.append(("!others", phrase("worry_somebody", walk.language), ""))
    rows.append(("!no", phrase("worry_no", walk.language), ""))
    return make_asked((phrase(f"worry_{about}", walk.language),), rows, "option", confidential=True)


def _act_worry(walk: Walk, act: str) -> None:
    if act == "!no":
        for bubble in after_not_serious(walk.language):
            walk.send(bubble, style="emergency")
        go_on_with_told(walk, told=TOLD in walk.c.overlay_data)
    elif act == "!others" or walk.c.overlay_data[0] == "others":
        tell_crisis(walk, Crisis.OTHERS)
    else:
        tell_crisis(walk, Crisis.DIRECT if act == "!yes" else Crisis.INDIRECT)


def _ask_crisis(walk: Walk) -> Asked:
    """The choices below a crisis text; the text itself went out before, on its own."""
    options = crisis_options(walk.language)
    rows = [(f"={option.id}", option.label, "") for option in options]
    key = "crisis_question_others" if walk.c.overlay_data[0] == Crisis.OTHERS else "crisis_question"
    return make_asked((phrase(key, walk.language),), rows, "option", confidential=True)


def _act_crisis(walk: Walk, act: str) -> None:
    chosen = next(option for option in crisis_options(walk.language) if option.id == act[1:])
    for bubble in chosen.reply:
        walk.send(bubble, style="emergency")
    if chosen.id == "nicht_ich":
        walk.c.worried = walk.now.isoformat()
    lay(walk, AFTER_CRISIS)


def _hear_crisis(walk: Walk, _text: str) -> bool:
    lay(walk, AFTER_CRISIS)
    return True


def _ask_after_crisis(walk: Walk) -> Asked:
    rows = [("!human", phrase("human", walk.language), "")]
    if walk.c.at is not None:
        rows.append(("!go_on", phrase("go_on", walk.language), ""))
    rows.append(("!new", phrase("begin_anew", walk.language), ""))
    return make_asked((phrase("after_crisis", walk.language),), rows, "option")


def _hear_after_crisis(walk: Walk, text: str) -> bool:
    """Whoever goes on writing after a crisis text is not told that it was not understood; numbers, and the choice."""
    if smalltalk(fold(text)) is not None:
        return False
    walk.say("after_crisis_heard" if walk.c.tries % 2 == 0 else "after_crisis_again")
    walk.c.tries += 1
    walk.ask(_ask_after_crisis(walk))
    return True


def _act_after_crisis(walk: Walk, act: str) -> None:
    if act == "!human":
        turn_to_humans(walk, CRISIS_HUMANS)
    elif act == "!new":
        start_over(walk)
    else:
        go_on(walk)


CRISIS: Final = Overlay("crisis", _ask_crisis, _act_crisis, _hear_crisis)
WORRY: Final = Overlay("worry", _ask_worry, _act_worry, _hear_crisis)
AFTER_CRISIS: Final = Overlay("after_crisis", _ask_after_crisis, _act_after_crisis, _hear_after_crisis)
