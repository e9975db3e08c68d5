"""The phrases of a crisis and of announced violence, one a line, in the notation of `crisis_table`.

Everything here is for reading and completing by people of the field (psychology, translation), who need no Python.
Start: the classes K1, K2, K3 and N of the shared page `sprache.md`, section 6; morphology, dialects, spellings and
further phrases were added here and wait for their review. No slurs. Groups in angle brackets are in `crisis_words`.
Order: what holds against everything, what is harmless, K3, K1, K2.
"""

from __future__ import annotations

from typing import Final

_FIRST_K3 = """
    <nahe> _4 <er>|<nahe> <kann> _2 {nimmer} $
    <nahe> _4 <er>|<nahe> <kann> _2 {nimmer} <fort>
    <nahe> _6 <er> _1 <sterben> will|möchte|wolle|mag
    <nahe> _4 <er> _1 will|möchte|wolle|mag ?nur <sterben>
    <nahe> _4 <er> _1 will|möchte|wolle|mag|kann {nimmer} _1 <leben>
    <nahe> _4 <er> <will1> _2 {nimmer} $
    <nahe> _4 <er> <will1> _2 {nimmer} <fort>
"""

_FIRST_K1 = """
    <ich> bring|bringe|brings ma _2 um
    +weg|fort|raus aus|von dieser|der welt
    wie viele|viel|vui _2 <tabletten>
    um zu <sterben>
"""

_HARMLESS = """
    <suizid_harmlos>
    politischer|politisch|politischen|beruflicher|wirtschaftlicher|political|career|professional|commercial <suizid>
    <suizid> _1 attentäter|anschlag|attentat|bomber|bombers|bombing|attack|attacks|squad|mission|prevention|prävention
    vorsorge|prävention|präventionskonzept _3 <suizid>
    <suizid> _1 for|für _2 career|reelection|party|karriere|laufbahn|partei|fraktion|wahlkampf
    <nicht> _1 an <suizid>
    +sagen|antworten|beantworten|angeben|ausfüllen _2 weiter|weida|nächste
    اكمل|كمل|نكمل +الاسئله|اسئله
    <nicht>|<kein>|not|never|isnt|wasnt|no <suizid>
    die|de|den|das|alle|meine|meinen|mein|unsere|unser|vier|zwei|beide \
        reifen|autoreifen|reifn|räder|fahrrad|rad|auto|sattel|plakat|plakate|banner|fahne|zaun|kabel|seil _1 \
        aufgeschlitzt|aufgschlitzt|abgeschnitten|aufgeschnitten|zerschnitten
    überdosis _1 kaffee|koffein|zucker|schokolade|cola
    told|tells|telling|tell|said|says|wrote|writes|asked|asking _2 me|us|him|her|i to|should _1 +kill myself|yourself
    aus _3 internet|netz|google|telefonbuch|verteiler _4 <verschwinden>
    disappear|vanish _1 from _2 google|internet|web|facebook|results
    <dritte> ~1 <hilfsverb> ~3 <mich> ~3 <umbringen>|<umgebracht>
    <dritte> ~1 <hilfsverb> ~3 <mich> ~3 um <bringen>
    <dritte> ~2 <mich> ~3 <umbringen>|<umgebracht>
    <dritte> ~2 <mich> ~3 um <bringen>
    <mich> will|wollen|wollte|wollten|würde|würden|wird ~1 <dritte> ~3 <umbringen>
    will|wollen|wollte|wollten|würde|würden|wird <dritte> ~2 <mich> ~3 <umbringen>|<umgebracht>
    bringt|bringen|brachte|brachten <mich> _3 um
    <mich> _2 umbringt
    <drohen> ~5 <mich> ~3 {umbringen}
    <mich> ~3 {umbringen} _2 <drohen>
    <zitat> _6 <ich> soll|solle|sollte|söll <mich> _2 {umbringen}
    <ich> soll|solle|sollte <mich> _2 {umbringen} _4 <zitat>
    <zitat> _6 soll|solle|sollte <ich> <mich> _2 {umbringen}
    <dritte> ~4 <mich> ~3 {antun}
    <dritte> ~4 <mich> ~3 <antut>
    <mich> _1 <dritte> ~3 {antun}
    <mich> _1 <dritte> ~3 <antut>
    <mich> ~3 <antut> würde|wurde|wurden|worden
    was <mich> _2 <angetan>
    <drohen> ~5 <mich> ~3 {antun}
    <dritte> ~4 <mich> ~3 <leben_nur> _1 <nehmen>
    <dritte> ~4 <mich> ~3 kugel|strick
    <dritte> ~6 <mich> _1 tot sehen|haben|machen
    <ich> _1 wäre|wär|war|bin _1 fast|beinahe|halb|schier _1 <tot>
    fast|beinahe|halb _1 <tot>
    <ich> soll|sollte|söll _1 <sterben>|<tot>
    <dritte> ~4 dass ich <sterben>|<tot>
    <dritte> ~1 will|wollen|sollen|soll|wünschen|wünscht|hoffen|hofft _2 dass|daß _3 <sterben>|<tot>|<verschwinden>
    <nicht> _1 <sterben> <will>|müssen
    <will> _1 <nicht> _1 <sterben>
    angst|panik _2 <sterben>
    angst|panik _3 zu <sterben>
    angst _3 dass _4 <sterben>
    vor lachen|langeweile|scham|hunger|angst|neugier|hitze|durst|aufregung _2 <sterben>
    <sterben> vor|fast
    <sterben> _1 lassen
    <dritte> ~2 <hilfsverb>|soll|sollen|sollte|sollten ~4 sterben|tot
    <dritte> ~4 gestorben|tot ist|sind|war|waren
    <dritte> ist|sind|war|waren|liegt ~3 gestorben|tot
    <ding> _5 geritzt|ritzt|geritzte
    geritzt|ritzt _5 <ding>
    auf|in|an|am|im _3 <ding> _3 ritzen
    der|die|den|einer|eine|dieser <ritzen>
    <ich>|wir _2 hab|habe|haben _3 am|beim|im|an _3 geschnitten
    <dritte> ~5 <verschwinden>
    soll|sollen|sollst|solle|sollte _4 <verschwinden>
    <dritte> ~1 will|wollen|wünscht|wünschen|fordert|fordern ~2 tod
    sagen|sagt|meinen|meint|meinte _4 nichts|nix _1 +wert
    akten|daten|post|posts|kommentare|beiträge|unterlagen|dokumente|geld|sachen _4 <verschwinden>
    <verschwinden> akten|daten|unterlagen
    <nicht> _2 <verschwinden>
    <schluss> _1 mit _3 <lebensbereich>
    mit _3 <lebensbereich> _3 <schluss>
    <schluss> _1 für _1 heute
    für heute _2 <schluss>
    nicht|niemandem|keinem|niemanden _2 zur last
    evde|burada|orada|şehirde|mahallede|almanyada|ülkede|sokakta|köyde|burda _3 <tr_yaşamak>
    feierabend|dienstschluss|büroschluss _3 <schluss>
    um _2 uhr|eins|zwei|drei|vier|fünf|sechs _2 <schluss>
    heute|jetzt|morgen|freitags|freitag|mittags|bald|endlich|langsam|pünktlich _1 <schluss>
    <machen> _1 wir _2 <schluss>
    wir _3 <schluss>
    sollten|müssen|wollen|können _2 <schluss>
    hass|spuk|mobbing|treiben|hetze|rassismus|streit|diskriminierung _2 ein|a <ende>
    wir _5 ein|a <ende>
    man|er|sie|wer|niemand|keiner|ihr|wir +<kann> _3 {nimmer}
    +<kann> man|er|sie|wer|niemand|keiner|ihr|wir|es _3 {nimmer}
    <tätigkeit> _1 <kann> _3 {nimmer}
    <kann> _4 {nimmer} <tätigkeit>
    sinn _3 anzeige|antrag|formular|anzeigen|beschwerde|melden|anrufen|schulung|konzept
    macht _3 <kein> sinn !mehr
    rente|ruhestand|pension|elternzeit|urlaub|feierabend|dienstende _8 <verabschieden>
    <verabschieden> _8 rente|ruhestand|pension|elternzeit|urlaub|feierabend|dienstende
    told|said|wrote|write|say|says|comments|commented|email _5 i +should _2 <en_die>
    todmüde|deadline|totmüde|dead tired
    afraid|scared|fear _2 <en_die>
    <nicht> _2 +want to <en_die>
    dont +want to <en_die>
    +want|wants|wanted|wanna|see me|us|him|her|them _1 <en_die>
    +want|wants|wanted me|us|him|her|them to <en_die>
    die|dying of shame|embarrassment|laughter|boredom|laughing|curiosity|hunger|thirst
    dying to
    beni _3 <tr_öldür>
    siyasi|kariyer <tr_intihar>
    zarar vermeyi|vermek _1 +düşünmüyorum|istemiyorum
    kendini as|asın _1 +diye
    мыслей|думок о|про <ru_suicide>|<uk_suicide> _3 нет|нема|немає
    нет|нема|немає _1 мыслей|думок о|про <ru_suicide>|<uk_suicide>
    советуют|пишут|говорят|радять|пишуть|кажуть _2 +повеситься|повіситися|повіситись
    <ich> soll|solle <mich> _3 {umbringen}
    <dritte> werde|werden|würde|würden _1 <mich> ~6 {umbringen}
    <ru_suicide> _1 для _2 фракции|партии|карьеры
    <uk_suicide> _1 для _2 фракції|партії|карєри
    <tr_intihar> saldırı|saldırısı|bombacı|bombacısı|saldırganı
    عمليه|هجوم|تفجير <ar_suicide>
    меня _3 <ru_kill>
    мене _3 <uk_kill>
"""

_K3 = """
    <nahe> ~6 <suizid>
    <suizid> _2 meines|meiner|eines|einer|vom|von _2 <nahe>
    <sich> _4 {umbringen}
    <sich> _4 <umgebracht>
    <sich> _3 um <bringen>|gebracht
    bringt <sich> _3 um
    <sich> _4 {antun}
    <sich> _4 <antut>
    tut <sich> _2 <was> _1 an
    <sich> _3 <leben_nur> _1 <nehmen>
    <sich> _3 <leben_nur> _1 zu nehmen
    <sich> _3 <selbstverletzung>
    <sich> _3 <ritzen>
    ritzt <sich>
    <sich> _2 <selbst> _2 <verletzen>
    <sich> _5 <brücke> _3 <springen>
    <nahe> ~7 <brücke> _2 <springen>
    <nahe> ~6 <will>|kann ~3 {nimmer} =2 <leben>
    <nahe> ~6 {nimmer} =2 <leben> _1 will|möchte|mag|kann|wolle
    <nahe> ~4 will|möchte|mag|wollte|würde _3 <sterben>
    <nahe> ~5 <sterben> will|möchte|wolle
    <nahe> ~6 lebensmüde|suizidgefährdet|selbstmordgefährdet
    <nahe> ~5 <abschiedsbrief>
    <abschiedsbrief> _2 gefunden|entdeckt|hinterlassen|bekommen|von|meiner|meines|erhalten|liegt
    <nahe> _2 <kann> _2 {nimmer} $
    <nahe> _2 <kann> _2 {nimmer} <fort>
    <nahe> ~6 <kein> ausweg|sinn _1 mehr|sieht
    <nahe> ~6 <ritzen>
    <nahe> ~5 <selbstverletzung>
    <nahe> ~4 <verabschieden> _2 <alle>
    <nahe> ~4 <will> _2 <verschwinden>
    <nahe> ~6 nicht|nie|nimmer _2 <aufwachen>
    <en_near> _8 <en_kill> _1 <en_self>
    <en_kill> _1 <en_self>
    <en_near>|he|she|they _6 +wants|want|wanted _1 to ?be <en_die>
    <en_near> _6 <suizid>
    <en_near> _6 <en_not> _3 want _1 to <en_live>
    suicide note _1 from|of|by
    <en_near> _5 goodbye|farewell note|letter
    <er>|<nahe> _2 springt|sprang _3 <brücke>
    <sich> _3 pulsadern|pulsader|adern
    found _2 suicide note
    <en_near> _6 <en_take> _1 his|her|their own? life
    <en_take> his|her|their ?own life
    <en_near> _6 self harm|harms|harming
    kendini _2 <tr_öldür>
    <tr_yakın> _4 <tr_intihar>|<tr_ölmek>|kendine
    <tr_yakın> _3 <tr_yaşamak> istemiyor
    بدها|بده|يريد|تريد|عايزه|بدو _2 تنتحر|ينتحر|تموت|يموت|تقتل|يقتل
    ينتحر|تنتحر
    يقتل|تقتل|يؤذي|تؤذي نفسه|نفسها|حاله|حالها
    sadi2i|sadiqi|sadi2ti|o5ti|okhti|a5i|akhi|immi|ummi|zamili|zamilti|rfi2i _4 <az_suicide>|<az_die>
    bedo|bido|bedu|bidu|bado|badu|bedda|bidda|badda|3ayez|3ayza|yrid|yreed|trid|treed _2 +<az_dies>
    <az_end> nafso|nafsu|nafsaha|nafsha|7alo|7alu|7alaha|7alha
    risalet|resalet|rsalet|risale _1 wada3|weda3|wda3
    <ru_near> _5 <ru_suicide>|покончить
    <ru_near> _3 хочет|хотел|хотела _2 <ru_die>|<ru_kill>
    <ru_near> _3 не хочет _2 жить
    <uk_near> _5 <uk_suicide>|покінчити
    <uk_near> _3 хоче|хотів|хотіла _2 <uk_die>|<uk_kill>
    <uk_near> _3 не хоче _2 жити
"""

_K1 = """
    <suizid>
    <selbstverletzung>
    <mich> _5 {umbringen}
    <ich> _3 <mich> _3 umringen
    {umbringen} _2 <mich>
    <mich> _4 umgebracht
    +bring|bringe|bringn|bringa|brings|brächte|brächt|brenga|breng _2 <mich> _4 um
    <selbst> _2 {umbringen}
    <selbst> mord
    häng|hänge|heng <mich> _2 auf
    <mich> _5 {antun}
    <mich> _2 <selbst> _2 <antut>
    +<tu> _3 <mich> _3 <was> _3 an
    +<tu> <mich> _3 <was> $
    <ich> _2 <mich> _3 <was> _1 <angetan>
    <mich> _3 <leben_nur> _2 <nehmen>
    <nehmen> _2 <mich> _1 das|s|es <leben_nur>
    <leben_nur> _2 <beenden>
    <beenden> _3 <leben_nur>
    mit _3 <leben_nur> _2 <schluss>|<abgeschlossen>
    <schluss> _2 mit _1 <leben_nur>
    <leben_nur> _2 <schluss> machen
    <leben_nur> _3 ein|a|en <ende>
    <tot> mach|mache|machen|moch
    <ich> _1 mach|mache|moch <mich> _1 <tot>
    mach|mache|moch <ich> <mich> _1 <tot>
    aus dem +<leben_nur> <scheiden>|gehen|treten
    {nimmer} =3 <leben>
    <nicht> <leben> _1 <will>
    <will> _1 <nicht> _1 <leben>
    <leben> _2 <will> _3 {nimmer}
    <leben> _1 {nimmer} _2 <will>
    {nimmer} _1 auf dieser|der|derer|dera welt
    {nimmer} _1 in dieser|der|dera welt
    {nimmer} _1 auf|in _1 erde|planeten
    welt verlassen
    {nimmer} _2 am leben
    am leben _3 <will> _3 {nimmer}
    {nimmer} _2 existieren|existiern
    <kein> _1 lust|grund|kraft|bock|sinn _3 zu|zum|am _1 <leben>
    <kein> _3 auf _2 <leben_nur>
    wozu|warum|wofür|wieso|weshalb _2 noch _2 <leben>|<lebe>
    wozu|warum|wofür|wieso _1 +lebe|leb _2 noch
    <leben_nur> _1 satt|leid
    genug vom|von <leben_nur>|meinem
    des lebens +müde|überdrüssig
    leben _1 {nimmer} _1 weiterführen|fortsetzen|fortführen
    ins wasser|see|fluss _1 gehe|geh|gehen|springen
    geh|gehe _1 ins +wasser
    <strick> gekauft|besorgt|geholt|bereitgelegt
    <plane> _2 meinen|mein|selbst tod|ende|ableben
    wünsch|wünsche <mich> _3 tod
    <leben_nur> {nimmer} _2 lebenswert|aushalten|ertragen|aus
    <leben_nur> _3 <kein> _1 sinn
    <leben_nur> _3 sinnlos|wertlos
    nie|nicht _2 <geboren>
    nicht +überleben _1 <will>
    <will> _2 nicht +überleben
    tod _3 <erlösen>|erleichterung|lösung
    tod _2 besser|lieber
    <leben_nur> _3 nicht|nichts|nix _2 wert|lebenswert
    <leben_nur> _2 egal
    <leben_nur> lohnt
    lohnt _3 <leben_nur>
    <verschwinden> _1 für immer
    wenn ihr|du|sie das|dies +lest|liest|lesen _3 ich
    <sterben> _1 <will>
    <will> _4 <sterben>
    kann|könnte|könnt|soll|sollte auch|gleich|genauso|genausogut _2 <sterben>
    einfach|nur|liebsten|lieber|endlich|gerne|gern _2 <sterben>
    lust|wunsch|bereit|sehnsucht _3 <sterben>
    lass|lasst|laßt <mich> _3 <sterben>
    besser|gut|schön _4 <ich> _2 <sterben>
    hoffe|hoff|bete|wünsche _5 <sterben>
    <sterben> _2 besser|lieber
    <wär> <ich> _4 <tot>
    <ich> <wär> _4 <tot>
    <ich> <tot> <wär>
    <wär> _3 lieber|besser|liebsten _2 <tot>
    lieber|besser|liebsten _2 <tot>
    <will> _3 <tot> _1 sein
    <will> _2 <tot>
    <tot> sein
    <tot> besser
    wenn <ich> _1 <tot> _1 bin|wäre|wär
    sehne|sehn|sehnsucht _3 <tot>
    <ritzen> <mich>
    <mich> _3 <ritzen>
    <ich> _2 <ritzen>
    wieder|arme|arm|selber|angefangen _3 <ritzen>
    ^ <ritzen> $
    <ritzen> <ich>
    rattengift|abflussreiniger|frostschutzmittel|chlorreiniger _2 getrunken|geschluckt|genommen
    <viele>|viel|viele _1 <tabletten> _1 gegessen|gegesn
    ich bin tot wenn _1 ihr|du|sie _2 lest|liest|lesen
    بجرح|اجرح|جرحت|اجرحت _1 حالي|نفسي
    عم|انا بجرح|جرح|اجرح _1 ايدي|ايديي
    <mich> _2 <schneiden>
    <schneiden> <mich>
    <mich> _3 arm|arme|pulsadern|adern _3 <schneiden>|<ritzen>|auf
    pulsadern|pulsader
    <mich> _1 <selbst> _2 <verletzen>
    <verletzen1> <mich>
    <mich> _2 absichtlich|absicht <verletzen>
    <mich> _3 <verletzen> _2 absicht|absichtlich
    <mich> _1 <selbst> _2 weh|schmerzen
    <tu> <mich> _1 <selbst> _1 weh
    von|vom|aus|auf _3 <brücke> _4 <springen>
    spring|springe|springen|stürze|stürzen|runterspringen _2 von|vom|aus _3 <brücke>
    <ich> _4 <brücke> _3 <springen>
    vor|unter _2 +<zug> _4 <werfen>
    <werfen> _2 <mich> _1 vor|unter _2 +<zug>
    <mich> _1 auf _1 gleis|gleise|schienen
    gegen|an _2 <baum> _3 <fahren>
    <fahren> _3 gegen|an _2 <baum>
    <viele> _4 <tabletten> _7 <schlucken>
    <schlucken> _2 <viele> _3 <tabletten>
    <viele> _2 schlaftabletten
    <tabletten> _3 <viele> _2 <schlucken>
    <überdosis>
    <ich> _5 <mich> _3 <strick>
    <mich> _3 <strick> _3 geben|nehmen|gebe|nehme|jagen|jag|jage
    gebe|geb|jag|jage|nehm|nehme <mich> _3 <strick>
    <schlafen> _3 {nimmer} _2 <aufwachen>
    für immer _1 <schlafen>
    für +immer _1 weg|gehen|verschwinden|ruhe
    {nimmer} _3 <aufwachen>
    nie|nicht <aufwachen>
    <aufwachen> _2 {nimmer}
    <tabletten> _3 besorgt|geholt|gekauft|da|daheim _5 vorbei|schluss|fertig|weg
    <tabletten> _3 gesammelt|sammle|gehortet|horte|bereitgelegt|zurückgelegt|aufgehoben|zusammengesucht
    sammle|horte|sammel _2 <tabletten>
    <kein> _1 grund|anlass _3 weiterzuleben|weiterleben|leben|existieren
    <kein> _1 grund|anlass _2 zu|zum leben
    nichts|nix _3 wofür|für _2 lohnt|lohnen _2 <leben_nur>
    wofür|wozu _2 noch +leben
    <mich> wieder|selbst|selber|absichtlich +geschnitten
    <leben_nur> _6 <kein> _1 wert|sinn|zweck
    testament gemacht|geschrieben|fertig _6 mut|bereit|los|gehen
    <will> _4 +vorbei _3 für immer
    für immer _3 +einschlafen
    <will> _2 für immer +einschlafen|weg !aus|vom|von
    abschiedsbrief geschrieben|schreiben|schreibe|fertig
    <abschiedsbrief>
    egal ob _3 <lebe>|<leben>|<sterben>|<tot>
    <en_kill> _1 <en_myself>
    <en_kill> my self
    feel|felt like +<en_die>
    disappear|vanish _1 forever
    <en_killself>
    self harm|harming|harmed
    <en_take> _2 my _1 life
    my life _2 <en_take>|over
    +<en_take> it all
    <en_take> it _1 tonight|now|today
    +<en_iwant> _3 to ?be <en_die>
    +<en_iwant> _1 <en_die>
    +<en_iwant> _2 i _1 was|were _2 <en_die>
    wish _2 was|were _2 <en_dead>|<en_die>
    better off _1 <en_die>|<en_dead>
    +better _1 if _2 <en_die>|<en_dead>
    +rather|better ?be <en_die>
    <en_not> _2 <en_want> _3 <en_live>
    <en_not> _1 +<en_want> _2 be _1 here|around|alive
    <en_not> _1 wake _1 up
    never wake|waking _1 up
    go to sleep _3 never
    reason to _1 <en_live>
    stop existing|living|breathing
    want|wanna to ?be gone
    i should _1 +<en_die>
    will to <en_live>
    keep|started|been|stop +cutting
    worth living
    if i was|were +<en_die>|gone
    +if im <en_die>|gone
    thinking|thought of|about _1 +<en_take> it
    <en_nothing> _3 live for
    tired|sick|done _2 <en_live>|life
    <en_jump> _2 off|from|in|out _4 <en_bridge>
    slit _1 my _1 wrists|wrist
    never been born
    wasnt|never _1 born
    thoughts|thinking of|about _1 <suizid>|dying|death
    suicide note
    <tr_intihar>
    <tr_kendimi> _2 <tr_öldür>
    <tr_ölmek> <tr_istiyorum>
    <tr_istiyorum> _1 <tr_ölmek>
    <tr_yaşamak> <tr_istemiyorum>
    <tr_istemiyorum> _1 <tr_yaşamak>
    canıma|canima kıy*|kiy*
    <tr_hayatıma> son
    ölsem|olsem
    keşke|keske _2 ölsem|olsem|ölseydim
    ölsem|olsem|ölseydim|ölmüş _2 daha|keşke|iyi|olsam
    keşke ölmüş|doğmasaydım
    doğmasaydım|dogmasaydim
    uyanmasam|uyanmamak
    bir daha uyanmak
    <tr_kendime> zarar
    bileklerimi|bileğimi|bilegimi
    <tr_yaşamanın> _1 anlamı|anlami _2 yok|kalmadı|kalmadi
    yaşamaya|yasamaya _2 değmez|gücüm|halim
    <az_suicide>
    <az_want> _2 <az_die>
    <az_want> _2 <az_suicide>
    <az_not> _1 <az_want> _2 <az_live>
    mabidi|mabadde _1 <az_live>
    <az_kill> _1 <az_self>
    sabab _1 <az_live>
    anhi|2anhi|inhi 7ayati|hayati
    ikhtar|a5tar el moot
    <ar_suicide>
    <ar_want> _1 ان <ar_die>
    <ar_want> <ar_die>
    <ar_want> _2 <ar_die>
    <ar_dont> <ar_want> _2 <ar_live>
    مابدي|مبدي|بديش|مابي _1 <ar_live>
    <ar_kill> <ar_self>
    <ar_end> _1 <ar_life>
    افكر|بفكر|فكر _3 الموت|بالموت
    الموت احسن|افضل|ارحم
    حياتي _1 بيدي
    افكر _2 الموت|بالموت
    ما عاد _2 اعيش|عيش
    <ru_suicide>
    <ru_kill> <ru_self>
    <ru_self> <ru_kill>
    <ru_end> _1 с _1 собой|жизнью|этим|всем
    <ru_end> с собой
    не <ru_want> =3 <ru_live> $
    не <ru_want> =3 <ru_live> !в|на|с|рядом|здесь|тут|там
    желания <ru_live>
    чтобы +меня не было
    <ru_live> _2 не <ru_want>
    не хочется _1 <ru_live>
    <ru_want> _2 <ru_die>
    <ru_die> <ru_want>
    лучше _2 <ru_died>
    лучше _2 не родил*|рождался|рождалась
    повешусь|повеситься|отравлюсь|утоплюсь|застрелюсь|зарежусь
    вскрыть|вскрою|порезать|режу|резать _1 вены|вену|руки
    вены
    прыгнуть|прыгну|спрыгнуть|спрыгну|сброситься|выпрыгнуть|броситься _1 с|из|под _2 моста|крыши|окна|балкона|поезд
    <ru_tired> жить
    <ru_tired> от|так жизни|жить
    незачем|зачем жить
    не могу _3 +жить !в|на|с|здесь|тут|там
    наложу|наложить|наложила|наложил _1 на себя _1 руки
    смысла _1 <ru_live>
    жить _1 незачем|невыносимо|надоело
    не <ru_want> _1 больше _1 <ru_live>
    ne hochu|khochu|xochu _2 zhit|jit|zhyt|zhity|zhyty|zit
    hochu|khochu|xochu _1 umeret|sdohnut|umirat|pomerty|vmerty
    ubyu|ubit|ubju|ubiu|vbyu sebya|sebja|sebe
    samoubiystvo|samoubijstvo|samohubstvo|samoubiistvo
    pokonchit|pokonchu s soboy|soboj
    <uk_suicide>
    <uk_kill> <uk_self>
    <uk_self> <uk_kill>
    <uk_end> _1 з|із _1 собою|життям|цим|усім|всім
    не <uk_want> =3 <uk_live> $
    не <uk_want> =3 <uk_live> !в|у|на|з|поруч|тут|там
    бажання <uk_live>
    щоб +мене не було
    <uk_live> _2 не <uk_want>
    <uk_want> _2 <uk_die>
    <uk_die> <uk_want>
    <uk_накласти> _1 на _1 себе _1 руки
    краще _2 <uk_died>
    краще _2 не народжув*|народився|народилася
    повішуся|повіситися|отруюся|втоплюся|застрелюся|заріжуся
    різати|порізати|ріжу _1 вени|руки
    вени
    стрибнути|стрибну|кинутися|вистрибнути _1 з|під _2 мосту|моста|даху|вікна|балкона|поїзд|потяг
    <uk_tired> жити
    <uk_tired> від життя
    сенсу _1 <uk_live>
    вкоротити _2 віку
    навіщо жити
    заподіяти _1 собі _1 шкоду
    не можу _3 +жити !в|у|на|з|тут|там
"""

_K2 = """
    <alles> _1 geregelt|erledigt|vorbereitet _4 verabschiedet
    will|wui|möchte|mag _1 nur|bloß _1 noch weg von allem|allen
    nur|bloß noch weg von allem|allen
    <kann> _3 {nimmer} $
    <kann> _3 {nimmer} <fort>
    {nimmer} <kann> $
    {nimmer} <kann> <fort>
    <will1> _2 {nimmer} $
    <will1> _2 {nimmer} <fort>
    {nimmer} <will1> $
    <schaffe> _3 {nimmer} $
    <schaffe> _3 {nimmer} <fort>
    +<halte> ?es|das|des|dies|sie|ichs|alles ?alles|ois|einfach|hier|so {nimmer}
    +<halte> _1 druck|hass|angst|leben|schmerz|schmerzen|situation|gedanken _1 {nimmer}
    {nimmer} _1 <halte>
    bin _2 am ende $
    bin _2 am ende <fort>
    am ende meiner|mit _1 <kraft>|kräften|nerven|kraft
    <kein> <kraft> _1 mehr !für
    <kein> <hoffnung> _1 mehr
    seh|sehe|hab|habe _4 <kein> zukunft
    was soll _2 <leben_nur>
    gibt _2 <kein> +zukunft _1 mehr
    müde|satt|leid _2 vom|am|des +leben|lebens
    seh|sehe|sieh _2 <kein> +licht _1 mehr
    +vorbei ist mit <mich>|mir
    alles vorbei ist mit +mir
    wie|wozu _2 +weiterleben
    mit <alles> +abgeschlossen
    was|welchen|wozu|wofür _2 mein +<leben_nur> _5 <wert>|sinn|zweck
    ohne +mich _5 ruhe|frieden|leichter|einfacher|glücklicher
    ruhe vor mir
    bin ich {nimmer} _1 +da
    bin ich bald weg
    bald _1 bin ich +weg
    <kein> <hoffnung> $
    ohne <hoffnung>
    <alles> _3 <kein> sinn
    <kein> sinn _1 mehr
    seh|sehe|sieh|hat|siehe _2 <kein> sinn
    <kein> _2 sinn _2 leben|lebens
    <leben_nur> _4 sinn !der|der|die|das
    <alles> _3 <sinnlos>
    <sinnlos> _2 <alles>
    fühl|fühle|bin _3 sinnlos|wertlos|nutzlos|überflüssig !behandelt
    bin nichts|nix _1 +<wert>
    <ich> _2 nichts|nix _1 mehr +<wert>
    <kein> _1 <ausweg>
    <ausweg> _2 nicht|nimmer|keinen
    <ausweglos>
    <schluss> _1 machen|mach|mache|macha|gemacht|moch
    mach|mache|moch|machen _3 <schluss> $
    mach|mache|moch _3 <schluss> <fort>
    mit allem _2 <schluss>
    <schluss> mit allem
    <dem> _1 ein|a|en|n <ende>
    mach|mache|moch _3 a|ein|n <ende>
    setz|setze _3 ein|a <ende>
    <alles> <beenden>
    es <beenden>
    <beenden> <alles>|es
    <alles> _1 vorbei _2 <will>
    <will1> _4 <verschwinden>
    <verschwinden> <will1>
    einfach|liebsten|gern|gerne|immer|nur _2 <verschwinden>
    würde|würd|könnte|könnt|tät ich _2 <verschwinden>
    <mich> _1 auflösen|auflösn
    {nimmer} _1 da _1 bin|sein|wäre|wär
    <wär> _3 {nimmer} +da
    liebsten _4 {nimmer} +da
    {nimmer} da|hier sein|bin|wäre|wär|sei
    wenn <ich> {nimmer} _1 bin|wäre|wär|da
    einfach|nur|liebsten _1 +weg sein
    wenn <ich> _1 +weg _1 bin|wäre|wär|wer
    wenn <ich> _3 nicht|nimmer _1 gäbe
    wenn es|s|des|das <mich> _1 nicht|nimmer|net|ned _2 gäb|gäbe
    +ohne <mich> _3 <besser>
    <besser> _4 +ohne <mich>
    <keiner> _3 <mich> _2 +<vermissen>
    <mich> _3 <keiner> _2 <vermissen>
    <mich> <vermissen> _3 <keiner>
    <vermissen> _2 <mich> _2 <keiner>
    bin _4 <last> _2 für|fia _2 <alle>
    <last> für|fia <alle> $
    nur _1 eine <last>
    <alle> _2 zur|nur _1 last
    <ich> _3 zur last <fallen>
    falle|fall _3 zur last
    <ich> _3 zur last
    mich _4 von <alle> _3 <verabschieden>
    von <alle> _2 <verabschieden>
    <verabschieden> _2 von|für <alle>|immer
    abschied _1 zu nehmen
    abschied nehmen|genommen|nehme
    leb|lebt wohl
    lebwohl|lebewohl
    letzter wille _6 machts|lebt
    sagt|sag _1 meiner|meinen|meinem _2 dass ich sie|ihn +liebe
    machts gut _3 <alle>
    hasse|hass mein leben
    hasse mein|mich _1 leben|selbst
    <dunkel> <gedanken>
    <gedanken> _2 <sterben>|tod
    denk|denke|dran|daran _4 <sterben>
    ans sterben
    an _1 den tod
    so _2 nicht|nimmer|net|ned _1 weitermachen|weiterleben
    {nimmer} weiterleben
    <erlösen> _2 <mich>|endlich
    wenn _2 nur vorbei wäre|wär
    <en_not> _1 <en_go> <en_on> ?all +<en_more>
    <en_not> _1 continue|cope +<en_more>
    <en_not> +go on $
    <en_not> +go on !with|the|this|to|a|my|facebook|instagram|holiday|strike|vacation
    <en_not> keep going _2
    <en_not> live like this
    no way out
    no _1 point _1 in|to|anymore|living|anything|left
    life _2 no|lost _1 meaning|purpose|sense
    cant|cannot +live anymore|longer
    can not +live anymore|longer
    no point $
    whats the point _1 in|of _1 living|anything|life|anymore
    no hope
    <en_iwant> _2 to _1 disappear|vanish
    burden to|on|for _1 everyone|everybody|my|all|others|family
    just a burden
    be|is|are|were|live|happier|better _2 +without me
    hate my life
    give up on life
    given up on life|everything
    goodbye _1 everyone|everybody|all|world|cruel
    said|saying goodbye _2 everyone|everybody|all|friends|family
    nobody|noone|one would|will|even|ever|would _1 miss|notice|misses
    nobody|noone|one misses|miss|missed me
    cant _1 take|do|bear|stand _1 this|it _1 anymore|longer
    end it
    dayanamıyorum|dayanamiyorum|dayanamıyom|dayanamiyom
    dayanacak _1 gücüm|gucum|halim _1 kalmadı|kalmadi|yok
    çıkış|cikis|çıkar yolu|yol _1 yok|kalmadı|göremiyorum|goremiyorum
    çıkış|cikis _1 yok|kalmadı|göremiyorum|goremiyorum
    her şeyin|seyin +sonu
    çaresizim|caresizim
    жизнь потеряла|потерял +смысл
    رغبة|رغبه _1 +بالحياة|بالحياه
    لا فائدة|معنى|قيمة|فايدة _2 +<ar_life>
    bensiz _2 daha|iyi
    yok olmak istiyorum
    herkese yüküm|yukum|yük
    hayattan|yaşamaktan|yasamaktan|hayatımdan _1 bıktım|biktim|yoruldum|bezdim|nefret
    bıktım|biktim _1 hayattan|yaşamaktan|yasamaktan
    elveda
    artık|artik gücüm|gucum|takatim kalmadı|kalmadi|yok
    her şey|sey _1 anlamsız|anlamsiz|bitsin
    devam edemiyorum|edemeyeceğim
    umudum kalmadı|kalmadi|yok
    <az_tired> _3 <az_life>
    ma|mish _1 3ad|2ader|adir|fini|fiyi|feeni _3 kammel|kamel|akammil|akamel|it7ammal|at7ammal|2kammel
    ma|mish _1 2adir|qader|adra|adrah _3 kammel|kamel|akammil|akamel|it7ammal|at7ammal|2kammel
    ma fini|fiyi|feeni|fiyye|2ader|2adir _2 kammel|kamel|ktir|aktar|b2a|ba2a
    7ayati|hayati _1 ma|bala|bidoon _2 ma3na|2ima|ilha|elha
    ma fi|fii amal|7al|makhraj
    <ar_tired> _2 <ar_life>
    <ar_tired> _1 من _1 <ar_life>
    ما|لا|لم|مش|ماعاد _2 فيني|استطيع|اقدر|قادر|قادره|اعد|عدت|اتحمل _2 اكمل|كمل|الاستمرار|اتحمل|التحمل|احتمل|استمر
    لا|ما يوجد|في|فيه|عندي امل|مخرج|حل
    لا|ما معنى|معني|طعم _1 <ar_life>
    <ar_life> _3 بلا|بدون|ليس|مالها|ما معنى|لها|قيمه|الها
    انا عبء|حمل _1 على
    وداعا
    بدوني _2 احسن|افضل
    احسن|افضل _1 بدوني|من غيري
    больше|так не могу $
    больше|так не могу <ru_fort>
    не могу _1 больше $
    не могу _1 больше <ru_fort>
    не могу так _1 жить
    нет _1 выхода
    выхода _1 нет
    нет _1 смысла $
    нет _1 надежды
    нет _1 сил _1 жить|больше|терпеть
    все|всё бессмысленно|бессмысленна
    +без меня _2 лучше
    лучше _2 +без меня
    я _1 обуза
    всем обуза
    прощаите|прощай|прощайте _1 все|всех
    исчезнуть _1 навсегда
    хочу _2 исчезнуть
    ne mogu bolshe
    bolshe ne mogu
    більше|так не можу $
    більше|так не можу <uk_fort>
    не можу _1 більше $
    не можу _1 більше <uk_fort>
    не можу так _1 жити
    нема|немає _1 виходу
    виходу _1 нема|немає
    нема|немає _1 сенсу $
    нема|немає _1 надії|сил _1 жити
    все безглуздо|марно
    +без мене _2 краще
    краще _2 +без мене
    я _1 тягар
    тягар для
    прощавайте _1 всі
    хочу _2 зникнути
"""

PHRASES: Final = (
    ("K3", _FIRST_K3),
    ("K1", _FIRST_K1),
    (None, _HARMLESS),
    ("K3", _K3),
    ("K1", _K1),
    ("K2", _K2),
)

VIOLENCE: Final = (
    (
        "violence",
        """
    +<bring> <ich> _1 <ihn> {über_um}
    <ich> +<bring> _1 <ihn> {über_um}
    <ihn> _1 +<bring> <ich> _1 {über_um}
    <ich> _4 <ihn> _3 <töten>
    <ihn> _2 <töten> <ich>
    <ich> _1 <stech> _2 <ihn> _3 <ab>
    <stech> <ich> _2 <ihn> _3 <ab>
    <ihn> _2 <stech> <ich> _2 <ab>
    <ich> _4 amok
    amoklauf _2 mach|mache|plane
    <ich> _4 in die luft
    zünd|zünde|fackel|fackle <ich>|<ihn> _4 an|ab
    <ich> _2 zünd|zünde|fackel|fackle _4 an|ab
    <ich> _4 messer|waffe|pistole|gewehr|axt _3 rathaus|amt|büro|ihn|ihm|ihr|ihnen
    i|ill _1 <en_will> _2 <en_shoot> _1 <en_him>
    i _1 <en_will> _1 <en_shoot> _1 <en_him>
    ill|gonna <en_shoot> _1 <en_him>
    i could <en_shoot> _1 <en_him>
    onu|onları|onlari|hepsini öldürürüm|öldüreceğim|oldurecegim|oldururum|öldürücem
    убью его|ее|их|всех
    вбю|убю його|ії|їх|всіх
    ساقتله|ساقتلهم|بقتله|اقتله|اقتلهم
""",
    ),
)
