"""Words that do not belong in any text: which, in which languages, why, and what to write instead.

Source: shared page `sprache.md` (1 tone, 3 plain language, 4 trauma, 5 promises, 6 crisis) and `szenarien.md` A6;
secret recordings: § 201 StGB. The rules are few and sure rather than many and clever: an error is a word that is always
wrong, everything else a warning. A further rule is a further entry, with rows in `tests/flows/test_style.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from bot.documents import Severity

GERMAN: Final = ("de", "de-simple")
_STOPS: Final = ".?!\n"


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that do not belong in a text, in which languages, and what to write instead.

    `quoted` False: what stands in quotation marks is not meant. `unless`: words that make a sentence right after all
    ("nicht", "nur mit Einwilligung").
    """

    code: str
    pattern: re.Pattern[str]
    what: str
    todo: str
    languages: tuple[str, ...] = GERMAN
    severity: Severity = "error"
    quoted: bool = True
    unless: re.Pattern[str] | None = None

    def search(self, text: str) -> re.Match[str] | None:
        """The first place in a text where the rule is broken."""
        for found in self.pattern.finditer(text):
            if self.unless is None or not self.unless.search(sentence_at(text, found.start())):
                return found
        return None


def sentence_at(text: str, place: int) -> str:
    """The sentence in which a place of a text lies."""
    start = max(text.rfind(sign, 0, place) for sign in _STOPS) + 1
    ends = [end for end in (text.find(sign, place) for sign in _STOPS) if end >= 0]
    return text[start : min(ends, default=len(text))]


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)


def _rule(
    code: str,
    words: str,
    what: str,
    todo: str,
    *languages: str,
    severity: Severity = "error",
    quoted: bool = True,
    unless: str = "",
) -> Rule:
    kept = _pattern(unless) if unless else None
    return Rule(code, _pattern(words), what, todo, languages or GERMAN, severity, quoted, kept)


_PROMISE: Final = "„{}“ verspricht, was niemand halten kann."
_CAN: Final = "Schreiben Sie, was Sie wissen: „Ich kann …“, „Das entscheidet …“."
_BLAME: Final = "„{}“ verletzt Menschen, die angegriffen wurden."
_STAY: Final = "Erkennen Sie an, was ist, oder streichen Sie es."
# § 201 StGB: up to three years, five for public officials.
_RECORDING: Final = "„{}“ klingt wie ein Rat, heimlich aufzunehmen; das kann strafbar sein (§ 201 StGB)."
_WRITE_DOWN: Final = "Raten Sie zum Gedächtnisprotokoll, oder sagen Sie deutlich „nicht“."
RULES: Final = (
    _rule(
        "versprechen",
        r"jemand (?:meldet|kümmert) sich|(?:wir|ich) melden? (?:uns|mich) bei ihnen|ihnen (?:passiert|geschieht) nichts"
        r"|ihnen kann nichts passieren|(?:das )?bleibt (?:alles )?unter uns|ich sage (?:\w+ )?jemandem bescheid"
        r"|sie bekommen recht|wir kümmern uns|ich verspreche|versprochen\b|garantier\w+|hundertprozentig|alles wird gut"
        r"|wird (?:\w+ )?bestraft|(?:wird|werden) (?:sicher|sofort|garantiert) gelöscht"
        r"|(?:koordination|stelle|polizei|beratung|leitung|mensch) (?:meldet sich|ruft sie (?:an|zurück))"
        r"|wird sich (?:\w+ )?(?:bei ihnen )?melden|(?:wir|ich) haben? (?:\w+ )?(?:jemanden|die \w+) informiert"
        r"|niemand erfährt|sie werden (?:an|zurück)gerufen",
        _PROMISE,
        _CAN,
    ),
    _rule(
        "versprechen",
        r"(?:someone|somebody|we) will (?:contact|call|get back to|be in touch with|take care of) you"
        r"|i(?:'ll| will) tell someone|nothing will happen to you|(?:i|we) promise|guarantee\w*"
        r"|everything will be (?:fine|all right|okay)|stays between us|will be punished|you will win"
        r"|(?:office|police|coordinator|colleague)s? will (?:call|contact|ring) you|nobody will (?:know|find out)"
        r"|(?:i|we) have (?:informed|told|notified)",
        _PROMISE,
        _CAN,
        "en",
    ),
    _rule(
        "urteil",
        r"das ist (?:klar |eindeutig |sicher )?strafbar|(?:geringes|niedriges|kein|kaum ein) risiko"
        r"|(?:das|es) ist (?:ganz )?ungefährlich|sie sind nicht in gefahr",
        "„{}“ urteilt über Recht oder Gefahr; das steht dem Lotsen nicht zu.",
        "Schreiben Sie „Das kann strafbar sein“ und wer es entscheidet.",
    ),
    _rule(
        "urteil",
        r"(?:that|this|it) is (?:clearly |definitely )?(?:a crime|illegal|punishable)|(?:low|no|little) risk"
        r"|you are not in danger",
        "„{}“ urteilt über Recht oder Gefahr; das steht dem Lotsen nicht zu.",
        "Schreiben Sie „That can be an offence“ und wer es entscheidet.",
        "en",
    ),
    _rule(
        "heimliche-aufnahme",
        r"heimlich\w* (?:\w+ ){0,4}?(?:auf(?:zu)?nehm|aufnahm|auf(?:zu)?zeich|mit(?:zu)?schneid|mitschnitt|film)\w*"
        r"|heimlich\w* tonauf\w*"
        r"|(?:nehmen|zeichnen|schneiden) sie (?:\w+ ){0,4}?(?:gespräch|telefonat|anruf|sitzung)\w* (?:\w+ ){0,4}?"
        r"(?:auf|mit)\b"
        r"|(?:gespräch|telefonat|anruf)\w* (?:\w+ ){0,3}?(?:auf(?:zu)?nehmen|auf(?:zu)?zeichnen|mit(?:zu)?schneiden)"
        r"|(?:handy|telefon|aufnahme|diktiergerät)\w* (?:\w+ ){0,3}?mitlaufen|diktiergerät",
        _RECORDING,
        _WRITE_DOWN,
        unless=r"nicht\b|nie\b|niemals\b|kein\w*|nichts\b|verboten|strafbar|einwillig\w*|zustimm\w*|einverstanden\w*"
        r"|einverständnis|erlaub\w*",
    ),
    _rule(
        "heimliche-aufnahme",
        r"(?:secretly|covertly) (?:\w+ ){0,3}?(?:record|film|tape)\w*|secret (?:sound |audio )?recording\w*"
        r"|(?:record|film|tap)\w* (?:\w+ ){0,4}?(?:secretly|covertly|in secret|without (?:telling|their knowledge))"
        r"|record (?:the|a|your|any) (?:conversation|call|talk|meeting)\w*",
        _RECORDING,
        _WRITE_DOWN,
        "en",
        unless=r"not\b|never\b|no\b|nothing\b|don['’]t|forbidden|offence|crime|punishable|consent\w*|agree\w*"
        r"|permission",
    ),
    _rule("anonym", r"anonym\w*", "„{}“ stimmt nie ganz.", "Schreiben Sie „ohne Namen“."),
    _rule("anonym", r"anonym\w*", "„{}“ stimmt nie ganz.", "Schreiben Sie „without your name“.", "en"),
    _rule(
        "schuldzuweisung",
        r"beruhigen sie sich|(?:war|ist) (?:doch )?nur (?:ein witz|eine meinung|spaß)|nicht so gemeint|selbst schuld"
        r"|hätten sie (?:\w+ )?nicht|haben sie (?:\w+ )?provoziert|sind sie sicher, dass|kopf hoch|nicht so empfindlich"
        r"|ich weiß genau, wie|sie müssen (?:eine |das |es )?(?:anzeige\w*|anzeigen)|gehört zum job"
        r"|muss man (?:das |so etwas |eben )*aushalten|denken sie an ihre familie|stellen sie sich nicht so"
        r"|beweisen sie|reißen sie sich zusammen|(?:da|dadurch) müssen sie durch|übertreiben sie"
        r"|sie übertreiben|so ist das eben|das hätten sie|regen sie sich nicht|das legt sich|wie konnten sie"
        r"|was haben sie (?:getan|gemacht)\b",
        _BLAME,
        _STAY,
        quoted=False,
    ),
    _rule(
        "schuldzuweisung",
        r"calm down|(?:just|only) a joke|are you sure (?:that )?(?:it|this) was|you should(?:n't| not)? have|chin up"
        r"|don't be so sensitive|i know exactly how|you must report|part of the job|did you provoke|toughen up"
        r"|get over it|(?:are|be) overreacting|pull yourself together|put up with it|how could you|what did you do to",
        _BLAME,
        _STAY,
        "en",
        quoted=False,
    ),
    _rule(
        "nummer-113",
        r"113\b",
        "Die Nummer {} ist nur geplant.",
        "Nennen Sie 112 und die TelefonSeelsorge.",
        "de",
        "en",
        "de-simple",
    ),
    _rule(
        "leichte-sprache",
        r"leichte[rn]? sprache",
        "„{}“ darf nur heißen, was eine Prüfgruppe gelesen hat.",
        "Schreiben Sie „einfach erklärt“.",
    ),
    _rule(
        "wort",
        r"rasse(?!n?h|n?d)\b|farbige[rnsm]?\b",
        "„{}“ verletzt.",
        "Schreiben Sie „von Rassismus betroffene Menschen“.",
    ),
    _rule(
        "wort",
        r"opfer(?! von)\b(?![-·])",
        "„{}“ nennt einen Menschen nach der Tat.",
        "Schreiben Sie „Betroffene“.",
        severity="warning",
    ),
    _rule(
        "wort",
        r"fremdenfeindlich\w*",
        "„{}“ macht Deutsche zu Fremden.",
        "Schreiben Sie „rassistisch“.",
        severity="warning",
    ),
    _rule(
        "wort",
        r"konfliktpartei\w*|streithähne?\w*",
        "„{}“ macht aus einem Angriff einen Streit.",
        "Schreiben Sie „Angriff“ oder „Anfeindung“.",
        severity="warning",
    ),
    _rule(
        "wort",
        r"ptbs\b|trauma\b(?!-)|traumatisier\w+",
        "„{}“ ist eine Diagnose.",
        "Beschreiben Sie, was Menschen erleben.",
        severity="warning",
    ),
    _rule(
        "wort",
        r"ups\b|sorry\b|keine sorge\b",
        "„{}“ passt nicht in eine ernste Nachricht.",
        "Streichen Sie es.",
        "de",
        "en",
        "de-simple",
        severity="warning",
    ),
)
