"""The words that the phrases of `crisis_phrases` are made of: groups, sequences, and how strictly they are compared.

Umlauts may be written either way; everything is folded (`reading.fold`) when it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

GROUPS: Final[Mapping[str, str]] = {
    # --- German: small words ---
    "ich": "ich i ick isch icke ik ichs",
    "mich": "mich mi mir mia mer meiner miach mirs misch mihc mcih mick mii",
    "selbst": "selbst selber selba söiba sölber sölwa",
    "nicht": "nicht nich net ned nit nedd nett nie niemals nix nichts ni nö nimmermehr",
    "mehr": "mehr mer mea mehrr mähr länger weiter",
    "nimmer": "nimmer nimma nimme nimmi nichtmehr nichmehr netmehr nedmehr nichmer numme nümme niemehr niewieder",
    "kein": "kein keine keinen keiner keinem keines koa koan koane keen keene keenen kei keim koi kane kan kaan",
    "will": "will wil mochte möchte möcht möchd mag mog mecht megat wollte wollt wünsche wünsch wünschte wünscht würde"
    " würd tät könnte könnt wüll wui wü willl möchtn muchte wollen mögen moch",
    "kann": "kann kan ko konn ka kon koo kannn kunn koan",
    "schaffe": "schaff schaffe schaffs schaffes pack packe packs derpack derpacks",
    "fort": "und aber ich i ick isch es weil denn mir bitte hilfe helft hilf hilft helfen ehrlich leute seit seitdem"
    " weiter wirklich echt was bin hab habe mag will kein keine alles jetzt hier so oida ey man mann danke verzeih"
    " sorry mein meine",
    "alle": "alle allen alles jeden jedem euch andere anderen familie kinder kindern frau mann welt meisten meine",
    "alles": "alles ois ollas allet ollet allem all",
    "wär": "wäre wär wärs waär wärst wünschte wünsch wünscht wars währe währ wer war",
    "besser": "besser bessa leichter einfacher glücklicher schöner beser lieber",
    "dritte": "er der die sie jemand einer irgendwer irgendjemand man niemand wer ihr leute typ mann kerl nachbar"
    " bürger nazi nazis rechte rechten rechtsextreme unbekannte unbekannter anrufer absender täter typen männer frau"
    " ex exmann expartner partner gruppe menschen personen person kunde besucher demonstranten schläger chef vater"
    " bruder sohn dea dia de welche manche einige kollege kollegen stadtrat stalker",
    "drohen": "droht drohen drohte drohten gedroht angedroht drohung drohungen bedroht drohbrief drohmail androht",
    "will1": "will wil mag mog moch möcht möchte möchd mecht wüll wui mooch",
    "halt": "ich i ick isch gedanke gedanken gedankn idee wunsch plan drang lust impuls angst kurz davor bereit"
    " versucht überlege stimme",
    "ort": "там здесь тут в на у in im hier da dort mit ohne von davon auf am an unter neben bei beim vom zum zur für"
    " mein meinem meinen so als dem deutschland stadt gemeinde dorf haus wohnung angst tür bayern augsburg recht wie",
    "zitat": "schreiben schreibt schrieb geschrieben kommentar kommentare kommentaren mail mails brief nachricht"
    " nachrichten sagen sagt sagte gesagt meint meinte meinten fordert fordern aufgefordert post posts posten steht"
    " stand rief riefen brüllte brüllten schreien schrien wünschen gewünscht anruf",
    "nahe": "kollege kollegin kollegen kolleginnen kollega mutter mama mutti vater papa vati freund freundin freunde"
    " kumpel spezl mann frau ehemann ehefrau partner partnerin sohn tochter kind bruder schwester oma opa chef chefin"
    " mitarbeiter mitarbeiterin mitarbeitende mitarbeitender azubi auszubildende auszubildender nachbar nachbarin"
    " bekannte bekannter teamleiter teamleiterin vorgesetzter bürgermeister bürgermeisterin stadtrat stadträtin klient"
    " klientin bürger bürgerin anrufer anruferin cousin cousine tante onkel neffe nichte schwager schwägerin"
    " praktikant praktikantin schüler schülerin junge mädchen jemand jemanden kundin kunde bewohner bewohnerin tochta"
    " bua madl dirndl weib amtsleiter amtsleiterin",
    "er": "er sie der die jemand einer eine ea",
    "sich": "sich si sick",
    # --- words around that make a phrase harmless, or say that somebody else is meant ---
    "hilfsverb": "will wollen wollte wollten würde würden wird werden möchte möchten hat haben hätte hätten kann"
    " könnte",
    "tätigkeit": "klicken kommentieren einloggen anmelden antworten zugreifen drucken scannen senden schreiben lesen"
    " hochladen öffnen parken bezahlen absagen ändern verschieben löschen teilen posten schlafen essen arbeiten sehen"
    " hören gehen kommen treten",
    "lebensbereich": "amt job mandat freund freundin projekt rassismus hass witzen thema sprüchen diskussion arbeit"
    " politik sitzung dienst feier rauchen partner partnerin mann frau ehrenamt stelle hetze beziehung facebook"
    " twitter telegram instagram ihm ihr",
    "tr_yakın": "arkadaşım arkadaşim annem babam kardeşim eşim karım kocam oğlum kızım abim ablam teyzem müdürüm"
    " komşum dostum meslektaşım patronum kuzenim",
    "ru_near": "он она друг подруга коллега сестра брат мама муж жена сын дочь отец мать сосед соседка начальник",
    "uk_near": "він вона друг подруга колега сестра брат мама чоловік дружина син донька дочка батько мати сусід"
    " сусідка",
    # --- German: telling words ---
    "umbringen": "umbringen umbringe umbring umbringn umzubringen ubringen umzumbringa umbrächte umbrächt umbringa"
    " umbringat umbrenga umbrengen umbringt umbringst erhängen erhänge aufhängen aufhänge aufzuhängen erhängt"
    " aufgehängt erschießen erschieße töten töte tödten vergiften vergifte ertränken ertränke ersäufen abmurksen"
    " kaltmachen auslöschen wegmachen abknallen abstechen totmachen todmachen dodmacha hoamdrahn hamdrahn heimdrehen"
    " entleiben strangulieren erstechen",
    "umgebracht": "umgebracht umbracht umgbrocht",
    "bring": "bring bringe bringn bringt bringen bringa brings brächte brächt brenga breng",
    "bringen": "bringen zubringen bringe bring bringa brenga bringn",
    "antun": "antun antue antu anzutun anzutuen antät antäte antuen otua adoa oduan antuhe ondua antua",
    "angetan": "angetan otoa adoo angedan",
    "antut": "antut antun antuen angetan anzutun antäten",
    "tu": "tu tue tua dua dur tuhe tuh täte tät",
    "was": "was wos etwas wat wås ebbes schlimmes",
    "leben": "leben lebn lebm lem läm lebe lewe leve läbe lebensmut dasein existieren weiterleben weiterlebn existenz"
    " lebensende existiern",
    "leben_nur": "leben lebn lebm lem läm dasein",
    "lebe": "lebe leb lebte lebn leben existiere",
    "nehmen": "nehmen nehme nehm genommen nemma nehma nimmt nimm nemme",
    "beenden": "beenden beende beend beendet beendn beendigen beenda",
    "suizid": "suizid* suicid* selbstmord* selbstmörd* selbsttöt* selbsttötung freitod* suizidgedanken suizidal"
    " suizidgefährdet selbstmordgedanken selbstmordgefährdet suicide suicidal lebensmüde sterbewunsch todessehnsucht"
    " todeswunsch bilanzsuizid suezid* suizied* suzid* sucide sucidal selbsmord* selpstmord* suizit* todeswünsche",
    "suizid_harmlos": "selbstmordattent* selbstmordattentäter selbstmordattentat selbstmordanschlag selbstmordanschl*"
    " selbstmordkommand* selbstmordterror* suizidpräventi* suizidattent* suizidhilfegesetz* suizidstatisti*"
    " suizidforsch* suizidschutz* selbstmordrate* suizidrate*",
    "selbstverletzung": "selbstverletz* selbstschädig* selbstverletzung selbstverletzungen autoaggress*"
    " selbstverstümmel*",
    "sterben": "sterben sterbn steabn schterben sterbe sterb steam stiam verrecken verrecke krepieren abkratzen"
    " draufgehen ableben schdärbn stärm",
    "tot": "tot tod dot dood doud gestorben tood",
    "ritzen": "ritzen ritze ritz geritzt aufritzen aufgeritzt ritzn gritzt zuritzen",
    "schneiden": "schneiden aufgeschnitten aufgeschlitzt schneide schneid aufschneiden schneidn aufschlitzen schlitze"
    " aufschlitze anschneiden",
    "verletzen": "verletzen verletze verletz verletzt wehtun wehtue wehzutun schaden verletzn",
    "verletzen1": "verletze verletz ritze schneide",
    "plane": "plane plan planen",
    "ding": "tür haustür türe auto autotür lack tisch wand hakenkreuz hakenkreuze scheibe holz motorhaube sache schild"
    " baum bank fahrzeug tafel briefkasten klingelschild parole symbol wagen deal buchstaben eingang",
    "brücke": "brücke autobahnbrücke eisenbahnbrücke bahnbrücke flussbrücke talbrücke kirchturm bahnsteig"
    " bahnsteigkante dach balkon fenster hochhaus turm rathausdach bruck stock klippe parkhaus geländer bruecken",
    "springen": "springen spring springe gesprungen springa hupfen hupf hüpfen stürzen stürze werfen werfe zuspringen"
    " runterspringen runterspring runterspringe runterzuspringen hinunterspringen runterstürzen runterhüpfen runter"
    " hinunter",
    "zug": "zug züge ubahn sbahn bahn auto lkw lastwagen bus laster straßenbahn tram güterzug ice schienen gleis"
    " gleise",
    "werfen": "werfen werfe werf schmeißen schmeiß schmeiße springen springe spring laufen laufe lauf legen lege leg"
    " rennen renne stürzen hauen hau gehen",
    "baum": "baum brückenpfeiler betonpfeiler wand mauer gegenverkehr",
    "fahren": "fahren fahre fahr lenken lenke steuern",
    "tabletten": "tabletten schlaftabletten pillen medikamente schlafmittel tablettn tablette insulin",
    "viele": "alle ganze ganzen genug viele handvoll packung schachtel vorrat dose sämtliche überdosis zuviele"
    " gesammelt",
    "schlucken": "schlucken schlucke schluck nehmen nehme nehm geschluckt genommen einnehmen einwerfen eingeworfen",
    "strick": "strick kugel seil schlinge",
    "aufwachen": "aufwachen aufwach aufwache aufzuwachen aufwacha aufgewacht aufwachn wach aufwachat aufgwacht"
    " augenaufmachen erwachen",
    "sinnlos": "sinnlos sinlos zwecklos hoffnungslos aussichtslos wertlos ausweglos sinnfrei",
    "ausweg": "ausweg auswege ausweeg auswegn",
    "ausweglos": "ausweglos* ausweglose",
    "schluss": "schluss schluß schlus schlusss",
    "machen": "machen mach mache macha machn gemacht machs zumachen gmacht",
    "ende": "ende end endn",
    "dem": "dem allem alles ois meinem ganzen dems am",
    "verschwinden": "verschwinden verschwindn verschwinde verschwind verschwinda unsichtbar",
    "verabschieden": "verabschieden verabschiedet verabschiede verabschied abschied lebewohl lebwohl pfiat",
    "abschiedsbrief": "abschiedsbrief* abschiedsnachricht* abschiedsvideo*",
    "last": "last belastung bürde klotz ballast",
    "fallen": "fall falle fallen falln gefallen",
    "vermissen": "vermissen vermisst vermissn vermissat vermisse",
    "keiner": "keiner niemand niemanden kein koana koaner keena kana",
    "wert": "wert",
    "hoffnung": "hoffnung hoffnungen perspektive lebenswillen lebensmut lebenswille lebenslust lebensfreude",
    "kraft": "kraft kräfte energie",
    "halte": "halte halt holt hoit ertrag ertrage ertrags ertragen aushalten aushalte derhalt dertrag aushoitn"
    " durchhalten derpack",
    "geboren": "geboren gebore geborn",
    "erlösen": "erlösen erlöst erlösung erlös",
    "dunkel": "dunkle dunklen schwarze schwarzen finstere düstere düsteren suizidale",
    "gedanken": "gedanken gedankn gedanke",
    "überdosis": "überdosis overdose overdosing",
    "schlafen": "schlafen einschlafen schlafn",
    "scheiden": "scheiden geschieden",
    "abgeschlossen": "abgeschlossen abschließen",
    # --- English ---
    "en_kill": "kill killing killed kil kiling end ending hang hanging shoot shooting cut cutting hurt hurting harm"
    " harming stab drown poison injure burn offing starve unalive unaliving strangle slit offed",
    "en_myself": "myself meself mysel mysef myslef",
    "en_killself": "killmyself kms selfharm selfharming selfharmed unalive",
    "en_self": "himself herself themselves themself theirself hisself",
    "en_want": "want wanna wanted wish wishing wishes wants rather gonna going ready",
    "en_iwant": "want wanna wannna wanted wish wishing rather wished",
    "en_not": "dont doesnt not never no cant cannot couldnt wont nolonger didnt wouldnt isnt aint shouldnt",
    "en_live": "live living alive exist existing wake waking exsist breathe",
    "en_die": "die dying dead dye",
    "en_take": "take taking took end ending ended finish",
    "en_go": "go do take continue handle bear stand cope keep carry face",
    "en_more": "anymore more longer nomore any",
    "en_bridge": "bridge roof building window cliff balcony train",
    "en_jump": "jump jumping jumped",
    "en_dead": "dead gone",
    "en_on": "on it this that going like",
    "en_nothing": "nothing nothin nuthing",
    "en_near": "colleague coworker friend sister brother mother mom mum dad father wife husband partner son daughter"
    " boss employee neighbour neighbor cousin girlfriend boyfriend someone somebody uncle aunt kid child student"
    " client trainee roommate manager grandma grandpa intern",
    # --- Turkish ---
    "tr_intihar": "intihar* intiar intıhar",
    "tr_kendimi": "kendimi kendmi",
    "tr_öldür": "öldür* oldur* as* asa* asmak asacağım vur* yak* boğ* atmak atacağım atasım",
    "tr_ölmek": "ölmek olmek ölüp olup ölmeyi olmeyi",
    "tr_istiyorum": "istiyorum istiyom istiorum isterim istiyrm istiyoruz istiyordum istedim",
    "tr_yaşamak": "yaşamak yasamak yasamk yaşmak yaşamayı yasamayi uyanmak var",
    "tr_istemiyorum": "istemiyorum istemiyom istemiorum istemem istemiyrm istemiyordum",
    "tr_hayatıma": "hayatıma hayatima yaşamıma yasamima",
    "tr_kendime": "kendime",
    "tr_yaşamanın": "hayatımın hayatimin yaşamanın yasamanin hayatın hayatin",
    # --- Arabic in Latin letters ---
    "az_want": "bidi biddi baddi bedi beddi bdi bde badde beddy baddy uridu uriidu oreed urid ureed 3ayez 3ayz 3awez"
    " 3awz abgha abi bidde widdi aridu arid oridu nfsi",
    "az_die": "moot mout mot amoot amout amut amot mawt mowt elmoot almawt amuut moute",
    "az_dies": "ymout ymoot yemout yemoot ymut tmout tmoot temout temoot tmut yintihir yintiher yentiher yente7er"
    " yinte7er yinti7er tintiher tentiher tente7er tinti7er",
    "az_end": "yintihir yentiher ye2tel yi2tol ye2tol y2tol yeqtol te2tel ti2tol te2tol haymawet hayemawet hay2tel"
    " haye2tel hatmawet hatemawet hat2tel hate2tel ymawet ymawwet yemawet tmawet yemawwet ye2zi ye2ze y2zi te2zi yjra7",
    "az_not": "ma mish msh mesh la mo mu mabidi mabadde",
    "az_live": "3ish 3eesh a3ish aish eish a3eesh 3esh a3esh 3iish ysh ish 3icha e3ish 2a3ish",
    "az_kill": "a2tol a2tul aqtul aktol aktul 2a2tol aqtol 2oktol a2tel ba2tol eqtol",
    "az_self": "nafsi nafsy nefsi 7ali 7aly hali 7ale nafsii roo7i",
    "az_tired": "t3ebt te3ebt te3ibt ta3ebt t3bt ta3bt ti3ibt ta3eb teebt tabt t3ibt te3bet ti3bt zeh2t zhe2t 2rift"
    " krht kareht krehet",
    "az_life": "7ayat 7ayaati 7yaty hayat 7ayaat hayati 7ayati el7ayat elhayat alhayat al7ayat 7ayate 7yate 7yati"
    " 7ayaty 3isheh",
    "az_suicide": "inti7ar enti7ar intihaar entihar entehar inte7ar anta7er antaher bante7er banta7er ante7er inti7aar"
    " intehar",
    # --- Arabic ---
    "ar_want": "اريد بدي عايز عاوز ابغى ابغا ودي اتمنى نفسي اتمني بديش عايزه ياريت ليتني",
    "ar_die": "اموت موت الموت امت نموت اختفي مت",
    "ar_dont": "لا ما مش مو مابدي ماعاد مابي مبدي لم لن ماعدت",
    "ar_live": "اعيش عيش العيش اكمل الحياه حياه كمل اصحى استيقظ",
    "ar_kill": "اقتل قتل ساقتل بقتل اذبح اشنق اذي اؤذي ايذاء اوذي اقتله انهاء",
    "ar_self": "نفسي حالي روحي بنفسي",
    "ar_suicide": "انتحر انتحار الانتحار بانتحر سانتحر انتحاري بالانتحار والانتحار للانتحار هنتحر بنتحر انتحرت",
    "ar_life": "حياتي الحياه العيش عيشتي الدنيا",
    "ar_tired": "تعبت كرهت مليت زهقت سئمت يئست قرفت تعبانه تعبان اكره",
    "ar_end": "انهي انهاء سانهي اخلص",
    # --- Russian ---
    "ru_suicide": "суицид* самоуби* самоубийство суецид* суицыд* самаубийст*",
    "ru_kill": "убить убью убиваю убил убила убивать прикончить прикончу повесить повешу зарезать зарежу застрелить"
    " застрелю порезать порежу режу резать убъю отравить утопить калечить",
    "ru_self": "себя себе собой сабой",
    "ru_want": "хочу хочется хотел хотела хотелось желаю хотелбы хачу захотелось охота",
    "ru_live": "жить жизни жизнь просыпаться проснуться существовать жыть жит",
    "ru_die": "умереть сдохнуть смерти умирать подохнуть помереть смерть умиреть",
    "ru_end": "покончить покончу покончил покончила кончаю покончив закончить",
    "ru_died": "умер умерла сдох сдохла умру сдохну",
    "ru_tired": "устал устала надоело надоела заебался невыносимо",
    "ru_fort": "и но я мне это все так помогите пожалуйста совсем правда нет",
    # --- Ukrainian ---
    "uk_suicide": "самогуб* суїцид* суіцид самогубство",
    "uk_kill": "вбити убити вбю убю вбиваю вбив вбила повісити повішу зарізати заріжу різати ріжу порізати застрелити"
    " прикінчити отруїти",
    "uk_self": "себе собі собою",
    "uk_want": "хочу хочеться хотів хотіла хотілося бажаю",
    "uk_live": "жити життя прокидатися прокинутися існувати",
    "uk_die": "померти вмерти здохнути смерті вмирати помирати смерть",
    "uk_end": "покінчити покінчу покінчив закінчити",
    "uk_died": "помер померла вмер вмерла здох помру",
    "uk_tired": "втомився втомилася втомилась стомився стомилася набридло",
    "uk_fort": "і й та але я мені це все так допоможіть будь дуже",
    "uk_накласти": "накласти накладу наклав наклала",
    # --- violence ---
    "ihn": "den ihn die sie ihm deen dem diesen diese typen kerl chef nachbarn nachbar chefin leute alle jeden eam"
    " eahm dene bürgermeister denen",
    "töten": "umbringen umbringe umbring umzubringen töten erschießen erschieße abstechen abstech abknallen abknalle"
    " erstechen erwürgen abschlachten kaltmachen abmurksen totschlagen totschlag erschlagen erschlage überfahren"
    " anzünden kaltmach umlegen umleg umnieten vergiften abfackeln aufschlitzen umbringa totprügeln abstechn",
    "stech": "stech steche knall knalle mach mache schlag schlage hau haue niet leg lege prügel prügle",
    "ab": "ab tot kalt um kaputt nieder krankenhausreif",
    "en_shoot": "kill shoot stab murder strangle slaughter butcher behead",
    "en_him": "him her them everyone everybody those these all boss neighbour neighbor guy",
    "en_will": "ill will gonna going want wanna shall",
}

SEQUENCES: Final[Mapping[str, str]] = {
    "nimmer": """
        <nicht> _2 <mehr>
        <nimmer>
        <nicht> _1 wieder
    """,
    "umbringen": """
        <umbringen>
        um <bringen>
        um zu <bringen>
    """,
    "über_um": """
        _2 um $
        _2 um wenn|und|falls|weil|sobald|ich|der|er|sie|die|das|morgen|heute|noch|so|aber
        <ihn> _1 um
    """,
    "antun": """
        <antun>
        an tun
        an zu tun
    """,
}

FREQUENT: Final = frozenset(
    "<ich> <mich> <selbst> <nicht> <will> <will1> <was> <alle> <alles> <besser> <dritte> <er> <dem> <viele> <machen>"
    " <werfen> <tu> <nahe> <kann> <kein> <fallen> <wär> <fort> <sich> <bring> <zug> <schaffe> <keiner> <zitat> <drohen>"
    " <ihn> <halt> <hilfsverb> <ru_near> <uk_near> <en_want> <en_iwant> <en_not> <en_take> <en_go> <en_more> <en_near>"
    " <en_will> <az_want> <az_not> <ar_want> <ar_dont> <ar_tired> <ru_want> <uk_want> <tr_istiyorum> <tr_istemiyorum>"
    " angst panik vor wenn ich mich mir nicht kein keine es so fort ein a an am in im um auf aus von vom für mit ohne"
    " zu zum zur bei der die das den dem daß dass des ob nur nie lieber gern gerne liebsten einfach immer endlich will"
    " wollen würde wird wurde soll sollte bin ist war sein sei wäre wär hat habe haben hätte kann können da hier weg"
    " man er sie wir ihr wer niemand keiner mal was wie warum wozu wofür wieso weshalb noch mein meine meinem meiner"
    " eine machen mach mache moch macht gut besser schön bis i my the it is me no not and or to be of on up all without"
    " if here go do take cant dont better want wants wanted people они и не я мне в на без так все у меня мене лучше"
    " краще хочу нет нема немає bir benim daha iyi yok ben artık artik ma mish ما لا من في <en_on> <en_die>".split()
)

EXACT: Final = frozenset(
    "<dritte> <drohen> <halt> <ort> <zitat> <nahe> <er> <sich> <ding> <zug> <werfen> <baum> <fahren> <viele> <strick>"
    " <wert> <last> <fallen> <besser> <alle> <fort> <machen> <was> <tu> <wär> <mehr> <bring> <bringen> <kraft> <halte>"
    " <en_kill> <en_near> <en_take> <en_go> <en_iwant> <en_want> <en_bridge> <en_jump> <en_dead> <en_die> <en_will>"
    " <en_shoot> <az_want> <az_die> <az_not> <az_live> <az_life> <az_self> <az_kill> <az_tired> <ihn> <stech> <ab>"
    " <lebe> <will> <suizid_harmlos> <hilfsverb> <tätigkeit> <lebensbereich> <tr_yakın> <ru_near> <uk_near>".split()
)


JOINED: Final = (
    ("michumbring", "K1"),
    ("umbringenwill", "K1"),
    ("willsterben", "K1"),
    ("nichtmehrleben", "K1"),
    ("nimmerleben", "K1"),
    ("mirwasantun", "K1"),
    ("miretwasantun", "K1"),
    ("daslebennehmen", "K1"),
    ("killmyself", "K1"),
    ("wanttodie", "K1"),
    ("endmylife", "K1"),
    ("ölmekistiyorum", "K1"),
    ("yaşamakistemiyorum", "K1"),
    ("kannnichtmehr", "K2"),
)

SPLIT: Final = (
    ("suizid", "K1"),
    ("selbstmord", "K1"),
    ("suicide", "K1"),
    ("intihar", "K1"),
    ("самоуби", "K1"),
    ("суицид", "K1"),
    ("самогуб", "K1"),
)
