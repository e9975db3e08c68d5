"""The Lotse's own sentences for those whom their municipality calls Du: every one that says Sie, in German.

Which sentences these are, a test says. Emergency and crisis texts are the same for everybody (`emergency`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.flows.casesentences_du import CASE_DU

DU: Final[Mapping[str, str]] = MappingProxyType(
    {
        **CASE_DU,
        "wish_hilfe": "Erklären, was du hier schreiben kannst",
        "wish_one": "Meinst du: {what}?",
        "wish_in_danger": "Bist du oder sind andere gerade in Gefahr?",
        "wish_some": "Was davon meinst du?",
        "wish_vorgang": "Zu deinem Vorgang",
        "check_in_again": "Ich frage noch einmal, nur dieses eine Mal. Du musst nicht antworten.",
        "check_in_pause": (
            "Ich frage jetzt nicht mehr von mir aus nach. Ich habe niemanden informiert. Schreib mir jederzeit, wenn "
            "etwas ist. In Gefahr: 110. Verletzt: 112."
        ),
        "talk_abschied": "Bis bald. Schreib jederzeit wieder, es geht dann hier weiter. In Gefahr: 110. Verletzt: 112.",
        "move_ask": (
            "Du kannst dieses Gespräch in einem anderen Chat mit mir weiterführen, auch auf einem anderen Handy. Es "
            "kommen mit: deine Antworten, dein Vorgang, Nachfragen, Fristen und die Sprache. Dieser Chat wird dann "
            "geleert. Was auf diesem Gerät steht, kannst nur du löschen. {link}Möchtest du einen Code dafür?"
        ),
        "move_busy": (
            "Hier läuft schon ein Gespräch, und beide zusammen gehen nicht. Dein anderes Gespräch bleibt, wo es ist. "
            "Wenn du das hier nicht mehr brauchst: Schreib „löschen“ und dann den Code noch einmal."
        ),
        "move_closed": (
            "Deine Kommune hat den Lotsen auf diesem Kanal nicht. Dein Gespräch bleibt im anderen Chat, nichts ist "
            "verloren."
        ),
        "move_code": (
            "Gleich kommt ein Code. Schreib ihn mir im anderen Chat. Er gilt 30 Minuten und nur einmal. Wer ihn hat, "
            "bekommt dein Gespräch: Gib ihn niemandem."
        ),
        "move_coming": (
            "Dein Gespräch kommt hierher, das dauert meist nur einen Moment. Bis dahin ist es noch im anderen Chat. In "
            "Gefahr: 110. Verletzt: 112."
        ),
        "move_confidential": (
            "Im anderen Chat habe ich etwas nicht gefragt, weil dort andere mitlesen konnten. Hier geht es: Mit "
            "„zurück“ kommst du zu der Frage."
        ),
        "move_consent": "Möchtest du dein Gespräch trotzdem hierher holen?",
        "move_here": "Dieser Code ist für den anderen Chat. Schick ihn mir bitte dort.",
        "move_not_here": "In Ordnung. Dein Gespräch bleibt, wo es ist. Schreib mir dort weiter.",
        "move_nothing": "Hier gibt es noch nichts mitzunehmen. Schreib mir einfach im anderen Chat.",
        "move_refused": (
            "Dieser Code gilt nicht, oder nicht mehr. Verloren ist nichts. Einen neuen bekommst du mit „umziehen“ in "
            "dem Chat, in dem dein Gespräch ist. In Gefahr: 110."
        ),
        "move_stayed": "Dein Gespräch ist nicht umgezogen. Es geht hier weiter, nichts ist verloren.",
        "moved_away": (
            "Dein Gespräch geht jetzt im anderen Chat weiter. Hier ist nichts mehr gespeichert. Was in diesem "
            "Chat-Verlauf steht, liegt auf deinem Gerät; dort kannst nur du es löschen."
        ),
        "moved_in": "Da bist du ja. Alles ist mitgekommen, wir machen hier weiter, wo wir waren.",
        "paper_way": (
            "Wie möchtest du es haben? Dieser Chat ist nicht verschlüsselt: Der Betreiber kann eine Datei lesen wie "
            "jede Nachricht, und sie bleibt bei ihm liegen."
        ),
        "log_intro": (
            "Wir schreiben auf, was war: vier offene Fragen, jede darfst du auslassen. Das Protokoll gehört dir."
        ),
        "log_told": "Wem hast du davon schon erzählt, und wann?",
        "log_done": "Fertig. Nur für dich, oder soll es auch in deinen Vorgang, wenn du einen hast?",
        "paper_file": "„{title}“ als {kind}. Es bleibt bei dir. Prüfsumme (SHA-256): {hash}",
        "paper_note": (
            "Vom KommA-Lotsen nach deinen Worten gesetzt. Kein amtliches Schreiben, keine Anzeige; es wahrt keine "
            "Frist. Die Prüfsumme gilt für Titel, Zeit und Inhalt."
        ),
        "data_title": "Was über dich gespeichert ist",
        "data_case_True": (
            "Was darin steht, folgt. Notizen der Koordination sind nicht dabei; Auskunft darüber gibt deine Kommune."
        ),
        "note_nachtrag": "Dein Nachtrag",
        "note_nachricht": "Deine Nachricht",
        "deadlines_ask": (
            "Soll ich auch an diese Fristen erinnern?\n{which}\nDafür bleibt dieses Gespräch bis {until} gespeichert, "
            "auch wenn du nicht mehr schreibst. Was du geantwortet hast, gehört nicht dazu."
        ),
        "deadline_told": "{title}: Bis {day} bist du auf der sicheren Seite.",
        "status_deadlines": "Daran erinnere ich dich, jeweils mit dem sicheren Tag:\n{days}",
        "check_in_falling": "Das ist weniger als beim letzten Mal. Damit musst du nicht allein sein:",
        "two_things": (
            "Du hast zwei Dinge genannt. Ich beginne mit dem, was eher drängt. Das andere merke ich mir: {other}."
        ),
        "waiting": "Du hattest am Anfang noch etwas genannt.",
        "second_try": "Gut, dass du das sagst. Vielleicht trifft es eher eines davon?",
        "hint_list": "Hake ab, was erledigt ist. Mit „Fertig“ geht es weiter, auch wenn noch etwas offen ist.",
        "keep_vorgang": "Gespeichert bis zum Ende dieses Gesprächs. Länger nur, wenn du einen Vorgang anlegst.",
        "enrolled": (
            "Danke. Du giltst hier jetzt als beschäftigt bei: {place}. Auch interne Stellen nenne ich jetzt. "
            "Wer du bist, sagt mir der Code nicht."
        ),
        "code_ended": (
            "Der Code, mit dem du dich ausgewiesen hast, gilt nicht mehr. Das sind darum nur öffentliche Stellen. "
            "Schick den neuen Code, dann nenne ich auch die internen."
        ),
        "code_refused": (
            "Dieser Code gilt nicht, oder nicht mehr. Den aktuellen hat deine Kommune, zum Beispiel im Intranet. "
            "Es geht auch ohne Code weiter; dann nenne ich öffentliche Stellen."
        ),
        "other_place": "Dann schreib bitte den Landkreis oder die Postleitzahl dazu.",
        "this_place": "Meinst du diesen Ort?",
        "unclear_danger": (
            "Das habe ich nicht verstanden. Das liegt an mir. Bei Gefahr warte nicht auf mich: 110. Verletzt: 112. "
            "Sonst genügt eine Zahl."
        ),
        "unclear_2_place": "Ich finde diesen Ort nicht. Bitte schreib nur den Namen der Stadt oder Gemeinde.",
        "unclear_3": "Wir kommen hier gerade nicht weiter. Wie möchtest du weitergehen?",
        "empty": "Da kam nichts bei mir an. Schreib gern noch einmal.",
        "cut": "Dein Text war sehr lang. Ich habe die ersten {limit} Zeichen gelesen.",
        "unreadable_edit": (
            "Du hast eine Nachricht geändert. Ich bleibe bei dem, was zuerst da stand. Mit „ändern“ kannst du eine "
            "Antwort berichtigen."
        ),
        "unreadable_undecryptable": (
            "Deine Nachricht kam verschlüsselt an und ich kann sie nicht öffnen. Bitte schick sie noch einmal."
        ),
        "help": (
            "Diese Worte gelten jederzeit:\n"
            "notruf – die Nummern\n"
            "zurück – eine Frage zurück\n"
            "ändern – eine frühere Antwort ändern\n"
            "wiederholen – die Frage noch einmal\n"
            "überspringen – diese Frage auslassen\n"
            "mensch – mit wem du sprechen kannst\n"
            "status – wo wir stehen\n"
            "daten – was ich gespeichert habe\n"
            "sprache – andere Sprache\n"
            "neu – von vorn anfangen\n"
            "abbrechen – diesen Weg verlassen\n"
            "stopp – alles beenden, ich schreibe nicht mehr von mir aus\n"
            "löschen – alles löschen"
        ),
        "first_question": "Weiter zurück geht es nicht. Mit „neu“ fängst du von vorn an.",
        "barrier": (
            "Dein Vorgang {number} ist gespeichert. Was dort steht, schreibe ich nicht um. Mit „ändern“ kannst du "
            "etwas ergänzen oder richtigstellen."
        ),
        "addition": "Was möchtest du ergänzen oder richtigstellen? Ich hänge es an den Vorgang {number} an.",
        "added": "Ergänzt. Dein Vorgang {number} enthält jetzt auch das.",
        "change_which": "Welche Antwort möchtest du ändern?",
        "nothing_to_change": "Es gibt noch keine Antwort, die du ändern könntest.",
        "cannot_skip": "Hier brauche ich eine Antwort, um weiterzugehen. Mit „abbrechen“ kannst du den Weg verlassen.",
        "cancelled": "Gut, wir hören hier auf. Schreib mir jederzeit wieder. In Gefahr: 110. Verletzt: 112.",
        "stopped": (
            "Beendet. Ich schreibe dir nicht mehr von mir aus. Wenn du schreibst, antworte ich. Mit „löschen“ wird "
            "alles gelöscht. In Gefahr: 110. Verletzt: 112."
        ),
        "stopped_case": "Dein Vorgang {number} bleibt gespeichert, bis du ihn löschst.",
        "idle": "Gerade läuft nichts. Schreib einfach, was passiert ist.",
        "human_intro": "Ich bin ein Programm. Mit diesen Menschen kannst du sprechen:",
        "human_none": (
            "Ich habe gerade keine geprüfte Stelle für dich. In Gefahr: 110. Verletzt oder Suizidgedanken: 112. "
            "Zum Reden, Tag und Nacht: TelefonSeelsorge 0800 111 0 111."
        ),
        "status_list": "Noch offen auf deiner Liste: {items}",
        "status_case": (
            "Dein Vorgang: {number}. Er ist hier verschlüsselt gespeichert. Ich habe niemanden benachrichtigt."
        ),
        "data_nothing": "Über dich ist hier gerade nur gespeichert, dass es dieses Gespräch gibt.",
        "data_how": (
            "Alles liegt verschlüsselt auf dem Rechner des Betreibers, längstens {days} Tage nach deiner letzten "
            "Nachricht. Mit „löschen“ ist es sofort weg."
        ),
        "delete_ask": (
            "Soll ich alles löschen, was hier über dich gespeichert ist: Gespräch, Antworten, Nachfragen{case}?"
        ),
        "taken_back": (
            "Meine Nachrichten hier im Chat nehme ich jetzt zurück, soweit sie jünger als {hours} Stunden sind. "
            "Was älter ist, kann ich nicht zurücknehmen, und deine eigenen Nachrichten auch nicht: "
            "Dafür lösch bitte den Chat-Verlauf selbst."
        ),
        "redacted": (
            "Meine Nachrichten hier im Chat leere ich jetzt für alle. Deine auch, wo der Chat es mir erlaubt. "
            "Was schon auf einem anderen Gerät, in einer Benachrichtigung oder in einer Sicherung steht, kann dort "
            "bleiben. Der Server weiß weiter, wann hier geschrieben wurde. "
            "Verlass danach den Chat und lösch ihn in deiner App."
        ),
        "simple_offered": "Ich kann einfacher schreiben. Schreib dafür: einfache Sprache. English: write “english”.",
        "deleted": (
            "Gelöscht am {today}: Gespräch, Antworten, Nachfragen{case}. Was in deinem Chat-Verlauf steht, liegt auf "
            "deinem Gerät; dort kannst nur du es löschen. In Gefahr: 110. Verletzt: 112."
        ),
        "welcome_back": "Wir machen da weiter, wo wir waren. Mit „neu“ beginnst du von vorn.",
        "lost": (
            "Hier komme ich nicht weiter. Das ist ein Fehler von mir, nicht von dir. In Gefahr: 110. Mit „mensch“ "
            "nenne ich dir jemanden, mit dem du sprechen kannst."
        ),
        "after_check_in": "Vorhin waren wir noch mitten in etwas. Möchtest du dort weitermachen?",
        "finished": "Schreib mir jederzeit wieder, wenn etwas ist.",
        "expiry": "In {days} Tagen lösche ich dieses Gespräch. Wenn du etwas schreibst, bleibt es länger.",
        "confidential": (
            "Die nächste Frage stelle ich hier nicht, weil auf diesem Weg andere mitlesen können. Besprich das am "
            "Telefon mit einer der Stellen, die ich nenne{link}."
        ),
        "confidential_link": ", oder schreib mir verschlüsselt: {link}",
        "telegram": (
            "Bitte lies: Dieser Chat läuft über Telegram. Er ist nicht Ende-zu-Ende-verschlüsselt. Telegram kann deine "
            "Nachrichten und dein Konto technisch einsehen und speichern. Schreib hier keine Namen, Adressen, "
            "Gesundheitsdaten oder Aktenzeichen. {link}In Gefahr: 110 – dafür brauchst du mich nicht."
        ),
        "consent": (
            "Möchtest du hier weitermachen? Du kannst auch gleich schreiben, was passiert ist. Das gilt als Ja."
        ),
        "consent_refused": (
            "In Ordnung. Hier frage ich dich nichts. {link}Mit „löschen“ vergesse ich auch, dass du da warst. {numbers}"
        ),
        "consent_link": "Verschlüsselt erreichst du mich hier: {link}. ",
        "crisis_question": "Was hilft dir jetzt am ehesten?",
        "worry_self": "Denkst du daran, dir etwas anzutun?",
        "after_crisis": "Du kannst dir Zeit lassen. Wie möchtest du weitergehen?",
        "after_crisis_heard": (
            "Danke, dass du schreibst. Ich bin ein Programm und kann darauf nicht so antworten wie ein Mensch. Jemand "
            "hört dir zu, Tag und Nacht: 116 123. In Gefahr: 112."
        ),
        "case_lines": "Gespeichert wird, was ein Häkchen hat. Wähle eine Zeile, um sie zu streichen.",
        "case_opened": (
            "Gespeichert. Deine Vorgangsnummer: {number}. Notiere sie, wenn du magst. Ich habe niemanden "
            "benachrichtigt; das entscheidest du. Mit „status“ siehst du den Vorgang wieder."
        ),
        "talk_wer_bist_du": (
            "Ich bin der KommA-Lotse, ein Computerprogramm. Ich sortiere mit dir die ersten Schritte und nenne "
            "Stellen, die helfen."
        ),
        "talk_tadel": (
            "Das tut mir leid. Ich bin ein Programm und verstehe nicht alles. Wenige Worte helfen mir; mit „Mensch“ "
            "nenne ich dir Menschen."
        ),
        "talk_befinden": "Danke, mir als Programm geht es immer gleich. Wichtig ist, wie es dir geht.",
        "channel_matrix": "Schreib mir verschlüsselt über Matrix{link}.",
        "channel_telegram": "Schreib mir über Telegram; den Namen hat deine Kommune.",
        "channel_closed": (
            "{place} hat sich für andere Kanäle entschieden; hier kann ich dir darum nicht weiterhelfen. {where} "
            "In Gefahr: 110. Verletzt oder Suizidgedanken: 112. Arbeitest du woanders? Dann fang mit „neu“ an."
        ),
    }
)
