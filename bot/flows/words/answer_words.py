"""Words that people answer a question with, whatever is asked: yes, no, I do not know, the second one, all of them.

For people to extend. Folded, single words or whole answers; `answering` says how each list is used.
"""

from __future__ import annotations

from typing import Final

from bot.flows.reading import fold

LEADS: Final = frozenset(
    "ich nehme nehm waehle waehl moechte will bitte also aeh aehm hm hmm na dann eher wohl option antwort nummer nr"
    " punkt die der das den dem the i take choose pick please jetzt nun inzwischen".split()
)
TAILS: Final = frozenset("bitte danke please thanks option antwort one".split())
SMALL: Final = frozenset(
    "ich du er sie es wir ihr man mir mich mein meine meinem meinen meiner uns unser unsere der die das den dem des ein"
    " eine einen einem einer im in am an auf bei beim mit von vom fuer zu zum zur und oder aber auch ja nein ist bin"
    " sind war waren hat habe weiss so noch schon jetzt gerade grad grade halt eh nur mal also da dort hier wie wo was"
    " wer etwas i me my we our you your it the a an and or but is am are was were on in at to of for with so just"
    " still geht gehts".split()
)
"""Words that stand in any answer and tell no label from another."""
DENYING: Final = frozenset(
    "nicht nich net ned kein keine keinen keiner keinem nichts nix nie niemand niemanden no not none never nobody"
    " nothing nein".split()
)
ORDINALS: Final = (
    ("erste", "erster", "erstes", "ersten", "first"),
    ("zweite", "zweiter", "zweites", "zweiten", "second"),
    ("dritte", "dritter", "drittes", "dritten", "third"),
    ("vierte", "vierter", "viertes", "vierten", "fourth"),
    ("fuenfte", "fuenfter", "fuenftes", "fuenften", "fifth"),
    ("sechste", "sechster", "sechstes", "sechsten", "sixth"),
    ("siebte", "siebter", "siebtes", "siebten", "siebente", "seventh"),
    ("achte", "achter", "achtes", "achten", "eighth"),
    ("neunte", "neunter", "neuntes", "neunten", "ninth"),
    ("zehnte", "zehnter", "zehntes", "zehnten", "tenth"),
)
LAST: Final = ("letzte", "letzter", "letztes", "letzten", "last")
YES: Final = frozenset(
    "j y ja jo joa jop jep jap jupp jup jau jaa jaaa yes yep yeah yup ye jawohl jawoll klar natuerlich sicher genau"
    " stimmt richtig korrekt freilich ok okay oki gerne gern sure evet tabii نعم ايوه اي اه да так ага aiwa naam da"
    " tak".split()
)
NO: Final = frozenset(
    "n nein ne nee noe noee nope no nah naa na nei nix nicht keinesfalls niemals never hayir yok لا нет ні ла la net"
    " ni".split()
)
NOT_NOW: Final = frozenset(
    (
        *("im moment nicht", "momentan nicht", "zurzeit nicht", "zur zeit nicht", "aktuell nicht", "gerade nicht"),
        *("grad nicht", "grade nicht", "jetzt nicht", "noch nicht", "not at the moment", "not right now", "not now"),
    )
)
LAST_YES: Final = frozenset("ja jo joa jep yes yep yeah evet".split())
LAST_NO: Final = frozenset("nein nee noe naa no nope hayir".split())
UNKNOWN: Final = frozenset(
    map(
        fold,
        "weiß noch nicht,weiß ich noch nicht,ich weiß es noch nicht,noch nicht entschieden,not decided yet"
        ",i have not decided yet,not sure yet"
        ",unsicher,im zweifel,bin unsicher,ich bin unsicher,weiß nicht,weiss ich nicht,weiß ich nicht,ich weiß nicht"
        ",ich weiß es nicht,weiß ich nicht genau,weiß nich"
        ",weiß ich nich,weiß ich net,weiß ich ned,woaß ned,woas ned,woas i ned,i woaß ned,woaß i ned,weeß ick nich"
        ",weeß nich"
        ",weiß nicht genau,nicht sicher,bin nicht sicher,bin mir nicht sicher,ich bin nicht sicher,ich bin mir nicht"
        " sicher"
        ",keine ahnung,ka,kA,kp,kein plan,keinen plan,kein schimmer,unklar,unbekannt,schwer zu sagen,kann ich nicht"
        " sagen"
        ",ich kann es nicht sagen,weiß nicht mehr,weiß ich nicht mehr,ich weiß es nicht mehr,keine angabe möglich"
        ",fragezeichen"
        ",dunno,i dont know,dont know,do not know,i do not know,not sure,im not sure,i am not sure,no idea,unsure,idk"
        ",bilmiyorum,لا اعرف,لا أعلم,ما بعرف,mabaaref,ma ba3ref,не знаю,не знам,я не знаю,не впевнений".split(","),
    )
)
UNSURE: Final = frozenset(("unsicher", "im zweifel", "bin unsicher", "ich bin unsicher", "unsure"))
"""What is nearly "I do not know": an option of this kind is taken when no other says it."""
DECLINED: Final = frozenset(
    map(
        fold,
        "möchte ich nicht sagen,möchte ich nicht,will ich nicht sagen,sag ich nicht,sage ich nicht,das sage ich nicht"
        ",das sag ich nicht,ich möchte das nicht sagen,ich möchte nicht sagen,ich möchte es nicht sagen,ich will das"
        " nicht sagen"
        ",ich will es nicht sagen,ich will nicht antworten,ich möchte nicht antworten,möchte nicht antworten,keine"
        " angabe"
        ",keine antwort,keine auskunft,kein kommentar,privat,das ist privat,ist privat,geht dich nichts an,geht sie"
        " nichts an"
        ",geht euch nichts an,das geht dich nichts an,das geht sie nichts an,lieber nicht,lieber nicht sagen,möchte"
        " nicht sagen"
        ",will nicht sagen,darüber möchte ich nicht sprechen,darüber will ich nicht reden,das möchte ich für mich"
        " behalten"
        ",sog i ned,mog i ned song,dazu sage ich nichts,dazu möchte ich nichts sagen,nichts sagen,verweigert"
        ",prefer not to say,id rather not say,rather not say,i would rather not say,rather not,no comment,private"
        ",its private"
        ",thats private,none of your business,i dont want to say,dont want to say,i prefer not to say,i prefer not"
        " to answer"
        ",söylemek istemiyorum,لا اريد ان اقول,не хочу говорить,не хочу відповідати,не хочу отвечать".split(","),
    )
)
NONE: Final = frozenset(
    (
        *"keine keins keiner keines keinen nichts nix none nothing null 0 nein no".split(),
        *("gar nichts", "gar keine", "keine davon", "keins davon", "nichts davon", "none of them", "none of these"),
    )
)
DONE: Final = frozenset(
    (
        "fertig",
        "fertich",
        "fertisch",
        "weiter",
        "das wars",
        "das war es",
        "das ist alles",
        "thats all",
        "thats it",
        "done",
        "finished",
        "next",
    )
)
ALL: Final = frozenset(
    ("alle", "alles", "all", "alle davon", "all of them", "everything", "saemtliche", "jede", "jedes")
)
