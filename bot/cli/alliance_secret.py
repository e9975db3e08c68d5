"""`lotse alliance secret`: ways to reach secret contacts, in the protected store and nowhere else."""

from __future__ import annotations

import argparse
import json
import sys
from getpass import getpass
from typing import TYPE_CHECKING, Any, Final

from bot.cli.books import open_books_or_explain
from bot.cli.places import pick_place
from bot.cli.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.alliance.contact import Area, Contact
    from bot.alliance.directory import Directory
    from bot.files import Files
    from bot.settings import Settings
    from bot.worlds import Worlds

_LONGEST: Final = 500
_ASK: Final = {
    "phone": "Telefonnummer",
    "mail": "Mailadresse",
    "web": "Webadresse",
    "chat": "Adresse des Chats",
    "matrix": "Matrix-Adresse",
    "telegram": "Telegram-Name",
    "address": "Adresse",
}


def set_way(arguments: argparse.Namespace) -> int:
    """Hold a way. 2: no such place or contact, or no such value; 3: the books cannot be reached."""
    settings = load_settings(arguments)
    found = _find(settings, arguments) if settings else None
    if settings is None or found is None:
        return 2
    area, contact = found
    if contact is None:
        return 2
    value = _read(arguments.way)
    if value is None or not _fits(arguments.way, value, area):
        return 2
    done = _do(settings, "secret_set", area.key, arguments, value)
    if done is None:
        return 3
    print(f"{arguments.contact} ({area.key}): Der Weg „{_ASK[arguments.way]}“ liegt jetzt im geschützten Speicher.")
    print("Gezeigt wird er nur Beschäftigten, die sich mit ihrem Code ausgewiesen haben, und nur verschlüsselt.")
    return 0


def delete(arguments: argparse.Namespace) -> int:
    """Hold a way, or all of a contact, no more. 1: it was not held; 2: no such place; 3: no books."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    # Also of a contact that stands in no file any more.
    key = _key(_files(settings), arguments.place)
    if key is None:
        return 2
    done = _do(settings, "secret_delete", key, arguments, "")
    if done is None:
        return 3
    print("Gelöscht." if done else "Dazu lag nichts im geschützten Speicher.")
    return 0 if done else 1


def list_all(arguments: argparse.Namespace) -> int:
    """Print which contacts have which ways, and which have none. 1: one has none; 2: no such place; 3: no books."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    files = _files(settings)
    only = _key(files, arguments.place) if arguments.place else None
    if arguments.place and only is None:
        return 2
    held = _held(settings, loud=True)
    if held is None:
        return 3
    rows = [row for row in _rows(files, held) if only in (None, row["place"])]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False))
    elif not rows:
        print("Kein Kontakt ist geheim, und im geschützten Speicher liegt nichts.")
    else:
        for row in rows:
            print(f"{row['place']:<11}  {row['contact']}: {_say(row, settings)}")
    return 1 if any(not row["ways"] for row in rows) else 0


def held_ways(settings: Settings) -> dict[tuple[str, str], Collection[str]] | None:
    """The channels that are held, by key and contact; None, in silence, when there are no books to look in."""
    held = _held(settings, loud=False)
    return None if held is None else {(row["place"], row["contact"]): row["ways"] for row in held}


def directory_of(settings: Settings, worlds: Worlds) -> Directory:
    """Everybody who can be named to somebody, secret ones too; the way to these is only said to lie in the store."""
    from bot.alliance.contact import Way
    from bot.alliance.directory import Directory
    from bot.alliance.vault import Secret, vault_of

    is_secret = any(one.visibility == "secret" for area in worlds.areas for one in area.contacts.values())
    held = held_ways(settings) if is_secret else None
    if not held:
        return worlds.directory
    way = Way(address="im geschützten Speicher")
    return Directory(worlds.areas, vault_of(Secret(*where, "", (way,)) for where in held))


def _find(settings: Settings, arguments: argparse.Namespace) -> tuple[Area, Contact | None] | None:
    """The municipality and its secret contact; after saying what is wrong, None for either."""
    from bot.documents import quote, suggest

    files = _files(settings)
    key = _key(files, arguments.place)
    if key is None:
        return None
    area = next((area for area in files.areas if area.key == key), None)
    if area is None:
        print(f"{quote(key)} hat noch keine Datei; legen Sie den Kontakt erst dort an.", file=sys.stderr)
        return None
    contact = area.contacts.get(arguments.contact)
    if contact is None:
        what = f"In der Datei von {key} gibt es keinen Kontakt {quote(arguments.contact)}."
        print(f"{what} {suggest(arguments.contact, area.contacts)}".strip(), file=sys.stderr)
    elif contact.visibility != "secret":
        print(f"{quote(arguments.contact)} ist nicht geheim; schreiben Sie den Weg in die Datei.", file=sys.stderr)
        contact = None
    return area, contact


def _key(files: Files, words: str) -> str | None:
    """The key of the area that is meant, also of a land and of the federation; None after saying why not."""
    if words == "bund":
        return words
    place = pick_place(files.worlds.places, words)
    return place.ags if place else None


def _read(way: str) -> str | None:
    """The value: asked for twice without showing it, or the one line of an input that is no terminal."""
    if not sys.stdin.isatty():
        value = sys.stdin.readline(_LONGEST + 2).strip()
    else:
        value = getpass(f"{_ASK[way]} (wird nicht angezeigt): ").strip()
        if value and getpass("Noch einmal, zur Sicherheit: ").strip() != value:
            print("Das war nicht zweimal dasselbe. Es ist nichts gespeichert.", file=sys.stderr)
            return None
    if not value or len(value) > _LONGEST:
        print(f"Es kam kein Wert, oder einer mit mehr als {_LONGEST} Zeichen.", file=sys.stderr)
        return None
    return value


def _fits(way: str, value: str, area: Area) -> bool:
    """Whether somebody can be reached by it. What is said never holds the value."""
    from bot.alliance.checking import misfit_way
    from bot.alliance.contact import Way

    wrong = misfit_way(Way.model_validate({way: value}), fictional=area.fictional)
    if wrong is not None:
        code, _, todo = wrong
        print(f"So geht es nicht ({code}). {todo}", file=sys.stderr)
    return wrong is None


def _do(settings: Settings, errand: str, place: str, arguments: argparse.Namespace, value: str) -> bool | None:
    """Let the running Lotse do it, or do it here; whether something was changed, None after saying why not."""
    from bot import errands, vault
    from bot.clock import AheadClock

    where, way = (place, arguments.contact), arguments.way
    try:
        done = errands.ask(settings.data_dir, errand, place=place, contact=arguments.contact, way=way, value=value)
        return bool(done)
    except errands.ErrandFailedError as error:
        print(f"Der laufende Lotse konnte es nicht ({error}). „lotse doctor“ sieht nach.", file=sys.stderr)
        return None
    except LookupError:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        now = AheadClock(settings.data_dir)()
        with open_books_or_explain(settings) as books:
            if books is None:
                return None
            if errand == "secret_delete":
                return vault.drop(*books, where, way, now)
            vault.keep(*books, where, (way, value), now)
            return True


def _held(settings: Settings, *, loud: bool) -> list[dict[str, Any]] | None:
    from bot import errands, vault
    from bot.app import books_path

    try:
        rows: list[dict[str, Any]] = errands.ask(settings.data_dir, "secrets")
    except errands.ErrandFailedError as error:
        if loud:
            print(f"Der laufende Lotse konnte es nicht ({error}). „lotse doctor“ sieht nach.", file=sys.stderr)
        return None
    except LookupError:
        books = books_path(settings)
        if books is not None and not books.exists():
            return []
        with open_books_or_explain(settings) as opened:
            return None if opened is None else vault.listed(*opened)
    return rows


def _rows(files: Files, held: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each secret contact of the files and each that is held, by place: `ways`, `changed`, whether it is `listed`."""
    known = {(row["place"], row["contact"]): row for row in held}
    named = [
        (area.key, name)
        for area in files.areas
        for name, contact in area.contacts.items()
        if contact.visibility == "secret"
    ]
    return [
        {
            "place": key,
            "contact": name,
            "ways": known.get((key, name), {}).get("ways", []),
            "changed": known.get((key, name), {}).get("changed"),
            "listed": (key, name) in named,
        }
        for key, name in sorted({*named, *known})
    ]


def _say(row: dict[str, Any], settings: Settings) -> str:
    import datetime as dt
    from zoneinfo import ZoneInfo

    if not row["ways"]:
        return "Es fehlt noch jeder Weg; „lotse alliance secret set“ legt einen ab."
    at = dt.datetime.fromisoformat(row["changed"]).astimezone(ZoneInfo(settings.timezone))
    ways = ", ".join(_ASK[way] for way in row["ways"])
    orphan = "" if row["listed"] else " Der Kontakt steht in keiner Datei mehr, oder er ist dort nicht geheim."
    return f"{ways}, zuletzt geändert am {at:%d.%m.%Y}.{orphan}"


def _files(settings: Settings) -> Files:
    from bot.files import Files

    return Files(settings, checked=False)
