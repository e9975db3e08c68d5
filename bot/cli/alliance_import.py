"""`lotse alliance import FILE`: the official register of municipalities into the data folder."""

from __future__ import annotations

import argparse
import sys
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from bot.alliance.register import Register

_SHOWN: Final = 20
"""Problems that are printed; more say nothing new about a file that is not the right one."""

_UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
"""What reading a ZIP raises: the first three when it is damaged, the last for a password, and (as its subclass
NotImplementedError) for a way of packing that Python does not know."""


def run(arguments: argparse.Namespace) -> int:
    """Read, judge, replace. 1: the file is not fit; 2: a file cannot be read or written."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot import gazetteer
    from bot.alliance.register import objections
    from bot.alliance.registerfile import read_register

    path: Path = arguments.file
    try:
        data, name = _open(path)
    except (OSError, ValueError) as error:
        print(f"{path}: Die Datei ist nicht lesbar: {_cause(error)}", file=sys.stderr)
        return 2
    reading = read_register(data, name)
    if reading.register is None:
        for problem in reading.problems[:_SHOWN]:
            print(problem)
        if len(reading.problems) > _SHOWN:
            print(f"… und {len(reading.problems) - _SHOWN} weitere.")
        print("Nichts wurde übernommen; das bisherige Verzeichnis gilt weiter.", file=sys.stderr)
        return 1
    refused = [] if arguments.force else objections(reading.register, _known(settings.data_dir))
    if refused:
        for sentence in refused:
            print(sentence, file=sys.stderr)
        print("Nichts wurde übernommen. Ist es so gewollt: noch einmal mit --force.", file=sys.stderr)
        return 1
    try:
        is_new = gazetteer.keep(settings.data_dir, reading.register)
    except OSError as error:
        print(f"{settings.data_dir}: Das Verzeichnis kann nicht geschrieben werden: {_cause(error)}", file=sys.stderr)
        return 2
    print(_summary(reading.register))
    print("Die Orte sind jetzt bekannt." if is_new else "Genau so war es schon da; nichts hat sich geändert.")
    return 0


def _open(path: Path) -> tuple[bytes, str]:
    """The register's bytes and its name, from the file itself or from the ZIP in which it is handed out."""
    from bot.alliance.registerfile import MAX_BYTES

    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1), str(path)
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [one for one in archive.infolist() if _is_register(one.filename)]
            if len(inside) != 1:
                raise ValueError("In dem ZIP liegt nicht genau eine Textdatei, deren Name GV100AD enthält.")
            with archive.open(inside[0]) as file:
                return file.read(MAX_BYTES + 1), f"{path}/{inside[0].filename}"
    except _UNREADABLE:
        what = "Das ZIP ist beschädigt, verschlüsselt oder auf unbekannte Weise gepackt."
        raise ValueError(f"{what} Packen Sie es aus und nehmen Sie die Textdatei.") from None


def _is_register(name: str) -> bool:
    return "gv100ad" in Path(name).name.lower() and Path(name).suffix.lower() in {".txt", ".asc"}


def _known(folder: Path) -> Register | None:
    from bot import gazetteer

    try:
        return gazetteer.load(folder)
    except (OSError, ValueError):
        # A damaged one is what the new one is for.
        return None


def _cause(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "es gibt sie nicht."
        case PermissionError():
            return "das Recht dazu fehlt."
        case IsADirectoryError() | NotADirectoryError():
            return "es ist ein Ordner, oder ein Teil des Pfades ist keiner."
        case OSError():
            return f"{error.strerror}."
        case _:
            return str(error)


def _summary(register: Register) -> str:
    lands = sum(len(place.ags) == len("09") for place in register.places)
    districts = sum(len(place.ags) == len("09772") for place in register.places)
    return f"{register.municipalities} Gemeinden, {districts} Kreise, {lands} Länder; Stand {register.day}."
