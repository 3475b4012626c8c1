"""The Hub's own vocabulary of tags."""

from __future__ import annotations

from functools import partial
from typing import Any

from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.hub.repeats import repeat
from huggingnersc_lab.hub.requests import get, read_object
from huggingnersc_lab.record.hub_tags import terms_of_reply


def read_tags(url: str, policy: Policy) -> dict[str, Any]:
    """The response of ``GET /api/datasets-tags-by-type``; raises ``WrongAnswerError`` if it contains no tag."""
    found = read_object(repeat(partial(get, f"{url}/api/datasets-tags-by-type", False), policy))
    if not any(terms_of_reply(found).values()):
        raise WrongAnswerError("the list of tags is empty")
    return found
