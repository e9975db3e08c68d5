"""Which words of several languages mean the same to people in distress, and to those who only sound like it.

Owns: the notions as data; the notation is that of `notions`. What counts is which of them come together, and in which
order. For the learned part of the crisis scan only: nothing of it is ever said to a person, and it judges nobody. To be
completed by people of the field, as the word lists in `bot.flows.words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.understanding.notions import Glossary

NOTIONS: Final = """
me: ich$ ick$ icke$ isch$ i$ ik$ mich$ mir$ mi$ ma$ mia$ misch$ mer$ mein$ meine$ meinem$ meinen$ meiner$ mei$
    meim$ meins$ selbst$ selber$ | me$ my$ myself$ im$ ive$ id$ ill$ mysel | ben$ beni$ bana$ benim$ kendimi
    kendime bende$ | انا$ نفسي حالي$ لي$ عندي$ | ana$ nafsi nefsi 7ali$ 7aly | я$ мне$ меня$ мною$ мои$ моя$ мое$
    моеи$ | мени$ мене$ мною$
want: will$ wil$ wills$ willch wui$ wu$ wue$ wott$ moecht mag$ mog$ moch$ lieb$ liebsten$ liaba$ lieber$ wuensch
    wollt hoff hoffe$ sehn bock$ lust$ | want wanna wish hope$ ready$ rather$ gonna$ going$ let$ | isti iste keske
    isterim | اريد بدي$ عايز ودي$ نفسي$ اتمني ليت ياريت يريد تريد | bidi$ biddi baddi bado$ bada$ 3ayez yaret |
    хочу хочет хочется лучше$ | хочу хоче хотил краще$
not: nicht$ nich$ nit$ net$ ned$ nimmer nimma nemme nimmi nime$ nueme nie$ niemals kein$ keine$ keinen$ keiner
    keinem koa$ koan$ koi$ keen$ nix$ nichts ohne$ ni$ nicht nd$ nod$ | not$ dont cant wont never no$ nothing$
    without cannot isnt didnt nobody | yok$ degil hic$ istem emiyor amiyor miyor mem$ olmadan bensiz | لا$ ما$ لم$
    لن$ ليس بدون مش$ مو$ بلا$ | ma$ mish$ la$ mesh$ | не$ нет$ ни$ без$ никто никогда нечего незачем | не$ нема
    немае без$ нихто николи
more: mehr$ mer$ mea$ meh$ mihr$ mehr nimmer nimma nemme nimmi laenger weiter weida uff$ noch$ | more$ anymore
    longer$ further going$ on$ again$ | artik daha$ | بعد$ عاد$ بقي | ba2a 3ad$ | больше дольше дальше уже$ |
    бильше дали$ вже$
live: ueberleb atmen$ leben$ lebn$ leba$ lebm$ leem lewe$ lewen leven leve$ laehm laehn levve lebe$ lebt$ leb$
    weiterleb existier dasein existenz lebens daseins welt$ erde$ erden$ existen | live$ life$ living alive exist
    earth$ world$ lives$ | yasam yasa hayat dunya var$ omur | حيات الحيات عيش اعيش تعيش يعيش دنيا الدنيا وجود | 3ish
    3eesh 7ayat 3ishe dinya t3ish | жить жизн живу живои$ мире$ мир$ свете$ существ | жити життя живу свити$ исну
die: sterb sterm$ stirb stiab starb$ gestorb gstorb tot$ tote$ toten$ toter$ tod$ dod$ dot$ doot dood todes toedlich
    umgekomm umkomm verstorb erfrier verhunger verblut ersaufen ableb verreck krepier | die$ dying$ dead$ death$
    died$ dies$ perish | olmek olmem olum olsem olse$ olsey olu$ olul oluy oldug oldum$ olen$ oleyim olup olmus olec
    geber | موت اموت تموت يموت متوف توفي مات$ ماتت مميت مت$ امت$ ميت الموت ارتاح | mout moot amoot amut mot$ mut$
    rta7 tmoot | умер умира умру умереть смерт сдох подох мертв погиб | помер вмер вмир смерт здох мертв загин
suicide: suizid suzid suezid selbstmord selbsmord selbstmor lebensmued freitod todessehn selbsttoet erhaeng |
    suicid selfharm unaliv kms$ suiside | intihar intiar intihari | انتحار انتحر ينتحر تنتحر سينتحر ستنتحر |
    inti7ar enti7ar entiher yentiher | суицид самоуб | самогуб суицид
killself: umbring umbrin umzubring umbracht umbringa toeten erschiess erhaeng aufhaeng haeng auslosch ausloesch
    ausloesche auslosche abmurks vergift | kill killing hang$ hanging shoot$ drown | oldur asaca asmak kiyaca |
    اقتل يقتل قتل شنق اشنق | a2tol eqtol yo2tol y2tol 2atel | убить убью повес застрел | вбити вбю повис застрел
harm: antun$ antu$ antut$ antue$ angetan ritz geritzt schneid aufgeschnitt schnitt pulsader verletz verbrenn arme$
    adern otua$ wos$ blut | hurt harm cut$ cutting cuts$ wrists slit burn$ burning bleed | zarar kes kesi bilek
    bileklerim kolla | اذي اوذي جرح اجرح يوذي توذي سكين | eze jara7 | реж порез вред вены$ боль$ болю$ причин |
    риж пориз шкод вени$ боль$ болю завда
pills: tablett pille schlafmittel schmerzmittel medikament packung geschluckt schluck gift medizinschrank
    schachtel | pill tablet overdose swallow medication meds$ paracetamol poison bottle | ilac hap$ hapla kutu
    icti icece yuttum | حبوب دواء ادويه بلع تناول منوم | 7boob 7ubub dawa | таблет упаков выпил снотвор лекарств |
    пигул таблет пачк випил снодиин лик$
jump: bruecke bruck brueck dach$ dachs springen spring$ springe spreng$ hochhaus fenster$ balkon stock$ abgrund
    sturz stuerz turm parkdeck | bridge jump roof cliff window ledge balcony | kopru atla cati catida uçurum
    balkon | جسر اقفز يقفز سيقفز سطح نافذ شرف | jeser n2afez 2fez balkon | мост прыг крыш окно балкон | мист мосту
    стриб дах дахy викно балкон
train: zug$ bahn$ gleis bahngleis sbahn ubahn lkw$ schiene baum$ pfeiler lenk | train$ rails tracks traffic tree$
    | tren metro ray$ | قطار سكه | 2itar | поезд рельс метро | потяг реик метро
rope: seil$ soil$ strick$ schlinge guertel kabel$ balken haken$ dachbalken gas$ gashahn | rope noose belt$
    beam$ chair$ | ip$ ipi$ ilmek ilmik sandalye | حبل الحبل مشنق | 7abl | верев петл табурет | мотуз петл
    табурет
water: wasser$ fluss ertraenk isar$ rhein$ see$ | drown river water$ | suya$ nehir | نهر ماء | nahr | реку$ утоп |
    ричк утоп
sleep: schlaf einschlaf schlafen | sleep asleep | uyu uyku | نام انام نوم | nam$ nem$ | спать засн сон$ | спати
    засн
wake: aufwach wach$ uffwach aufgewacht erwach aufzuwach wachwerd | wake waking woke awake | uyan | استيقظ اصحي
    اصحو | as7a fi2 | просн просып | прокин прокид
forever: immer$ ewig endgueltig fuerimmer letzt nacht$ heut$ heute$ morgen$ abend$ | forever last$ final tonight
    tomorrow | sonsuz son$ aksam gece yarin | ابد الابد اخير الليل غدا | abadan akhir | навсегда последн сегодня
    ночь$ | назавжди останн сьогодни нич$
end: ende$ end$ schluss$ beende beend vorbei aus$ aufhoer aufhoeren ruhe$ still$ erloes fertig$ hinter$ | end$
    ending over$ stop$ stops$ peace$ quiet$ finish done$ relief | bitsin bitti son$ bitir kurtul | انهي انهاء نهاي
    انتهي ينتهي ارتاح خلص | khalas | конец кончи законч покой покои | кинец скинчи закинч спокии
away: weg$ wech$ fort$ verschwind verschwund gehe$ geh$ gehen$ loslass wegmach wegsein | gone$ disappear vanish
    leave$ leaving away$ | gitmek gidiyor yok$ kaybol | اختفي ارحل رحيل اذهب | ekhtefi rou7 | исчез уити$ ухожу
    станет$ | зникн пити$ стане$
goodbye: abschied verabschied lebwohl lebt$ wohl$ tschuess machts machs pfiat pfiad verzeih vergib danke$ liebe$
    lieb$ nachricht testament beerdig grab$ begraeb verschenk wiedersehen wiederseh | goodbye farewell forgive
    love$ loved$ will$ funeral grave note$ letter$ | veda helal elveda affed hakkinizi mektub | وداع سامح رسال وصي
    | wda3 sam7 | прощ прости простите письм | прощав пробач лист
needed: brauch$ braucht$ brauche$ brauchd bruukt | need$ needs$ | ihtiyac | يحتاج محتاج | нужен нужна |
    потрибен потрибна
burden: last$ ballast belast buerde klotz stoer zumut besser$ dran$ leichter$ frieden$ vermiss merk$ merken$
    fehle$ braucht$ wert$ wertlos problem$ fehler$ | burden better$ miss$ favour favor worthless failure useless
    notice$ weight$ | yuk$ yukum daha$ ozle rahat mutlu degersiz | عبء افضل يفتقد ارتاح بدوني | 3eb2 a7san | обуз
    мешаю легче лучше заметит | тягар легше краще помитит
family: kinder$ kind$ kindern$ familie$ frau$ mann$ eltern$ mutter$ katze$ hund$ alle$ allen$ olle$ eich$ euch$
    ihr$ jeder keiner niemand | kids$ children family everyone everybody dog$ cat$ nobody anyone | cocuk aile
    herkes kimse | اولاد عايل جميع احد | kol$ 3ayle wlad | дет$ детеи семь всем$ все$ никто | дит$ дитеи син всим$
    вси$ нихто
hopeless: hoffnung hoffnungslos ausweg auswegslos sinn$ sinnlos senn$ zweck zukunft grund$ wofuer wozu warum$
    weshalb perspektive weg$ licht$ dunkel schwarz grau$ finster verzweif aussicht | hope$ hopeless point$ reason$
    future meaning pointless dark$ black$ light$ despair wayout worth$ purpose | umut umud anlam cikis karanlik
    neden$ sebep | امل معن مخرج مستقبل سبب اسود يايس فايد | amal ma3na aswad | надежд смысл выход будущ зачем
    незачем черн темн причин отчаян | надии сенс виход маибутн навищо темн чорн видчаи
strength: kraft$ kann$ ko$ ka$ konn$ gann$ kan$ pack$ packs$ schaff schaffe halt$ halte$ hoit$ ertrag aushalt
    trag$ durchhalt muede$ miad kaputt | can$ cant cope handle bear$ stand$ take$ tired$ exhausted keep$ strength
    energy able fight$ | dayan guc$ gucum katlan yorul yorgun bikti bezdi | استطيع اقدر اتحمل تحمل قادر قو$ تعب
    تعبت | fini$ fine$ 2ader at7ammal t3ebt te3ebt | могу сил$ силы терпе выдерж устал | можу сил$ сили витрим
    терпи втом
numb: leer$ leere$ taub$ spuer$ spuere fuehl$ fuehle gefuehl inner innen$ huelle egal$ gleich$ wurscht | empty
    numb hollow feel$ feeling inside$ care$ | bos$ bombos hisset icim | فارغ اشعر شعور داخل فرق | fadi$ 7asis |
    пуст чувств внутри равно | порожн видчува всередин баидуже
hate: hasse$ hass$ verabscheu | hate$ | nefret | كره كرهت اكره | krht kareht | ненавиж | ненавидж
born: geboren geborn welt$ nie$ gegeben gaebe | born$ existed | dogma dogmas | اولد اخلق | khle2t | родил | народи
pain: schmerz leid$ leiden$ qual druck$ weh$ wein heul traen angst$ panik zitter luft$ verstand | pain hurts
    suffer cry crying breathe panic scared | aci aglı agla korku korkuyor | الم وجع ابكي خاف اخاف | waja3 khayef |
    боль болит плач боюсь страх | биль болить плач боюся страх
plan: plan vorhab vor$ entschluss entschied entschlos denk$ denke$ gedank ueberleg kreis versuch bereit nachdenk
    vorstell google | plan planning think thinking thoughts thought decide tried$ considering idea$ | plan karar dusun
    aklim | افكر قرر فكر خطط حاول افكار | bfakker fakker 2arrart | думаю мысл реши собира план пыта | думаю думк
    вириши збира план намага
other: kolleg kollej freund freind mann$ frau$ sohn$ tochter bruder schwester mutter$ vater$ azubi auszubild
    mitarbeit chef buergermeister anrufer klient spezl schueler patient bekannt nachbar kumpel jemand | colleague
    coworker friend$ brother sister wife husband son$ daughter trainee mother$ father$ caller boss someone |
    arkadas kardes abi$ abim abla annem babam kizim oglum esim vatandas | صديق زميل اخي اختي ابني ابنتي زوج امي
    ابي | rfi2 sadi2 zamil okhti khayye sa7b | друг$ подруг коллег брат сестр муж$ жена дочь сын | подруг колег
    брат сестр чоловик дружин донька син$
she: er$ sie$ si$ sich$ ihn$ ihm$ ihr$ | he$ she$ him$ her$ himself herself hes$ shes$ they$ them$ their$ theirs |
    o$ kendini onu$ onun$ | هو هي نفسه نفسها | 7alo 7alha | он$ она$ себя$ они | вин$ вона$ себе$ вони
said: sagt sogt gesagt hat$ hot$ schreib schrieb geschrieb meint meinte redet erzaehl steht$ stand$ gedroht droht
    drohung soll$ sollen$ sollte$ | says$ said$ told$ wrote$ written writes texted threat talking$ keeps$ should$
    | diyor dedi soyle yazm yazdi tehdit | قال قالت تقول يقول كتب هدد تهديد | 2al$ 2alli 2ool haddad | говорит
    сказал пишет пишут написал угрож грозит | каже сказав пише пишуть погрож
work: arbeit job$ amt$ buero sitzung termin antrag formular projekt partei rat$ ausschuss chef$ urlaub feierabend
    dienst mandat schicht kolleg team$ abteilung anzeige vertrag bericht debatte diskussion | work$ job$ office
    meeting project committee council boss contract shift department report complain | is$ isi$ toplanti proje
    mudur gorev sozlesme | عمل اجتماع مشروع مدير مكتب عقد شغل | sheghel modir | работ собран заседан проект началь
    отдел | робот збор засидан проект начальн
talk: sprueche witz gered gschmarri gschwaetz jequatsche hoeren$ hern$ lesen$ kommentar anruf telefon presse
    facebook mail$ zettel brief$ | jokes comments calls phone listen$ read$ email letter | saka yorum telefon
    mesaj | نكات تعليق هاتف اتصال | nokat telephone | шутк коммент звон телефон | жарт комент дзвин телефон
idiom: lachen langeweil hunger$ peinlich scham cringe drucker handy akku computer film$ zeitung politisch | laugh
    boredom lmao lol$ haha printer phone$ battery mood$ movie | gulmek aclik telefon | ضحك ملل هاتف | do7k | смех
    скук телефон | смих нудьг телефон
fury: wuet wut$ sauer$ stink zornig grant aerger genervt nervt enttaeusch frech | angry furious annoyed mad$ upset
    disappointed | sinirli kizgin ofke | غاضب معصب | m3asseb | злюсь злои зла$ | злии злюся
settled: ruhig ruhe$ frieden strasse viertel stadt$ dorf haus$ hause$ wohn nachbarschaft hier$ hia$ da$ dort$ hin$
    | peace peacefully quietly street town there$ here$ neighbourhood | huzur mahalle sokak burada orada | سلام
    بسلام شارع هنا هناك | salam hon | спокои улиц здесь там$ раион | спокии вулиц тут$ там$ раион
care: kuemmer passt$ aufpass aufpassen emanet giesst | care$ look$ after$ | emanet bakin iyi | امان اهتمو انتبه |
    ntebho | позабот присмотр | подба догляд
back: zurueck wieder$ wiederkomm sucht$ such$ wartet$ warten | back$ return wait$ search | geri donme bekle ara$
    aramay | اعود تبحث تنتظر | erja3 | вернус ищите ждите | поверн шукаите чекаите
god: gott$ herrgott herr$ himmel | god$ lord heaven | allah allahim rabbim | رب$ يارب الله | rab$ allah | господ
    бог$ | господ бог$
grave: grab$ sarg$ sarge saerge friedhof beerdig begraeb begrab urne$ leiche$ leichnam grabstein | grave$ coffin
    funeral cemetery tomb buried burial corpse underground | mezar cenaze tabut kefen | قبر القبر مقبر كفن جنازه
    تابوت | 2abr 2aber | могил гроб похорон кладбищ | могил труна труни труну похорон цвинтар
weapon: waffe waffen pistole gewehr revolver flinte knarre munition abdrueck abdruck abzug geladen schuss$ kugel$
    lauf$ | gun$ guns pistol rifle shotgun trigger barrel bullet loaded revolver | silah tabanca tufek kursun tetik
    namlu | مسدس بندقي سلاح رصاص محشو | mseddas fard$ | пистолет ружь ружье револьвер пулю пуля заряжен курок |
    рушниц пистолет куля кулю заряджен
blade: messer klinge rasier skalpell scherbe cutter schere$ | knife razor blade shard scalpel scissors | bicak jilet
    maket$ | سكين شفر موس | sekkin shafra | нож$ ножом лезви бритв осколк | ниж$ ножем лезо леза бритв
body: handgelenk pulsader ader$ adern oberschenkel unterarm kehle hals$ schlaefe$ schaedel kopf$ kopp$ bauch arm$
    arme$ armen bein$ beine$ haut$ mund$ | wrist thigh throat neck$ temple forearm skin$ head$ veins arm$ arms$ leg$
    legs$ mouth | bilek boynu sakag kolum kolla bacak bogaz damar | معصم شريان رقبت ساق$ ساقي ذراع راسي يدي | ra2ebt
    ras$ rasi$ ide$ | запяст вены$ горло виск$ виску шеи шея$ шее ногу ноги$ руку | запяст вени$ горло скрон шии$
    ноги$ руку
edge: gelaender kante sims$ vorsprung fensterbrett rand$ klippe bahnsteig bahnuebergang schranke gleis schienen
    staustufe kirchturm hochhaus stockwerk parkhaus | railing ledge edge$ barrier platform storey rooftop tracks |
    korkuluk kenar pencere ray$ rayl | حاجز حاف شرف نافذ سكه سطح | sate7 shebbek balcon | перил карниз краю$ рельс
    подоконник | перил карниз краю$ реик коли$ колии пидвикон
method: dosis toedlich letal schmerzlos schmerzfrei methode kohlenmonoxid abgas$ abgase sterbehilfe wirkt reichen$
    reicht$ sicherste | dose lethal fatal deadly painless painlessly method monoxide assisted enough$ hurts | doz$
    oldurucu oldurur acisiz yontem yollari yeter$ | جرع قاتل تقتل مميت طرق طريق اسرع تكفي | mawwet bikaffi | доза
    дозу дозы смертельн безболезн способ хватит | доза дозу смертельн безболисн способ вистач
asks: wie$ welche$ welcher$ was$ wo$ wieviel$ wieviele | how$ which$ what$ where$ | nasil kac$ hangi nerede | كيف كم$
    اين | kif$ kam$ shu$ | как$ какие какая какои сколько где$ | як$ яка$ яки$ якии скильки де$
taken: genommen$ eingenommen geschluckt getrunken ausgetrunken gespritzt nehm$ nehme$ schluck schlucke drin$ intus
    jenomm gnumma | took$ taken swallow drank injected downed | yuttu ictim icti aldim$ ictik | بلعت بلع اخذت شربت
    تناول ابتلع | akhad bala3 shrebt | выпил приня принял наглотал выпью проглот | випив випила прииня наковта ковтн
drug: ueberdos insulin frostschutz rohrreiniger spuelmittel bleich tropfen$ paracetamol ibuprofen blister
    antidepress betablocker herzmedik schlaftab wodka schnaps pillen$ tabletten$ | overdos paracetamol ibuprofen
    insulin bleach antifreeze cleaner antidepress pills$ tablets$ vodka | ilaclar haplar doz$ camasir | حبوب حبه
    مبيض منوم بانادول دواء ادوي | 7boub 7abb panadol | таблет передоз лекарств уксус снотвор | пигул таблет передоз
    лики$
whole: alle$ alles$ allet$ ois$ ganze$ ganzen saemtlich einmal | all$ whole everything entire once$ | butun hepsi tum$
    birden | كل$ كلها جميع كامل | kel$ kol$ kell | все$ всю$ целую сразу | вси$ все$ усе$ всю$ видразу
burn: zuend anzuend verbrenn verbrueh benzin uebergiess zigarett | fire$ burn petrol gasoline cigarette | yakaca
    yakmak$ sigara benzin | احرق حرق بنزين سجا | 7re2 | подожг сожг прижига бензин сигарет | пидпал припика бензин
    цигарк
breath: atme$ atmen atemzug luft$ herz$ | breath breathe breathing heart$ oxygen | nefes kalbim | نفس$ قلبي تنفس |
    albi | дыша вдох сердце | диха вдих серце
beyond: himmel jenseits drueben verstorben folge$ nachfolg engel paradies herrgott hinterher | heaven beyond join$
    joining angel side$ | cennet yanina pesinden oteki | الحق الجن متوف ربي$ | rabbi 3and$ | небо небес рай$ умерш
    вслед | небо раю$ померл слидом
found: finde findet gefund suche$ sucht$ such$ | find$ finds found search | bulur bulun arama | ستجد تجدون تبحث | tla2
    | найд наид ищите | знаид шукаи
affairs: testament passwort passwoert zugangsdaten schluessel geregelt versorgt verschenk vererb erben$ erbe$
    versicherung patientenverfuegung beschrift aufgeraeumt | testament insurance password keys$ affairs sorted
    rehomed belongings | vasiyet sifre sigorta dagit | وصي وزع اغراض تامين | waseye | завещан парол страхов оплатил
    раздал | заповит парол страхов оплатив роздал
serious: spass$ scherz scherze ernst$ gemeint sorge$ | joke joking kidding seriously worry$ | saka$ sakay merak
    ciddi | امزح مزح تقلق جد$ | maz7 | шутк пошут волнуи серьезн | жарт пожарт хвилюи серьозн
they: wollen$ wolln$ woin$ ham$ drohen schicken hater$ trolle nazis leute$ leit$ | they$ theyre trolls haters
    people$ | istiyorlar ediyorlar yazmis yazdilar | يريدون بدهم كتبوا قالوا يهددون | badon byhad | они$ хотят
    пишут$ угрожают | вони$ хочуть пишуть$ погрожують
courage: mut$ trau$ traue entschloss beschloss entschlossen termin$ datum | courage guts decided date$ | cesaret
    kararim kararimi | قررت شجاع | 2arrart | решил$ решила смелост | виришив виришила смилив
purpose: absicht absichtl extra$ freiwillig | purpose deliberate meant$ intention | bilerek | عمدا قصد | 2asd |
    специально нарочно | навмисн
blame: schuld entscheidung verantwort | fault blame chose choice | sucu$ suclu | ذنب قراري خطا | zanb | виноват
    выбор | винен винн вибир
deserve: verdien recht$ | deserve right$ | hak$ hakk | استحق | | заслужива | заслугов
rescue: gerettet reanimier wiederbeleb ueberlebt krankenhaus aerzte arzt$ | saved resuscitat survived hospital
    doctors | kurtar hastane | انقذ مستشف | mestashfa | откача спасли больниц | видкача врятув ликарн
unhappy: neidisch beneid erloes erleichter sehn sehne | envy jealous relief longing | kiskan | احسد | | завиду | заздр
machine: handy telefon drucker rechner server prozess task$ link$ leitung software programm datei akku website | phone
    printer server process task$ link$ line$ software website battery | telefon sarj bilgisayar | هاتف طابع حاسوب | |
    телефон принтер сервер сети | телефон принтер сервер
hunt: jaeg jaegt verfolg bedroh morddroh beleidig angegriff angriff ueberfall geschlagen gewuergt gestoss | threat
    attack threatened insult assault chased choked | tehdit saldir hakaret kufur | تهديد هدد هجوم شتم ضربني | haddad
    tahdid | угроз угрож напал оскорб | погроз погрож напав образ
"""

AFTER: Final[Mapping[str, frozenset[str]]] = {
    "die": frozenset("to i gonna wanna should could would will can just might may ill id let rather".split())
}
"""Words that mean something only after one of these: in German "die" is an article."""

GLOSSARY: Final = Glossary(NOTIONS, AFTER)
