"""`python -m bench`: every benchmark, one JSON line a figure."""

from __future__ import annotations

import json

from bench import engine

for figure in engine.measure():
    print(json.dumps(figure), flush=True)
