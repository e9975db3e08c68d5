"""What a person reads differently: texts in all languages, the numbers in them, and translations that were left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.flows.differing.changes import Change, Kind
from bot.flows.differing.naming import count, language_name, listed, quoted, quoted_from

# Telephone numbers: three digits at least, in groups or not; no dates, no amounts, no paragraphs.
_NUMBER: Final = re.compile(r"(?<![\w§.,])(?<!§ )(?<!§§ )(?:1\d{2}(?! ?\d)|0\d{2,}(?:[ /-]\d+)*|116 ?\d{3})(?![\w,])(?!\.\d)")
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
            first = "de" if "de" in changed else changed[0]
            before, after = _joined(old[first]), _joined(new[first])
            sentence = f"{what} geändert{_where(changed)}: {quoted_from(before, after)} → {quoted_from(after, before)}."
            yield Change(kind, self.playbook, sentence, step, place)

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
        for language, texts in self.behind.items():
            named = f"{listed(texts[:1])} und {count(len(texts) - 1, 'weiteren', 'weiteren')}" if texts[1:] else texts[0]
            sentence = f"{language_name(language)} hängt nach: Der deutsche Text ist neu, die Übersetzung nicht, bei {named}."
            yield Change(Kind.LANGUAGES, self.playbook, sentence)
        for language, number in sorted(self.came.items()):
            sentence = f"{language_name(language)}: {count(number, 'Text ist', 'Texte sind')} dazugekommen."
            yield Change(Kind.LANGUAGES, self.playbook, sentence)
        for language, number in sorted(self.went.items()):
            sentence = f"{language_name(language)}: {count(number, 'Text fehlt', 'Texte fehlen')} jetzt."
            yield Change(Kind.LANGUAGES, self.playbook, sentence)


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
