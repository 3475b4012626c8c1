from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import pytest
import typer
from typer.testing import CliRunner

from huggingnersc_lab.channels import Action, Channel, Dataset, Outcome, Work
from huggingnersc_lab.cli.channels import commands, share
from huggingnersc_lab.workspace.placement import Wish


@dataclass(frozen=True)
class Options:
    size: int | None = field(default=None, metadata={"help": "How large.", "metavar": "KIB"})
    form: Literal["zip", "tar.zst"] = field(default="zip", metadata={"help": "Which form."})
    tracker: tuple[str, ...] = field(default=(), metadata={"help": "Address of a tracker."})
    private: bool = field(default=False, metadata={"help": "Keep it private."})
    to: str = ""


class Make(Action[Options]):
    name = "make"
    title = "Make it"
    summary = "Make something of a dataset."
    options = Options
    question = "Make it?"
    is_final = True

    def run(self, work: Work[Options]) -> Outcome:
        raise NotImplementedError


class Toy(Channel):
    name = "toy"
    title = "Toy"
    summary = "Only for tests."
    actions: Sequence[Action[Options]] = (Make(),)

    def loader_lines(self, dataset: Dataset) -> dict[str, str]:
        return {}


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    calls: list[object] = []

    def carry_out(_session: object, channel: str, action: str, source: str, options: object, **rest: object) -> None:
        calls.append((channel, action, source, options, rest))

    monkeypatch.setattr(share, "carry_out", carry_out)
    return calls


@pytest.fixture
def run() -> object:
    command = commands.command_of(Toy(), Make())

    def invoke(*arguments: str) -> tuple[int, str]:
        app = typer.Typer()
        app.command("other")(lambda: None)
        app.callback()(lambda: None)
        group = typer.main.get_command(app)
        group.add_command(command, "make")  # type: ignore[attr-defined]
        runner = CliRunner()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(typer.main, "get_command", lambda _: group)
            patch.setattr("typer.testing._get_command", lambda _: group)
            result = runner.invoke(app, ["make", *arguments])
        return result.exit_code, result.output

    return invoke


def test_options_are_read_as_they_are_declared(run: object, given: list[object]) -> None:
    code, said = run("iris", "--size", "256", "--form", "tar.zst", "--tracker", "a", "--tracker", "b", "--private")  # type: ignore[operator]
    assert code == 0, said
    options = {"size": 256, "form": "tar.zst", "tracker": ["a", "b"], "private": True}
    assert given == [("toy", "make", "iris", options, {"agreed": 0, "wish": None})]


def test_what_is_left_out_is_left_to_the_action(run: object, given: list[object]) -> None:
    code, said = run("iris", "--yes", "--final", "--detach")  # type: ignore[operator]
    assert code == 0, said
    assert given == [("toy", "make", "iris", {"private": False}, {"agreed": 2, "wish": Wish()})]


def test_where_a_job_runs_is_given_as_for_other_commands(run: object, given: list[object]) -> None:
    code, said = run("iris", "--executor", "slurm", "--resource", "time=10", "--resource", "qos=debug")  # type: ignore[operator]
    assert code == 0, said
    wish = Wish(executor="slurm", resources={"time": "10", "qos": "debug"})
    assert given == [("toy", "make", "iris", {"private": False}, {"agreed": 0, "wish": wish})]


@pytest.mark.parametrize("wrong", [("--size", "large"), ("--form", "rar"), ("--speed", "9"), ()])
def test_a_wrong_call_is_refused(wrong: tuple[str, ...], run: object, given: list[object]) -> None:
    arguments = ("iris", *wrong) if wrong else ()
    assert run(*arguments)[0] == 2  # type: ignore[operator]
    assert given == []


def test_every_channel_of_the_package_has_a_summary() -> None:
    from huggingnersc_lab.sites import CHANNELS

    assert tuple(commands.SUMMARIES) == CHANNELS
