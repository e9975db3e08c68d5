"""What the Lotse says about cases to those whom their municipality calls Du: see `sentences_du`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

CASE_DU: Final[Mapping[str, str]] = MappingProxyType(
    {
        "case_readers": (
            "Wer es liest: die Koordination von {place}, erst wenn ein Mensch dort den Vorgang annimmt. Ich "
            "benachrichtige sie ohne Inhalt. Aufbewahrt {days} Tage nach deiner letzten Nachricht oder nach dem "
            "Abschluss. Ohne Namen."
        ),
        "case_no_readers": (
            "Wer es liest: vorerst niemand, für deine Kommune ist noch keine Koordination angeschlossen. Aufbewahrt "
            "{days} Tage nach deiner letzten Nachricht. Ohne Namen."
        ),
        "case_how": (
            "Ohne Namen ist es gut so. Wenn jemand von denen beteiligt ist, die den Vorgang sonst sehen, sag es: Dann "
            "erfährt dort niemand davon."
        ),
        "case_opened_shared": "Gespeichert. Deine Vorgangsnummer: {number}. Notier sie, wenn du magst.",
        "news_intro": "Es gibt etwas Neues für dich.",
        "case_reported": (
            "Die Koordination ist benachrichtigt, ohne Inhalt. Bis {due} soll jemand den Vorgang {number} annehmen; "
            "sonst frage ich weitere Menschen. Zugesagt ist noch nichts. Ich sage dir jeden Schritt. Mit „vorgang“ "
            "kannst du etwas dazu schreiben oder ihn zurückziehen."
        ),
        "case_accept": (
            "Ein Mensch aus der Koordination hat deinen Vorgang {number} angenommen. Nur dieser Mensch darf ihn jetzt "
            "lesen. Mit „vorgang“ kannst du ihm schreiben, ohne deinen Namen."
        ),
        "case_answer": "Ein Mensch aus der Koordination schreibt dir zum Vorgang {number}:",
        "case_human_on": (
            "Was du bis {due} hier schreibst, geht an diesen Menschen; ich halte mich so lange zurück. „notruf“, "
            "„hilfe“ und die anderen Worte gelten weiter. Liest gerade niemand, kann die Antwort dauern."
        ),
        "case_promise": (
            "Die Koordination hat zugesagt: Jemand meldet sich bei dir bis {due}. Geht es nicht, sage ich es dir "
            "zuerst."
        ),
        "case_promise_broken": (
            "Bis {due} sollte sich jemand bei dir melden. Das ist nicht geschehen, und das liegt nicht an dir. Ich "
            "erinnere jetzt daran. Du musst nicht warten; hier ist jemand für dich:"
        ),
        "case_clarify": "Dein Vorgang {number} wird jetzt geklärt. Du entscheidest mit, was geschieht.",
        "case_agree": "Zu deinem Vorgang {number} sind Maßnahmen vereinbart. Passt etwas nicht, schreib „vorgang“.",
        "case_hand_over": (
            "Dein Vorgang {number} geht an einen anderen Menschen in der Koordination. Bis {due} soll er angenommen "
            "sein."
        ),
        "case_step_back": (
            "Ein Mensch aus der Koordination ist selbst beteiligt, hat deinen Vorgang {number} abgegeben und sieht ihn "
            "nicht mehr. Andere sind gefragt; bis {due} soll er angenommen sein."
        ),
        "case_check_in": (
            "Die Koordination hat mich gebeten, bei dir nachzufragen: {due}. Mit „stopp“ endet das jederzeit."
        ),
        "case_close": (
            "Dein Vorgang {number} ist abgeschlossen: {outcome}. Sein Inhalt wird nach dem {due} gelöscht. Ist für "
            "dich noch etwas offen, öffnest du ihn mit „vorgang“ wieder."
        ),
        "case_reopen": "Dein Vorgang {number} ist wieder offen. Bis {due} soll jemand ihn annehmen.",
        "case_escalate": (
            "Bis jetzt hat niemand deinen Vorgang {number} angenommen. Ich habe weitere Menschen benachrichtigt; bis "
            "{due} soll ihn jemand annehmen."
        ),
        "case_nobody": (
            "Deinen Vorgang {number} hat noch niemand angenommen. Das tut mir leid. Ich erinnere weiter daran, aber "
            "bitte warte nicht darauf. Diese Stellen sind für dich da:"
        ),
        "case_erased": "Wie angekündigt ist gelöscht, was in deinem abgeschlossenen Vorgang {number} stand.",
        "case_not_done": "Das geht beim Vorgang {number} gerade nicht mehr. Mit „status“ siehst du, wie er steht.",
        "status_gemeldet": (
            "Dein Vorgang {number}: gemeldet. Angenommen hat ihn noch niemand; bis {due} soll es jemand tun."
        ),
        "status_angenommen": (
            "Dein Vorgang {number}: angenommen. Lesen darf ihn der Mensch aus der Koordination, der ihn angenommen hat."
        ),
        "status_in_klaerung": (
            "Dein Vorgang {number}: in Klärung. Ein Mensch aus der Koordination kümmert sich darum."
        ),
        "status_massnahmen": "Dein Vorgang {number}: Maßnahmen sind vereinbart.",
        "status_abgeschlossen": "Dein Vorgang {number}: abgeschlossen. Sein Inhalt wird nach dem {due} gelöscht.",
        "status_overdue": (
            "Dein Vorgang {number}: gemeldet, aber noch hat ihn niemand angenommen. Bitte warte nicht darauf."
        ),
        "status_how": "Mit „vorgang“ schreibst du der Koordination oder ziehst ihn zurück.",
        "no_case": "Du hast hier gerade keinen Vorgang.",
        "case_which": "Was möchtest du mit deinem Vorgang {number} tun?",
        "case_message_ask": (
            "Was soll im Vorgang {number} dazukommen? Es liest, wer ihn angenommen hat. Schreib bitte keine Namen. In "
            "Gefahr: 110; hier liest nicht rund um die Uhr jemand."
        ),
        "outcome_beendet": "auf deinen Wunsch beendet",
    }
)
