"""The language in which the Lotse speaks with somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.flows.asking import Asked, make_asked
from bot.flows.greeting import go_on_or_greet
from bot.flows.overlay import Overlay
from bot.flows.sentences import SENTENCES
from bot.flows.walking import RECEPTION
from bot.flows.wording import phrase

if TYPE_CHECKING:
    from bot.flows.walk import Walk


def hear_device(walk: Walk, language: str) -> None:
    """The language that a transport tells of counts until the person has one; "" is none told."""
    c = walk.c
    if not c.language and language:
        c.language = language if language in SENTENCES["yes"] else "de"


def set_language(walk: Walk, code: str) -> bool:
    """Speak this language from here on; False, and nothing is done, when it is not shipped."""
    if code not in _languages(walk):
        return False
    walk.c.language = code
    walk.say("language_set")
    return True


def _languages(walk: Walk) -> list[str]:
    shipped = walk.library[RECEPTION].root.title if RECEPTION in walk.library else SENTENCES["language_name"]
    return [code for code in shipped if code in SENTENCES["language_name"]]


def _ask_language(walk: Walk) -> Asked:
    rows = [(f"={code}", SENTENCES["language_name"][code], "") for code in _languages(walk)]
    return make_asked((phrase("language_which", walk.language),), rows, "option")


def _act_language(walk: Walk, act: str) -> None:
    set_language(walk, act[1:])
    go_on_or_greet(walk)


LANGUAGE: Final = Overlay("language", _ask_language, _act_language)
