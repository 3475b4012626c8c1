"""Arguments and options that several commands have, and what is read from them."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huggingnersc_lab.cli.session import FLAG, Session

if TYPE_CHECKING:
    from huggingnersc_lab.catalog.publish.submission import Submission

OfficialName = Annotated[str, typer.Argument(metavar="OFFICIAL_NAME", help="Title that people see.")]
Nickname = Annotated[
    str, typer.Argument(metavar="NICKNAME", help="Short name: of the repository, of the folder, in paths.")
]
LoaderScript = Annotated[Path, typer.Argument(metavar="LOADER_SCRIPT", help="Script that loads the data.")]
MetadataJson = Annotated[
    Path,
    typer.Argument(metavar="METADATA_JSON", help="Metadata: datacard_tags and other_info, or a record."),
]
BatchScript = Annotated[
    str | None,
    typer.Argument(metavar="BATCH_SCRIPT", help="Slurm script that runs a distributed loader, or None."),
]
IsDistributed = Annotated[
    bool, typer.Argument(metavar="IS_DISTRIBUTED", help="Whether the loader runs on several nodes: True or False.")
]
DataPath = Annotated[
    Path | None, typer.Option("--data-path", metavar="DIR", help="Where the data lies on the shared file system.")
]
DownloadLink = Annotated[
    str | None, typer.Option("--download-link", metavar="URL", help="Another address to have the data from.")
]
Kernel = Annotated[
    str | None,
    typer.Option("--kernel", metavar="NAME", help="Kernel of the notebook, as 'jupyter kernelspec list' has it."),
]
CreatePr = Annotated[
    bool,
    typer.Option("--create-pr", metavar=FLAG, help="Propose it as a pull request, for those who may not write."),
]
Private = Annotated[
    bool, typer.Option("--private", metavar=FLAG, help="Only members of the organization see it on the Hub.")
]
RepoId = Annotated[
    str | None,
    typer.Option(
        "--repo-id",
        metavar="ORG/NAME",
        help="Full name of the repository that is meant, where its own record does not name the entry.",
    ),
]
Detach = Annotated[
    bool,
    typer.Option(
        "--detach", metavar=FLAG, help="Do it in a job that goes on when this terminal is closed, and print its id."
    ),
]


class OnConflict(str, Enum):
    """What becomes of parts of a card that both people on the Hub and a change have changed."""

    ASK = "ask"
    KEEP = "keep"
    REPLACE = "replace"


OnConflictOption = Annotated[
    OnConflict,
    typer.Option(
        "--on-conflict",
        help="What becomes of parts of the card that were changed on the Hub, too: keep or replace them.",
    ),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", metavar=FLAG, help="Do not ask before a real Hub is written to.")]


def read_submission(
    session: Session,
    official_name: str,
    nickname: str,
    loader_script: Path,
    metadata_json: Path,
    batch_script: str | None,
    is_distributed: bool,
    data_path: Path | None,
    download_link: str | None,
    kernel: str | None,
) -> Submission:
    """What a contributor hands in on the command line, checked as a whole."""
    for value in (official_name, nickname, str(loader_script), str(metadata_json), batch_script or ""):
        if re.match("--[a-z]", value):  # these commands take words with a hyphen for arguments
            raise typer.BadParameter(f"There is no option {value}.")
    batch = None if batch_script in (None, "", "None", "none") else Path(str(batch_script))
    given = {
        "data_path": (absolute(data_path), "--data-path"),
        "download_link": (download_link, "--download-link"),
        "kernel_name": (kernel, "--kernel"),
    }
    session.output.places |= {
        "/name": "NICKNAME",
        "/pretty_name": "OFFICIAL_NAME",
        "/loader": "LOADER_SCRIPT",
        **({"/batch_script": "BATCH_SCRIPT"} if batch else {}),
        **{f"/{member}": option for member, (value, option) in given.items() if value is not None},
    }
    return session.catalog.read(
        metadata_json,
        loader=loader_script,
        batch_script=batch,
        name=nickname,
        pretty_name=official_name,
        is_distributed=is_distributed or None,
        **{member: value for member, (value, _) in given.items()},
    )


def absolute(path: Path | None) -> str | None:
    """A path that a person gave, made absolute; symbolic links stay, for they are the paths that people know."""
    if path is None:
        return None
    path = path.expanduser()
    return str(path.resolve() if ".." in path.parts else path.absolute())
