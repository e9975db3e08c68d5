"""The command line: its help, its exit codes, how fast it is there."""

import argparse
import json
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import cli, invitation
from bot.app import open_books
from bot.cli import make_parser
from bot.settings import cache_folder, read_settings
from bot.storage import conversations, pairings
from bot.storage.accounts import Account

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = re.compile(r"\b(usage|options|optional|positional|arguments|show this|help message|required|error|invalid)\b")


def commands(parser: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """All commands, groups included, as the words to type."""
    yield words
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                yield from commands(command, (*words, name))


def lotse(*words: str, **more: object) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process."""
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=60, **more)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("words", list(commands(make_parser())), ids=" ".join)
def test_help_is_german_and_whole(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Every command and every option says in German what it does."""
    with pytest.raises(SystemExit) as caught:
        cli.main([*words, "--help"])
    assert caught.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith("Aufruf: lotse")
    assert ENGLISH.findall(text) == []
    for action in _parser(words)._actions:
        assert action.help or isinstance(action, argparse._SubParsersAction), action.dest


def _parser(words: tuple[str, ...]) -> argparse.ArgumentParser:
    parser = make_parser()
    for word in words:
        (group,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
        parser = group.choices[word]
    return parser


@pytest.mark.parametrize("words", [words for words in commands(make_parser()) if words], ids=" ".join)
def test_every_command_has_its_module(words: tuple[str, ...]) -> None:
    """What a command does lies in a module of its name, as a function that takes the arguments."""
    import importlib

    defaults = _parser(words)._defaults
    if any(isinstance(action, argparse._SubParsersAction) for action in _parser(words)._actions):
        return
    assert callable(getattr(importlib.import_module(f"bot.cli.{defaults['module']}"), defaults["function"]))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Es fehlt: BEFEHL"),
        (["quark"], "'quark' gibt es hier nicht"),
        (["talk", "--lang", "xx"], "'xx' gibt es hier nicht"),
        (["talk", "--person", "0"], "'0' ist hier nicht möglich"),
        (["talk", "--person", "eins"], "'eins' ist hier nicht möglich"),
        (["talk", "--quark"], "Das kenne ich nicht: --quark"),
        (["talk", "--data"], "Das kenne ich nicht: --data"),
        (["match", "--top"], "braucht eine Angabe"),
        (["release"], "Es fehlt: --by"),
        (["alliance", "who"], "Es fehlt: --place, --incident"),
    ],
)
def test_wrong_use_is_explained(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2, a German sentence, and where the help is."""
    with pytest.raises(SystemExit) as caught:
        cli.main(words)
    assert caught.value.code == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
    assert "--help" in shown.err


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("Quarkhausen", "kennt der Lotse nicht"),
        ("Quarkhausen", "Bekannt sind: "),
        ("Ausgburg", "09761000     Augsburg"),
        ("Bayern", "ist ein Land"),
        ("99999999", "kennt der Lotse nicht"),
    ],
)
def test_a_talk_at_no_place_does_not_begin(place: str, said: str, tmp_path: Path) -> None:
    """Before the first words, with 2, with what may be meant; nothing is made in the data folder."""
    run = lotse("talk", "--place", place, "--data-dir", str(tmp_path / "daten"), input="")
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr
    assert not (tmp_path / "daten").exists()


def test_a_talk_at_a_place_by_name(tmp_path: Path) -> None:
    """A name does as well as the key."""
    run = lotse("talk", "--place", "kassel", "--data-dir", str(tmp_path / "daten"), input="")
    assert run.returncode == 0
    assert "Guten Tag" in run.stdout


def test_version() -> None:
    """The version of the package."""
    run = lotse("--version")
    assert run.returncode == 0
    assert re.fullmatch(r"KommA-Lotse \d+\.\d+\.\d+\n", run.stdout)


def test_help_comes_at_once() -> None:
    """`lotse --help` takes less than 150 ms of a processor, best of five; at rest that is how long it takes."""
    times = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert lotse("--help").returncode == 0
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    assert min(times) < 0.15


def test_help_loads_nothing_heavy() -> None:
    """No command's libraries are loaded before the command runs."""
    code = (
        "import sys\nfrom bot.cli import make_parser\nmake_parser()\n"
        "heavy = {'pydantic', 'sqlalchemy', 'structlog', 'rich', 'yaml', 'asyncio', 'msgspec', 'cryptography'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout == "[]\n"


def test_wrong_settings_end_a_command(tmp_path: Path) -> None:
    """Exit code 2 and every problem, before anything is touched."""
    (tmp_path / "lotse.toml").write_text("http_port = 0\ntimezone = 'Mars'\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "bot", "doctor", "--data-dir", str(tmp_path / "daten")],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )
    assert run.returncode == 2
    assert "http_port" in run.stderr
    assert "timezone" in run.stderr
    assert not (tmp_path / "daten").exists()


CACHE = {"XDG_CACHE_HOME": str(kept.parent)} if (kept := cache_folder()) else {}
PLAIN = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": "/nonexistent", **CACHE}


def at_home(tmp_path: Path, *words: str, **more: object) -> subprocess.CompletedProcess[str]:
    """Run a command with nothing in the environment and a data folder of its own."""
    environment = {**PLAIN, "LOTSE_DATA_DIR": str(tmp_path / "daten")}
    return lotse(*words, env=environment, **more)


def test_match_writes_one_object_a_line(tmp_path: Path) -> None:
    """Whatever stands in a line, one object comes out, in the order of the lines."""
    lines = [
        "bei mir vorm haus ist ne demo angemeldet",
        "ich will nicht mehr leben",
        "hilfe",
        "hallo",
        "",
        "asdf",
        "x" * 70_000,
        "a\u202eb\x00c",
    ]
    run = at_home(tmp_path, "match", "--top", "2", input="\n".join(lines))
    assert run.returncode == 0, run.stderr
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert [row["text"] for row in rows] == lines
    assert [row["kind"] for row in rows[:4]] == ["playbook", "crisis", "command", "smalltalk"]
    assert rows[0]["candidates"][0]["id"] == "demo_wohnhaus"
    assert rows[2]["candidates"] == [{"id": "hilfe", "score": 1.0}]
    assert all(len(row["candidates"]) <= 2 for row in rows)
    assert {row["kind"] for row in rows} <= {"playbook", "crisis", "command", "smalltalk", "unclear"}
    assert not (tmp_path / "daten").exists()


def test_match_reads_what_is_no_utf8(tmp_path: Path) -> None:
    """A line in another encoding is read as far as it can be."""
    command = [sys.executable, "-m", "bot", "match"]
    run = subprocess.run(command, input=b"Gr\xfc\xdfe\r\n", capture_output=True, check=True, cwd=ROOT, env=PLAIN)
    assert json.loads(run.stdout)["text"] == "Gr\ufffd\ufffde"


def test_alliance_who_answers_people_and_programs(tmp_path: Path) -> None:
    """The same answer as German text and as JSON; the time is local when it does not say otherwise."""
    words = ("alliance", "who", "--place", "Augsburg", "--incident", "demo_wohnhaus", "--at", "2026-11-23T10:00")
    text, data = at_home(tmp_path, *words), at_home(tmp_path, *words, "--json")
    assert text.returncode == data.returncode == 0, text.stderr
    assert "Augsburg (09761000)" in text.stdout
    assert "110" in text.stdout
    answer = json.loads(data.stdout)
    assert answer["at"] == "2026-11-23T10:00:00+01:00"
    assert 1 <= len(answer["contacts"]) <= 3
    assert all(contact["name"] in text.stdout for contact in answer["contacts"])


@pytest.mark.parametrize(
    ("place", "incident", "at", "said"),
    [
        ("Nirgendwo am See", "demo_wohnhaus", "2026-11-23T10:00", "Nirgendwo"),
        ("Augsburg", "demo_wonhaus", "2026-11-23T10:00", "demo_wohnhaus"),
        ("Augsburg", "demo_wohnhaus", "morgen", "Beispiel"),
    ],
)
def test_alliance_who_explains_wrong_words(tmp_path: Path, place: str, incident: str, at: str, said: str) -> None:
    """An unknown place, incident or time: exit code 2 and a way on."""
    run = at_home(tmp_path, "alliance", "who", "--place", place, "--incident", incident, "--at", at)
    assert run.returncode == 2
    assert said in run.stdout + run.stderr


def test_alliance_who_asks_for_a_role_and_leaves_out_who_is_involved(tmp_path: Path) -> None:
    """The superior is part of the problem: another is named; a role that there is not is explained."""
    words = ("alliance", "who", "--place", "Musterstadt", "--incident", "shitstorm", "--at", "2026-11-23T10:00")
    run = at_home(tmp_path, *words, "--audience", "fuehrung", "--without", "vorgesetzte", "--json")
    found = json.loads(run.stdout)["contacts"]
    assert "musterstadt_leitung" not in {contact["id"] for contact in found}
    assert "musterstadt_leitung" in {contact["stands_for"] for contact in found}
    wrong = at_home(tmp_path, *words, "--audience", "fuerung")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "fuehrung" in wrong.stderr


def test_alliance_coverage_proves_or_shows_the_gap(tmp_path: Path) -> None:
    """What ships has gaps, which the model municipalities must fill: exit code 1; as text, as data, as a picture."""
    words = ("alliance", "coverage", "--start", "2026-12-01")
    picture = tmp_path / "abdeckung.svg"
    text, data = at_home(tmp_path, *words, "--picture", str(picture)), at_home(tmp_path, *words, "--json")
    assert text.returncode == data.returncode == 1, text.stderr
    assert "niemand für „Polizei vor Ort“" in text.stdout
    assert picture.read_text(encoding="utf-8").startswith("<svg ")
    proof = json.loads(data.stdout)
    assert (proof["from"], proof["to"]) == ("2026-12-01", "2027-11-30")
    assert 0 < proof["covered"] < proof["combinations"]
    assert not [gap for gap in proof["gaps"] if gap["example"]["place"]["ags"] == "00000000"]
    assert at_home(tmp_path, "alliance", "coverage", "--start", "morgen").returncode == 2


@pytest.mark.parametrize("damage", ["empty", "missing", "broken", "nobody"])
def test_alliance_coverage_of_nothing_fails_loudest(tmp_path: Path, damage: str) -> None:
    """An empty, absent or faulty directory: exit code 2, in capitals, and nothing that looks like a proof."""
    folder = tmp_path / "leitfaeden"
    shutil.copytree(ROOT / "playbooks", folder)
    alliance = folder / "alliance"
    if damage == "broken":
        (alliance / "augsburg.yaml").write_text("key: 1\n", encoding="utf-8")
    else:
        shutil.rmtree(alliance)
    if damage in {"empty", "nobody"}:
        alliance.mkdir()
    if damage == "nobody":
        (alliance / "augsburg.yaml").write_text("key: 09761000\nname: {de: Augsburg}\n", encoding="utf-8")
    run = lotse("alliance", "coverage", env={**PLAIN, "LOTSE_PLAYBOOKS": str(folder)})
    assert (run.returncode, run.stdout) == (2, "")
    assert "NIEMAND IST ERREICHBAR" in run.stderr


def test_check_finds_nothing_wrong_in_what_ships(tmp_path: Path) -> None:
    """The shipped playbooks and alliance have no errors."""
    run = at_home(tmp_path, "check")
    assert run.returncode == 0, run.stdout
    assert "0 Fehler" in run.stdout


def test_check_tells_file_line_and_cure(tmp_path: Path) -> None:
    """A broken file: exit code 1, `file:line:col: severity code: what. What to do.`; an unknown path: 2."""
    folder = tmp_path / "leitfaeden"
    shutil.copytree(ROOT / "playbooks", folder)
    (folder / "empfang.yaml").write_text("id: empfang\nid: noch_einmal\n", encoding="utf-8")
    (folder / "alliance" / "augsburg.yaml").write_text("key: 1\n", encoding="utf-8")
    run = at_home(tmp_path, "check", str(folder))
    assert run.returncode == 1
    assert re.search(r"empfang\.yaml:2:1: error [a-z-]+: .+\. .+\.", run.stdout)
    assert re.search(r"alliance/augsburg\.yaml:\d+:\d+: error ", run.stdout)
    found = json.loads(at_home(tmp_path, "check", str(folder), "--format", "json").stdout)
    assert found["errors"] >= 2
    assert at_home(tmp_path, "check", str(folder), "--format", "github").stdout.startswith("::error file=")
    missing = at_home(tmp_path, "check", str(tmp_path / "nichts"))
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "nichts" in missing.stderr


def test_release_needs_files_and_a_name(tmp_path: Path) -> None:
    """Without a file it only lists what waits; a named file carries its release afterwards."""
    folder = tmp_path / "leitfaeden"
    shutil.copytree(ROOT / "playbooks", folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    environment = {**PLAIN, "LOTSE_PLAYBOOKS": str(folder)}
    run = lotse("release", "--by", "Erika Muster", env=environment)
    assert run.returncode == 1
    assert "empfang.yaml" in run.stdout
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before
    run = lotse("release", str(folder / "baustein_rolle.yaml"), "--by", "Erika Muster", env=environment)
    assert run.returncode == 0, run.stdout
    assert "status: freigegeben" in (folder / "baustein_rolle.yaml").read_text(encoding="utf-8")
    assert "baustein_rolle" not in lotse("release", "--by", "Erika Muster", env=environment).stdout
    assert lotse("release", str(folder / "weg.yaml"), "--by", "x", env=environment).returncode == 2


def test_doctor_finds_a_fresh_machine_in_order(tmp_path: Path) -> None:
    """Nothing is made by looking; drafts are a hint, no error."""
    run = at_home(tmp_path, "doctor")
    assert run.returncode == 0, run.stdout
    for word in ("Python", "SQLite", "Schlüssel", "Leitfäden", "Entwürfe", "angerufen"):
        assert word in run.stdout
    assert not (tmp_path / "daten").exists()
    states = {finding["state"] for finding in json.loads(at_home(tmp_path, "doctor", "--json").stdout)}
    assert states == {"gut", "hinweis"}


def test_doctor_sees_open_doors(tmp_path: Path) -> None:
    """Rights that let others in, keys that others can read, playbooks that are not there: exit code 1."""
    folder = tmp_path / "daten"
    folder.mkdir(mode=0o755)
    (folder / "lotse.keys").write_text("{}", encoding="ascii")
    (folder / "lotse.keys").chmod(0o644)
    (tmp_path / "leer").mkdir()
    run = at_home(tmp_path, "doctor")
    assert run.returncode == 1
    assert "chmod 700" in run.stdout
    assert "chmod 600" in run.stdout
    empty = lotse("doctor", env={**PLAIN, "LOTSE_DATA_DIR": str(folder), "LOTSE_PLAYBOOKS": str(tmp_path / "leer")})
    assert empty.returncode == 1
    assert "lotse check" in empty.stdout


def test_run_without_a_transport_says_how(tmp_path: Path) -> None:
    """Exit code 3 and which settings switch one on."""
    run = at_home(tmp_path, "run")
    assert run.returncode == 3
    assert "LOTSE_TELEGRAM_TOKEN" in run.stderr
    assert "lotse talk" in run.stderr
    assert not (tmp_path / "daten").exists()


def held(tmp_path: Path) -> subprocess.Popen[str]:
    """A writer that holds the data folder and listens, in the background."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "talk"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**PLAIN, "LOTSE_DATA_DIR": str(tmp_path / "daten")},
    )
    assert process.stdout is not None
    while "Was ist passiert?" not in process.stdout.readline():
        assert process.poll() is None
    return process


@pytest.mark.slow
def test_keys_are_shown_and_rotated(tmp_path: Path) -> None:
    """Ids only; after a rotation the talk goes on; while a writer runs the rotation says who it is."""
    assert at_home(tmp_path, "keys", "show").returncode == 2
    assert at_home(tmp_path, "keys", "rotate").returncode == 3
    with held(tmp_path) as process:
        refused = at_home(tmp_path, "keys", "rotate")
        assert refused.returncode == 3
        assert str(process.pid) in refused.stderr
        process.communicate("bei mir vorm haus ist ne demo\n", timeout=60)
    (first,) = at_home(tmp_path, "keys", "show").stdout.splitlines()
    rotated = at_home(tmp_path, "keys", "rotate")
    assert rotated.returncode == 0, rotated.stderr
    old, new = at_home(tmp_path, "keys", "show").stdout.splitlines()
    assert first.startswith(old)
    assert new.endswith("in Gebrauch")
    secrets = json.loads((tmp_path / "daten" / "lotse.keys").read_text(encoding="ascii"))["keys"].values()
    assert not any(secret in rotated.stdout + first + old + new for secret in secrets)
    again = at_home(tmp_path, "talk", input="status\n")
    assert "Wir machen da weiter" in again.stdout
    assert "Fragen: 1" in again.stdout


@pytest.mark.slow
def test_purge_goes_through_the_writer_or_alone(tmp_path: Path) -> None:
    """With and without a running writer; without data there is nothing to do."""
    nothing = at_home(tmp_path, "purge")
    assert nothing.returncode == 3
    assert "noch keine Daten" in nothing.stderr
    with held(tmp_path) as process:
        assert at_home(tmp_path, "purge").returncode == 0
        process.communicate("status\n", timeout=60)
        assert process.returncode == 0
    done = at_home(tmp_path, "purge")
    assert (done.returncode, done.stdout) == (0, "Was fällig war, ist gelöscht.\n")


@pytest.mark.slow
def test_a_backup_is_made_beside_a_writer_and_put_back(tmp_path: Path) -> None:
    """The whole drill: made while somebody talks; who deletes later stays deleted; the old books are kept aside."""
    assert at_home(tmp_path, "backup", "--to", str(tmp_path)).returncode == 2
    with held(tmp_path) as process:
        made = at_home(tmp_path, "backup", "--to", str(tmp_path))
        assert made.returncode == 0, made.stderr
        assert "1 Gespräche" in made.stdout
        (file,) = tmp_path.glob("lotse-*.lotse")
        running = at_home(tmp_path, "restore", str(file))
        assert running.returncode == 3
        assert str(process.pid) in running.stderr
        process.communicate("löschen\nja\n", timeout=60)
    other = at_home(tmp_path, "talk", "--person", "2", input="hallo\n")
    assert "Was ist passiert?" in other.stdout
    back = at_home(tmp_path, "restore", str(file))
    assert back.returncode == 0, back.stderr
    assert "wieder gelöscht: 1" in back.stdout
    assert len(list((tmp_path / "daten").glob("lotse.db.vor-*T??????"))) == 1
    assert "Guten Tag" in at_home(tmp_path, "talk", input="hallo\n").stdout
    assert "Guten Tag" in at_home(tmp_path, "talk", "--person", "2", input="hallo\n").stdout
    assert "Sicherung" in at_home(tmp_path, "doctor").stdout


@pytest.mark.slow
def test_old_backups_go(tmp_path: Path) -> None:
    """With --keep, by their names; what is no backup stays."""
    at_home(tmp_path, "talk", input="hallo\n")
    old, strange = tmp_path / "lotse-20200101T000000.lotse", tmp_path / "lotse-notizen.txt"
    for path in (old, strange):
        path.write_bytes(b"")
    assert at_home(tmp_path, "backup", "--to", str(tmp_path)).returncode == 0
    assert old.exists()
    kept = at_home(tmp_path, "backup", "--to", str(tmp_path), "--keep", "30")
    assert "älter als 30 Tage: 1." in kept.stdout
    assert not old.exists()
    assert strange.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("restore", "nichts.lotse"), "nichts.lotse"),
        (("restore", "pyproject.toml"), "keine Sicherung"),
        (("backup", "--to", "nirgends/da"), "nicht schreiben"),
        (("backup", "--to", ".", "--recipient", "age1falsch"), "kein öffentlicher Schlüssel"),
    ],
)
def test_what_is_no_backup_is_said_kindly(tmp_path: Path, words: tuple[str, ...], says: str) -> None:
    """What is wrong and what to do, and nothing was changed."""
    at_home(tmp_path, "talk", input="hallo\n")
    before = (tmp_path / "daten" / "lotse.db").read_bytes()
    run = at_home(tmp_path, *words)
    assert run.returncode in {2, 3}
    assert says in run.stderr
    assert "Traceback" not in run.stderr
    assert (tmp_path / "daten" / "lotse.db").read_bytes() == before


@pytest.mark.slow
def test_doctor_looks_at_a_running_writer(tmp_path: Path) -> None:
    """It says who writes and disturbs nobody."""
    with held(tmp_path) as process:
        run = at_home(tmp_path, "doctor")
        assert run.returncode == 0, run.stdout
        assert f"Prozess {process.pid}" in run.stdout
        assert "Stand 0" in run.stdout
        process.communicate("", timeout=60)
        assert process.returncode == 0


def test_schema_is_written(tmp_path: Path) -> None:
    """Beside the playbooks; it is what the shipped one is."""
    folder = tmp_path / "leitfaeden"
    folder.mkdir()
    run = lotse("schema", env={**PLAIN, "LOTSE_PLAYBOOKS": str(folder)})
    assert run.returncode == 0, run.stderr
    for line in run.stdout.splitlines():
        assert json.loads(Path(line).read_text(encoding="utf-8"))["$schema"]
    nowhere = lotse("schema", env={**PLAIN, "LOTSE_PLAYBOOKS": str(tmp_path / "nichts")})
    assert nowhere.returncode == 2


@pytest.mark.slow
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_trouble(tmp_path: Path, closed: str) -> None:
    """A supervisor may start us without any of them."""
    command = f'"{sys.executable}" -m bot talk --data-dir "{tmp_path}/daten" {closed}'
    shell = ["/bin/sh", "-c", command]
    run = subprocess.run(shell, input="hallo\n", capture_output=True, text=True, check=True, cwd=ROOT, env=PLAIN)
    assert run.stderr == ""


@pytest.mark.slow
def test_a_reader_who_has_seen_enough_is_no_trouble(tmp_path: Path) -> None:
    """`lotse talk | head -1` ends quietly."""
    command = f'printf "hallo\\nhilfe\\n" | "{sys.executable}" -m bot talk --data-dir "{tmp_path}/daten" | head -1'
    run = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True, cwd=ROOT, env=PLAIN)
    assert run.stdout.startswith("KommA-Lotse")
    assert run.stderr == ""


def test_a_group_is_invited_and_seen(tmp_path: Path) -> None:
    """The code says how it is used, with a link that asks for the group; the doctor counts groups beside people."""
    link = {**PLAIN, "LOTSE_DATA_DIR": str(tmp_path / "daten"), "LOTSE_LINK": "https://t.me/LotseBot?start={payload}"}
    run = lotse("invite", "--place", "00000000", "--gruppe", env=link)
    assert run.returncode == 0
    code = invitation.read(run.stdout, invitation.GROUP)
    assert code
    assert not invitation.read(run.stdout)
    assert f"https://t.me/LotseBot?startgroup={invitation.payload(code, invitation.GROUP)}" in run.stdout
    assert "verbinden CODE" in run.stdout
    assert "Koordination" not in at_home(tmp_path, "doctor").stdout
    settings = read_settings(link)
    with open_books(settings) as (database, ring):
        index = conversations.index_of(ring, "telegram", "-5")
        with database.transaction() as tx:
            account = Account(tx, ring, "telegram")
            conversations.add(tx, ring, account.id, [(index, "-5")], 0)
            chat = conversations.find(tx, [index])[index].standing.id
            assert pairings.redeem(tx, ring, code, chat, 0) == ("00000000", "koordination")
    assert "00000000: niemand, der annehmen kann, Hinweise auch an 1 Gruppe" in at_home(tmp_path, "doctor").stdout
