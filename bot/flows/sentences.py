"""The Lotse's own sentences: everything that no playbook says. One key, one text in every language.

Emergency and crisis texts are not here: they are `emergency`, static and independent of everything. A further language
is a further key beside each text; what is missing falls back to German. Blanks are filled by `wording.phrase`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.flows.casesentences import CASE_SENTENCES
from bot.flows.sentences_du import DU

LANGUAGES: Final = ("de", "en", "de-simple")

_LABELS = {
    "unknown": ("Weiß ich nicht", "I don't know", "Weiß ich nicht"),
    "declined": ("Möchte ich nicht sagen", "I'd rather not say", "Möchte ich nicht sagen"),
    "done": ("Fertig", "Done", "Fertig"),
    "yes": ("Ja", "Yes", "Ja"),
    "no": ("Nein", "No", "Nein"),
    "something_else": ("Etwas anderes", "Something else", "Etwas anderes"),
    "none_of_these": ("Nichts davon", "None of these", "Nichts davon"),
    "go_on": ("Weiter, wo wir waren", "Go on where we were", "Weiter, wo wir waren"),
    "begin_anew": ("Neu anfangen", "Start again", "Neu anfangen"),
    "skip": ("Frage überspringen", "Skip this question", "Frage über·springen"),
    "human": ("Mit einem Menschen sprechen", "Talk to a person", "Mit einem Menschen reden"),
    "back_to_question": ("Zurück zur Frage", "Back to the question", "Zurück zur Frage"),
    "case_yes": ("So speichern", "Store it like this", "So speichern"),
    "case_no": ("Nichts speichern", "Store nothing", "Nichts speichern"),
    "language_name": ("Deutsch", "English", "Deutsch, einfach erklärt"),
}

_HOW_TO_ANSWER = {
    "hint_number": (
        "Bitte eine Zahl von {least} bis {most}.",
        "A number from {least} to {most}, please.",
        "Bitte eine Zahl von {least} bis {most}.",
    ),
    "hint_when": (
        "Zum Beispiel: gestern Abend, letzten Dienstag, 12.3.",
        "For example: last night, last Tuesday, 12 March.",
        "Zum Beispiel: gestern Abend. Oder: 12.3.",
    ),
    "hint_when_ahead": (
        "Zum Beispiel: morgen Abend, nächsten Dienstag, 12.3.",
        "For example: tomorrow evening, next Tuesday, 12 March.",
        "Zum Beispiel: morgen Abend. Oder: 12.3.",
    ),
    "hint_many": (
        "Mehrere sind möglich. Mit „Fertig“ geht es weiter.",
        "You can choose several. “Done” takes you on.",
        "Sie können mehrere wählen. Dann: Fertig.",
    ),
    "hint_list": (
        "Haken Sie ab, was erledigt ist. Mit „Fertig“ geht es weiter, auch wenn noch etwas offen ist.",
        "Tick what is done. “Done” takes you on, even if something is still open.",
        "Haken Sie ab, was fertig ist. Mit „Fertig“ geht es weiter. Es darf etwas offen bleiben.",
    ),
    "ticked": (
        "Ausgewählt: {labels}. Noch etwas? Mit „Fertig“ geht es weiter.",
        "Chosen: {labels}. Anything else? “Done” takes you on.",
        "Ausgewählt: {labels}. Noch etwas? Sonst: Fertig.",
    ),
    "nothing_ticked": (
        "Nichts ausgewählt. Mit „Fertig“ geht es weiter.",
        "Nothing chosen. “Done” takes you on.",
        "Nichts ausgewählt. Sonst: Fertig.",
    ),
    "purpose": ("Wofür: {purpose} {keep}", "What for: {purpose} {keep}", "Wofür: {purpose} {keep}"),
    "keep_nicht": (
        "Nach etwa einem Tag ist dieser Text gelöscht.",
        "This text is deleted after about a day.",
        "Nach etwa einem Tag ist der Text gelöscht.",
    ),
    "keep_gespraech": (
        "Gespeichert nur bis zum Ende dieses Gesprächs.",
        "Kept only until this conversation ends.",
        "Ich speichere den Text nur bis zum Ende vom Gespräch.",
    ),
    "keep_vorgang": (
        "Gespeichert bis zum Ende dieses Gesprächs. Länger nur, wenn Sie einen Vorgang anlegen.",
        "Kept until this conversation ends. Longer only if you open a case.",
        "Ich speichere den Text bis zum Ende vom Gespräch. Länger nur, wenn Sie das wollen.",
    ),
    "noted": ("Notiert: {value}.", "Noted: {value}.", "Notiert: {value}."),
    "enrolled": (
        (
            "Danke. Sie gelten hier jetzt als beschäftigt bei: {place}. Auch interne Stellen nenne ich jetzt. "
            "Wer Sie sind, sagt mir der Code nicht."
        ),
        (
            "Thank you. You now count as staff of: {place}. I will name internal contacts, too. "
            "The code does not tell me who you are."
        ),
        (
            "Danke. Ich weiß jetzt: Sie arbeiten bei {place}. Ich nenne Ihnen auch Stellen nur für Beschäftigte. "
            "Ihren Namen kenne ich nicht."
        ),
    ),
    "code_ended": (
        (
            "Der Code, mit dem Sie sich ausgewiesen haben, gilt nicht mehr. Das sind darum nur öffentliche Stellen. "
            "Schicken Sie den neuen Code, dann nenne ich auch die internen."
        ),
        (
            "The code that you gave me is no longer valid. So these are public contacts only. "
            "Send me the new code, and I will name the internal ones, too."
        ),
        (
            "Ihr Code gilt nicht mehr. Ich nenne nur Stellen, die alle kennen dürfen. "
            "Haben Sie den neuen Code? Dann schreiben Sie ihn mir."
        ),
    ),
    "code_refused": (
        (
            "Dieser Code gilt nicht, oder nicht mehr. Den aktuellen hat Ihre Kommune, zum Beispiel im Intranet. "
            "Es geht auch ohne Code weiter; dann nenne ich öffentliche Stellen."
        ),
        (
            "This code is not valid, or no longer. Your municipality has the current one, perhaps on its intranet. "
            "It goes on without a code, too; then I name public contacts."
        ),
        "Dieser Code geht nicht. Fragen Sie bei der Arbeit nach dem neuen Code. Es geht auch ohne Code weiter.",
    ),
    "other_place": (
        "Dann schreiben Sie bitte den Landkreis oder die Postleitzahl dazu.",
        "Then please add the district or the postcode.",
        "Dann schreiben Sie bitte auch den Landkreis. Oder die Postleitzahl.",
    ),
    "this_place": (
        "Meinen Sie diesen Ort?",
        "Do you mean this place?",
        "Meinen Sie diesen Ort?",
    ),
    "which_place": (
        "Ich habe mehrere Orte gefunden. Welcher ist gemeint?",
        "I found several places. Which one is it?",
        "Es gibt mehrere Orte. Welcher ist es?",
    ),
}

_WISHES = {
    "wish_one": ("Meinen Sie: {what}?", "Do you mean: {what}?", "Meinen Sie: {what}?"),
    "wish_some": ("Was davon meinen Sie?", "Which of these do you mean?", "Was meinen Sie?"),
    "wish_no": ("Nein, etwas anderes", "No, something else", "Nein, etwas anderes"),
    "wish_danger": (
        "In Gefahr: 110. Verletzt: 112.",
        "In danger: 110. Injured: 112.",
        "In Gefahr: 110. Verletzt: 112.",
    ),
    "wish_in_danger": (
        "Sind Sie oder andere gerade in Gefahr?",
        "Are you or others in danger right now?",
        "Sind Sie oder andere jetzt in Gefahr?",
    ),
    "wish_hilfe": ("Erklären, was Sie hier schreiben können", "Explain what you can write here", "Hilfe zum Chat"),
    "wish_abbrechen": ("Hier aufhören", "Leave off here", "Hier aufhören"),
    "wish_stopp": ("Keine Nachrichten mehr von mir", "No more messages from me", "Keine Nachrichten mehr"),
    "wish_neu": ("Noch einmal von vorn anfangen", "Start again from the beginning", "Von vorn anfangen"),
    "wish_zurueck": ("Eine Frage zurück", "One question back", "Eine Frage zurück"),
    "wish_aendern": ("Eine frühere Antwort ändern", "Change an earlier answer", "Eine Antwort ändern"),
    "wish_wiederholen": ("Die Frage noch einmal stellen", "Ask the question again", "Die Frage noch einmal"),
    "wish_ueberspringen": ("Diese Frage auslassen", "Skip this question", "Diese Frage aus·lassen"),
    "wish_notruf": ("Die Notrufnummern zeigen", "Show the emergency numbers", "Die Not·ruf-Nummern zeigen"),
    "wish_mensch": ("Mit einem Menschen sprechen", "Talk to a person", "Mit einem Menschen reden"),
    "wish_status": ("Zeigen, wo wir stehen", "Show where we are", "Zeigen, wo wir sind"),
    "wish_loeschen": ("Alles löschen", "Delete everything", "Alles löschen"),
    "wish_sprache": ("Eine andere Sprache", "Another language", "Eine andere Sprache"),
    "wish_daten": ("Zeigen, was gespeichert ist", "Show what is stored", "Zeigen, was gespeichert ist"),
    "wish_vorgang": ("Zu Ihrem Vorgang", "About your case", "Zu Ihrem Vor·gang"),
    "wish_protokoll": ("Aufschreiben, was war", "Write down what happened", "Aufschreiben, was war"),
    "wish_umziehen": (
        "Auf einem anderen Gerät weitermachen",
        "Go on from another device",
        "Auf einem anderen Handy weiter·machen",
    ),
}

_NOT_UNDERSTOOD = {
    "unclear_1": (
        "Das habe ich nicht verstanden. Das liegt an mir. Bitte noch einmal.",
        "I did not understand. That is my fault. Please try again.",
        "Ich habe das nicht verstanden. Das ist mein Fehler. Bitte noch einmal.",
    ),
    "unclear_danger": (
        (
            "Das habe ich nicht verstanden. Das liegt an mir. Bei Gefahr warten Sie nicht auf mich: 110. "
            "Verletzt: 112. Sonst genügt eine Zahl."
        ),
        (
            "I did not understand. That is my fault. If there is danger, do not wait for me: 110. "
            "Injured: 112. Otherwise a number is enough."
        ),
        (
            "Ich habe das nicht verstanden. Das ist mein Fehler. Sind Sie in Gefahr? Rufen Sie 110 an. "
            "Verletzt: 112. Sonst reicht eine Zahl."
        ),
    ),
    "unclear_several": (
        "Das kann mehreres heißen: {options}. Eine Zahl genügt.",
        "That could mean more than one: {options}. A number is enough.",
        "Das kann mehreres heißen: {options}. Eine Zahl reicht.",
    ),
    "unclear_2_options": (
        "Eine Zahl genügt, zum Beispiel „1“ für: {first}.",
        "A number is enough, for example “1” for: {first}.",
        "Eine Zahl reicht. Zum Beispiel: 1. Das heißt: {first}.",
    ),
    "unclear_2_number": (
        "Ich brauche hier nur eine Zahl von {least} bis {most}, zum Beispiel „{least}“.",
        "I only need a number from {least} to {most}, for example “{least}”.",
        "Ich brauche nur eine Zahl. Von {least} bis {most}.",
    ),
    "unclear_2_when": (
        "Ich brauche hier einen Tag. Ein Datum genügt, zum Beispiel „12.3.“ oder „gestern“.",
        "I need a day here. A date is enough, for example “12 March” or “yesterday”.",
        "Ich brauche einen Tag. Zum Beispiel: gestern. Oder: 12.3.",
    ),
    "unclear_2_place": (
        "Ich finde diesen Ort nicht. Bitte schreiben Sie nur den Namen der Stadt oder Gemeinde.",
        "I cannot find this place. Please write only the name of the town.",
        "Ich finde den Ort nicht. Bitte schreiben Sie nur den Namen von der Stadt.",
    ),
    "unclear_3": (
        "Wir kommen hier gerade nicht weiter. Wie möchten Sie weitergehen?",
        "We are not getting further here. How would you like to go on?",
        "Es geht hier nicht weiter. Was möchten Sie?",
    ),
    "nothing_done": (
        "Gut, dann lasse ich das. Es hat sich nichts geändert.",
        "All right, I will leave that. Nothing has changed.",
        "Gut, dann lasse ich das. Alles bleibt, wie es ist.",
    ),
    "future": (
        "Das liegt in der Zukunft. Ich frage nach etwas, das schon war.",
        "That lies in the future. I am asking about something that has happened.",
        "Das ist noch nicht passiert. Ich frage nach früher.",
    ),
    "empty": (
        "Da kam nichts bei mir an. Schreiben Sie gern noch einmal.",
        "Nothing reached me. Please write again.",
        "Bei mir ist nichts angekommen. Bitte noch einmal.",
    ),
    "cut": (
        "Ihr Text war sehr lang. Ich habe die ersten {limit} Zeichen gelesen.",
        "Your text was very long. I read the first {limit} characters.",
        "Der Text war sehr lang. Ich habe nur den Anfang gelesen.",
    ),
    "stale": (
        "Diese Frage ist schon beantwortet. Es hat sich nichts geändert.",
        "This question has already been answered. Nothing has changed.",
        "Die Frage ist schon beantwortet. Alles bleibt, wie es ist.",
    ),
    "unreadable": (
        "Das kann ich leider nicht lesen oder anhören; ich verstehe nur Text. Es ist nichts gespeichert.",
        "I am sorry, I cannot read or listen to this; I only understand text. Nothing was stored.",
        "Das kann ich nicht lesen. Ich verstehe nur Text. Ich habe nichts gespeichert.",
    ),
    "unreadable_edit": (
        (
            "Sie haben eine Nachricht geändert. Ich bleibe bei dem, was zuerst da stand. "
            "Mit „ändern“ können Sie eine Antwort berichtigen."
        ),
        "You edited a message. I keep what it said first. With “change” you can correct an answer.",
        "Sie haben eine Nachricht geändert. Für mich gilt die alte. Antwort ändern: Schreiben Sie ändern.",
    ),
    "unreadable_undecryptable": (
        "Ihre Nachricht kam verschlüsselt an und ich kann sie nicht öffnen. Bitte schicken Sie sie noch einmal.",
        "Your message arrived encrypted and I cannot open it. Please send it again.",
        "Ich kann Ihre Nachricht nicht öffnen. Bitte schicken Sie sie noch einmal.",
    ),
}

_WORDS = {
    "help": (
        (
            "Diese Worte gelten jederzeit:\nnotruf – die Nummern\nzurück – eine Frage zurück\n"
            "ändern – eine frühere Antwort ändern\nwiederholen – die Frage noch einmal\n"
            "überspringen – diese Frage auslassen\nmensch – mit wem Sie sprechen können\nstatus – wo wir stehen\n"
            "vorgang – Ihr Vorgang: dazu schreiben, zurückziehen\nprotokoll – aufschreiben, was war, für Sie\n"
            "daten – was ich gespeichert habe, auch „daten als pdf“\n"
            "umziehen – in einem anderen Chat weitermachen\n"
            "sprache – andere Sprache\nneu – von vorn anfangen\n"
            "abbrechen – diesen Weg verlassen\nstopp – alles beenden, ich schreibe nicht mehr von mir aus\n"
            "löschen – alles löschen"
        ),
        (
            "These words work at any time:\nemergency – the numbers\nback – one question back\n"
            "change – change an earlier answer\nrepeat – the question again\nskip – leave this question out\n"
            "human – people you can talk to\nstatus – where we are\n"
            "case – your case: add to it, withdraw it\nincident log – write down what happened, for you\n"
            "data – what I have stored, also “data as pdf”\n"
            "continue elsewhere – go on in another chat\n"
            "language – another language\nnew – start again\ncancel – leave this path\n"
            "stop – end everything, I will not write first again\ndelete – delete everything"
        ),
        (
            "Diese Wörter gehen immer:\nnotruf – die Nummern\nzurück – eine Frage zurück\n"
            "ändern – eine Antwort ändern\n"
            "wiederholen – die Frage noch einmal\nüberspringen – ohne Antwort weiter\n"
            "mensch – mit wem Sie reden können\nstatus – wo wir sind\nvorgang – Ihr Vorgang\n"
            "daten – was ich gespeichert habe\numziehen – in einem anderen Chat weiter\n"
            "sprache – andere Sprache\nneu – von vorn\nabbrechen – hier aufhören\nstopp – ganz aufhören\n"
            "löschen – alles löschen"
        ),
    ),
    "first_question": (
        "Weiter zurück geht es nicht. Mit „neu“ fangen Sie von vorn an.",
        "There is nothing before this question. “New” starts again.",
        "Das ist die erste Frage. Von vorn anfangen: Schreiben Sie neu.",
    ),
    "barrier": (
        (
            "Ihr Vorgang {number} ist gespeichert. Was dort steht, schreibe ich nicht um. "
            "Mit „ändern“ können Sie etwas ergänzen oder richtigstellen."
        ),
        "Your case {number} is stored. I do not rewrite what it says. With “change” you can add a correction.",
        (
            "Ihr Vorgang {number} ist gespeichert. Den ändere ich nicht. "
            "Sie können etwas dazu schreiben. Schreiben Sie: ändern."
        ),
    ),
    "addition": (
        "Was möchten Sie ergänzen oder richtigstellen? Ich hänge es an den Vorgang {number} an.",
        "What would you like to add or correct? I will attach it to case {number}.",
        "Was wollen Sie dazu schreiben? Ich hänge es an den Vorgang {number}.",
    ),
    "added": (
        "Ergänzt. Ihr Vorgang {number} enthält jetzt auch das.",
        "Added. Case {number} now contains this too.",
        "Fertig. Das steht jetzt auch im Vorgang {number}.",
    ),
    "once_more": (
        "Gut, noch einmal zu dieser Frage.",
        "All right, back to this question.",
        "Gut. Diese Frage noch einmal.",
    ),
    "change_which": (
        "Welche Antwort möchten Sie ändern?",
        "Which answer would you like to change?",
        "Welche Antwort wollen Sie ändern?",
    ),
    "nothing_to_change": (
        "Es gibt noch keine Antwort, die Sie ändern könnten.",
        "There is no answer to change yet.",
        "Es gibt noch keine Antwort.",
    ),
    "cannot_skip": (
        "Hier brauche ich eine Antwort, um weiterzugehen. Mit „abbrechen“ können Sie den Weg verlassen.",
        "I need an answer here to go on. With “cancel” you can leave this path.",
        "Hier brauche ich eine Antwort. Sie können auch aufhören. Schreiben Sie: abbrechen.",
    ),
    "cancelled": (
        "Gut, wir hören hier auf. Schreiben Sie mir jederzeit wieder. In Gefahr: 110. Verletzt: 112.",
        "All right, we stop here. You can write to me again at any time. In danger: 110. Injured: 112.",
        "Gut. Wir hören auf. Sie können immer wieder schreiben. In Gefahr: 110. Verletzt: 112.",
    ),
    "check_ins_go_on": (
        "Die vereinbarten Nachfragen bleiben. Mit „stopp“ enden auch sie.",
        "The check-ins we agreed on remain. “Stop” ends them too.",
        "Ich frage später noch nach. Wenn Sie das nicht wollen: Schreiben Sie stopp.",
    ),
    "stopped": (
        (
            "Beendet. Ich schreibe Ihnen nicht mehr von mir aus. Wenn Sie schreiben, antworte ich. "
            "Mit „löschen“ wird alles gelöscht. In Gefahr: 110. Verletzt: 112."
        ),
        (
            "Ended. I will not write to you first again. If you write, I answer. “Delete” deletes everything. "
            "In danger: 110. Injured: 112."
        ),
        (
            "Ende. Ich schreibe nicht mehr von allein. Wenn Sie schreiben, antworte ich. "
            "Alles löschen: Schreiben Sie löschen. In Gefahr: 110. Verletzt: 112."
        ),
    ),
    "stopped_case": (
        "Ihr Vorgang {number} bleibt gespeichert, bis Sie ihn löschen.",
        "Your case {number} stays stored until you delete it.",
        "Ihr Vorgang {number} bleibt gespeichert. Sie können ihn löschen.",
    ),
    "idle": (
        "Gerade läuft nichts. Schreiben Sie einfach, was passiert ist.",
        "Nothing is open. Just write what happened.",
        "Gerade ist nichts offen. Schreiben Sie, was passiert ist.",
    ),
    "human_intro": (
        "Ich bin ein Programm. Mit diesen Menschen können Sie sprechen:",
        "I am a program. These are people you can talk to:",
        "Ich bin ein Programm. Mit diesen Menschen können Sie reden:",
    ),
    "human_none": (
        (
            "Ich habe gerade keine geprüfte Stelle für Sie. In Gefahr: 110. Verletzt oder Suizidgedanken: 112. "
            "Zum Reden, Tag und Nacht: TelefonSeelsorge 0800 111 0 111."
        ),
        (
            "I have no verified contact for you right now. In danger: 110. Injured or thoughts of suicide: 112. "
            "To talk, day and night: TelefonSeelsorge 0800 111 0 111 (German-speaking)."
        ),
        "Ich habe gerade keine Stelle für Sie. In Gefahr: 110. Verletzt: 112. Zum Reden, immer: 0800 111 0 111.",
    ),
    "status_open": (
        "Wir sind bei: {title}. Beantwortete Fragen: {count}.",
        "We are at: {title}. Questions answered: {count}.",
        "Thema: {title}. Beantwortete Fragen: {count}.",
    ),
    "status_list": (
        "Noch offen auf Ihrer Liste: {items}",
        "Still open on your list: {items}",
        "Noch offen auf der Liste: {items}",
    ),
    "status_case": (
        "Ihr Vorgang: {number}. Er ist hier verschlüsselt gespeichert. Ich habe niemanden benachrichtigt.",
        "Your case: {number}. It is stored here, encrypted. I have notified nobody.",
        "Ihr Vorgang: {number}. Er ist hier gespeichert. Ich habe niemandem Bescheid gesagt.",
    ),
    "status_check_ins": ("Ich frage nach: {times}.", "I will ask again: {times}.", "Ich frage nach: {times}."),
    "data_nothing": (
        "Über Sie ist hier gerade nur gespeichert, dass es dieses Gespräch gibt.",
        "All that is stored about you right now is that this conversation exists.",
        "Gespeichert ist nur: Es gibt dieses Gespräch.",
    ),
    "data_intro": (
        "Das ist in diesem Gespräch gespeichert:",
        "This is stored in this conversation:",
        "Das habe ich gespeichert:",
    ),
    "data_how": (
        (
            "Alles liegt verschlüsselt auf dem Rechner des Betreibers, längstens {days} Tage nach Ihrer letzten "
            "Nachricht. "
            "Mit „löschen“ ist es sofort weg."
        ),
        (
            "It is stored encrypted on the operator's machine, for at most {days} days after your last message. "
            "“Delete” removes it at once."
        ),
        (
            "Alles ist verschlüsselt. Ich speichere es höchstens {days} Tage nach Ihrer letzten Nachricht. "
            "Sie können alles sofort löschen. Schreiben Sie: löschen."
        ),
    ),
    "delete_ask": (
        "Soll ich alles löschen, was hier über Sie gespeichert ist: Gespräch, Antworten, Nachfragen{case}?",
        "Shall I delete everything stored about you here: conversation, answers, check-ins{case}?",
        "Soll ich alles löschen{case}?",
    ),
    "delete_case": (", Vorgang {number}", ", case {number}", ", auch Vorgang {number}"),
    "deleted": (
        (
            "Gelöscht am {today}: Gespräch, Antworten, Nachfragen{case}. Was in Ihrem Chat-Verlauf steht, "
            "liegt auf Ihrem Gerät; dort können nur Sie es löschen. In Gefahr: 110. Verletzt: 112."
        ),
        (
            "Deleted on {today}: conversation, answers, check-ins{case}. What your chat shows is on your device; "
            "only you can delete it there. In danger: 110. Injured: 112."
        ),
        (
            "Gelöscht am {today}: alles hier{case}. Der Chat ist noch auf Ihrem Gerät. "
            "Den können nur Sie löschen. In Gefahr: 110. Verletzt: 112."
        ),
    ),
    "taken_back": (
        (
            "Meine Nachrichten hier im Chat nehme ich jetzt zurück, soweit sie jünger als {hours} Stunden sind. "
            "Was älter ist, kann ich nicht zurücknehmen, und Ihre eigenen Nachrichten auch nicht: "
            "Dafür löschen Sie bitte den Chat-Verlauf selbst."
        ),
        (
            "I am now taking back my messages in this chat, as far as they are less than {hours} hours old. "
            "Older ones I cannot take back, nor your own messages: please delete the chat history yourself for that."
        ),
        (
            "Ich lösche jetzt meine Nachrichten hier im Chat. Das geht nur, wenn sie jünger als {hours} Stunden sind. "
            "Ältere Nachrichten kann ich nicht löschen. Ihre eigenen auch nicht. "
            "Bitte löschen Sie den Chat-Verlauf selbst."
        ),
    ),
    "redacted": (
        (
            "Meine Nachrichten hier im Chat leere ich jetzt für alle. Ihre auch, wo der Chat es mir erlaubt. "
            "Was schon auf einem anderen Gerät, in einer Benachrichtigung oder in einer Sicherung steht, kann dort "
            "bleiben. Der Server weiß weiter, wann hier geschrieben wurde. "
            "Verlassen Sie danach den Chat und löschen Sie ihn in Ihrer App."
        ),
        (
            "I am now emptying my messages in this chat for everybody, and yours where the chat lets me. "
            "What is already on another device, in a notification or in a backup may stay there. "
            "The server still knows when something was written here. "
            "Afterwards, leave the chat and delete it in your app."
        ),
        (
            "Ich lösche jetzt meine Nachrichten hier im Chat. Ihre Nachrichten lösche ich auch, wenn der Chat das "
            "erlaubt. Auf anderen Geräten kann noch etwas stehen. In Sicherungen auch. Der Server weiß noch, wann hier "
            "geschrieben wurde. Bitte verlassen Sie danach den Chat. Und löschen Sie ihn in Ihrer App."
        ),
    ),
    "not_deleted": (
        "Gut, es bleibt alles, wie es ist.",
        "All right, everything stays as it is.",
        "Gut. Es bleibt alles.",
    ),
    "language_which": ("Welche Sprache?", "Which language?", "Welche Sprache?"),
    "simple_offered": (
        "Ich kann einfacher schreiben. Schreiben Sie dafür: einfache Sprache. English: write “english”.",
        "I can write more simply, in German. For that, write: einfache Sprache.",
        "Ich schreibe einfach. English: write “english”.",
    ),
    "language_set": ("Gut, auf Deutsch.", "All right, in English.", "Gut. Ich schreibe jetzt einfach."),
}

_TWO_THINGS = {
    "two_things": (
        "Sie haben zwei Dinge genannt. Ich beginne mit dem, was eher drängt. Das andere merke ich mir: {other}.",
        "You told me two things. I begin with the more urgent one and keep the other in mind: {other}.",
        "Sie haben zwei Sachen gesagt. Eine kommt zuerst. Die andere merke ich mir: {other}.",
    ),
    "second_try": (
        "Gut, dass Sie das sagen. Vielleicht trifft es eher eines davon?",
        "Good that you say so. Perhaps one of these comes closer?",
        "Gut. Passt vielleicht eines davon?",
    ),
    "waiting": (
        "Sie hatten am Anfang noch etwas genannt.",
        "At the beginning you mentioned something else as well.",
        "Am Anfang haben Sie noch etwas gesagt.",
    ),
    "not_now": ("Nein, jetzt nicht", "Not now", "Nein, jetzt nicht"),
}

_COMING_BACK = {
    "welcome_back": (
        "Wir machen da weiter, wo wir waren. Mit „neu“ beginnen Sie von vorn.",
        "We carry on where we were. “New” starts again.",
        "Wir machen da weiter, wo wir waren. Neu anfangen: Schreiben Sie neu.",
    ),
    "ask_again": (
        "Ich war kurz nicht erreichbar. Hier noch einmal meine Frage.",
        "I was away for a moment. Here is my question again.",
        "Ich war kurz weg. Hier ist die Frage noch einmal.",
    ),
    "outdated": (
        "Dieser Leitfaden ist inzwischen nicht mehr verfügbar. Es tut mir leid. Wir beginnen noch einmal.",
        "This guide is no longer available. I am sorry. We start again.",
        "Das geht leider nicht mehr weiter. Wir fangen neu an.",
    ),
    "lost": (
        (
            "Hier komme ich nicht weiter. Das ist ein Fehler von mir, nicht von Ihnen. In Gefahr: 110. "
            "Mit „mensch“ nenne ich Ihnen jemanden, mit dem Sie sprechen können."
        ),
        (
            "I cannot get any further here. That is my mistake, not yours. In danger: 110. "
            "With “human” I name someone you can talk to."
        ),
        "Ich komme nicht weiter. Das ist mein Fehler. In Gefahr: 110. Mit einem Menschen reden: Schreiben Sie mensch.",
    ),
    "after_check_in": (
        "Vorhin waren wir noch mitten in etwas. Möchten Sie dort weitermachen?",
        "Earlier we were in the middle of something. Would you like to carry on there?",
        "Vorher war noch etwas offen. Wollen Sie da weitermachen?",
    ),
    "finished": (
        "Schreiben Sie mir jederzeit wieder, wenn etwas ist.",
        "Write to me again whenever you need to.",
        "Sie können immer wieder schreiben.",
    ),
    "expiry": (
        "In {days} Tagen lösche ich dieses Gespräch. Wenn Sie etwas schreiben, bleibt es länger.",
        "I will delete this conversation in {days} days. If you write, it stays longer.",
        "In {days} Tagen lösche ich dieses Gespräch. Wenn Sie schreiben, bleibt es länger.",
    ),
}

_CHANNEL_AND_CONTENT = {
    "confidential": (
        (
            "Die nächste Frage stelle ich hier nicht, weil auf diesem Weg andere mitlesen können. "
            "Besprechen Sie das am Telefon mit einer der Stellen, die ich nenne{link}."
        ),
        (
            "I will not ask the next question here, because others can read along on this channel. "
            "Please talk about it by phone with one of the contacts I name{link}."
        ),
        "Eine Frage stelle ich hier nicht. Andere können hier mitlesen. Reden Sie darüber am Telefon{link}.",
    ),
    "confidential_link": (
        ", oder schreiben Sie mir verschlüsselt: {link}",
        ", or write to me encrypted: {link}",
        ". Oder schreiben Sie hier: {link}",
    ),
    "channel_closed": (
        (
            "{place} hat sich für andere Kanäle entschieden; hier kann ich Ihnen darum nicht weiterhelfen. {where} "
            "In Gefahr: 110. Verletzt oder Suizidgedanken: 112. Arbeiten Sie woanders? Dann fangen Sie mit „neu“ an."
        ),
        (
            "{place} has decided for other channels, so I cannot help you on this one. {where} "
            "In danger: 110. Injured or thoughts of suicide: 112. Do you work elsewhere? Then begin with “neu”."
        ),
        (
            "{place} will, dass Sie anders mit mir schreiben. Hier geht es nicht weiter. {where} "
            "Sind Sie in Gefahr? 110. Sind Sie verletzt? 112. Arbeiten Sie woanders? Schreiben Sie: neu."
        ),
    ),
    "channel_matrix": (
        "Schreiben Sie mir verschlüsselt über Matrix{link}.",
        "Write to me encrypted, on Matrix{link}.",
        "Schreiben Sie mir über Matrix{link}.",
    ),
    "channel_telegram": (
        "Schreiben Sie mir über Telegram; den Namen hat Ihre Kommune.",
        "Write to me on Telegram; your municipality has the name.",
        "Schreiben Sie mir über Telegram. Den Namen weiß Ihre Kommune.",
    ),
    "telegram": (
        (
            "Bitte lesen: Dieser Chat läuft über Telegram. Er ist nicht Ende-zu-Ende-verschlüsselt. Telegram kann Ihre "
            "Nachrichten und Ihr Konto technisch einsehen und speichern. Schreiben Sie hier keine Namen, Adressen, "
            "Gesundheitsdaten oder Aktenzeichen. {link}In Gefahr: 110 – dafür brauchen Sie mich nicht."
        ),
        (
            "Please read: this chat runs on Telegram. It is not end-to-end encrypted. Telegram can technically see and "
            "store your messages and your account. Do not write names, addresses, health data or file numbers here. "
            "{link}In danger: 110 – you do not need me for that."
        ),
        (
            "Bitte lesen: Dieser Chat läuft über Telegram. Telegram kann mitlesen. Schreiben Sie keine Namen. "
            "Schreiben Sie keine Adressen. {link}In Gefahr: 110."
        ),
    ),
    "telegram_link": (
        "Sicherer ist unser Matrix-Kanal: {link}. ",
        "Our Matrix channel is safer: {link}. ",
        "Hier ist es sicherer: {link}. ",
    ),
    "consent": (
        "Möchten Sie hier weitermachen? Sie können auch gleich schreiben, was passiert ist. Das gilt als Ja.",
        "Would you like to go on here? You can also simply write what happened. That counts as a yes.",
        "Möchten Sie hier weitermachen? Sie können auch gleich schreiben. Das heißt dann: Ja.",
    ),
    "consent_yes": ("Ja, hier weiter", "Yes, go on here", "Ja, hier weiter"),
    "consent_no": ("Nein, lieber nicht hier", "No, rather not here", "Nein, lieber nicht hier"),
    "consent_refused": (
        "In Ordnung. Hier frage ich Sie nichts. {link}Mit „löschen“ vergesse ich auch, dass Sie da waren. {numbers}",
        "All right. I will not ask you anything here. {link}With “delete” I also forget that you were here. {numbers}",
        "In Ordnung. Ich frage hier nichts. {link}Schreiben Sie „löschen“? Dann vergesse ich diesen Chat. {numbers}",
    ),
    "consent_link": (
        "Verschlüsselt erreichen Sie mich hier: {link}. ",
        "You can reach me encrypted here: {link}. ",
        "Hier schreiben Sie verschlüsselt: {link}. ",
    ),
    "draft": (
        "Entwurf, noch nicht freigegeben.",
        "Draft, not released yet.",
        "Das ist ein Entwurf. Niemand hat ihn freigegeben.",
    ),
    "unreleased": (
        "Ich bin ein Computerprogramm, und dafür ist hier noch kein Leitfaden freigegeben.",
        "I am a computer program, and no guide has been released here for this yet.",
        "Ich bin ein Computer·programm. Dafür habe ich noch keine Anleitung.",
    ),
    "contact_hours": ("Erreichbar: {hours}", "Hours: {hours}", "Offen: {hours}"),
    "contact_closed": (
        "Jetzt geschlossen. Wieder: {opens}",
        "Closed now. Again: {opens}",
        "Jetzt zu. Wieder offen: {opens}",
    ),
    "contact_unchecked": (
        "Noch von niemandem nachgeprüft.",
        "Not yet verified by anyone.",
        "Das hat noch niemand geprüft.",
    ),
    "crisis_question": (
        "Was hilft Ihnen jetzt am ehesten?",
        "What would help you most right now?",
        "Was hilft Ihnen jetzt?",
    ),
    "crisis_question_others": ("Was hilft jetzt am ehesten?", "What would help most right now?", "Was hilft jetzt?"),
    "worry_self": (
        "Denken Sie daran, sich etwas anzutun?",
        "Are you thinking of hurting yourself?",
        "Denken Sie daran, sich etwas anzutun?",
    ),
    "worry_others": (
        "Denkt jemand daran, sich etwas anzutun?",
        "Is somebody thinking of hurting themselves?",
        "Will sich ein Mensch etwas antun?",
    ),
    "worry_unsure": ("Ich weiß es nicht", "I don't know", "Ich weiß es nicht"),
    "worry_somebody": ("Es geht um jemand anderen", "It is about somebody else", "Es geht um einen anderen Menschen"),
    "worry_no": ("Nein, es war anders gemeint", "No, I meant something else", "Nein, es war anders gemeint"),
    "worry_again": (
        "Wenn es sehr schwer wird: Zum Reden, Tag und Nacht, kostenlos: 116 123. In Gefahr: 112.",
        "If it gets very hard: to talk, day and night, free: 116 123 (German-speaking). In danger: 112.",
        "Ist es sehr schwer? Zum Reden, Tag und Nacht: 116 123. In Gefahr: 112.",
    ),
    "after_crisis": (
        "Sie können sich Zeit lassen. Wie möchten Sie weitergehen?",
        "You can take your time. How would you like to go on?",
        "Sie haben Zeit. Wie soll es weitergehen?",
    ),
    "after_crisis_heard": (
        (
            "Danke, dass Sie schreiben. Ich bin ein Programm und kann darauf nicht so antworten wie ein Mensch. "
            "Jemand hört Ihnen zu, Tag und Nacht: 116 123. In Gefahr: 112."
        ),
        (
            "Thank you for writing. I am a program and cannot answer this as a person could. "
            "Someone will listen, day and night: 116 123 (German-speaking). In danger: 112."
        ),
        (
            "Danke, dass Sie schreiben. Ich bin ein Programm. Ein Mensch kann Ihnen besser antworten. "
            "Rufen Sie an, Tag und Nacht: 116 123. In Gefahr: 112."
        ),
    ),
    "after_crisis_again": (
        "Ich bin weiter da. Zum Reden, Tag und Nacht: 116 123. In Gefahr: 112.",
        "I am still here. To talk, day and night: 116 123 (German-speaking). In danger: 112.",
        "Ich bin noch da. Zum Reden, Tag und Nacht: 116 123. In Gefahr: 112.",
    ),
    "case_lines": (
        "Gespeichert wird, was ein Häkchen hat. Wählen Sie eine Zeile, um sie zu streichen.",
        "What is ticked will be stored. Choose a line to strike it.",
        "Ein Häkchen heißt: Das speichere ich. Wählen Sie eine Zeile, dann streiche ich sie.",
    ),
    "case_opened": (
        (
            "Gespeichert. Ihre Vorgangsnummer: {number}. Notieren Sie sie, wenn Sie mögen. "
            "Ich habe niemanden benachrichtigt; das entscheiden Sie. Mit „status“ sehen Sie den Vorgang wieder."
        ),
        (
            "Stored. Your case number: {number}. Write it down if you like. "
            "I have notified nobody; that is for you to decide. With “status” you see it again."
        ),
        (
            "Gespeichert. Ihre Nummer: {number}. Schreiben Sie die Nummer auf. Ich habe niemandem Bescheid gesagt. "
            "Nummer vergessen: Schreiben Sie status."
        ),
    ),
    "case_empty": (
        "Alle Zeilen sind gestrichen. Ich speichere nichts.",
        "All lines are struck. I store nothing.",
        "Alles ist gestrichen. Ich speichere nichts.",
    ),
    "check_in_again": (
        "Ich frage noch einmal, nur dieses eine Mal. Sie müssen nicht antworten.",
        "I am asking once more, just this one time. You do not have to answer.",
        "Ich frage noch einmal. Sie müssen nicht antworten.",
    ),
    "check_in_pause": (
        (
            "Ich frage jetzt nicht mehr von mir aus nach. Ich habe niemanden informiert. "
            "Schreiben Sie mir jederzeit, wenn etwas ist. In Gefahr: 110. Verletzt: 112."
        ),
        (
            "I will not ask again on my own now. I have told nobody. "
            "Write to me whenever you need to. In danger: 110. Injured: 112."
        ),
        "Ich frage jetzt nicht mehr. Ich habe niemandem etwas gesagt. Sie können immer schreiben. In Gefahr: 110.",
    ),
    "check_in_falling": (
        "Das ist weniger als beim letzten Mal. Damit müssen Sie nicht allein sein:",
        "That is less than last time. You do not have to be alone with this:",
        "Es geht Ihnen schlechter als beim letzten Mal. Sie müssen damit nicht allein sein:",
    ),
    "check_ins_agreed": (
        "Gut. Ich frage nach: {times}. Andere Uhrzeit? Zum Beispiel „um 17 Uhr“. Mit „stopp“ endet das jederzeit.",
        "All right. I will ask again: {times}. Another hour? Say “at 5 pm”. “Stop” ends this at any time.",
        (
            "Gut. Ich frage nach: {times}. Andere Uhrzeit? Schreiben Sie zum Beispiel: um 17 Uhr. "
            "Wenn Sie das nicht mehr wollen: Schreiben Sie stopp."
        ),
    ),
    "check_ins_ended": (
        "Dann frage ich nicht mehr nach, auch nicht zu den Zeiten, die wir vereinbart hatten.",
        "Then I will not ask again, not at the times we had agreed on either.",
        "Dann frage ich nicht mehr nach. Auch die Zeiten von vorher gelten nicht mehr.",
    ),
    "log_intro": (
        "Wir schreiben auf, was war: vier offene Fragen, jede dürfen Sie auslassen. Das Protokoll gehört Ihnen.",
        "We write down what happened: four open questions, you may leave out any. The log is yours.",
        "Wir schreiben auf, was war. Ich frage vier Dinge. Sie müssen nicht alles sagen. Das Protokoll gehört Ihnen.",
    ),
    "log_readable": (
        "Dieser Chat ist nicht verschlüsselt: Der Betreiber kann mitlesen, auch das Protokoll.",
        "This chat is not encrypted: its operator can read along, the log too.",
        "Achtung: In diesem Chat können andere mitlesen. Auch das Protokoll.",
    ),
    "log_what": (
        "Was ist passiert, der Reihe nach?",
        "What happened, step by step?",
        "Was ist passiert? Erst das, dann das.",
    ),
    "log_who": (
        "Wer war dabei, wer hat es gesehen oder gehört?",
        "Who was there, who saw or heard it?",
        "Wer war dabei? Wer hat es gesehen oder gehört?",
    ),
    "log_proof": (
        "Was gibt es dazu (Bilder, Nachrichten, Gegenstände), und wo liegt es?",
        "What is there (pictures, messages, things), and where is it kept?",
        "Gibt es Bilder, Nachrichten oder Sachen dazu? Wo sind sie?",
    ),
    "log_told": (
        "Wem haben Sie davon schon erzählt, und wann?",
        "Whom have you told of it, and when?",
        "Wem haben Sie es schon gesagt? Wann?",
    ),
    "log_skip": ("Auslassen", "Leave out", "Auslassen"),
    "log_end": ("Nicht aufschreiben", "Do not write it down", "Nicht aufschreiben"),
    "log_done": (
        "Fertig. Nur für Sie, oder soll es auch in Ihren Vorgang, wenn Sie einen haben?",
        "Done. Only for you, or into your case too, if you have one?",
        "Fertig. Nur für Sie? Oder auch für Ihren Vorgang?",
    ),
    "log_mine": ("Nur für mich", "Only for me", "Nur für mich"),
    "log_share": ("Auch in den Vorgang {number}", "Into case {number} too", "Auch in den Vorgang {number}"),
    "log_left": (
        "Gut, nichts davon ist aufgeschrieben.",
        "All right, none of it is written down.",
        "Gut. Ich habe nichts aufgeschrieben.",
    ),
    "log_empty": ("Es steht noch nichts darin.", "There is nothing in it yet.", "Es steht noch nichts darin."),
    "log_title": ("Vorfallsprotokoll", "Incident log", "Vorfalls·protokoll"),
    "paper_file": (
        "„{title}“ als {kind}. Es bleibt bei Ihnen. Prüfsumme (SHA-256): {hash}",
        "“{title}” as {kind}. It stays with you. Checksum (SHA-256): {hash}",
        "„{title}“ als {kind}. Es gehört Ihnen. Prüf·summe: {hash}",
    ),
    "paper_sent": (
        "„{title}“ als {kind}. Prüfsumme (SHA-256): {hash}",
        "“{title}” as {kind}. Checksum (SHA-256): {hash}",
        "„{title}“ als {kind}. Prüf·summe: {hash}",
    ),
    "paper_text": (
        "Zum Kopieren. Prüfsumme (SHA-256): {hash}",
        "To copy. Checksum (SHA-256): {hash}",
        "Sie können es kopieren. Prüf·summe: {hash}",
    ),
    "paper_way": (
        (
            "Wie möchten Sie es haben? Dieser Chat ist nicht verschlüsselt: Der Betreiber kann eine Datei lesen wie "
            "jede Nachricht, und sie bleibt bei ihm liegen."
        ),
        (
            "How would you like it? This chat is not encrypted: its operator can read a file as it can any message, "
            "and the file stays there."
        ),
        "Achtung: In diesem Chat können andere mitlesen. Auch eine Datei. Wie möchten Sie es haben?",
    ),
    "paper_as_file": ("Als Datei", "As a file", "Als Datei"),
    "paper_as_text": ("Als Text", "As text", "Als Text"),
    "paper_not": ("Lieber nicht hier", "Rather not here", "Nicht hier"),
    "paper_kept_back": (
        "Gut, es kommt nichts.",
        "All right, nothing will be sent.",
        "Gut. Ich schicke nichts.",
    ),
    "paper_note": (
        (
            "Vom KommA-Lotsen nach Ihren Worten gesetzt. Kein amtliches Schreiben, keine Anzeige; es wahrt keine "
            "Frist. Die Prüfsumme gilt für Titel, Zeit und Inhalt."
        ),
        (
            "Set by the KommA-Lotse from your words. Not an official document, not a report; it keeps no deadline. "
            "The checksum covers title, time and content."
        ),
        "Der Lotse hat Ihre Worte aufgeschrieben. Das ist keine Anzeige.",
    ),
    "data_title": ("Was über Sie gespeichert ist", "What is stored about you", "Was ich über Sie gespeichert habe"),
    "data_place": ("Kommune", "Municipality", "Kommune"),
    "data_language": ("Sprache", "Language", "Sprache"),
    "data_check_ins": ("Vereinbarte Nachfragen", "Agreed check-ins", "Wann ich nachfrage"),
    "data_deadlines": ("Fristen, an die erinnert wird", "Deadlines that are reminded of", "Fristen"),
    "data_case": ("Vorgang {number}", "Case {number}", "Vorgang {number}"),
    "data_case_True": (
        "Was darin steht, folgt. Notizen der Koordination sind nicht dabei; Auskunft darüber gibt Ihre Kommune.",
        "What it says follows. Notes of the coordination are not included; ask your municipality about them.",
        "Das steht darin. Notizen der Koordination stehen hier nicht.",
    ),
    "data_case_False": (
        "Sein Inhalt ist gelöscht.",
        "Its content is deleted.",
        "Der Inhalt ist gelöscht.",
    ),
    "note_nachtrag": ("Ihr Nachtrag", "Your addition", "Ihr Nachtrag"),
    "note_nachricht": ("Ihre Nachricht", "Your message", "Ihre Nachricht"),
    "note_antwort": ("Antwort der Koordination", "Answer of the coordination", "Antwort der Koordination"),
    "hour_set": (
        "Gut, zu dieser Uhrzeit: {times}.",
        "All right, at that hour: {times}.",
        "Gut. Ich frage dann: {times}.",
    ),
    "hour_quiet": (
        "Zwischen {begins} und {ends} Uhr schreibe ich niemandem, darum ein wenig anders als gewünscht.",
        "I write to nobody between {begins}:00 and {ends}:00, so it differs a little from your wish.",
        "Von {begins} bis {ends} Uhr schreibe ich nicht. Darum ist es eine andere Uhrzeit.",
    ),
    "deadlines_ask": (
        (
            "Soll ich auch an diese Fristen erinnern?\n{which}\nDafür bleibt dieses Gespräch bis {until} gespeichert, "
            "auch wenn Sie nicht mehr schreiben. Was Sie geantwortet haben, gehört nicht dazu."
        ),
        (
            "Shall I remind you of these deadlines too?\n{which}\nFor that this conversation is kept until {until}, "
            "even if you do not write any more. What you have answered is not part of it."
        ),
        (
            "Soll ich Sie auch an diese Fristen erinnern?\n{which}\nDann bleibt das Gespräch bis {until} gespeichert. "
            "Ihre Antworten sind dann nicht mehr da."
        ),
    ),
    "deadlines_reminded": (
        "Gut. Zwei Wochen und drei Tage vorher melde ich mich. Was gemeint ist, zeige ich erst nach einem Ja.",
        "All right. I will write two weeks and three days before. What it is about I show only after a yes.",
        "Gut. Ich melde mich 14 Tage und 3 Tage vorher.",
    ),
    "deadline_ask": (
        "Guten Tag. Ich sollte an einen Tag erinnern, wie verabredet. Darf ich ihn hier zeigen?",
        "Hello. I was to remind you of a day, as agreed. May I show it here?",
        "Guten Tag. Ich soll Sie an einen Tag erinnern. Darf ich ihn hier zeigen?",
    ),
    "deadline_show": ("Ja, zeigen", "Yes, show it", "Ja, zeigen"),
    "not_today": ("Heute nicht", "Not today", "Heute nicht"),
    "deadline_told": (
        "{title}: Bis {day} sind Sie auf der sicheren Seite.",
        "{title}: until {day} you are on the safe side.",
        "{title}. Machen Sie es bis {day}.",
    ),
    "deadline_not_here": (
        "Eine Nachricht an mich wahrt keine Frist, und sie ist keine Anzeige, kein Strafantrag, keine Unfallanzeige.",
        "A message to me keeps no deadline. Nor is it a police report, a complaint or an accident report.",
        "Eine Nachricht an mich reicht dafür nicht. Sie müssen es bei der Stelle selbst tun.",
    ),
    "deadline_later": (
        "Gut, ich frage morgen noch einmal.",
        "All right, I will ask again tomorrow.",
        "Gut. Ich frage morgen noch einmal.",
    ),
    "status_deadlines": (
        "Daran erinnere ich Sie, jeweils mit dem sicheren Tag:\n{days}",
        "I will remind you of these, each with the safe day:\n{days}",
        "Daran erinnere ich Sie:\n{days}",
    ),
    "talk_gruss": (
        "Guten Tag. Ich bin da.",
        "Hello. I am here.",
        "Guten Tag. Ich bin da.",
    ),
    "talk_abschied": (
        "Auf Wiedersehen. Schreiben Sie jederzeit wieder, es geht dann hier weiter. In Gefahr: 110. Verletzt: 112.",
        "Goodbye. Write again at any time, it will go on from here. In danger: 110. Injured: 112.",
        "Auf Wiedersehen. Sie können immer wieder schreiben. In Gefahr: 110. Verletzt: 112.",
    ),
    "talk_dank": ("Gern.", "You are welcome.", "Gern."),
    "talk_mensch_frage": (
        "Nein, ich bin ein Computerprogramm. Menschen haben meine Sätze geschrieben; gerade liest niemand mit.",
        "No, I am a computer program. People wrote my sentences; nobody is reading along right now.",
        "Nein. Ich bin ein Computer·programm. Gerade liest kein Mensch mit.",
    ),
    "talk_wer_bist_du": (
        (
            "Ich bin der KommA-Lotse, ein Computerprogramm. Ich sortiere mit Ihnen die ersten Schritte "
            "und nenne Stellen, die helfen."
        ),
        "I am the KommA-Lotse, a computer program. I sort the first steps with you and name people who can help.",
        "Ich bin der KommA-Lotse. Ich bin ein Programm. Ich zeige Ihnen die ersten Schritte.",
    ),
    "talk_tadel": (
        (
            "Das tut mir leid. Ich bin ein Programm und verstehe nicht alles. Wenige Worte helfen mir; mit „Mensch“ "
            "nenne ich Ihnen Menschen."
        ),
        (
            "I am sorry. I am a program and do not understand everything. A few words help me; write “human” and I "
            "will name people."
        ),
        "Das tut mir leid. Ich verstehe nicht alles. Schreiben Sie „Mensch“. Dann nenne ich Ihnen Menschen.",
    ),
    "talk_befinden": (
        "Danke, mir als Programm geht es immer gleich. Wichtig ist, wie es Ihnen geht.",
        "Thank you, as a program I am always the same. What matters is how you are.",
        "Danke. Ich bin ein Programm. Wichtig ist, wie es Ihnen geht.",
    ),
}

_MOVING = {
    "move_ask": (
        (
            "Sie können dieses Gespräch in einem anderen Chat mit mir weiterführen, auch auf einem anderen Handy. "
            "Es kommen mit: Ihre Antworten, Ihr Vorgang, Nachfragen, Fristen und die Sprache. Dieser Chat wird dann "
            "geleert. Was auf diesem Gerät steht, können nur Sie löschen. {link}Möchten Sie einen Code dafür?"
        ),
        (
            "You can go on with this conversation in another chat with me, on another phone, too. What comes along: "
            "your answers, your case, check-ins, deadlines and the language. This chat is emptied then. What is on "
            "this device only you can delete. {link}Would you like a code for that?"
        ),
        (
            "Sie können in einem anderen Chat mit mir weiterschreiben. Auch auf einem anderen Handy. "
            "Alles kommt mit. Diesen Chat leere ich dann. {link}Möchten Sie einen Code dafür?"
        ),
    ),
    "move_code": (
        (
            "Gleich kommt ein Code. Schreiben Sie ihn mir im anderen Chat. Er gilt 30 Minuten und nur einmal. Wer ihn "
            "hat, bekommt Ihr Gespräch: Geben Sie ihn niemandem."
        ),
        (
            "A code is coming. Send it to me in the other chat. It holds for 30 minutes and only once. Whoever has it "
            "gets your conversation: give it to nobody."
        ),
        (
            "Gleich kommt ein Code. Schreiben Sie ihn mir im anderen Chat. Er gilt 30 Minuten. Er geht nur einmal. "
            "Geben Sie den Code niemandem."
        ),
    ),
    "move_pending": (
        "Bis {until} gilt ein Code, mit dem dieses Gespräch in einen anderen Chat umziehen kann.",
        "Until {until} a code holds with which this conversation can move to another chat.",
        "Sie haben einen Code für einen anderen Chat. Er gilt bis {until}.",
    ),
    "move_nothing": (
        "Hier gibt es noch nichts mitzunehmen. Schreiben Sie mir einfach im anderen Chat.",
        "There is nothing to take along here yet. Just write to me in the other chat.",
        "Hier ist noch nichts zum Mitnehmen. Schreiben Sie mir einfach im anderen Chat.",
    ),
    "move_refused": (
        (
            "Dieser Code gilt nicht, oder nicht mehr. Verloren ist nichts. Einen neuen bekommen Sie mit „umziehen“ in "
            "dem Chat, in dem Ihr Gespräch ist. In Gefahr: 110."
        ),
        (
            "This code is not valid, or no longer. Nothing is lost. “Continue elsewhere” gets you a new one in the "
            "chat that your conversation is in. In danger: 110."
        ),
        (
            "Dieser Code geht nicht. Nichts ist verloren. Gehen Sie in den Chat mit Ihrem Gespräch. "
            "Schreiben Sie dort: umziehen. Dann bekommen Sie einen neuen Code. In Gefahr: 110."
        ),
    ),
    "move_closed": (
        "Ihre Kommune hat den Lotsen auf diesem Kanal nicht. Ihr Gespräch bleibt im anderen Chat, nichts ist verloren.",
        "Your municipality does not have me on this channel. Your conversation stays in the other chat.",
        "Ihre Kommune hat mich hier nicht. Ihr Gespräch bleibt im anderen Chat. Nichts ist verloren.",
    ),
    "move_here": (
        "Dieser Code ist für den anderen Chat. Schicken Sie ihn mir bitte dort.",
        "This code is for the other chat. Please send it to me there.",
        "Der Code ist für den anderen Chat. Schreiben Sie ihn bitte dort.",
    ),
    "move_busy": (
        (
            "Hier läuft schon ein Gespräch, und beide zusammen gehen nicht. Ihr anderes Gespräch bleibt, wo es ist. "
            "Wenn Sie das hier nicht mehr brauchen: Schreiben Sie „löschen“ und dann den Code noch einmal."
        ),
        (
            "There is a conversation here already, and the two cannot be one. Your other conversation stays where it "
            "is. If you no longer need this one: write “delete”, and then the code again."
        ),
        (
            "Hier ist schon ein Gespräch. Das andere bleibt, wo es ist. Brauchen Sie das hier nicht mehr? "
            "Dann schreiben Sie: löschen. Danach noch einmal den Code."
        ),
    ),
    "move_consent": (
        "Möchten Sie Ihr Gespräch trotzdem hierher holen?",
        "Would you like to bring your conversation here all the same?",
        "Möchten Sie trotzdem hier weiterschreiben?",
    ),
    "move_not_here": (
        "In Ordnung. Ihr Gespräch bleibt, wo es ist. Schreiben Sie mir dort weiter.",
        "All right. Your conversation stays where it is. Go on writing to me there.",
        "In Ordnung. Ihr Gespräch bleibt im anderen Chat.",
    ),
    "move_coming": (
        (
            "Ihr Gespräch kommt hierher, das dauert meist nur einen Moment. Bis dahin ist es noch im anderen Chat. "
            "In Gefahr: 110. Verletzt: 112."
        ),
        (
            "Your conversation is coming here, mostly within a moment. Until then it is still in the other chat. "
            "In danger: 110. Injured: 112."
        ),
        "Ihr Gespräch kommt gleich hierher. Warten Sie bitte kurz. In Gefahr: 110. Verletzt: 112.",
    ),
    "move_stayed": (
        "Ihr Gespräch ist nicht umgezogen. Es geht hier weiter, nichts ist verloren.",
        "Your conversation has not moved. It goes on here, nothing is lost.",
        "Ihr Gespräch ist noch hier. Nichts ist verloren.",
    ),
    "moved_away": (
        (
            "Ihr Gespräch geht jetzt im anderen Chat weiter. Hier ist nichts mehr gespeichert. Was in diesem "
            "Chat-Verlauf steht, liegt auf Ihrem Gerät; dort können nur Sie es löschen."
        ),
        (
            "Your conversation now goes on in the other chat. Nothing is stored here any more. What this chat shows is "
            "on your device; only you can delete it there."
        ),
        (
            "Ihr Gespräch ist jetzt im anderen Chat. Hier ist nichts mehr gespeichert. "
            "Löschen Sie diesen Chat auf Ihrem Gerät."
        ),
    ),
    "moved_in": (
        "Da sind Sie ja. Alles ist mitgekommen, wir machen hier weiter, wo wir waren.",
        "There you are. Everything has come along, and we carry on here where we were.",
        "Da sind Sie ja. Alles ist da. Wir machen hier weiter.",
    ),
    "move_missed": (
        "Das ist im anderen Chat vielleicht nicht mehr angekommen:",
        "This may not have reached you in the other chat:",
        "Das haben Sie im anderen Chat vielleicht nicht bekommen:",
    ),
    "move_confidential": (
        (
            "Im anderen Chat habe ich etwas nicht gefragt, weil dort andere mitlesen konnten. Hier geht es: "
            "Mit „zurück“ kommen Sie zu der Frage."
        ),
        (
            "In the other chat I did not ask something because others could read along there. Here I can: "
            "“back” takes you to that question."
        ),
        (
            "Im anderen Chat konnten andere mitlesen. Darum habe ich dort etwas nicht gefragt. "
            "Hier geht es. Schreiben Sie: zurück."
        ),
    ),
}

SENTENCES: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        key: dict(zip(LANGUAGES, texts, strict=True)) | ({"de-du": DU[key]} if key in DU else {})
        for room in (
            _LABELS,
            _HOW_TO_ANSWER,
            _WISHES,
            _NOT_UNDERSTOOD,
            _WORDS,
            _TWO_THINGS,
            _COMING_BACK,
            _CHANNEL_AND_CONTENT,
            _MOVING,
            CASE_SENTENCES,
        )
        for key, texts in room.items()
    }
)
