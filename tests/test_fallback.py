"""What is said when the engine cannot be asked."""

import pytest

from bot.fallback import Occasion, answer
from bot.flows.exchange import Pressed, Resumed, Said, Started, Stopped, TimerFired, Unreadable

OCCASIONS: tuple[Occasion, ...] = ("unwritable", "parked", "lost")


@pytest.mark.parametrize("occasion", OCCASIONS)
@pytest.mark.parametrize("language", ["", "de", "en", "de-simple", "tr", "ar", "ru", "uk", "xx"])
def test_the_numbers_are_always_there(occasion: Occasion, language: str) -> None:
    """110 and 112, in every language, in front of everybody else's messages."""
    for incoming in (Said(text="bei mir vorm haus stehen leute"), Started(), Pressed(token="a", option=0)):
        send = answer(occasion, incoming, language)
        assert send is not None
        assert send.urgent
        assert send.style == "emergency"
        assert "110" in send.text
        assert "112" in send.text


@pytest.mark.parametrize("occasion", OCCASIONS)
@pytest.mark.parametrize("text", ["ich will nicht mehr leben", "I want to die", "Ich bring mich um"])
def test_a_crisis_is_answered_as_one(occasion: Occasion, text: str) -> None:
    """Nobody in need reads that the program has a problem."""
    send = answer(occasion, Said(text=text), "")
    assert send is not None
    assert "116 123" in send.text
    assert "liegt an mir" not in send.text
    assert "my fault" not in send.text


def test_the_language_is_guessed() -> None:
    """Where the conversation is not known, the words tell."""
    send = answer("parked", Said(text="They are standing in front of my house"), "")
    assert send is not None
    assert "my fault" in send.text


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_nobody_is_told_who_did_not_write(occasion: Occasion) -> None:
    """An alarm that fails wakes nobody."""
    for incoming in (TimerFired(name="checkin:1", about="x"), Resumed(), Stopped()):
        assert answer(occasion, incoming, "de") is None


def test_nothing_of_the_message_comes_back() -> None:
    """The text is static: what was written is not repeated."""
    send = answer("parked", Said(text="Kanarie \x00 \x1b[2J"), "de")
    assert send is not None
    assert "Kanarie" not in send.text
    assert answer("parked", Unreadable(what="voice"), "de") is not None
