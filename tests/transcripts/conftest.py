"""Collects the YAML files of this folder: each talk is a test. `pytest --update` rewrites what comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from typing_extensions import override

from bot.flows import crisis
from tests.transcripts.performer import Performer
from tests.transcripts.player import Player
from tests.transcripts.script import Heard, ScriptError, Talk, compare, read_talks, rewrite
from tests.transcripts.stage import stage


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take the YAML files of this folder."""
    if file_path.suffix == ".yaml" and file_path.parent == Path(__file__).parent:
        return TranscriptFile.from_parent(parent, path=file_path)
    return None


class TranscriptFile(pytest.File):
    """A file of talks."""

    @override
    def collect(self) -> Iterator[pytest.Item]:
        """Make one test of each talk."""
        for talk in read_talks(self.path):
            yield TranscriptItem.from_parent(self, name=talk.name, talk=talk)


class TranscriptItem(pytest.Item):
    """One talk, held with the engine."""

    def __init__(self, *, talk: Talk, **more: Any) -> None:  # noqa: ANN401 - what pytest hands through
        super().__init__(**more)
        self.talk = talk

    @override
    def runtest(self) -> None:
        """Play it and compare; where others take part it needs the books, which decide who may do what."""
        others: list[Heard] = []
        if not self.talk.alone:
            # As the program does at its start: whoever comes first need not wait for it, nor hear that nothing goes.
            for work in (crisis.prepare, stage().places.prepare, stage().prepare):
                work()
            with TemporaryDirectory() as folder:
                performer = Performer(self.talk, stage(), Path(folder))
                heard = asyncio.run(performer.perform())
                others = [performer.to_desk, performer.to_group, performer.to_there]
        else:
            heard = Player(self.talk, stage()).play()
        differences = compare(self.talk, heard, *others)
        if differences and self.config.getoption("--update"):
            rewrite(self.talk, heard, *others)
        elif differences:
            raise TalkDiffersError(differences)

    @override
    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show what differs, without a traceback."""
        if isinstance(excinfo.value, TalkDiffersError | ScriptError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    @override
    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where the talk stands."""
        return self.path, self.talk.line - 1, self.talk.name


class TalkDiffersError(AssertionError):
    """The Lotse says something else than the transcript."""
