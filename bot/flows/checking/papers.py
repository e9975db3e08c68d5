"""What a coordinator vouches for: sources, review, release, what the file is found by, tags that belong together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from bot.documents import Path, Problem, quote
from bot.flows.checking.files import File, options_of
from bot.flows.reading import fold
from bot.flows.steps import ContactStep, Question


def check_papers(file: File, today: dt.date | None) -> Iterator[Problem]:
    """One file's own promises. Without `today` nothing is said about dates."""
    playbook = file.playbook
    if not playbook.sources:
        todo = "Nennen Sie, woher die Tatsachen kommen: name, mark, seen, used_for."
        yield file.problem(("id",), "quellen-fehlen", "Die Datei nennt keine Quellen.", todo, key=True)
    if playbook.type == "vorfall":
        for key, given in (("offer", playbook.offer), ("utterances", playbook.utterances)):
            if not given:
                what = f"Ohne {quote(key)} wird dieser Leitfaden schwer gefunden."
                yield file.problem(("id",), "fundstelle-fehlt", what, f"Ergänzen Sie {quote(key)}.", severity="warning")
    yield from _check_release(file)
    if today is not None and playbook.review_by < today:
        what = f"Der Text sollte bis {playbook.review_by:%d.%m.%Y} überprüft werden."
        todo = "Lesen Sie ihn, und setzen Sie „review_by“ neu."
        yield file.problem(("review_by",), "pruefung-faellig", what, todo, severity="warning")
    for index, source in enumerate(playbook.sources):
        if today is not None and source.seen is not None and source.seen > today:
            what, todo = "Diese Quelle wurde in der Zukunft gesehen.", "Berichtigen Sie das Datum."
            yield file.problem(("sources", index, "seen"), "datum-zukunft", what, todo, severity="warning")


def _check_release(file: File) -> Iterator[Problem]:
    playbook, todo = file.playbook, "Lesen Sie den Text, und geben Sie ihn mit „lotse release“ frei."
    if playbook.status == "freigegeben" and playbook.released is None:
        what = "Die Datei nennt sich freigegeben, aber niemand hat sie freigegeben."
        yield file.problem(("status",), "freigabe-fehlt", what, todo)
    elif playbook.status == "freigegeben" and playbook.released.content != playbook.content_hash():  # type: ignore[union-attr]
        what = f"Seit der Freigabe durch {quote(playbook.released.by)} wurde die Datei geändert."  # type: ignore[union-attr]
        yield file.problem(("released", "content"), "freigabe-veraltet", what, todo)


def check_tags(file: File) -> Iterator[Problem]:
    """Whether tags that belong together are together, and `notruf` steps say a number."""
    for name, step in file.playbook.steps.items():
        at: Path = ("steps", name)
        options = options_of(step)
        if "gefahr" in step.tags and isinstance(step, Question) and step.confidential:
            what = "Die Frage nach der Gefahr ist vertraulich; auf manchen Kanälen würde sie nie gestellt."
            yield file.problem(at, "sicherheit-vertraulich", what, "Löschen Sie „confidential“.", key=True)
        for tag in ("gefahr", "einwilligung"):
            on_options = any(tag in option.tags for option in options.values())
            if tag in step.tags and not on_options:
                what = f"Die Frage trägt die Marke {quote(tag)}, aber keine ihrer Antworten."
                yield file.problem((*at, "tags"), "marke-unvollstaendig", what, f"Ergänzen Sie „tags: [{tag}]“ dort.")
            if tag == "einwilligung" and on_options and tag not in step.tags:
                what = f"Eine Antwort trägt die Marke {quote(tag)}, aber nicht die Frage."
                yield file.problem(at, "marke-unvollstaendig", what, f"Ergänzen Sie „tags: [{tag}]“.", key=True)
        if "notruf" in step.tags:
            for language, bubbles in getattr(step, "text", {}).items():
                if not any(number in "".join(bubbles) for number in ("110", "112", "{notruf}")):
                    what = "Der Schritt trägt die Marke „notruf“, nennt aber weder 110 noch 112."
                    yield file.problem((*at, "text", language), "notruf-ohne-nummer", what, "Nennen Sie die Nummer.")


def check_contacts(file: File, kinds: frozenset[str]) -> Iterator[Problem]:
    """Whether the kinds of contacts are ones that a directory can hold."""
    named: list[tuple[Path, str]] = [(("needs", index), kind) for index, kind in enumerate(file.playbook.needs)]
    for name, step in file.playbook.steps.items():
        if isinstance(step, ContactStep):
            named += [(("steps", name, "kinds", index), kind) for index, kind in enumerate(step.kinds)]
            for number, part in enumerate(step.without):
                named += [(("steps", name, "without", number, "kinds", i), kind) for i, kind in enumerate(part.kinds)]
    for path, kind in named:
        if kind not in kinds:
            todo = f"Bekannt sind: {', '.join(sorted(kinds))}."
            yield file.problem(path, "stelle-unbekannt", f"Die Art von Stelle {quote(kind)} gibt es nicht.", todo)


def check_utterances(files: Mapping[str, File]) -> Iterator[Problem]:
    """Whether one sentence leads to one playbook: twice the same would be a coin toss."""
    seen: dict[str, tuple[File, int]] = {}
    for file in files.values():
        for index, sentence in enumerate(file.playbook.utterances):
            path: Path = ("utterances", index)
            first, line = seen.setdefault(fold(sentence), (file, file.line(path)))
            if (first, line) != (file, file.line(path)):
                what = f"Diese Äußerung steht schon in {first.document.name}:{line}."
                todo = "Behalten Sie eine von beiden." if first is file else "Sie kann nur zu einem Leitfaden führen."
                yield file.problem(path, "aeusserung-doppelt", what, todo)
