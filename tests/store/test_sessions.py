"""Sessions that read the store are used again, and each reads one file."""

import shutil
from pathlib import Path

import pytest

from app.store.engines import ReadingSessions
from app.store.served import ServedStore
from tests.service import SAMPLE, seed


@pytest.fixture
def sessions(store: Path) -> ReadingSessions:
    seed(store, SAMPLE)
    return ReadingSessions(ServedStore(store))


def test_a_session_is_used_again(sessions: ReadingSessions) -> None:
    with sessions.open() as first:
        pass
    with pytest.raises(KeyError), sessions.open() as second:
        raise KeyError
    with sessions.open() as third:
        assert first is second is third


def test_two_requests_at_once_have_two_sessions(sessions: ReadingSessions) -> None:
    with sessions.open() as first, sessions.open() as second:
        assert first is not second


def test_after_a_replacement_there_is_another_session_and_the_old_one_is_closed(
    sessions: ReadingSessions, store: Path
) -> None:
    with sessions.open() as old:
        copy = store.with_name("copy.db")
        shutil.copyfile(store, copy)
        copy.replace(store)
    assert old.in_transaction()
    with sessions.open() as new:
        assert new is not old
    assert not old.in_transaction()
