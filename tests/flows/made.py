"""Hypothesis strategies that make legal playbooks: any kinds of steps in any order, every target there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from bot.flows.playbook import Playbook

TEXTS = st.sampled_from(
    ["Kurz.", "Was ist {eins}?", "{notruf} am {heute}", "Wort {worte} und {nummer}", "مرحبا {eins}"]
)
NAMES = ("eins", "zwei", "worte", "wann", "ort", "liste", "zahl")


def text() -> st.SearchStrategy[dict[str, Any]]:
    """A text in one to three languages, one bubble or two."""
    bubbles = TEXTS | st.lists(TEXTS, min_size=1, max_size=2)
    return st.fixed_dictionaries({"de": bubbles}, optional={"en": bubbles, "de-simple": bubbles})


def line() -> st.SearchStrategy[dict[str, str]]:
    """A label."""
    words = st.sampled_from(["Ja", "Nein", "Ja, gern", "Zuhause", "1", "Fertig", "Stopp", "Weiß ich nicht", "Nummer 2"])
    return st.fixed_dictionaries({"de": words})


def condition(depth: int = 2) -> st.SearchStrategy[dict[str, Any]]:
    """Any condition about any answer, fitting or not."""
    test = st.builds(
        lambda name, how: {"answer": name, **how},
        st.sampled_from(NAMES),
        st.sampled_from([
            {"is": "a"}, {"is_not": "a"}, {"in": ["a", "b"]}, {"not_in": ["b"]}, {"has": "a"}, {"at_least": "2"},
            {"at_most": "4"}, {"before": "2026-11-20"}, {"after": "2026-11-20"}, {"within": "3d"}, {"known": "true"},
            {"known": "false"},
        ]),
    )  # fmt: skip
    if depth == 0:
        return test
    inner = condition(depth - 1)
    parts = st.lists(inner, min_size=1, max_size=2)
    return (
        test
        | parts.map(lambda some: {"all": some})
        | parts.map(lambda some: {"any": some})
        | inner.map(lambda one: {"not": one})
    )


def step(targets: list[str], blocks: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    """A step of any kind that leads to one of `targets`."""
    to = st.sampled_from(targets)
    option = st.fixed_dictionaries({"label": line()}, optional={"go": to, "hint": line()})
    options = st.fixed_dictionaries({"a": option, "b": option}, optional={"c": option})
    several = st.fixed_dictionaries({name: st.fixed_dictionaries({"label": line()}) for name in "ab"})
    plan = st.fixed_dictionaries({"label": line(), "plan": st.sampled_from([[], ["24h"], ["24h", "3d", "2w"]])})
    flag = st.sampled_from(["true", "false"])
    extra = {"next": to, "tags": st.sampled_from([[], ["notruf"], ["beweise"]])}
    asks = {
        **extra,
        "unknown": flag,
        "decline": flag,
        "once": flag,
        "confidential": flag,
        "unknown_go": to,
        "short": line(),
    }

    def ask(kind: str, save: str, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        fixed = {"kind": st.just(kind), "save": st.just(save), "text": text(), **parts}
        return st.fixed_dictionaries(fixed, optional=dict(asks))

    def do(kind: str, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
        return st.fixed_dictionaries({"kind": st.just(kind), **parts}, optional=dict(extra))

    item = st.fixed_dictionaries({"label": line()})
    kinds = [
        do("message", text=text()),
        ask("choose", "eins", options=options),
        ask("choose_many", "liste", options=several),
        ask("checklist", "zwei", items=st.fixed_dictionaries({"a": item, "b": item})),
        ask("text", "worte", purpose=text(), keep=st.sampled_from(["nicht", "gespraech", "vorgang"])),
        ask("number", "zahl"),
        ask("when", "wann", past=flag),
        ask("place", "ort", role=st.sampled_from(["dienststelle", "ort", "wohnort"])),
        do(
            "branch",
            cases=st.lists(st.fixed_dictionaries({"if": condition(), "go": to}), min_size=1, max_size=3),
            **{"else": to},
        ),
        do("set", values=st.sampled_from([{"eins": "a"}, {"bis": {"deadline": "strafantrag", "from": "wann"}}])),
        do("contact", text=text(), kinds=st.just(["polizei", "presse"])),
        do("template", text=text(), body=text()),
        ask("offer_case", "fall", include=st.just(["eins", "worte", "wann"]), accepted=to, declined=to),
        ask("check_ins", "plan", options=st.fixed_dictionaries({"a": plan, "b": plan})),
    ]
    if blocks:
        kinds.append(do("call", playbook=st.sampled_from(blocks)))
    return st.one_of(kinds)


@st.composite
def playbook(draw: st.DrawFn, name: str, kind: str, blocks: list[str]) -> Playbook:
    """A file with up to eight steps and an end."""
    ids = [f"s{number}" for number in range(draw(st.integers(1, 8)))]
    steps = {one: draw(step([*ids, "ende"], blocks)) for one in ids}
    steps["ende"] = {"kind": "end", "text": draw(text())}
    return Playbook.model_validate(
        {"id": name, "type": kind, "title": {"de": name}, "menu": "1", "review_by": "2027-02-21", "steps": steps}
    )


@st.composite
def files(draw: st.DrawFn, always: Mapping[str, Playbook]) -> dict[str, Playbook]:
    """A playbook `weg` with up to two building blocks that may call each other downwards, and the files of `always`."""
    made: dict[str, Playbook] = dict(always)
    blocks: list[str] = []
    for name in draw(st.sampled_from([[], ["b_eins"], ["b_eins", "b_zwei"]])):
        made[name] = draw(playbook(name, "baustein", list(blocks)))
        blocks.append(name)
    made["weg"] = draw(playbook("weg", "vorfall", blocks))
    return made
