"""Arguments and options shared by several commands, and how they are parsed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huggingnersc_lab.cli.session import FLAG, Session
from huggingnersc_lab.errors import CatalogError, FieldError

if TYPE_CHECKING:
    from huggingnersc_lab.catalog.publish.submission import Submission
    from huggingnersc_lab.workspace.placement import Wish

OfficialName = Annotated[str, typer.Argument(metavar="OFFICIAL_NAME", help="Display title.")]
Nickname = Annotated[
    str, typer.Argument(metavar="NICKNAME", help="Short name, used for the repository, the folder and in paths.")
]
LoaderScript = Annotated[Path, typer.Argument(metavar="LOADER_SCRIPT", help="Script that loads the data.")]
MetadataJson = Annotated[
    str,
    typer.Argument(metavar="METADATA_JSON", help="Metadata file: datacard_tags and other_info, or a record."),
]
BatchScript = Annotated[
    str | None,
    typer.Argument(metavar="BATCH_SCRIPT", help="Slurm script that runs a distributed loader, or None."),
]
IsDistributed = Annotated[
    str | None,
    typer.Argument(metavar="IS_DISTRIBUTED", help="Whether the loader runs on several nodes: True or False."),
]
Further = Annotated[str | None, typer.Argument(metavar="MORE", hidden=True)]
"""Where the last two arguments of upstream's longer form end up; see :func:`arrange`."""
DataPath = Annotated[
    Path | None, typer.Option("--data-path", metavar="DIR", help="Path of the data on the shared file system.")
]
DownloadLink = Annotated[
    str | None, typer.Option("--download-link", metavar="URL", help="Another URL to get the data from.")
]
Kernel = Annotated[
    str | None,
    typer.Option("--kernel", metavar="NAME", help="Kernel of the notebook, as listed by 'jupyter kernelspec list'."),
]
CreatePr = Annotated[
    bool,
    typer.Option("--create-pr", metavar=FLAG, help="Propose it as a pull request; needs no write access."),
]
With = Annotated[
    list[Path] | None,
    typer.Option(
        "--with",
        metavar="FILE",
        help="Another file that the loader or batch script needs, such as a module. May be repeated.",
    ),
]
Private = Annotated[
    bool, typer.Option("--private", metavar=FLAG, help="Make it visible only to members of the organization.")
]
RepoId = Annotated[
    str | None,
    typer.Option(
        "--repo-id",
        metavar="ORG/NAME",
        help="Full name of the repository, to confirm it if its own record does not name the entry.",
    ),
]
Detach = Annotated[
    bool,
    typer.Option(
        "--detach", metavar=FLAG, help="Run as a job that continues after this terminal is closed, and print its id."
    ),
]
ExecutorName = Annotated[
    str | None,
    typer.Option(
        "--executor", metavar="NAME", help="What runs the job: local (this machine) or slurm. Implies --detach."
    ),
]
ResourceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--resource",
        metavar="NAME=VALUE",
        help="Resource to request from Slurm: account, qos, constraint, time, licenses … Remembered for the next job; "
        "an empty VALUE forgets it. May be repeated. Implies --executor slurm.",
    ),
]


class OnConflict(str, Enum):
    """What to do with parts of a card that were changed both on the Hub and here."""

    ASK = "ask"
    KEEP = "keep"
    REPLACE = "replace"


OnConflictOption = Annotated[
    OnConflict,
    typer.Option(
        "--on-conflict",
        help="What to do with parts of the card that were also changed on the Hub: keep or replace them.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", metavar=FLAG, help="Do not ask before writing to a real Hub.")]


def wish_of(executor: str | None, resources: Sequence[str] | None) -> Wish:
    """Where to run a job, as given by the options; raises ``invalid_record``."""
    from huggingnersc_lab.workspace.placement import Wish

    pairs = [text.partition("=") for text in resources or ()]
    for name, sign, _ in pairs:
        if not sign or not name:
            fault = f"'{name}' is not a resource: write NAME=VALUE, such as time=00:30:00."
            where = [FieldError("/resources", "form", fault)]
            raise CatalogError("invalid_record", f"{fault} Nothing was started.", where)
    return Wish(executor=executor, resources={name: value for name, _, value in pairs} or None)


def detached(detach: bool, executor: str | None, resources: Sequence[str] | None) -> Wish | None:
    """Where to run the job that does a command's work; None if the command does it itself."""
    return wish_of(executor, resources) if detach or executor or resources else None


@dataclass(frozen=True)
class Named:
    """The arguments of ``catalog-new-dataset``, by name."""

    metadata_json: Path
    batch_script: Path | None
    is_distributed: bool
    data_path: Path | None
    download_link: str | None


def arrange(arguments: Sequence[str | None], data_path: Path | None = None, download_link: str | None = None) -> Named:
    """Distinguish the two orders in which upstream's command takes its arguments after the loader script.

    ``METADATA_JSON [BATCH_SCRIPT] [IS_DISTRIBUTED]``, or
    ``DATA_PATH DOWNLOAD_LINK METADATA_JSON [BATCH_SCRIPT] [IS_DISTRIBUTED]``. In both, ``None`` means that there is no
    such value.

    Args:
        arguments: the arguments after the loader script.
        data_path: the value of ``--data-path``.
        download_link: the value of ``--download-link``.
    """
    words = [word for word in arguments if word is not None]
    if not _is_long_form(words):
        metadata, batch, distributed = (*words, None, None)[:3]
        return Named(Path(str(metadata)), _path(batch), _truth(distributed), data_path, download_link)
    path, link, metadata, batch, distributed = (*words, None, None)[:5]
    placed = None if _path(path) is None else Path(str(path))
    if None not in (placed, data_path) and absolute(placed) != absolute(data_path):
        raise typer.BadParameter(f"DATA_PATH is '{placed}', but --data-path is '{data_path}': omit one of them.")
    if not _is_none(link) and download_link not in (None, link):
        raise typer.BadParameter(
            f"DOWNLOAD_LINK is '{link}', but --download-link is '{download_link}': omit one of them."
        )
    return Named(
        Path(str(metadata)),
        _path(batch),
        _truth(distributed),
        placed or data_path,
        download_link if _is_none(link) else link,
    )


def _is_long_form(words: Sequence[str]) -> bool:
    """Whether the metadata file is the third argument after the loader script, not the first."""
    if len(words) != 3:  # noqa: PLR2004
        return len(words) > 3  # noqa: PLR2004
    if words[2].lower() in _TRUTH or words[2] in ("", "None", "none"):
        return False
    named = [word.lower().endswith(".json") for word in words]
    return named[2] or (not named[0] and not Path(words[0]).is_file())


_TRUTH = {
    **dict.fromkeys(("true", "1", "yes", "y", "on", "t"), True),
    **dict.fromkeys(("false", "0", "no", "n", "off", "f"), False),
}


def _truth(word: str | None) -> bool:
    if _is_none(word):
        return False
    if (value := _TRUTH.get(str(word).strip().lower())) is None:
        raise typer.BadParameter(f"IS_DISTRIBUTED is '{word}': use True or False.")
    return value


def _path(word: str | None) -> Path | None:
    return None if _is_none(word) else Path(str(word))


def _is_none(word: str | None) -> bool:
    return word in (None, "", "None", "none")


def read_submission(
    session: Session,
    official_name: str,
    nickname: str,
    loader_script: Path,
    named: Named,
    kernel: str | None,
    companions: Sequence[Path] | None = None,
) -> Submission:
    """Read and validate a complete submission from the command line."""
    for value in (official_name, nickname, str(loader_script), str(named.metadata_json), str(named.batch_script or "")):
        if re.match("--[a-z]", value):  # these commands accept arguments that start with a hyphen
            raise typer.BadParameter(f"There is no option {value}.")
    given = {
        "data_path": (absolute(named.data_path), "--data-path"),
        "download_link": (named.download_link, "--download-link"),
        "kernel_name": (kernel, "--kernel"),
    }
    session.output.places |= {"/companions": "--with"} | {
        "/name": "NICKNAME",
        "/pretty_name": "OFFICIAL_NAME",
        "/loader": "LOADER_SCRIPT",
        **({"/batch_script": "BATCH_SCRIPT"} if named.batch_script else {}),
        **{f"/{member}": option for member, (value, option) in given.items() if value is not None},
    }
    return session.catalog.read(
        named.metadata_json,
        loader=loader_script,
        batch_script=named.batch_script,
        companions=companions or (),
        name=nickname,
        pretty_name=official_name,
        is_distributed=named.is_distributed or None,
        **{member: value for member, (value, _) in given.items()},
    )


def show_warnings(session: Session, warnings: Sequence[FieldError]) -> None:
    """Show warnings, and how to include files that were left out."""
    session.output.warnings(warnings)
    names = dict.fromkeys(its.suggestion for its in warnings if its.code == "companion" and its.suggestion)
    if names and not session.output.as_json:
        session.output.note(f"To include these files, add: {' '.join(f'--with {name}' for name in names)}")


def absolute(path: Path | None) -> str | None:
    """Make a path from the user absolute; symbolic links are kept, since people know these paths."""
    if path is None:
        return None
    path = path.expanduser()
    return str(path.resolve() if ".." in path.parts else path.absolute())
