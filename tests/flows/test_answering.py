"""Which option an answer means: by number, label, beginning, typo, yes and no; never guessed."""

from __future__ import annotations

import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.flows.answering import DECLINED, UNKNOWN, Labels, Picked, PickedMany, pick, pick_many
from bot.flows.reading import fold

DANGER = Labels(("Ja", "Unsicher", "Nein, vorbei", "Es kann wiederkommen"), ids=("ja", "unsicher", "nein", "wieder"))
PLAIN = Labels(("Ja", "Nein", "Weiß ich nicht", "Möchte ich nicht sagen"))
ROLES = Labels(("Politische Leitung", "Führungskraft", "Mitarbeitende", "Außendienst", "Beobachtet oder unterstützend"))
TIMES = Labels(("Heute", "In den letzten 3 Tagen", "In den letzten 2 Monaten", "Länger her"))
BOTH = Labels(("Ja, ich selbst", "Ja, jemand anderes", "Nein"))
THINGS = Labels(("Adresse", "Telefon", "Kinder und Schule", "Bilder, Videos", "Ausweisdaten"))

PICKS: tuple[tuple[Labels, str, int], ...] = (
    # by number
    (DANGER, "1", 0),
    (DANGER, "1.", 0),
    (DANGER, " 2 ", 1),
    (DANGER, "(3)", 2),
    (DANGER, "Nr. 4", 3),
    (DANGER, "eins", 0),
    (DANGER, "two", 1),
    (DANGER, "③", 2),
    (DANGER, "٤", 3),
    (DANGER, "die zweite", 1),
    (DANGER, "erstes", 0),
    (DANGER, "das dritte bitte", 2),
    (DANGER, "ich nehme die 2", 1),
    (DANGER, "the last one", 3),
    # by label
    (DANGER, "Ja", 0),
    (DANGER, "JA!", 0),
    (DANGER, "nein vorbei", 2),
    (DANGER, "Nein, vorbei.", 2),
    (DANGER, "es kann wiederkommen", 3),
    (ROLES, "fuehrungskraft", 1),
    (ROLES, "Führungskraft bitte", 1),
    # by beginning and by a telling word
    (DANGER, "unsi", 1),
    (DANGER, "nein", 2),
    (DANGER, "vorbei", 2),
    (DANGER, "wiederkommen", 3),
    (ROLES, "politische", 0),
    (ROLES, "mitarb", 2),
    (ROLES, "unterstützend", 4),
    (TIMES, "länger", 3),
    # with typos
    (DANGER, "unsicer", 1),
    (DANGER, "es kann wieder kommen", 3),
    (ROLES, "fürungskraft", 1),
    (ROLES, "Aussendinst", 3),
    (ROLES, "Mitarbeitnde", 2),
    (TIMES, "heutte", 0),
    # yes and no
    (DANGER, "jo", 0),
    (DANGER, "jap", 0),
    (DANGER, "klar", 0),
    (DANGER, "yes", 0),
    (DANGER, "j", 0),
    (DANGER, "👍", 0),
    (DANGER, "ne", 2),
    (DANGER, "nö", 2),
    (DANGER, "nope", 2),
    (DANGER, "nein, es ist vorbei", 2),
    (DANGER, "hayır", 2),
    (DANGER, "нет", 2),
    (PLAIN, "ja klar", 0),
    (PLAIN, "na klar", 0),
    (PLAIN, "nee", 1),
    (PLAIN, "Nein, niemand ist verletzt", 1),
    (PLAIN, "👎", 1),
    # an option that says itself that it is not known, or declines
    (PLAIN, "keine ahnung", 2),
    (PLAIN, "weis ich nicht", 2),
    (PLAIN, "dunno", 2),
    (PLAIN, "sag ich nicht", 3),
    (DANGER, "weiß nicht", 1),
)


@pytest.mark.parametrize(("labels", "text", "index"), PICKS)
def test_pick(labels: Labels, text: str, index: int) -> None:
    """The one option that is meant."""
    assert labels.pick(text) == Picked("option", index)


OTHERS: tuple[tuple[Labels, str, Picked], ...] = (
    (ROLES, "weiß nicht", UNKNOWN),
    (ROLES, "Keine Ahnung!", UNKNOWN),
    (ROLES, "woaß i ned", UNKNOWN),
    (ROLES, "I don't know", UNKNOWN),
    (ROLES, "idk", UNKNOWN),
    (ROLES, "не знаю", UNKNOWN),
    (ROLES, "möchte ich nicht sagen", DECLINED),
    (ROLES, "Sag ich nicht", DECLINED),
    (ROLES, "das ist privat", DECLINED),
    (ROLES, "geht dich nichts an", DECLINED),
    (ROLES, "prefer not to say", DECLINED),
    (ROLES, "9", Picked("unclear")),
    (ROLES, "0", Picked("unclear")),
    (ROLES, "", Picked("unclear")),
    (ROLES, "…", Picked("unclear")),
    (ROLES, "blau", Picked("unclear")),
    (ROLES, "ja", Picked("unclear")),
    (BOTH, "ja", Picked("ambiguous", close=(0, 1))),
    (DANGER, "ja nein", Picked("ambiguous", close=(0, 2))),
    (DANGER, "nein aber es kann wiederkommen", Picked("ambiguous", close=(2, 3))),
    (TIMES, "in den letzten", Picked("ambiguous", close=(1, 2))),
)


@pytest.mark.parametrize(("labels", "text", "picked"), OTHERS)
def test_what_is_no_option(labels: Labels, text: str, picked: Picked) -> None:
    """Unknown and declined are answers; what fits two or none is never guessed."""
    assert labels.pick(text) == picked


def test_an_unclear_answer_says_what_it_came_near_to() -> None:
    """So that the question can be asked again with it."""
    picked = TIMES.pick("in den letzten Wochen oder so")
    assert picked.kind in ("unclear", "ambiguous")
    assert set(picked.close) <= {1, 2}


def test_two_labels_that_are_the_same_are_never_guessed_between() -> None:
    """Such a playbook is a mistake of its author; the number still works."""
    labels = Labels(("Ja", "ja", "Nein"))
    assert labels.pick("ja") == Picked("ambiguous", close=(0, 1))
    assert labels.pick("2") == Picked("option", 1)


def test_where_a_number_is_an_answer_of_its_own_none_is_read_as_a_place() -> None:
    """A scale, or own words: "3" and "die zweite" are no option there."""
    labels = Labels(("Weiß ich nicht", "Möchte ich nicht sagen"), numbered=False)
    assert labels.pick("2") == Picked("unclear")
    assert labels.pick("zweite").kind == "unclear"
    assert labels.pick("weiß nicht") == Picked("option", 0)


MANY: tuple[tuple[str, PickedMany], ...] = (
    ("1, 3 und 5", PickedMany("options", (0, 2, 4))),
    ("1 3", PickedMany("options", (0, 2))),
    ("3+1", PickedMany("options", (0, 2))),
    ("1,1,1", PickedMany("options", (0,))),
    ("1-3", PickedMany("options", (0, 1, 2))),
    ("1 bis 3", PickedMany("options", (0, 1, 2))),
    ("die erste und die dritte", PickedMany("options", (0, 2))),
    ("2", PickedMany("options", (1,))),
    ("Adresse und Telefon", PickedMany("options", (0, 1))),
    ("adrese, telefon", PickedMany("options", (0, 1))),
    ("Kinder und Schule", PickedMany("options", (2,))),
    ("Adresse, Kinder und Schule und Ausweisdaten", PickedMany("options", (0, 2, 4))),
    ("Bilder, Videos, Telefon", PickedMany("options", (1, 3))),
    ("alle", PickedMany("options", (0, 1, 2, 3, 4))),
    ("alles", PickedMany("options", (0, 1, 2, 3, 4))),
    ("all of them", PickedMany("options", (0, 1, 2, 3, 4))),
    ("alle außer 2", PickedMany("options", (0, 2, 3, 4))),
    ("alle ausser Adresse und Telefon", PickedMany("options", (2, 3, 4))),
    ("keine", PickedMany("none")),
    ("nichts davon", PickedMany("none")),
    ("0", PickedMany("none")),
    ("fertig", PickedMany("done")),
    ("das wars", PickedMany("done")),
    ("weiß nicht", PickedMany("unknown")),
    ("möchte ich nicht sagen", PickedMany("declined")),
    ("Adresse, Zitronen", PickedMany("unclear", (0,))),
    ("1, 9", PickedMany("unclear", (0,))),
    ("alle außer Zitronen", PickedMany("unclear")),
    ("Zitronen", PickedMany("unclear")),
    ("", PickedMany("unclear")),
)


@pytest.mark.parametrize(("text", "picked"), MANY)
def test_pick_many(text: str, picked: PickedMany) -> None:
    """Several at once, in any form; what was understood is kept when the rest was not."""
    assert THINGS.pick_many(text) == picked


ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=80)
ANSWERS = st.one_of(
    ANY_TEXT,
    st.lists(st.sampled_from("1 2 3 ja nein und , - alle außer weiß nicht Adresse 99 die".split())).map(" ".join),
)


@given(ANSWERS, st.lists(ANY_TEXT, max_size=6))
def test_picking_never_raises_and_stays_within_the_options(text: str, labels: list[str]) -> None:
    """Whatever was typed, whatever the labels are."""
    picked = pick(text, labels)
    assert (picked.kind == "option") == (picked.index is not None)
    assert picked.index is None or 0 <= picked.index < len(labels)
    assert all(0 <= index < len(labels) for index in picked.close)
    many = pick_many(text, labels)
    assert all(0 <= index < len(labels) for index in many.indices)
    assert list(many.indices) == sorted(set(many.indices))


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=8, unique_by=fold), st.data())
def test_a_number_or_the_label_itself_always_picks(labels: list[str], data: st.DataObject) -> None:
    """The n-th option by its number; by its label when the label is not itself a number."""
    index = data.draw(st.integers(0, len(labels) - 1))
    made = Labels([f"Wahl {label}" for label in labels])
    assert made.pick(f"Wahl {labels[index]}") == Picked("option", index)
    assert made.pick(str(index + 1)) == Picked("option", index)


def test_a_long_story_is_no_option() -> None:
    """8,000 letters cost little and mean nothing."""
    story = "ich war dabei und dann, " * 330
    assert ROLES.pick(story).kind == "unclear"
    assert THINGS.pick_many(story).kind == "unclear"


@pytest.mark.parametrize("text", ["1", "Nein, vorbei", "ja"])
def test_picking_costs_next_to_nothing(text: str) -> None:
    """About a microsecond; three times two is forgiven to a busy machine."""
    spent = min(timeit.repeat(lambda: DANGER.pick(text), number=500, repeat=7)) / 500 * 1e6
    assert spent < 6


ALIASES = Labels(
    ["Es geht so", "Sehr aufgewühlt", "Ich kann nicht mehr"],
    ids=["geht", "aufgewuehlt", "ende"],
    hints=["einigermaßen, gut", "Angst, nicht gut", ""],
    also=[["passt schon", "muss ja"], ["durch den wind", "mies"], ["nein", "nix"]],
)


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("durch den wind", 1),
        ("ehrlich gesagt ziemlich durch den Wind", 1),
        ("miess", 1),
        ("mir gehts mies", 1),
        ("passt schon, muss ja", 0),
        ("gut", 0),
        ("nicht gut", 1),
        ("nicht mies", None),
        ("nein", 2),
        ("nein, mies", None),
        ("passt schon, nur etwas mies", None),
    ],
)
def test_what_people_also_say_is_understood(text: str, index: int | None) -> None:
    """Wherever in the answer it stands, with typos; denied or said for two options it is none."""
    assert ALIASES.pick(text).index == index


def test_what_people_also_say_is_no_label() -> None:
    """Crisis wording in it is still looked for first."""
    assert not ALIASES.is_exact("mies", "mies")
    assert ALIASES.is_exact("Es geht so", "es geht so")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("weiß noch nicht, erst mal überlegen", "unknown"),
        ("keine Ahnung - muss ich erst fragen", "unknown"),
        ("möchte ich nicht sagen, das ist privat hier", "declined"),
        ("na ja, das ist kompliziert", "unclear"),
        ("weiß der Geier warum", "unclear"),
    ],
)
def test_what_only_explains_is_left_out(text: str, kind: str) -> None:
    """Not to know, and not to say, may come with a reason."""
    assert Labels(["Rot", "Grün"], ids=["rot", "gruen"]).pick(text).kind == kind
