"""Which languages somebody speaks on the phone, said to those for whom it matters.

Whoever reads German is not told that a German office speaks German; everybody else is told what it speaks, when the
file says so.
"""

from __future__ import annotations

from collections.abc import Sequence

# ISO 639: two letters, and three for German Sign Language. In English, which every other reader gets.
_NAMES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French",
    "gsg": "German Sign Language", "it": "Italian", "ku": "Kurdish", "pl": "Polish", "ro": "Romanian",
    "ru": "Russian", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
}  # fmt: skip


def speaks(languages: Sequence[str], reader: str) -> str:
    """One sentence, or nothing for readers of German and for contacts whose languages nobody has noted."""
    if not languages or reader.partition("-")[0] == "de":
        return ""
    return f"Languages: {', '.join(_NAMES.get(language, language) for language in languages)}."
