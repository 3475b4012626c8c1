from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from huggingnersc_lab.render.front_matter import dump, render_front_matter

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=4),
    max_leaves=8,
)
AMBIGUOUS = """
no yes on off y n true null ~ = << 1.0 1e5 0x1f 0o7 010 1_000 .inf .NaN +1 .5 1:30 1:30:00 2024-01-01 - ? | > --- ...
#a %a @a `a &a *a !a ' "
""".split()  # noqa: SIM905
AMBIGUOUS += ["", " a ", "2024-01-01 10:00:00", "a: b", "a #b", "- a"]


@given(st.dictionaries(st.text(min_size=1, max_size=8), VALUES, max_size=5))
def test_both_versions_of_yaml_read_what_was_written(data: dict[str, object]) -> None:
    text = dump(data)
    assert (yaml.safe_load(text) or {}) == data
    assert (YAML(typ="safe", pure=True).load(text) or {}) == data


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_texts_stay_texts(text: str) -> None:
    for data in ({"key": text}, {"key": [text]}, {text or "empty": "value"}):
        assert yaml.safe_load(dump(data)) == data
        assert YAML(typ="safe", pure=True).load(dump(data)) == data


def test_order_unicode_and_long_lines_are_kept() -> None:
    data = {"z": "氷河 🧊 größer", "a": "word " * 200 + "end", "empty": [], "none": {}}
    assert dump(data) == f"z: 氷河 🧊 größer\na: {data['a']}\nempty: []\nnone: {{}}\n"


def test_no_text_ends_the_front_matter() -> None:
    text = render_front_matter({"a": "x\n---\ny: z\n", "b": "---"})
    assert [number for number, line in enumerate(text.splitlines()) if line == "---"] == [0, len(text.splitlines()) - 1]
