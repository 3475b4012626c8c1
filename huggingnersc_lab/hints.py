"""What to do next, worded for each interface: one catalogue for all errors.

An error carries the key of its hint. The command line's wording names commands and options, the panel's its buttons
and views.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Face = Literal["cli", "panel"]

HintKey = Literal[
    "adopt_or_propose",
    "ask_curator",
    "begin_again",
    "card_conflict",
    "choose_catalog",
    "choose_hub",
    "edit_instead",
    "enter_key",
    "find_out",
    "list_datasets",
    "look_again",
    "more_memory",
    "more_time",
    "other_resources",
    "propose",
    "read_log",
    "record_share",
    "remove",
    "resume_or_undo",
    "run_elsewhere",
    "run_here",
    "sign_in",
    "sign_in_again",
    "slurm_answers",
    "to_compute_node",
    "to_slurm",
    "take_over",
    "undo",
]


class _Sentences(NamedTuple):
    cli: str
    panel: str


_SENTENCES: Mapping[HintKey, _Sentences] = {
    "adopt_or_propose": _Sentences(
        "Choose another nickname, add it to the catalog ('huggingnersc adopt {name}'), or propose your entry to "
        "its owner as a pull request with --create-pr.",
        "Choose another nickname, adopt it from the list, or propose your entry to its owner as a pull request.",
    ),
    "ask_curator": _Sentences(
        "Ask the curator of the catalog for permission, or choose another folder with --catalog-root.",
        "Ask the curator of the catalog for permission.",
    ),
    "begin_again": _Sentences("Run the command again.", "Start it again."),
    "card_conflict": _Sentences(
        "Add --on-conflict keep to keep what is on the Hub, or --on-conflict replace; --dry-run shows both.",
        "Keep what is on the Hub, or replace it; the preview shows what would be replaced.",
    ),
    "choose_catalog": _Sentences(
        "Create or mount the catalog folder, or choose another with --catalog-root.",
        "Create or mount the catalog folder, or choose another in the server's settings.",
    ),
    "choose_hub": _Sentences("Choose it with --hub-url.", "Choose it in the server's settings."),
    "edit_instead": _Sentences(
        "Run 'huggingnersc update {name}' to change it, or choose a different nickname for a new dataset.",
        "Edit that entry, or choose another nickname.",
    ),
    "enter_key": _Sentences("Run 'huggingnersc key set {name}' to save it.", "Enter it under Account."),
    "find_out": _Sentences("Run 'huggingnersc doctor' for details.", "Refresh the list to see its state."),
    "list_datasets": _Sentences("'huggingnersc list' lists all datasets.", "Refresh the list."),
    "look_again": _Sentences(
        "'huggingnersc inspect-dataset {name}' shows the result.", "The dataset's page shows the result."
    ),
    "more_memory": _Sentences(
        "Start it again with more memory, such as --resource mem=32G.", "Start it again with more memory."
    ),
    "more_time": _Sentences(
        "Start it again with more time, such as --resource time=04:00:00.", "Start it again with more time."
    ),
    "other_resources": _Sentences(
        "Request other resources with --resource, such as account=, qos=, constraint= or time=; "
        "'sacctmgr show associations user=$USER' lists your accounts.",
        "Choose another account, queue or time.",
    ),
    "propose": _Sentences(
        "Ask an administrator of the organization, or publish as a pull request (--create-pr).",
        "Ask an administrator of the organization, or publish it as a pull request.",
    ),
    "read_log": _Sentences("The end of its log may say more.", "The end of its log may say more."),
    "record_share": _Sentences(
        "Run 'huggingnersc {name}' to write it into the entry.", "Press 'Write it into the entry' under Share."
    ),
    "remove": _Sentences("Run 'huggingnersc undo {name}' to remove it.", "Press Undo to remove it."),
    "resume_or_undo": _Sentences(
        "Run 'huggingnersc resume {name}' to finish it, or 'huggingnersc undo {name}' to remove it.",
        "Press Resume to finish it, or Undo to remove it.",
    ),
    "run_elsewhere": _Sentences(
        "Omit --executor, or run the command on a machine of the centre that has Slurm.", "Run it on this machine."
    ),
    "run_here": _Sentences(
        "Add --executor local to run it on this machine, or sign in with 'hf auth login' so that it finds your token.",
        "Run it on this machine, or sign in under Account so that the job finds your token.",
    ),
    "sign_in": _Sentences(
        "Sign in with 'hf auth login' or set HF_TOKEN to a token with the 'write' role.",
        "Sign in under Account, with a token that has the 'write' role.",
    ),
    "sign_in_again": _Sentences(
        "Sign in again ('hf auth login') or set HF_TOKEN.", "Sign in again under Account, with another token."
    ),
    "slurm_answers": _Sentences(
        "Try again later; 'huggingnersc doctor' shows whether Slurm responds.", "Try again later."
    ),
    "take_over": _Sentences(
        "Ask them to finish or undo it, or take it over: 'huggingnersc resume {name} --take-over', or undo.",
        "Ask them to finish or undo it, or press Resume or Undo to see what taking it over would do.",
    ),
    "to_compute_node": _Sentences(
        "Log in to a compute node and try again.", "Start JupyterLab on a compute node and try again."
    ),
    "to_slurm": _Sentences(
        "Add --detach --executor slurm to run it on Slurm, or log in to a compute node and try again.",
        "Run it on Slurm, or start JupyterLab on a compute node and try again.",
    ),
    "undo": _Sentences("Run 'huggingnersc undo {name}' to finish undoing it.", "Press Undo to finish undoing it."),
}


@dataclass(frozen=True)
class Hint:
    """What to do next.

    Attributes:
        key: which hint.
        name: nickname of the dataset concerned, if there is one.
    """

    key: HintKey
    name: str = ""

    def sentence(self, face: Face) -> str:
        """The hint, worded for an interface."""
        sentences = _SENTENCES[self.key]
        return (sentences.cli if face == "cli" else sentences.panel).replace("{name}", self.name)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Hint | None:
        """Read a stored hint; None for one that this version does not know."""
        key = next((key for key in _SENTENCES if key == data.get("key")), None)
        return None if key is None else cls(key, str(data.get("name", "")))


def with_hints(error: Mapping[str, Any], face: Face) -> dict[str, Any]:
    """A stored error with its hints, worded for an interface, appended to its message."""
    found = (Hint.from_dict(data) for data in error.get("hints", ()))
    sentences = [hint.sentence(face) for hint in found if hint is not None]
    kept = {key: value for key, value in error.items() if key != "hints"}
    return {**kept, "detail": " ".join([str(error.get("detail", "")), *sentences])}
