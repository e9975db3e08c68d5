"""What was found by trying Matrix, and the test that keeps each of it from coming back.

The numbers are those of the notes from which this adapter was built; names of tests say where. This table is itself a
test: a pitfall without a test, or with one that is gone, fails.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

import pytest

HERE: Final = Path(__file__).parent

PITFALLS: Final[dict[int, tuple[str, tuple[str, ...]]]] = {
    1: (
        "nio saves the sync token before anything is handled: a kill loses messages",
        (
            "test_receiving.py::test_a_crash_before_the_commit_loses_nothing",
            "test_session.py::test_the_keys_are_sealed_with_keys_of_ours",
        ),
    ),
    2: (
        "without a token the first sync answers old messages again",
        (
            "test_receiving.py::test_the_first_start_ever_answers_nothing_old",
            "test_receiving.py::test_nothing_before_the_invitation_is_answered",
        ),
    ),
    3: (
        "a limited timeline silently drops what was written while the bot was down",
        ("test_receiving.py::test_what_was_written_while_away_comes_whole",),
    ),
    4: (
        "what was written while the bot was down decrypts only with the kept keys",
        (
            "test_receiving.py::test_what_was_written_while_away_comes_whole",
            "test_session.py::test_a_session_that_ran_out_goes_on_as_the_same_device",
        ),
    ),
    5: (
        "a send that is cancelled while keys are claimed shuts the room",
        ("test_sending.py::test_a_send_that_is_cut_off_blocks_no_room",),
    ),
    6: (
        "an invalid token makes nio's loop spin",
        (
            "test_session.py::test_a_session_that_was_ended_becomes_a_new_device",
            "test_session.py::test_a_session_that_ran_out_goes_on_as_the_same_device",
            "test_session.py::test_a_token_alone_cannot_be_renewed",
            "test_sending.py::test_nothing_is_asked_again_and_again",
        ),
    ),
    7: (
        "the homeserver's rate limits",
        (
            "test_sending.py::test_the_homeservers_own_limits",
            "test_sending.py::test_sent_again_is_the_same_event",
        ),
    ),
    8: (
        "nio logs what people wrote",
        ("test_sending.py::test_nothing_that_was_written_is_logged",),
    ),
    9: (
        "unusual events: media, edits, polls, stickers, malformed ones",
        ("test_receiving.py::test_odd_things_are_not_met_with_silence",),
    ),
    10: (
        "an exception in a callback ends nio's loop",
        (
            "test_sending.py::test_an_error_while_taking_in_loses_nothing",
            "test_sending.py::test_nothing_is_asked_again_and_again",
        ),
    ),
    11: (
        "nio refuses to send to unverified devices",
        ("test_sending.py::test_every_device_of_a_member_can_read",),
    ),
    12: (
        "what cannot be decrypted yet",
        ("test_receiving.py::test_what_cannot_be_decrypted_is_asked_for_once",),
    ),
    13: (
        "keys lost, or restored from an old copy",
        (
            "test_store.py::test_lost_keys_make_a_new_signed_device",
            "test_store.py::test_an_old_copy_of_the_keys_is_no_cure",
        ),
    ),
    14: (
        "the default pickle key, no store without a path, a file for everybody, two processes",
        (
            "test_session.py::test_the_keys_are_sealed_with_keys_of_ours",
            "test_session.py::test_without_encryption_it_does_not_start",
            "test_store.py::test_nobody_learns_who_writes",
            "test_store.py::test_one_process_at_a_time",
        ),
    ),
    15: (
        "rooms are not stored",
        ("test_sending.py::test_the_same_event_after_a_restart",),
    ),
    16: (
        "the same transaction id is the same event",
        (
            "test_sending.py::test_sent_again_is_the_same_event",
            "test_sending.py::test_the_same_event_after_a_restart",
            "test_sending.py::test_the_homeserver_dies_in_mid_send",
        ),
    ),
    17: (
        "a bot may redact the member's messages in some rooms only",
        ("test_forgetting.py::test_a_chat_is_taken_back",),
    ),
    18: (
        "in an unencrypted room nio sends in clear",
        (
            "test_rooms.py::test_without_encryption_nothing_personal",
            "test_rooms.py::test_encryption_is_turned_on_where_we_may",
            "test_receiving.py::test_a_message_in_clear_is_not_taken_in",
        ),
    ),
    19: (
        "threads arrive as normal text",
        ("test_receiving.py::test_odd_things_are_not_met_with_silence",),
    ),
    20: (
        "a device cannot read what was encrypted before it existed",
        ("test_session.py::test_what_was_written_to_a_lost_device_is_asked_for",),
    ),
}


def _tests(file: str) -> set[str]:
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)}


def test_there_are_twenty() -> None:
    """None was left out."""
    assert list(PITFALLS) == list(range(1, 21))


@pytest.mark.parametrize("number", PITFALLS)
def test_a_pitfall_has_its_test(number: int) -> None:
    """Each by a test that is there."""
    what, tests = PITFALLS[number]
    assert what
    assert tests
    for test in tests:
        file, _, name = test.partition("::")
        assert name in _tests(file), test
