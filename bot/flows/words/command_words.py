"""The words and phrases of commands, per language, as data.

The tables are folded when they are compiled (`reading.fold`), so umlauts may be written either way. `WORDS` are whole
messages, parted by commas, and count in answers in own words too: only what nobody answers with belongs there.
`SENTENCES` use the notation of `phrases`. German, English and Einfache Sprache share the tables; Turkish, Arabic (both
scripts), Russian and Ukrainian have at least stop, cancel, help and emergency.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "hilfe": """
        hilfe, hilf, hlfe, hife, hilfe bitte, bitte hilfe, help, help me, please help, help please, help me please,
        please help me, menü, menu, menü bitte,
        hauptmenü, hauptmenu, übersicht, befehle, befehlsliste, kommandos, commands,
        anleitung, bedienung, bedienungsanleitung, faq, yardım, komutlar, مساعدة, المساعدة, قائمة, musaada, mosa3ada,
        помощь, справка, меню, помоги, помогите, допомога, допоможи, допоможіть, довідка,
        hilfemenü, hilfeseite, hilfefunktion, hilfetext, bedienungshilfe, hilfe anzeigen, hilfe zeigen, zeig hilfe,
        help menu, help page, show help, help text, bana yardım et, yardım menüsü, قائمة المساعدة,
        yardım et, yardım lütfen, ساعدني, ساعدوني, sa3edni, sa3iduni, список команд, команды, команди
    """,
    "abbrechen": """
        abbrechen, abbruch, abgebrochen, brich ab, cancel, exit, quit, abort, beenden, ende, end, lass mal, doch nicht,
        nicht weitermachen, nicht weiter machen,
        vergiss es, nevermind, never mind, forget it, iptal, vazgeç, vazgeçtim, bitir, إلغاء, ilgha,
        отмена, отменить, закончить, выход, скасувати, відміна, завершити, вихід, відмінити,
        ich habs mir anders überlegt, habs mir anders überlegt, ich hab es mir anders überlegt,
        hab es mir anders überlegt, anders überlegt, doch lieber nicht, end chat, end the chat, close chat,
        i changed my mind, changed my mind, lets stop here, lets end here, vazgeçiyorum, sohbeti bitir, sohbeti kapat,
        fikrimi değiştirdim, burada bitirelim, انهاء المحادثة, انهي المحادثة, غيرت رأيي, لنتوقف هنا,
        передумал, передумала, я передумал, я передумала, закончим на этом, давай закончим, закончить чат,
        передумав, передумала, я передумав, закінчимо на цьому, закінчити чат,
        brich das ab, ich brech ab, ich breche ab, beende das, beenden wir das, lass es, lassen wir das, lassen wir es,
        lassen wirs, schluss jetzt, schluss damit, leave it, drop it, quit this,
        cancel this, cancel it, cancel that, end this, stop here, iptal et, iptal edin, vazgeçelim, bırak, bırakalım,
        bitirelim, çıkış, çık, الغي, ألغ, إلغاء العملية, خروج, انهاء, اتركه, elghi, khorouj,
        отмени, отмените, прервать, прерви, прервите, закончи, закончим, закончить разговор, выйти,
        скасуй, скасуйте, перервати, перерви, перервіть, закінчити, закінчимо, завершимо, вийти
    """,
    "stopp": """
        stopp, stop, stoppen, stopp stopp, stop stop, halt stopp, hör auf, hör auf damit, aufhören, abmelden,
        abbestellen, mesaj gönderme, unsubscribe, optout, opt out, nachrichten aus, erinnerungen aus,
        dur, durdur, durun, yeter,
        توقف, قف, كفاية, كفى, خلص, waqqef, wa2ef, khalas, 5alas, kifaya,
        стоп, хватит, прекрати, прекратите, стій, зупинись, досить, припини, припиніть,
        sofort stopp, stopp jetzt, stopp bitte, sofort aufhören, hör sofort auf, hör bitte auf, hört auf, hea auf,
        her auf, heer uff, hör uff, hey auf, stop it, stop this, stop that, stop now, stop please, please stop,
        quit it, yeter artık, dur artık, kes, kes artık, اوقف, اوقفوا, وقف, وقفوا, w2af,
        остановись, остановитесь, перестань, перестаньте, зупиніться, перестаньте, годі
    """,
    "neu": """
        neu, neustart, neu starten, neu anfangen, neuanfang, von vorn, von vorne, noch mal von vorn, nochmal von vorn,
        nochmal von vorne, start, starten, new, restart, reset, start over, start again, yeniden, yeniden başla, baştan,
        من جديد, заново, сначала, спочатку, знову
    """,
    "zurueck": """
        zurück, einen schritt zurück, schritt zurück, ein schritt zurück, zurück bitte, back, go back, geri, geri dön,
        رجوع, ارجع, назад
    """,
    "aendern": """
        ändern, antwort ändern, korrigieren, korrektur, bearbeiten, verbessern, change, edit, correct, değiştir, düzelt,
        تغيير, تعديل, изменить, исправить, змінити, виправити
    """,
    "wiederholen": """
        wiederholen, wiederhole, wiederholung, nochmal, noch mal, noch einmal, nochmals, frage wiederholen,
        wie war die frage, repeat, again, once more, tekrar, tekrarla, اعادة, كرر,
        повтори, повторить, повторите, повторити, повтори ще раз
    """,
    "ueberspringen": """
        überspringen, überspring, uberspringen, auslassen, nächste frage, frage überspringen, skip, atla, geç, تخطي,
        пропустить, пропустити, далі без відповіді
    """,
    "notruf": """
        notruf, notrufe, notfall, notrufnummer, notrufnummern, notfallnummer, notfallnummern, sos, 110, 112,
        emergency, emergency numbers, acil, acil durum, imdat, طوارئ, الطوارئ, نجدة, النجدة, tawari2, najda,
        экстренная помощь, экстренно, скорая помощь, екстрена допомога, екстрено, швидка допомога
    """,
    "mensch": """
        mensch, echter mensch, ein mensch, human, real person, a human, agent, insan, insanla konuşmak istiyorum,
        انسان, موظف, человек, людина
    """,
    "status": """
        status, fallstatus, mein fall, aktueller stand, mein stand, my case, case status, durum, durumum,
        حالة, الحالة, статус, мой случай
    """,
    "loeschen": """
        löschen, alles löschen, daten löschen, meine daten löschen, vergiss mich, delete, delete all, delete everything,
        delete my data, erase, forget me, sil, hepsini sil, verilerimi sil, حذف, احذف, امسح, امسح كل شيء,
        удалить, удали всё, видалити, видали все
    """,
    "sprache": """
        sprache, sprache ändern, sprache wechseln, language, change language, english, englisch, in english,
        auf englisch, english please, auf deutsch, einfache sprache, einfach sprache, leichte sprache, leicht sprache,
        einfaches deutsch, leichtes deutsch, einfach deutsch, simple german, easy german, easy language, plain language,
        türkçe, turkce, عربي, بالعربي, العربية, اللغة, dil, dil değiştir, язык, по русски, на русском,
        мова, українська, українською
    """,
    "daten": """
        daten als pdf, daten als json, meine daten als pdf, meine daten als json, daten pdf, daten json, data as pdf,
        data as json, my data as pdf, my data as json, daten, meine daten, datenschutz, datenschutzerklärung, data,
        my data, privacy, was speicherst du,
        verilerim, gizlilik, بياناتي, الخصوصية, данные, мои данные, дані, мої дані
    """,
    "vorgang": """
        vorgang, mein vorgang, meinen vorgang, zum vorgang, vorgang zeigen, case, the case, show case
    """,
    "protokoll": """
        protokoll, vorfallsprotokoll, protokoll schreiben, vorfallsprotokoll schreiben, incident log, write a log
    """,
    "umziehen": """
        umziehen, gespräch umziehen, gespräch mitnehmen, chat umziehen, chat wechseln, woanders weiter,
        woanders weitermachen, woanders weiterschreiben, auf matrix weiter, auf telegram weiter, auf element weiter,
        continue elsewhere, continue on matrix, continue on telegram, move chat, move my chat, switch chat,
        başka yerde devam, başka yerde devam et, المتابعة في مكان اخر, продолжить в другом месте,
        продовжити в іншому місці
    """,
}

FORGIVEN: Final = """
    hilfe hauptmenü übersicht abbrechen abbruch beenden cancel stopp aufhören abmelden unsubscribe neustart restart
    zurück ändern korrigieren wiederholen überspringen notruf notfall notrufnummern emergency mensch status
    löschen delete
    sprache language englisch english türkçe datenschutz daten privacy umziehen помощь допомога скасувати отмена
"""
"""Command words in which typos are forgiven."""

NO_TYPOS: Final = """
    abbrach abbremsen abbrennen abdrehen abhoeren abrechnen absprechen abstechen abzubrechen aender aendert anbruch
    andern anhoeren anmelden aufbrechen aufheben aufhoere aufhoerst aufhoert aufhoerte aufholen aufloesen
    aufzuhoeren ausbrechen baenden beendet blenden cancer damen dated datei datenschutzes dates deleted emergence
    englische helfe hilde hilfen hilfs hilft hille korrelieren korrigiert korrigierte korrigierten laendern
    languages lieschen loescher neustadt notfalls sprach sprachen spraeche spreche states stats statue statues
    statur statut staus stopf stoppt strache taten tuerke ueberbringen ueberdacht uebermacht ueberreicht
    uebersichten uebersieht ueberspringt uebersprungen uebersteht ueberwacht ueberzieht wiederhaben wiederholende
    wiederholst wiederholt wiederholte wiederholtem wiederholten wiederholter wiederholtes
"""
"""Real words that lie a letter or two beside a command word, and are no typo of it (of the 80,000 most frequent)."""

FILLERS: Final = frozenset(
    (
        "bitte bitt pls plz please mal eben doch jetzt jetz nun hier das dies diese dieses es ich du sie ihr mir"
        " mich moechte"
        " mochte moecht will wollte wuerde gern gerne kannst koennen koennten koenntest koenntet hab habe einfach"
        " nur ja ok"
        " okay oki also so dann hey hallo hi moin servus lieber liebe danke ach sofort gleich schnell bot und zu noch"
        " eigentlich denn der die den dem ein eine einen einem einmal auch endlich wieder gerade grad halt na"
        " can could you i id im want to the a an now just would like me it this that here hello thanks thank right away"
        " lutfen artik من فضلك لو سمحت пожалуиста будь ласка"
    ).split()
)
"""Words that carry no meaning of their own around a command."""

SENTENCES: Final[Mapping[str, str]] = {
    "loeschen": """
        loesch|loesche|loeschen|loescht|loeschst|entfern|entferne|entfernen|vernichte \
            alles|daten|chat|chatverlauf|verlauf|gespraech|eingaben|angaben
        ? alle ganze ganzen gesamte komplette unser unsere meine meinen was geschrieben geschickt gesagt gespeichert
        ? hast haben ueber von bisher komplett
        ? vollstaendig euch wurde ist bei dir ihnen
        loesch|loesche|loeschen meine|meinen|meiner nachrichten|antworten|spuren|fall
        ? alle alles komplett
        vergiss|vergesst|vergessen alles|mich
        ? was geschrieben gesagt ueber
        delete|erase|remove|wipe|clear everything|data|chat|messages|history|account|all
        ? my all of ive i wrote written have said what about whole
        forget everything|me
        ? about i said wrote
        widerrufe|widerrufen|widerruf|zurueckziehen einwilligung|zustimmung
        ? meine
        sil her|hepsini|verilerimi|mesajlarimi
        ? seyi yazdigim
        удали|удалите|удалить все|данные|сообщения
        ? мои что написал написала
        видали|видаліть|видалити все|дані|повідомлення
        ? моі мої що написав написала
        احذف|امسح كل|بياناتي|رسائلي
        ? شيء ما كتبت
        loesch|loesche|loeschen|loescht|entfern|entferne|entfernen|entfernt|tilgen \
            alles|daten|chat|verlauf|gespraech|nachrichten|angaben|eintraege
        ? alle meine meinen was ich von mir ist dass kann man lassen mach machen haben hier
        ? gesagt geschrieben erzaehlt eingegeben ueber
        weg|verschwinden|weghaben mir|mich|geschrieben|meine|meinen alles|daten|was|chat|gespraech|nachrichten
        ? von ueber ist dass sollen mach machen haben hier gesagt habe
        nichts|nix|nicht|keine gespeichert|behalten|speichern|aufheben|aufbewahren mir|mich
        ? von ueber daten lassen bleiben soll sollen duerfen mehr hier sie
        erase|delete|remove|wipe|forget everything|all|data|what|chat
        ? i told wrote said typed have you that my about me of it
        dont|not keep|store|save|hold data|messages|me
        ? my about any on do want you
        verilerimi|mesajlarimi|yazdiklarimi|yazdiklarimin|hepsini sil|silin|silebilir|silinsin|silmek
        ? hepsini hepsi her seyi misin misiniz istiyorum benim
        сотри|сотрите|удали|удалите|удалить|стереть все|данные|переписку|сообщения
        ? что я тут здесь написал написала мои про меня обо мне можно
        видали|видаліть|видалити|зітри|зітріть|стерти все|дані|листування|повідомлення
        ? про мене що я тут написав написала мої можна
        امسح|امسحوا|احذف|احذفوا|امحي كل|كلشي|بياناتي|معلوماتي|المحادثه
        ? شي شيء كتبته قلته عني اللي
    """,
    "umziehen": """
        will|moechte|kann|koennen|lass|lassen woanders|matrix|telegram|element weitermachen|weiterschreiben|weiter
        ? auf in bei wir uns
        anderes|anderem|neues|neuem|anderen|neuen handy|geraet|telefon|smartphone|computer|account|konto
        ? auf ein einem einen hier weiter weitermachen habe hab mit
        gespraech|chat mitnehmen|umziehen|uebertragen
        ? mein dieses das unseren unser auf ein anderes neues handy geraet matrix telegram
        continue|go|move|switch elsewhere|matrix|telegram|element
        ? on to this chat conversation with we can i want
        new|other|another phone|device
        ? a my on have continue
    """,
    "stopp": """
        stopp|stop|stoppen|stoppe
        ? alle alles sofort damit nachrichten erinnerungen
        hoer|hoere|hoert|hoeren|hoerst auf|auf
        ? damit schreiben schicken fragen nerven melden
        keine|kein nachrichten|nachricht|erinnerungen|erinnerung|mitteilungen|meldungen|checkins mehr
        ? von dir euch bekommen erhalten
        schreib|schreibe|schreiben|schreibt|schick|schicke|schicken|melde|meldet|frag|frage nicht|nix|nichts mehr
        ? nachrichten bei dich
        nicht mehr kontaktieren|kontaktiert|angeschrieben
        ? werden weiter
        lass|lasst|lassen mich|mir in ruhe
        ? bloss
        keine|kein|nie|nicht nachrichten|erinnerungen|nachricht|mitteilungen mehr|wieder schicken|senden|schreiben
        ? bitte mir
        nie|niemals|nicht wieder|mehr anschreiben|schreiben|melden|schicken|kontaktieren|erinnern
        ? mich bei mir daran
        will|moechte nicht mehr erinnert|angeschrieben|kontaktiert|benachrichtigt
        ? werden daran
        stop|quit|cease sending|texting|messaging|writing|bothering|asking|contacting me
        ? stuff things messages texts this please with questions
        dont|never|not text|message|write|contact|bother me
        ? again ever do to any more anymore
        unsubscribe me
        ? from this
        artik|bir|bana mesaj|yazma|yazmayin gonderme|atma|yazma|daha
        ? bana
        لا تكتب|ترسل|تراسل|تكتبي|ترسلي لي|بعد|الان
        ? الي شيء
        خلص|بس|كفايه توقف|اسكت|اسءله|اوقف
        ? عن الرساءل
        не турбуй|турбуйте|беспокой|беспокойте
        ? мене меня більше больше
        schreib|schreibe|schreiben|schreibt|schick|schicke|melde|meldet|meld nie|niemals wieder|mehr
        ? dich bei etwas nachrichten mich an
        hoer|hoere|hoert|hoeren auf schreiben|schicken|fragen|nerven|melden|erinnern
        ? mich dauernd staendig zu
        nicht|nix|nimmer mehr melden|schreiben|anschreiben|erinnern|stoeren|schicken|kontaktieren
        ? bei mich an etwas
        will|moechte|wuensche|brauche|brauch keine|kein nachrichten|nachricht|erinnerungen|mitteilungen|meldungen
        ? mehr von dir euch bekommen erhalten weitere weiteren
        lass|lasst|loss|lossts|lassn mi|mich|mir|ma in|mit ruhe|ruah|frieden
        ? jetz jetzt bloss endlich
        melde|meld|abmelden|abmeldung ab|abmelden|abmeldung
        ? von nachrichten mich
        abbestellen|abstellen|ausschalten|deaktivieren
        ? nachrichten erinnerungen die
        stop messaging|writing|texting|contacting|sending|asking
        ? messages me
        dont|do message|write|text|contact|not|send
        ? me anymore again any more messages
        leave alone
        ? me
        stop|quit|cease texting|messaging|writing|sending|bothering|reminding
        ? me messages reminders
        no|not more|any messages|reminders|texts|notifications
        ? want do
        no more messages|reminders
        bana yazma|yazmayin
        ? daha bir kez
        beni rahat birak|birakin
        mesaj|mesajlar|hatirlatma|bildirim atma|atmayin|gonderme|gondermeyin|istemiyorum|yollama
        ? bana artik daha
        хватит|перестань|перестаньте|прекрати|прекратите писать|присылать|слать|напоминать
        ? мне сообщения
        досить|годі|перестань|перестаньте|припини|припиніть писати|надсилати|нагадувати
        ? мені повідомлення
        не надсилай|надсилайте|присылай|присылайте|шли
        ? мені мне більше больше повідомлення сообщения
        لا|بلا|ما ترسل|ترسلوا|تبعت|تبعتوا|تكتبوا|رسائل
        ? لي رسائل الي بعد الان
        не пишите|пиши
        ? мне больше
        не пишіть|пиши
        ? мені більше
        لا تكتب|تراسلني|ترسل
        ? لي مره اخرى
        больше|більше не пиши|пишите|пишіть
        ? мне мені сегодня сьогодні
    """,
    "abbrechen": """
        beenden|beende|abbrechen|abbreche|aufhoeren|aussteigen|schliessen|abbruch
        ? wir gespraech chat unterhaltung ganze dialog vorgang programm mit fuer heute
        brich|brechen|breche|brech ab|abbrechen
        ? gespraech chat ganze wir
        lass|lassen mal|gut|wir|bleiben|sein
        ? es uns lieber doch nein nee ne noe na das
        nee|nein|ne|noe|lieber doch nicht
        doch nicht|nich
        ? lieber
        vergiss|vergessen|vergesst es|das|wirs
        ? einfach wir
        egal|erledigt
        ? schon gut hat ist sich war nicht so wichtig
        brauch|brauche|brauchen nicht|keine|nichts|nix mehr
        ? hilfe weiter davon
        will|moechte|mag|kann|wollen nicht weitermachen|weiterschreiben|fortfahren|fortsetzen
        ? mehr hier nein
        ich|will|muss aufhoeren|schluss
        ? muss machen fuer heute hier mit
        keine lust|zeit mehr
        ? dazu darauf gerade habe
        ein|spaeter|andermal andermal|weiter|spaeter
        ? mal machen wir
        nicht jetzt|heute
        ? nein nee lieber
        das|das wars|war
        ? es fuer heute danke tschuess schon alles
        cancel|quit|exit|abort|end|finish|close
        ? conversation chat session everything
        never mind
        ? no
        nevermind
        ? no
        forget it
        ? no about
        dont want continue|go
        ? to on anymore do not
        i|we done|finished
        ? am no thanks were
        will|moechte|mag das|es|dies|hier nicht machen|tun|ausfuellen|beantworten
        ? doch mehr lieber jetzt
        lass|lasst|lets|wollen uns|wir aufhoeren|abbrechen|beenden
        ? das hier jetzt lieber fuer heute
        dont|not want|wanna do|continue|answer this|anymore|that|more
        ? do to it any the form questions
        will|moechte|mag|wollen nicht|nich|nimmer|net|ned weiter machen|schreiben|reden
        ? mehr hier damit heute
        lassen|lass|lasst|loss wir|mas|ma|das|es|wirs
        ? sein sei gut guad nein lieber heute fuer s
        ich|nein|danke lass|lasse|lassen das|es|sein
        ? ich lieber nein danke sein
        brech|breche|brich|brechen ab
        ? ich ick i wir das dit des s jetzt hier dies
        reicht|langt das|fuer|mir|jetzt|heute
        ? fuer heute mir jetzt
        schluss|ende hier|damit|jetzt
        ? fuer heute
        want|lets|let|like|id cancel|quit|leave|abort|exit|end|finish
        ? us this it to that here now
        cancel|quit|abort|end|exit|leave this|it|that|here
        iptal|birak|bitir et|edelim|edin|birakalim|bitirelim
        ? bunu sohbeti
        اريد|بدي الغي|اوقف|انهي|اخرج
        ? هذا المحادثه ان
        хочу|давай|можно прервать|отменить|остановить|выйти|прекратим|закончим
        ? это разговор
        хочу|давай|можна перервати|скасувати|зупинити|вийти|припинимо|закінчимо
        ? це розмову
        lass|lasst|lassen abbrechen
        ? uns es das
        bitirmek|iptal|vazgectim
        ? istiyorum etmek sohbeti
        хочу закончить|прекратить|остановить
        ? разговор это
        хочу закінчити|припинити|зупинити
        ? розмову це
        اريد|بدي انهاء|الغاء|اوقف
        ? المحادثه ان
        vergiss|vergessen|verwirf|verwerfen|streich|streichen|zurueck|loesch \
            formular|angefangene|angefangenes|eingabe|entwurf
        ? lass gut sein das die den bitte wir ich nehme ziehen ziehe
        discard|scrap|drop|withdraw|cancel report|form|draft|this|what|everything
        ? i started my the
        brauch|brauche|mach|machen|moechte pause|unterbrechung
        ? kurz kurze erstmal wir spaeter weiter von dem bot
        lass|lassen|machen uns|wir pause|spaeter|morgen
        ? weiter weitermachen erstmal
        fuer heute|erstmal|jetzt reicht|genug|langt|schluss
        ? das mir es
        thats|thatll|is|im enough|done|all today|now
        ? for i thats it
        need|lets|take|want break|pause
        ? a to us short
        bugunluk|simdilik yeter|kadar|bitti
        ? bu sag ol bana
        на сегодня|сеичас|пока хватит|достаточно|все
        ? на спасибо мне
        на сьогодні|зараз|поки досить|вистачить|все
        ? на дякую мені
        خلص|بكفي|يكفي|كفايه لليوم|اليوم|هلق|الان
        ? شكرا
    """,
    "notruf": """
        polizei|feuerwehr|krankenwagen|notarzt|rettungsdienst|police|ambulance|polis|ambulans|shurta
        شرطه|الشرطه|اسعاف|الاسعاف|полиция|скорая|поліція|швидка
        nummern|telefonnummern|notrufnummern
        ? alle wichtigen
        telefonnummern|telefonnummer|nummern|notrufnummern|notrufnummer|notfallnummern|notfallnummer|hotlines \
            zeig|zeige|zeigen|gib|gebt|nenn|nenne|nennen|liste|brauch|brauche|welche|wo|schick|schicke|anzeigen|zeigt|was
        ? alle wichtigen wichtige gibt finde sind fuer notfall im aller von polizei und auf sie an
        wen|wo anrufen|anruf|rufe|melden
        ? kann soll muss im notfall an
        ruf|rufe|rufen|ruft|hol|holt|verstaendige polizei|krankenwagen|notarzt|rettung|feuerwehr|notruf|110|112
        ? an
        brauche|brauch polizei|krankenwagen|notarzt|rettungswagen
        es|das ist|ein notfall
        ? ein
        wie ist|lautet nummer polizei|notruf
        ? von vom fuer notrufs
        show|give|list|need phone|numbers|number|hotlines
        ? me all numbers emergency of important police
        call police|ambulance
        ? an someone
        its|is emergency
        ? an this
        bana|polisi|acil ara|numaralari|cagirin|cagir
        ? goster telefon ver
        вызовите|вызвать|номера|телефоны полицию|скорую|помощи|экстренных|все
        ? покажи
        викличте|викликати|номери|телефони поліцію|швидку|допомоги|екстрені|всі
        ? покажи
        اتصل|اتصلوا|ارقام|رقم بالشرطه|الشرطه|الطوارئ|الهاتف|طوارئ
        ? كل
        welche|was|wie nummer|nummern|telefonnummer ruf|rufe|waehle|hilft|gilt|anrufen|ist|lautet|brauche
        ? ich im notfall bei gefahr fuer die in man soll muss an der
        wen|wo|wie erreiche|rufe|ruf|kriege|bekomme|verstaendige polizei|notfall|notarzt|hilfe|rettung|feuerwehr|gefahr
        ? ich schnell im bei an am schnellsten die
        brauche|brauch|gib|sag nummer|notrufnummer|notfallnummer|polizeinummer
        ? schnell eine die fuer von der polizei mir
        who|what|which number|do|should|to call|ring|dial emergency|attacked|danger|police|help
        ? i in an if im am case of number for
        give|show|send|need|whats|what number|numbers police|ambulance|emergency|rescue
        ? me the and is for i
        acil|tehlikede durumda|numara|numarasi|anda ararim|aramam|aramaliyim|nedir|hangi|kac|kimi
        ? lazim durumda kimi
        куда|кому|какой|как|по звонить|позвонить|номер опасности|экстренно|напали|полицию|скорую|беде
        ? если на меня в при вызвать какому номеру
        дайте|даите|нужны|скажите телефоны|номера|номер экстренных|полиции|скорой|спасателей
        ? служб мне
        куди|кому|яким|як|за дзвонити|подзвонити|номер|номером біді|небезпеці|екстрено|напали|поліцію|швидку
        ? якщо на мене в у при за викликати
        رقم|مين اتصل|بتصل|احكي الخطر|الطواري|الطوارئ|الشرطه|الاسعاف
        ? على اي وقت مع شو
    """,
    "mensch": """
        menschen|berater|beraterin|ansprechperson|ansprechpartner|ansprechpartnerin
        mensch|menschen|person|jemand|jemandem|jemanden|mitarbeiter|mitarbeiterin|berater|beraterin|berater \
            sprechen|reden|schreiben|telefonieren|verbinde|verbinden|verbindet|sprech|chatten|erreichen
        ? mit einer echten echter echte richtigen richtiger richtige lebenden kann lieber persoenlich darueber werden
        ? aus fleisch blut von
        will|moechte|brauche|gib|geben|hol menschen|mensch
        ? echten richtigen keinen keine maschine computer lieber
        nicht|keine|kein mit|mehr|will maschine|computer|bot|roboter reden|sprechen|schreiben
        ? einer einem
        human|person|someone|agent|somebody talk|speak|chat|connect|transfer|need
        ? with real actual to
        insanla|biriyle|gercek konusmak|gorusmek|insanla
        ? istiyorum bir
        человеком|сотрудником поговорить|говорить|связать|соедините
        ? хочу живым с можно
        людиною|працівником поговорити|говорити|звязати|зєднаите|зєднайте
        ? хочу живою з можна
        اتكلم|التحدث|اتحدث انسان|شخص|موظف
        ? مع اريد بدي حقيقي الى
        kann|koennen|koennte|will|moechte|wuerde|darf|kannst|bitte \
            jemand|jemandem|jemanden|mensch|menschen|person|kollegin|kollegen|mitarbeiter|mitarbeiterin|wem|wen \
            sprechen|reden|telefonieren|anrufen|anruft|zurueckruft|rueckruf|verbinden|verbindet
        ? mit echtem echten echter mich sie einer einem dass da auch gern lieber ihnen euch richtigem
        will|moechte|brauche keinen|kein|statt|sondern menschen|mensch|person roboter|bot|computer|maschine|automaten
        ? einen sondern statt eines einem mit
        gibt|gibts|wer|wo ansprechpartner|ansprechpartnerin|ansprechperson|zustaendig|wen|jemanden|jemand|menschen
        ? ist bei euch mein meine da auch fuer mich hier den man anrufen kann zum
        put|connect|transfer|pass me someone|somebody|human|person|colleague|office
        ? through to over at the with a real
        can|could|may speak|talk|call|ring someone|somebody|human|person
        ? me with to at a real i there
        gercek|canli|bir insanla|biriyle|kisiyle|yetkiliyle gorusmek|konusmak|konusabilir|baglayin
        ? istiyorum miyim bana
        соедините|переключите|свяжите|хочу|можно человеком|сотрудником|кем
        ? меня с живым поговорить настоящим нибудь
        зєднаите|зєднайте|переключіть|хочу|можна людиною|працівником|кимось
        ? мене з із живою поговорити
        بدي|اريد|ممكن احكي|اتكلم|اتحدث شخص|انسان|حدا|موظف
        ? مع حقيقي
    """,
    "status": """
        stand
        ? aktueller mein
        wie|was|wo ist|steht stand|status|fall|meldung|vorgang|anliegen
        ? mein meine meines meiner meinem falls vom von der mit aktuelle um geworden passiert da aus im
        was ist|wird aus|mit meinem|meiner fall|meldung|anliegen|vorgang
        ? geworden passiert
        gibt|gibts|tut|hat was|etwas|neues|neuigkeiten|antwort
        ? neues sich zu meinem meiner fall meldung schon getan in es
        hat|wann meldet|gemeldet|antwortet|kuemmert sich jemand|einer
        ? schon bei drum um meinen fall
        zeig|zeige|sag status|stand|fall|vorgang
        ? meinen mein meines falls aktuellen
        what|whats|how status|case|happening|happened
        ? of my is with the has case
        any news|update|updates
        ? on about my case is are there
    """,
    "sprache": """
        einfach|einfacher
        english|englisch|german|deutsch|turkish|tuerkisch|arabic|arabisch|russian|russisch|ukrainian|ukrainisch|french|franzoesisch|polish|polnisch|spanish|spanisch|farsi|persian|persisch|kurdish|kurdisch|turkce|tuerkce|romanian|rumaenisch|italienisch|italian
        ? we lets konusabilir miyiz switch speak in to do change talk language continue write understand is
        ? available possible there auf
        ? sprichst sprechen kannst verstehst reden schreiben schreib antworte antworten geht gehts gibts gibt es
        ? umstellen wechseln wechsle wechsel weiter stell um lieber besser kein no nur only spreche sprich rede not
        ? dont my nicht gut text auch sprache version hilfe help or oder konusuyor musunuz musun biliyor konus var mi
        einfacher|einfache|leichter|leichte|einfachen sprache|worten|deutsch
        ? geht gehts gibt gibts ginge das auch in auf erklaer erklaere schreib mit text
        sprache|language aendern|wechseln|umstellen|andere|anderen|einstellen|change|switch|other|another
        ? in einer kann auf verfuegbar
        welche|what|which sprachen|languages
        ? kannst sprichst sprechen verstehst gibt do speak are there
        schreib|sprich|rede|erklaer|erklaere einfacher|leichter|verstaendlicher
        ? es mir
        по русски|украински|немецки
        ? говорите говоришь можно вы на понимаете
        русском|украинском
        ? на можно языке говорите
        украінською|українською|русскою
        ? можна говорите розмовляєте ви
        عربي|بالعربي|بالعربيه|العربيه|عربيه
        ? هل تتكلم تتحدث ممكن تحكي اللغه بدي احكي
        arabi|3arabi|bel3arabi|bilarabi
        ? btehki mumkin fi hal tatakallam tehki
        einfacher|leichter|leichte|leichten|einfachen|verstaendlicher \
            schreiben|schreib|sprechen|erklaeren|erklaer|bitte|kompliziert|schwer|woerter|woertern|worten|verstehe
        ? ich das nicht ist mir zu in es mit bitte alles
        meiner|anderer|andere sprache schreiben|sprechen|haben|reden|lesen
        ? in eine das auf
        kann|koennen|koennt|geht|gibt|moechte|ginge \
            auf|in|englisch|deutsch \
            englisch|englische|tuerkisch|arabisch|russisch|ukrainisch|deutsch|polnisch|franzoesisch
        ? wir das ich es haben reden sprechen schreiben weiter auch lesen hier
        simpler|simple|easier|plain words|language|english|explain|write|terms
        ? in use can you please it
        turkce|ingilizce|arapca|almanca|rusca yazabilir|konusabilir|yaz|olur|devam|istiyorum
        ? miyiz misin mu edelim
        daha basit|kolay anlat|yaz|konus|acikla
        можно|говорить|пишите|давайте проще|попроще|русски|русском|украински
        ? по на и
        можемо|можна|пишіть спілкуватися|говорити|писати|простіше|українською
        ? українською російською
        ممكن|بدي|خلينا نحكي|احكي|تكتب|الكتابه بالالماني|بالعربي|بالانجليزي|بالتركي|بلغه
    """,
    "daten": """
        mitlesen|mitliest|mitlest|mitgelesen|mithoeren|mitschauen
        ? kann koennen wer mein meine meinem arbeitgeber chef chefin vorgesetzter vorgesetzte vorgesetzten kollege
        ? kollegin kollegen stadt verwaltung jemand alles hier polizei bei telegram von meiner niemand irgendwer
        ? irgendjemand wird ob nachrichten
        kann|koennen|wer|sieht|liest|erfaehrt|bekommt|erfahren \
            mein|meine|jemand|wer|chef|arbeitgeber|alles|niemand|liest|sieht \
            sehen|lesen|erfahren|sieht|liest|mit|erfaehrt|bekommt
        ? was das alles arbeitgeber chef chefin vorgesetzter vorgesetzte vorgesetzten schreibe davon nachrichten wir
        ? stadt hier kollegen kollegin kollege wenn schreib meiner meinen polizei von
        ist|bleibt|seid|bist|geheim|anonym|vertraulich|wirklich anonym|vertraulich|geheim|sicher|privat|unter
        ? wirklich chat alles gespraech was schreibe uns hier unter auch ganz echt schreib dienst
        was|welche|wie|wo|wohin|werden|wird|speicherst|speichert|speichern \
            daten|speicherst|speichert|speichern|gespeichert|aufgezeichnet|weitergegeben
        ? ihr mich ueber von meine alles lange gehen passiert mit meinen was wo werden wird sind welche gespeichert
        ? daten bleiben schreibe wer bekommt an weiter
        was weisst|wisst|wissen ueber mich
        zeig|zeige|zeigt|auskunft meine|daten|gespeichert|gespeicherten
        ? daten ueber was hast mir von alle an
        what|which|how store|stored|save|saved|keep|data|collect
        ? do about data is are long my information happens with personal does bot
        who|can|does|will read|see|sees|reads|know|reading
        ? my employer boss manager anyone else messages chat colleagues police what write is does someone about
        is|are anonymous|confidential|private|safe|secure
        ? chat conversation really service messages my bot to use
        isverenim|patronum|kim okuyabilir|goruyor|gorebilir|okuyor
        ? bunu mi mesajlari
    """,
    "neu": """
        von vorn|vorne|anfang|neuem
        ? auf nochmal anfangen beginnen starten starte fang fangen wir an alles neu nochmals
        alles auf anfang
        neu|neues anfangen|starten|beginnen|starte|start|beginne|anfang|gespraech|thema
        ? ganz wir anderes
        anderes|neues thema|problem|anliegen
        ? habe ein noch
        start|begin over|again|new|beginning
        ? from lets all
        bastan|yeniden basla|baslamak|baslayalim
        ? istiyorum
        начать|начнем заново|сначала
        ? хочу
        почати|почнемо знову|спочатку
        ? хочу
        noch|nochmal|wieder|alles|fangen|starten null|vorn|vorne|anfang
        ? bei von mal auf lass uns anfangen wir an ganz beginnen
        andere|anderes|neue sache|thema|fall|frage anfangen|beginnen|fangen|neu
        ? wir an
        lets|can|want|begin|start begin|start|beginning|top|scratch again|over|from
        ? us we i to the let from again
        en|tekrar|yeniden bastan basla|baslayalim|baslamak
        ? istiyorum mi en
        начнем|начать|давайте|хочу начала|начало|заново|сначала
        ? с самого все начать начнем
        почнемо|почнімо|почати|хочу початку|спочатку|заново
        ? з самого все почати
        نبدا|ابدا|بدي|اريد الاول|جديد|البدايه
        ? من خلينا ان نبدا ابدا
    """,
    "aendern": """
        antwort|antworten|eingabe|angabe|angaben|auswahl aendern|korrigieren|verbessern|berichtigen|ersetzen
        ? meine letzte vorherige letzten kann vorige etwas was meiner wie
        etwas|was aendern|korrigieren|verbessern|berichtigen
        ? an meinen antworten
        vertippt|verklickt|verschrieben|vertan|verlesen
        ? mich sorry ups oh da entschuldigung tut leid
        falsch|falsche war|angeklickt|geantwortet|antwort|gedrueckt|getippt
        ? antwort auswahl sorry knopf taste aus versehen
        change|correct|edit|fix answer|answers|something
        ? my last previous need let of
        made|pressed|wrong mistake|button|answer
        ? wrong sorry was the
        son|onceki cevabimi|cevabi|yanitimi degistirmek|degistir|degistirebilir|duzeltmek
        ? istiyorum miyim
        можно|хочу изменить|исправить|поменять ответ
        ? последний мои мой
        можна|хочу змінити|виправити відповідь
        ? мою останню
    """,
    "wiederholen": """
        wiederhol|wiederhole|wiederholen|wiederholst|wiederholt
        ? frage letzte letzten satz nachricht nochmal was
        nochmal|nochmals|erneut|einmal frage|stellen|zeigen|sagen|fragen|senden|zeig|sag|schick|stell|bitte
        ? letzte frage die nachricht noch
        was|wie war frage|letzte
        ? nochmal die letzte noch
        repeat|say|send|ask|show that|again|question|last
        ? question last message once more one time
        what was question
        ? last
        повтори|повторите|повторить вопрос
        ? еще раз
        повтори|повторіть|повторити питання|запитання
        ? ще раз
        soruyu tekrar|tekrarla
        ? sor eder misin
    """,
    "ueberspringen": """
        ueberspring|ueberspringe|ueberspringen|uberspringen|auslassen|weglassen
        ? frage diesen schritt punkt lieber wir
        naechste|naechsten|weiter frage|schritt|zur
        ? zur zum naechsten naechste geh gehen weiter mit
        skip|pass
        ? question step one on ill
        next question|step
        ? go
    """,
    "zurueck": """
        zurueck
        ? gehen geh einen schritt zur letzten vorherigen frage zum vorigen wie komme kann moechte nochmal springen
        ? bitte
        back|previous
        ? go step one question last previous take how do
        vorherige|vorige|letzte frage
        ? zur nochmal noch zurueck
        frage|schritt|eins|mal davor|vorher|zuvor|zurueck|vorigen|vorherigen
        ? geh gehe gehen zur die nochmal noch mal einen zu bitte moment will ich
        vorige|vorherige|letzte|vorletzte frage|antwort nochmal|zurueck|falsch|wiederholen|beantwortet|anders
        ? war die noch mal zur will ich
        go|take|step|move back|previous|one|earlier step|question|back|one
        ? me one a to the oops last can i please
        redo|repeat|revisit|reopen question|step|one|answer
        ? can i the last previous want to
        onceki soruya|adima don|donelim|donebilir|donmek|gec
        ? bir miyim istiyorum
        верните|вернись|вернуться|вернемся|назад прошлому|предыдущему|вопросу|шаг
        ? меня к на один можно хочу вопросу
        поверніть|повернутися|повернемось|назад попереднього|попереднє|питання|крок
        ? мене до на один можна хочу питання
        ارجع|نرجع|رجعني|ارجعني للسوال|للسؤال|سوال|سؤال|خطوه
        ? بدي اريد اللي قبل الى السابق
    """,
    "hilfe": """
        hilfe|menue|menu|hauptmenue|uebersicht|befehle|kommandos|optionen|funktionen|anleitung|themen|moeglichkeiten \
            zeig|zeige|zeigen|zeigt|gib|oeffne|oeffnen|welche|alle|anzeigen|wo|zum|zurueck
        ? gibt alle ist finde haben habe zurueck die zum verstehst kennst zur
        hilfe|hilf|helfen bot|bedienung|bedienen|programm|chat
        ? ich brauche mit dem der bei im mir mal
        was|wos|wat|wobei|womit|wie kannst|konnst|kannste|koennen|koenntest|hilfst|helfen du|sie|mir|kannste
        ? alles sonst tun fuer helfen machen was noch ueberhaupt dir genau so
        was|welche kann|moeglichkeiten|themen|fragen hier|dich|fragen|eingeben
        ? alles machen tun fragen stellen eingeben schreiben sagen habe gibt dir
        wie funktioniert|funktionierst|funktionieren|geht|laeuft|bediene|benutze|benutzt|nutze|bedient \
            das|du|hier|dich|man|bot|chat
        ? genau das programm was
        wozu|wofuer|fuer bist|ist|dient|was da|bot|du|gut|programm|chat
        ? gut was bist das gedacht
        versteh|verstehe|verstanden|kapier|kapiere|kapiert|check|checke|raff|blick nicht|nix|net|ned|nich
        ? frage fragen was gemeint meinst meinen soll machen habe text sorry leider damit du deine wie geht tun
        ? antworten
        was|welche befehle|kommandos|woerter gibt|verstehst|kennst|kannst|habe|stehen|eingeben
        ? es fuer alles du ich zur verfuegung alle
        wie bedien|bediene|bedient|benutz|benutze|benutzt|nutz|nutze|nutzt|verwende|gebrauche dich|das|man|bot|programm
        ? ich dich den das richtig
        braeuchte|benoetige|brauche|brauch hilfe programm|bot|chat|bedienung
        ? mit beim bei dem der mal kurz
        wie funktionierst|funktionierts|gehts|geits|geht|jeht|laeuft dit|des|das|hier
        was|wie kann|muss|soll|darf|koennte eingeben|eintippen|tippen|schreiben|fragen
        ? ich hier alles jetzt man so dir
        zeig|zeige|sag|sage|erklaer|erklaere was|wie kannst|geht|funktioniert|funktionierst
        ? du mir das alles hier man
        what|how can|should|must|do i type|enter|write|ask|say
        ? here you to
        help|menu|commands menu|please|page|options
        ? the me show
        explain|show|tell how use|work|works
        ? you me to can i this it
        ne|neler yazabilirim|yazmaliyim|sorabilirim|yapabilirim
        ? buraya burada
        مساعده|المساعده|قاءمه|القاءمه|الاوامر فضلك|سمحت|اريد|بدي|اعرض|وريني
        ? من لو
        كيف بشتغل|بيشتغل|اشتغل|بتشتغل|يشتغل|استعمله|بستعمل
        ? هذا هالبرنامج البرنامج البوت هل
        покажи|покажите|открои меню|помощь|справку|команды
        ? мне
        покажи|покажіть|відкрии меню|допомогу|довідку|команди
        ? мені
        what|which commands|options|words|keywords there|have|understand|know|use|available
        ? are do you can i
        how use|operate|work|works|using this|it|you|bot|thing
        ? do does i can you to the chat
        dont|not know|understand|get how|what
        ? do to works work this it use bot
        show|tell what can|could
        ? you do me
        yardim lazim|gerek|gerekiyor|edin|eder|istiyorum
        ? misin bana
        nasil kullanilir|kullaniliyor|kullanirim|kullanacagim|calisir
        ? bu bunu
        كيف استخدم|استعمل|استخدام|بستخدم|استعمال
        ? هذا البوت البرنامج
        какие|покажи|список команды|команд
        ? есть мне
        как пользоваться|пользуюсь|использовать|работать
        ? этим ботом
        які|покажи|список команди|команд
        ? є мені
        як користуватися|користуватись|використовувати
        ? цим ботом
        was meinst|meinen|bedeutet|heisst|heissen damit|frage|du|das|sie
        ? mit soll genau wort dieser diese
        erklaer|erklaere|erklaeren|erklaert \
            einfacher|anders|nochmal|genauer|leichter|frage|besser|verstaendlicher|mir|das
        ? noch frage bitte mal die es wie funktioniert geht
        was|wie soll|muss|kann|darf schreiben|eingeben|antworten|tippen|druecken
        ? muss soll jetzt nun machen
        komme|komm nicht|net|nich weiter|klar|zurecht
        ? hier damit mit dem der bot frage
        what|how can|do|help|does you|do|help|work
        ? with do help all for bot work else thing chat use are things functions able know
        what are|can options|commands|topics|functions|i|you
        ? your my do able ask available
        show|open|see|back menu|help|options|commands|overview
        ? me all main
        dont|not understand|get|sure question|mean|you|what|it|understand
        ? do what mean by sorry question the means
        what mean|means
        ? do does you by question
        explain simpler|simply|again|question|differently|more
        ? more in simple words terms question easier
        ne|neler|nasil yapabilirsin|calisiyor|yapabiliyorsun|yardim
        ? edebilirsin bu neler bana
        что|как ты|это|вы|можешь|можете работает|умеешь|умеете|делать|можешь|можете
        ? ты вы помочь мне чем
        що|як ти|це|ви|можеш|можете працює|вмієш|вмієте|робити|можеш|можете
        ? ти ви допомогти мені чим
        ماذا|كيف|شو تستطيع|يعمل|يمكنك|بتعمل|بتقدر
        ? ان تفعل هذا تعمل
        wobei|womit|was|wie kannst|koennen|koennt helfen|weiterhelfen|unterstuetzen|hilfe|tun|leisten
        ? sie mir ihr du hier alles fuer mich so
        zeig|zeige|brauch|brauche|moechte|gib ueberblick|uebersicht|gibt|geht|kannst|einweisung|einfuehrung
        ? mir mal was es hier so alles einen einblick eine du
        what|how can|could help|do|assist actually|for|with|here
        ? you me us
        not|unsure|show|no sure|around|idea|how works|work|this|here
        ? how me do it is does to i
        burada|burda|bana|neler|nasil yapabilirim|yapabiliyorsun|yardimci|yapilir
        ? neler olabilirsin burada
        что|чем|покажи ты|вы|можешь|можете умеешь|умеете|помочь|можешь|можете
        ? вообще мне здесь тут
        що|чим|покажи ти|ви|можеш|можете вмієш|вмієте|допомогти|можеш|можете
        ? взагалі мені тут
        شو|كيف|بماذا بتقدر|فيك|تقدر|يمكنك تعمل|تساعدني|تساعد|مساعدتي
        ? هون هنا
    """,
}
