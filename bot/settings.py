"""Every setting, its default and its reason; the only reader of the environment and of `lotse.toml`.

Owns: which settings there are, where they come from and what is wrong with them. A value is taken from the command
line, else from the environment (`LOTSE_DATA_DIR`), else from `lotse.toml` (`data_dir = "…"`), else its default. A
secret may stand in a file of its own instead (`LOTSE_TELEGRAM_TOKEN_FILE`); it is then not in the process list and
not in the environment of children (guarantees, section G).

Errors are in German, for operators: what is wrong, where, what to do. A secret is never quoted.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
import zoneinfo
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

PREFIX: Final = "LOTSE_"
FILE: Final = "lotse.toml"
LARGEST_FILE: Final = 64 * 1024
"""Bytes that a settings or secret file may have: more is a mistake (a database, a device), not a setting."""

_SIMILAR: Final = 0.8
"""How alike an unknown name must be to a setting to be called a typing error; other LOTSE_ names belong to others."""


class SettingsError(Exception):
    """Settings that cannot be used. `problems`: one German sentence each, without any secret."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _expanded(path: Path) -> Path:
    return path.expanduser().absolute()


def _known_zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("keine bekannte Zeitzone. Beispiel: Europe/Berlin") from None
    return name


def _no_switch(port: object) -> object:
    if isinstance(port, bool):  # `true` would quietly be port 1
        raise ValueError("keine ganze Zahl. Bitte nur Ziffern")  # noqa: TRY004 - pydantic turns ValueError into a sentence
    return port


def _web(url: str) -> str:
    if not url.startswith(("https://", "http://")) or len(url.split("//", 1)[1]) == 0:
        raise ValueError("keine Web-Adresse. Sie beginnt mit https://")
    return url.rstrip("/")


def _secure_web(url: str) -> str:
    if not url.startswith("https://"):
        raise ValueError("keine sichere Web-Adresse. Sie beginnt mit https://")
    return _web(url)


def _database(url: SecretStr) -> SecretStr:
    if not url.get_secret_value().startswith(("sqlite:///", "sqlite+pysqlite:///", "postgresql+psycopg://")):
        raise ValueError("kein Speicher, den der Lotse kennt. Sie beginnt mit postgresql+psycopg:// oder sqlite:///")
    return url


def _smtp(url: SecretStr) -> SecretStr:
    secret = url.get_secret_value()
    try:
        parts = urlsplit(secret)
        usable = parts.scheme in {"smtp", "smtps"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ValueError("kein Postausgang. Er beginnt mit smtp:// oder smtps:// und nennt einen Server")
    return url


def _mail_address(address: str) -> str:
    if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[a-zA-Z]{2,}", address):
        raise ValueError("keine Mailadresse. Beispiel: lotse@stadt.example")
    return address


def _matrix_user(name: str) -> str:
    if not name.startswith("@") or ":" not in name:
        raise ValueError("keine Matrix-Kennung. Beispiel: @lotse:stadt.example")
    return name


def _default_data_dir() -> Path:
    """Return the place for data of a program (XDG Base Directory Specification 0.8)."""
    base = os.environ.get("XDG_DATA_HOME", "")
    # The specification: a relative path is to be ignored.
    return (Path(base) if base.startswith("/") else Path.home() / ".local" / "share") / "komma-lotse"


def _default_playbooks() -> Path:
    return Path(__file__).resolve().parent.parent / "playbooks"


Folder = Annotated[Path, AfterValidator(_expanded)]


class Settings(BaseModel):
    """What an operator can set. Each description is the reason, in German, as the handbook shows it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    data_dir: Annotated[
        Folder,
        Field(
            default_factory=_default_data_dir,
            description="Ordner für Datenbank, Schlüssel und Sperre. Nur für das eigene Konto lesbar; nie auf einem "
            "Netzlaufwerk, denn dort halten Sperren nicht.",
        ),
    ]
    database_url: Annotated[
        Annotated[SecretStr, AfterValidator(_database)] | None,
        Field(
            description="Leer: SQLite im Datenordner, ein Prozess. PostgreSQL erst, wenn mehrere Prozesse sich die "
            "Arbeit teilen sollen."
        ),
    ] = None
    playbooks: Annotated[
        Folder,
        Field(
            default_factory=_default_playbooks,
            description="Ordner mit den Leitfäden und dem Bündnis; wird im Betrieb neu gelesen.",
        ),
    ]
    key_file: Annotated[
        Folder | None,
        Field(
            description="Datei mit den Hauptschlüsseln. Leer: im Datenordner. Besser liegt sie auf einem anderen "
            "Datenträger als die Datenbank und deren Sicherung."
        ),
    ] = None
    allow_drafts: Annotated[
        bool,
        Field(
            description="1: Leitfäden ohne Freigabe und ungeprüfte Kontakte dürfen auf echten Kanälen erscheinen. Nur "
            "für Probeläufe mit eingeweihten Personen."
        ),
    ] = False
    timezone: Annotated[
        Annotated[str, AfterValidator(_known_zone)],
        Field(
            description="Ortszeit, in der „gestern Abend“ und Ruhezeiten gelten, wenn die Kommune nichts anderes sagt."
        ),
    ] = "Europe/Berlin"
    embeddings: Annotated[
        bool,
        Field(
            description="1: Sätze in eigenen Worten auch nach ihrer Bedeutung vergleichen; findet öfter das Passende, "
            "vor allem auf Englisch, Türkisch, Arabisch und Russisch. Braucht das Zusatzpaket und 160 MB mehr Speicher."
        ),
    ] = False
    link: Annotated[
        Annotated[str, AfterValidator(_secure_web)] | None,
        Field(
            description="Adresse, unter der Menschen den Lotsen öffnen; {payload} steht für Ort oder Code, etwa "
            "https://t.me/NameDesBots?start={payload}. Für QR-Codes; leer: es gibt keine."
        ),
    ] = None
    telegram_token: Annotated[
        SecretStr | None, Field(description="Token des Bots von @BotFather. Leer: Telegram ist aus.")
    ] = None
    telegram_base_url: Annotated[
        Annotated[str, AfterValidator(_web)],
        Field(description="Server der Bot-API. Ein eigener Server hält Nachrichten aus fremden Protokollen heraus."),
    ] = "https://api.telegram.org"
    telegram_webhook_url: Annotated[
        Annotated[str, AfterValidator(_secure_web)] | None,
        Field(description="Öffentliche Adresse, an die Telegram zustellt. Leer: der Lotse fragt selbst nach."),
    ] = None
    matrix_homeserver: Annotated[
        Annotated[str, AfterValidator(_web)] | None, Field(description="Adresse des Homeservers. Leer: Matrix ist aus.")
    ] = None
    matrix_user: Annotated[
        Annotated[str, AfterValidator(_matrix_user)] | None, Field(description="Kennung des Lotsen auf dem Homeserver.")
    ] = None
    matrix_password: Annotated[
        SecretStr | None,
        Field(description="Passwort; nur für die erste Anmeldung nötig, danach gilt die gespeicherte Sitzung."),
    ] = None
    matrix_access_token: Annotated[
        SecretStr | None, Field(description="Statt des Passworts: eine schon bestehende Sitzung, mit matrix_device_id.")
    ] = None
    matrix_device_id: Annotated[
        str | None,
        Field(description="Gerät dieser Sitzung. Ein fester Name: davon hängt ab, dass nichts doppelt ankommt."),
    ] = None
    matrix_servers: Annotated[
        str | None,
        Field(
            description="Server, deren Menschen einen Chat beginnen dürfen, mit Komma getrennt. Leer: nur der eigene. "
            "Andere Einladungen lehnt der Lotse ab."
        ),
    ] = None
    matrix_taps: Annotated[
        bool,
        Field(
            description="1: Ziffern zum Antippen unter Fragen, die nicht vertraulich sind. Reaktionen sind in Matrix "
            "nicht verschlüsselt: wer den Server betreibt, sieht dann, welche Ziffer gewählt wurde."
        ),
    ] = False
    http_port: Annotated[
        Annotated[int, BeforeValidator(_no_switch)] | None,
        Field(ge=1, le=65_535, description="Port für Zustand, Messwerte und Webhook. Leer: kein Port ist offen."),
    ] = None
    backup_recipient: Annotated[
        str | None,
        Field(description="Öffentlicher Schlüssel (age1…), mit dem Sicherungen verschlüsselt werden. Leer: gar nicht."),
    ] = None
    smtp_url: Annotated[
        Annotated[SecretStr, AfterValidator(_smtp)] | None,
        Field(
            description="Postausgang für Hinweise ohne Inhalt an Stellen, die in keinem Chat sind. Leer: keine Post."
        ),
    ] = None
    smtp_from: Annotated[
        Annotated[str, AfterValidator(_mail_address)] | None,
        Field(description="Absender dieser Hinweise. Antworten darauf liest niemand; die Mail sagt das."),
    ] = None

    @property
    def key_path(self) -> Path:
        """Where the master keys lie."""
        return self.key_file or self.data_dir / "lotse.keys"

    @property
    def transports(self) -> tuple[str, ...]:
        """The real transports that these settings switch on."""
        on = {"telegram": self.telegram_token, "matrix": self.matrix_homeserver}
        return tuple(name for name, value in on.items() if value is not None)


def _is_secret(name: str) -> bool:
    return _holds_secret(Settings.model_fields[name].annotation)


def _holds_secret(annotation: object) -> bool:
    """Whether a secret is meant, also behind `Annotated` and `| None`."""
    return annotation is SecretStr or any(_holds_secret(part) for part in get_args(annotation))


SECRETS: Final = tuple(name for name in Settings.model_fields if _is_secret(name))


def read_settings(
    environment: Mapping[str, str] | None = None,
    *,
    folder: Path | None = None,
    given: Mapping[str, object] | None = None,
) -> Settings:
    """Read the settings: `given` (the command line) over the environment over `lotse.toml` in `folder`.

    `environment` defaults to the process's, `folder` to the current one.

    Raises:
        SettingsError: with every problem that was found, not the first only.
    """
    environment = os.environ if environment is None else environment
    path = (Path.cwd() if folder is None else folder) / FILE
    problems: list[str] = []
    values: dict[str, object] = {}
    places: dict[str, str] = {}
    for source in (_from_file(path, problems), _from_environment(environment, problems)):
        for name, (value, place) in source.items():
            values[name], places[name] = value, place
    for name, value in (given or {}).items():
        if value is not None:
            values[name], places[name] = value, "Befehlszeile"
    settings: Settings | None = None
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        problems.extend(_sentences(error, places))
    else:
        problems.extend(_contradictions(settings))
    if problems or settings is None:
        raise SettingsError(tuple(problems))
    return settings


_Found = dict[str, tuple[object, str]]


def _from_environment(environment: Mapping[str, str], problems: list[str]) -> _Found:
    raw = {name[len(PREFIX) :].lower(): value for name, value in environment.items() if name.startswith(PREFIX)}
    known = {*Settings.model_fields, *(f"{name}_file" for name in SECRETS)}
    problems.extend(
        f"{PREFIX}{name.upper()}: Diese Einstellung gibt es nicht. Gemeint ist wohl {PREFIX}{similar[0].upper()}."
        for name in sorted(raw.keys() - known)
        if (similar := difflib.get_close_matches(name, known, 1, _SIMILAR))
    )
    # An empty variable means "not set", as everywhere in shells and compose files; an empty secret is a mistake.
    taken: dict[str, object] = {
        name: value for name, value in raw.items() if name in known and (value.strip() or _names_secret(name))
    }
    return _with_secret_files(taken, lambda name: f"{PREFIX}{name.upper()}", problems)


def _from_file(path: Path, problems: list[str]) -> _Found:
    try:
        text = _read_small(path)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        problems.append(f"{path}: Die Datei ist nicht lesbar ({_cause(error)}). Rechte und Inhalt prüfen.")
        return {}
    try:
        body = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # Only the position: the message of the parser may quote a secret.
        line = re.search(r"\(at line (\d+)", str(error))
        where = f"Zeile {line[1]}" if line else "am Ende"
        problems.append(f'{path}: Das ist kein gültiges TOML ({where}). Eine Zeile je Einstellung: name = "wert".')
        return {}
    known = {*Settings.model_fields, *(f"{name}_file" for name in SECRETS)}
    for name in sorted(body.keys() - known):
        similar = difflib.get_close_matches(name, known, 1)
        hint = f" Gemeint ist wohl {similar[0]}." if similar else " Bitte löschen; bekannt sind: " + ", ".join(known)
        problems.append(f"{path}: Die Einstellung {name} gibt es nicht.{hint}")
    taken = {name: value for name, value in body.items() if name in known}
    return _with_secret_files(taken, lambda name: f"{name} in {path}", problems)


def _names_secret(name: str) -> bool:
    return name.removesuffix("_file") in SECRETS


def _with_secret_files(taken: Mapping[str, object], say: Callable[[str], str], problems: list[str]) -> _Found:
    """Replace `x_file` by the content of that file; refuse both at once, and empty secrets."""
    found: _Found = {}
    for name, value in taken.items():
        secret = name.removesuffix("_file")
        if name in SECRETS and f"{name}_file" in taken:
            problems.append(f"{say(name)}: Es ist auch {say(name + '_file')} gesetzt. Bitte nur eines von beiden.")
        elif name in SECRETS and isinstance(value, str) and not value.strip():
            problems.append(f"{say(name)}: Das Geheimnis ist leer. Bitte eintragen, oder die Einstellung weglassen.")
        elif name not in Settings.model_fields and secret in SECRETS:
            content = _secret_from(value, say(name), problems)
            if content is not None:
                found[secret] = (content, say(name))
        else:
            found[name] = (value, say(name))
    return found


def _secret_from(value: object, place: str, problems: list[str]) -> str | None:
    try:
        content = _read_small(Path(str(value)).expanduser()).strip()
    except (OSError, ValueError) as error:
        problems.append(f"{place}: Die Geheimnisdatei ist nicht lesbar ({_cause(error)}). Pfad und Rechte prüfen.")
        return None
    if not content:
        problems.append(f"{place}: Die Geheimnisdatei ist leer. Bitte das Geheimnis hineinschreiben.")
        return None
    return content


def _read_small(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise ValueError("too large")
    return data.decode("utf-8")


def _cause(error: Exception) -> str:
    """Say why a file cannot be read, without its content."""
    match error:
        case FileNotFoundError():
            return "es gibt sie nicht"
        case PermissionError():
            return "kein Leserecht"
        case IsADirectoryError():
            return "es ist ein Ordner"
        case UnicodeDecodeError():
            return "kein UTF-8"
        case ValueError():
            return "sie ist zu groß"
        case _:
            return "Lesefehler"


_KINDS: Final = {
    "bool_parsing": "weder ja noch nein. Bitte 1 oder 0",
    "bool_type": "weder ja noch nein. Bitte 1 oder 0",
    "int_parsing": "keine ganze Zahl. Bitte nur Ziffern",
    "int_type": "keine ganze Zahl. Bitte nur Ziffern",
    "int_from_float": "keine ganze Zahl. Bitte nur Ziffern",
    "greater_than_equal": "zu klein. Ein Port liegt zwischen 1 und 65535",
    "less_than_equal": "zu groß. Ein Port liegt zwischen 1 und 65535",
    "string_type": "kein Text. In lotse.toml stehen Texte in Anführungszeichen",
    "path_type": "kein Pfad. In lotse.toml stehen Pfade in Anführungszeichen",
}


def _sentences(error: ValidationError, places: Mapping[str, str]) -> Iterator[str]:
    for detail in error.errors(include_url=False, include_input=False):
        name = str(detail["loc"][0])
        cause = detail.get("ctx", {}).get("error")
        what = str(cause) if isinstance(cause, ValueError) else _KINDS.get(detail["type"], "nicht zu gebrauchen")
        yield f"{places.get(name, name)}: Der Wert ist {what}."


def _contradictions(settings: Settings) -> Iterator[str]:
    """Say what is right alone and wrong together."""
    if settings.telegram_webhook_url is not None and settings.http_port is None:
        yield f"{PREFIX}HTTP_PORT fehlt: Ein Webhook ({PREFIX}TELEGRAM_WEBHOOK_URL) braucht einen offenen Port."
    if (settings.smtp_url is None) != (settings.smtp_from is None):
        missing = "SMTP_URL" if settings.smtp_url is None else "SMTP_FROM"
        yield f"{PREFIX}{missing} fehlt: Postausgang und Absender gehören zusammen."
    if settings.matrix_homeserver is None:
        if any((settings.matrix_user, settings.matrix_password, settings.matrix_access_token)):
            yield f"{PREFIX}MATRIX_HOMESERVER fehlt: Andere Matrix-Einstellungen sind gesetzt. Bitte den Server nennen."
        return
    if settings.matrix_user is None:
        yield f"{PREFIX}MATRIX_USER fehlt: Der Lotse braucht seine Kennung. Beispiel: @lotse:stadt.example."
    if settings.matrix_password is None and settings.matrix_access_token is None:
        yield f"{PREFIX}MATRIX_PASSWORD fehlt: Bitte das Passwort nennen, oder {PREFIX}MATRIX_ACCESS_TOKEN mit Gerät."
    if settings.matrix_access_token is not None and settings.matrix_device_id is None:
        yield f"{PREFIX}MATRIX_DEVICE_ID fehlt: Zu einer bestehenden Sitzung gehört ihr Gerät."


def cache_folder() -> Path | None:
    """Return the folder for caches of whoever runs the Lotse (XDG Base Directory Specification), if they have any."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "komma-lotse"
    except RuntimeError:
        return None
