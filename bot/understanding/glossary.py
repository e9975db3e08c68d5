"""Which words of several languages mean the same, so that an example in one helps a message in another.

Owns: the notions, and how they are found in a word. Each has its name, then beginnings of words as `features.spell`
gives them, by language (German, English, Turkish, Arabic, Arabic in Latin letters, Russian, Ukrainian). A word that
must be whole ends with "$": short ones begin too many others. Beginnings of five letters and more are also found
inside compounds. For the matching only: nothing of it is ever said to a person.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Final

NOTIONS: Final = """
house: wohnhaus$ haus$ hause$ haeuser zuhaus daheim dahoam wohnung privathaus wohngebiet grundstueck | house home
    flat$ apartment doorstep residence residential | evim evin$ evinin evine$ eve$ evde$ evimiz apartman konut | بيت
    منزل شقه دار$ | beit$ beti$ bet$ beitna bayt baytna betak manzil | дом$ дома$ дому$ доме$ домом$ домои домашн
    квартир подъезд жил | будинок будинк дим$ житлов
door: haustuer tuer$ fenster zaun gartentor einfahrt garage | door window fence gate$ garden driveway doorbell | kapi
    pencere bahce | باب$ ابواب شباك نافذه حديقه | bab$ shibbak | двер окн калитк ворот забор | викн хвиртк паркан
street: strasse wohnstrasse gasse siedlung nachbar | street neighbour neighbor pavement sidewalk | sokak sokag mahalle
    komsu | شارع جيران حي$ | share3 shari3 | улиц сосед | вулиц сусид
rally: demonstr demo$ kundgebung mahnwache protest aufmarsch fackel umzug lichterzug versammlungsbeh autokorso
    spaziergaeng | demonstrat rally march$ marching vigil mob$ crowd picket chant torch banner | gosteri protesto
    miting yuruyus mesale kalabalik eylem$ pankart slogan | مظاهر متظاهر محتج احتجاج وقفه تجمع لافت مسيره يهتف يتظاهر
    | muzahar mozahar mutazahir muthahar masira | демонстр митинг протест толп шеств марш плакат факел пикет | натовп
    протестувальник акци смолоскип
crowd: leute menschen | people protesters folks | insanlar kisiler | ناس اشخاص | nas$ | люди людеи
patrol: streife ordnungsamt aussendienst politesse vollzugsdienst verkehrsueberwach parkraum knoellchen strafzettel
    falschpark kontroll hausbesuch veterinaer | patrol parking warden enforcement inspect bailiff ticket$ fine$ duty
    outdoor | zabita devriye denetim park$ ceza gorev bilet | دوري تفتيش مخالف وقوف مفتش ميداني | dawriye doriye
    mukhalaf mokhalaf fattish taftish shurta | патрул контрол штраф парков провер билет дежурств | перевирк квитк
driver: fahrer autofahrer | driver motorist passenger cyclist | surucu sofor yolcu | سايق راكب | sawwa2 shofer |
    водител пассажир | води пасажир
spit: gespuckt spuck anspuck angespuckt bespuck ogspuckt angerotzt rotz speichel | spat$ spit spits spitting | tukur |
    بصق | bazaq bza2 | плюн
online: internet netz$ online facebook instagram tiktok twitter telegram youtube kommentar post$ posts$ posting
    shitstorm hasskommentar hetze$ account profil whatsapp chatgruppe | comment posted tweet viral troll inbox page$
    social media | sosyal medya paylas yorum hesap video linc | انترنت فيسبوك تويتر تلغرام انستغرام تعليق منشور وسايل
    صفح حساب | net$ insta fb$ ta3li2 | интернет соцсет феисбук комментар пост$ постом$ твит аккаунт травл травят
    страниц | соцмереж комента допис сторинк цьку акаунт
hate: hass hassmail hassnachricht beschimpf | hate hateful abuse abusive slur | nefret | كراهي | karahiy | ненавист
    злобн злих
insult: beleidig beschimpf angepoebel poebel schimpf angeschrien angebruell | insult abuse verbally swear yell shout
    scream | hakaret kufur kufret bagir | شتم يشتم اهان اهين سب$ سبو صرخ يصرخ صراخ مسيي شتايم | sabb seb$ sabbu shatam
    ysebb yseb masabbat sarakh | оскорб обруг ругат ругают кричал кричит орал крик | образ лают кричат
event: veranstaltung infoabend buergerversammlung buergerdialog podium lesung vortrag fest$ festival festes buehne
    saal$ publikum moderat stoerer | event panel meeting$ stage hall$ audience speaker reading$ exhibition lecture
    moderator heckler | etkinlik toplanti sahne salon konusmaci | فعالي ندو امسي مهرجان منص محاضر قاع اجتماع جمهور
    ميكروفون | nadwe mahrajan ijtima3 masra7 sala$ | мероприят собрани фестивал сцен зал$ зале$ лекци микрофон
    праздник виставк | захид зустрич свят вечор
breakoff: abgebrochen abbruch abbrechen eskalier ausgeartet gesprengt tumult gestuermt niedergebruell niedergeschrien
    | cancelled canceled disrupt stormed chaos hijack brawl shouted | iptal bitirdik yuhala bast | فوضي ايقاف انهاء
    توقف هجم اقتحم شجار | kharbet khna2 | сорва прекрат останов драк потасов | зирва припин зупин биик
chairs: stuehle flaschen$ eier$ becher | chair chairs bottles eggs | sandalye sise | كراسي كرسي قناني | karasi 2anani
    | стул бутилк | стильц пляшк
council: stadtrat gemeinderat kreistag ratssitzung ratsmitglied ausschuss fraktion sitzung tribuene plenum | council
    councillor committee session gallery plenary chair$ | meclis oturum komisyon | مجلس جلس عضو لجن | majles jalset |
    совет заседан депутат комитет галере | засидан ради$ рада$
counter: schalter sprechstunde sprechzeit buergerbuero antragsteller wartebereich empfang hausverbot beratung kunde
    kundin klient | counter client customer visitor consultation waiting surgery office$ | gise gorusme vatandas
    bekleme musteri dilekce | مراجع استقبال انتظار مكتبي | maktab maktabi | посетител прием клиент кабинет очеред |
    видвидувач прииом
training: schulung fortbildung workshop training seminar sensibilis | course | egitim kurs | تدريب دور ورش | dawra |
    тренинг семинар обучен | навчан
skeptic: skepsis skeptisch ueberzeug argument widerstand ueberfluessig uebertrieben zeitverschwend ideologie unnoetig
    ablehn gegenwind kein bedarf | skeptic sceptic sceptical convince argue resistance pointless unnecessary ideology
    nonsense refuse waste persuade priority | ikna direnc gereksiz abarti ideoloj onemse | اقنع متشكك مقاوم رفض يرفض
    مضيع ايديولوج | ba2ne3 2a2ne3 iqna3 | убед скептик ненужн сопротив идеолог приоритет пустои | перекон марн
project: projekt programm konzept strategie aktionsplan massnahme vielfalt diversity leitbild antirassismus
    antidiskriminier | project programme program strategy equality anti initiative | proje cesitlilik esitlik | مشروع
    برنامج تنوع خط$ خطه مساوا | mashru3 barnamej tanawwo3 | проект программ многообраз план | програм ризноманит
racism: rassis diskriminier ausgrenz antisemit | racis discriminat xenophob | irkci ayrimci | عنصري تمييز | 3onsori
    3unsori tamyiz | расис дискримин антисемит
mock: ausgelacht auslach belaechel verspott spott laecherlich grins gutmensch moralapostel augen$ nachaeff nachgeaefft
    ernst$ | laugh mock ridicul smirk joke$ snigger giggle woke oversensitive roll$ eyes clown tease belittl | alay
    gulu guluy dalga sirit ciddiye goz$ | يضحك ضحك يسخر سخر يستهز حساس مهرج | byedhak bydhak bidhak yestehz
    byetmaskhar bydha maskhar byes5ar | смеют смею насмех висме издева передраз всерьез шутк закатив | смиют глузу
    висмию сериозно передраж
stance: haltung einsetz einsatz engagement eintrete zivilcourage fuersprech widersprech | stance stand$ speak advocate
    commitment defend | karsi$ savun durus | ادافع دافع موقف اعترض مساند | bdafe3 maw2af | виступаю защища позици
    возраж | захищаю
leader: fuehrung amtsleit abteilungsleit dezernent chef chefin vorgesetzt leitung | manager director boss head$
    supervisor leadership | mudur yonetici amir sef | مدير مدراء رييس روساء | modir mudir mudara | начальник руковод
    директор | керивни
joke: witz sprueche spruch scherz humor lustig | joke jokes banter humour funny meme | saka espri fikra | نكت نكات مزح
    يمزح | nokat nukat hzzar | шутк шутят анекдот | жарт
coworker: kolleg team$ mitarbeit | colleague coworker workmate teammate staff | arkadas ekip calisan | زميل زملا فريق
    | zamil zumala zmil | коллег сотрудни команд | колег працивни
origin: herkunft hautfarbe kopftuch akzent religion muslim auslaend schwarz$ schwarze tuerk arab jued | skin hijab
    headscarf accent black$ jewish origin islam foreign | ten$ basort aksan musluman memleket yabanci | حجاب لهج اصل
    دين لون مسلم | 7ijab lahj asli din$ | акцент платк кож национал религ мусульман | хустк шкир похож
structure: beschwerdestelle meldestelle anlaufstelle ansprechperson ansprechpartner vertrauensperson zustaendig
    notfallplan schutzkonzept verfahren struktur dienstvereinbarung agg$ regelung clearing | complaint reporting
    contact$ responsible procedure structure policy emergency concept | sikayet basvur sorumlu birim plan yapi$
    mekanizma mercii | شكاوي شكوي مسوول جه$ خط$ طواري هيكل حماي اختصاص | mas2ul shakw khotta 7imaya | жалоб ответств
    контактн концепц служб структур | скарг видповидальн
nothing: kein keine keinen keiner nichts niemand nix fehlt | no$ none nobody nothing without lack | yok$ hic$ kimse |
    لا$ ليس يوجد احد | ma$ mafi | нет$ никто никого ничего | нема ничого нихто
threat: drohung bedroh droht gedroht drohbrief drohanruf morddroh umbring toeten feindesliste todesliste umgebracht |
    threat threaten kill blackmail stalk | tehdit oldur | تهديد هدد يهدد قتل سيقتل انتقام | tahdid hadad hadd yehadd
    2atel yo2tol | угрож угроз убить убии расправ | погроз погрож убити вбив
letter: brief$ briefe$ drohbrief zettel umschlag anruf anrufer mailbox mail$ nachricht telefon | letter note$ envelope
    call$ called caller calls phone voicemail email message text$ | mektup zarf ara mesaj not$ | رساله رسايل ظرف اتصل
    مكالم ورق هاتف | risale rasa2el telephone ettasal | письм конверт звон звонят телефон сообщен | лист$ листи дзвон
    повидомл
weapon: messer waffe kugel patrone axt bombe pulver | knife gun weapon bullet bomb axe powder | bicak silah mermi
    bomba | سكين سلاح رصاص قنبل | sikkin sle7 rsas | нож оруж пул бомб порош | ниж$ ножем зброя кул$ куля
follow: verfolg lauert auflauer wartet stalk beschatt nachgelauf | follow waiting waits lurk | takip bekl | يلاحق
    ينتظر يتبع | byel7a2 yel7a2 yle7 yla7e2 bylahe2 | преслед ждет
    следит | чекае слидку пересл
private: adresse anschrift telefonnummer handynummer wohnort privatadress veroeffentlich gepostet daten$ doxx
    auskunftssperre kennzeichen melderegister | address number$ leaked leak published private$ data$ register personal
    | adres numara ifsa kisisel plaka yayinla | عنوان رقم بيانات نشر نشرو سرب خصوصي | 3enwan ra2mi ra2m nasharo |
    адрес номер данни опублик виложи слили реестр | дани$ виклал злили
school: schule kindergarten kinder$ kita$ tochter sohn | school kids children daughter son$ | okul cocuk kiz$ kizim
    oglum | مدرس اطفال اولاد ابني ابنتي | madrase madraset wlad wladi | школ дети детеи детям дочь син | дити дитеи
    дитям донька
delivery: pizza paket bestellt lieferung | parcel ordered deliver | siparis | بيتزا طلبات طلب | пицц заказ | пиц замов
damage: scheibe reifen kaputt beschmier zerkratz zerstoch eingeschlagen eingeworfen brand angezuend hakenkreuz
    graffiti schmier zerstoer verwuest parole sachbeschaed einbruch lack$ | smash slash scratch vandal swastika broken
    broke arson burned burnt fire$ damage spray paint destroyed tyre tires tyres | lastik kirmis kirdi cizmis yakti
    yakm boya gamali zarar kesmis dagit | كسر حطم ثقب احرق اضرم طلاء زجاج خرب نازي جدار اطارات | kasar 7ara2 dehan
    rashsho ezaz dawalib | разбил свастик прокол поджог подожг поцарап краск разгром взорв испис шин ущерб | розбил
    пидпал подряп фарб розтрощ пидирв
car: auto$ autos$ wagen dienstwagen fahrzeug privatauto | car$ cars$ vehicle | araba otomobil | سيار | sayyar siyara |
    машин автомоб | авто$
hit: geschlagen schlag zusammengeschlagen verpruegel pruegel faust getreten gewuergt geschubst gestossen ohrfeige
    tritt niedergeschlagen | hit$ punch beat beaten kick slap assault attacked strangl headbutt stab push pushed shove
    | yumruk dovdu dovdul vurdu vurdul tekme tokat itti itip bicakla | ضرب يضرب لكم ركل صفع طعن دفع دفعو هاجم | darab
    dafash dafa3 rafas yerfes ta3an hajem | ударил удар избил бил пнул пина толкн пощечин напал | вдарил побил штовх
    ляпас
hurt: verletz blute blutet nase kopf gebrochen krankenhaus arzt wunde schmerz attest rippe arm$ | injur bleed nose
    head$ broken hospital doctor wound pain ribs bruise | yarala kan$ kaniyor burun burnum bas$ basim hastane doktor |
    اصيب اصبت دم$ ينزف انف راس مستشفي طبيب كسر | dam$ 3anfi anfi rasi jre7 | ранен рана кров нос голов больниц врач
    ребр | поранен нис$ ликарн ликар
help: helfen helfe unterstuetz beistehen beistand begleit troest zeuge zeugin zusehen beobacht | help support comfort
    witness bystander accompan testify | yardim destek tanik sahit | اساعد مساعد ادعم شاهد اقف كيف شهاد | sa3ed bse3ed
    shahed eshhad | помоч помощ поддерж свидетел показан | допомог пидтрим свидк свидч
family: mein mann$ frau$ bruder schwester mutter vater freund freundin partner | husband wife brother sister mother
    father friend son$ daughter | esim kocam karim kardes anne baba arkadasim kizim oglum | زوج زوجت اخي اختي امي ابي
    صديق صديقت | jozi marti sadi2 khayye | муж$ жена жене жену брат сестр друг подруг | чоловик дружин
mayor: buergermeister landrat landraet oberbuergermeister | mayor | baskan belediye$ | رييس بلدي عمد | ra2is | мер
    бургомистр | мер$ мера$
stranger: unbekannt fremd | stranger unknown anonymous | yabanci bilinmeyen tanimadig | غريب مجهول | gharib majhul |
    неизвест незнаком аноним | невидом незнаиом
"""


LEAST: Final = 3
"""Letters that a beginning has at least."""

LEAST_INSIDE: Final = 5
"""Letters of a beginning that is also looked for inside compounds."""


@functools.cache
def notions() -> Mapping[str, str]:
    """Which notion each beginning of a word stands for; one that ends with "$" is a whole word."""
    found: dict[str, str] = {}
    for notion in re.split(r"\n(?=\S)", NOTIONS.strip()):
        name, _, words = notion.partition(":")
        for word in words.replace("|", " ").split():
            found.setdefault(word, name)
    return found


def find_notions(word: str) -> Iterator[str]:
    """Yield what a folded word means: as a whole, by its beginning, by what is inside it; the longest counts."""
    known, longest = notions(), _longest()
    if (whole := known.get(f"{word}$")) is not None:
        yield whole
    least = LEAST
    for start in range(max(1, len(word) - LEAST_INSIDE + 1)):
        for end in range(min(len(word), start + longest), start + least - 1, -1):
            if (name := known.get(word[start:end])) is not None:
                yield name
                break
        least = LEAST_INSIDE


@functools.cache
def _longest() -> int:
    return max(map(len, notions()))
