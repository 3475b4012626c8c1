"""The commands of each channel, ``huggingnersc torrent create``, made from what its actions declare."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, fields
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

import typer
from typer.core import TyperGroup

from huggingnersc_lab.cli.arguments import Detach, ExecutorName, ResourceOption, detached
from huggingnersc_lab.cli.session import FLAG, Session, everywhere

if TYPE_CHECKING:
    from huggingnersc_lab.channels import Action, Channel

SUMMARIES = {
    "torrent": "Share a dataset as a torrent, and download torrents.",
    "drive": "Share a dataset through Google Drive, or any storage that rclone knows.",
    "doi": "Give a dataset a DOI.",
    "request": "Ask the centre to host a dataset.",
}
"""By channel of the package, what ``--help`` says of it: the channels themselves are imported when they are named."""


# What typer calls a context and a command comes from click or from its own copy of it, by its release: hence Any.
class ChannelGroup(TyperGroup):
    """The actions of a channel, imported when one of them is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names of the actions, in the channel's order."""
        del ctx
        return [action.name for action in self._channel.all_actions]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of an action; None for an unknown one."""
        del ctx
        action = self._channel.action(cmd_name)
        return None if action is None else command_of(self._channel, action)

    @property
    def _channel(self) -> Channel:
        from huggingnersc_lab.channels import channels

        return channels()[str(self.name)]


class RootGroup(TyperGroup):
    """All commands, and the channels of other packages, looked for when nothing else has the name."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name."""
        found = super().get_command(ctx, cmd_name)
        if found is None and cmd_name.isidentifier():
            from huggingnersc_lab.channels import channels

            channel = channels().get(cmd_name)
            if channel is not None:
                return ChannelGroup(name=channel.name, help=channel.summary, no_args_is_help=True)
        return found


def command_of(channel: Channel, action: Action[Any]) -> Any:
    """The command of an action, with an option for each field of its options."""
    app = typer.Typer(add_completion=False, context_settings={"help_option_names": ["-h", "--help"]})
    app.command(action.name)(everywhere(_function(channel, action)))
    command = typer.main.get_command(app)
    command.name = action.name
    return command


def _function(channel: Channel, action: Action[Any]) -> Callable[..., None]:
    def run(session: Session, source: str, **values: Any) -> None:
        from huggingnersc_lab.cli.channels import share

        agreed = int(values.pop("yes", False)) + int(values.pop("final", False))
        wish = detached(values.pop("detach"), values.pop("executor"), values.pop("resources"))
        given = {
            name: value.value if isinstance(value, Enum) else value
            for name, value in values.items()
            if value not in (None, [])
        }
        share.carry_out(session, channel.name, action.name, source, given, agreed=agreed, wish=wish)

    from huggingnersc_lab.jobs.arguments import type_of

    what = "The dataset." if action.takes == "dataset" else _source_help(action)
    metavar = "NICKNAME" if action.takes == "dataset" else "SOURCE"
    parameters = [
        _parameter("session", Session),
        _parameter("source", Annotated[str, typer.Argument(metavar=metavar, help=what)]),
        *(_option(field, type_of(action.options, field.name)) for field in fields(action.options)),
        _parameter("detach", Detach, False),
        _parameter("executor", ExecutorName, None),
        _parameter("resources", ResourceOption, None),
    ]
    if action.question is not None:
        yes = Annotated[bool, typer.Option("--yes", "-y", metavar=FLAG, help="Agree; do not ask.")]
        parameters.append(_parameter("yes", yes, False))
    if action.is_final:
        final = Annotated[
            bool, typer.Option("--final", metavar=FLAG, help="With --yes: agree that it cannot be undone.")
        ]
        parameters.append(_parameter("final", final, False))
    run.__name__ = action.name
    run.__doc__ = action.summary
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _source_help(action: Action[Any]) -> str:
    return getattr(action, "source_help", "A dataset, or what else the action takes.")


def _option(field: Any, form: Any) -> inspect.Parameter:
    flag = f"--{field.name.replace('_', '-')}"
    more: dict[str, Any] = {"help": field.metadata.get("help", ""), "metavar": field.metadata.get("metavar")}
    default = None if field.default is MISSING else field.default
    if form is bool:
        more["metavar"] = FLAG
        return _parameter(field.name, Annotated[bool, typer.Option(flag, **more)], bool(default))
    if get_origin(form) is Literal:
        make_enum: Any = Enum  # mypy wants the names of an enumeration to be literals
        choice = make_enum(field.name, {str(value): str(value) for value in get_args(form)}, type=str)
        return _parameter(field.name, Annotated[choice | None, typer.Option(flag, **more)], None)
    if get_origin(form) is tuple:
        more["help"] = f"{more['help']} May be repeated.".strip()
        return _parameter(field.name, Annotated[list[str] | None, typer.Option(flag, **more)], None)
    return _parameter(field.name, Annotated[form | None, typer.Option(flag, **more)], None)


def _parameter(name: str, annotation: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=annotation, default=default)
