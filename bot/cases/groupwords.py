"""What the Lotse says in groups and rooms: German as to coordinators; what anybody there may read, in English too.

No content, as on a locked screen: who reads along in a group is known to nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ALONE: Final = "In Gefahr: 110. Verletzt oder Suizidgedanken: 112.\nIn danger: 110. Injured or suicidal: 112."

SENTENCES: Final[Mapping[str, str]] = {
    "refused": (
        "Ich rede nur unter vier Augen. Bitte schreiben Sie mir in einem privaten Chat.\n"
        "Sollen hier Hinweise für die Koordination ankommen, schreiben Sie: verbinden CODE (in Telegram mit „/“ "
        "davor). Ohne Code gehe ich in einer Viertelstunde wieder.\n\n"
        f"I only talk in private. Please write to me in a private chat.\n\n{_ALONE}"
    ),
    "public": (
        "Hier können andere mitlesen oder dazukommen. Ich rede nur unter vier Augen, und Hinweise gebe ich nur in "
        "geschlossene Gruppen. Ich gehe in einer Viertelstunde wieder.\n\n"
        "Others can read or enter here. I only talk in private. Please write to me in a private chat.\n\n"
        f"{_ALONE}"
    ),
    "joined": (
        "Verbunden. Hier kommen jetzt Hinweise auf Vorgänge von {place} an ({role}): die Nummer, was zu tun ist und "
        "bis wann. Nie der Inhalt. Annehmen und lesen geht nur im privaten Chat mit mir. „abmelden“ beendet es, in "
        "Telegram „/abmelden“."
    ),
    "already": "Hier kommen schon Hinweise an, für {place}. „abmelden“ beendet es.",
    "code_refused": (
        "Dieser Code gilt nicht, oder nicht mehr. Jeder gilt einmal und höchstens drei Tage. Einen neuen bekommt, wer "
        "koordiniert, im privaten Chat mit mir: mit dem Wort „gruppe“."
    ),
    "left": "Abgemeldet. Hier kommen keine Hinweise mehr an. Danke, dass Sie Bescheid sagen.",
    "help": (
        "Hier stehen nur Hinweise auf Vorgänge von {place}: die Nummer, was zu tun ist und bis wann. Alles andere geht "
        "im privaten Chat mit mir. „abmelden“ beendet es."
    ),
    "act": (
        "Bitte im privaten Chat mit mir. In einer Gruppe kann ich nicht sehen, wer etwas tun möchte. Dort angemeldet "
        "ist, wer eine Einladung hat."
    ),
    "emergency": _ALONE,
    "notice": (
        "Neuer Vorgang {number}{urgent}. Bis {due} soll ihn jemand annehmen. Im privaten Chat mit mir: annehmen "
        "{number}"
    ),
    "reminder": (
        "Der Vorgang {number} wartet{urgent}. Bis {due} soll ihn jemand annehmen. Im privaten Chat mit mir: annehmen "
        "{number}"
    ),
    "escalated": (
        "Den Vorgang {number} hat noch niemand angenommen{urgent}. Jetzt sind weitere Menschen gefragt, bis {due}. Im "
        "privaten Chat mit mir: annehmen {number}"
    ),
    "nobody": (
        "Der Vorgang {number} ist überfällig{urgent}. Der Person sind andere Stellen genannt. Bitte jetzt, im privaten "
        "Chat mit mir: annehmen {number}"
    ),
    "taken": "Den Vorgang {number} hat jemand angenommen ({role}). Sie müssen nichts mehr tun.",
    "promise_soon": (
        "Zum Vorgang {number} ist zugesagt, dass sich bis {due} jemand meldet. Das ist bald. Wer ihn angenommen hat, "
        "im privaten Chat mit mir: antworten {number}"
    ),
    "withdrawn": "Der Vorgang {number} ist zurückgezogen. Sie müssen nichts mehr tun.",
    "over": "Den Vorgang {number} hat die Verwaltung des Lotsen geschlossen. Sie müssen nichts mehr tun.",
}
