"""Blocks that the tests write: compared as they stand, or put in order by `pytest --update`."""

from __future__ import annotations

import pytest

from tests.docs.pages import Block, rewrite


def assert_written(block: Block, body: str, request: pytest.FixtureRequest) -> None:
    """Compare a block with what it must say; with `--update` write it instead."""
    if block.body == body:
        return
    if request.config.getoption("--update", default=False):
        rewrite(block, body)
        return
    assert block.body == body, f"{block.name} is out of date; `pytest tests/docs --update` writes it anew"
