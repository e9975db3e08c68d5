"""What the Lotse says about a case that humans look after: one sentence for each arrow of the procedure.

The form is that of `sentences`, which takes these in. Nothing here says more than what has happened: that somebody will
get in touch stands only where a human has promised it, by when somebody is asked to accept is called just that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_CONSENT = {
    "case_readers": (
        (
            "Wer es liest: die Koordination von {place}, erst wenn ein Mensch dort den Vorgang annimmt. Ich "
            "benachrichtige "
            "sie ohne Inhalt. Aufbewahrt {days} Tage nach Ihrer letzten Nachricht oder nach dem Abschluss. Ohne "
            "Namen."
        ),
        (
            "Who reads it: the coordination of {place}, once a person there accepts the case. I notify them without "
            "any "
            "content. Kept for {days} days after your last message, or after it is closed. Without a name."
        ),
        (
            "Wer es liest: Menschen von der Koordination in {place}. Erst nimmt ein Mensch Ihren Vorgang an. Dann "
            "liest er. "
            "Nach {days} Tagen lösche ich alles. Ihr Name steht nicht darin."
        ),
    ),
    "case_no_readers": (
        (
            "Wer es liest: vorerst niemand, für Ihre Kommune ist noch keine Koordination angeschlossen. Aufbewahrt "
            "{days} "
            "Tage nach Ihrer letzten Nachricht. Ohne Namen."
        ),
        (
            "Who reads it: nobody for now, no coordination is connected for your municipality. Kept for {days} days "
            "after "
            "your last message. Without a name."
        ),
        ("Wer es liest: jetzt noch niemand. Nach {days} Tagen lösche ich alles. Ihr Name steht nicht darin."),
    ),
    "case_more": (
        "Mit Namen, oder jemand ist beteiligt",
        "With my name, or somebody is involved",
        "Mit Namen, oder jemand gehört dazu",
    ),
    "case_how": (
        (
            "Ohne Namen ist es gut so. Wenn jemand von denen beteiligt ist, die den Vorgang sonst sehen, sagen Sie es: "
            "Dann erfährt dort niemand davon."
        ),
        (
            "Without a name is fine. If somebody is involved who would otherwise see the case, say so: then nobody "
            "there will hear of it."
        ),
        (
            "Ohne Namen ist gut. Gehört jemand von diesen Menschen zu denen, die Ihnen das antun? Dann sagen Sie es. "
            "Dann erfährt dieser Mensch nichts."
        ),
    ),
    "case_name": ("Meinen Namen dazuschreiben", "Add my name", "Meinen Namen dazu schreiben"),
    "case_nameless": ("Doch ohne Namen", "Without a name after all", "Doch ohne Namen"),
    "case_name_ask": (
        "Welcher Name soll im Vorgang stehen? Ihn liest, wer den Vorgang annimmt.",
        "Which name is to stand in the case? Whoever accepts the case reads it.",
        "Welcher Name soll da stehen? Den Namen liest der Mensch, der den Vorgang annimmt.",
    ),
    "case_named": ("Mit dem Namen {name}.", "With the name {name}.", "Mit dem Namen {name}."),
    "name": ("Name", "Name", "Name"),
    "case_involved_ansprechperson": (
        "Die Ansprechperson ist beteiligt",
        "The contact person is involved",
        "Die Ansprech·person gehört dazu",
    ),
    "case_involved_vertretung": (
        "Die Vertretung ist beteiligt",
        "The deputy is involved",
        "Die Vertretung gehört dazu",
    ),
    "case_involved_koordination": (
        "Die Koordination ist beteiligt",
        "The coordination is involved",
        "Die Koordination gehört dazu",
    ),
    "case_with_ansprechperson": (
        "Die Ansprechperson ist nicht beteiligt",
        "The contact person is not involved",
        "Die Ansprech·person gehört nicht dazu",
    ),
    "case_with_vertretung": (
        "Die Vertretung ist nicht beteiligt",
        "The deputy is not involved",
        "Die Vertretung gehört nicht dazu",
    ),
    "case_with_koordination": (
        "Die Koordination ist nicht beteiligt",
        "The coordination is not involved",
        "Die Koordination gehört nicht dazu",
    ),
    "case_without_ansprechperson": (
        "Die Ansprechperson erfährt nichts davon.",
        "The contact person will not hear of it.",
        "Die Ansprech·person erfährt nichts.",
    ),
    "case_without_vertretung": (
        "Die Vertretung erfährt nichts davon.",
        "The deputy will not hear of it.",
        "Die Vertretung erfährt nichts.",
    ),
    "case_without_koordination": (
        "Die Koordination im engeren Sinn erfährt nichts davon.",
        "The coordination itself will not hear of it.",
        "Die Koordination erfährt nichts.",
    ),
    "case_opened_shared": (
        "Gespeichert. Ihre Vorgangsnummer: {number}. Notieren Sie sie, wenn Sie mögen.",
        "Stored. Your case number: {number}. Write it down if you like.",
        "Gespeichert. Ihre Nummer: {number}. Schreiben Sie die Nummer auf.",
    ),
}

_NEWS = {
    "news_intro": (
        "Es gibt etwas Neues für Sie.",
        "There is something new for you.",
        "Es gibt etwas Neues für Sie.",
    ),
    "case_reported": (
        (
            "Die Koordination ist benachrichtigt, ohne Inhalt. Bis {due} soll jemand den Vorgang {number} annehmen; "
            "sonst "
            "frage ich weitere Menschen. Zugesagt ist noch nichts. Ich sage Ihnen jeden Schritt. Mit „vorgang“ "
            "können Sie "
            "etwas dazu schreiben oder ihn zurückziehen."
        ),
        (
            "The coordination has been notified, without any content. Somebody should accept case {number} by {due}; "
            "otherwise I ask more people. Nothing has been promised yet. I will tell you every step. With “case” "
            "you can "
            "add something or withdraw it."
        ),
        (
            "Die Koordination weiß jetzt: Es gibt den Vorgang {number}. Den Inhalt kennt sie nicht. Bis {due} soll "
            "ein "
            "Mensch ihn annehmen. Versprochen ist noch nichts. Ich sage Ihnen Bescheid."
        ),
    ),
    "case_accept": (
        (
            "Ein Mensch aus der Koordination hat Ihren Vorgang {number} angenommen. Nur dieser Mensch darf ihn jetzt "
            "lesen. Mit „vorgang“ können Sie ihm schreiben, ohne Ihren Namen."
        ),
        (
            "A person from the coordination has accepted your case {number}. Only this person may read it now. With "
            "“case” you can write to them, without your name."
        ),
        (
            "Ein Mensch hat Ihren Vorgang {number} angenommen. Nur er darf ihn jetzt lesen. Sie können ihm schreiben. "
            "Schreiben Sie dann: vorgang."
        ),
    ),
    "case_answer": (
        "Ein Mensch aus der Koordination schreibt Ihnen zum Vorgang {number}:",
        "A person from the coordination writes to you about case {number}:",
        "Ein Mensch von der Koordination schreibt Ihnen. Es geht um den Vorgang {number}:",
    ),
    "case_human_on": (
        (
            "Was Sie bis {due} hier schreiben, geht an diesen Menschen; ich halte mich so lange zurück. „notruf“, "
            "„hilfe“ "
            "und die anderen Worte gelten weiter. Liest gerade niemand, kann die Antwort dauern."
        ),
        (
            "Until {due} what you write here goes to this person; I keep back until then. “emergency”, “help” and "
            "the other "
            "words still work. If nobody is reading right now, an answer can take time."
        ),
        (
            "Bis {due} bekommt dieser Mensch, was Sie hier schreiben. Ich warte so lange. Die Wörter notruf und "
            "hilfe "
            "gehen immer. Die Antwort kann dauern."
        ),
    ),
    "case_promise": (
        (
            "Die Koordination hat zugesagt: Jemand meldet sich bei Ihnen bis {due}. Geht es nicht, sage ich es "
            "Ihnen zuerst."
        ),
        ("The coordination has promised: somebody will get in touch by {due}. If that fails, I will tell you first."),
        (
            "Die Koordination hat versprochen: Ein Mensch meldet sich bis {due}. Klappt es nicht? Dann sage ich es "
            "Ihnen."
        ),
    ),
    "case_promise_broken": (
        (
            "Bis {due} sollte sich jemand bei Ihnen melden. Das ist nicht geschehen, und das liegt nicht an Ihnen. "
            "Ich "
            "erinnere jetzt daran. Sie müssen nicht warten; hier ist jemand für Sie:"
        ),
        (
            "Somebody was to get in touch with you by {due}. That has not happened, and it is not your fault. I am "
            "reminding "
            "them now. You do not have to wait; here is somebody for you:"
        ),
        (
            "Bis {due} sollte sich ein Mensch melden. Das hat nicht geklappt. Sie sind nicht schuld. Sie müssen "
            "nicht "
            "warten. Hier hilft Ihnen jemand:"
        ),
    ),
    "case_clarify": (
        "Ihr Vorgang {number} wird jetzt geklärt. Sie entscheiden mit, was geschieht.",
        "Your case {number} is now being looked into. You have a say in what happens.",
        "Ihr Vorgang {number} wird jetzt geklärt. Sie entscheiden mit.",
    ),
    "case_agree": (
        "Zu Ihrem Vorgang {number} sind Maßnahmen vereinbart. Passt etwas nicht, schreiben Sie „vorgang“.",
        "Measures have been agreed on for your case {number}. If something does not fit, write “case”.",
        "Zu Ihrem Vorgang {number} ist vereinbart, was geschieht. Passt etwas nicht? Schreiben Sie: vorgang.",
    ),
    "case_hand_over": (
        ("Ihr Vorgang {number} geht an einen anderen Menschen in der Koordination. Bis {due} soll er angenommen sein."),
        "Your case {number} goes to another person in the coordination. It should be accepted by {due}.",
        "Ein anderer Mensch soll sich um Ihren Vorgang {number} kümmern. Bis {due} soll er ihn annehmen.",
    ),
    "case_step_back": (
        (
            "Ein Mensch aus der Koordination ist selbst beteiligt, hat Ihren Vorgang {number} abgegeben und sieht "
            "ihn nicht "
            "mehr. Andere sind gefragt; bis {due} soll er angenommen sein."
        ),
        (
            "A person from the coordination is involved, has given your case {number} up and does not see it any "
            "more. "
            "Others are asked; it should be accepted by {due}."
        ),
        (
            "Ein Mensch von der Koordination sieht Ihren Vorgang {number} nicht mehr. Er hat selbst damit zu tun. "
            "Bis {due} "
            "soll ein anderer Mensch ihn annehmen."
        ),
    ),
    "case_check_in": (
        "Die Koordination hat mich gebeten, bei Ihnen nachzufragen: {due}. Mit „stopp“ endet das jederzeit.",
        "The coordination has asked me to check in with you: {due}. “Stop” ends this at any time.",
        "Ich soll bei Ihnen nachfragen: {due}. Wenn Sie das nicht wollen: Schreiben Sie stopp.",
    ),
    "case_close": (
        (
            "Ihr Vorgang {number} ist abgeschlossen: {outcome}. Sein Inhalt wird nach dem {due} gelöscht. Ist für "
            "Sie noch "
            "etwas offen, öffnen Sie ihn mit „vorgang“ wieder."
        ),
        (
            "Your case {number} is closed: {outcome}. What it says is deleted after {due}. If something is still "
            "open for "
            "you, reopen it with “case”."
        ),
        (
            "Ihr Vorgang {number} ist fertig: {outcome}. Nach dem {due} lösche ich, was darin steht. Ist noch etwas "
            "offen? "
            "Schreiben Sie: vorgang."
        ),
    ),
    "case_reopen": (
        "Ihr Vorgang {number} ist wieder offen. Bis {due} soll jemand ihn annehmen.",
        "Your case {number} is open again. Somebody should accept it by {due}.",
        "Ihr Vorgang {number} ist wieder offen. Bis {due} soll ein Mensch ihn annehmen.",
    ),
    "case_withdraw": (
        (
            "Zurückgezogen am {today}. Was im Vorgang {number} stand, ist gelöscht. Die Koordination erfährt nur, "
            "dass er "
            "zurückgezogen ist. Neue Hilfe gibt es jederzeit."
        ),
        (
            "Withdrawn on {today}. What case {number} said is deleted. The coordination only learns that it was "
            "withdrawn. "
            "You can get help again at any time."
        ),
        (
            "Ihr Vorgang {number} ist gelöscht, am {today}. Die Koordination erfährt nur: Er ist zurückgezogen. Sie "
            "können "
            "immer wieder schreiben."
        ),
    ),
    "case_escalate": (
        (
            "Bis jetzt hat niemand Ihren Vorgang {number} angenommen. Ich habe weitere Menschen benachrichtigt; bis "
            "{due} "
            "soll ihn jemand annehmen."
        ),
        (
            "So far nobody has accepted your case {number}. I have notified more people; somebody should accept it "
            "by {due}."
        ),
        (
            "Noch hat kein Mensch Ihren Vorgang {number} angenommen. Ich habe weitere Menschen gefragt. Neue Frist: "
            "{due}."
        ),
    ),
    "case_nobody": (
        (
            "Ihren Vorgang {number} hat noch niemand angenommen. Das tut mir leid. Ich erinnere weiter daran, aber "
            "bitte "
            "warten Sie nicht darauf. Diese Stellen sind für Sie da:"
        ),
        (
            "Nobody has accepted your case {number} yet. I am sorry. I keep reminding them, but please do not wait "
            "for it. "
            "These are there for you:"
        ),
        (
            "Noch hat kein Mensch Ihren Vorgang {number} angenommen. Das tut mir leid. Bitte warten Sie nicht. Hier "
            "bekommen "
            "Sie Hilfe:"
        ),
    ),
    "case_erased": (
        "Wie angekündigt ist gelöscht, was in Ihrem abgeschlossenen Vorgang {number} stand.",
        "As announced, what your closed case {number} said has been deleted.",
        "Ich habe gelöscht, was im Vorgang {number} stand.",
    ),
    "case_not_done": (
        "Das geht beim Vorgang {number} gerade nicht mehr. Mit „status“ sehen Sie, wie er steht.",
        "That is no longer possible for case {number}. “Status” shows how it stands.",
        "Das geht beim Vorgang {number} nicht mehr. Schreiben Sie status. Dann sehen Sie, wie es steht.",
    ),
}

_STATUS = {
    "status_gemeldet": (
        "Ihr Vorgang {number}: gemeldet. Angenommen hat ihn noch niemand; bis {due} soll es jemand tun.",
        "Your case {number}: reported. Nobody has accepted it yet; somebody should by {due}.",
        "Ihr Vorgang {number} ist gemeldet. Noch hat ihn kein Mensch angenommen. Das soll bis {due} geschehen.",
    ),
    "status_angenommen": (
        "Ihr Vorgang {number}: angenommen. Lesen darf ihn der Mensch aus der Koordination, der ihn angenommen hat.",
        "Your case {number}: accepted. The person from the coordination who has accepted it may read it.",
        "Ein Mensch von der Koordination hat Ihren Vorgang {number} angenommen.",
    ),
    "status_in_klaerung": (
        "Ihr Vorgang {number}: in Klärung. Ein Mensch aus der Koordination kümmert sich darum.",
        "Your case {number}: being looked into by a person from the coordination.",
        "Ein Mensch von der Koordination klärt gerade Ihren Vorgang {number}.",
    ),
    "status_massnahmen": (
        "Ihr Vorgang {number}: Maßnahmen sind vereinbart.",
        "Your case {number}: measures have been agreed on.",
        "Ihr Vorgang {number}: Es ist vereinbart, was geschieht.",
    ),
    "status_abgeschlossen": (
        "Ihr Vorgang {number}: abgeschlossen. Sein Inhalt wird nach dem {due} gelöscht.",
        "Your case {number}: closed. What it says is deleted after {due}.",
        "Ihr Vorgang {number} ist fertig. Nach dem {due} lösche ich, was darin steht.",
    ),
    "status_overdue": (
        "Ihr Vorgang {number}: gemeldet, aber noch hat ihn niemand angenommen. Bitte warten Sie nicht darauf.",
        "Your case {number}: reported, but nobody has accepted it yet. Please do not wait for it.",
        "Ihr Vorgang {number} ist gemeldet. Noch hat ihn kein Mensch angenommen. Bitte warten Sie nicht.",
    ),
    "status_promise": (
        "Zugesagt: Jemand meldet sich bis {due}.",
        "Promised: somebody will get in touch by {due}.",
        "Versprochen: Ein Mensch meldet sich bis {due}.",
    ),
    "status_how": (
        "Mit „vorgang“ schreiben Sie der Koordination oder ziehen ihn zurück.",
        "With “case” you write to the coordination or withdraw it.",
        "Schreiben Sie vorgang. Dann können Sie der Koordination schreiben.",
    ),
    "no_case": (
        "Sie haben hier gerade keinen Vorgang.",
        "You have no case here at the moment.",
        "Sie haben hier keinen Vorgang.",
    ),
}

_CASE = {
    "case_which": (
        "Was möchten Sie mit Ihrem Vorgang {number} tun?",
        "What would you like to do with your case {number}?",
        "Was wollen Sie mit dem Vorgang {number} machen?",
    ),
    "case_do_message": ("Etwas schreiben", "Write something", "Etwas schreiben"),
    "case_do_reopen": ("Wieder öffnen", "Reopen it", "Wieder öffnen"),
    "case_do_withdraw": ("Zurückziehen und löschen", "Withdraw and delete it", "Zurückziehen und löschen"),
    "case_message_ask": (
        (
            "Was soll im Vorgang {number} dazukommen? Es liest, wer ihn angenommen hat. Schreiben Sie bitte keine "
            "Namen. "
            "In Gefahr: 110; hier liest nicht rund um die Uhr jemand."
        ),
        (
            "What should be added to case {number}? Whoever has accepted it reads it. Please write no names. In "
            "danger: "
            "110; nobody reads here around the clock."
        ),
        (
            "Was wollen Sie zum Vorgang {number} schreiben? Bitte keine Namen. In Gefahr: 110. Hier liest nicht "
            "immer "
            "jemand."
        ),
    ),
    "case_message_sent": (
        "Das steht jetzt im Vorgang {number}. Eine Frist wahrt es nicht.",
        "It is in case {number} now. It meets no legal deadline.",
        "Das steht jetzt im Vorgang {number}. Eine Frist halten Sie damit nicht ein.",
    ),
    "case_withdraw_ask": (
        (
            "Soll ich den Vorgang {number} zurückziehen? Was darin steht, wird gelöscht. Das lässt sich nicht "
            "rückgängig machen."
        ),
        "Shall I withdraw case {number}? What it says will be deleted. This cannot be undone.",
        "Soll ich den Vorgang {number} löschen? Danach ist er weg.",
    ),
    "outcome_geklaert": ("geklärt", "settled", "geklärt"),
    "outcome_schutz": ("Schutz ist eingerichtet", "protection is in place", "Sie haben jetzt Schutz"),
    "outcome_weitergeleitet": (
        "eine andere Stelle hat übernommen",
        "another body has taken over",
        "eine andere Stelle macht weiter",
    ),
    "outcome_beendet": ("auf Ihren Wunsch beendet", "ended as you wished", "Sie wollten aufhören"),
    "outcome_kein_kontakt": (
        "es kam kein Kontakt zustande",
        "no contact was made",
        "wir haben Sie nicht erreicht",
    ),
    "outcome_": ("ohne Angabe", "not stated", "ohne Angabe"),
}

CASE_SENTENCES: Final[Mapping[str, tuple[str, str, str]]] = {**_CONSENT, **_NEWS, **_STATUS, **_CASE}
