"""The person's side of a case: what has happened, how it stands, and writing to the human who has answered.

What others did comes in as `CaseNews`; the conversation keeps what the person knows of it (`Seen`), so that `status` is
answered at any time. News of others wait through the quiet hours and after `stopp` until the person writes; what
answers the person's own doing does not.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import msgspec

from bot.flows import keeping, moments
from bot.flows.calendar import fire_time, is_quiet, show_instant
from bot.flows.calling import show_contacts
from bot.flows.conversation import Seen
from bot.flows.exchange import HELD, CaseAct, CaseNews, Remind
from bot.flows.exchange import encode as encode_incoming
from bot.flows.sentences import SENTENCES
from bot.flows.wording import isolate, phrase

if TYPE_CHECKING:
    from bot.flows.walk import Walk

HUMAN_FOR: Final = dt.timedelta(hours=24)
"""So long after a human's answer what the person writes goes to that human (told in the same turn)."""

MOST_HELD: Final = 20
"""News that wait: as many as a case can have in a night; beyond, the oldest is dropped, `status` still knows."""

CHECK_IN_OF_DESK: Final = "checkin:koordination"

_ANSWERS_THE_PERSON: Final = frozenset({"reported", "reopen", "withdraw", "not_done"})
_OTHERS: Final = ("koordination", "opferberatung", "amtstraeger", "krisenhilfe")
_news = msgspec.json.Decoder(CaseNews)


def hear_news(walk: Walk, news: CaseNews) -> bool:
    """Say what happened, or keep it for later; whether something was said."""
    c = walk.c
    if news.what == "contents":
        keeping.hear_case(walk, news)
        return True
    if news.number != c.case:
        return False
    _know(walk, news)
    if news.what not in _ANSWERS_THE_PERSON and (c.muted or is_quiet(walk.now, walk.world.municipality)):
        c.held = (*c.held[-(MOST_HELD - 1) :], encode_incoming(news).decode())
        if not c.muted:
            due = fire_time(dt.timedelta(), walk.now, walk.world.municipality)
            walk.emit(Remind(name=HELD, about=HELD, due=due, useless_after=30 * 86_400))
        return False
    if news.what not in _ANSWERS_THE_PERSON:
        walk.say("news_intro")
    _tell(walk, news)
    return True


def release(walk: Walk) -> bool:
    """Say what was held back; whether there was anything."""
    held, walk.c.held = walk.c.held, ()
    if held:
        walk.say("news_intro")
    for one in held:
        _tell(walk, _news.decode(one))
    return bool(held)


def _know(walk: Walk, news: CaseNews) -> None:
    c, before = walk.c, walk.c.seen or Seen()
    due = news.due.isoformat() if news.due else ""
    match news.what:
        case "withdraw" | "erased":
            c.case, c.seen, c.human_until = "", None, ""
        case "not_done":
            pass
        case "promise_broken":
            c.seen = Seen(news.state, "", before.outcome)
        case "answer":
            c.seen = Seen(news.state, "", before.outcome)
            if c.at is None and not c.overlay:
                c.human_until = (walk.now + HUMAN_FOR).isoformat()
        case "clarify" | "agree" | "check_in":
            c.seen = Seen(news.state, before.due, before.outcome)
        case _:
            c.seen = Seen(news.state, due, news.text if news.what == "close" else "")
            if news.what in {"close", "hand_over", "step_back"}:
                c.human_until = ""


def _tell(walk: Walk, news: CaseNews) -> None:
    zone = walk.world.municipality.zone
    due = show_instant(news.due.isoformat(), zone, walk.language) if news.due else ""
    values: dict[str, str] = {"number": news.number, "due": due}
    if news.what == "close":
        outcome = f"outcome_{news.text}"
        values["outcome"] = phrase(outcome if outcome in SENTENCES else "outcome_", walk.language)
        values["due"] = moments.show_day(news.due.astimezone(dt.UTC).date(), walk.language) if news.due else ""
    elif news.what == "withdraw":
        values["today"] = moments.show_day(walk.today(), walk.language)
    walk.send(phrase(f"case_{news.what}", walk.language, **values), style="notice")
    if news.what == "answer":
        walk.send(isolate(news.text))
        if human_listens(walk) and walk.c.at is None and not walk.c.overlay:
            walk.say("case_human_on", due=show_instant(walk.c.human_until, zone, walk.language))
        else:
            walk.say("status_how")  # what is written next answers the question that is open
    elif news.what in {"nobody", "promise_broken"}:
        show_contacts(walk, _OTHERS, "", frozenset(), 3)
    elif news.what == "check_in" and news.due:
        wanted = fire_time(dt.timedelta(), news.due, walk.world.municipality)
        walk.emit(Remind(name=CHECK_IN_OF_DESK, about="checkin", due=wanted))
        walk.c.check_ins = tuple(sorted({*walk.c.check_ins, wanted.isoformat()}))


def tell_status(walk: Walk) -> None:
    """How the case stands, in plain words."""
    c, zone = walk.c, walk.world.municipality.zone
    seen = c.seen
    if not seen or not seen.state or seen.state == "gespeichert":
        walk.say("status_case", number=c.case)
        return
    due = ""
    if seen.due:
        due = show_instant(seen.due, zone, walk.language)
        if seen.state == "abgeschlossen":
            due = moments.show_day(dt.datetime.fromisoformat(seen.due).date(), walk.language)
    overdue = seen.state == "gemeldet" and not due
    walk.say("status_overdue" if overdue else f"status_{seen.state}", number=c.case, due=due)
    if seen.due and seen.state in {"angenommen", "in_klaerung", "massnahmen"}:
        walk.say("status_promise", due=due)
    if seen.state != "abgeschlossen":
        walk.say("status_how")


# --- to a human -------------------------------------------------------------------------------------------------------


def human_listens(walk: Walk) -> bool:
    """Whether what is written now is meant for the human who answered last."""
    c = walk.c
    return bool(c.case and c.human_until) and dt.datetime.fromisoformat(c.human_until) > walk.now


def pass_on(walk: Walk, text: str) -> None:
    """Put what was written into the case."""
    walk.emit(CaseAct(number=walk.c.case, act="message", text=text))
    walk.say("case_message_sent", number=walk.c.case)
