"""The world in which transcripts are played: the shipped playbooks and alliance, as `lotse talk` has them."""

from __future__ import annotations

from functools import lru_cache

from bot.files import Files
from bot.settings import read_settings
from bot.worlds import Worlds


@lru_cache(maxsize=1)
def stage() -> Worlds:
    """The shipped playbooks, read once a process; `--update` changes transcripts, not playbooks."""
    worlds = Files(read_settings({}), checked=False).worlds
    worlds.prepare()
    return worlds
