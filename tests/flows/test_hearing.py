"""What people really type: half answers, refusals, greetings that are days, words after a crisis."""

from __future__ import annotations

import pytest

from bot.flows.exchange import Offered, OpenCase, Said, Send, Started, TimerFired, Transport
from bot.flows.playbook import Playbook
from bot.flows.sentences import SENTENCES
from tests.flows.worlds import Talk, library_of, read, world_of

RECEPTION = """
id: empfang
type: empfang
title: {de: Empfang, en: Reception, de-simple: Empfang}
review_by: 2027-02-21
steps:
  was:
    kind: text
    text: {de: Was ist passiert?}
    purpose: {de: Zum Finden.}
    keep: nicht
    unknown: false
    decline: false
  angebot: {kind: offer_playbooks, text: {de: Was trifft zu?}, other: noch}
  noch:
    kind: text
    text: {de: Anders gesagt?}
    purpose: {de: Zum Finden.}
    keep: nicht
    unknown: false
    decline: false
  angebot_zwei: {kind: offer_playbooks, text: {de: Und jetzt?}, other: ende}
  ende: {kind: end, outcome: beendet, text: {de: Dann ohne Liste.}}
"""
WALK = """
id: weg
title: {de: Ein Weg}
menu: 1
review_by: 2027-02-21
steps:
  gefahr:
    kind: choose
    tags: [gefahr]
    short: {de: Gefahr}
    text: {de: Sind Sie in Gefahr?}
    options:
      ja: {label: {de: Ja}, tags: [gefahr], go: notruf}
      nein: {label: {de: "Nein, gerade nicht"}, go: weiss}
  notruf: {kind: message, tags: [notruf], text: {de: "{notruf}"}}
  weiss:
    kind: choose
    short: {de: Weiß es}
    text: {de: Weiß es jemand?}
    options:
      hilft: {label: {de: "Ja, und man hilft mir"}}
      schweigt: {label: {de: "Ja, aber niemand hilft"}}
  wann: {kind: when, short: {de: Wann}, text: {de: Wann war das?}}
  liste:
    kind: checklist
    short: {de: Liste}
    text: {de: Was ist gesichert?}
    items: {a: {label: {de: Das Erste}}, b: {label: {de: Das Zweite}}}
  texte:
    kind: choose
    text: {de: Welchen Text?}
    unknown: false
    decline: false
    options:
      brief: {label: {de: Ein Brief}}
      keine: {label: {de: "Nein, danke"}}
  vorgang:
    kind: offer_case
    text: {de: Soll ich das so festhalten?}
    include: [weiss, wann]
    accepted: ende
    declined: ende
  ende: {kind: end, text: {de: Bis dann.}}
"""


@pytest.fixture
def files() -> dict[str, Playbook]:
    """Two small files."""
    return {file.id: file for file in map(read, (RECEPTION, WALK))}


@pytest.fixture
def talk(files: dict[str, Playbook]) -> Talk:
    """A talk at the first question of the walk."""
    talk = Talk(world_of(library_of(files)))
    talk.do(Started(language="de"))
    talk.do(Said(text="etwas", offered=(Offered("weg", 1.0),)))
    talk.do(Said(text="1"))
    return talk


def say(talk: Talk, *texts: str) -> list[str]:
    """Type these one after the other; what came back last."""
    for text in texts:
        talk.do(Said(text=text))
    return talk.texts()


def to_case(talk: Talk) -> None:
    """Answer up to the offer of a case."""
    say(talk, "nein", "man hilft mir", "gestern", "fertig", "nein danke")
    assert talk.question().text.startswith("Soll ich das so festhalten?")


@pytest.mark.parametrize("words", ["nein", "nein danke", "lieber nicht", "nichts", "nichts speichern", "überspringen"])
def test_a_no_stores_nothing(talk: Talk, words: str) -> None:
    """However it is put."""
    to_case(talk)
    assert say(talk, words)[-1] == "Bis dann."
    assert not [effect for effect in talk.turns[-1].effects if isinstance(effect, OpenCase)]


@pytest.mark.parametrize("words", ["fertig", "alles", "weiß nicht", "vielleicht", "weiter"])
def test_what_is_no_clear_yes_stores_nothing(talk: Talk, words: str) -> None:
    """It is asked again instead."""
    to_case(talk)
    say(talk, words)
    assert talk.question().text.startswith("Soll ich das so festhalten?")
    assert not [effect for turn in talk.turns for effect in turn.effects if isinstance(effect, OpenCase)]


@pytest.mark.parametrize("words", ["ja", "so speichern", "ja bitte"])
def test_a_yes_stores_what_is_ticked(talk: Talk, words: str) -> None:
    """Everything is ticked at first; what is chosen is struck."""
    to_case(talk)
    assert [choice.ticked for choice in talk.question().choices] == [True, True, False, False]
    say(talk, "1")
    say(talk, words)
    (case,) = [effect for effect in talk.turns[-1].effects if isinstance(effect, OpenCase)]
    assert [line.name for line in case.lines] == ["wann"]


def test_what_is_not_understood_about_danger_is_answered_with_the_number(talk: Talk) -> None:
    """Nobody waits for the program to understand."""
    assert "110" in say(talk, "die sind noch da")[0]


def test_an_answer_that_fits_twice_names_both(talk: Talk) -> None:
    """A bare yes where two answers begin with yes."""
    said = say(talk, "nein", "ja")
    assert "„Ja, und man hilft mir“ oder „Ja, aber niemand hilft“" in said[0]


def test_morgen_is_a_day_where_a_day_is_asked_for(talk: Talk) -> None:
    """And no greeting."""
    assert say(talk, "nein", "man hilft mir", "morgen")[0] == SENTENCES["future"]["de"]


def test_a_no_to_when_is_a_refusal(talk: Talk) -> None:
    """It goes on."""
    say(talk, "nein", "man hilft mir", "nein")
    assert talk.question().text.startswith("Was ist gesichert?")


def test_whoever_does_not_know_a_checklist_goes_on(talk: Talk) -> None:
    """A list to tick off asks nothing that must be known."""
    say(talk, "nein", "man hilft mir", "gestern", "weiß nicht")
    assert talk.question().text == "Welchen Text?"


def test_skipping_works_from_the_way_around(talk: Talk) -> None:
    """After three misunderstandings the word means the question, not the offer to skip it."""
    say(talk, "nein", "asdf", "qwer", "yxcv")
    assert "überspringen" in str(talk.question().choices[1].label)
    say(talk, "überspringen")
    assert talk.question().text.startswith("Wann war das?")


def test_nobody_is_trapped_in_a_question_of_the_lotse(talk: Talk) -> None:
    """Deleting is asked three times at most; then nothing was done."""
    say(talk, "löschen", "asdf", "qwer")
    assert say(talk, "yxcv")[0] == SENTENCES["nothing_done"]["de"]
    assert talk.question().text == "Sind Sie in Gefahr?"


def test_words_after_a_crisis_are_never_not_understood(talk: Talk) -> None:
    """They are answered with somebody who listens, however many there are."""
    say(talk, "ich will nicht mehr leben", "weiterschreiben")
    for words in ("es ist alles so dunkel", "ich weiß nicht weiter", "asdf", "naa"):
        said = say(talk, words)
        assert "116 123" in said[0]
        assert SENTENCES["unclear_1"]["de"] not in said


def test_the_same_list_is_not_offered_twice(files: dict[str, Playbook]) -> None:
    """Whoever found nothing in it goes on without."""
    talk = Talk(world_of(library_of(files)))
    talk.do(Started(language="de"))
    say(talk, "es ist was", "etwas anderes")
    assert say(talk, "kollegen")[0] == "Dann ohne Liste."


def test_other_words_that_mean_something_are_offered(files: dict[str, Playbook]) -> None:
    """The second time as well."""
    talk = Talk(world_of(library_of(files)))
    talk.do(Started(language="de"))
    say(talk, "es ist was", "etwas anderes")
    talk.do(Said(text="vor dem haus", offered=(Offered("weg", 1.0),)))
    assert talk.question().text == "Und jetzt?"


UNCLEAR = """
    unclear:
      text: {de: Wo war das?}
      options:
        hier: {label: {de: Zu Hause}, also: [daheim], playbooks: [weg, anderer]}
        dort: {label: {de: Im Netz}, playbooks: [anderer]}
"""


@pytest.fixture
def unclear(files: dict[str, Playbook]) -> Talk:
    """A talk in which nothing could be heard at first."""
    reception = RECEPTION.replace(
        "angebot: {kind: offer_playbooks, text: {de: Was trifft zu?}, other: noch}",
        f"angebot:\n    kind: offer_playbooks\n    text: {{de: Was trifft zu?}}\n    other: noch{UNCLEAR.rstrip()}",
    )
    other = WALK.replace("id: weg", "id: anderer").replace("de: Ein Weg", "de: Der andere").replace("menu: 1\n", "")
    talk = Talk(world_of(library_of({file.id: file for file in map(read, (reception, WALK, other))})))
    talk.do(Started(language="de"))
    say(talk, "es ist was")
    return talk


def test_one_question_instead_of_a_list_when_nothing_is_heard(unclear: Talk) -> None:
    """It asks where it was; the answer narrows the offer, and what is offered can be taken."""
    asked = unclear.question()
    assert asked.text == "Wo war das?"
    assert [choice.label for choice in asked.choices] == ["Zu Hause", "Im Netz", "Etwas anderes"]
    say(unclear, "daheim")
    assert [choice.label for choice in unclear.question().choices] == ["Ein Weg", "Der andere", "Etwas anderes"]
    assert say(unclear, "ein weg")[-1].startswith("Sind Sie in Gefahr?")


def test_own_words_at_that_question_count_too(unclear: Talk) -> None:
    """However unsure they are: nothing better was offered yet. Then further words take the place of a guess."""
    unclear.do(Said(text="bei uns am zaun", offered=(Offered("anderer", 0.3), Offered("weg", 0.2))))
    assert [choice.label for choice in unclear.question().choices] == ["Der andere", "Ein Weg", "Etwas anderes"]
    unclear.do(Said(text="am zaun war er", offered=(Offered("weg", 0.5),)))
    assert [choice.label for choice in unclear.question().choices] == ["Ein Weg", "Etwas anderes"]


def test_words_that_say_nothing_lead_to_a_human(unclear: Talk) -> None:
    """Asked again kindly, then a human and a way around; "something else" asks for other words."""
    assert say(unclear, "hm")[-1] == "Wo war das?"
    assert "Menschen" in str([choice.label for choice in (say(unclear, "tja", "ach"), unclear.question())[1].choices])


def test_something_else_at_that_question(unclear: Talk) -> None:
    """Other words are asked for; when they say nothing either, it goes on without a list."""
    assert say(unclear, "etwas anderes")[-1].startswith("Anders gesagt?")
    assert say(unclear, "nichts davon")[0] == "Dann ohne Liste."


def test_a_single_offer_can_be_taken_by_its_name(files: dict[str, Playbook]) -> None:
    """Whoever repeats what it is about says yes."""
    talk = Talk(world_of(library_of(files)))
    talk.do(Started(language="de"))
    talk.do(Said(text="etwas", offered=(Offered("weg", 1.0),)))
    assert say(talk, "ein weg")[-1].startswith("Sind Sie in Gefahr?")


def test_nothing_unreleased_runs_on_a_real_transport(files: dict[str, Playbook]) -> None:
    """Not by opening, not by writing, not by an alarm; a human is named instead."""
    telegram = Transport(name="telegram", encrypted=False, edits=True, real=True)
    talk = Talk(world_of(library_of(files), transport=telegram, drafts=False))
    talk.do(Started(language="de"))
    for incoming in (Said(text="bei mir vorm haus ist eine demo"), Started(), TimerFired(name="x", about="weg")):
        talk.do(incoming)
        sent = [effect for effect in talk.turns[-1].effects if isinstance(effect, Send)]
        assert not any(send.token for send in sent)
        assert talk.state.at is None


ENOUGH = """
      genug: {label: {de: Genug für heute}, also: [schluss für heute, reicht], go: ende}
  vorgang:
"""


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("schluss für heute", "Bis dann."),
        ("für heute genug", "Bis dann."),
        ("abbrechen", SENTENCES["cancelled"]["de"]),
        ("brich das hier ab", SENTENCES["cancelled"]["de"]),
        ("bitte nicht mehr schreiben", SENTENCES["stopped"]["de"]),
    ],
)
def test_what_an_option_offers_is_the_answer(said: str, answer: str) -> None:
    """Words that would cancel elsewhere choose the option that says so; the bare word, and other wishes, go before."""
    walk = WALK.replace("\n  vorgang:\n", ENOUGH)
    talk = Talk(world_of(library_of({file.id: file for file in map(read, (RECEPTION, walk))})))
    talk.do(Started(language="de"))
    talk.do(Said(text="etwas", offered=(Offered("weg", 1.0),)))
    say(talk, "1", "nein", "man hilft mir", "gestern", "fertig")
    assert talk.question().text == "Welchen Text?"
    assert say(talk, said)[0] == answer
