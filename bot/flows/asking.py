"""How each kind of question looks when it is asked: its bubbles, what can be tapped, and what a tap means.

An *act* is what choosing something does: `=id` takes option id, `?` is "weiß ich nicht", `-` "möchte ich nicht sagen",
`!` a word of its own (`!done`, `!other`, `!yes`, `!no`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, cast

from bot.flows.answering import Labels
from bot.flows.exchange import Choice, Expects
from bot.flows.steps import (
    CheckIns,
    Checklist,
    Choose,
    ChooseMany,
    FreeText,
    OfferCase,
    OfferPlaybooks,
    Option,
    Question,
    Scale,
    When,
)
from bot.flows.wording import BLANK, isolate, phrase, pick

if TYPE_CHECKING:
    from bot.flows.program import Node
    from bot.flows.walk import Walk

# Questions whose choices are numbered; at all others a number is the answer itself.
NUMBERED: Final = frozenset(("option", "options"))
# Offered at once when words may mean several playbooks (features.md); more when nothing was understood.
MAX_OFFERED: Final = 3
MAX_MENU: Final = 5
# Lines of a case that fit above the two buttons.
MAX_CASE_LINES: Final = 8


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question ready to send. `acts` belongs to `choices` by position; `labels` finds a choice in what was typed.

    `toggles`: taps tick (`=id` acts), until `!done` or the like. `strikes`: everything is ticked, taps take away.
    """

    bubbles: tuple[str, ...]
    choices: tuple[Choice, ...]
    acts: tuple[str, ...]
    labels: Labels
    expects: Expects
    confidential: bool = False
    toggles: bool = False
    strikes: bool = False

    def label(self, act: str) -> str:
        """The label of the choice that does this."""
        return self.choices[self.acts.index(act)].label

    def refusal(self) -> str | None:
        """The act of a plain no, where one of the choices is one ("Nein, danke")."""
        picked = self.labels.pick("nein") if self.expects in NUMBERED else None
        return self.acts[picked.index] if picked is not None and picked.index is not None else None

    def shown(self, picked: tuple[str, ...]) -> tuple[Choice, ...]:
        """The choices with what is ticked so far."""
        if not self.toggles or not (picked or self.strikes):
            return self.choices
        touched = [f"={name}" for name in picked]
        return tuple(
            [
                Choice(choice.label, choice.hint, act[0] == "=" and (act in touched) is not self.strikes, act[0] == "=")
                for choice, act in zip(self.choices, self.acts, strict=True)
            ]
        )


def make_asked(
    bubbles: tuple[str, ...],
    choices: list[tuple[str, str, str]],
    expects: Expects,
    *,
    confidential: bool = False,
    toggles: bool = False,
    also: Sequence[Sequence[str]] = (),
) -> Asked:
    """A question from its bubbles and (act, label, hint) rows; `also`: what people say for the first of these rows."""
    labels = [label for _act, label, _hint in choices]
    return Asked(
        bubbles=bubbles,
        choices=tuple(Choice(label, hint) for _act, label, hint in choices),
        acts=tuple(act for act, _label, _hint in choices),
        labels=Labels(
            labels,
            ids=[act.lstrip("=!?-~") for act, _label, _hint in choices],
            hints=[hint for _act, _label, hint in choices],
            also=also,
            numbered=expects in NUMBERED,
        ),
        expects=expects,
        confidential=confidential,
        toggles=toggles,
    )


def ask_step(walk: Walk, node: Node) -> Asked:
    """The question of this step, in the person's language, with its blanks filled."""
    known = node.asked.get(walk.language)
    if known is not None:
        return known
    step = cast("Question", node.step)
    asked = _KINDS.get(node.kind, _ask_open)(walk, node)
    static = node.kind not in _PERSONAL and not any(BLANK.search(text) for text in pick(step.text, walk.language))
    if static:
        node.asked[walk.language] = asked
    return asked


def _finish(
    walk: Walk, node: Node, rows: list[tuple[str, str, str]], expects: Expects, *more: str, toggles: bool = False
) -> Asked:
    step = cast("Question", node.step)
    if step.unknown:
        rows = [*rows, ("?", phrase("unknown", walk.language), "")]
    if step.decline:
        rows = [*rows, ("-", phrase("declined", walk.language), "")]
    *earlier, last = walk.text(pick(step.text, walk.language))
    bubbles = (*earlier, "\n".join((last, *more)))
    also = [option.also for option in getattr(step, "options", {}).values()]
    return make_asked(bubbles, rows, expects, confidential=node.sensitive, toggles=toggles, also=also)


def _rows(walk: Walk, options: Mapping[str, Option]) -> list[tuple[str, str, str]]:
    return [
        (f"={name}", pick(option.label, walk.language), pick(option.hint, walk.language) if option.hint else "")
        for name, option in options.items()
    ]


def _ask_choose(walk: Walk, node: Node) -> Asked:
    return _finish(walk, node, _rows(walk, cast("Choose | CheckIns", node.step).options), "option")


def _ask_many(walk: Walk, node: Node) -> Asked:
    rows = [*_rows(walk, cast("ChooseMany", node.step).options), ("!done", phrase("done", walk.language), "")]
    return _finish(walk, node, rows, "options", phrase("hint_many", walk.language), toggles=True)


def _ask_checklist(walk: Walk, node: Node) -> Asked:
    items = cast("Checklist", node.step).items
    rows = [
        (f"={name}", pick(item.label, walk.language), pick(item.hint, walk.language) if item.hint else "")
        for name, item in items.items()
    ]
    rows.append(("!done", phrase("done", walk.language), ""))
    return _finish(walk, node, rows, "options", phrase("hint_list", walk.language), toggles=True)


def _ask_text(walk: Walk, node: Node) -> Asked:
    step = cast("FreeText", node.step)
    purpose = " ".join(walk.text(pick(step.purpose, walk.language)))
    keep = phrase(f"keep_{step.keep}", walk.language)
    return _finish(walk, node, [], "text", phrase("purpose", walk.language, purpose=purpose, keep=keep))


def _ask_number(walk: Walk, node: Node) -> Asked:
    step = cast("Scale", node.step)
    return _finish(walk, node, [], "number", phrase("hint_number", walk.language, least=step.least, most=step.most))


def _ask_when(walk: Walk, node: Node) -> Asked:
    hint = "hint_when" if cast("When", node.step).past else "hint_when_ahead"
    return _finish(walk, node, [], "when", phrase(hint, walk.language))


def _ask_open(walk: Walk, node: Node) -> Asked:
    return _finish(walk, node, [], "place")


def _ask_case(walk: Walk, node: Node) -> Asked:
    step = cast("OfferCase", node.step)
    rows = [(f"={name}", walk.line(name, walk.c.answers[name]), "") for name in case_names(walk, step)]
    rows += [("!yes", phrase("case_yes", walk.language), ""), ("!no", phrase("case_no", walk.language), "")]
    if walk.readers:
        rows.append(("!more", phrase("case_more", walk.language), ""))
    days = walk.world.municipality.retention_days
    if may_read(walk):
        who = phrase("case_readers", walk.language, place=walk.place_name(walk.c.place), days=days)
    else:
        who = phrase("case_no_readers", walk.language, days=days)
    terms = [phrase("case_named", walk.language, name=isolate(walk.c.sender))] if walk.c.sender else []
    terms += [phrase(f"case_without_{role}", walk.language) for role in walk.c.involved]
    who = " ".join((who, *terms))
    asked = _finish(walk, node, rows, "options", who, phrase("case_lines", walk.language), toggles=True)
    return replace(asked, strikes=True)


def may_read(walk: Walk) -> bool:
    """Whether anybody is connected who may see the case: without the roles that are involved."""
    return walk.readers > 0 and (not walk.desks or not set(walk.desks) <= set(walk.c.involved))


def case_names(walk: Walk, step: OfferCase) -> list[str]:
    """The answers that would be stored: those of `include` that were given, not what a playbook has noted itself."""
    given = [
        name for name in step.include if walk.c.answers.get(name) not in (None, False, "", []) and walk.is_asked(name)
    ]
    return given[:MAX_CASE_LINES]


def _ask_playbooks(walk: Walk, node: Node) -> Asked:
    names = offered(walk)
    other = ("!other", phrase("something_else", walk.language), "")
    offer = walk.library[names[0]].root.offer if len(names) == 1 else None
    if offer is not None:
        waiting = [offer_label(walk, name) for name in walk.c.waiting if name in walk.library]
        two = (phrase("two_things", walk.language, other=waiting[0]),) if waiting else ()
        yes = (f"={names[0]}", phrase("yes", walk.language), "")
        # Whoever knows what it is called may say so instead of yes.
        called = [[offer_label(walk, names[0])]]
        return make_asked((*two, pick(offer, walk.language)), [yes, other], "option", confidential=True, also=called)
    unclear = cast("OfferPlaybooks", node.step).unclear
    if unclear is not None and not recognised(walk):
        areas = [(f"~{name}", pick(area.label, walk.language), "") for name, area in unclear.options.items()]
        also = [area.also for area in unclear.options.values()]
        said = tuple(walk.text(pick(unclear.text, walk.language)))
        return make_asked(said, [*areas, other], "option", confidential=True, also=also)
    rows = [*((f"={name}", offer_label(walk, name), "") for name in names), other]
    if walk.c.refused and recognised(walk) and not _answered_other(walk):
        return make_asked((phrase("second_try", walk.language),), rows, "option", confidential=True)
    return _finish(walk, node, rows, "option")


def _answered_other(walk: Walk) -> bool:
    """Whether own words were asked for a second time, because no offer was right."""
    return any(visit.name in walk.c.answers and walk.c.answers[visit.name] == "other" for visit in walk.c.trail)


def ask_waiting(walk: Walk) -> Asked:
    """After a walk: whether to go on with the other thing that was told."""
    root = walk.library[walk.c.waiting[0]].root
    said = phrase("waiting", walk.language)
    rows = [("!yes", phrase("yes", walk.language), ""), ("!no", phrase("not_now", walk.language), "")]
    return make_asked((said, pick(root.offer or root.title, walk.language)), rows, "option", confidential=True)


def ask_resume(walk: Walk) -> Asked:
    """After a check-in: whether to go on with the walk that it interrupted."""
    rows = [("!go_on", phrase("go_on", walk.language), ""), ("!new", phrase("begin_anew", walk.language), "")]
    return make_asked((phrase("after_check_in", walk.language),), rows, "option")


def offered(walk: Walk) -> list[str]:
    """Playbooks to offer: what the words may mean, else the menu."""
    library = walk.library
    found = recognised(walk)
    if found:
        return found
    menu = [(program.root.menu, name) for name, program in library.items() if program.root.menu is not None]
    return [name for _rank, name in sorted(menu)][:MAX_MENU]


def recognised(walk: Walk) -> list[str]:
    """Playbooks that the person's words may mean; none when nothing was found in them."""
    return [name for name in walk.c.offered if name in walk.library][:MAX_OFFERED]


def offer_label(walk: Walk, name: str) -> str:
    """How a playbook is offered: its title."""
    return pick(walk.library[name].root.title, walk.language)


_KINDS: Final[Mapping[str, Callable[[Walk, Node], Asked]]] = {
    "choose": _ask_choose,
    "check_ins": _ask_choose,
    "choose_many": _ask_many,
    "checklist": _ask_checklist,
    "text": _ask_text,
    "number": _ask_number,
    "when": _ask_when,
    "place": _ask_open,
    "offer_case": _ask_case,
    "offer_playbooks": _ask_playbooks,
}
# Their choices depend on the person, so they are never cached.
_PERSONAL: Final = frozenset(("offer_case", "offer_playbooks"))
