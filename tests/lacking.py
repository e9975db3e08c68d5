"""What a machine may lack, and what a test says then."""

import os
from typing import NoReturn

import pytest


def lacking(what: str) -> NoReturn:
    """Skip the running test by name of what this machine lacks; in CI, where nothing may be lacking, fail it.

    Args:
        what: the thing in plain words, for instance "Node.js".
    """
    if os.environ.get("CI"):
        pytest.fail(f"CI lacks {what}", pytrace=False)
    pytest.skip(f"this machine lacks {what}")
