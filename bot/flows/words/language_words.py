"""Words about languages: which one somebody names, and that somebody says they have little German. Folded.

For people to extend. The second list is read only where the sentence is about the speaker: "du kannst kein Deutsch" is
what people were told, and must not be answered with an offer of simple words.
"""

from __future__ import annotations

from typing import Final

NAMED: Final = {
    "de-simple": "einfach einfache einfacher einfachen einfaches leicht leichte leichter leichten leichtes easy plain"
    " simple",
    "en": "english englisch englische",
    "de": "deutsch german",
}
"""Language -> words that name it in a wish for another language; the first one that is named counts."""

GERMAN: Final = frozenset("deutsch deutsche german germany almanca".split())
LITTLE: Final = frozenset(
    "nix nicht nich net kein keine wenig bisschen bissel schlecht klein noch lerne no not little bad dont az"
    " bilmiyorum".split()
)
MYSELF: Final = frozenset("ich i mein meine my ben".split())
OTHERS: Final = frozenset("du sie er ihr man you he she they".split())
NEAR: Final = 5
"""Words around "Deutsch" that are looked at."""
