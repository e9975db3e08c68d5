"""What a person takes away: the incident log, and everything that is stored about them, as a paper of their own.

The log is a few open questions, each answered or left out; the words stand in the conversation only until the paper is
handed over, and in a case only when the person gives it there. A paper carries when it was made and a hash of what it
says, so that it can be shown later that nothing was changed. Where a transport takes no files it comes as text to copy;
where others can read along the person chooses first, and is told that a file stays lying there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import msgspec

from bot.flows import moments
from bot.flows.asking import Asked, make_asked
from bot.flows.exchange import CaseAct, CaseNews, Entry, Paper, PaperForm, Send, ShowCase
from bot.flows.greeting import resume
from bot.flows.overlay import Overlay, lay
from bot.flows.remembering import agreed, show_deadlines, show_times
from bot.flows.wording import phrase

if TYPE_CHECKING:
    from bot.flows.walk import Walk

QUESTIONS: Final = ("log_what", "log_who", "log_proof", "log_told")
"""The open questions of the log, in order."""

LONGEST_ANSWER: Final = 4_000
"""Characters of one answer that the log takes: a page and a half."""

_COUNTED: Final = frozenset({"nachtrag", "nachricht", "antwort"})
"""Notes of a case that the person has written or been sent; those of coordinators among themselves are theirs."""

_FORMS: Final[tuple[PaperForm, ...]] = ("pdf", "json", "text")
# What becomes of a log that was written.
_KEPT: Final = ("!mine", "!share")
_WAYS: Final = (("!file", "paper_as_file"), ("!text", "paper_as_text"), ("!back", "paper_not"))


# --- the log ----------------------------------------------------------------------------------------------------------


def _ask_log(walk: Walk) -> Asked:
    """The next open question, or what to do with what was written. Data: an answer and its time for each so far."""
    data = walk.c.overlay_data
    place = len(data) // 2
    back = ("!back", phrase("log_end", walk.language), "")
    if place < len(QUESTIONS):
        first = (phrase("log_intro", walk.language),) if place == 0 else ()
        if place == 0 and not walk.world.transport.encrypted:
            first = (*first, phrase("log_readable", walk.language))
        rows = [("!none", phrase("log_skip", walk.language), ""), back]
        return make_asked((*first, phrase(QUESTIONS[place], walk.language)), rows, "text")
    rows = [("!mine", phrase("log_mine", walk.language), "")]
    if walk.c.case:
        rows.append(("!share", phrase("log_share", walk.language, number=walk.c.case), ""))
    return make_asked((phrase("log_done", walk.language),), [*rows, back], "option")


def _hear_log(walk: Walk, text: str) -> bool:
    """Take an answer; False where a choice is asked for."""
    if len(walk.c.overlay_data) // 2 >= len(QUESTIONS):
        return False
    walk.c.overlay_data = (*walk.c.overlay_data, text[:LONGEST_ANSWER], walk.now.isoformat())
    walk.ask(_ask_log(walk))
    return True


def _act_log(walk: Walk, act: str) -> None:
    if act in _KEPT and _has_written(walk) and must_choose(walk):
        lay(walk, PAPER, act, *walk.c.overlay_data)
    elif _end_log(walk, act):
        resume(walk)


def _end_log(walk: Walk, act: str, form: PaperForm | None = "pdf") -> bool:
    """Do what was chosen; whether the log is over. `form`: None hands nothing over."""
    data = walk.c.overlay_data
    if act == "!none":
        walk.c.overlay_data = (*data, "", walk.now.isoformat())
        walk.ask(_ask_log(walk))
        return False
    if act == "!back":
        walk.say("log_left")
        return True
    if not _has_written(walk):
        walk.say("log_empty")
        return True
    entries = []
    for place, key in enumerate(QUESTIONS):
        text, at = data[2 * place : 2 * place + 2]
        if text:
            title = phrase(key, walk.language).partition("\n")[0]
            entries.append(Entry(f"{title} ({_when(walk, at)})", text))
    known = [
        Entry(walk.short(name), walk.show(name, value))
        for name, value in walk.c.answers.items()
        if value not in ("", [], None, False) and walk.program is not None and name in walk.program.questions
    ]
    title = phrase("log_title", walk.language)
    paper = _paper(walk, "vorfallsprotokoll", title, (*entries, *known), form or "text")
    if form is not None:
        hand_over(walk, paper)
    if act == "!share":
        walk.emit(CaseAct(number=walk.c.case, act="message", text=as_text(paper)))
    return True


def _has_written(walk: Walk) -> bool:
    """Whether any question of the log was answered."""
    return any(walk.c.overlay_data[::2])


# --- everything that is stored ----------------------------------------------------------------------------------------


def export(walk: Walk, form: PaperForm) -> None:
    """Hand over what is stored; what a case says is fetched first, and comes as news."""
    if walk.c.case:
        walk.emit(ShowCase(number=walk.c.case, form=form))
    else:
        hand_over(walk, _everything(walk, form, ()))


def hear_case(walk: Walk, news: CaseNews) -> None:
    """What the case says has come: now the paper is whole."""
    entries = [Entry(line.short, line.value) for line in news.lines]
    entries += [
        Entry(f"{phrase(f'note_{note.kind}', walk.language)} ({_when(walk, note.at.isoformat())})", note.text)
        for note in news.notes
        if note.kind in _COUNTED
    ]
    title = phrase("data_case", walk.language, number=news.number)
    heading = Entry(title, phrase(f"data_case_{bool(entries)}", walk.language))
    form: PaperForm = next((form for form in _FORMS if form == news.text), "pdf")
    hand_over(walk, _everything(walk, form, (heading, *entries)))


def _everything(walk: Walk, form: PaperForm, case: tuple[Entry, ...]) -> Paper:
    c = walk.c
    entries = [
        Entry(walk.short(name), walk.show(name, value)) for name, value in c.answers.items() if value not in ("", [])
    ]
    if c.place:
        entries.append(Entry(phrase("data_place", walk.language), walk.place_name(c.place)))
    entries.append(Entry(phrase("data_language", walk.language), phrase("language_name", walk.language)))
    if agreed(walk):
        entries.append(Entry(phrase("data_check_ins", walk.language), show_times(walk)))
    if days := show_deadlines(walk):
        entries.append(Entry(phrase("data_deadlines", walk.language), days))
    return _paper(walk, "meine-daten", phrase("data_title", walk.language), (*entries, *case), form)


# --- papers -----------------------------------------------------------------------------------------------------------


def must_choose(walk: Walk) -> bool:
    """Whether a file would lie where others can read it: then it goes there only after a choice."""
    return walk.world.transport.files and not walk.world.transport.encrypted


def _ask_way(walk: Walk) -> Asked:
    """As a file, as text, or not at all. Data: the log's own choice and answers, or the form of the export."""
    rows = [(act, phrase(key, walk.language), "") for act, key in _WAYS]
    return make_asked((phrase("paper_way", walk.language),), rows, "option")


def _act_way(walk: Walk, act: str) -> None:
    """The paper goes as was chosen."""
    what, *written = walk.c.overlay_data
    ways: Mapping[str, PaperForm] = {"!file": "json" if what == "json" else "pdf", "!text": "text"}
    form = ways.get(act)
    if form is None:
        walk.say("log_left" if what == "!mine" else "paper_kept_back")
    if what in _KEPT:
        walk.c.overlay_data = tuple(written)
        _end_log(walk, what, form)
    elif form is not None:
        export(walk, form)
    resume(walk)


def hand_over(walk: Walk, paper: Paper) -> None:
    """As a file where the transport takes files, else as text to copy; with its hash in both."""
    if walk.world.transport.files and paper.form != "text":
        kind = "PDF" if paper.form == "pdf" else "JSON"
        key = "paper_file" if walk.world.transport.encrypted else "paper_sent"
        text = phrase(key, walk.language, title=paper.title, kind=kind, hash=paper.hash)
        walk.emit(Send(text=text, style="notice", paper=paper))
    else:
        walk.say("paper_text", hash=paper.hash)
        walk.send(as_text(paper), style="copy")


def as_text(paper: Paper) -> str:
    """The paper in words."""
    parts = [paper.title, paper.made, *(f"{entry.title}\n{entry.text}" for entry in paper.entries)]
    return "\n\n".join([*parts, f"SHA-256: {paper.hash}"])


def hash_of(title: str, made: str, entries: tuple[Entry, ...]) -> str:
    """SHA-256 (hex) over title, time and entries as JSON without spaces, UTF-8: what anybody can compute again."""
    return hashlib.sha256(msgspec.json.encode([title, made, entries])).hexdigest()


def _paper(walk: Walk, name: str, title: str, entries: tuple[Entry, ...], form: PaperForm) -> Paper:
    made = _when(walk, walk.now.isoformat())
    return Paper(
        name=f"{name}-{walk.today().isoformat()}",
        form=form,
        title=title,
        made=made,
        entries=entries,
        note=phrase("paper_note", walk.language),
        hash=hash_of(title, made, entries),
    )


def _when(walk: Walk, iso: str) -> str:
    here = dt.datetime.fromisoformat(iso).astimezone(ZoneInfo(walk.world.municipality.zone))
    return moments.show(moments.Moment(here.date(), here.time().replace(second=0, microsecond=0)), walk.language)


LOG: Final = Overlay("log", _ask_log, _act_log, _hear_log)
PAPER: Final = Overlay("paper", _ask_way, _act_way)
