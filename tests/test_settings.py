"""Settings: where they come from, which one wins, and what is said about a wrong one."""

from pathlib import Path

import pytest

from bot.settings import SECRETS, Settings, SettingsError, read_settings

SECRET = "4711:GEHEIM-Kanarie"


def problems(environment: dict[str, str], folder: Path, toml: str = "") -> tuple[str, ...]:
    """What `read_settings` complains about; fails when it does not."""
    if toml:
        (folder / "lotse.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_settings(environment, folder=folder)
    return caught.value.problems


def test_defaults_need_no_file_and_no_environment(tmp_path: Path) -> None:
    """A fresh machine runs the terminal: everything has a default, every transport is off."""
    settings = read_settings({}, folder=tmp_path)
    assert settings.transports == ()
    assert settings.timezone == "Europe/Berlin"
    assert not settings.allow_drafts
    assert settings.http_port is None
    assert settings.playbooks.name == "playbooks"
    assert settings.key_path == settings.data_dir / "lotse.keys"


@pytest.mark.parametrize(
    ("base", "expected"),
    [("/srv", "/srv/komma-lotse"), ("hier", "~/.local/share/komma-lotse"), ("", "~/.local/share/komma-lotse")],
)
def test_data_dir_follows_xdg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, base: str, expected: str) -> None:
    """XDG_DATA_HOME is obeyed when it is absolute, as its specification says."""
    monkeypatch.setenv("XDG_DATA_HOME", base)
    assert read_settings({}, folder=tmp_path).data_dir == Path(expected).expanduser()


def test_command_line_beats_environment_beats_file(tmp_path: Path) -> None:
    """The nearer the person is to the value, the more it counts."""
    toml = 'data_dir = "/a"\ntimezone = "Europe/Vienna"\nhttp_port = 8080\n'
    (tmp_path / "lotse.toml").write_text(toml, encoding="utf-8")
    environment = {"LOTSE_DATA_DIR": "/b", "LOTSE_HTTP_PORT": "9090"}
    settings = read_settings(environment, folder=tmp_path, given={"data_dir": "/c", "playbooks": None})
    assert settings.data_dir == Path("/c")
    assert settings.http_port == 9090
    assert settings.timezone == "Europe/Vienna"


def test_empty_variable_means_not_set(tmp_path: Path) -> None:
    """`LOTSE_HTTP_PORT=` in a compose file switches nothing on."""
    assert read_settings({"LOTSE_HTTP_PORT": " "}, folder=tmp_path).http_port is None


@pytest.mark.parametrize("name", SECRETS)
def test_secret_may_stand_in_a_file(tmp_path: Path, name: str) -> None:
    """Each secret has a `_FILE` twin; the line break at its end does not count."""
    value = {"database_url": "postgresql+psycopg://u:geheim@h/d", "smtp_url": "smtps://u:geheim@h"}.get(name, SECRET)
    secret = tmp_path / "geheimnis"
    secret.write_text(value + "\n", encoding="utf-8")
    environment = {f"LOTSE_{name.upper()}_FILE": str(secret)}
    if name.startswith("matrix_"):
        environment |= {
            "LOTSE_MATRIX_HOMESERVER": "https://matrix.example",
            "LOTSE_MATRIX_USER": "@lotse:stadt.example",
            "LOTSE_MATRIX_DEVICE_ID": "LOTSE",
        }
    if name == "smtp_url":
        environment["LOTSE_SMTP_FROM"] = "lotse@stadt.example"
    settings = read_settings(environment, folder=tmp_path)
    assert getattr(settings, name).get_secret_value() == value
    assert value not in repr(settings)


def test_secret_file_works_from_toml(tmp_path: Path) -> None:
    """`telegram_token_file` in `lotse.toml` is the same twin."""
    (tmp_path / "token").write_text(SECRET, encoding="utf-8")
    (tmp_path / "lotse.toml").write_text(f'telegram_token_file = "{tmp_path}/token"\n', encoding="utf-8")
    settings = read_settings({}, folder=tmp_path)
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == SECRET
    assert settings.transports == ("telegram",)


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"LOTSE_HTTP_PORT": "acht"}, ["LOTSE_HTTP_PORT", "keine ganze Zahl"]),
        ({"LOTSE_HTTP_PORT": "0"}, ["LOTSE_HTTP_PORT", "zu klein"]),
        ({"LOTSE_HTTP_PORT": "65536"}, ["LOTSE_HTTP_PORT", "zu groß"]),
        ({"LOTSE_ALLOW_DRAFTS": "vielleicht"}, ["LOTSE_ALLOW_DRAFTS", "1 oder 0"]),
        ({"LOTSE_TIMEZONE": "Europa/Berlin"}, ["LOTSE_TIMEZONE", "Europe/Berlin"]),
        ({"LOTSE_TIMEZONE": "../etc/passwd"}, ["LOTSE_TIMEZONE", "Zeitzone"]),
        ({"LOTSE_DATABASE_URL": "mysql://u:4711:GEHEIM-Kanarie@h/d"}, ["LOTSE_DATABASE_URL", "postgresql+psycopg://"]),
        ({"LOTSE_TELEGRAM_TOKEN": " "}, ["LOTSE_TELEGRAM_TOKEN", "leer"]),
        ({"LOTSE_TELEGRAM_TOKEN_FILE": ""}, ["LOTSE_TELEGRAM_TOKEN_FILE", "nicht lesbar"]),
        ({"LOTSE_TELEGRAM_TOKEN_FILE": "/gibt/es/nicht"}, ["LOTSE_TELEGRAM_TOKEN_FILE", "es gibt sie nicht"]),
        ({"LOTSE_TELEGRAM_TOKEN_FILE": "/"}, ["LOTSE_TELEGRAM_TOKEN_FILE", "Ordner"]),
        (
            {"LOTSE_TELEGRAM_TOKEN": SECRET, "LOTSE_TELEGRAM_TOKEN_FILE": "/x"},
            ["LOTSE_TELEGRAM_TOKEN", "nur eines von beiden"],
        ),
        ({"LOTSE_TELEGRAM_TOCKEN": SECRET}, ["LOTSE_TELEGRAM_TOCKEN", "LOTSE_TELEGRAM_TOKEN"]),
        ({"LOTSE_TELEGRAM_WEBHOOK_URL": "http://stadt.example"}, ["LOTSE_TELEGRAM_WEBHOOK_URL", "https://"]),
        ({"LOTSE_TELEGRAM_BASE_URL": "api"}, ["LOTSE_TELEGRAM_BASE_URL", "https://"]),
        ({"LOTSE_SMTP_URL": f"http://{SECRET}"}, ["LOTSE_SMTP_URL", "smtp://"]),
        ({"LOTSE_MATRIX_USER": "lotse"}, ["LOTSE_MATRIX_USER", "@lotse:"]),
        ({"LOTSE_MATRIX_PASSWORD": SECRET}, ["LOTSE_MATRIX_HOMESERVER"]),
        ({"LOTSE_MATRIX_HOMESERVER": "https://m.example"}, ["LOTSE_MATRIX_USER", "LOTSE_MATRIX_PASSWORD"]),
        (
            {
                "LOTSE_MATRIX_HOMESERVER": "https://m.example",
                "LOTSE_MATRIX_USER": "@l:m.example",
                "LOTSE_MATRIX_ACCESS_TOKEN": SECRET,
            },
            ["LOTSE_MATRIX_DEVICE_ID"],
        ),
    ],
)
def test_wrong_setting_is_explained(tmp_path: Path, environment: dict[str, str], words: list[str]) -> None:
    """The sentence names the setting and what to do, and never quotes a secret."""
    said = "\n".join(problems(environment, tmp_path))
    for word in words:
        assert word in said
    assert "GEHEIM" not in said


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('telegram_token = "4711:GEHEIM-Kanarie', ["TOML", "am Ende"]),
        ('telegram_tokn = "4711:GEHEIM-Kanarie"', ["telegram_tokn", "telegram_token"]),
        ('quark = "4711:GEHEIM-Kanarie"', ["quark", "bekannt sind"]),
        ("http_port = true", ["http_port", "Ziffern"]),
        ("timezone = = 1", ["Zeile 1"]),
        ("timezone = 1", ["timezone", "Anführungszeichen"]),
        ("data_dir = 1", ["data_dir", "Anführungszeichen"]),
        ('telegram_token = ""', ["telegram_token", "leer"]),
        ("#" * 70_000, ["zu groß"]),
    ],
)
def test_wrong_file_is_explained(tmp_path: Path, toml: str, words: list[str]) -> None:
    """The sentence names the file; a secret next to the mistake is not quoted."""
    said = "\n".join(problems({}, tmp_path, toml))
    for word in [*words, "lotse.toml"]:
        assert word in said
    assert "GEHEIM" not in said


def test_all_problems_come_at_once(tmp_path: Path) -> None:
    """An operator repairs the settings in one go."""
    said = problems({"LOTSE_HTTP_PORT": "x", "LOTSE_TIMEZONE": "y", "LOTSE_TELEGRAM_TOCKEN": "z"}, tmp_path)
    assert len(said) == 3


def test_names_of_others_are_left_alone(tmp_path: Path) -> None:
    """LOTSE_FAULTS_BUDGET belongs to the test run."""
    assert read_settings({"LOTSE_FAULTS_BUDGET": "60"}, folder=tmp_path).timezone


def test_every_setting_has_its_reason() -> None:
    """A setting without a reason would be one too many."""
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SMTP_URL", "smtp://", "kein Postausgang"),
        ("SMTP_URL", "smtp://host:tausend", "kein Postausgang"),
        ("SMTP_URL", "https://host", "kein Postausgang"),
        ("SMTP_FROM", "Lotse <lotse@stadt.example>", "keine Mailadresse"),
        ("SMTP_FROM", "lotse@stadt.example", "LOTSE_SMTP_URL fehlt"),
    ],
)
def test_mail_needs_a_server_and_a_sender(name: str, value: str, said: str, tmp_path: Path) -> None:
    """What cannot be used is said, the one without the other too."""
    with pytest.raises(SettingsError) as caught:
        read_settings({f"LOTSE_{name}": value}, folder=tmp_path)
    assert said in str(caught.value)
