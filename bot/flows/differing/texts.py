"""What a person reads differently: texts in all languages, numbers in them, translations that were left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.flows.differing.changes import Change, Kind
from bot.flows.differing.naming import count, language_name, listed, quoted, quoted_from

# Telephone numbers as texts write them (as in `checking.texts`); no dates, no amounts, no paragraphs.
_NUMBER: Final = re.compile(r"(?<![\w§])(?<!§ )(?:116 ?\d{3}|110|112|0\d{2,}(?:[ /-]\d+)+)(?!\w)")
_EMERGENCY: Final = "{notruf}"

Bubbles = Mapping[str, Sequence[str]]


@dataclass
class Texts:
    """Compares the texts of one file, and remembers which languages were left behind, came, and went.

    `behind`: by language, the German texts that changed while this one stayed. `came`, `went`: how many texts.
    """

    playbook: str
    behind: dict[str, list[str]] = field(default_factory=dict)
    came: dict[str, int] = field(default_factory=dict)
    went: dict[str, int] = field(default_factory=dict)

    def compare(
        self, what: str, old: Bubbles, new: Bubbles, *, kind: Kind = Kind.TEXTS, step: str = "", place: int = 0
    ) -> Iterator[Change]:
        """One sentence for one text. `what`: "Text", "Hinweis"; `kind`: how much it weighs."""
        changed = self.changed(old, new)
        if changed:
            # Where one language is only set out differently, another may say something new.
            new_words = [language for language in changed if _joined(old[language]) != _joined(new[language])]
            first = (["de"] if "de" in new_words else new_words or changed)[0]
            before, after = _joined(old[first]), _joined(new[first])
            said = f"{quoted_from(before, after)} → {quoted_from(after, before)}"
            if not new_words:
                said = f"{quoted(after)} ist anders auf Zeilen und Nachrichten verteilt"
            yield Change(kind, self.playbook, f"{what} geändert{_where(new_words or changed)}: {said}.", step, place)

    def changed(self, old: Bubbles, new: Bubbles) -> list[str]:
        """The languages in which a text is another one now; takes note of those that were left behind."""
        changed = [language for language in new if language in old and tuple(new[language]) != tuple(old[language])]
        if "de" in changed:
            for language in new:
                if language in old and language not in changed:
                    self.behind.setdefault(language, []).append(quoted(_joined(new["de"])))
        for language in new.keys() - old.keys():
            self.came[language] = self.came.get(language, 0) + 1
        for language in old.keys() - new.keys():
            self.went[language] = self.went.get(language, 0) + 1
        return changed

    def languages(self) -> Iterator[Change]:
        """What is to be said about languages when all texts were compared."""
        same: dict[tuple[str, ...], list[str]] = {}
        for language, texts in self.behind.items():
            same.setdefault(tuple(texts), []).append(language_name(language))
        for behind, names in same.items():
            first = f"bei {behind[0]}"
            where = first if len(behind) == 1 else f"bei {len(behind)} Texten, zuerst {first},"
            verb = "hängt" if len(names) == 1 else "hängen"
            sentence = f"{listed(names)} {verb} nach: {where} ist nur das Deutsche neu."
            yield Change(Kind.LANGUAGES, self.playbook, sentence)
        for language, number in sorted(self.came.items()):
            sentence = f"{language_name(language)}: {count(number, 'Text ist', 'Texte sind')} dazugekommen."
            yield Change(Kind.LANGUAGES, self.playbook, sentence)
        for language, number in sorted(self.went.items()):
            sentence = f"{language_name(language)}: {count(number, 'Text fehlt', 'Texte fehlen')} jetzt."
            yield Change(Kind.LANGUAGES, self.playbook, sentence)


def bubbles_of(text: Mapping[str, str] | Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """A text or a line, by language, as bubbles."""
    return {language: (part,) if isinstance(part, str) else tuple(part) for language, part in text.items()}


def numbers(texts: Bubbles) -> dict[str, str]:
    """The telephone numbers of a text in any language, without blanks between digits, as they are first written."""
    found: dict[str, str] = {}
    for bubbles in texts.values():
        text = _joined(bubbles)
        if _EMERGENCY in text:
            found |= {"110": "110", "112": "112"}
        for number in _NUMBER.findall(text):
            found.setdefault(re.sub(r"\D", "", number), number)
    return found


def _where(changed: Sequence[str]) -> str:
    names = [language_name(language) for language in changed if language != "de"]
    if not names:
        return ""
    return f" ({'auch' if 'de' in changed else 'nur'} {listed(names)})"


def _joined(bubbles: Sequence[str]) -> str:
    return " ".join(" ".join(bubbles).split())
