"""What works here, and which words there are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.practice_hub import FaultyHub

from .conftest import IRIS, Run

Write = Callable[[str, Any], str]


def test_a_healthy_site(run: Run, practice_hub: FaultyHub) -> None:
    result = run("doctor")
    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0].startswith("✓ site: the practice site ('sandbox', the default)")
    assert any(line.startswith("✓ catalog: ") and line.endswith("0 datasets, writable") for line in lines)
    assert f"✓ hub: {practice_hub.url} answers" in lines
    assert "✓ role: practice-admin may publish in NERSC (admin)." in lines
    assert not any(line.startswith(("✗", "!")) for line in lines)


def test_a_broken_site_names_every_fault_and_what_to_do(run: Run, write: Write, folder: Path) -> None:
    write(
        "site.toml",
        'name = "here"\ntitle = "Here"\norganization = "Us"\nhub_url = "http://127.0.0.1:9"\n'
        'catalog_root = "missing"\ndata_roots = ["gone"]\n',
    )
    result = run("doctor", "--site", "site.toml", "--json")
    assert result.code == 1
    verdicts = {check["name"]: check for check in result.json["checks"]}
    assert verdicts["catalog"]["verdict"] == "failed"
    assert str(folder / "missing") in verdicts["catalog"]["detail"]
    assert verdicts["data"]["verdict"] == "warning"
    assert verdicts["token"]["verdict"] == "failed"
    assert "hf auth login" in verdicts["token"]["advice"]
    assert all(check["advice"] for check in verdicts.values() if check["verdict"] != "ok")
    with_token = run("doctor", "--site", "site.toml", HF_TOKEN="hf_secret")
    assert with_token.code == 1
    assert "✗ hub: Could not look up your account: no connection to http://127.0.0.1:9" in with_token.out
    assert "hf_secret" not in with_token.out + with_token.err


def test_who_may_only_read(run: Run, practice_hub: FaultyHub) -> None:
    result = run("doctor", HF_TOKEN=practice_hub.tokens["read_scope"])
    assert result.code == 0
    assert "! role: Your token (practice-writer) can only read NERSC" in result.out


def test_the_lists_and_their_lengths(run: Run) -> None:
    result = run("vocabulary")
    assert "licenses              83" in result.out.splitlines()
    assert run("vocabulary", "--json").json["lists"]["task_categories"] == 53


def test_the_terms_of_a_list(run: Run) -> None:
    assert run("vocabulary", "licenses", "apache").out.splitlines() == [
        "VALUE       MEANING",
        "apache-2.0  Apache License 2.0",
    ]
    assert run("vocabulary", "task_categories", "other", "--json").json["terms"] == [{"id": "other", "label": "Other"}]
    assert run("vocabulary", "licenses", "moon").out == "No term in 'licenses' contains 'moon'.\n"


def test_no_such_list(run: Run) -> None:
    result = run("vocabulary", "licence")
    assert result.code == 4
    assert "There is no list 'licence'. Did you mean 'licenses'?" in result.plain


def test_what_the_hub_has_added_counts_from_then_on(
    run: Run, write: Write, practice_hub: FaultyHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingnersc_lab.sandbox import vocabulary as practice

    theirs = practice._vocabulary()
    monkeypatch.setitem(theirs, "licenses", [*theirs["licenses"], {"id": "moon-1.0", "label": "Moon"}])
    write("metadata.json", {"datacard_tags": {"size_categories": "n<1K", "license": "moon-1.0"}})
    assert run("validate", "metadata.json").code == 3
    result = run("vocabulary", "licenses", "moon", "--refresh")
    assert result.code == 0, result.err
    assert f"Asked {practice_hub.url}: 1 term in addition to the built-in ones." in result.err
    assert "moon-1.0" in result.out
    assert run("validate", "metadata.json").code == 0
    assert run("catalog-new-dataset", *IRIS, "--dry-run").code == 0


def test_a_hub_that_cannot_be_asked_leaves_the_words_as_they_are(run: Run, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("server_error", path="/api/datasets-tags-by-type", count=None)
    assert run("vocabulary", "--refresh").code == 7
    assert run("vocabulary", "--json").json["lists"]["licenses"] == 83
