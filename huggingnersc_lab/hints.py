"""What to do next, in the words of the face that says it: one catalogue for all errors.

An error carries the key of its hint. The command line names commands and options, the panel its buttons and views.
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
    "find_out",
    "list_datasets",
    "look_again",
    "more_memory",
    "more_time",
    "other_resources",
    "propose",
    "read_log",
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
        "Choose another nickname, bring it into the catalog ('huggingnersc adopt {name}'), or propose your entry to "
        "its owner as a pull request with --create-pr.",
        "Choose another nickname, adopt it from the list, or propose your entry to its owner as a pull request.",
    ),
    "ask_curator": _Sentences(
        "Ask the curator of the catalog for the right to do it, or name another folder with --catalog-root.",
        "Ask the curator of the catalog for the right to do it.",
    ),
    "begin_again": _Sentences("Begin it again, with the command that began it.", "Begin it again where you began it."),
    "card_conflict": _Sentences(
        "Add --on-conflict keep to keep what is on the Hub, or --on-conflict replace; --dry-run shows both.",
        "Keep what is on the Hub, or replace it; the preview shows what would be replaced.",
    ),
    "choose_catalog": _Sentences(
        "Create it, mount it, or name another with --catalog-root.",
        "Create it, mount it, or name another in the server's settings.",
    ),
    "choose_hub": _Sentences("Name that one with --hub-url.", "Name that one in the server's settings."),
    "edit_instead": _Sentences(
        "'huggingnersc update {name}' changes it; for another dataset choose another nickname.",
        "Edit that entry, or choose another nickname.",
    ),
    "find_out": _Sentences("'huggingnersc doctor' tells more.", "Refresh the list to see how the catalog is."),
    "list_datasets": _Sentences("'huggingnersc list' shows what there is.", "Refresh the list."),
    "look_again": _Sentences(
        "'huggingnersc inspect-dataset {name}' shows what came of it.", "The dataset's page shows what came of it."
    ),
    "more_memory": _Sentences(
        "Begin it again with more memory, such as --resource mem=32G.", "Begin it again with more memory."
    ),
    "more_time": _Sentences(
        "Begin it again with more time, such as --resource time=04:00:00.", "Begin it again with more time."
    ),
    "other_resources": _Sentences(
        "Ask for something else with --resource, such as account=, qos=, constraint= or time=; "
        "'sacctmgr show associations user=$USER' lists your accounts.",
        "Choose another account, queue or time.",
    ),
    "propose": _Sentences(
        "Ask an administrator of the organization, or publish as a pull request (--create-pr).",
        "Ask an administrator of the organization, or publish it as a pull request.",
    ),
    "read_log": _Sentences("Look at the log for what it said last.", "Look at the log for what it said last."),
    "remove": _Sentences("'huggingnersc undo {name}' removes it.", "Undo removes it."),
    "resume_or_undo": _Sentences(
        "'huggingnersc resume {name}' finishes it, 'huggingnersc undo {name}' removes it.",
        "Resume finishes it, Undo removes it.",
    ),
    "run_elsewhere": _Sentences(
        "Leave out --executor, or do it where the centre's Slurm is.", "Run it on this machine."
    ),
    "run_here": _Sentences(
        "Run it here with --executor local, or sign in with 'hf auth login', so that the job finds your token.",
        "Run it on this machine, or sign in under Account, so that the job finds your token.",
    ),
    "sign_in": _Sentences(
        "Sign in with 'hf auth login' or set HF_TOKEN to a token with the 'write' role.",
        "Sign in under Account, with a token that has the 'write' role.",
    ),
    "sign_in_again": _Sentences(
        "Sign in again ('hf auth login') or set HF_TOKEN.", "Sign in again under Account, with another token."
    ),
    "slurm_answers": _Sentences(
        "Try again later; 'huggingnersc doctor' says whether Slurm answers.", "Try again later."
    ),
    "take_over": _Sentences(
        "Ask them to finish or undo it, or take it over: 'huggingnersc resume {name} --take-over', or undo.",
        "Ask them to finish or undo it, or press Resume or Undo to see what taking it over would do.",
    ),
    "to_compute_node": _Sentences(
        "Log in to a compute node, and do it there.", "Start JupyterLab on a compute node, and do it there."
    ),
    "to_slurm": _Sentences(
        "Add --detach --executor slurm to have Slurm run it, or log in to a compute node and try again.",
        "Have Slurm run it, or start JupyterLab on a compute node and try again.",
    ),
    "undo": _Sentences("'huggingnersc undo {name}' completes that.", "Undo completes that."),
}


@dataclass(frozen=True)
class Hint:
    """What to do next.

    Attributes:
        key: which sentence.
        name: nickname of the dataset that it is about, where it is about one.
    """

    key: HintKey
    name: str = ""

    def sentence(self, face: Face) -> str:
        """The hint in the words of a face."""
        sentences = _SENTENCES[self.key]
        return (sentences.cli if face == "cli" else sentences.panel).replace("{name}", self.name)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Hint | None:
        """From what was written down of it; None for one that this version does not know."""
        key = next((key for key in _SENTENCES if key == data.get("key")), None)
        return None if key is None else cls(key, str(data.get("name", "")))


def with_hints(error: Mapping[str, Any], face: Face) -> dict[str, Any]:
    """An error that was written down, with its hints in the words of a face at the end of its sentence."""
    found = (Hint.from_dict(data) for data in error.get("hints", ()))
    sentences = [hint.sentence(face) for hint in found if hint is not None]
    told = {key: value for key, value in error.items() if key != "hints"}
    return {**told, "detail": " ".join([str(error.get("detail", "")), *sentences])}
