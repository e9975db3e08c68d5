"""The command line: `lotse`, also `python -m bot`.

Owns: which commands there are, their options and their help, all in German. What a command does lies in the module
of its name beside this one and is loaded only when it runs, so that `lotse --help` and the first words of `lotse talk`
come at once.

Exit codes: 0 fine, 1 something was found, 2 wrong use or unreadable input, 3 a service that is needed is not there.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from typing_extensions import override

from bot.cli.german import Parser

FINE: Final = 0
FOUND: Final = 1
WRONG_USE: Final = 2
NO_SERVICE: Final = 3

_LONGEST_OVERLAP: Final = 365
_FASTEST: Final = 1440
_FIRST_YEAR: Final = 2020
_LAST_YEAR: Final = 9000

_WAYS: Final = ("phone", "mail", "web", "chat", "matrix", "telegram", "address")
_LANGUAGES: Final = ("de", "en", "de-simple")
_ROLES: Final = ("ansprechperson", "vertretung", "koordination")
_OUTCOMES: Final = ("geklaert", "schutz", "weitergeleitet", "beendet", "kein_kontakt")

_ABOUT: Final = """\
KommA-Lotse: führt kommunale Beschäftigte nach einem Angriff durch die ersten Schritte.
In Gefahr: 110. Verletzt oder Suizidgedanken: 112."""

_AFTER: Final = """\
Rückgabe: 0 gut, 1 etwas wurde gefunden, 2 falscher Aufruf oder nicht lesbar, 3 ein nötiger Dienst fehlt.
Einstellungen kommen aus der Umgebung (LOTSE_…) oder aus lotse.toml im aktuellen Ordner."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code."""
    _open_closed_streams()
    with contextlib.suppress(OSError, ValueError):  # a stream without a file, as in a test
        # Says file and line, never a value, should compiled code of a library crash.
        faulthandler.enable(sys.stderr)
    arguments = make_parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show „ or ü shows a question mark instead of a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    module = importlib.import_module(f"bot.cli.{arguments.module}")
    try:
        code: int = getattr(module, arguments.function)(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130  # 128 + SIGINT, as shells say it
    except BrokenPipeError:
        # The reader of our output has seen enough (`| head`); what is left goes nowhere, also at the very end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    return code


def _open_closed_streams() -> None:
    """Put an empty input and outputs that lead nowhere in the place of streams that were closed before we began."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - as long as we live


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = Parser(prog="lotse", description=_ABOUT, epilog=_AFTER)
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="zeigt die Version")
    commands = parser.add_subparsers(title="Befehle", metavar="BEFEHL", required=True, parser_class=Parser)
    _add_talk(commands)
    _add_run(commands)
    _add_check(commands)
    _add_diff(commands)
    _add_diagram(commands)
    _add_distance(commands)
    _add_match(commands)
    _add_alliance(commands)
    _add_release(commands)
    _add_schema(commands)
    _add_doctor(commands)
    _add_keys(commands)
    _add_codes(commands)
    _add_invite(commands)
    _add_cases(commands)
    _add_stats(commands)
    _add_exercise(commands)
    _add_purge(commands)
    _add_backup(commands)
    _add_restore(commands)
    return parser


class _ShowVersion(argparse.Action):
    """Reads the version of the installed package only when asked: that takes as long as all the rest."""

    @override
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"KommA-Lotse {version('komma-lotse')}")
        parser.exit()


_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse names this type nowhere else


def _add(commands: _Commands[Parser], name: str, help_: str, more: str = "", *, module: str = "") -> Parser:
    command = commands.add_parser(name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.", epilog=more)
    command.set_defaults(module=module or name, function="run")
    return command


def _data_dir(command: argparse.ArgumentParser) -> None:
    command.add_argument("--data-dir", type=Path, metavar="ORDNER", help="Datenordner (sonst LOTSE_DATA_DIR)")


def _as_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="gibt Daten für Programme aus")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _days(text: str) -> int:
    number = int(text)
    if not 0 <= number <= _LONGEST_OVERLAP:
        raise ValueError
    return number


def _speed(text: str) -> int:
    number = int(text)
    if not 1 <= number <= _FASTEST:
        raise ValueError
    return number


def _year(text: str) -> int:
    number = int(text)
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        raise ValueError
    return number


# argparse names the type of a wrong value by this.
_positive.__name__ = "Zahl"
_days.__name__ = "Zahl von Tagen bis 365"
_year.__name__ = "Jahr"
_speed.__name__ = "Zahl bis 1440"


def _add_talk(commands: _Commands[Parser]) -> None:
    command = _add(
        commands,
        "talk",
        "ein Gespräch hier im Terminal",
        "Kommt die Eingabe aus einer Datei oder Pipe, ist jede Zeile ein Zug und die Ausgabe schlichter Text.\n"
        "Im Gespräch: :vor 24h stellt die Uhr vor, :protokoll DATEI schreibt es als Prüfung auf, :hilfe zeigt mehr.",
    )
    command.add_argument("--place", default="", metavar="ORT", help="die Kommune: AGS oder Name")
    command.add_argument("--lang", default="de", choices=_LANGUAGES, help="Sprache des Gesprächs (sonst de)")
    command.add_argument(
        "--as",
        dest="role",
        default="",
        choices=_ROLES,
        metavar="ROLLE",
        help="die andere Seite: koordination, vertretung oder ansprechperson (sonst Musterstadt)",
    )
    command.add_argument(
        "--person", type=_positive, default=0, metavar="N", help="wer Sie sind (sonst die kleinste freie Nummer)"
    )
    _data_dir(command)


def _add_run(commands: _Commands[Parser]) -> None:
    _data_dir(_add(commands, "run", "der Dienst mit den eingestellten Kanälen; endet mit SIGTERM"))


def _add_check(commands: _Commands[Parser]) -> None:
    command = _add(
        commands,
        "check",
        "prüft Leitfäden und Bündnis und geht jeden Weg ab",
        "Jede Zeile: Datei:Zeile:Spalte: Schwere Kürzel: was falsch ist. Was zu tun ist.",
    )
    command.add_argument("paths", nargs="*", type=Path, metavar="PFAD", help="Dateien oder Ordner (sonst alle)")
    command.add_argument("--format", default="text", choices=("text", "json", "github"), help="Form der Ausgabe")


def _add_diff(commands: _Commands[Parser]) -> None:
    command = _add(
        commands,
        "diff",
        "sagt in Sätzen, was eine Änderung für die Menschen bedeutet",
        "Vergleicht zwei Ordner oder zwei Dateien. Rückgabe 1, wenn sich etwas ändert.",
    )
    command.add_argument("old", type=Path, metavar="ALT", help="Ordner oder Datei, wie es war")
    command.add_argument("new", type=Path, metavar="NEU", help="Ordner oder Datei, wie es werden soll")
    command.add_argument(
        "--people", action="store_true", help="sagt auch, wie viele Menschen gerade auf Schritten stehen, die wegfallen"
    )
    command.add_argument("--json", action="store_true", help="als Daten für Programme")
    _data_dir(command)


def _add_diagram(commands: _Commands[Parser]) -> None:
    command = _add(
        commands,
        "diagram",
        "schreibt die Bilder der Leitfäden neu",
        "Je Leitfaden eine Seite mit allen Wegen, und eine Übersicht. Dasselbe tut make diagram.",
    )
    command.add_argument(
        "--to", type=Path, default=Path("docs/playbooks"), metavar="ORDNER", help="wohin (sonst docs/playbooks)"
    )


def _add_distance(commands: _Commands[Parser]) -> None:
    command = _add(
        commands,
        "distance",
        "zeigt je Leitfaden, wie weit es bis zur ersten Hilfe ist",
        "Antworten und Sekunden Lesen auf dem ungünstigsten Weg. Rückgabe 1, wenn es irgendwo zu weit ist.",
        module="diagram",
    )
    command.set_defaults(function="show_distance")
    _as_json(command)


def _add_match(commands: _Commands[Parser]) -> None:
    command = _add(
        commands,
        "match",
        "ordnet Sätze Leitfäden zu",
        "Liest je Zeile eine Nachricht von der Eingabe und schreibt je Zeile ein JSON-Objekt.",
    )
    command.add_argument("--top", type=_positive, default=3, metavar="N", help="höchstens so viele (sonst 3)")


def _add_alliance(commands: _Commands[Parser]) -> None:
    group = _add(commands, "alliance", "das Bündnis: wer wofür erreichbar ist")
    within = group.add_subparsers(title="Befehle", metavar="BEFEHL", required=True, parser_class=Parser)
    _add_who(within)
    _add_coverage(within)


def _add_who(within: _Commands[Parser]) -> None:
    who = _add(within, "who", "wer an einem Ort wofür zuständig ist, und warum", module="who")
    who.add_argument("--place", required=True, metavar="ORT", help="AGS oder Name der Kommune")
    who.add_argument("--incident", required=True, metavar="KENNUNG", help="Vorfall, etwa demo_wohnhaus")
    who.add_argument("--at", metavar="ZEIT", help="Zeitpunkt, etwa 2026-11-21T22:00 (sonst jetzt)")
    who.add_argument(
        "--audience", default="", metavar="ROLLE", help="politik, fuehrung, mitarbeitende, aussendienst, unterstuetzend"
    )
    who.add_argument(
        "--without", action="append", default=[], metavar="ART", help="wer selbst beteiligt ist: Art oder Kennung"
    )
    who.add_argument("--public", action="store_true", help="nur, was auch ohne Anmeldung gezeigt wird")
    _as_json(who)
    _add_import(within)
    _add_handout(within)
    _add_secret(within)


def _add_secret(within: _Commands[Parser]) -> None:
    group = _add(within, "secret", "der geschützte Speicher: Wege zu Kontakten, die in keiner Datei stehen dürfen")
    below = group.add_subparsers(title="Befehle", metavar="BEFEHL", required=True, parser_class=Parser)
    set_ = _add(
        below,
        "set",
        "legt einen Weg zu einem geheimen Kontakt ab",
        "Der Wert wird abgefragt oder von der Eingabe gelesen, nie aus der Befehlszeile: Die könnten andere sehen.\n"
        "Er ersetzt den früheren Wert dieses Weges und wird danach nicht mehr angezeigt.",
        module="alliance_secret",
    )
    set_.set_defaults(function="set_way")
    delete = _add(below, "delete", "löscht einen Weg, ohne --way alle Wege", module="alliance_secret")
    delete.set_defaults(function="delete")
    listed = _add(
        below, "list", "zeigt, zu welchen Kontakten es welche Wege gibt, nie die Werte", module="alliance_secret"
    )
    listed.set_defaults(function="list_all")
    for command in (set_, delete):
        command.add_argument("--place", required=True, metavar="ORT", help="AGS oder Name der Kommune")
        command.add_argument("--contact", required=True, metavar="KENNUNG", help="Kennung des Kontakts in ihrer Datei")
    set_.add_argument("--way", required=True, choices=_WAYS, help="Art des Weges")
    delete.add_argument("--way", default="", choices=_WAYS, help="Art des Weges")
    listed.add_argument("--place", default="", metavar="ORT", help="nur diese Kommune")
    _as_json(listed)
    for command in (set_, delete, listed):
        _data_dir(command)


def _add_handout(within: _Commands[Parser]) -> None:
    command = _add(
        within,
        "handout",
        "schreibt den Aushang einer Kommune: ein Blatt A4 als PDF",
        "Auf dem Aushang stehen nur öffentliche Stellen. Was noch niemand angerufen hat, ist als Entwurf bezeichnet.\n"
        "Der QR-Code führt zum Lotsen (Einstellung LOTSE_LINK).",
        module="alliance_handout",
    )
    command.add_argument("--place", required=True, metavar="ORT", help="AGS oder Name der Kommune")
    command.add_argument("--out", type=Path, metavar="DATEI", help="wohin (sonst aushang-AGS.pdf in diesen Ordner)")


def _add_import(within: _Commands[Parser]) -> None:
    command = _add(
        within,
        "import",
        "nimmt das amtliche Gemeindeverzeichnis auf, damit jede Gemeinde gefunden wird",
        "DATEI ist die Textdatei GV100AD des Statistischen Bundesamtes, oder das ZIP, in dem sie liegt.\n"
        "Eine fehlerhafte Datei ersetzt nie eine gute. Ein laufender Lotse kennt die Orte wenige Sekunden später.",
        module="alliance_import",
    )
    command.add_argument("file", type=Path, metavar="DATEI", help="die Datei des Statistischen Bundesamtes")
    command.add_argument("--force", action="store_true", help="auch wenn sie älter ist oder viel weniger Gemeinden hat")
    _data_dir(command)


def _add_coverage(within: _Commands[Parser]) -> None:
    coverage = _add(
        within,
        "coverage",
        "für welchen Ort, Vorfall und welche Stunde eines Jahres niemand erreichbar ist",
        "Rückgabe 1, wenn es eine Lücke gibt; 2, wenn das Verzeichnis leer ist oder sich nicht lesen lässt.",
    )
    coverage.add_argument("--start", metavar="TAG", help="erster Tag des Jahres, etwa 2026-12-01 (sonst heute)")
    coverage.add_argument("--picture", type=Path, metavar="DATEI", help="schreibt dazu ein Bild (SVG)")
    _as_json(coverage)


def _add_release(commands: _Commands[Parser]) -> None:
    command = _add(
        commands,
        "release",
        "gibt Leitfäden frei",
        "Nur ein Mensch, der jeden Text gelesen und jede Nummer angerufen hat, darf das.",
    )
    command.add_argument("paths", nargs="*", type=Path, metavar="PFAD", help="Dateien (sonst alle Leitfäden)")
    command.add_argument("--by", required=True, metavar="NAME", help="wer freigibt; steht danach in der Datei")


def _add_schema(commands: _Commands[Parser]) -> None:
    _add(
        commands,
        "schema",
        "schreibt die Schemas für den Editor neu",
        "Mit ihnen ergänzt der Editor beim Schreiben und streicht rot an, was der Lotse nicht versteht.",
    )


def _add_doctor(commands: _Commands[Parser]) -> None:
    command = _add(commands, "doctor", "sieht nach, ob hier alles in Ordnung ist")
    _data_dir(command)
    _as_json(command)


def _add_keys(commands: _Commands[Parser]) -> None:
    group = _add(commands, "keys", "die Hauptschlüssel")
    within = group.add_subparsers(title="Befehle", metavar="BEFEHL", required=True, parser_class=Parser)
    show = _add(within, "show", "zeigt die Kennungen der Schlüssel, nie die Schlüssel", module="keys")
    show.set_defaults(function="show")
    rotate = _add(
        within,
        "rotate",
        "legt einen neuen Hauptschlüssel an und verpackt alle Datenschlüssel neu",
        "Kann abgebrochen und wiederholt werden.",
        module="keys",
    )
    rotate.set_defaults(function="rotate")
    for command in (show, rotate):
        _data_dir(command)


def _add_invite(commands: _Commands[Parser]) -> None:
    command = _add(
        commands,
        "invite",
        "lädt jemanden ein, die Vorgänge einer Kommune zu begleiten",
        "Die Einladung gilt einmal und drei Tage lang. Wer sie dem Lotsen in einem privaten Chat schickt, sieht dort\n"
        "die Vorgänge genau dieser Kommune. Gefragt wird der Reihe nach: Ansprechperson, Vertretung, Koordination.\n"
        "Mit --gruppe bekommt stattdessen eine Gruppe (Telegram) oder ein Raum (Matrix) Hinweise ohne Inhalt.",
    )
    command.add_argument("--place", required=True, metavar="AGS", help="die Kommune, Schlüssel oder Name")
    command.add_argument("--role", default="koordination", choices=_ROLES, help="als was (sonst koordination)")
    command.add_argument("--gruppe", action="store_true", help="für eine Gruppe oder einen Raum, nur Hinweise")
    _data_dir(command)


def _add_cases(commands: _Commands[Parser]) -> None:
    cases = commands.add_parser("cases", help="die Vorgänge, ohne Inhalt", description="Die Vorgänge, ohne Inhalt.")
    actions = cases.add_subparsers(title="Befehle", metavar="BEFEHL", required=True, parser_class=Parser)
    listing = _add(actions, "list", "zeigt die offenen Vorgänge", module="cases")
    listing.set_defaults(function="list_all")
    listing.add_argument("--place", default="", metavar="AGS", help="nur diese Kommune")
    listing.add_argument("--all", action="store_true", help="auch die abgeschlossenen")
    show = _add(actions, "show", "zeigt, was mit einem Vorgang getan wurde", module="cases")
    show.set_defaults(function="show")
    close = _add(
        actions,
        "close",
        "schließt einen Vorgang, den niemand mehr begleitet",
        "Die Person erfährt es und kann ihn wieder öffnen.",
        module="cases",
    )
    close.set_defaults(function="close")
    close.add_argument("--outcome", default="kein_kontakt", choices=_OUTCOMES, help="wie er endet (sonst kein_kontakt)")
    for command in (show, close):
        command.add_argument("number", metavar="NUMMER", help="die Nummer, etwa 4812-9037")
    for command in (listing, show):
        _as_json(command)
    for command in (listing, show, close):
        _data_dir(command)


def _add_stats(commands: _Commands[Parser]) -> None:
    command = _add(
        commands,
        "stats",
        "das Jahr in Zahlen, die veröffentlicht werden können",
        "Gruppen unter fünf werden zusammengefasst oder verschwiegen, so dass niemand sie zurückrechnen kann. Ein\n"
        "Jahr wird ab Februar des nächsten einmal berichtet: für alle Kommunen zusammen oder für jede einzeln. Vorher\n"
        "ist es eine Vorschau.",
    )
    command.add_argument("--year", type=_year, default=0, metavar="JAHR", help="welches (sonst das letzte fertige)")
    command.add_argument("--place", default="", metavar="ORT", help="nur diese Kommune: AGS oder Name (sonst alle)")
    command.add_argument("--csv", type=Path, metavar="DATEI", help="schreibt die Zahlen als CSV")
    command.add_argument("--chart", type=Path, metavar="DATEI", help="schreibt sie als Bild (SVG)")
    _as_json(command)
    _data_dir(command)


def _add_exercise(commands: _Commands[Parser]) -> None:
    group = _add(commands, "exercise", "eine Übung für das Bündnis")
    within = group.add_subparsers(title="Befehle", metavar="BEFEHL", required=True, parser_class=Parser)
    start = _add(
        within,
        "start",
        "beginnt eine Übung und zeigt am Ende, wie lange es bis zum ersten Menschen dauerte",
        "Dieselben Wege in einem eigenen Speicher, der danach gelöscht wird. Jede Nachricht ist mit ÜBUNG markiert,\n"
        "die Uhr läuft schneller, und kein Kanal außer dem Terminal ist an. Strg-C beendet.",
        module="exercise",
    )
    start.set_defaults(function="start")
    start.add_argument("--playbook", required=True, metavar="KENNUNG", help="Vorfall, etwa bedrohung")
    start.add_argument("--place", required=True, metavar="ORT", help="AGS oder Name der Kommune")
    start.add_argument(
        "--speed", type=_speed, default=60, metavar="N", help="so viel schneller (sonst 60, höchstens 1440)"
    )
    start.add_argument("--minutes", type=_positive, default=60, metavar="N", help="endet nach so vielen (sonst 60)")
    _as_json(start)
    _data_dir(start)


def _add_purge(commands: _Commands[Parser]) -> None:
    _data_dir(_add(commands, "purge", "löscht jetzt, was nach den Fristen gelöscht sein muss"))


def _add_backup(commands: _Commands[Parser]) -> None:
    command = _add(
        commands,
        "backup",
        "sichert die Datenbank in eine Datei, auch im laufenden Betrieb",
        "Die Schlüsseldatei ist nicht darin; sie gehört getrennt aufbewahrt. Wer löscht, bleibt in älteren\n"
        "Sicherungen, bis es sie nicht mehr gibt: --keep löscht sie nach der Frist Ihres Datenschutzhinweises.",
    )
    command.add_argument("--to", type=Path, required=True, metavar="ZIEL", help="Ordner oder Datei")
    command.add_argument(
        "--recipient", action="append", metavar="age1…", help="nur mit dem Schlüssel dazu lesbar (mehrfach möglich)"
    )
    command.add_argument("--keep", type=_positive, metavar="TAGE", help="löscht im selben Ordner, was älter ist")
    _data_dir(command)


def _add_restore(commands: _Commands[Parser]) -> None:
    command = _add(
        commands,
        "restore",
        "stellt eine Sicherung wieder her",
        "Der Lotse muss dafür beendet sein. Die bisherige Datenbank wird beiseitegelegt, nicht gelöscht. Wer seit\n"
        "der Sicherung gelöscht hat, bleibt gelöscht; was damals zu senden war, geht nicht noch einmal hinaus.",
        module="backup",
    )
    command.set_defaults(function="restore")
    command.add_argument("file", type=Path, metavar="DATEI", help="die Sicherung")
    command.add_argument("--identity", type=Path, metavar="DATEI", help="Datei mit dem geheimen Schlüssel (age)")
    _data_dir(command)


def _add_codes(commands: _Commands[Parser]) -> None:
    group = _add(commands, "codes", "die Codes, mit denen sich Beschäftigte einer Kommune ausweisen")
    within = group.add_subparsers(title="Befehle", metavar="BEFEHL", required=True, parser_class=Parser)
    show = _add(within, "show", "zeigt, seit wann und bis wann Codes einer Kommune gelten", module="codes")
    show.set_defaults(function="show")
    rotate = _add(
        within,
        "rotate",
        "gibt einer Kommune einen neuen Code",
        "Der Code erscheint nur hier, ein einziges Mal; gespeichert wird nur seine Prüfsumme. Er gehört ins Intranet,\n"
        "nicht auf einen Aushang: Wer ihn hat, sieht Stellen, die nur für Beschäftigte sind.",
        module="codes",
    )
    rotate.set_defaults(function="rotate")
    rotate.add_argument(
        "--overlap", type=_days, default=14, metavar="TAGE", help="so lange gilt der alte noch (sonst 14; 0: gar nicht)"
    )
    rotate.add_argument("--qr", type=Path, metavar="DATEI", help="schreibt den Link als QR-Code (.svg oder .png)")
    listed = _add(within, "list", "zeigt, welche Kommunen Codes haben", module="codes")
    listed.set_defaults(function="list_all")
    for command in (show, rotate):
        command.add_argument("--place", required=True, metavar="ORT", help="AGS oder Name der Kommune")
    for command in (show, listed):
        _as_json(command)
    for command in (show, rotate, listed):
        _data_dir(command)
