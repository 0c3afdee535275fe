"""The claim guard never calls supported what the finding does not say."""

import pytest
from claim_table import CLAIMS, SAID_OF

from tilannehuone.meeting.claims import judged


@pytest.mark.parametrize(("sentence", "of", "verdict", "reason"), CLAIMS)
def test_a_claim_is_judged_by_what_was_found(sentence, of, verdict, reason):
    found = judged(sentence, SAID_OF[of] if of else None)

    assert (found.verdict, found.reason) == (verdict, reason)
