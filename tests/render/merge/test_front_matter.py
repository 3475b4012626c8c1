"""Front matter, cut into keys that can be merged one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huggingnersc_lab.render.merge.front_matter import CutCard, FrontMatter, cut_card, parse_front_matter, split_card


def parsed(text: str) -> FrontMatter:
    found = parse_front_matter(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("card", "parts"),
    [
        ("---\na: 1\n---\n\n\n# T\n\nx\n", ("---\n", "a: 1\n", "---\n", "\n\n", "# T\n\nx\n")),
        ("\n--- \na: 1\n---\t\nx", ("\n--- \n", "a: 1\n", "---\t\n", "", "x")),
        ("---\n---\n", ("---\n", "", "---\n", "", "")),
        ("---\na: 1\n---", ("---\n", "a: 1\n", "---", "", "")),
        ("# T\n\n---\na: 1\n---\n", ("---\n", None, "---\n", "", "# T\n\n---\na: 1\n---\n")),
        ("---\na: 1\n", ("---\n", None, "---\n", "", "---\na: 1\n")),
        # Dashes that are a part of a line close nothing.
        ("---\na: x---\n---\n", ("---\n", "a: x---\n", "---\n", "", "")),
        ("---\na: 1\n---- b\n---\n", ("---\n", "a: 1\n---- b\n", "---\n", "", "")),
        ("", ("---\n", None, "---\n", "", "")),
    ],
)
def test_a_card_is_cut_into_its_parts(card: str, parts: tuple[str, str | None, str, str, str]) -> None:
    cut = cut_card(card)
    assert cut == CutCard(*parts)
    if cut.head is not None:
        assert f"{cut.opening}{cut.head}{cut.closing}{cut.gap}{cut.body}" == card
    assert split_card(card) == (cut.head, cut.body.lstrip("\n"))


@given(st.lists(st.sampled_from(["---", "--- ", "\n", "a: 1\n", "# x\n", " "])).map("".join))
def test_the_parts_are_the_card(card: str) -> None:
    cut = cut_card(card)
    assert f"{cut.opening}{cut.head}{cut.closing}{cut.gap}{cut.body}" == card if cut.head is not None else True
    assert cut.body == card if cut.head is None else not cut.body.startswith("\n")


def test_keys_with_their_comments() -> None:
    found = parsed("# top\na: 1 # one\n# of b\n\n# too\nb:\n- x\n# in\n- y # why\n  # deep\nc: z\n# end\n")
    assert found.values == {"a": 1, "b": ["x", "y"], "c": "z"}
    assert found.texts == {"a": "a: 1 # one\n", "b": "b:\n- x\n# in\n- y # why\n  # deep\n", "c": "c: z\n"}
    assert found.comments == {"a": "# top\n", "b": "# of b\n\n# too\n", "c": ""}
    assert found.inner == {"a": "", "b": "# in\n# deep\n", "c": ""}
    assert found.notes == {"a": {"": " # one"}, "b": {"y": " # why"}, "c": {}}
    assert found.end == "# end\n"


def test_a_hash_in_a_text_is_no_comment() -> None:
    found = parsed("a: |\n  x\n  # y\nb: 'x\n\n  # y'\nc: x#y\nd: ['x'] # z\n")
    assert found.values == {"a": "x\n# y\n", "b": "x\n# y", "c": "x#y", "d": ["x"]}
    assert set(found.inner.values()) == {""}
    assert found.notes == {"a": {}, "b": {}, "c": {}, "d": {}}
    assert found.texts["a"] == "a: |\n  x\n  # y\n"


def test_comments_within_braces_and_mappings_are_not_taken_out() -> None:
    found = parsed("a: [x,\n  # in\n  z]\nb:\n  # in\n  c: 1\nd:\n- e: 1\n# in\n- f\n")
    assert set(found.inner.values()) == {""}
    assert found.texts["a"] == "a: [x,\n  # in\n  z]\n"


@pytest.mark.parametrize("text", ["", "# only words\n", "\n"])
def test_nothing_but_comments(text: str) -> None:
    assert parsed(text) == FrontMatter({}, {}, {}, {}, {}, text)


def test_braces_are_written_as_lines() -> None:
    found = parsed("{b: [x, z], a: 1}\n")
    assert found.values == {"a": 1, "b": ["x", "z"]}
    assert sorted("".join(found.texts.values()).splitlines()) == ["- x", "- z", "a: 1", "b:"]


@pytest.mark.parametrize(
    "text",
    [
        "a: [1\n",
        "a: 1\na: 2\n",
        "- a\n",
        "text\n",
        "1: a\n",
        "true: a\n",
        "? [a]\n: b\n",
        " a: 1\n",
        "<<: {b: 1}\na: 1\n",
        "a: *x\n",
        "a: 1\n---\nb: 2\n",
        "[" * 3000,
    ],
)
def test_what_cannot_be_cut(text: str) -> None:
    assert parse_front_matter(text) is None


def test_new_lines_keep_the_comments_of_what_stays() -> None:
    found = parsed("# tags\ntags:\n# first\n- a # alpha\n- b # beta\nlicense: mit # asked\nx: 1\n")
    assert found.replaced("tags", "tags:\n- c\n- a\n") == "# tags\n# first\ntags:\n- c\n- a # alpha\n"
    assert found.replaced("license", "license: isc\n") == "license: isc # asked\n"
    assert found.replaced("license", "license: |\n  isc\n") == "license: |\n  isc\n"
    assert found.replaced("x", "x: 2\n") == "x: 2\n"
    # A list in the place of a text, and the other way round: a comment on what is gone goes.
    assert found.replaced("license", "license:\n- mit\n") == "license:\n- mit\n"
    assert found.replaced("tags", "tags: a\n") == "# tags\n# first\ntags: a\n"


@given(
    st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["1", "'x'", "[x, y]", "\n- x\n- y # z", "|\n  x"])),
    st.lists(st.sampled_from(["# c\n", "\n"])).map("".join),
)
def test_the_texts_together_are_the_whole(values: dict[str, str], between: str) -> None:
    text = between + "".join(f"{key}: {value}\n{between}" for key, value in values.items())
    found = parsed(text)
    assert "".join(found.comments[key] + found.texts[key] for key in found.values) + found.end == text
