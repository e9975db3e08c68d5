"""What a person writes or taps: as what it is looked at, and in which order.

Crisis wording goes before everything, but for a label of the open question; then come the words that always work, then
the open question itself (`hearing` takes it as the answer), and where none is open it is what happened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from bot.flows import caring
from bot.flows.asking import Asked, ask_step
from bot.flows.commanding import obey
from bot.flows.commands import Command, has_little_german, recognise_sentence, recognise_word, smalltalk
from bot.flows.crisis import VIOLENCE, look
from bot.flows.distress import hear_distress, tell_crisis
from bot.flows.emergency import violence_text
from bot.flows.exchange import Count, Distress, Pressed, Said
from bot.flows.greeting import TOLD, begin_again, go_on, greet, is_lost, receive
from bot.flows.hearing import MAX_TRIES, hear, hear_correction, is_question, offer, reads_as_moment, tap
from bot.flows.overlay import lift
from bot.flows.overlays import OVERLAYS, ask_open, lay_over, open_question, uncover_wish
from bot.flows.reading import LONGEST_TEXT, fold
from bot.flows.remembering import hear_hour
from bot.flows.walking import leave, take
from bot.flows.wording import phrase
from bot.flows.words import answer_words

if TYPE_CHECKING:
    from bot.flows.program import Node
    from bot.flows.walk import Walk

# Questions of the Lotse's own that other words pass by: they answer the playbook's question below.
_LIGHT: Final = frozenset(("stuck", "consent"))
# Words that are obeyed while a conversation is on its way here; others would begin one that it replaces.
_WHILE_ARRIVING: Final = frozenset(
    (Command.NOTRUF, Command.HILFE, Command.MENSCH, Command.SPRACHE, Command.LOESCHEN, Command.UMZIEHEN)
)
# Whoever says it is not asked anything once more; the question stays open.
_BYE: Final = "abschied"
# What these wish for may be what an option offers: "enough for today", "not now", "change something".
_MAY_ANSWER: Final = frozenset((Command.ABBRECHEN, Command.AENDERN))
# So many words may be the answer to a question with options, and nothing besides.
_FEW_WORDS: Final = 8


def listen(walk: Walk, incoming: Said) -> None:
    """Somebody has written."""
    text = incoming.text.strip()
    if not text:
        walk.say("empty")
        ask_open(walk)
        return
    if incoming.cut:
        walk.say("cut", limit=LONGEST_TEXT)
    lost = is_lost(walk)
    asked = None if lost else open_question(walk)
    # A number or a label of the open question is that choice, whatever else it sounds like.
    folded = fold(text)
    exact = asked is not None and asked.labels.is_exact(text, folded)
    if not exact and not folded.isdigit():
        guessed: Distress = "" if incoming.distress and _answers(asked, text, folded) else incoming.distress
        if _interrupt(walk, folded, guessed):
            _keep_told(walk, incoming)
            return
        command = _command(walk, text, folded, asked)
        if command is not None and (command in _WHILE_ARRIVING or not walk.c.arriving):
            obey(walk, command, folded)
            return
        incoming = _name_numbers(walk, incoming)
    if walk.c.arriving and not walk.c.overlay:
        walk.say("move_coming")
    elif not exact and hear_hour(walk, text, asked):
        ask_open(walk)
    elif _is_closed(walk):
        _send_away(walk)
    elif walk.c.overlay:
        _hear_overlay(walk, text, folded, incoming)
    elif lost:
        begin_again(walk)
    else:
        _hear_question(walk, asked, text, folded, incoming, exact=exact)


def press(walk: Walk, incoming: Pressed) -> None:
    """Somebody has tapped a choice; one of an earlier question changes nothing."""
    asked = open_question(walk)
    if walk.c.arriving and asked is None:
        walk.say("move_coming")
    elif _is_closed(walk):
        _send_away(walk)
    elif asked is None or incoming.token != walk.c.token or not 0 <= incoming.option < len(asked.acts):
        walk.say("stale")
        ask_open(walk)
    elif walk.c.overlay:
        _act_overlay(walk, asked, asked.acts[incoming.option])
    else:
        node = walk.node()
        if node is not None:
            tap(walk, node, asked, asked.acts[incoming.option])


def _answers(asked: Asked | None, text: str, folded: str) -> bool:
    """Whether a few words choose an option of the open question: no guess goes before that, as the lists do."""
    if asked is None or len(folded.split()) > _FEW_WORDS:
        return False
    if asked.toggles:
        return asked.labels.pick_many(text).kind != "unclear"
    return asked.labels.pick(text, folded).kind == "option"


def _keep_told(walk: Walk, incoming: Said) -> None:
    """What happened was told in the words that may be a crisis: after a no it goes on with that, and is not asked."""
    if walk.c.overlay == "worry" and walk.c.greeted and _tells(walk, incoming):
        offer(walk, incoming)
        walk.c.overlay_data = (*walk.c.overlay_data, TOLD)


def _tells(walk: Walk, incoming: Said) -> bool:
    """Whether the words may be what happened: said where that is asked, or where nothing is."""
    node = walk.node()
    return bool(incoming.offered) and (node is None or (node.kind == "text" and _at_reception(walk)))


def _ask_wish(walk: Walk, incoming: Said) -> None:
    """Ask whether that is wished; what lies there, and what was told, is kept for a no."""
    c, told = walk.c, ""
    if not c.overlay and _tells(walk, incoming):
        offer(walk, incoming)
        told = TOLD
    lay_over(walk, "wish", " ".join(incoming.wishes), told, c.overlay, *c.overlay_data)


def _name_numbers(walk: Walk, incoming: Said) -> Said:
    """Whoever tells of danger sees the numbers at once; that they are in danger is what the reception asks first."""
    if incoming.wishes[:1] != (Command.NOTRUF,) or walk.c.overlay not in {"", "consent"} or not _tells(walk, incoming):
        return incoming
    walk.send(phrase("wish_danger", walk.language), style="emergency", urgent=True)
    return msgspec.structs.replace(incoming, wishes=())


def _interrupt(walk: Walk, folded: str, distress: Distress) -> bool:
    """Crisis wording goes before everything; announced violence is answered calmly, and the question stays.

    Where the lists are silent, what was learned counts, more gently.
    """
    found = look(folded)
    if found is None:
        return bool(distress) and hear_distress(walk, distress)
    if found == VIOLENCE:
        walk.emit(Count(name="violence_text_shown"))
        for bubble in violence_text(walk.language):
            walk.send(bubble, style="emergency", urgent=True)
        ask_open(walk)
        return True
    tell_crisis(walk, found)
    return True


def _command(walk: Walk, text: str, folded: str, asked: Asked | None) -> Command | None:
    """A command is a whole message. Polite sentences count where no own words are asked for, and at the reception."""
    command = recognise_word(folded)
    own_words = asked is not None and asked.expects == "text" and not _at_reception(walk)
    if command is not None or own_words:
        return command
    wish = recognise_sentence(folded)
    return None if wish in _MAY_ANSWER and _answers(asked, text, folded) else wish


def _at_reception(walk: Walk) -> bool:
    return walk.program is not None and walk.program.root.type == "empfang"


def _hear_overlay(walk: Walk, text: str, folded: str, incoming: Said) -> None:
    overlay = OVERLAYS[walk.c.overlay]
    asked = overlay.ask(walk)
    picked = asked.labels.pick(text, folded)
    if picked.kind == "option" and picked.index is not None:
        _act_overlay(walk, asked, asked.acts[picked.index])
    elif walk.c.overlay == "wish":
        _hear_wish(walk, asked, text, folded, incoming)
    elif incoming.wishes and walk.c.overlay == "consent":
        _ask_wish(walk, incoming)
    elif walk.c.overlay in _LIGHT:
        lift(walk)
        walk.c.greeted = True
        _hear_question(walk, walk.open_question(), text, folded, incoming, exact=False)
    elif not overlay.hear(walk, text):
        _ask_overlay_again(walk, asked, folded, incoming)


def _hear_wish(walk: Walk, asked: Asked, text: str, folded: str, incoming: Said) -> None:
    """Words that say neither yes nor no are for the question below; a yes to several says not which."""
    first = folded.split(maxsplit=1)[0] if folded else ""
    if first in answer_words.NO:
        _act_overlay(walk, asked, "!no")
        return
    if first in answer_words.YES:
        walk.ask(asked)
        return
    uncover_wish(walk)
    incoming = msgspec.structs.replace(incoming, wishes=())
    if walk.c.overlay:
        _hear_overlay(walk, text, folded, incoming)
    else:
        _hear_question(walk, walk.open_question(), text, folded, incoming, exact=False)


def _ask_overlay_again(walk: Walk, asked: Asked, folded: str, incoming: Said) -> None:
    """A question of the Lotse's own was not understood; after the third time it goes away, and nothing is done."""
    topic = _topic(folded, incoming)
    if topic is not None:
        walk.say(f"talk_{topic}")
        walk.ask(asked)
        return
    if incoming.wishes and not walk.c.arriving:
        _ask_wish(walk, incoming)
        return
    walk.c.tries += 1
    if walk.c.tries >= MAX_TRIES:
        walk.say("nothing_done")
        go_on(walk)
        return
    if walk.c.tries == 1:
        walk.say("unclear_1")
    else:
        walk.say("unclear_2_options", first=asked.choices[0].label)
    walk.ask(asked)


def _act_overlay(walk: Walk, asked: Asked, act: str) -> None:
    walk.settle(asked.label(act))
    command = OVERLAYS[walk.c.overlay].act(walk, act)
    if command is not None:
        obey(walk, command, "")


def _hear_question(walk: Walk, asked: Asked | None, text: str, folded: str, incoming: Said, *, exact: bool) -> None:
    node = walk.node()
    if asked is None or node is None:
        _hear_unasked(walk, text, folded, incoming)
        return
    topic = None if exact else _topic(folded, incoming)
    aside = not exact and (topic is not None or bool(incoming.wishes)) and _may_pass(walk, node, text, folded)
    if aside and topic is not None:
        walk.say(f"talk_{topic}")
        if topic != _BYE:
            ask_open(walk)
        return
    if aside and not _answers(asked, text, folded):
        _ask_wish(walk, incoming)
        return
    if node.kind == "text" and _at_reception(walk):
        _offer_simple(walk, folded)
        offer(walk, incoming)
    if exact or not hear_correction(walk, node, text, folded, incoming):
        hear(walk, node, asked, text, folded)


def _topic(folded: str, incoming: Said) -> str | None:
    """The topic of small talk that the message is: the words that are known for it, then what was learned."""
    return smalltalk(folded) or incoming.chat or None


def _offer_simple(walk: Walk, folded: str) -> None:
    """Simple words for who says to have little German; the wish itself stays theirs."""
    if walk.language == "de" and has_little_german(folded):
        walk.say("simple_offered")


def _may_pass(walk: Walk, node: Node, text: str, folded: str) -> bool:
    """Whether words may pass the question by, as small talk or a wish.

    Not a number, not own words where they are asked for, not what is a day, a place, or comes near to an option.
    """
    if not folded or folded.isdigit():
        return False
    if node.kind == "text":
        return _at_reception(walk)
    if node.kind == "when" and reads_as_moment(walk, text):
        return False  # "Morgen" is a day here, no greeting
    if node.kind == "place" and any(place.certain for place in walk.world.places.find(text)):
        return False
    return ask_step(walk, node).labels.pick(text, folded).kind == "unclear"


def _hear_unasked(walk: Walk, text: str, folded: str, incoming: Said) -> None:
    """Nothing is open: greet who has not been greeted, and take the words as what happened.

    For a while after a human has answered, they are for that human.
    """
    if caring.human_listens(walk):
        caring.pass_on(walk, text)
        return
    topic = _topic(folded, incoming)
    if topic is None and incoming.wishes:
        _ask_wish(walk, incoming)
        return
    if not walk.c.greeted:
        greet(walk)
        if topic is not None or not is_question(walk.node()):
            return
        if walk.c.overlay:
            # What was told is not lost by the question whether to go on here.
            _offer_simple(walk, folded)
            offer(walk, incoming)
            walk.c.overlay_data = (TOLD,)
            return
        walk.effects.pop()
    else:
        if topic is not None:
            walk.say(f"talk_{topic}")
            if topic == "dank":
                walk.say("finished")
            if topic in {"dank", _BYE}:
                return
        receive(walk)
        if topic is not None or not is_question(walk.node()):
            return
        walk.effects.pop()
    _offer_simple(walk, folded)
    offer(walk, incoming)
    node = walk.node()
    if node is not None and node.kind == "text":
        take(walk, node, text)


# --- a channel that the municipality does not have --------------------------------------------------------------------


def _is_closed(walk: Walk) -> bool:
    """Whether the municipality of this person has the Lotse on other channels only."""
    here, transport = walk.world.municipality, walk.world.transport
    is_theirs = bool(here.channels) and here.ags == walk.c.place
    return is_theirs and transport.real and transport.name not in here.channels


def _send_away(walk: Walk) -> None:
    """Say where the Lotse is instead. Words that always work go on working, and so does another municipality."""
    here, c = walk.world.municipality, walk.c
    link = f": {here.matrix_link}" if here.matrix_link else ""
    where = [phrase(f"channel_{name}", walk.language, link=link) for name in here.channels]
    walk.say("channel_closed", place=here.name, where=" ".join(where))
    leave(walk)
    c.place, c.staff, c.code = "", False, ""
