"""The hour that a person chose, and days that the law sets: counted, reminded, never shown unasked."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.flows.calendar import is_quiet
from bot.flows.deadlines import is_day_off
from bot.flows.exchange import CancelTimers, Remind, Said, Send, Started, TimerFired
from bot.flows.remembering import read_hour
from bot.flows.wording import phrase
from tests.flows.test_engine import RECEPTION
from tests.flows.worlds import NOON, Talk, library_of, read, world_of

BERLIN = ZoneInfo("Europe/Berlin")
CHECK_IN = """
id: checkin
type: nachfrage
title: {de: Nachfrage}
review_by: 2027-02-21
steps:
  wie: {kind: choose, text: {de: Wie geht es?}, options: {gut: {label: {de: Gut}}, schlecht: {label: {de: Schlecht}}}}
  ende: {kind: end, outcome: gefragt}
"""
WALK = """
id: weg
title: {de: Ein Weg}
menu: 1
review_by: 2027-02-21
steps:
  wann: {kind: when, short: {de: Zeitpunkt}, text: {de: Wann war es?}}
  zaehlen: {kind: set, values: {frist: {deadline: strafantrag, from: wann}, agg: {deadline: agg, from: wann}}}
  dran:
    kind: check_ins
    text: {de: Darf ich nachfragen?}
    playbook: checkin
    options:
      ja: {label: {de: "Ja, bitte"}, plan: [24h, 3d, 2w]}
      nein: {label: {de: "Nein, danke"}}
  noch: {kind: choose, text: {de: Noch etwas?}, options: {ja: {label: {de: Ja}}, nein: {label: {de: Nein}}}}
  ende: {kind: end, outcome: fertig}
"""

LIBRARY = library_of(
    {name: read(text) for name, text in (("empfang", RECEPTION), ("weg", WALK), ("checkin", CHECK_IN))}
)


@pytest.fixture
def talk() -> Talk:
    """Somebody for whom it was yesterday, and who wants to be asked again."""
    one = Talk(world_of(LIBRARY))
    for incoming in (Started(), Said(text="etwas"), Said(text="1"), Said(text="gestern"), Said(text="ja bitte")):
        one.do(incoming)
    return one


@pytest.fixture
def reminded(talk: Talk) -> Talk:
    """The same, and reminded of deadlines."""
    talk.do(Said(text="ja"))
    return talk


def reminds(talk: Talk, prefix: str) -> dict[str, Remind]:
    """Alarms that the last turn set."""
    return {one.name: one for one in talk.turns[-1].effects if isinstance(one, Remind) and one.name.startswith(prefix)}


def local(due: dt.datetime) -> dt.datetime:
    """As a clock on the wall shows it."""
    return due.astimezone(BERLIN)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("um 17 Uhr", dt.time(17)), ("17:30 uhr bitte", dt.time(17, 30)), ("lieber um 9 Uhr", dt.time(9)),
        ("at 5 pm", dt.time(17)), ("around 12 am", dt.time(0)), ("24 Uhr", dt.time(0)),
        ("gegen 8.15 Uhr.", dt.time(8, 15)),
        ("17", None), ("um 17", None), ("um 17 Uhr hat er gedroht", None), ("es war um 17 Uhr", None), ("25 Uhr", None),
        ("um 17 Uhr " * 3, None),
    ],
)  # fmt: skip
def test_an_hour_is_a_whole_message(text: str, hour: dt.time | None) -> None:
    """A sentence in which an hour stands is somebody's story."""
    assert read_hour(text) == hour


def test_the_hour_moves_all_check_ins(talk: Talk) -> None:
    """Same days, the new hour on the wall; the old alarms are gone; the open question is asked again."""
    days = [local(one.due).date() for one in reminds(talk, "checkin:").values()]
    talk.do(Said(text="nein"))
    talk.do(Said(text="um 17 Uhr"))
    assert CancelTimers(prefix="checkin:") in talk.turns[-1].effects
    moved = [local(one.due) for one in reminds(talk, "checkin:").values()]
    assert [one.date() for one in moved] == days
    assert {one.time() for one in moved} == {dt.time(17)}
    assert {one.about for one in reminds(talk, "checkin:").values()} == {"checkin"}
    assert talk.texts()[-1] == "Noch etwas?"


def test_nobody_is_woken_for_it(talk: Talk) -> None:
    """An hour at night becomes the morning, and that is said."""
    talk.do(Said(text="nein"))
    talk.do(Said(text="um 23 Uhr"))
    assert {local(one.due).time() for one in reminds(talk, "checkin:").values()} == {dt.time(8)}
    assert any("schreibe ich niemandem" in text for text in talk.texts())


def test_a_no_to_a_second_offer_ends_what_was_agreed_and_says_so(talk: Talk) -> None:
    """Another incident, the same offer: whoever says no then is told that the times of the first one are gone too."""
    for words in ("nein", "nein", "noch etwas", "1", "heute"):
        talk.do(Said(text=words))
    assert talk.state.check_ins
    talk.do(Said(text="nein danke"))
    assert phrase("check_ins_ended", "de") in talk.texts()
    assert not talk.state.check_ins


def test_a_no_to_the_first_offer_ends_nothing() -> None:
    """Nothing was agreed, so nothing is said to be over."""
    one = Talk(world_of(LIBRARY))
    for incoming in (Started(), Said(text="etwas"), Said(text="1"), Said(text="gestern"), Said(text="nein danke")):
        one.do(incoming)
    assert phrase("check_ins_ended", "de") not in one.texts()


def test_without_check_ins_it_is_no_hour() -> None:
    """Before anything is agreed an hour means nothing."""
    one = Talk(world_of(LIBRARY))
    for incoming in (Started(), Said(text="etwas"), Said(text="1"), Said(text="gestern"), Said(text="um 17 Uhr")):
        one.do(incoming)
    assert not reminds(one, "checkin:")


def test_deadlines_are_reminded_before_the_safe_day(talk: Talk) -> None:
    """After a yes: two weeks and three days before, by day, on no holiday, before the day itself; both are named."""
    asked = talk.texts()[-1]
    assert "Strafantrag" in asked
    assert "AGG" in asked
    assert "bleibt dieses Gespräch bis" in asked
    talk.do(Said(text="ja"))
    found = reminds(talk, "frist:")
    assert set(found) == {"frist:strafantrag:0", "frist:strafantrag:1", "frist:agg:0", "frist:agg:1"}
    for one in found.values():
        day = dt.date.fromisoformat(one.about.rpartition(":")[2])
        assert one.due > NOON
        assert local(one.due).date() < day
        assert local(one.due).time() == dt.time(10)
        assert not is_day_off(local(one.due).date())
        assert local(one.due + dt.timedelta(seconds=one.useless_after)).date() == day + dt.timedelta(days=1)
    assert talk.state.keep_until == max(one.about.rpartition(":")[2] for one in found.values())
    assert talk.texts()[-1] == "Noch etwas?"


def test_who_declines_is_not_reminded() -> None:
    """Whoever is not to be written to is not written to about deadlines either."""
    one = Talk(world_of(LIBRARY))
    for incoming in (Started(), Said(text="etwas"), Said(text="1"), Said(text="gestern"), Said(text="nein danke")):
        one.do(incoming)
    assert not reminds(one, "frist:")
    assert one.texts()[-1] == "Noch etwas?"


def test_check_ins_without_deadlines(talk: Talk) -> None:
    """The one does not need the other; nothing is kept longer."""
    talk.do(Said(text="nein"))
    assert not reminds(talk, "frist:")
    assert talk.state.keep_until == ""
    assert len(talk.state.check_ins) == 3
    assert talk.texts()[-1] == "Noch etwas?"


def test_what_it_is_about_is_shown_after_a_yes(reminded: Talk) -> None:
    """The first message says nothing on a locked screen; then title, safe day, and that nothing here keeps it."""
    alarm = reminds(reminded, "frist:")["frist:agg:1"]
    reminded.now = alarm.due
    reminded.do(TimerFired(name=alarm.name, about=alarm.about))
    asked = "\n".join(reminded.texts())
    assert "AGG" not in asked
    assert "Frist" not in asked
    reminded.do(Said(text="1"))
    texts = reminded.texts()
    assert "AGG" in texts[0]
    assert "wahrt keine Frist" in texts[1]
    assert texts[-1] == "Noch etwas?"


def test_not_today_is_tomorrow_as_long_as_there_is_one(reminded: Talk) -> None:
    """Put off until the day itself; on that day it is said."""
    alarm = reminds(reminded, "frist:")["frist:agg:1"]
    for _ in range(10):
        reminded.now = alarm.due
        reminded.do(TimerFired(name=alarm.name, about=alarm.about))
        reminded.do(Said(text="heute nicht"))
        later = reminds(reminded, "frist:")
        if not later:
            break
        (alarm,) = later.values()
    assert any("AGG" in text for text in reminded.texts())


def test_stop_ends_them(reminded: Talk) -> None:
    """All alarms are cancelled, and none is listed any more."""
    reminded.do(Said(text="status"))
    assert any("sicheren Tag" in text for text in reminded.texts())
    reminded.do(Said(text="stopp"))
    assert CancelTimers() in reminded.turns[-1].effects
    assert reminded.state.deadlines == ()
    assert all(isinstance(one, Send | CancelTimers) for one in reminded.turns[-1].effects)


MORE = "  noch: {kind: choose, text: {de: Und sonst?}, options: {ja: {label: {de: Ja}}, nein: {label: {de: Nein}}}}\n"
LONG_CHECK_IN = CHECK_IN.replace("  ende:", f"{MORE}  ende:")
LONG = library_of(
    {name: read(text) for name, text in (("empfang", RECEPTION), ("weg", WALK), ("checkin", LONG_CHECK_IN))}
)


def asked_again() -> tuple[Talk, list[Remind]]:
    """Somebody who is to be asked three times, and the alarms."""
    one = Talk(world_of(LONG))
    for incoming in (Started(), Said(text="etwas"), Said(text="1"), Said(text="gestern"), Said(text="ja bitte")):
        one.do(incoming)
    alarms = sorted(reminds(one, "checkin:").values(), key=lambda alarm: alarm.due)
    for word in ("nein", "nein"):
        one.do(Said(text=word))
    return one, alarms


def wake(talk: Talk, alarm: Remind, at: dt.datetime | None = None) -> list[str]:
    """An alarm comes; what is said."""
    talk.now = at or alarm.due
    talk.do(TimerFired(name=alarm.name, about=alarm.about))
    return talk.texts()


def test_a_check_in_left_half_answered_gives_way() -> None:
    """Two days later it is asked as agreed, anew; and what has gone by is not announced."""
    talk, alarms = asked_again()
    assert wake(talk, alarms[0])[-1] == "Wie geht es?"
    talk.do(Said(text="gut"))
    assert talk.texts()[-1] == "Und sonst?"
    assert wake(talk, alarms[1])[-1] == "Wie geht es?"
    talk.do(Said(text="status"))
    (times,) = [text for text in talk.texts() if "Ich frage nach" in text]
    assert times.count("Uhr") == 1


def test_who_is_answering_is_not_begun_anew() -> None:
    """What falls due while a check-in is answered, or was not answered at all, is one with it."""
    for words in ((), ("gut",)):
        talk, alarms = asked_again()
        wake(talk, alarms[0])
        for word in words:
            talk.do(Said(text=word))
        assert wake(talk, alarms[1], alarms[0].due + dt.timedelta(hours=1)) == []
    talk, alarms = asked_again()
    late = alarms[2].due
    assert wake(talk, alarms[0], late)
    assert [wake(talk, alarm, late) for alarm in alarms[1:]] == [[], []]


def test_a_missed_time_is_not_announced() -> None:
    """Nobody was there when it came, and it was dropped."""
    talk, alarms = asked_again()
    talk.now = alarms[1].due + dt.timedelta(hours=1)
    talk.do(Said(text="status"))
    (times,) = [text for text in talk.texts() if "Ich frage nach" in text]
    assert times.count("Uhr") == 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 365 * 24), st.sampled_from(("", "um 9 Uhr", "um 19:30 Uhr", "um 23 Uhr")), st.data())
def test_through_a_year_with_outages(begin: int, hour: str, data: st.DataObject) -> None:
    """Each agreed check-in is asked at most once, by day, on no holiday, a day late at most; after an outage one."""
    talk = Talk(world_of(LIBRARY), NOON + dt.timedelta(hours=begin))
    for incoming in (Started(), Said(text="etwas"), Said(text="1"), Said(text="gestern"), Said(text="ja bitte")):
        talk.do(incoming)
    talk.do(Said(text="nein"))
    if hour:
        talk.do(Said(text=hour))
    waiting: dict[str, Remind] = {}
    _note(talk, waiting, len(talk.turns))
    agreed = {one.due for one in waiting.values()}
    assert sorted(agreed) == [dt.datetime.fromisoformat(one) for one in talk.state.check_ins]
    assert 2 <= len(agreed) <= 3
    asked, end = 0, talk.now + dt.timedelta(days=25)
    while talk.now < end:
        talk.now += dt.timedelta(hours=data.draw(st.sampled_from((1, 1, 6, 13, 30, 80))))
        before = asked
        for name, alarm in sorted(waiting.items(), key=lambda one: one[1].due):
            if talk.now < alarm.due or waiting.get(name) != alarm:
                continue
            del waiting[name]
            if (talk.now - alarm.due).total_seconds() > alarm.useless_after:
                continue
            talk.do(TimerFired(name=alarm.name, about=alarm.about))
            _note(talk, waiting, 1)
            if talk.texts():
                assert not is_quiet(talk.now, talk.world.municipality)
            asked += "Wie geht es?" in talk.texts() and alarm.about == "checkin"
        assert asked <= before + 1, "after an outage one"
    assert asked <= len(agreed)


def _note(talk: Talk, waiting: dict[str, Remind], turns: int) -> None:
    """Do with alarms what the ledger does."""
    for effect in (effect for turn in talk.turns[-turns:] for effect in turn.effects):
        if isinstance(effect, CancelTimers):
            for name in [name for name in waiting if name.startswith(effect.prefix)]:
                del waiting[name]
        elif isinstance(effect, Remind):
            waiting[effect.name] = effect
