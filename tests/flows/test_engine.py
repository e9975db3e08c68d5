"""What the engine promises for any playbook and any input, and the words that always work."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows import conversation as states
from bot.flows import exchange
from bot.flows.address import DU
from bot.flows.commands import TOPICS, Command
from bot.flows.emergency import emergency_text
from bot.flows.engine import advance
from bot.flows.exchange import (
    AddToCase,
    CancelTimers,
    CodeGiven,
    Finish,
    Forget,
    Offered,
    OpenCase,
    Pressed,
    Remind,
    Resumed,
    Said,
    Send,
    Settle,
    Started,
    Stopped,
    TimerFired,
    Transport,
    Unreadable,
)
from bot.flows.playbook import Playbook
from bot.flows.program import Program
from bot.flows.sentences import LANGUAGES, SENTENCES
from bot.flows.walking import MAX_EFFECTS_PER_TURN
from tests.flows.made import files
from tests.flows.worlds import NOON, Talk, library_of, read, shipped_library, world_of

RECEPTION = """
id: empfang
type: empfang
title: {de: Empfang, en: Reception, de-simple: Empfang}
review_by: 2027-02-21
steps:
  gruss: {kind: message, text: {de: Ich bin eine Maschine.}}
  was:
    kind: text
    text: {de: Was ist passiert?}
    purpose: {de: Zum Finden.}
    keep: nicht
    unknown: false
    decline: false
  angebot: {kind: offer_playbooks, text: {de: Was trifft zu?}, other: ende}
  ende: {kind: end, outcome: beendet}
"""
WALK = """
id: weg
title: {de: Ein Weg}
menu: 1
review_by: 2027-02-21
steps:
  anfang: {kind: message, text: {de: Erster Hinweis}}
  gefahr:
    kind: choose
    short: {de: Gefahr}
    text: {de: Sind Sie in Gefahr?}
    options:
      ja: {label: {de: Ja}, go: notruf}
      nein: {label: {de: Nein}, go: rolle}
  notruf: {kind: message, tags: [notruf], text: {de: "{notruf}"}}
  rolle:
    kind: choose
    short: {de: Rolle}
    text: {de: Welche Rolle?}
    options:
      leitung: {label: {de: Leitung}}
      team: {label: {de: Team}}
  zweig:
    kind: branch
    cases: [{if: {answer: rolle, is: leitung}, go: nur_leitung}]
    else: liste
  nur_leitung: {kind: message, text: {de: Nur für die Leitung}}
  liste:
    kind: checklist
    short: {de: Liste}
    text: {de: Was ist erledigt?}
    items: {bild: {label: {de: Bild}}, link: {label: {de: Link}}}
  worte:
    kind: text
    short: {de: Worte}
    text: {de: Was wurde gesagt?}
    purpose: {de: Für das Protokoll.}
    keep: vorgang
  wann: {kind: when, short: {de: Wann}, text: {de: Wann war das?}}
  frist: {kind: set, values: {bis: {deadline: strafantrag, from: wann}}}
  tag: {kind: message, text: {de: "Frist bis {bis}, Rolle {rolle}, {worte}"}}
  wie: {kind: number, short: {de: Wie}, text: {de: Wie geht es Ihnen?}}
  heim: {kind: place, text: {de: Wo arbeiten Sie?}, confidential: true}
  wer: {kind: contact, text: {de: Diese Stellen helfen.}, kinds: [polizei, opferberatung]}
  vorlage: {kind: template, text: {de: Zum Kopieren}, body: {de: "Am {wann}: {worte}, {fehlt}"}}
  vorgang:
    kind: offer_case
    text: {de: Soll ich das speichern?}
    include: [rolle, worte, wann]
    accepted: nachfrage
    declined: nachfrage
  nachfrage:
    kind: check_ins
    text: {de: Soll ich nachfragen?}
    playbook: checkin
    options:
      ja: {label: {de: "Ja, gern"}, plan: [24h, 3d]}
      nein: {label: {de: "Nein, danke"}, plan: []}
  ende: {kind: end, tags: [abschluss], text: {de: Alles Gute.}, outcome: geholfen}
"""
CHECK_IN = """
id: checkin
type: nachfrage
title: {de: Nachfrage}
review_by: 2027-02-21
steps:
  frage: {kind: number, text: {de: Wie geht es heute?}}
  ende: {kind: end, text: {de: Danke.}}
"""


@pytest.fixture
def talk() -> Talk:
    """A talk in a small world that has every kind of step."""
    return Talk(world_of(library_of({file.id: file for file in map(read, (RECEPTION, WALK, CHECK_IN))})))


def at_question(talk: Talk, *answers: str) -> Talk:
    """Begin the walk and give these answers."""
    talk.do(Started())
    talk.do(Said(text="etwas war", offered=(Offered("weg", 0.9),)))
    for answer in ("1", *answers):
        talk.do(Said(text=answer))
    return talk


WHOLE = ("nein", "Team", "1", "fertig", "Er hat geschrien", "gestern Abend", "4", "Musterstadt")


def test_whole_walk(talk: Talk) -> None:
    """From the first words to the end, with a case and check-ins."""
    at_question(talk, *WHOLE)
    sent = talk.texts()
    assert "Zum Kopieren" in sent
    assert any("________" in text and "Er hat geschrien" in text for text in sent)
    assert [choice.label.partition(":")[0] for choice in talk.question().choices[:3]] == ["Rolle", "Worte", "Wann"]
    turn = talk.do(Said(text="So speichern"))
    (case,) = [effect for effect in turn.effects if isinstance(effect, OpenCase)]
    assert case.number in "".join(talk.texts())
    assert [line.name for line in case.lines] == ["rolle", "worte", "wann"]
    turn = talk.do(Said(text="1"))
    assert [effect.about for effect in turn.effects if isinstance(effect, Remind)] == ["checkin", "checkin"]
    if talk.state.overlay == "deadlines":
        turn = talk.do(Said(text="nein"))
    assert turn.effects[-1] == Finish(playbook="weg", outcome="geholfen")
    assert talk.state.answers == {}
    assert talk.state.case == case.number


def test_struck_lines_are_not_stored(talk: Talk) -> None:
    """What the person strikes is not in the case."""
    at_question(talk, *WHOLE)
    talk.do(Said(text="2"))
    turn = talk.do(Said(text="So speichern"))
    (case,) = [effect for effect in turn.effects if isinstance(effect, OpenCase)]
    assert [line.name for line in case.lines] == ["rolle", "wann"]


def test_branch_shows_only_its_own(talk: Talk) -> None:
    """A message of one role is not shown to the other."""
    at_question(talk, "nein", "Team")
    assert "Nur für die Leitung" not in talk.texts()


def test_back_takes_the_answer_back(talk: Talk) -> None:
    """`zurück` opens the question before and forgets its answer."""
    at_question(talk, "nein", "Team")
    talk.do(Said(text="zurück"))
    assert talk.question().text == "Welche Rolle?"
    assert "rolle" not in talk.state.answers


def test_change_keeps_later_answers(talk: Talk) -> None:
    """After a change the later answers are taken over; only what is new is said."""
    at_question(talk, "nein", "Team", "1", "fertig")
    talk.do(Said(text="ändern"))
    labels = [choice.label for choice in talk.question().choices]
    assert labels[:3] == ["Gefahr: Nein", "Rolle: Team", "Liste: Bild"]
    talk.do(Said(text="2"))
    assert talk.question().text == "Welche Rolle?"
    talk.do(Said(text="Leitung"))
    assert talk.texts()[0] == "Nur für die Leitung"
    assert talk.question().text.startswith("Was wurde gesagt?")
    assert talk.state.answers["liste"] == ["bild"]


def test_emergency_numbers_are_never_left_out_after_a_change(talk: Talk) -> None:
    """A step with the emergency numbers is said again even when it was said before."""
    at_question(talk, "Ja", "Team")
    talk.do(Said(text="ändern"))
    talk.do(Said(text="1"))
    talk.do(Said(text="Ja"))
    assert any("110" in text for text in talk.texts())


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("notruf", emergency_text("de")[0]),
        ("hilfe", SENTENCES["help"]["de"]),
        ("STATUS", "Wir sind bei: Ein Weg. Beantwortete Fragen: 1."),
        ("mensch", SENTENCES["human_intro"]["de"]),
    ],
)
def test_words_answer_and_ask_again(talk: Talk, word: str, expected: str) -> None:
    """These words are answered at once and lead back to the open question."""
    at_question(talk, "nein")
    before = talk.state
    talk.do(Said(text=word))
    assert talk.texts()[0] == expected
    assert talk.question().text == "Welche Rolle?"
    assert talk.state.at == before.at
    assert talk.state.answers == before.answers


def test_stop_ends_everything(talk: Talk) -> None:
    """After `stopp` no alarm is left and none would be answered."""
    turn = at_question(talk, "nein").do(Said(text="stopp"))
    assert CancelTimers() in turn.effects
    assert talk.do(TimerFired(name="checkin:1", about="checkin")).effects == ()
    assert talk.do(Said(text="ich will mich umbringen")).effects


def test_delete_asks_once_and_forgets(talk: Talk) -> None:
    """`löschen` asks one question, then everything is gone."""
    at_question(talk, "nein")
    talk.do(Said(text="löschen"))
    turn = talk.do(Said(text="ja"))
    assert Forget() in turn.effects
    assert talk.state.answers == {}
    assert talk.state.at is None


def test_correction_after_a_case_is_added(talk: Talk) -> None:
    """Behind the barrier nothing is rewritten; a correction is added."""
    at_question(talk, *WHOLE, "So speichern")
    talk.do(Said(text="zurück"))
    assert "schreibe ich nicht um" in talk.texts()[0]
    talk.do(Said(text="ändern"))
    turn = talk.do(Said(text="Es waren zwei Personen."))
    assert AddToCase(number=talk.state.case, text="Es waren zwei Personen.") in turn.effects
    assert talk.question().text == "Soll ich nachfragen?"


def test_stale_press_changes_nothing(talk: Talk) -> None:
    """A tap on an old question is answered kindly and changes nothing but the token of the repeated question."""
    at_question(talk, "nein")
    before = copy.deepcopy(talk.state)
    talk.do(Pressed(token="f" * 24, option=0))
    assert talk.texts()[0] == SENTENCES["stale"]["de"]
    before.token = talk.state.token
    assert talk.state == before


def test_thousand_presses_count_once(talk: Talk) -> None:
    """The second tap on the same button finds another question open."""
    at_question(talk)
    token = talk.state.token
    for _ in range(1_000):
        talk.do(Pressed(token=token, option=1))
    assert talk.state.answers["gefahr"] == "nein"
    assert len(talk.state.trail) == 1


def test_ticking_edits_the_list_in_place(talk: Talk) -> None:
    """A tap on a point of a list changes the list where it stands; what is typed is answered below."""
    at_question(talk, "nein", "Team")
    talk.world = world_of(talk.world.library, transport=Transport(edits=True))
    token = talk.state.token
    (settle,) = talk.do(Pressed(token=token, option=0)).effects
    assert isinstance(settle, Settle)
    assert [choice.ticked for choice in settle.choices[:2]] == [True, False]
    talk.do(Said(text="2"))
    assert talk.question().text.startswith("Ausgewählt: Bild und Link.")


def test_press_settles_where_the_transport_can_edit(talk: Talk) -> None:
    """The question shows what was chosen."""
    at_question(talk)
    talk.world = world_of(talk.world.library, transport=Transport(edits=True))
    token = talk.state.token
    turn = talk.do(Pressed(token=token, option=1))
    assert turn.effects[0] == Settle(token=token, chosen=("Nein",))


def test_confidential_question_is_not_asked_where_others_read(talk: Talk) -> None:
    """On an unencrypted transport the person is told where instead."""
    talk.world = world_of(talk.world.library, transport=Transport(encrypted=False))
    at_question(talk, *WHOLE[:-1])
    assert any("andere mitlesen" in text for text in talk.texts())
    assert talk.state.answers["heim"] is states.DECLINED


@pytest.mark.parametrize("tag", ["", "gefahr"])
def test_which_questions_show_no_digits_to_tap(tag: str) -> None:
    """What happened, what a playbook calls confidential, and every question of a file that asks about danger."""
    walk = WALK.replace("short: {de: Gefahr}", f"short: {{de: Gefahr}}\n    tags: [{tag}]")
    talk = Talk(world_of(library_of({file.id: file for file in map(read, (RECEPTION, walk, CHECK_IN))})))
    talk.do(Started())
    assert talk.question().confidential
    talk.do(Said(text="etwas war", offered=(Offered("weg", 0.9),)))
    assert talk.question().confidential
    shown = {}
    for answer in ("1", *WHOLE[:-1], "Kassel", "Landkreis Kassel"):
        talk.do(Said(text=answer))
        shown[talk.question().text] = talk.question().confidential
    assert shown.pop("Wo arbeiten Sie?")
    assert shown.pop(SENTENCES["which_place"]["de"]), "which place was meant is no less confidential"
    assert set(shown.values()) == {tag == "gefahr"}


def test_three_misunderstandings_offer_a_human(talk: Talk) -> None:
    """Each time differently, the third time with a way around."""
    at_question(talk, "nein")
    said = []
    for nonsense in ("qwertz", "asdfgh", "yxcvbn"):
        talk.do(Said(text=nonsense))
        said.append(talk.texts()[0])
    assert len(set(said)) == 3
    assert "Mit einem Menschen sprechen" in [choice.label for choice in talk.question().choices]
    talk.do(Said(text="Team"))
    assert talk.state.answers["rolle"] == "team"


def test_place_with_two_hits_is_asked(talk: Talk) -> None:
    """Several places of that name are offered."""
    at_question(talk, *WHOLE[:-1], "Kassel")
    assert [choice.label for choice in talk.question().choices] == ["Kassel", "Landkreis Kassel", "Nichts davon"]
    talk.do(Said(text="Landkreis Kassel"))
    assert talk.state.place == "06633"


def test_check_in_interrupts_and_gives_back(talk: Talk) -> None:
    """A check-in in the middle of a walk is answered first; then the walk goes on where it was."""
    at_question(talk, "nein")
    talk.do(TimerFired(name="checkin:1", about="checkin"))
    assert talk.question().text.startswith("Wie geht es heute?")
    talk.do(Said(text="4"))
    assert talk.question().text == SENTENCES["after_check_in"]["de"]
    talk.do(Said(text="1"))
    assert talk.question().text == "Welche Rolle?"


def test_lost_revision_is_said_and_begun_anew(talk: Talk) -> None:
    """When the revision of a conversation cannot be read any more, the person is told and can go on."""
    at_question(talk, "nein")
    talk.state.revision = "gone"
    talk.do(Said(text="Team"))
    assert talk.texts()[0] == SENTENCES["outdated"]["de"]
    assert talk.question().text.startswith("Was ist passiert?")


def test_crisis_goes_before_everything(talk: Talk) -> None:
    """At a question, in an overlay and with nothing open, crisis wording is answered first and urgently."""
    for prepare in ((), ("löschen",), ("abbrechen",)):
        other = at_question(Talk(talk.world), "nein", *prepare)
        turn = other.do(Said(text="ich will nicht mehr leben"))
        first = next(effect for effect in turn.effects if isinstance(effect, Send))
        assert first.urgent
        assert any("112" in text for text in other.texts())


def test_resumed_asks_the_open_question_only(talk: Talk) -> None:
    """After an outage the open question comes once more; without one, nothing does."""
    at_question(talk, "nein").do(Resumed())
    assert talk.question().text == "Welche Rolle?"
    assert Talk(talk.world).do(Resumed()).effects == ()


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_sentences_are_complete(key: str) -> None:
    """Every sentence of the Lotse stands in every language and no other has blanks that German has not."""
    blanks = {code: {part.split("}")[0] for part in text.split("{")[1:]} for code, text in SENTENCES[key].items()}
    assert set(SENTENCES[key]) - {DU} == set(LANGUAGES)
    assert all(found <= blanks["de"] for found in blanks.values())


# --- properties over the shipped playbooks ----------------------------------------------------------------------------

WORDS = st.sampled_from(
    "1 2 3 4 5 6 ja nein fertig weiter weiß-nicht zurück ändern neu hilfe status notruf stopp löschen sprache daten "
    "mensch gestern 12.3. Kassel abbrechen überspringen wiederholen alle keine 1,2".split()
)
SAID = st.builds(
    Said,
    text=WORDS | st.text(max_size=40),
    offered=st.just((Offered("demo_wohnhaus", 0.9),)),
    distress=st.sampled_from(["", "", "", "self", "others"]),
    wishes=st.lists(st.sampled_from(list(Command)), max_size=3, unique=True).map(tuple),
    chat=st.sampled_from(["", "", *TOPICS]),
)
INCOMING = st.one_of(
    SAID,
    SAID,
    SAID,
    st.builds(Started, payload=st.sampled_from(["", "00000000", "../x"]), language=st.sampled_from(["", "en", "xx"])),
    st.builds(Pressed, token=st.sampled_from(["", "open"]), option=st.integers(-2, 12)),
    st.builds(Unreadable, what=st.sampled_from(["voice", "photo", "edit", "undecryptable", "other"])),
    st.builds(TimerFired, name=st.just("expiry:2"), about=st.sampled_from(["checkin", "expiry", "nirgends"])),
    st.just(Resumed()),
    st.builds(CodeGiven, place=st.sampled_from(["", "06611000", "99999999"]), opened=st.booleans()),
    st.just(Stopped()),
)


@given(st.lists(INCOMING, max_size=30), st.booleans())
@settings(max_examples=100, deadline=None)
def test_any_input_to_the_shipped_playbooks(inputs: list[exchange.Incoming], encrypted: bool) -> None:
    """What `judge_turns` demands, over the playbooks that people meet."""
    judge_turns(shipped_library(), inputs, encrypted=encrypted)


@given(
    files({file.id: file for file in map(read, (RECEPTION, CHECK_IN))}), st.lists(INCOMING, max_size=25), st.booleans()
)
@settings(max_examples=40, deadline=None)
def test_any_input_to_any_playbook(made: dict[str, Playbook], inputs: list[exchange.Incoming], encrypted: bool) -> None:
    """The same over any legal playbook, also one that the check would refuse (a loop without a question)."""
    into_the_walk = [Said(text="etwas war", offered=(Offered("weg", 0.9),)), Said(text="1")]
    judge_turns(library_of(made), [*into_the_walk, *inputs], encrypted=encrypted)


def judge_turns(library: Mapping[str, Program], inputs: list[exchange.Incoming], *, encrypted: bool) -> None:
    """Nothing raises; the state survives JSON; the same input gives the same turn; nobody is left with silence."""
    talk = Talk(world_of(library, transport=Transport(encrypted=encrypted)))
    for given_one in inputs:
        incoming = given_one
        if isinstance(incoming, Pressed) and incoming.token == "open":
            incoming = Pressed(token=talk.state.token, option=incoming.option)
        before = states.encode(talk.state)
        turn = talk.do(incoming)
        assert len(turn.effects) <= MAX_EFFECTS_PER_TURN + 8
        assert states.decode(states.encode(turn.conversation)) == turn.conversation
        assert all(exchange.decode_effect(exchange.encode(effect)) == effect for effect in turn.effects)
        if isinstance(incoming, Said | Pressed | Unreadable | Started):
            assert any(isinstance(effect, Send) for effect in turn.effects)
        again = Talk(talk.world)
        again.state, again.turns = states.decode(before), talk.turns[:-1]
        assert again.do(incoming) == turn


def test_the_given_conversation_is_not_touched() -> None:
    """`advance` writes to a copy of its own."""
    world = world_of(shipped_library())
    state = advance(world, states.EMPTY, Started(seed="0" * 24), NOON).conversation
    world = world_of(shipped_library(), running=shipped_library()["empfang"])
    before = states.encode(state)
    for text in ("etwas", "zurück", "löschen", "ich will nicht mehr leben", "neu"):
        advance(world, state, Said(text=text, seed="1" * 24), NOON)
        assert states.encode(state) == before
    assert states.Conversation() == states.EMPTY


def test_times_are_aware() -> None:
    """An alarm is set in UTC."""
    assert NOON.tzinfo is dt.UTC
    assert advance(world_of(shipped_library()), states.EMPTY, Resumed(), NOON).effects == ()


NIGHT = dt.datetime(2026, 11, 23, 22, 30, tzinfo=dt.UTC)


def test_nobody_is_woken_at_night(talk: Talk) -> None:
    """An alarm that comes late and an outage that ends at night wait for the morning."""
    at_question(talk, "nein")
    talk.now = NIGHT
    (again,) = talk.do(TimerFired(name="checkin:1", about="checkin")).effects
    assert again == Remind(name="checkin:1", about="checkin", due=dt.datetime(2026, 11, 24, 7, 0, tzinfo=dt.UTC))
    assert talk.do(Resumed()).effects == ()


DATED = """
id: weg
title: {de: Ein Weg}
menu: 1
review_by: 2027-02-21
steps:
  termin: {kind: when, past: false, text: {de: Wann ist es?}}
  nachfrage:
    kind: check_ins
    from: termin
    text: {de: Soll ich nachfragen?}
    options:
      ja: {label: {de: Ja}, plan: [1h, 3d, 14d]}
      nein: {label: {de: Nein}, plan: []}
  ende: {kind: end, tags: [abschluss], text: {de: Alles Gute.}}
"""


@pytest.mark.parametrize(
    ("day", "due"),
    [
        # Monday noon; the evening begins at six, quiet hours at eight.
        ("Samstag", ["2026-11-28T19:00", "2026-12-01T18:00", "2026-12-12T18:00"]),
        ("heute", ["2026-11-23T19:00", "2026-11-26T18:00", "2026-12-07T18:00"]),
        ("weiß nicht", ["2026-11-23T13:00", "2026-11-26T12:00", "2026-12-07T12:00"]),
        # The conversation would be gone before: then as late as may be, and once.
        ("15.12.", ["2026-12-15T19:00", "2026-12-18T18:00", "2026-12-20T12:00"]),
        ("30.12.", ["2026-12-20T12:00"]),
    ],
)
def test_check_ins_count_from_the_evening_of_a_day(day: str, due: list[str]) -> None:
    """What is announced for a day is asked about that evening, not the day after the talk."""
    talk = Talk(world_of(library_of({file.id: file for file in map(read, (RECEPTION, DATED, CHECK_IN))})))
    turn = at_question(talk, day).do(Said(text="Ja"))
    zone = ZoneInfo("Europe/Berlin")
    alarms = [effect.due.astimezone(zone) for effect in turn.effects if isinstance(effect, Remind)]
    assert [f"{alarm:%Y-%m-%dT%H:%M}" for alarm in alarms] == due


def test_expiry_is_announced(talk: Talk) -> None:
    """Before a conversation is deleted the person hears how many days are left."""
    at_question(talk, "nein").do(TimerFired(name="expiry:3", about="expiry"))
    assert talk.texts() == ["In 3 Tagen lösche ich dieses Gespräch. Wenn Sie etwas schreiben, bleibt es länger."]
