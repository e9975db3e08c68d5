"""Which words of several languages mean the same where somebody wishes something of the conversation itself.

Owns: the notions as data; the notation is that of `notions`. For the learned part of commands only: nothing of it is
ever said to a person.
"""

from __future__ import annotations

from typing import Final

from bot.understanding.notions import Glossary

NOTIONS: Final = """
me: ich$ ick$ icke$ i$ mir$ mich$ mi$ ma$ mein$ meine$ meinen$ meiner$ meinem$ meins$ uns$ wir$ | my$ me$ im$ ive$ id$
    mine$ us$ we$ | ben$ bana$ beni$ benim$ bende$ benden$ bize$ | انا$ لي$ عندي$ معي$ عني$ | ana$ eli$ li$ 3anni |
    я$ мне$ меня$ мои$ моя$ мое$ моего мою$ мы$ нам$ | мени$ мене$ мои$ моя$ мое$ мого мою$ ми$ нам$
you: du$ dir$ dich$ dein$ deine$ deinen$ ihnen$ ihr$ euch$ sie$ eure$ | you$ your$ u$ ur$ | sen$ sana$ seni$ senin$
    siz$ size$ sizi$ sizin$ | انت$ انتم$ لك$ عندك$ عندكم$ | enta$ inta$ enti$ 3andak | ты$ тебя$ тебе$ вы$ вас$ вам$
    ваш | ти$ тебе$ тоби$ ви$ вас$ вам$ ваш
want: will$ wil$ wui$ mag$ mog$ moecht wuerd haett brauch bitte$ bidde$ wuensch gern$ gerne$ lieber$ | want wanna like$
    would please pls$ plz$ need$ wish rather$ let$ prefer | istiyor isterim lutfen ihtiyac istey | اريد بدي$ عايز
    عاوز ابغي ارجو$ ممكن محتاج احتاج رجاء فضلك نبغي بغيت اود$ | bidi$ biddi$ baddi 3ayez 3awez areed urid urido mumkin
    momken m7taj law$ sama7t a3mel | хочу хотел хотелось прошу пожалуиста нужн надо$ можно$ дава | хочу хотил прошу
    будь$ ласка$ потрибн треба можна$ дава
can: kann kannst koennen koennt konnt darf geht$ moeglich | can$ could may$ able possible | yapabil misin$ musun$
    miyim$ mumkun olur$ ebilir abilir | تقدر اقدر استطيع ينفع هل$ | a2dar b2dar fini$ | могу можешь можете можно$ |
    можу можеш можете можна$
not: nicht$ nich$ net$ ned$ nit$ nie$ kein keine$ keinen koa$ koan$ keen$ nix$ nichts ohne$ niemand | not$ dont cant
    wont no$ never nothing without didnt doesnt isnt | degil yok$ istemiyor miyorum medim madim hic$ | لا$ ما$ مش$ مو$
    ليس بدون لم$ لن$ بلا$ ماني | mish$ mesh$ ma$ mo$ bala$ mafi la$ | не$ нет$ без$ ничего | не$ нема без$ ничого
more: mehr$ nimmer nimma weiter$ noch$ | more$ anymore further longer | artik daha$ baska | بعد$ كمان$ مره$ زياده |
    kaman ba3ed | больше дальше еще$ | бильше дали$ ще$
write: schreib gschrieb nachricht meldung$ meldet melden$ benachrichtig text$ sms$ pling erinner anschreib kontaktier
    nerv belaestig funkstille ping | messag write writing text$ texting notif remind contact ping spam bother | yaz
    mesaj bildirim hatirlat rahatsiz | رساله رسائل تكتب تراسل ترسل كتاب تنبيه اشعار تزعج تذكير | rasa2el rasayel
    tokteb tiktib tiktebli teb3at messag resa | пиши пишите писать сообщен уведом напомин беспоко писат | пиши пишить
    писати повидомл нагадув турбу
stop: stopp stop$ halt$ aufhoer aufhoern hoer$ hoert$ her$ schluss ruhe$ lass$ lasst$ lassen$ verzieh abmeld abbestell
    deabonn raus$ auf$ | stop quit$ leave$ alone$ unsubscribe peace | dur$ durdur birak kes$ kesin yeter rahat$ | توقف
    قف$ وقف كفي كفايه اتركني بس$ خلاص خلص اسكت | wa22ef wa2ef wa2f khalas 5alas bass utrukni seebni sibni bikaffi |
    стоп хватит прекра перестан остав$ оставь оставьте отстань отпиш | стоп досить припин залиш вистач годи видчеп
end: beend abbrech abbruch brech brich ende$ fertig genug reicht$ schliess tschuess aussteig langt$ verlass | end$
    ending cancel abort exit finish close done$ enough quit | bitir iptal vazgec kapat cik$ cikmak son$ | انهاء انهي
    الغاء الغي اخرج خروج اغلق نهايه | anhi elghi alghi ensa insa | закончи отмен выйти заверш прерв закрой | закинчи
    скасу вийти заверш перерв закри видмин
later: spaeter ander andermal morgen$ irgendwann pause heute$ moment$ zeit$ naechste$ wann$ | later tomorrow another$
    pause break$ time$ moment today | sonra yarin baska$ simdi$ ara$ mola | لاحقا بعدين بكرا غدا وقت اليوم الان |
    ba3den bokra bukra la7i2an wa2t halla2 | потом позже завтра времени время сеичас перерыв | потим пизниш завтра
    час$ часу$ зараз перерв
nevermind: vergiss egal schon$ doch$ lass$ anders ueberlegt quatsch sinn bringt lohnt | never nevermind forget mind$
    changed drop$ skip$ | vazgec bosver fikrim neyse gerek$ | انس$ انسي غيرت رايي تراجع | 3adi ghayart insa | забуд
    передума неваж ладно | забуд передума неваж ладно
delete: loesch loeasch entfern vernicht radier weg$ wegmach tilg verschwind saeuber raus$ leer$ spuren | delet erase
    remove wipe clear$ destroy trace gone$ | sil$ silin silmek silebil siler kaldir temizle yok$ | احذف حذف امسح مسح
    امح ازل شيل | em7i imsa7 ems7 i7thef e7zef am7i shil$ | удал стере сотри убери уничтож очист | видал стерти зитри
    прибери знищ очист стира
all: alles$ alle$ komplett ganz$ ganze$ gesamt saemtlich restlos | all$ everything whole complete entire | hepsi
    herseyi her$ tum$ butun | كل$ كلشي كله جميع | kolshi kol$ kull kilshi | все$ всё$ всю$ полность | все$ усе$ всю$
    повнист
data: daten gespeichert speicher datenschutz dsgvo auskunft weisst wissen$ weiss$ bekannt einsicht liest mitles | data
    stored store$ saved save$ privacy gdpr know$ record$ records hold$ keep$ | veri$ veriler kayit kayitli sakla gizli
    kvkk bilgi | بيانات معلومات تخزين خزن محفوظ تعرف خصوصيه | bayanat ma3lumat ta3ref m5azan | данные данных хран
    сохран знаешь конфиденц | дани$ даних збериг знаеш конфиденц
show: zeig anzeig seh$ sehen$ auflist exportier export herunterlad download rausgeb aushaendig | show see$ list$ export
    download view display give$ | goster gor$ gorebil gormek indir ver$ | اعرض ارني وريني شوف عرض تحميل | farjini
    warini shuf showf | покаж показ видеть скача выгруз | покаж показ бачити скача вивантаж
back: zurueck zruck retour vorherig vorig davor vorhin voriger letzte$ letzten$ eben$ vorletzt rueckgaengig hinten$ |
    back$ previous before$ last$ prior undo earlier return | geri$ onceki onc$ demin | رجوع ارجع السابق قبل$ اللي
    ورا | erja3 irja3 rja3 abl$ 2abl sabe2 el2abl | назад вернут вернис предыдущ прошл | назад поверн попередн минул
again: nochmal nochma nomal nommal wiederhol erneut abermal wieder$ einmal$ mal$ | again repeat once$ resend re$ |
    tekrar yine$ bir$ daha$ | مره$ كرر تعيد اعاد عيد ثانيه تاني | marra tani kamen 3id$ 3eed karrer | повтор снова опять
    раз$ | повтор знову раз$ ще$
anew: neu$ neue$ neues$ neuer$ neuen$ neustart vorn$ vorne$ anfang anfangen beginn start resett reset null$ | new$
    restart start over$ beginning scratch fresh reset begin | yeni bastan basla sifir | جديد بدايه ابدا البدايه الصفر
    نبدا | jdid jadid abda nebda bidaye sifr | заново новы$ новое новую сначала начал начать нуля | нове нову новии
    спочатку почат почн нуля
change: aender veraender umaender korrigier korrektur falsch verschrieb vertippt verklickt verdrueckt fehler irrtum
    berichtig richtig$ stimmt$ anpass austausch ausbesser | chang edit correct wrong mistake fix$ update typo error
    misclick amend | degistir duzelt yanlis hata | غير$ تغيير تعديل عدل صحح غلط خطا | ghayyer ghayer 3addel ghalat
    ghlt sale7 | измен исправ ошиб неправильн помен неверн | змин виправ помил неправильн
question: frag$ frage$ fragen$ antwort gfragt beantwort punkt$ schritt schritte | question answer step$ reply | soru
    sorun$ sorular cevap yanit adim | سوال اسئله جواب اجابه سالت خطوه | so2al soal su2al jawab 7'atwe | вопрос ответ
    шаг | питанн видповид крок
skip: ueberspring uebergeh auslass ausse$ weiter$ weida naechst naechste$ ignorier vorspul lieba | skip next$ pass$
    jump omit | atla gec$ gecelim gecebil sonraki siradaki | تخط تجاوز التالي بعدها | ta5atta takhatta t5atta tali |
    пропус дальше следующ | пропуст дали$ наступн
human: mensch person$ jemand wem$ wen$ mitarbeit berater beratung ansprechp echt richtig$ leibhaft kolleg stimme |
    human person$ people somebody someone real$ agent staff live$ anyone operator | insan biri$ birisi birine kisi
    gercek yetkili temsilci danisman | انسان شخص حدا$ احد$ بشر موظف حقيقي مستشار انسانه | insan shakhs 7ada 7adan
    bashar 7a2i2i mowazaf | человек живои живым кто кем$ оператор сотрудник людьми консультант | людин живою жива ким$
    хтос оператор спивробитник людьми консультант
talk: sprech sprich red$ reden$ redn$ unterhalt telefonier anruf ruf$ erreich verbind ran$ hoer$ | talk speak call$
    phone reach connect | konus goruş gorus ara$ aray telefon bagla | احكي اتكلم تكلم اتحدث اتصل كلم وصلني | a7ki
    ahki atkallam etkalem atkalam attasel | поговор говор позвон соедин связат свяж | поговор говор подзвон з'един
    зателефон зедна
machine: computer bot$ roboter maschin automat programm ki$ kuenstlich | robot bot$ machine computer program | robot
    makine bilgisayar | روبوت اله$ برنامج كمبيوتر | robot ale$ barnamej | робот машин бот$ ботом программ | робот
    машин бот$ ботом програм
emergency: notruf notfall polizei krankenwagen rettung rettungswagen feuerwehr notarzt 110$ 112$ brennt blut verletz
    lebensgefahr gefahr akut dringend sofort schnell | emergency police ambulance fire$ 911$ urgent danger bleeding
    quick immediate help | polis ambulans acil itfaiye 155$ tehlike imdat hemen yangin | شرطه اسعاف طوارئ نجده خطر
    حريق بوليس فورا مطافي | shurta shorta bolis is3af es3af tawari2 khatar najda | полици скор пожарн экстр опасн
    срочно | полици швидк пожежн екстр небезпе термин
number: nummer nummern telefonnummer rufnummer waehl waehle | number numbers dial hotline | numara numaralar hat$ | رقم
    ارقام | ra2m raqm ar2am raqam | номер номера | номер номери
status: stand$ status fortschritt weit$ uebersicht offen offene ueberblick dauer lang$ lange$ noch$ wieviel viele
    stehen$ steht$ dran$ plan$ geplant termine termin | status progress far$ left$ remain where$ standing overview
    long$ planned pending stage | durum asama ilerle kaldi kac$ nerede planlan neredeyiz | وصلنا اين$ وين$ كم$ باقي
    حاله المرحله بقي متبقي | wen$ wein$ wesel wslna kam$ baqi ba2i 7ale | статус этап осталось сколько где$ прогресс |
    статус етап залишилос скильки де$ прогрес
case: vorgang fall$ falls akte aktenzeichen vorgangsnummer anliegen bearbeit bearbeitet gemeldet eingegangen antwort
    rueckmeldung | case file$ ticket report reference processed handled heard$ reply response | vaka dosya basvuru
    kayit$ islem cevap | ملف قضي قضيتي حالتي بلاغ معامله رد$ ردود | malaf 2adiy qadiy balagh radd | дело$ делу$ дела$
    обращен заявк рассмотр | справ$ справа справи справу звернен заявк розгля
log: protokoll notier notiz aufschreib aufschrieb festhalt festgehalt tagebuch eintrag eintragen dokumentier mitschreib
    vermerk niederschreib gedaecht | log$ note$ notes diary journal record$ entry write$ down$ document jot | not$
    notlar gunluk kaydet tutanak yazmak | سجل دون$ اسجل ملاحظ يوميات توثيق اوثق اكتب محضر | sajjel asajjel dawwen
    mola7 yawmiy | записа запиш дневник журнал протокол заметк зафикс | записа запиш щоденник журнал протокол нотатк
    зафикс занотув
move: umzieh umzug wechsel wechsl handy smartphone geraet telegram matrix element$ messenger mitnehm uebertrag rueber
    anderswo tablet laptop fortsetz dienst umsteig | move$ switch transfer device phone$ telegram matrix element$
    messenger continue tablet laptop | tasi$ tasimak gec$ gecmek cihaz telefon telegram matrix devam | انقل نقل هاتف
    جوال موبايل تليغرام تيليجرام جهاز ماتريكس اكمل | an2ol na2l mobile jawwal tele jihaz matrix kammel | перейти
    перенес телефон телеграм матрикс устроис мессендж продолж | переити перенес телефон телеграм матрикс пристр месендж
    продовж
language: sprach deutsch englisch tuerkisch arabisch russisch ukrainisch polnisch franzoesisch uebersetz einfach leicht
    leichte$ schwer schwierig kompliziert woerter worte | language english german turkish arabic russian ukrainian
    translat simple simpler easy plain | dil$ dilde turkce ingilizce almanca arapca kolay basit cevir | لغه عربي
    انجليزي الماني تركي ترجم بسيط سهل | lugha 3arabi inglizi englizi almani turki basit sahel tarjem | язык русск
    англииск немецк украинск турецк перевед прост | мова мову мови украинськ англииськ нимецьк росииськ переклад прост
understand: versteh verstand verstehe$ verstanden kapier check blick$ begreif schnall raff peil | understand get$ clue
    confus lost$ mean$ | anlam anla$ anliyo anlamad | افهم فاهم فهم تفهم | afham fahem fhemt fehim | понима понят понял
    | розуми зрозуми
how: wie$ was$ wozu$ womit wofuer erklaer funktionier geht$ bedien anleit hilf hilfe$ helf kannst tun$ machen$ eintipp
    tipp$ tippen$ ahnung | how$ what$ explain work$ works help use$ using type$ instructions guide support | nasil ne$
    acikla anlat yardim kullan calis | كيف شو$ ايش ماذا اشرح شرح ساعد مساعد يعمل استخدم ازاي | kif kef keef shu$ shou
    esh$ ish$ eshra7 sa3ed musa3ad ezzay izzay | как$ что$ объясн помо помощ работает умеешь пользов | як$ що$ поясн
    допомо працю вмиеш корист
here: hier$ chat gespraech unterhaltung dialog da$ dies dieses das$ | here$ chat conversation this$ session | burada
    sohbet bu$ konusma$ | هنا هذا هاد$ محادثه دردشه | hon$ hone hna$ hada mo7adatha sho8le | здесь тут$ чат$ разговор
    беседа это$ | тут$ чат$ розмов бесид це$
self_told: gesagt gschrieben geschrieben angegeben eingegeben eingetippt getippt geantwortet geantwortet erzaehlt
    angekreuzt ausgewaehlt gedrueckt | said told typed entered wrote written answered gave chose picked clicked |
    yazdim yazdigim soyledim dedim girdim sectim verdigim | قلت كتبت ادخلت اخترت جاوبت حكيت كتبته | 2elt katabt
    jawabt 7aket ekhtart | написал сказал ввел ответил выбрал указал | написав сказав ввив видпов вибрав вказав
they: er$ ihm$ mann$ typ$ frau$ leute$ chef kolleg nachbar nazis taeter jemand anrufer demonstrant rat$ | he$ him$ they$
    them$ guy$ boss man$ woman$ neighbour colleague | adam$ adamlar onlar patron komsu | هو$ هم$ رجل الرجل ناس مدير
    جار | huwe howa hom$ rejal nas$ modir | он$ они$ мужчин люди$ начальник сосед | вин$ вони$ чоловик люди$ начальник
    сусид
weapon: messer waffe bewaffnet pistole gewehr axt$ beil machete knueppel schlaeger baseball stange schlagstock molotow
    schiess schuss schuesse | knife gun$ rifle axe$ bat$ bats$ machete weapon armed shooting shots molotov | bicak
    silah tabanca balta sopa$ pala$ ates$ | سكين مسدس سلاح مسلح فاس عصا بندقيه | sekkin sikkin fared sla7 musadas 3osi
    3asa | нож$ ножом пистолет ружь топор оружи вооруж стреля палк битои | ниж$ ножем пистолет рушниц сокир збро
    озброєн стриля палиц
now: jetzt jetz$ jetze gerade$ grad$ grade$ eben$ momentan sofort soeben | now$ currently moment | simdi suan$ su$ an$
    halen hemen | الان هلا$ هلق دلوقتي حاليا توا | halla2 hala2 halae2 daba tawa delwa2ti | сеичас прямо | зараз
    просто
assault: schlaegt schlagen schlag tritt$ treten prueg kloppe kloppt hau$ haut$ stuerm eindring verfolg jagt$ jagen
    renn wuerg sticht stech festhalt umzingel | beat hitting kick attack storm chas follow break smash stab punch
    surround | doev dov$ vur$ vuruyor tekme saldir kovali takip kir$ kiriyor basti | يضرب يلاحق يهجم يكسر يطعن ضرب
    بيضرب عم$ | byedrob yedrob yel7a2 bil7a2 yiksir 3am$ | бьют бьет избива ломит ломает преследу пинают душит | бють
    бє$ побива ламає переслид душить
door: tuer tuere haustuer fenster scheibe eingang treppenhaus klo$ toilette eingesperrt eingeschlossen versteck
    verbarrikad | door window stairwell entrance toilet locked hiding | kapi kapiyi pencere merdiven kilitl saklan |
    باب شباك درج محبوس | bab$ shebbek daraj | двер окно подъезд заперл спрята | двер викно пидизд замкн схова
hurt: blut blutet bewusstlos ohnmaecht atmet atmen regt$ boden verletz gestochen | blood bleed unconscious breath$
    breathing floor injur stabbed | kan$ kanlar nefes baygin yerde yarali | دم$ ينزف مغمي ارض يتنفس | dam$ yenzef
    aghma | кров созна дыш лежит ранен | кров притомн дих лежить поранен
past: gestern letzte letzten vorige woche$ monat jahr damals vorbei wurde wurden war$ hatte | yesterday last$ ago$
    week month was$ were$ had$ | dun$ gecen once$ hafta | امس اسبوع الماضي كان | mbare7 2abl$ osbou3 | вчера прошл
    неделе был$ | вчора минул тижн був$
threat: droh bedroh beleidig angegriff angriff spuck bespuckt geschlagen hass hetz kommentar facebook instagram anzeige
    demo$ kundgebung veranstaltung sitzung post$ brief auto$ haus$ adresse | threat insult attack spat hate comment
    facebook rally meeting letter car$ house address post$ | tehdit hakaret saldir tukur yorum gosteri toplanti mektup |
    تهديد هدد شتم هجوم تعليق مظاهر اجتماع رساله | tahdid haddad shatam hajam muzahar ijtima3 | угроз угрож оскорб
    напал комментар митинг собран письм | погроз погрож образ напав коментар митинг збор лист$
feel: angst wuetend traurig muede kaputt erschoepf weine allein hilflos schlecht gut$ | afraid scared angry sad$ tired
    alone crying exhausted | korku kork uzgun yorgun aglı yalniz | خايف خائف تعبان حزين غضبان وحيد | khayef 5ayef
    ta3ban za3lan | боюсь страшно устал плачу один$ | боюся страшно втом плачу сам$
"""

GLOSSARY: Final = Glossary(NOTIONS)
