"""The rules of the house: who may import whom, who owns which library, and what never gets into the repository.

import-linter holds the walls between our own packages however far around an import goes (contracts in pyproject.toml).
The finer rules are read off the syntax tree here, one offence a line: `file:line: what is wrong. What to do.`
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent
# `documents` reads YAML safely for the two rooms that coordinators write for (docs/decisions).
PURE = ("flows", "alliance", "cases", "documents")

# What the pure rooms may use besides the standard library; yaml in their loading.py only.
PURE_LIBRARIES = {
    "annotated_types",
    "bot",
    "gv100ad",
    "holidays",
    "msgspec",
    "opening_hours",
    "phonenumbers",
    "pydantic",
    "pydantic_core",
    "rapidfuzz",
    "typing_extensions",
}
# What of the standard library does I/O, asks a clock, draws lots or runs beside.
IMPURE_MODULES = {
    "asyncio",
    "concurrent",
    "ctypes",
    "fcntl",
    "getpass",
    "http",
    "logging",
    "multiprocessing",
    "os",
    "platform",
    "queue",
    "random",
    "sched",
    "secrets",
    "select",
    "selectors",
    "shutil",
    "signal",
    "smtplib",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "tempfile",
    "threading",
    "time",
    "urllib.request",
}
IMPURE_CALLS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "input",
    "print",
    "uuid.uuid1",
    "uuid.uuid4",
}
FILE_CALLS = {"open", "read_bytes", "read_text", "write_bytes", "write_text"}

# One owner per library: where it may be imported, as patterns of paths below bot/.
OWNERS = {
    "aiosqlite": ("storage/**",),
    "alembic": ("storage/**",),
    "apscheduler": ("work/clock.py",),
    "cryptography": ("keys.py", "adapters/matrix*", "adapters/matrix*/**"),  # Matrix: cross-signing
    "nio": ("adapters/matrix*", "adapters/matrix*/**"),
    "psycopg": ("storage/**",),
    "sqlalchemy": ("storage/**",),
    "sqlite3": ("storage/**",),
    "telegram": ("adapters/telegram*", "adapters/telegram*/**"),
}
ENVIRONMENT = {"os.environ", "os.environb", "os.getenv", "os.putenv"}
COMMAND_LINE = ("cli.py", "cli/**", "__main__.py", "app.py")

# In pieces, so that this file does not say what it forbids.
REGISTRIES = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org",
              "crates" + ".io", "proxy." + "golang.org")  # fmt: skip
MACHINE_PATH = re.compile(r"(?<![\w.}$/<>*-])/(?:work|root|home/\w+|opt/pypi[\w-]*|opt/wheels)(?:/|\b(?![\w-]))")


class Source:
    """One Python file of ours: its path below the repository, its syntax tree, and what its names stand for."""

    def __init__(self, path: Path) -> None:
        self.path = path.relative_to(ROOT)
        self.tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        self.names: dict[str, str] = {}
        for module, name, alias, _ in self.imports():
            full = f"{module}.{name}" if name else module
            self.names[alias or full.split(".")[0]] = full if alias else full.split(".")[0]

    def imports(self) -> Iterator[tuple[str, str, str, int]]:
        """Every import as (module, name or "", the name it has here or "", line); relative ones made absolute."""
        package = list(self.path.with_suffix("").parts[:-1])
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for one in node.names:
                    yield one.name, "", one.asname or "", node.lineno
            elif isinstance(node, ast.ImportFrom):
                base = package[: len(package) - node.level + 1] if node.level else []
                module = ".".join([*base, *([node.module] if node.module else [])])
                for one in node.names:
                    yield module, one.name, one.asname or one.name, node.lineno

    def modules(self) -> Iterator[tuple[str, int]]:
        """Every module that is imported: `from a import b` counts as `a.b`, which covers `a`."""
        for module, name, _, line in self.imports():
            yield (f"{module}.{name}" if name else module), line

    def uses(self) -> Iterator[tuple[str, int]]:
        """Every dotted name that is used, written out in full: `now` from `dt.now` is `datetime.datetime.now`."""
        for node in ast.walk(self.tree):
            parts: list[str] = []
            part: ast.AST = node
            while isinstance(part, ast.Attribute):
                parts.append(part.attr)
                part = part.value
            if isinstance(part, ast.Name):
                yield ".".join([self.names.get(part.id, part.id), *reversed(parts)]), part.lineno

    def within(self, patterns: tuple[str, ...]) -> bool:
        """Whether the file lies where one of the patterns below bot/ says."""
        below = self.path.relative_to("bot").as_posix()
        return any(_pattern(pattern).fullmatch(below) for pattern in patterns)


def _pattern(glob: str) -> re.Pattern[str]:
    """A path pattern in which * stays within a folder and ** does not."""
    return re.compile(re.escape(glob).replace(r"\*\*", ".*").replace(r"\*", "[^/]*"))


def _sources(*folders: str) -> list[Source]:
    return [Source(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


@pytest.fixture(scope="module")
def bot() -> list[Source]:
    """Every file of the bot."""
    return _sources("bot")


def _is_in(module: str, packages: set[str] | tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _find(sources: list[Source], offends: Callable[[Source], Iterator[tuple[str, int]]]) -> list[str]:
    return sorted({f"{source.path}:{line}: {what}" for source in sources for what, line in offends(source)})


def _assert_none(offences: list[str]) -> None:
    assert not offences, "\n" + "\n".join(offences)


def test_walls_between_packages() -> None:
    """The contracts of import-linter hold, indirect imports included."""
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_pure_rooms_import_only_what_is_pure(bot: list[Source]) -> None:
    """Flows, alliance and cases know the standard library, pydantic and a few pure helpers."""

    def offends(source: Source) -> Iterator[tuple[str, int]]:
        if source.path.parts[1] not in PURE:
            return
        for module, line in source.modules():
            top = module.split(".")[0]
            if _is_in(module, IMPURE_MODULES):
                yield f"imports {module}, which is not pure. Let what it gives come in as an argument.", line
            elif top == "yaml" and source.path.parts[1] != "documents":
                yield "imports yaml. Only bot/documents reads YAML.", line
            elif top not in {*sys.stdlib_module_names, *PURE_LIBRARIES, "yaml"}:
                yield f"imports {top}, which is no helper named for the pure rooms.", line
            elif top == "bot" and module != "bot" and not _is_in(module, tuple(f"bot.{room}" for room in PURE)):
                yield f"imports {module}. Pure rooms know each other only.", line

    _assert_none(_find(bot, offends))


def test_pure_rooms_ask_no_clock_and_make_no_ids(bot: list[Source]) -> None:
    """Time and ids come in as arguments; files are opened outside."""

    def offends(source: Source) -> Iterator[tuple[str, int]]:
        if source.path.parts[1] not in PURE:
            return
        for name, line in source.uses():
            if name in IMPURE_CALLS:
                yield f"uses {name}. Let it come in as an argument.", line
            elif name.split(".")[-1] in FILE_CALLS:
                yield f"uses {name}. Let the bytes come in as an argument.", line

    _assert_none(_find(bot, offends))


def test_each_library_has_one_owner(bot: list[Source]) -> None:
    """SQLAlchemy lives in storage, Telegram in its adapter, and so on: a change of library is a change in one place."""

    def offends(source: Source) -> Iterator[tuple[str, int]]:
        for module, line in source.modules():
            owners = OWNERS.get(module.split(".")[0])
            if owners is not None and not source.within(owners):
                yield f"imports {module.split('.')[0]}, which belongs to bot/{' and bot/'.join(owners)}.", line

    _assert_none(_find(bot, offends))


def test_only_settings_reads_the_environment(bot: list[Source]) -> None:
    """A setting that is read elsewhere is in no handbook; a failpoint is none, no operator is to set it."""

    def offends(source: Source) -> Iterator[tuple[str, int]]:
        if source.path in {Path("bot/settings.py"), Path("bot/failpoints.py")}:
            return
        for name, line in source.uses():
            if _is_in(name, ENVIRONMENT):
                yield f"reads {name}. Add a field to bot/settings.py.", line

    _assert_none(_find(bot, offends))


def test_adapters_see_the_exchange_only(bot: list[Source]) -> None:
    """A transport knows the exchange, the adapters' base and its own files, never its neighbour."""

    def family(path: str) -> str:
        return re.split(r"[_.]", path, maxsplit=1)[0]

    def offends(source: Source) -> Iterator[tuple[str, int]]:
        if source.path.parts[1] != "adapters":
            return
        own = family(source.path.parts[2])
        for module, line in source.modules():
            if not _is_in(module, ("bot",)) or _is_in(module, ("bot.flows.exchange",)):
                continue
            room, _, rest = module.removeprefix("bot.").partition(".")
            if room != "adapters" or (own != "__init__" and rest and family(rest) not in {"base", own}):
                yield f"imports {module}. Adapters see bot.flows.exchange, bot.adapters.base and their own files.", line

    _assert_none(_find(bot, offends))


def test_work_knows_the_protocol_only(bot: list[Source]) -> None:
    """The loops work with any transport: they import bot.adapters.base and no other adapter."""

    def offends(source: Source) -> Iterator[tuple[str, int]]:
        if source.path.parts[1] != "work":
            return
        for module, line in source.modules():
            if _is_in(module, ("bot.adapters",)) and not _is_in(module, ("bot.adapters.base",)):
                yield f"imports {module}. Work knows bot.adapters.base.", line

    _assert_none(_find(bot, offends))


def test_only_the_command_line_starts_the_app(bot: list[Source]) -> None:
    """app.py knows all parts, so nothing may know app.py but the command line (and tests)."""

    def offends(source: Source) -> Iterator[tuple[str, int]]:
        if source.within(COMMAND_LINE):
            return
        for module, line in source.modules():
            if _is_in(module, ("bot.app",)):
                yield "imports bot.app. Only the command line does.", line

    _assert_none(_find(bot, offends))


def test_emulators_import_nothing_from_the_bot() -> None:
    """An emulator that shares code with the bot shares its mistakes."""
    emulators = _sources("tests/emulators")
    _assert_none(_find(emulators, lambda source: ((m, line) for m, line in source.modules() if _is_in(m, ("bot",)))))


def test_everything_says_what_it_is() -> None:
    """Every module and every test has a docstring."""

    def offends(source: Source) -> Iterator[tuple[str, int]]:
        if not ast.get_docstring(source.tree):
            yield "the module has no docstring.", 1
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or not node.name.startswith("test_"):
                continue
            if not ast.get_docstring(node):
                yield f"{node.name} has no docstring.", node.lineno

    _assert_none(_find(_sources("bot", "tests", "bench"), offends))


def _texts() -> Iterator[tuple[Path, str]]:
    """Every text file that is or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("this is no git checkout")
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        if path.is_file() and b"\0" not in (data := path.read_bytes()):
            yield Path(name), data.decode("utf-8", errors="replace")


def _configured_registries() -> set[str]:
    """The hosts of whatever package registry this machine is set up for."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    variables = [value for name, value in os.environ.items() if name.lower().startswith(("pip_", "uv_", "npm_config_"))]
    urls = re.findall(r"https?://[^\s'\"]+", " ".join([listed.stdout, *variables]))
    return {host for url in urls if (host := urlsplit(url).hostname)} - {"localhost", "127.0.0.1"}


def test_no_address_of_a_registry_or_a_machine_gets_in() -> None:
    """Where packages come from is the machine's to know; a path of one machine is wrong on every other."""
    hosts = {*REGISTRIES, *_configured_registries()}
    offences = []
    for path, text in _texts():
        for number, line in enumerate(text.splitlines(), 1):
            offences += [f"{path}:{number}: names the registry {host}." for host in hosts if host in line]
            if MACHINE_PATH.search(line):
                offences.append(f"{path}:{number}: holds a path of some machine: {line.strip()[:100]}")
    _assert_none(offences)


def test_pins_cover_what_is_declared() -> None:
    """Every pin has its hashes, and the bot has the same versions in its own environment and in the tests'."""
    pins = {}
    for name in ("lotse", "dev", "synapse"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        blocks = re.findall(r"^([a-z0-9._-]+)==(\S+)[^\n]*\\\n((?:    --hash=\S+[^\n]*\n)+)", text, flags=re.MULTILINE)
        assert len(blocks) == len(re.findall(r"^[a-z0-9]", text, flags=re.MULTILINE)), f"{name}.txt: a pin has no hash"
        pins[name] = {package: version for package, version, _ in blocks}
    assert pins["lotse"].items() <= pins["dev"].items(), "run `make pins`"
