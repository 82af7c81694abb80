"""The chain that seals the ledger."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.ledger import BEGINNING, broken_at, seal
from knowledge.model import Event, LedgerLine, Step
from tests.fakes import NOON

EVENT = Event(
    at=NOON,
    actor="terminal:ana",
    step=Step.PUBLISH,
    document="cv-001",
    revision=2,
    rule="editor",
    detail={"why": "vérifié", "and": "“”"},
)


def chain(length: int) -> list[LedgerLine]:
    lines: list[LedgerLine] = []
    previous = BEGINNING
    for sequence in range(1, length + 1):
        event = replace(EVENT, revision=sequence)
        hash = seal(event, sequence, previous)
        line = LedgerLine(sequence=sequence, event=event, previous=previous, hash=hash)
        lines.append(line)
        previous = hash
    return lines


def test_a_chain_as_it_was_sealed_holds() -> None:
    assert broken_at([]) is None
    assert broken_at(chain(5)) is None


def test_the_hash_is_one_that_another_program_can_compute() -> None:
    # printf '%s' '{"actor":…}' | sha256sum, over the JSON that the docstring describes
    plain = replace(EVENT, detail={})
    assert seal(plain, 1, BEGINNING) == EXPECTED


EXPECTED = "a94986a36306701f3fd86ea3427eef21d62656f6c689e5c6c9f84a5d322c723f"


@pytest.mark.parametrize(
    "changed",
    [
        {"at": NOON + timedelta(microseconds=1)},
        {"actor": "terminal:bob"},
        {"step": Step.RETRACT},
        {"document": "cv-002"},
        {"revision": 3},
        {"rule": "admin"},
        {"detail": {"why": "verifie", "and": "“”"}},
        {"detail": {"why": "vérifié"}},
        {"detail": {}},
    ],
)
def test_any_changed_field_of_an_event_breaks_the_chain(
    changed: dict[str, object],
) -> None:
    lines = chain(4)
    event = replace(lines[1].event, **changed)  # type: ignore[arg-type]
    if event == lines[1].event:
        raise AssertionError("the change changes nothing")
    lines[1] = replace(lines[1], event=event)
    assert broken_at(lines) == 2


@pytest.mark.parametrize(
    "changed", [{"sequence": 7}, {"previous": "1" * 64}, {"hash": "2" * 64}]
)
def test_any_changed_field_of_a_line_breaks_the_chain(
    changed: dict[str, object],
) -> None:
    lines = chain(4)
    lines[2] = replace(lines[2], **changed)  # type: ignore[arg-type]
    assert broken_at(lines) == 3


def test_a_line_resealed_after_a_change_breaks_the_next_one() -> None:
    lines = chain(4)
    event = replace(lines[1].event, actor="terminal:eve")
    forged = seal(event, 2, lines[1].previous)
    lines[1] = replace(lines[1], event=event, hash=forged)
    assert broken_at(lines) == 3


@given(st.permutations(range(4)))
def test_lines_in_any_other_order_break_the_chain(order: list[int]) -> None:
    lines = chain(4)
    shuffled = [lines[n] for n in order]
    assert (broken_at(shuffled) is None) == (order == [0, 1, 2, 3])


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_missing_line_breaks_the_chain(gone: int) -> None:
    lines = chain(4)
    del lines[gone]
    assert broken_at(lines) == gone + 1


def test_the_same_instant_in_another_zone_has_the_same_seal() -> None:
    rome = replace(EVENT, at=NOON.astimezone(timezone(timedelta(hours=1))))
    assert seal(rome, 1, BEGINNING) == seal(EVENT, 1, BEGINNING)


def test_the_order_of_details_does_not_matter() -> None:
    turned = replace(EVENT, detail=dict(reversed(list(EVENT.detail.items()))))
    assert seal(turned, 1, BEGINNING) == seal(EVENT, 1, BEGINNING)


def test_a_time_without_a_zone_cannot_be_sealed() -> None:
    naive = replace(EVENT, at=datetime(2026, 11, 24, 12, 0))  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        seal(naive, 1, BEGINNING)
