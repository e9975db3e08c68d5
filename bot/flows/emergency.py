"""The static texts for danger, for a crisis and for announced violence.

Owns: their words, fixed here and never generated. They need no network, no consent, no state and no playbook, so
that they can be sent when nothing else works. Each function returns the bubbles in the order in which they are sent;
a bubble holds one idea and stays far below 500 characters.

Source of the German words: shared page `sprache.md`, section 6, word for word where it gives words, and
`szenarien.md`, part A2 (S0) and part C; numbers from `hilfen_bund.md`, 1 and 2. 113 is not named: it is only planned.

Languages: `de`, `en` and `de-simple`. For `tr`, `ar`, `ru` and `uk` the German and the English text go out together:
a crisis text needs a translator of the field, and none has worked on these yet; the numbers are the same in every
language. Any other code gets German.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from bot.flows.crisis import Crisis

Bubbles = tuple[str, ...]

NUMBERS: Final[Mapping[str, str]] = {
    "polizei": "110",
    "rettung": "112",
    "telefonseelsorge_1": "0800 111 0 111",
    "telefonseelsorge_2": "0800 111 0 222",
    "telefonseelsorge_3": "116 123",
    "krisendienste_bayern": "0800 655 3000",
    "kinder_jugend": "116 111",
}
"""Every number that these texts name, in groups as they are shown. 112 also in acute danger of suicide."""

UNTRANSLATED: Final = frozenset(("tr", "ar", "ru", "uk"))
"""Languages that are recognised but answered in German and English (see above)."""


class CrisisOption(NamedTuple):
    """A button below a crisis text: its stable id, its label, and what is said when it is chosen."""

    id: str
    label: str
    reply: Bubbles


_NUMBER_LINE: Final[Mapping[str, str]] = {
    "de": "In Gefahr: 110. Verletzt oder Suizidgedanken: 112.",
    "en": "In danger: 110. Injured or thoughts of suicide: 112.",
    "de-simple": "In Gefahr: 110. Verletzt: 112. Sie wollen nicht mehr leben: 112.",
}


def emergency_numbers(lang: str) -> str:
    """Return the two numbers in one line, as playbooks set them into their texts (`{notruf}`)."""
    return _NUMBER_LINE.get(lang, _NUMBER_LINE["de"])


def emergency_text(lang: str) -> Bubbles:
    """Return the answer to `notruf`: whom to call now, and that this program calls nobody."""
    return _both(_EMERGENCY) if lang in UNTRANSLATED else _EMERGENCY.get(lang, _EMERGENCY["de"])


def crisis_text(crisis: Crisis, lang: str, *, bavaria: bool = False) -> Bubbles:
    """Return the answer to a crisis of this class. `bavaria` adds the line of the Krisendienste Bayern."""
    if lang in UNTRANSLATED:
        return crisis_text(crisis, "de", bavaria=bavaria) + crisis_text(crisis, "en", bavaria=bavaria)
    code = lang if lang in _TALK else "de"
    local = (_BAVARIA[code],) if bavaria else ()
    return (*_OPENING[crisis][code], _TALK[code], *local, *_CLOSING[crisis][code])


def worry_text(lang: str, *, bavaria: bool = False) -> Bubbles:
    """Return what goes before the question whether it is a crisis, where only a guess speaks for it."""
    if lang in UNTRANSLATED:
        return worry_text("de", bavaria=bavaria) + worry_text("en", bavaria=bavaria)
    code = lang if lang in _TALK else "de"
    local = (_BAVARIA[code],) if bavaria else ()
    return (_WORRY[code], _TALK[code], *local)


def crisis_options(lang: str) -> tuple[CrisisOption, ...]:
    """Return the four buttons below a crisis text, with what each of them answers."""
    return _OPTIONS.get(lang, _OPTIONS["de"])


def after_not_serious(lang: str) -> Bubbles:
    """Return the answer to "I did not mean it": no reproach, the numbers stay."""
    return _both(_NOT_SERIOUS) if lang in UNTRANSLATED else _NOT_SERIOUS.get(lang, _NOT_SERIOUS["de"])


def violence_text(lang: str) -> Bubbles:
    """Return the answer to announced violence against others: calm, 110, no blame, no instruction.

    A program cannot tell a figure of speech from a plan; the operator's rule for § 138 StGB is not decided here.
    """
    return _both(_VIOLENCE) if lang in UNTRANSLATED else _VIOLENCE.get(lang, _VIOLENCE["de"])


def _both(texts: Mapping[str, Bubbles]) -> Bubbles:
    return texts["de"] + texts["en"]


_EMERGENCY: Final[Mapping[str, Bubbles]] = {
    "de": (
        "In Gefahr: 110 (Polizei).\nVerletzt, Feuer oder Suizidgedanken: 112 (Rettung und Feuerwehr).",
        "Gehen Sie an einen sicheren Ort. Ich kann niemanden für Sie rufen. Im Zweifel 110 – Sie stören nicht.",
        "Reden, Tag und Nacht, kostenlos: TelefonSeelsorge 0800 111 0 111, 0800 111 0 222 oder 116 123.",
    ),
    "en": (
        "In danger: 110 (police).\nInjured, fire or thoughts of suicide: 112 (ambulance and fire brigade).",
        "Go to a safe place. I cannot call anyone for you. If in doubt, call 110 – you are not disturbing anyone.",
        (
            "Someone to talk to, day and night, free: 116 123 or 0800 111 0 111"
            " (German-speaking; English not guaranteed)."
        ),
    ),
    "de-simple": (
        "Sind Sie in Gefahr?\nRufen Sie 110 an.\nDas ist die Polizei.",
        "Ist jemand verletzt?\nBrennt es?\nWollen Sie nicht mehr leben?\nRufen Sie 112 an.\nDas ist der Not·ruf.",
        (
            "Gehen Sie an einen sicheren Ort.\nIch kann niemanden für Sie anrufen.\n"
            "Sind Sie unsicher?\nRufen Sie 110 an.\nSie stören nicht."
        ),
        (
            "Wollen Sie mit jemandem reden?\nDie Telefon·Seelsorge hört zu.\nAm Tag und in der Nacht.\n"
            "Der Anruf kostet nichts.\nDie Nummern sind:\n0800 111 0 111\n0800 111 0 222\n116 123"
        ),
    ),
}

_TALK: Final[Mapping[str, str]] = {
    "de": "Reden, Tag und Nacht, kostenlos: TelefonSeelsorge 0800 111 0 111, 0800 111 0 222 oder 116 123."
    " Chat: telefonseelsorge.de. Ist besetzt: bitte gleich noch einmal.",
    "en": "Someone to talk to, day and night, free: 116 123 or 0800 111 0 111 or 0800 111 0 222"
    " (German-speaking; English not guaranteed). Chat: telefonseelsorge.de. If it is busy, please try again.",
    "de-simple": "Reden hilft.\nDie Telefon·Seelsorge hört zu.\nAm Tag und in der Nacht.\nDer Anruf kostet nichts.\n"
    "Die Nummern sind:\n0800 111 0 111\n0800 111 0 222\n116 123\nOder im Internet: telefonseelsorge.de\n"
    "Ist besetzt?\nBitte rufen Sie gleich noch einmal an.",
}

_BAVARIA: Final[Mapping[str, str]] = {
    "de": "Krisendienste Bayern, Tag und Nacht, kostenlos: 0800 655 3000.",
    "en": "Krisendienste Bayern (crisis service in Bavaria), day and night, free: 0800 655 3000.",
    "de-simple": "In Bayern hilft auch der Krisen·dienst.\nAm Tag und in der Nacht.\nDie Nummer ist:\n0800 655 3000",
}

_OPENING: Final[Mapping[Crisis, Mapping[str, Bubbles]]] = {
    Crisis.DIRECT: {
        "de": (
            (
                "Danke, dass Sie das schreiben. Das klingt nach sehr großer Not."
                " Ich bin ein Computerprogramm und kann Ihnen darin nicht gerecht werden – ein Mensch kann es."
            ),
            "Sind Sie in Gefahr, sich etwas anzutun? Bitte rufen Sie jetzt 112 an.",
        ),
        "en": (
            "Thank you for telling me. I am a computer program, not a person.",
            "If you might hurt yourself, call 112 now.",
        ),
        "de-simple": (
            (
                "Danke, dass Sie das schreiben.\nEs geht Ihnen sehr schlecht.\nIch bin ein Computer-Programm.\n"
                "Ein Mensch kann Ihnen besser helfen."
            ),
            "Wollen Sie sich etwas antun?\nRufen Sie jetzt 112 an.\nDas ist der Not·ruf.",
        ),
    },
    Crisis.INDIRECT: {
        "de": (
            "Danke, dass Sie das schreiben. Ich frage lieber nach: Denken Sie daran, sich etwas anzutun?",
            "Wenn ja, bitte rufen Sie jetzt 112 an. Ich bin ein Computerprogramm. Ein Mensch kann Ihnen helfen.",
        ),
        "en": (
            "Thank you for telling me. I would rather ask: are you thinking of hurting yourself?",
            "If so, call 112 now. I am a computer program, not a person. A person can help you.",
        ),
        "de-simple": (
            "Danke, dass Sie das schreiben.\nIch frage lieber nach:\nDenken Sie daran, sich etwas anzutun?",
            (
                "Wenn ja:\nRufen Sie jetzt 112 an.\nDas ist der Not·ruf.\nIch bin ein Computer-Programm.\n"
                "Ein Mensch kann Ihnen helfen."
            ),
        ),
    },
    Crisis.OTHERS: {
        "de": (
            "Gut, dass Sie das schreiben.",
            (
                "Bleiben Sie, wenn möglich, bei der Person. Rufen Sie 112, wenn Gefahr besteht."
                " Auch Sie können die TelefonSeelsorge anrufen."
            ),
        ),
        "en": (
            "It is good that you are telling me.",
            (
                "Stay with the person if you can. Call 112 if there is danger."
                " You can call someone to talk to yourself, too."
            ),
        ),
        "de-simple": (
            "Gut, dass Sie das schreiben.",
            (
                "Bleiben Sie bei dem Menschen.\nIst er in Gefahr?\nRufen Sie 112 an.\nDas ist der Not·ruf.\n"
                "Auch Sie können bei der Telefon·Seelsorge anrufen."
            ),
        ),
    },
}

_WORRY: Final[Mapping[str, str]] = {
    "de": (
        "Danke, dass Sie das schreiben. Ich bin ein Computerprogramm und kann mich irren, darum frage ich lieber nach."
        " In Gefahr: bitte rufen Sie jetzt 112 an."
    ),
    "en": (
        "Thank you for telling me. I am a computer program and may be wrong, so I would rather ask."
        " In danger: call 112 now."
    ),
    "de-simple": (
        "Danke, dass Sie das schreiben.\nIch bin ein Computer-Programm.\nVielleicht irre ich mich.\n"
        "Ich frage lieber nach.\nSind Sie in Gefahr?\nRufen Sie jetzt 112 an."
    ),
}

_STAYING: Final[Mapping[str, str]] = {
    "de": "Ich habe niemanden informiert. Ich bin weiter da, wenn Sie schreiben möchten.",
    "en": "I have not told anyone. I am still here if you want to write.",
    "de-simple": "Ich habe niemandem etwas gesagt.\nSie können mir weiter schreiben.",
}

_NEAR: Final[Mapping[str, Bubbles]] = {
    "de": ("Ist jemand in Ihrer Nähe, zu dem Sie gehen können?", _STAYING["de"]),
    "en": ("Is there someone near you whom you can go to?", _STAYING["en"]),
    "de-simple": ("Ist ein Mensch in Ihrer Nähe?\nKönnen Sie zu ihm gehen?", _STAYING["de-simple"]),
}

_CLOSING: Final[Mapping[Crisis, Mapping[str, Bubbles]]] = {
    Crisis.DIRECT: _NEAR,
    Crisis.INDIRECT: _NEAR,
    Crisis.OTHERS: {
        "de": ("Für Kinder und Jugendliche gibt es auch die 116 111.", _STAYING["de"]),
        "en": ("For children and young people there is also 116 111 (in German).", _STAYING["en"]),
        "de-simple": ("Ist es ein Kind?\nKinder können auch 116 111 anrufen.", _STAYING["de-simple"]),
    },
}

_OPTIONS: Final[Mapping[str, tuple[CrisisOption, ...]]] = {
    "de": (
        CrisisOption(
            "anrufen",
            "Nummer anrufen",
            (
                (
                    "In Gefahr: 112. Zum Reden: 0800 111 0 111, 0800 111 0 222 oder 116 123."
                    " Ist besetzt: bitte gleich noch einmal."
                ),
                "Ich bin weiter da, wenn Sie schreiben möchten.",
            ),
        ),
        CrisisOption(
            "bei_jemandem",
            "Ich bin bei jemandem",
            (
                "Gut, dass Sie nicht allein sind. Wenn Sie können: Sagen Sie der Person, wie es Ihnen geht.",
                "Die 112 gilt weiter, auch wenn jemand bei Ihnen ist. Ich bin weiter da, wenn Sie schreiben möchten.",
            ),
        ),
        CrisisOption(
            "weiterschreiben",
            "Weiterschreiben",
            (
                (
                    "Schreiben Sie, was Sie möchten. Ich bin ein Computerprogramm."
                    " Niemand liest hier rund um die Uhr mit. Ein Mensch ist unter 116 123 da, in Gefahr die 112."
                ),
            ),
        ),
        CrisisOption(
            "nicht_ich",
            "Es ging nicht um mich",
            (
                "Gut, dass Sie das sagen. Die Nummern lasse ich hier stehen.",
                (
                    "Geht es um jemand anderen: Bleiben Sie, wenn möglich, bei der Person."
                    " Rufen Sie 112, wenn Gefahr besteht. Auch Sie können die TelefonSeelsorge anrufen."
                ),
            ),
        ),
    ),
    "en": (
        CrisisOption(
            "anrufen",
            "Call a number",
            (
                "In danger: 112. To talk: 116 123, 0800 111 0 111 or 0800 111 0 222. If it is busy, please try again.",
                "I am still here if you want to write.",
            ),
        ),
        CrisisOption(
            "bei_jemandem",
            "I am with someone",
            (
                "It is good that you are not alone. If you can, tell the person how you are.",
                "112 is there for you even if someone is with you. I am still here if you want to write.",
            ),
        ),
        CrisisOption(
            "weiterschreiben",
            "Keep writing",
            (
                (
                    "Write whatever you like. I am a computer program."
                    " Nobody reads along around the clock. A person is there at 116 123; in danger, 112."
                ),
            ),
        ),
        CrisisOption(
            "nicht_ich",
            "It was not about me",
            (
                "It is good that you say so. I will leave the numbers here.",
                (
                    "If it is about someone else: stay with the person if you can. Call 112 if there is danger."
                    " You can call someone to talk to yourself, too."
                ),
            ),
        ),
    ),
    "de-simple": (
        CrisisOption(
            "anrufen",
            "Nummer anrufen",
            (
                (
                    "In Gefahr rufen Sie 112 an.\nZum Reden rufen Sie an:\n0800 111 0 111\n0800 111 0 222\n116 123\n"
                    "Ist besetzt?\nBitte rufen Sie gleich noch einmal an."
                ),
                "Sie können mir weiter schreiben.",
            ),
        ),
        CrisisOption(
            "bei_jemandem",
            "Ich bin bei jemandem",
            (
                "Gut, dass Sie nicht allein sind.\nSagen Sie dem Menschen, wie es Ihnen geht.",
                "Sie können die 112 trotzdem anrufen.\nSie können mir weiter schreiben.",
            ),
        ),
        CrisisOption(
            "weiterschreiben",
            "Weiterschreiben",
            (
                (
                    "Schreiben Sie, was Sie möchten.\nIch bin ein Computer-Programm.\nHier liest nicht immer ein Mensch"
                    " mit.\n"
                    "Ein Mensch ist hier da: 116 123.\nIn Gefahr rufen Sie 112 an."
                ),
            ),
        ),
        CrisisOption(
            "nicht_ich",
            "Es ging nicht um mich",
            (
                "Gut, dass Sie das sagen.\nDie Nummern bleiben hier stehen.",
                (
                    "Geht es um einen anderen Menschen?\nBleiben Sie bei ihm.\nIst er in Gefahr?\nRufen Sie 112 an.\n"
                    "Auch Sie können bei der Telefon·Seelsorge anrufen."
                ),
            ),
        ),
    ),
}

_NOT_SERIOUS: Final[Mapping[str, Bubbles]] = {
    "de": ("Gut, dass Sie das sagen. Die Nummern lasse ich hier stehen.",),
    "en": ("It is good that you say so. I will leave the numbers here.",),
    "de-simple": ("Gut, dass Sie das sagen.\nDie Nummern bleiben hier stehen.",),
}

_VIOLENCE: Final[Mapping[str, Bubbles]] = {
    "de": (
        "Ich habe gelesen, was Sie schreiben. Wie es gemeint ist, kann ich als Computerprogramm nicht beurteilen.",
        "Ist jemand in Gefahr, oder fürchten Sie, dass gleich etwas passiert: Bitte rufen Sie jetzt 110 an.",
        (
            "Wenn Sie mit einem Menschen reden möchten, Tag und Nacht, kostenlos:"
            " TelefonSeelsorge 0800 111 0 111, 0800 111 0 222 oder 116 123."
        ),
        "Ich habe niemanden informiert. Sie können hier weiterschreiben.",
    ),
    "en": (
        "I have read what you wrote. I am a computer program and cannot judge how it is meant.",
        "If someone is in danger, or if you fear that something is about to happen, please call 110 now.",
        (
            "If you want to talk to a person, day and night, free: 116 123 or 0800 111 0 111"
            " (German-speaking; English not guaranteed)."
        ),
        "I have not told anyone. You can keep writing here.",
    ),
    "de-simple": (
        "Ich habe Ihre Nachricht gelesen.\nIch bin ein Computer-Programm.\nIch weiß nicht, wie Sie es meinen.",
        "Ist jemand in Gefahr?\nRufen Sie jetzt 110 an.\nDas ist die Polizei.",
        (
            "Wollen Sie mit einem Menschen reden?\nRufen Sie die Telefon·Seelsorge an.\nAm Tag und in der Nacht.\n"
            "Der Anruf kostet nichts.\nDie Nummern sind:\n0800 111 0 111\n0800 111 0 222\n116 123"
        ),
        "Ich habe niemandem etwas gesagt.\nSie können mir weiter schreiben.",
    ),
}
