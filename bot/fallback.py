"""What a person is told when the engine cannot be asked: the books take nothing, or their message ends every turn.

Owns: these few texts. They stand on nothing but the static emergency and crisis texts, so that danger is answered even
then (decisions: emergency and crisis answers go out from the static text all the same).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from bot.flows.crisis import Crisis, look
from bot.flows.emergency import crisis_text, emergency_text, violence_text
from bot.flows.exchange import Incoming, Pressed, Said, Send, Started, Unreadable
from bot.flows.reading import clean, detect_language, fold

Occasion = Literal["unwritable", "parked", "lost"]

_KNOWN: Final = ("de", "en", "tr", "ar", "ru", "uk")

_SORRY: Final[Mapping[Occasion, Mapping[str, str]]] = {
    "unwritable": {
        "de": "Ich kann gerade nicht weiterarbeiten. Das liegt an mir, nicht an Ihnen. Ich versuche es weiter; "
        "Ihre Nachricht müssen Sie nicht noch einmal schicken.",
        "en": "I cannot go on at the moment. That is my fault, not yours. I keep trying; "
        "you need not send your message again.",
        "de-simple": "Ich kann gerade nicht arbeiten.\nDas ist mein Fehler.\nIch versuche es weiter.\n"
        "Sie müssen Ihren Text nicht noch einmal schicken.",
    },
    "parked": {
        "de": "Mit dieser Nachricht komme ich nicht zurecht. Das liegt an mir, nicht an Ihnen. Bitte schreiben Sie es "
        "mit anderen Worten. Mit „mensch“ nenne ich Ihnen Menschen, mit denen Sie sprechen können.",
        "en": "I cannot handle this message. That is my fault, not yours. Please say it in other words. "
        "With “human” I name people whom you can talk to.",
        "de-simple": "Diese Nachricht verstehe ich nicht.\nDas ist mein Fehler.\nBitte schreiben Sie es anders.\n"
        "Schreiben Sie „mensch“.\nDann nenne ich Ihnen Menschen zum Reden.",
    },
    "lost": {
        "de": "Hier sollte eine Nachricht von mir stehen. Sie ist mir verloren gegangen. Das liegt an mir, nicht an "
        "Ihnen. Bitte schreiben Sie mir noch einmal, dann mache ich weiter. Mit „mensch“ nenne ich Ihnen Menschen, mit "
        "denen Sie sprechen können.",
        "en": "A message of mine should stand here. I have lost it. That is my fault, not yours. Please write to me "
        "once more and I go on. With “human” I name people whom you can talk to.",
        "de-simple": "Hier fehlt eine Nachricht von mir.\nDas ist mein Fehler.\nBitte schreiben Sie mir noch einmal.\n"
        "Dann mache ich weiter.\nSchreiben Sie „mensch“.\nDann nenne ich Ihnen Menschen zum Reden.",
    },
}


def answer(occasion: Occasion, incoming: Incoming, language: str) -> Send | None:
    """Return what a person is told; None when nobody wrote (an alarm), so that nobody is woken for nothing.

    `language` may be "": then it is guessed from what was written, else German.
    """
    if not isinstance(incoming, Started | Said | Pressed | Unreadable):
        return None
    said = clean(incoming.text).text if isinstance(incoming, Said) else ""
    language = language or detect_language(said, _KNOWN) or "de"
    found = look(fold(said))
    if found is None and isinstance(incoming, Said) and incoming.distress:
        found = Crisis.OTHERS if incoming.distress == "others" else Crisis.INDIRECT
    if isinstance(found, Crisis):
        parts = crisis_text(found, language)
    elif found is not None:
        parts = violence_text(language)
    else:
        sorry = _SORRY[occasion]
        parts = (sorry.get(language, sorry["de"]), *emergency_text(language))
    return Send(text="\n\n".join(parts), style="emergency", urgent=True)
