"""The Hub's own vocabulary of tags."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.tags import read_tags
from tests.hub.conftest import QUICK

TAG = {"id": "license:mit", "label": "mit", "type": "license"}


def test_tags_as_the_hub_sends_them(between: Any) -> None:
    between.rule = lambda _: between.reply({"license": [TAG], "other": 7})
    assert read_tags(between.url, QUICK) == {"license": [TAG], "other": 7}
    [seen] = between.seen
    assert seen.path == "/api/datasets-tags-by-type"
    assert "authorization" not in seen.headers


@pytest.mark.parametrize("answer", [{"license": []}, {"license": [7]}])
def test_a_list_without_tags_is_none(answer: Any, between: Any) -> None:
    between.rule = lambda _: between.reply(answer)
    with pytest.raises(WrongAnswerError, match="the list of tags is empty"):
        read_tags(between.url, QUICK)


@pytest.mark.parametrize("answer", [{}, {"unheard of": [TAG]}])
def test_a_list_of_another_form_leaves_the_vocabulary_as_it_was(answer: Any, between: Any) -> None:
    between.rule = lambda _: between.reply(answer)
    with pytest.raises(CatalogError, match="The vocabulary was not changed"):
        read_tags(between.url, QUICK)
