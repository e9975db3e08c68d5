"""Real words that lie one or two letters beside a word of the crisis phrases, and are no typo of it.

Owns: the list that keeps "verstehen" from being read as "erstechen", "streben" as "sterben". Made by comparing the
80,000 most frequent German words (and 20,000 English ones) with the phrases; to be made longer whenever
an ordinary sentence is called a crisis because of a look-alike. Folded (`reading.fold`) when it is read.
"""

from __future__ import annotations

from typing import Final

LOOKALIKES: Final = """
    abbrechen abbringen abfallen abgeben abgehaengt abgesprungen abgetan abhaenge abhaengen abheben ablegen ableiten
    ablesen abloeschen abloesung abprallen abruecken abschied abschieden abschiessen abschlagen abschluss
    abschneiden absehen absprechen abspringen abstecher abstecken absteigen abstellen absterben abstrichen absuchen
    abwickeln abzubringen abzuhaengen abzutun abzuwenden alacagim alet alias alive alls alte alten anbringen andere
    anfaenge anfaengen angebracht angehaengt angesprungen angeworfen anhaenge anhaengen anhalten anmutenden annehmen
    anschlagen anschluss anschreiben anschreien anspringen anstehen ante anton antreiben antreten antrug antut
    anwenden anwerfen anzubinden anzubringen anzuegen anzuendet anzuhaengen anzumelden anzuwenden anzuzuenden arrive
    asagida asagidaki asagilik asagiya asamasinda aufblitzen aufbringen aufdraengen auffangen aufgebracht
    aufgedraengt aufgehen aufgehetzt aufgemacht aufgesetzt aufgesucht aufgetaucht aufgeweckt aufgeweicht aufhaenger
    aufhaengt aufhaengung aufhalten aufhören aufkochen aufmachen aufmacher aufmacht aufschreiben aufschreien
    aufsetzen aufsitzen aufspringen aufsuchen auftauchen auftritten aufwachse aufwachsen aufwachsend aufwachst
    aufwaechst aufwarten aufwecken aufzubringen aufzufangen aufzumachen aufzusuchen aufzutauchen aufzuwachsen
    ausbringen ausgaenge ausgaengen ausgebracht ausgedacht ausgelacht ausgemacht aushaengen auslachen ausloeschung
    ausloesen ausloesten ausmachen ausscheiden ausschluss ausschneiden aussichtslosen aussitzen ausstechen
    auswaschen ausweis ausweise auszumachen auto baenden baendigen balkone ball bauch beben bedanke bedanken
    beendete beendeten beendigung beerdigen behalten beibringen beitragen beleidigen believe bend benda benommen
    bescheid bescheide beschiessen beschlagen beschluss beschneiden besetzen bestechen betragen bleiben blenden
    blendet bogart bogazici bogdan bogenhausen bogens bogenschiessen bogenschuetze bogenschuetzen bogner bogota
    boten brauch breath breathes breaths bringst brote bruechen brueck brüche brücken buck buecken bücher cats cult
    cute dachs danken dermassen didn died diet down draengen drauflegen drawn drown druecke druecken drying duester
    duesterer duesteres duesuenen dunklem dunkler dunkles dying eben ebenda editieren einberufen einbringen einem
    einen eingehen einkehren einloesung einnahme einnahmen einrahmen einschalten einschlagen einschneiden einsehen
    eintragen eintreiben einweihen einweisen einwenden einwirken einzunehmen elba elben elender emma ende enden
    endet endloesung entgleisen entkleiden entledigen entleeren entnehmen entscheiden entwerfen entzuenden erbe
    erben erbrechen erbringen erfragen ergangen erhabenen erhaerten erhoehung erkaufen erkranken erlangen erloeser
    erloeste erlös erlöschen erlöse ermessen errangen ersaufen erschienen erschiesst erschiessung erschlaegt
    erschliessen erschliesst erschlossen erschossen ersehen ersetzen erstehen erstellen ersteren ersticken erstochen
    erstrecken ersuchen ertraege ertraegen ertraenkt ertragend ertrank ertranken ertrinken ertrunken erwachsen
    erwachten erwaegen erwaermen erwecken erwerben erwuergt everybodys everyones exit exiting fackeln fahnen fahrer
    fahrt fallend familien fast feinster fenstern fensters ferne fester fiat file finster finsteren finsterer fälle
    fällt ganzer ganzes gebaren geben gebogen geborene geborgen geboten gedankens gedanklich gedankt gedenke
    gedenken gedrungen geendet gefallen gefälle gefällt gekommen gelaende gelaendes gelaenge gelandet gelenler
    geltende geltendem geltenden geltender geltendes genommene gerissen gerungen geschickt geschlagen geschlecht
    geschmeckt geschmueckt geschockt geschwind gestern gestochen gestoerten gestohlen gestorbene gestorbenen
    gestossen gesuender gesungen getraenke getraenken gewaender geworben goesteren gutmachen haengen haltet hand
    hangs heart heben heimgehen hetze hetzen hingeworfen hinnehmen hinwerfen hitze hitzen hoffnungslose
    hoffnungslosen hoffnungsloser hoffnungsvoll hofft hose huepfer hufen hunt hupen hurts hut icht imma inlaender
    interim intern interna internal internet intim islaender istanbul istedi istedik istemek istemis istemiyoruz
    isterdim isteriz isterseniz istiyor istiyordu istiyorsun itself kapieren kinde kinders kippe kiyafet kiyamet
    kiyasla kiymetli klarmachen klipp knallen kopieren kosten kratzen kreieren kreierten kruecke kruecken kuendigen
    kugeln laender lasst last laste lasten lebend lebendigen lebensart lebenshilfe lebenskunst lebenswelten legen
    leiter lesen lest lied life like line lippe list live lived liver lives loesung love lust lücke maechte
    medikament medikamenten medikamentoes medikaments mehre mehrere meier meter miene miner miterleben mitmachen
    mitnehmen mochte moechtet muendigen nebel neighbors neighbours netze niemandem niemandes noten noting odun
    oeffnungen oelue oete oldu olive olle olur onda overcoming pace paletten perspective perspectives perspektiven
    peruecken pille post premieren quoten raengen ranken rast ratschlag rausgehen raushaengen rausschneiden regieren
    reiben relive rende respektive revieren gerotzt rotzt
    rite riten ritt ritter ritzel rize rosten rote roten ruck ruecken
    rumhaengen rücke schaben schade schadens schadet schaeden schaenden schaerfen schaf schafe schafen schaffen
    schaffens schaffer schaffst schafft schaffte schalen schalten schanzen scharen scharfe scharfen scharfes
    scharren schauen scheiben scheid scheide scheiden scheidet scheinen scherben scheren schergen scherzen schicken
    schieben schieden schieren schiesse schiessen schiffe schiffes schiffs schlachten schlacke schlaffe schlagen
    schlanken schlecker schleiden schleifen schlichen schlick schlitz schlitzen schluchten schluchzen schlucker
    schluckt schluckte schlugen schlusse schlüsse schlüssel schmatzen schmecken schmieden schmuck schmucke schmucken
    schmuecken schnacken schnecken schneider schneiderin schneidern schneiders schneidest schneidet schneien
    schneise schneit schnellen schniedel schocken schrecken schreiben schreiten schueren schuerfen schuerzen
    schurken schuss schwaben schwachen schwaenzen schwaermen schwalben schwammen schwanden schwanken schwanze
    schwanzes schwarte schwarz schwarzem schwarzer schwarzes schwatzen schweben schweden schweifen schweigen
    schweinen schweren schwirren schwitze schwitzen seam selb selbe selbs senden serbe serben setze shoe shot siam
    sicherlich sichtbar silos sind sing singt sinken sinne sinnen sinnvoll sitze sitzen sitzung sock sooooo soooooo
    spenden sprangen sprengen spring springer springs springt sprinten spritzen sprung sprunge stab stabil starben
    stare stechen stem ster sterbend sterbens stern sterne sternen steuer steueramt steuern stille strange strebe
    strebend strich stricke stricken stuerme stuermen stuerzt stuerzte stuerzten stuetze stuetzen stücke suendigen
    tabelle tabellen tablets tablett talenten tanken tanzenden tatsachen team teilnehmen telegramm tete thee tied
    toiletten tote toten totgeschlagen totlachen totschlaeger totschlags traenke traenken treiben trick töte
    ueberfahrt ueberfallen ueberfuehren uebernahmen uebrigen umbrien umbruch umbrueche umhaengen umlagen umme
    umringen umringt umschlagen umwegen unerfahren unsicher unsichtbare unsichtbaren unsichtbarer unsichtbares
    unterbringen unterstuetzen verabreden verabredet verabscheue verabscheuen verabschiedeten verabschiedung
    verbieten verbissen verboten verbrechen verbringen verdecken verdeckten verdenken verdruecken vereinten
    verfassen vergassen vergelten vergessen vergiessen vergiftet vergiftete vergifteten vergiftung vergingen
    vergisst vergossen vergriffen vergueten verhaengen verhaengt verhaften verheissen verkacken verkaeufen verlegen
    verlegten verleihen verleiten verlernen verlesen verlesung verletzend verletzt verletzte verletzter verletzung
    verliessen verlosung vermerken vermessen vermieden vermiesen vermiest vermiete vermieten vermischen vermischt
    vermissten vermisster vermittelt vernetzen vernetzt vernetzten verpacken verpassen verpissen verpisst verputzen
    verrechnen verreckt verreisen verrieten verrueckten verschiebt verschieden verschissen verschlagen verschliessen
    verschlingen verschluckt verschwand verschwanden verschwende verschwenden verschwendet verschwieg verschwiegen
    verschwimmen verschwindend verschwindens verschwindet verschwunden verschwundene versenken versetzen versetzt
    versetzten versifften verstecken verstehen verstorben verticken vertieften vertragen verwiesen verwinden
    süzdü süzdüler zerstochen
    vorhaengen vormachen vorruecken vorschlag vorschlage vorschlagen vorwissen vurmak waited walten wann wanne
    wanted weben wehte weismachen weite weitere weiteren weitergeben weitergehen weiterleiten weiterlesen well
    wellen welter weltweit wende wenden werben wettmachen witze wortlos wuergen wählt yakaladi yakalamak yakalandi
    yakinda yakindan yakininda yakinlarinda yakisikli yaklasik yaklasim yakuza yasak yasam yasama yourself zerrissen
    zerschlagen zersetzen zubringen zuenden zugebracht zuschlagen zuschneiden zuviel zuvor öffnung вбитий жидкость
    жизненно жилье житло смерч убит убита умеет умение хотя хотят хотять хоча
"""
