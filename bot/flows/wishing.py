"""What somebody may wish of the conversation itself, where the words are no command that the lists know.

What was learned is a guess: it is asked about, and only a yes is obeyed (decision 0047). `overlays` has the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.flows.asking import Asked, make_asked
from bot.flows.commands import Command
from bot.flows.wording import phrase

if TYPE_CHECKING:
    from bot.flows.walk import Walk


def ask_wish(walk: Walk) -> Asked:
    """The commands that were heard, likeliest first (first part of the data), and that it is something else."""
    wishes = walk.c.overlay_data[0].split()
    said = [phrase(f"wish_{wish}", walk.language) for wish in wishes]
    if len(wishes) == 1:
        # Whoever tells of danger has not asked for numbers in so many words.
        one = "wish_in_danger" if wishes[0] == Command.NOTRUF else "wish_one"
        question = phrase(one, walk.language, what=said[0])
        rows = [(f"={wishes[0]}", phrase("yes", walk.language), "")]
    else:
        question = phrase("wish_some", walk.language)
        rows = [(f"={wish}", label, "") for wish, label in zip(wishes, said, strict=True)]
    if Command.NOTRUF in wishes:
        question = f"{phrase('wish_danger', walk.language)}\n{question}"
    rows.append(("!no", phrase("wish_no", walk.language), ""))
    return make_asked((question,), rows, "option")
