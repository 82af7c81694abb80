"""A correction of hundreds of answers, in short; of thousands: ``python -m tests.platforms.many``."""

import pytest

from tests.platforms.many import PLATFORMS, corrected

ANSWERS, ENDS, SPEED = 60, 2, 60


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_however_often_it_ends_each_answer_is_edited_and_replied_to_once(
    platform, tmp_path
):
    found = await corrected(platform, tmp_path, ANSWERS, ENDS, SPEED)
    assert found["marked"] == found["with_one_reply"] == found["told"] == ANSWERS
    assert found["with_more_replies"] == found["due"] == found["given_up"] == 0
    assert found["edited_times"] == {1: ANSWERS}
    assert found["broken_rules"] == []
    assert found["faults"] == {}
