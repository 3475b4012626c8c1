"""Plans, journals and owners of every form that mallory can think of: told as damaged, or refused; never a crash."""

from __future__ import annotations

import base64
import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.processes import Process
from tests.practice_hub import FaultyHub

from .conftest import plan, repositories, written
from .people import Person

SHA = "1" * 40
PLANS: dict[str, Any] = {
    "nothing": "",
    "no JSON": "{",
    "a list": [],
    "a text": '"plan"',
    "deep": "[" * 100_000,
    "deep object": '{"a":' * 50_000,
    "NULs": "\0" * 500,
    "surrogates": '{"publish_id": "\\ud800"}',
    "a number for an id": {"publish_id": 7},
    "an id of another script": {"publish_id": "\N{KELVIN SIGN}"},
    "only an id": {"publish_id": "1"},
    "more than is known": plan(more=1),
    "objects": plan(hub_files={"README.md": 1}),
    "a text for files": plan(hub_files="README.md"),
    "numbers for files": plan(hub_files=[1, 2]),
    "files in lists": plan(hub_files=[["README.md"]]),
    "a path up": plan(hub_files=["../../home/id_rsa"]),
    "an absolute path": plan(hub_files=["/etc/passwd"]),
    "a path": plan(hub_files=["files/README.md"]),
    "a hidden file": plan(hub_files=[".gitattributes"]),
    "a folder": plan(hub_files=[".."]),
    "a name of two lines": plan(hub_files=["README.md\n"]),
    "half a character": plan(hub_files=["\ud800"]),
    "a name that is too long": plan(hub_files=["x" * 256]),
    "a path that goes": plan(deleted=["../x"]),
    "nothing of a name": plan(deleted=[""]),
    "no text for a parent": plan(parent=1),
    "a path for a parent": plan(parent="refs/pr/1"),
    "an address for a parent": plan(parent="../../api/whoami"),
    "a title of two lines": plan(title="Catalog\n\nPublish id: 0"),
    "a title that drives a terminal": plan(title="\x1b[2J"),
    "a title that is too long": plan(title="x" * 2000),
    "a number for a switch": plan(private=1),
    "a text for a switch": plan(create_pr="no"),
    "null for a switch": plan(private=None),
    "another name": plan("iris"),
    "a number for a name": plan(name=1),
    "no Hub": plan(hub=None),
    "too large": json.dumps(plan(title="x" * 2**20)),
}
JOURNALS: dict[str, Any] = {
    "no JSON object": "[1]\n",
    "a step that is none": [{"step": 1}],
    "no step": [{"created": True}],
    "half a repository": [{"step": "repository", "created": True}],
    "a repository of another form": [{"step": "repository", "created": "yes", "parent": SHA}],
    "a parent that leads elsewhere": [{"step": "repository", "created": True, "parent": "../.."}],
    "half a commit": [{"step": "commit", "oid": SHA}],
    "a commit of another form": [{"step": "commit", "oid": 1, "url": 1, "pull_request": [], "pull_request_url": {}}],
    "an address that is a script": [
        {"step": "commit", "oid": SHA, "url": "javascript:alert(1)", "pull_request": None, "pull_request_url": None}
    ],
    "a moment that is none": [{"step": "repository_asked", "moment": "now"}],
    "a moment of 400 digits": '{"step": "repository_asked", "moment": 1%s}\n' % ("0" * 400),
    "a moment without an end": '{"step": "repository_asked", "moment": 1e999}\n',
    "a moment before time": [{"step": "repository_asked", "moment": -5}],
    "too large": "\n" * (2**20 + 1),
}


@pytest.mark.parametrize("case", PLANS)
def test_a_plan_that_this_program_cannot_have_written(
    ada: Person, mallory: Person, hub: FaultyHub, api: HfApi, case: str
) -> None:
    forged = PLANS[case]
    if isinstance(forged, dict) and "repo_id" in forged:
        forged = {"hub": hub.url, **forged}
    mallory.do("plant", name="evil", plan=forged)
    refused(ada, "evil", hub, api)


@pytest.mark.parametrize("case", JOURNALS)
def test_a_journal_that_this_program_cannot_have_written(
    ada: Person, mallory: Person, hub: FaultyHub, api: HfApi, case: str
) -> None:
    mallory.do("plant", name="evil", plan=plan(hub=hub.url), journal=JOURNALS[case])
    refused(ada, "evil", hub, api)


def refused(ada: Person, name: str, hub: FaultyHub, api: HfApi) -> None:
    """It is damaged, with a reason and what to do; nothing was asked of the Hub."""
    found = ada.do("unfinished", name=name)
    assert found["problem"]
    assert found["problem"].isprintable()
    assert len(found["problem"]) < 700
    assert str(ada.root) in found["problem"]
    assert (found["resume"], found["undo"], found["deletes"]) == ([], [], None)
    for verb in ("resume", "undo"):
        failure = ada.fails(verb, name=name, take_over="x")
        assert failure.code == "conflict"
        assert failure.detail == found["problem"]
    assert hub.requests == []
    assert repositories(api) == []
    assert [name for _, _, _, advice in ada.do("listed")["doctor"] if found["problem"] == advice]


@pytest.mark.parametrize(
    "line", ["{", "\0\0\0", '{"step": "commit", "oid"', '{"step": "undo", "moment": NaN}', "[" * 5000]
)
def test_a_torn_line_is_as_if_it_were_not_there(ada: Person, mallory: Person, hub: FaultyHub, line: str) -> None:
    mallory.do("plant", name="evil", plan=plan(hub=hub.url), journal=f"{line}\n")
    found = ada.do("unfinished", name="evil")
    assert found["problem"] is None
    assert found["deletes"] is None
    assert ada.fails("undo", name="evil").code == "forbidden"
    assert written(hub) == []


def test_what_would_be_sent_has_to_be_there(ada: Person, mallory: Person, hub: FaultyHub, api: HfApi) -> None:
    mallory.do("plant", name="evil", plan=plan(repo_id="NERSC/evil", hub=hub.url, hub_files=["nothing.py"]))
    etag = ada.do("unfinished", name="evil")["etag"]
    failure = ada.fails("resume", name="evil", take_over=etag)
    assert "are missing: nothing.py. Nothing was sent" in failure.detail
    assert not [request for request in written(hub) if "commit" in request]
    ada.do("undo", name="evil")
    assert repositories(api) == []


OWNERS = {
    "init": lambda: vars(Process(*_here(1))) | {"user": "root"},
    "the tests": lambda: vars(Process.this()) | {"user": "root"},
    "far away": lambda: {"host": "node9", "space": "", "pid": 1, "started": "1", "user": "root"},
    "drives a terminal": lambda: {"host": "\x1b[2J", "space": "", "pid": 1, "started": "1", "user": "a\nb"},
}


def _here(pid: int) -> tuple[str, str, int, str]:
    from huggingnersc_lab.processes import started_at

    this = Process.this()
    return this.host, this.space, pid, started_at(pid)


@pytest.mark.parametrize("case", OWNERS)
def test_an_owner_that_mallory_names(ada: Person, mallory: Person, hub: FaultyHub, root: Path, case: str) -> None:
    """Living processes of others do not work on it; a silent one elsewhere is gone."""
    links = {f"owner-{number}": json.dumps(OWNERS[case]()) for number in (1, 999_999)}
    mallory.do("plant", name="evil", plan=plan(repo_id="NERSC/evil", hub=hub.url), links=links)
    found = ada.do("unfinished", name="evil")
    assert found["problem"] is None
    assert found["began"].isprintable()
    if case in ("far away", "drives a terminal"):
        assert found["worker"].isprintable()
        mallory.act([["append", ".evil.staging/journal.jsonl", ""]])
        assert ada.fails("undo", name="evil", take_over=found["etag"]).code == "conflict"
        os.utime(root / ".evil.staging" / "journal.jsonl", (0, 0))
    ada.do("undo", name="evil", take_over=ada.do("unfinished", name="evil")["etag"])
    assert not (root / ".evil.staging").exists()
    assert written(hub) == []


@pytest.mark.parametrize("case", ["deep", "long", "bytes", "numbers"])
def test_owners_that_are_none(ada: Person, mallory: Person, hub: FaultyHub, root: Path, case: str) -> None:
    links = {
        "deep": {"owner-1": "[" * 3000},
        "long": {"owner-1": "x" * 4000},
        "bytes": {"owner-1": "\udcff\udcfe"},
        "numbers": {f"owner-{number}": "{}" for number in range(1, 400)},
    }[case]
    mallory.do("plant", name="evil", plan=plan(repo_id="NERSC/evil", hub=hub.url), links=links)
    found = ada.do("unfinished", name="evil")
    assert (found["problem"], found["worker"], found["began"]) == (None, None, None)
    ada.do("undo", name="evil", take_over=found["etag"])
    assert written(hub) == []


def test_names_of_every_kind_hide_nothing(ada: Person, mallory: Person, root: Path) -> None:
    ada.do("publish")
    odd = [b"two\nlines", b"\xff\xfe", b"\x1b[2J", b"x" * 255, "caf\N{COMBINING ACUTE ACCENT}e".encode(), b" ", b"-rf"]
    odd += [b".\xff.staging", b".a\nb.staging", b"." + b"y" * 246 + b".staging", b"..staging", b"...staging"]
    steps = [["mkdir64", base64.b64encode(name).decode()] for name in odd]
    assert set(mallory.act(steps)) == {None}
    found = ada.do("listed")
    assert found["records"] == ["iris"]
    assert len(found["broken"]) == 7
    assert all(name.isprintable() and reason.isprintable() for name, reason in found["broken"].items())
    assert {r"two\nlines", r"\xff\xfe", r"\x1b[2J", "x" * 255} <= found["broken"].keys()
    body = ada.do("page")
    assert {row["name"] for row in body["datasets"]} == {"iris", *found["broken"]}
    assert "problem" not in body["catalog"]


def test_ten_thousand_hidden_folders_hold_nobody_up(ada: Person, mallory: Person, root: Path, hub: FaultyHub) -> None:
    ada.do("publish")
    steps = [["mkdir", f".evil-{number}.staging"] for number in range(10_000)]
    assert set(mallory.act(steps)) == {None}
    start = time.monotonic()
    body = ada.do("page")
    assert [row["name"] for row in body["datasets"]] == ["iris"]
    assert len(body["unfinished"]) == 10_000
    assert body["kilobytes"] < 400_000
    ada.do("update")
    told = ada.do("cli", arguments=["resume"])
    assert (told["code"], told["out"]) == (0, "You have no unfinished publications.\n")
    assert "9990 more" in told["err"]
    assert len(told["err"]) < 5000
    assert time.monotonic() - start < 60
