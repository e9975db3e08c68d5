"""A human releases a playbook: `status: freigegeben` and who, when and what, written into the file at the right place.

The block vouches for the content by its hash (`Playbook.content_hash`): an edit afterwards makes it void, and the check
says so. Comments, order and form of the file stay as they are.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.documents import Problem, quote
from bot.flows.checking import check
from bot.flows.checking.local import Locality, check_local
from bot.flows.loading import Loaded, load
from bot.flows.overriding import FOLDER as PLACES
from bot.flows.overriding import overlay
from bot.flows.playbook import MissingFile, Playbook, link
from bot.shelf import SUFFIXES, read_folder

FINE, FOUND, UNREADABLE = 0, 1, 2


class ReleaseRefusedError(ValueError):
    """The text has a form into which no release can be written by machine; `args[0]` is a German sentence."""


def write_release(text: str, name: str, by: str, today: dt.date) -> str:
    """The text of a playbook file with its release in it. `today` is the local date.

    Raises:
        ReleaseRefusedError: the file has errors, or its top level is not written as one key a line.
    """
    loaded = load({name: text.encode()})
    playbook, keys = _only(loaded)
    lines = text.splitlines(keepends=True)
    newline = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    block = [f"released:{newline}"]
    # In quotation marks, so that other readers do not take a hash of digits for a number.
    block += [f"  by: {json.dumps(by, ensure_ascii=False)}{newline}", f"  at: {today.isoformat()}{newline}"]
    block += [f'  content: "{playbook.content_hash()}"{newline}']
    lines = _without(lines, keys, "released")
    lines = _with_status(lines, newline, block)
    new = "".join(lines)
    _verify(new, name, playbook)
    return new


def _only(loaded: Loaded) -> tuple[Playbook, list[tuple[int, str]]]:
    """The one playbook, and its keys with the index of their lines."""
    if not loaded.playbooks:
        raise ReleaseRefusedError("Die Datei hat Fehler. Bitte zuerst mit „lotse check“ nachsehen.")
    ((stem, playbook),) = loaded.playbooks.items()
    document = loaded.documents[stem]
    names = [str(key) for key in document.value]
    places = [document.key_position((name,)) for name in names]
    if any(column != 1 for _line, column in places) or len({line for line, _column in places}) < len(places):
        raise ReleaseRefusedError(
            "Schreiben Sie jeden Schlüssel der obersten Ebene in eine eigene Zeile, ohne Einrückung."
        )
    return playbook, sorted((line - 1, name) for (line, _column), name in zip(places, names, strict=True))


def _without(lines: list[str], starts: list[tuple[int, str]], key: str) -> list[str]:
    """The lines without the block of a top-level key; comments and empty lines after it belong to what follows."""
    for number, (start, name) in enumerate(starts):
        if name != key:
            continue
        end = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
            end -= 1
        return lines[:start] + lines[end:]
    return lines


def _with_status(lines: list[str], newline: str, block: list[str]) -> list[str]:
    """The lines with the new status, and the release behind it; without a status, behind the type or the id."""
    for key in ("status:", "type:", "id:"):
        for number, line in enumerate(lines):
            if line.startswith(key):
                before, here, after = lines[:number], line, lines[number + 1 :]
                here = here if here.endswith("\n") else here + newline
                status = f"status: freigegeben{newline}"
                if key == "status:":
                    comment = here.partition(" #")[2]
                    return [*before, f"status: freigegeben #{comment}" if comment else status, *block, *after]
                return [*before, here, status, *block, *after]
    raise ReleaseRefusedError("In der Datei fehlt eine Zeile, die mit „id:“ beginnt.")


def _verify(text: str, name: str, before: Playbook) -> None:
    """What was written must say what it said before, and be released now."""
    loaded = load({name: text.encode()})
    after = next(iter(loaded.playbooks.values()), None)
    if after is None or after.content_hash() != before.content_hash() or after.status != "freigegeben":
        raise ReleaseRefusedError(
            "Die Freigabe lässt sich hier nicht eintragen; bitte die Form der Datei vereinfachen."
        )
    if after.released is None or after.released.content != after.content_hash():
        raise ReleaseRefusedError(
            "Die Freigabe lässt sich hier nicht eintragen; bitte die Form der Datei vereinfachen."
        )


# --- the files --------------------------------------------------------------------------------------------------------


def release(paths: Sequence[Path], by: str, today: dt.date) -> tuple[str, int]:
    """Release the playbooks at `paths` (files, or folders with all their files); what to print, and the exit code.

    A playbook is released only when the check finds no error in it. 0: all were released; 1: some were not; 2: a path
    cannot be read, or `by` is empty.
    """
    if not by.strip() or "\n" in by:
        return "Bitte sagen Sie mit --by, wer freigibt.", UNREADABLE
    said: list[str] = []
    code = FINE
    for path in paths:
        folder = path if path.is_dir() else path.parent
        try:
            files = read_folder(folder)
            chosen = sorted(files) if path.is_dir() else [path.name]
            missing = [name for name in chosen if name not in files]
            if missing:
                raise FileNotFoundError(2, f"keine Datei mit der Endung {' oder '.join(SUFFIXES)}", str(path))
        except OSError as error:
            return f"{path}: nicht lesbar ({error.strerror or error}).", UNREADABLE
        try:
            loaded, problems = _look(folder, files, today, whole=path.is_dir())
        except OSError as error:
            return f"{path}: nicht lesbar ({error.strerror or error}).", UNREADABLE
        for name in chosen:
            meant = {name, *_called(name, loaded)}
            errors = [problem for problem in problems if problem.file in meant and _hinders(problem)]
            sentence, fine = _release_file(folder / name, files[name], errors, by.strip(), today)
            said.append(sentence)
            code = code if fine else FOUND
    return "\n".join(said), code


def _look(folder: Path, files: Mapping[str, bytes], today: dt.date, *, whole: bool) -> tuple[Loaded, list[Problem]]:
    """The playbooks and what is wrong with them; those of a municipality together with the common ones."""
    loaded = load(files)
    if folder.parent.name != PLACES:
        return loaded, [*loaded.problems, *check(loaded, today=today, whole=whole)]
    common = load({f"../../{name}": data for name, data in read_folder(folder.parent.parent).items()})
    return overlay(common, loaded), check_local(common, loaded, Locality(folder.name, ""), today=today)


def _called(name: str, loaded: Loaded) -> set[str]:
    """The files that run together with this one."""
    playbook = loaded.playbooks.get(Path(name).stem)
    try:
        members = link(playbook, loaded.playbooks).files if playbook else {}
    except MissingFile:
        return set()
    return {loaded.documents[member].name for member in members}


def _hinders(problem: Problem) -> bool:
    """A release that is missing or void is what is being mended."""
    return problem.severity == "error" and not problem.code.startswith("freigabe-")


def _release_file(path: Path, data: bytes, errors: list[Problem], by: str, today: dt.date) -> tuple[str, bool]:
    if errors:
        listed = "\n".join(f"  {problem}" for problem in errors)
        return f"{path.name}: nicht freigegeben, es gibt Fehler.\n{listed}", False
    try:
        text = write_release(data.decode(), path.name, by, today)
    except ReleaseRefusedError as error:
        return f"{path.name}: nicht freigegeben. {error}", False
    _replace(path, text.encode())
    return f"{path.name}: freigegeben von {quote(by)} am {today:%d.%m.%Y}.", True


def _replace(path: Path, data: bytes) -> None:
    """Put the new content in place of the old in one step, with the same rights."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(handle, path.stat().st_mode & 0o777)
            os.fsync(handle)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
