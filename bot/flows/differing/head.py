"""What became of the head of a file: how it is called and found, what it promises, who released it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.flows.differing.changes import Change, Kind
from bot.flows.differing.naming import TYPES, contact_name, count, day, label, listed, quoted
from bot.flows.differing.texts import Texts, bubbles_of
from bot.flows.playbook import Playbook, Source


def compare_heads(old: Playbook, new: Playbook, texts: Texts) -> Iterator[Change]:
    """Everything but the steps."""
    for kind, sentence in [*_names(old, new), *_finding(old, new), *_promises(old, new), *_papers(old, new)]:
        yield Change(kind, new.id, sentence)
    yield from _texts(old, new, texts)


def _names(old: Playbook, new: Playbook) -> Iterator[tuple[Kind, str]]:
    if old.id != new.id:
        yield Kind.HEAD, f"Die Kennung ist jetzt {quoted(new.id)}, vorher {quoted(old.id)}."
    if old.type != new.type:
        yield Kind.WAYS, f"Aus „{TYPES[old.type]}“ wird „{TYPES[new.type]}“."
    if old.format != new.format:
        yield Kind.PAPERS, f"Das Format der Datei ist jetzt {new.format}, vorher {old.format}."


def _finding(old: Playbook, new: Playbook) -> Iterator[tuple[Kind, str]]:
    """How a person gets there."""
    if (old.offer is None) != (new.offer is None):
        said = "hat jetzt" if new.offer else "hat nicht mehr"
        yield Kind.HEAD, f"Der Leitfaden {said} eine eigene Frage, mit der er angeboten wird."
    if old.menu != new.menu:
        places = [f"an {place}. Stelle" if place is not None else "nicht" for place in (new.menu, old.menu)]
        yield Kind.HEAD, f"In der Auswahl steht der Leitfaden jetzt {places[0]}, vorher {places[1]}."
    yield from _list("Beispielsatz", "Beispielsätze", old.utterances, new.utterances)
    yield from _list("Stichwort", "Stichwörter", old.keywords, new.keywords)
    yield from _list("Vorfall", "Vorfälle", old.incidents, new.incidents)


def _list(one: str, many: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[tuple[Kind, str]]:
    for said, words in (("neu", _without(new, old)), ("entfallen", _without(old, new))):
        if words:
            verb = "ist" if len(words) == 1 else "sind"
            yield Kind.HEAD, f"{count(len(words), one, many)} {verb} {said}: {listed(map(quoted, words))}."
    if sorted(old) == sorted(new) and old != new:
        yield Kind.PAPERS, f"Die {many} stehen in anderer Reihenfolge."


def _promises(old: Playbook, new: Playbook) -> Iterator[tuple[Kind, str]]:
    if old.limits.messages != new.limits.messages:
        most = count(new.limits.messages, "Nachricht", "Nachrichten")
        said = f"Zwischen zwei Fragen sind jetzt {most} erlaubt, vorher {old.limits.messages}."
        yield Kind.QUESTIONS, said
    if old.limits.questions != new.limits.questions:
        most = count(new.limits.questions, "Frage", "Fragen")
        yield Kind.QUESTIONS, f"Ein Weg darf jetzt höchstens {most} stellen, vorher {old.limits.questions}."
    for said, kinds in (("jetzt auch", _without(new.needs, old.needs)), ("nicht mehr", _without(old.needs, new.needs))):
        for kind in kinds:
            yield Kind.CONTACTS, f"Jede Kommune muss hierfür {said} nennen: {quoted(contact_name(kind))}."
    if sorted(old.needs) == sorted(new.needs) and old.needs != new.needs:
        yield Kind.CONTACTS, f"Die nötigen Stellen in neuer Reihenfolge: {', '.join(map(contact_name, new.needs))}."


def _papers(old: Playbook, new: Playbook) -> Iterator[tuple[Kind, str]]:
    yield from _sources(old.sources, new.sources)
    if old.review_by != new.review_by:
        yield Kind.PAPERS, f"Wieder zu lesen bis {day(new.review_by)}, vorher {day(old.review_by)}."
    before, after = is_released(old), is_released(new)
    if before and not after:
        yield Kind.PAPERS, "Die Freigabe gilt nicht mehr."
    elif after and not before and new.released is not None:
        yield Kind.PAPERS, f"Freigegeben von {quoted(new.released.by)} am {day(new.released.at)}."
    elif (old.status, old.released) != (new.status, new.released):
        yield Kind.PAPERS, "Die Angaben zur Freigabe sind andere."


def _sources(old: tuple[Source, ...], new: tuple[Source, ...]) -> Iterator[tuple[Kind, str]]:
    before, after = {one.name: one for one in old}, {one.name: one for one in new}
    for name in _without(tuple(after), tuple(before)):
        yield Kind.PAPERS, f"Neue Quelle: {quoted(name)}."
    for name in _without(tuple(before), tuple(after)):
        yield Kind.PAPERS, f"Quelle entfallen: {quoted(name)}."
    changed = [name for name, source in after.items() if name in before and before[name] != source]
    if changed:
        yield Kind.PAPERS, f"Geänderte Angaben zur Quelle: {listed(map(quoted, changed))}."
    elif before == after and old != new:
        yield Kind.PAPERS, "Die Quellen stehen in anderer Reihenfolge."


def is_released(playbook: Playbook) -> bool:
    """Whether a human released exactly this content."""
    release = playbook.released
    return playbook.status == "freigegeben" and release is not None and release.content == playbook.content_hash()


def _texts(old: Playbook, new: Playbook, texts: Texts) -> Iterator[Change]:
    changed = texts.changed(bubbles_of(old.title), bubbles_of(new.title))
    if "de" in changed:
        yield Change(Kind.HEAD, new.id, f"Der Titel ist jetzt {label(new.title)}, vorher {label(old.title)}.")
    elif changed:
        yield from Texts(new.id).compare("Titel", bubbles_of(old.title), bubbles_of(new.title))
    if old.offer is not None and new.offer is not None:
        yield from texts.compare("Angebotsfrage", bubbles_of(old.offer), bubbles_of(new.offer), kind=Kind.HEAD)


def _without(words: Iterable[str], others: tuple[str, ...]) -> tuple[str, ...]:
    known = set(others)
    return tuple(word for word in words if word not in known)
