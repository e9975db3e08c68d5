"""What the Lotse says to coordinators: German, short, no content in what may stand on a locked screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "joined": (
        "Willkommen. Sie sehen in diesem Chat jetzt die Vorgänge von {place}, als {role}. Benachrichtigungen nennen "
        "nur die "
        "Nummer. Den Inhalt sieht, wer einen Vorgang annimmt. „hilfe“ zeigt alle Worte, „abmelden“ beendet es."
    ),
    "joined_in_clear": (
        "Willkommen. Sie sehen in diesem Chat jetzt die Vorgänge von {place}, als {role}. Benachrichtigungen nennen "
        "nur die Nummer. Den Inhalt gibt es nur in einem verschlüsselten Chat, und dies ist keiner: Lassen Sie sich "
        "dafür auch für Matrix einladen. „hilfe“ zeigt alle Worte, „abmelden“ beendet es."
    ),
    "invitation_refused": (
        "Diese Einladung gilt nicht, oder nicht mehr. Jede gilt einmal und höchstens drei Tage. Eine neue gibt "
        "Ihnen, wer "
        "den Lotsen bei Ihnen betreibt."
    ),
    "left": "Abgemeldet. Sie sehen hier keine Vorgänge mehr. Was Sie angenommen hatten, geht an andere.",
    "moves_not": (
        "Dies ist ein Chat der Koordination; er zieht nicht um, und kein Gespräch kommt hierher. In einem anderen Chat "
        "geht es mit einer neuen Einladung weiter."
    ),
    "deleted": "Gelöscht: dieser Chat und Ihre Anmeldung. Was Sie angenommen hatten, geht an andere.",
    "notice": "Neuer Vorgang {number}{urgent}. Bitte bis {due} annehmen. Erst danach sehen Sie, worum es geht.",
    "notice_in_clear": (
        "Neuer Vorgang {number}{urgent}. Bitte bis {due} annehmen. Worum es geht, sehen Sie nur in einem "
        "verschlüsselten Chat; dies ist keiner."
    ),
    "reminder": "Der Vorgang {number} wartet{urgent}. Bitte bis {due} annehmen.",
    "escalated": "Den Vorgang {number} hat noch niemand angenommen{urgent}. Jetzt sind Sie gefragt, bis {due}.",
    "nobody": (
        "Der Vorgang {number} ist überfällig{urgent}. Der Person sind andere Stellen genannt. Bitte nehmen Sie ihn "
        "jetzt an."
    ),
    "taken": "Den Vorgang {number} hat jemand anderes angenommen. Sie müssen nichts mehr tun.",
    "message": "Zum Vorgang {number} gibt es eine neue Nachricht. „lesen“ zeigt sie.",
    "message_in_clear": (
        "Zum Vorgang {number} gibt es eine neue Nachricht. Lesen können Sie sie nur in einem verschlüsselten Chat; "
        "dies ist keiner."
    ),
    "promise_soon": "Zum Vorgang {number} haben Sie zugesagt, sich bis {due} zu melden. Das ist bald.",
    "promise_broken": (
        "Die Zusage zum Vorgang {number} ist verstrichen. Die Person weiß es schon und kennt andere Stellen. Bitte "
        "melden Sie "
        "sich, oder sagen Sie einen neuen Zeitpunkt zu."
    ),
    "nudge": "Im Vorgang {number} ist seit ein paar Tagen nichts geschehen. Was ist der nächste Schritt?",
    "withdrawn": "Der Vorgang {number} ist zurückgezogen. Sein Inhalt ist gelöscht. Sie müssen nichts mehr tun.",
    "over": "Den Vorgang {number} hat die Verwaltung des Lotsen geschlossen. Sie müssen nichts mehr tun.",
    "listed": "Offene Vorgänge: {count}",
    "listed_none": "Gerade ist kein Vorgang offen.",
    "row": "{number}: {state}{mine}{due}",
    "shown": "Vorgang {number}: {title}. Was die Person freigegeben hat:",
    "shown_notes": "Seitdem dazugekommen:",
    "shown_rules": "Nur für diesen Zweck. Nichts davon weitergeben, ohne die Person zu fragen.",
    "menu": "Was möchten Sie zum Vorgang {number} tun?",
    "help": (
        "Diese Worte gelten hier, bei mehreren Vorgängen mit der Nummer dahinter:\n"
        "fälle – was offen ist\nannehmen – Sie kümmern sich\nlesen – der Inhalt, nur in einem verschlüsselten Chat\n"
        "antworten TEXT – geht an die Person\nversprechen morgen 14 Uhr – bis dann meldet sich jemand\n"
        "nachfrage in 3 Tagen – ich frage bei der Person nach\nnotiz TEXT, aufgabe TEXT – nur für die Koordination\n"
        "klärung, maßnahmen – der Stand\nzurückstellen bis Freitag – so lange erinnere ich nicht\n"
        "weitergeben – jemand anderes soll es übernehmen\nbefangen – Sie sind beteiligt und sehen ihn nie wieder\n"
        "schließen – beendet\ngruppe – ein Code, mit dem eine Gruppe Hinweise bekommt\nabmelden – Sie koordinieren "
        "hier nicht mehr"
    ),
    "group_code": (
        "Nehmen Sie mich in die Gruppe oder den Raum auf, und schreiben Sie dort, in Telegram mit „/“ davor:\n\n"
        "verbinden {code}\n\n"
        "Der Code gilt einmal und drei Tage; dann stehen dort Hinweise, nie Inhalte."
    ),
    "group_only": (
        "Dieser Code ist für eine Gruppe oder einen Raum. Nehmen Sie mich dort auf, und schreiben Sie ihn dort: "
        "verbinden CODE, in Telegram mit „/“ davor."
    ),
    "group_joined": "Eine Gruppe bekommt jetzt Hinweise auf Vorgänge von {place}. Inhalte stehen dort nie.",
    "group_left": "Eine Gruppe bekommt keine Hinweise auf Vorgänge von {place} mehr. Sie bekommen sie weiter.",
    "which": "Welcher Vorgang? Bitte die Nummer dazu, zum Beispiel: {word} 4812 9037. „fälle“ zeigt alle.",
    "unclear": "Das habe ich nicht verstanden. „hilfe“ zeigt die Worte, „fälle“ die Vorgänge.",
    "stale": "Diese Auswahl gilt nicht mehr. „fälle“ zeigt, was offen ist.",
    "not_here": (
        "Inhalte gibt es nur in einem verschlüsselten Chat, und dies ist keiner. Bitte lassen Sie sich für Matrix "
        "einladen; dann geben Sie den Vorgang hier mit „weitergeben“ ab und nehmen ihn dort an. Annehmen, zusagen und "
        "schließen geht auch hier."
    ),
    "stopped_asking": "Gut, dann nicht.",
    "unreadable": "Ich kann hier nur Text lesen. Gespeichert ist nichts.",
    "ask_answer": "Was soll ich der Person schreiben? Sie bekommt es so, wie Sie es schreiben. „abbrechen“ lässt es.",
    "ask_note": "Was soll in der Notiz stehen? Die Person sieht sie nicht. „abbrechen“ lässt es.",
    "ask_task": "Was ist zu tun? Die Person sieht es nicht. „abbrechen“ lässt es.",
    "ask_promise": (
        "Bis wann meldet sich jemand? Zum Beispiel: morgen 14 Uhr. Die Person erfährt es, und auch, wenn es nicht "
        "klappt."
    ),
    "ask_check_in": "Wann soll ich bei der Person nachfragen? Zum Beispiel: in 3 Tagen.",
    "ask_snooze": "Bis wann soll ich nicht erinnern? Zum Beispiel: Freitag.",
    "ask_close": "Wie endet der Vorgang {number}? Die Person erfährt es.",
    "bad_when": "Ich brauche einen Zeitpunkt, der noch kommt, zum Beispiel: morgen 14 Uhr.",
    "done_accept": "Der Vorgang {number} ist Ihrer. Die Person weiß, dass ein Mensch ihn angenommen hat.",
    "done_answer": "Die Antwort ist unterwegs.",
    "done_note": "Notiert im Vorgang {number}.",
    "done_task": "Als Aufgabe notiert im Vorgang {number}.",
    "done_promise": "Zugesagt bis {due}. Die Person weiß es. Ich erinnere Sie vorher.",
    "done_check_in": "Eingetragen. Die Person weiß, wann ich nachfrage.",
    "done_snooze": "Gut. So lange erinnere ich Sie nicht an den Vorgang {number}.",
    "done_clarify": "Stand: in Klärung. Die Person weiß es.",
    "done_agree": "Stand: Maßnahmen vereinbart. Die Person weiß es.",
    "done_hand_over": "Weitergegeben. Andere sind benachrichtigt, die Person weiß es.",
    "done_step_back": "Gut, dass Sie das sagen. Sie sehen den Vorgang {number} nicht mehr, und die Person weiß es.",
    "done_close": "Geschlossen. Die Person weiß es. Der Inhalt wird nach der Frist Ihrer Kommune gelöscht.",
    "refused_unknown": "Einen Vorgang mit dieser Nummer gibt es hier nicht.",
    "refused_taken": "Den Vorgang {number} hat gerade jemand anderes angenommen. Sie müssen nichts tun.",
    "refused_not_yours": "Das kann nur, wer den Vorgang {number} angenommen hat.",
    "refused_over": "Der Vorgang {number} ist beendet.",
    "refused_alone": (
        "Außer Ihnen ist hier niemand angemeldet, der den Vorgang {number} übernehmen könnte. Sind Sie selbst "
        "beteiligt, schreiben Sie „befangen“."
    ),
    "refused_not_now": "Das passt gerade nicht zum Stand des Vorgangs {number}.",
}

MAILS: Final[Mapping[str, str]] = {
    "joined": (
        "KommA-Lotse: Hinweise an diese Adresse\n\n"
        "Diese Adresse ist in der Datei von {place} für Hinweise auf Vorgänge eingetragen. Ein Hinweis nennt eine "
        "Nummer, was zu tun ist und bis wann. Worum es geht, steht in keiner Mail."
    ),
    "notice": (
        "Vorgang {number}: bitte annehmen{urgent}\n\n"
        "Beim KommA-Lotsen wartet der Vorgang {number}{urgent}. Bitte sorgen Sie dafür, dass ihn jemand bis {due} "
        "annimmt."
    ),
    "escalated": (
        "Vorgang {number}: noch nicht angenommen{urgent}\n\n"
        "Den Vorgang {number} hat noch niemand angenommen. Jetzt sind Sie gefragt, bis {due}."
    ),
    "nobody": (
        "Vorgang {number}: überfällig{urgent}\n\n"
        "Den Vorgang {number} hat niemand angenommen. Der Person sind andere Stellen genannt. Bitte sorgen Sie dafür, "
        "dass ihn jetzt jemand annimmt."
    ),
    "taken": "Vorgang {number}: angenommen\n\nDen Vorgang {number} hat jemand angenommen. Sie müssen nichts mehr tun.",
    "withdrawn": (
        "Vorgang {number}: zurückgezogen\n\nDer Vorgang {number} ist zurückgezogen. Sie müssen nichts mehr tun."
    ),
}
"""The same as mails: the first line is the subject."""

MAIL_END: Final = (
    "Angenommen und gelesen wird ein Vorgang nur im Chat mit dem Lotsen. Wer dort noch nicht angemeldet ist, bekommt "
    "eine Einladung von der Stelle, die den Lotsen betreibt.\n\n"
    "Auf diese Mail kann niemand antworten. Bitte leiten Sie sie nicht weiter."
)

ROLES: Final[Mapping[str, str]] = {
    "ansprechperson": "Ansprechperson",
    "vertretung": "Vertretung",
    "koordination": "Koordination",
}

STATES: Final[Mapping[str, str]] = {
    "gespeichert": "gespeichert, noch nicht gemeldet",
    "gemeldet": "gemeldet",
    "angenommen": "angenommen",
    "in_klaerung": "in Klärung",
    "massnahmen": "Maßnahmen vereinbart",
    "abgeschlossen": "abgeschlossen",
    "zurueckgezogen": "zurückgezogen",
}

NOTES: Final[Mapping[str, str]] = {
    "nachtrag": "Nachtrag der Person",
    "nachricht": "Nachricht der Person",
    "antwort": "Antwort an die Person",
    "notiz": "Notiz",
    "aufgabe": "Aufgabe",
}

OUTCOMES: Final[Mapping[str, str]] = {
    "geklaert": "Geklärt",
    "schutz": "Schutz ist eingerichtet",
    "weitergeleitet": "Eine andere Stelle hat übernommen",
    "beendet": "Auf Wunsch der Person beendet",
    "kein_kontakt": "Es kam kein Kontakt zustande",
}

LABELS: Final[Mapping[str, str]] = {
    "accept": "Annehmen",
    "later": "Später",
    "step_back": "Ich bin beteiligt",
    "read": "Lesen",
    "answer": "Antworten",
    "promise": "Zusagen, wann jemand sich meldet",
    "clarify": "Klärung beginnt",
    "agree": "Maßnahmen sind vereinbart",
    "hand_over": "Weitergeben",
    "close": "Schließen",
}

VERBS: Final[Mapping[str, str]] = {
    "list": "faelle fall liste uebersicht vorgaenge",
    "accept": "annehmen uebernehmen nehme",
    "read": "lesen zeigen oeffnen anzeigen",
    "answer": "antworten antwort",
    "note": "notiz notieren",
    "task": "aufgabe",
    "promise": "versprechen zusagen zusage versprich",
    "check_in": "nachfrage nachfragen checkin",
    "snooze": "zurueckstellen spaeter",
    "clarify": "klaeren klaerung",
    "agree": "massnahmen massnahme",
    "hand_over": "weitergeben abgeben",
    "step_back": "befangen beteiligt",
    "close": "schliessen abschliessen",
    "group": "gruppe raum",
}
"""First words of a message, folded, and the act that each stands for."""
