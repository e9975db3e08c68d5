"""`lotse match`: one message a line in, one JSON object a line out."""

from __future__ import annotations

import argparse
import json
import sys

from bot.cli.settings import load_settings


def run(arguments: argparse.Namespace) -> int:
    """Match every line of standard input; nothing of it is kept."""
    settings = load_settings(arguments)
    if settings is None:
        return 2
    from bot.files import Files
    from bot.flows.reading import clean

    worlds = Files(settings, checked=False).worlds
    # Whoever measures wants every line answered in the same way.
    worlds.prepare()
    # A line that is no UTF-8 is matched as far as it can be read.
    with open(sys.stdin.fileno(), encoding="utf-8", errors="replace", newline="\n", closefd=False) as lines:
        for line in lines:
            text = line.rstrip("\r\n")
            match = worlds.matcher.match(clean(text).text, arguments.top)
            candidates = [{"id": one.id, "score": round(one.score, 4)} for one in match.candidates]
            if match.command is not None:
                candidates = [{"id": str(match.command), "score": 1.0}]
            print(
                json.dumps({"text": text, "kind": match.kind, "candidates": candidates}, ensure_ascii=False), flush=True
            )
    return 0
