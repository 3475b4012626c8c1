"""Cards of all shapes are adopted, updated and updated back: every line that was not ours stays, byte for byte."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.merge.card import MergedCard, base_of_adopted, merge_card
from huggingnersc_lab.render.merge.front_matter import cut_card
from huggingnersc_lab.render.merge.line_ends import LineEnds
from huggingnersc_lab.render.merge.sections import headings
from tests.render.merge.shapes import BODIES, HEADS, TEMPLATE, cards

CARDS = dict(cards())


@pytest.fixture
def entry(entry_named: Callable[[str], Entry]) -> Entry:
    """One whose card data nobody has but us, so that what it changes is ours."""
    iris = entry_named("iris")
    record = replace(iris.record, license=None, language=(), tags=(), pretty_name="Gauges", description="Levels.")
    return replace(iris, record=record)


def adopted(card: str, entry: Entry) -> MergedCard:
    ours = render_card(entry)
    return merge_card(base_of_adopted(card, ours), card, ours)


def lines(card: str) -> list[str]:
    """Its lines with their ends, but for blank ones and the marks around the front matter."""
    found = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z", card.removeprefix("\ufeff"))
    return [line for line in found if line.strip() not in ("", "---")]


def lost(before: str, after: str) -> list[str]:
    """The lines that are missing or in another order; a last one without an end may get one."""
    there = [line.rstrip("\r\n") for line in lines(after)] if not before.endswith(("\n", "\r")) else lines(after)
    wanted = [line.rstrip("\r\n") for line in lines(before)] if not before.endswith(("\n", "\r")) else lines(before)
    rest = iter(there)
    return [line for line in wanted if line not in rest]


@pytest.mark.parametrize("name", CARDS)
def test_every_line_of_theirs_stays(name: str, entry: Entry) -> None:
    card = CARDS[name]
    begun = adopted(card, entry)
    assert lost(card, begun.text) == []
    assert begun.conflicts == []
    moved = replace(entry, record=replace(entry.record, homepage="https://rivers.example/new", data_path="/data/new"))
    updated = merge_card(begun.base, begun.text, render_card(moved))
    assert lost(card, updated.text) == []
    assert updated.conflicts == []
    assert "/data/new" in updated.text or "## Where it is" in card
    back = merge_card(updated.base, updated.text, render_card(entry))
    assert (back.text, back.base, back.conflicts) == (begun.text, begun.base, [])
    again = merge_card(back.base, back.text, render_card(entry))
    assert again.text == back.text


@pytest.mark.parametrize("name", CARDS)
def test_a_title_is_first_and_there_is_one(name: str, entry: Entry) -> None:
    theirs = _headings(CARDS[name])
    ours = _headings(adopted(CARDS[name], entry).text)
    titles = [title for level, title in theirs if level == 1]
    if titles:
        assert [title for level, title in ours if level == 1][: len(titles)] == titles
        assert ours[: len(theirs)] == theirs, "ours stand below theirs"
    else:
        assert ours[0] == (1, "Gauges")


def _headings(card: str) -> list[tuple[int, str]]:
    return [(found.level, found.title) for found in headings(cut_card(LineEnds.of(card).plain).body)]


@pytest.mark.parametrize("body", ["template", "emoji"])
def test_a_citation_of_theirs_stays_the_only_one(body: str, entry: Entry) -> None:
    found = Counter("itation" in title for _, title in _headings(adopted(BODIES[body], entry).text))
    assert found[True] == 1


def test_ours_get_the_level_of_theirs(entry: Entry) -> None:
    level = {
        name: {title: level for level, title in _headings(adopted(body, entry).text)} for name, body in BODIES.items()
    }
    assert level["template"]["Where it is"] == 2
    assert level["two titles"]["Where it is"] == 1
    assert level["deep headings"]["Where it is"] == 3


def test_a_section_of_theirs_with_a_name_of_ours_stays_theirs(entry: Entry) -> None:
    begun = adopted(BODIES["our words"], entry)
    assert begun.text.count("## Where it is") == 1
    assert "On my disk." in begun.text
    assert "## Where it is" not in begun.base


@pytest.mark.parametrize("head", HEADS)
def test_a_front_matter_of_theirs_stays_as_it_is_written(head: str, entry: Entry) -> None:
    yaml = cut_card(HEADS[head]).head or ""
    begun = cut_card(adopted(HEADS[head] + TEMPLATE, entry).text).head or ""
    for line in filter(str.strip, yaml.split("\n")):
        if "pretty_name" not in line:
            assert f"{line}\n" in begun


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    st.sampled_from(list(HEADS)),
    st.lists(st.sampled_from(list(BODIES)), min_size=1, max_size=3),
    st.sampled_from(["\n", "\r\n"]),
)
def test_cards_put_together_of_others_stay_whole(entry: Entry, head: str, bodies: list[str], end: str) -> None:
    card = (HEADS[head] + "\n".join(BODIES[body] for body in bodies)).replace("\n", end)
    begun = adopted(card, entry)
    assert lost(card, begun.text) == []
    moved = replace(entry, record=replace(entry.record, data_path="/data/new"))
    updated = merge_card(begun.base, begun.text, render_card(moved))
    assert lost(card, updated.text) == []
    assert merge_card(updated.base, updated.text, render_card(entry)).text == begun.text
