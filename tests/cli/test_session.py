"""What every command shares: the options of the whole program, and what a person is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer

from huggingnersc_lab.catalog.publish.repository import UNCONFIRMED
from huggingnersc_lab.catalog.publish.update import CARD_CONFLICT
from huggingnersc_lab.cli import session as module
from huggingnersc_lab.cli.session import Options, Session
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.workspace.site_choice import SiteChoice

from .conftest import Run


@pytest.mark.usefixtures("practice_hub")
@pytest.mark.parametrize(
    ("option", "value", "member"),
    [
        ("--site", "nersc", "name"),
        ("--organization", "Else", "organization"),
        ("--hub-url", "http://h.invalid", "hub_url"),
    ],
)
def test_options_of_the_whole_program_before_and_after_the_command(
    run: Run, tmp_path: Path, option: str, value: str, member: str
) -> None:
    (tmp_path / "empty").mkdir()
    root = ("--catalog-root", str(tmp_path / "empty"))
    before = run("--json", *root, option, value, "list")
    after = run("list", option, value, *root, "--json")
    assert before.code == after.code == 0
    assert before.json == after.json
    assert before.json["site"][member] == value


def test_what_stands_after_the_command_wins(run: Run, tmp_path: Path) -> None:
    result = run("--site", "nersc", "--json", "list", "--site", "mila", "--catalog-root", str(tmp_path))
    assert result.json["site"]["name"] == "mila"


def test_the_environment_is_honoured(run: Run, tmp_path: Path) -> None:
    environment = {
        "HUGGINGNERSC_SITE": "mila",
        "HUGGINGNERSC_CATALOG_ROOT": str(tmp_path),
        "HUGGINGNERSC_ORGANIZATION": "Else",
        "HF_ENDPOINT": "https://hub.invalid/",
    }
    assert run("list", "--json", **environment).json["site"] == {
        "name": "mila",
        "practice": False,
        "organization": "Else",
        "hub_url": "https://hub.invalid",
    }


def test_another_hub_is_said_plainly(run: Run, practice_root: Path) -> None:
    result = run("list", HF_ENDPOINT="https://hub.invalid")
    assert result.err.splitlines()[0] == "NERSC · https://hub.invalid · organization NERSC"


def test_a_site_file(run: Run, write: Callable[[str, Any], str], tmp_path: Path) -> None:
    write(
        "site.toml",
        'name = "here"\ntitle = "Here"\norganization = "Us"\nhub_url = "https://hub.invalid"\ncatalog_root = "."\n',
    )
    result = run("list", "--site", "site.toml", "--json")
    assert (result.code, result.json["site"]["name"]) == (0, "here")


@pytest.mark.parametrize("option", [(), ("--json",)])
def test_a_broken_site_file(run: Run, write: Callable[[str, Any], str], option: tuple[str, ...]) -> None:
    write("site.toml", 'name = "Here"\ntitle = 3\nhub_url = "practice"\ncolour = "red"\n[slurm]\nnodes = 0\n')
    result = run("list", "--site", "site.toml", *option)
    assert result.code == 3
    for pointer in ("/name", "/title", "/organization", "/colour", "/slurm/nodes"):
        assert pointer in result.err
    if option:
        assert len(result.problem["errors"]) == 5


@pytest.mark.parametrize(
    ("site", "exit_code", "words"),
    [
        ("nowhere", 4, "Use nersc, mila, sandbox, or the path of a site file"),
        ("metadata.json", 3, "is not TOML"),
        (".", 4, "Is a directory"),
    ],
)
def test_no_site(run: Run, site: str, exit_code: int, words: str) -> None:
    result = run("list", "--site", site)
    assert result.code == exit_code
    assert words in result.plain


def test_options_after_the_command_go_before_those_in_front_of_it() -> None:
    outer, inner = Options("nersc", "/a", None, "ORG", as_json=True), Options("mila", None, "practice")
    assert inner.over(outer) == Options("mila", "/a", "practice", "ORG", as_json=True)
    assert inner.over(None) is inner


def test_the_choice_for_a_process_that_runs_elsewhere(
    folder: Path, write: Callable[[str, Any], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("site.toml", 'name = "here"\ntitle = "Here"\norganization = "Us"\nhub_url = "https://hub.test"\n')
    choice = Session(Options("site.toml", "data", None, None)).choice
    assert choice.site == f"{folder}/site.toml"
    assert Path(str(choice.catalog_root)).is_absolute()
    monkeypatch.setenv("HUGGINGNERSC_SITE", "nersc")
    assert Session(Options(catalog_root="/data")).choice == SiteChoice(
        "nersc", "/data", "https://huggingface.co", "NERSC"
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """A person at a terminal; the answers that are left, of which an error is raised."""
    answers: list[Any] = []

    def answer(*_: Any, **__: Any) -> Any:
        given = answers.pop(0)
        if isinstance(given, BaseException):
            raise given
        return given

    monkeypatch.setattr(module, "_has_person", lambda: True)
    monkeypatch.setattr(typer, "confirm", answer)
    monkeypatch.setattr(typer, "prompt", answer)
    return answers


NERSC, PRACTICE = Options("nersc"), Options("sandbox")


def test_a_real_hub_is_asked_about(asked: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    asked += [True, False, typer.Abort()]
    Session(NERSC).confirm("Publish?", yes=False)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt, match=r"Stopped\. Nothing was changed\."):
            Session(NERSC).confirm("Publish?", yes=False)
    assert asked == []
    Session(NERSC).confirm("Publish?", yes=True)
    Session(PRACTICE).confirm("Publish?", yes=False)
    monkeypatch.setattr(module, "_has_person", lambda: False)
    Session(NERSC).confirm("Publish?", yes=False)


def unconfirmed(given: str | None) -> str:
    if given != "NERSC/sky":
        field = FieldError("/repo_id", UNCONFIRMED, "NERSC/sky")
        raise CatalogError("conflict", "Is it meant?", [FieldError("/x", "y", "z"), field])
    return "done"


def test_a_repository_that_does_not_name_the_entry(asked: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(PRACTICE)
    assert session.with_repository(unconfirmed, "NERSC/sky") == "done"
    asked += [True, False]
    assert session.with_repository(unconfirmed, None) == "done"
    with pytest.raises(KeyboardInterrupt):
        session.with_repository(unconfirmed, "NERSC/other")
    monkeypatch.setattr(module, "_has_person", lambda: False)
    with pytest.raises(CatalogError, match=r"Is it meant\? Add --repo-id NERSC/sky\.") as refused:
        session.with_repository(unconfirmed, None)
    assert len(refused.value.fields) == 2


def test_another_error_asks_nothing(asked: list[Any]) -> None:
    def fail(_: Any) -> None:
        raise CatalogError("upstream", "Down.", [FieldError("/repo_id", "other", "NERSC/sky")])

    for do in (Session(PRACTICE).with_repository, Session(PRACTICE).with_card):
        with pytest.raises(CatalogError, match="Down"):
            do(fail, None)  # type: ignore[operator]
    assert asked == []


def conflicting(choice: str) -> str:
    if choice == "ask":
        raise CatalogError("conflict", "Both.", [FieldError("/card", CARD_CONFLICT, "x")])
    return choice


def test_parts_of_a_card_that_both_have_changed(asked: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(PRACTICE)
    asked += ["what?", " KEEP ", "replace", typer.Abort()]
    assert session.with_card(conflicting, "ask") == "keep"
    assert session.with_card(conflicting, "ask") == "replace"
    with pytest.raises(KeyboardInterrupt, match="Nothing was changed"):
        session.with_card(conflicting, "ask")
    assert session.with_card(conflicting, "replace") == "replace"
    monkeypatch.setattr(module, "_has_person", lambda: False)
    with pytest.raises(CatalogError, match="Both"):
        session.with_card(conflicting, "ask")


@pytest.mark.parametrize(("stdin", "stderr"), [(True, True), (True, False), (False, True)])
def test_a_person_reads_and_writes(stdin: bool, stderr: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: stdin, raising=False)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: stderr, raising=False)
    assert module._has_person() is (stdin and stderr)
