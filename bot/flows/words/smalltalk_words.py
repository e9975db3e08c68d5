"""The phrases of small talk by topic, in the notation of `phrases`; folded when they are compiled, as commands are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.flows.words import command_words

FILLERS: Final = command_words.FILLERS | frozenset(
    "haha hahaha hehe hihi lol xd hm hmm mhm oh ah echt wirklich sehr ganz ganze so total richtig voll mein"
    " meine alles"
    " war ist bist for so much very really all your my is was are der dir ihnen uns euch".split()
)

PHRASES: Final[Mapping[str, str]] = {
    "wer_bist_du": """
        wer|was|wie bist|sind|biste du|sie|biste|ihr
        ? denn eigentlich fuer einer alt genau so
        wer|von|wann wem|hat|steckt|betreibt|programmiert|gemacht|gebaut|entwickelt|betreut|wurdest|gehoert \
            dich|sie|du|hinter|dahinter|das|dir
        ? programmiert gemacht gebaut entwickelt erfunden erschaffen trainiert eigentlich wurdest worden betreibt
        ? steckt hat hier
        wie|hast|was heisst|heissen|name|namen|dein du|sie|dein|ist|name
        ? namen einen fuer ist
        hast|kannst|magst|schlaefst|traeumst|fuehlst|denkst|lernst du|sie \
            gefuehle|fuehlen|denken|hobbys|freunde|familie|witze|schlafen|geschwister|urlaub|eigentlich|nachts|essen|kinder|etwas
        ? auch eigentlich nie was
        erzaehl|erzaehle|kennst|sag|mach|tell witz|witze|joke|spruch|lustiges|geschichte
        ? etwas was guten deinen gute joke
        wie|what wetter|weather
        ? wird heute morgen today like
        wie spaet|uhrzeit
        ? ist wieviel uhr
        who|what are|made|built|programmed|created|runs you|u|this
        ? really exactly by
        whats|what|do your|name|have name|you
        ? is a
        kimsin|adin|kim|seni sen|ne|yapti|kimsin|programladi
        ? bir senin
        кто|как ты|вы|тебя|вас
        ? такои зовут сделал создал такие
        хто|як ти|ви|тебе|вас
        ? такии звати зробив створив такі
        من|شو|ما انت|اسمك
        ? هو
        min|shu|meen enta|inta|ismak|esmak|enti|inti
    """,
    "befinden": """
        wie geht|gehts|gehtsn|laeufts|laeuft|ist
        ? dir ihnen es heute so selbst dein tag euch bei
        alles klar|gut|fit|okay|paletti|roger dir|ihnen|na|euch
        ? bei dir soweit
        was|wos geht|machst|gibts|treibst|laeuft
        ? so ab du neues gerade heute
        und|na dir|selbst|ihnen|du
        ? wie gehts
        how are|is|r|goes|going|do you|u|it|everything|doing|your
        ? today doing going day do
        whats|what|wassup|sup up|sup|wassup|new
        ? is
        nasilsin|naber|nasil|nasilsiniz
        ? bugun gidiyor iyi misin
        как дела|жизнь|ты
        ? у тебя поживаешь
        як справи|ти|ся
        ? у тебе маєш
        كيف|كيفك|شلونك حالك|كيفك|الحال|شلونك
        ? انت
        kifak|keefak|kif|kifek|keef|shlonak|shu kifak|keefak|halak|kifek|shlonak|akhbarak|halek
        ? el
    """,
    "dank": """
        danke|dank|dankeschoen|merci|vergelts|thx|thanks|thank|ty|danggeschen|dankschoen|bedankt
        ? alles klar okay ok
        ? vielen lieben dank gott schoen dir hilfreich geholfen hat hast sehr nett lieb super toll gut fuer deine
        ? ihre hilfe muehe geduld
        ? zeit infos info tipps tausend herzlichen besten lot lots helpful help helped your great that much very tip
        ? antwort auskunft unterstuetzung wuensche guten schoenen tag abend bis dann bald tschuess gewesen prima
        ? perfekt wars erstmal schon mal weitergeholfen jetzt weiss bescheid und
        super|toll|klasse|prima|perfekt|spitze|wunderbar|cool|great|perfect|awesome|nice|genial|stark|hilfreich|helpful
        ? gemacht sache service job idee programm bot das hilft echt hat geholfen du bist
        das|hat|hast hilft|geholfen|hilfreich
        ? sehr weiter viel super gut
        du|sie|bist hoeflicher|netter|freundlicher|besser|geduldiger|schlauer|lustiger als|wie
        ? bist ja chef chefin kollege kollegen mann frau manche viele meine mein hier die der meisten alle menschen
        ? andere
        du|sie|bist \
            lieb|nett|toll|super|cool|klasse|freundlich|hoeflich|schlau|lustig|witzig|klug|suess|gut|spitze|prima|hilfreich
        ? bist sind ja aber auch ganz richtig
        good|well bot|job|done
        you|youre are|nice|kind|great|helpful|polite
        ? nice kind great helpful polite funny than boss
        tesekkur|tesekkurler|tesekkuer|tesekkuerler|sagol|sagolun|eyvallah
        ? ederim ederiz cok yardim icin
        спасибо|благодарю
        ? большое вам за помощь очень помогли
        дякую|спасибі|дуже
        ? щиро вам за допомогу допомогли
        شكرا|مشكور|يسلمو
        ? جزيلا لك لكم كثير كتير على المساعده يعطيك العافيه
        shukran|choukran|sukran|yislamo|shokran
        ? ktir jazilan kteer ya3tik el 3afye
    """,
    "mensch_frage": """
        bist|sind|biste du|sie|biste|ihr \
            mensch|bot|computer|maschine|roboter|ki|ai|echt|chatbot|programm|chatgpt|automat|person|kuenstliche|lebendig|real
        ? kein oder nur echter echte richtiger intelligenz etwa wohl nicht
        spreche|schreibe|rede|chatte|schreib|red|sprech mit \
            menschen|computer|maschine|bot|ki|roboter|programm|person
        ? einer einem echten richtigen oder hier
        sitzt|ist|antwortet|schreibt|liest da|dort|hier|gerade mensch|jemand|wer
        ? echter richtiger am anderen ende ein computer oder dahinter hinter
        are|r you|u|this human|bot|robot|machine|real|person|ai|computer|chatbot
        ? or a actual
        am|is talking|speaking|chatting|writing|someone human|bot|machine|person|robot|computer|real|there
        ? with or real
        sen|siz insan|robot|bot|makine|gercek misin|misiniz|mi|musun
        ? bir yoksa
        ты|вы человек|бот|робот|машина
        ? или живои настоящии
        ти|ви людина|бот|робот|машина
        ? чи жива справжня
        هل|انت انت|انسان|روبوت|انسان|اله
        ? ام روبوت
        enta|inta|enti|inti insan|robot|bot
        ? wala aw
    """,
    "tadel": """
        du|bot|programm|computer|bist|lotse doof|dumm|bloed|nutzlos|unnuetz|unbrauchbar|schlecht|daemlich|langsam
        ? bist ist bloeder bloedes dummer dummes aber auch ja wirklich der das dieser dieses
        you|bot|program|youre stupid|dumb|useless|rubbish|bad|terrible|slow
        ? are is youre this the
    """,
    "abschied": """
        tschuess|tschues|tschuessi|tschuesschen|ciao|tschau|bye|goodbye|wiedersehen|pfiat|pfiati|pfiadi|bis
        ? auf dann bald morgen spaeter di see you later machs gut schoenen tag noch
        machs|mach gut|gut
        ? bis bald dann
        see you
        ? later soon then tomorrow
        hoscakal|hoscakalin|gorusuruz|goeruesueruez
        gule|guele gule|guele
        до свидания|скорого|встречи
        пока
        до побачення
        бувай|бувайте|папа
        مع السلامه|السلامة
    """,
    "gruss": """
        hallo|hi|hey|hallihallo|halloechen|moin|moinmoin|servus|serwus|gruezi|gruessgott|griass|griasdi|tach|tag|hello|hiya|huhu|heyhey|holla|yo|ahoi|mahlzeit|hoi|sers|habedere|na|halli|morgen|morning|nabend
        ? moin guten da zusammen lotse bot ihr there again good gott euch enk wieder bin leute team liebes
        guten|gutn|schoenen|gude|guede morgen|tag|abend|tach|nachmittag|wochenende|feierabend|nacht|gude|mittag
        ? schoenen auch noch dir ihnen wuensche allen zusammen da leute euch
        gruess|gruesse|griass gott|dich|di|euch|sie|enk
        ? an
        good morning|evening|day|afternoon|night
        ? to you
        merhaba|selam|selamlar|gunaydin|selamun
        ? aleykum nasilsin iyi gunler
        iyi gunler|aksamlar|geceler
        مرحبا|السلام|اهلا|سلام|هلا
        ? عليكم وسهلا صباح الخير
        صباح|مساء الخير|النور
        marhaba|salam|salaam|ahlan|assalamu|salamu
        ? alaikum aleikum wa sahlan 3alaykum aleykum
        привет|здравствуите|здравствуи|здрасьте|здрасте|приветик
        ? всем снова
        добрыи|доброе|добрыи день|вечер|утро
        привіт|вітаю|добридень
        ? всім знову
        добрии|добрыи|доброго день|вечір|ранок|дня
        ? ранку
    """,
}
