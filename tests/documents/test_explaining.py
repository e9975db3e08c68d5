"""What pydantic finds is said in German, at the right place, without quoting more than a word."""

# ruff: noqa: E501 - expected sentences stand on one line, as they are printed

from __future__ import annotations

from typing import Annotated, Literal

import pydantic
import pytest
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.documents import explain, quote, read, suggest

CODE = r"^[a-z]+$"
Code = Annotated[str, StringConstraints(pattern=CODE)]


class Base(BaseModel):
    """Closed, like every model of a file."""

    model_config = ConfigDict(extra="forbid")


class Walk(Base):
    """A kind whose name is also one of its keys."""

    kind: Literal["walk"]
    walk: str
    speed: Annotated[int, Field(ge=1, le=9)] = 1


class Stand(Base):
    """The other kind."""

    kind: Literal["stand"]
    where: Literal["here", "there"] = "here"
    days: Annotated[tuple[Code, ...], Field(max_length=2)] = ()

    @model_validator(mode="after")
    def _not_there(self) -> Stand:
        if self.where == "there":
            raise ValueError("Dort steht niemand.", "Schreiben Sie „here“.")
        return self


class Paper(Base):
    """A file."""

    title: dict[Code, str]
    moves: dict[str, Annotated[Walk | Stand, Field(discriminator="kind")]] = {}
    mixed: dict[str, str | Walk] = {}
    short: Annotated[str, Field(max_length=5)] = ""
    flag: Annotated[bool, Field(strict=True)] = False


def problems_of(text: str, **more: dict[str, str]) -> list[str]:
    """Everything that is wrong, as lines."""
    document, _ = read(text.encode(), "a")
    assert document is not None
    with pytest.raises(pydantic.ValidationError) as caught:
        Paper.model_validate(document.value)
    return [str(problem) for problem in explain(caught.value, document, Paper, **more)]


CASES = {
    "title: {de: x}\nmovs: {}": "a:2:1: error unbekannter-schluessel: Unbekannter Schlüssel „movs“. Meinten Sie „moves“?",
    "title: {de: x}\nzzz: {}": "a:2:1: error unbekannter-schluessel: Unbekannter Schlüssel „zzz“. Erlaubt sind hier: title, moves, mixed, short, flag.",
    "moves: {}": "a:1:1: error fehlender-schluessel: In der Datei fehlt „title“. Ergänzen Sie „title“.",
    "title: x": "a:1:8: error block-erwartet: Hier muss ein Block stehen, nicht nur ein Wert. Schreiben Sie darunter, weiter eingerückt, Zeilen wie „Schlüssel: Wert“.",
    "title: {DE: x}": "a:1:9: error falsche-form: „DE“ hat nicht die Form, die hier erwartet wird. Sehen Sie im Handbuch nach, wie es geschrieben wird.",
    "title: {dе: x}": "a:1:9: error fremder-buchstabe: In „dе“ steht „е“ aus einer anderen Schrift (U+0435). Tippen Sie das Wort neu.",
    "title: {de: {x}}": "a:1:13: error klammer-am-anfang: Der Text beginnt mit einer Klammer; YAML hält ihn darum nicht für einen Text. Setzen Sie den Text in Anführungszeichen.",
    "title: {de: [x]}": "a:1:13: error klammer-am-anfang: Der Text beginnt mit einer Klammer; YAML hält ihn darum nicht für einen Text. Setzen Sie den Text in Anführungszeichen.",
    "title: {de: x}\nmoves: {a: {kind: wlk}}": "a:2:19: error unbekannte-art: Die Art „wlk“ gibt es nicht. Meinten Sie „walk“? Möglich sind: walk, stand.",
    "title: {de: x}\nmoves: {a: {walk: b}}": "a:2:9: error fehlende-art: Bei „a“ fehlt „kind“. Möglich sind: walk, stand.",
    "title: {de: x}\nmoves: {a: b}": "a:2:12: error block-erwartet: Hier muss ein Block stehen, nicht nur ein Wert. Schreiben Sie darunter, weiter eingerückt, Zeilen wie „Schlüssel: Wert“.",
    "title: {de: x}\nmoves: {a: {kind: walk}}": "a:2:9: error fehlender-schluessel: Bei „a“ fehlt „walk“. Ergänzen Sie „walk“.",
    "title: {de: x}\nmoves: {a: {kind: walk, walk: [b]}}": "a:2:31: error klammer-am-anfang: Der Text beginnt mit einer Klammer; YAML hält ihn darum nicht für einen Text. Setzen Sie den Text in Anführungszeichen.",
    "title: {de: x}\nmoves: {a: {kind: walk, walk: b, speed: '99'}}": "a:2:41: error zahl-ausserhalb: Die Zahl ist zu groß; höchstens 9 ist möglich. Ändern Sie die Zahl.",
    "title: {de: x}\nmoves: {a: {kind: stand, where: her}}": "a:2:33: error unbekanntes-wort: „her“ gibt es hier nicht. Meinten Sie „here“? Möglich sind: here, there.",
    "title: {de: x}\nmoves: {a: {kind: stand, where: there}}": "a:2:12: error falscher-wert: Dort steht niemand. Schreiben Sie „here“.",
    "title: {de: x}\nmoves: {a: {kind: stand, days: mo}}": "a:2:32: error liste-erwartet: Hier muss eine Liste stehen. Schreiben Sie [mo].",
    "title: {de: x}\nmoves: {a: {kind: stand, days: [a, b, c]}}": "a:2:32: error zu-viele: Hier stehen 3 Einträge; höchstens 2 sind möglich. Streichen Sie, oder teilen Sie auf.",
    "title: {de: x}\nmoves: {a: {kind: stand, days: [a, 7]}}": "a:2:36: error falsche-form: „7“ hat nicht die Form, die hier erwartet wird. Sehen Sie im Handbuch nach, wie es geschrieben wird.",
    "title: {de: x}\nmixed: {a: {kind: walk}}": "a:2:9: error fehlender-schluessel: Bei „a“ fehlt „walk“. Ergänzen Sie „walk“.",
    "title: {de: x}\nmixed: {a: [b]}": "a:2:12: error falsche-form: Der Wert hat hier nicht die richtige Form. Sehen Sie im Handbuch oder im Schema nach.",
    "title: {de: x}\nshort: sehr lang": "a:2:8: error zu-lang: Der Text hat 9 Zeichen; höchstens 5 sind möglich. Kürzen Sie ihn, oder machen Sie mehrere daraus.",
    "title: {de: x}\nshort:\n  - a": "a:3:3: error text-erwartet: Hier muss ein Text stehen, keine Liste. Setzen Sie den Text in Anführungszeichen.",
    "title: {de: x}\nflag: nie": "a:2:7: error kein-schalter: Hier steht weder „true“ noch „false“. Schreiben Sie eines von beiden.",
}


@pytest.mark.parametrize("text", CASES)
def test_each_kind_of_error_is_explained(text: str) -> None:
    """One sentence for what, one for the cure, at the key or the value that is meant."""
    assert problems_of(text) == [CASES[text]]


def test_all_errors_at_once() -> None:
    """Every problem of a file is said in one run, from top to bottom."""
    lines = problems_of("titel: {de: x}\nmoves: {a: {kind: walk, sped: 3}}")
    assert [line.split(": ")[1] for line in lines] == [
        *("error fehlender-schluessel", "error unbekannter-schluessel", "error fehlender-schluessel"),
        "error unbekannter-schluessel",
    ]


def test_forms_of_the_caller() -> None:
    """Whoever knows what a pattern means says it."""
    (line,) = problems_of("title: {DE: x}", forms={CODE: "kleine Buchstaben"})
    assert line.endswith("Erlaubt sind: kleine Buchstaben.")


def test_long_input_is_not_quoted() -> None:
    """What someone pasted by mistake does not fill the screen, nor turn it around."""
    (line,) = problems_of("title: {de: x}\nmoves: {a: {kind: stand, where: %s}}" % ("geheim " * 50))
    assert len(line) < 200
    assert quote("a\nb\u202ec" + "d" * 100) == "„a b c" + "d" * 34 + "…“"


def test_suggestions() -> None:
    """Only what is near is suggested."""
    assert suggest("optons", ["options", "steps"]) == "Meinten Sie „options“?"
    assert suggest("ganz anders", ["options", "steps"]) == ""
