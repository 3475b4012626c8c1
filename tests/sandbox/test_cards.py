from __future__ import annotations

import warnings
from collections.abc import Callable

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.sandbox.cards import check_card, read_card


def front(yaml: str) -> str:
    return f"---\n{yaml}\n---\n# Title\n"


@pytest.mark.parametrize(
    "yaml",
    [
        "license: mit",
        "license: [mit, apache-2.0]",
        "language: [en, no, code, multilingual, ace]",
        "language: no",
        "pretty_name: '1.0'\ntags: []",
        "tags:",
        "foreign: {key: 1}\nsize_categories: [n<1K]",
    ],
)
def test_valid_metadata(yaml: str) -> None:
    findings = check_card(front(yaml))
    assert findings.errors == []
    assert findings.warnings == []


@pytest.mark.parametrize(
    ("yaml", "error"),
    [
        ("license: apache2", '"license" must be one of [afl-3.0,'),
        ("license: [mit, nope]", '"license[1]" must be one of'),
        ("license: 2.0", '"license" must be a string'),
        ("pretty_name: 7", '"pretty_name" must be a string'),
        ("tags: {a: b}", '"tags" must be an array'),
        ("tags: [a, 1]", '"tags[1]" must be a string'),
        ("language: [english]", '"language[0]" must be an ISO 639-1'),
        ("language: [EN]", '"language[0]" must be an ISO 639-1'),
        ("a: [1", "(3:"),
        ("a: 1\na: 2", "duplicate key"),
        ("- a\n- b", "must be a YAML mapping"),
        ("a: &x [1]\nb: *x", "aliases are not allowed"),
        ("d: 2024-13-45", "cannot be read"),
        ("a: " + "[" * 3000, "nested deeper than 50"),
        ("x: !!python/object/apply:os.system [id]", ""),
    ],
)
def test_invalid_metadata(yaml: str, error: str) -> None:
    errors = check_card(front(yaml)).errors
    assert len(errors) == 1
    assert error in errors[0]


def test_all_errors_are_reported_at_once() -> None:
    yaml = "license: x\npretty_name: 1\ntags: 3\nlanguage: [xxxx]"
    assert len(check_card(front(yaml)).errors) == 4


@pytest.mark.parametrize("text", ["", "# Only a body\n", "---\n---\n", "--- \nlicense: mit\n"])
def test_a_card_without_metadata_is_doubtful(text: str) -> None:
    findings = check_card(text)
    assert findings.errors == []
    assert findings.warnings == ["empty or missing yaml metadata in repo card"]


def test_an_unknown_task_is_doubtful() -> None:
    findings = check_card(front("task_categories: [tabular-classificaton]"))
    assert findings.errors == []
    assert '"tabular-classificaton" is not in the official list' in findings.warnings[0]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_body_and_data_are_taken_apart(newline: str) -> None:
    text = newline.join(["---", "a: 1", "---", "body", "---", "more"])
    card = read_card(text)
    assert card.data == {"a": 1}
    assert card.body == newline.join(["body", "---", "more"])


def test_the_client_is_told(api: HfApi) -> None:
    check: Callable[..., None] = api._validate_yaml
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check(front("license: mit"), repo_type="dataset")
    with pytest.raises(ValueError, match='"license" must be one of'):
        check(front("license: apache2"), repo_type="dataset")
    with pytest.warns(UserWarning, match="empty or missing yaml metadata"):
        check("# no metadata", repo_type="dataset")
