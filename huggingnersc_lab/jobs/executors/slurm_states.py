"""Translates Slurm's job states and reasons to our states, and to messages with the next step.

The codes are those of squeue(1) and sacct(1), *JOB STATE CODES* and *JOB REASON CODES*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint, HintKey
from huggingnersc_lab.jobs.executors.base import Seen

UNKNOWN = "UNKNOWN"
"""Our state code for a job that neither ``squeue`` nor ``sacct`` knows."""


@dataclass(frozen=True)
class Line:
    """Slurm's answer for a job, or for tasks of an array.

    Attributes:
        task: the task's number; empty if the job is not an array, ``[0-3]`` for pending tasks.
        state: Slurm's state code, without any suffix.
        reason: Slurm's reason, exit code or who cancelled it; empty if it gives none.
    """

    task: str
    state: str
    reason: str = ""

    @property
    def is_final(self) -> bool:
        """Whether it will never run again."""
        return self.state not in _WAITING and self.state not in _WORKING

    @property
    def words(self) -> str:
        """State and reason as Slurm reports them."""
        return f"{self.state}: {self.reason}" if self.reason else self.state


_WAITING = frozenset({"PENDING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "SPECIAL_EXIT", "RESV_DEL_HOLD"})
_WORKING = frozenset(
    {"RUNNING", "CONFIGURING", "COMPLETING", "SUSPENDED", "STOPPED", "SIGNALING", "STAGE_OUT", "RESIZING"}
)

_WAITS_FOR: Mapping[str, str] = {
    "Priority": "jobs of higher priority",
    "Resources": "free nodes",
    "Dependency": "another job",
    "Licenses": "a licence that is in use",
    "BeginTime": "its start time",
    "ReqNodeNotAvail": "nodes that are down or reserved",
}

_NEVER = (
    *("InvalidAccount", "InvalidQOS", "AccountNotAllowed", "QOSNotAllowed", "BadConstraints", "PartitionTimeLimit"),
    *("PartitionNodeLimit", "AssociationTimeLimit", "QOSTimeLimit", "DependencyNeverSatisfied", "JobArrayTaskLimit0"),
    *("AssocMaxWallDurationPerJobLimit", "QOSMaxWallDurationPerJobLimit", "AssocMaxNodePerJobLimit"),
    *("QOSMaxNodePerJobLimit", "QOSMaxCpuPerJobLimit", "QOSMaxMemoryPerJob", "AssocMaxCpuPerJobLimit"),
    *("AssocGrpBillingMinutes", "AssocGrpCPUMinutesLimit", "AssocGrpNodeMinutes", "AssocGrpCpuLimit"),
    *("ReservationDeleted", "ReservationInvalid", "Reservation_Deleted"),
)


@dataclass(frozen=True)
class _End:
    """Message for a final state, with ``{words}`` for Slurm's state and reason, and the next step."""

    sentence: str
    hint: HintKey


_ENDS: Mapping[str, _End] = {
    "TIMEOUT": _End("reached its time limit and was stopped by Slurm ({words}).", "more_time"),
    "DEADLINE": _End("reached its deadline and was stopped by Slurm ({words}).", "more_time"),
    "OUT_OF_MEMORY": _End("needed more memory than it had requested and was killed ({words}).", "more_memory"),
    "NODE_FAIL": _End("ended because its node failed ({words}).", "begin_again"),
    "BOOT_FAIL": _End("did not start because its node did not boot ({words}).", "begin_again"),
    "LAUNCH_FAILED": _End("could not be started on its node ({words}).", "begin_again"),
    "PREEMPTED": _End("was preempted by another job ({words}).", "begin_again"),
    "CANCELLED": _End("was cancelled with Slurm's own commands ({words}).", "begin_again"),
    "REVOKED": _End("was moved to another cluster ({words}).", "begin_again"),
    "FAILED": _End("ended without reporting a reason ({words}).", "read_log"),
    "COMPLETED": _End(
        "completed according to Slurm ({words}), but wrote no result into its folder: its node may not have access to "
        "this folder.",
        "read_log",
    ),
    UNKNOWN: _End(
        "is no longer known to Slurm, which keeps no accounting of how it ended: it may have been cancelled, or its "
        "node may have failed.",
        "begin_again",
    ),
}
_OTHER_END = _End("was ended by Slurm ({words}).", "begin_again")


def seen_of(scheduler_id: str, whole: Sequence[Line], parts: Sequence[Line] = (), log: str = "") -> Seen:
    """State of a job from Slurm's lines.

    Args:
        scheduler_id: the job's id; for a split job, that of the merging job.
        whole: its lines.
        parts: the lines of the array, if the job is split.
        log: path of its log, for messages that refer to it.
    """
    failed = next((line for line in parts if line.is_final and line.state not in ("COMPLETED", UNKNOWN)), None)
    if whole and are_final(whole):
        line = failed or whole[0]
        if "Dependency" in line.reason:
            detail = f"The Slurm job {scheduler_id} did not start because a part did not succeed ({line.words})."
            return Seen("gone", line.words, CatalogError("scheduler", detail, hints=[Hint("begin_again")]))
        return Seen("gone", line.words, _ended(scheduler_id, line, log), line.state == "CANCELLED")
    if any(line.state in _WORKING for line in (*parts, *whole)):
        return Seen("running")
    waiting = [line for line in (*parts, *whole) if line.state in _WAITING]
    return _waits(scheduler_id, waiting[0]) if waiting else Seen("queued")


def _ended(scheduler_id: str, line: Line, log: str) -> CatalogError:
    end = _ENDS.get(line.state, _OTHER_END)
    part = f", part {int(line.task) + 1}," if line.task.isdecimal() else ""
    where = f" Its log is '{log}'." if log and end.hint == "read_log" else ""
    sentence = end.sentence.replace("{words}", line.words)
    return CatalogError("scheduler", f"The Slurm job {scheduler_id}{part} {sentence}{where}", hints=[Hint(end.hint)])


def _waits(scheduler_id: str, line: Line) -> Seen:
    reason = line.reason
    if reason == "JobHeldUser" or line.state in ("REQUEUE_HOLD", "SPECIAL_EXIT"):
        words = f"It is held ({reason or line.state}); 'scontrol release {scheduler_id}' releases it."
        return Seen("held", words)
    if "held" in reason.lower() or "hold" in reason.lower():
        return Seen("held", f"It is held by an administrator or by Slurm ({reason}): ask the centre's support.")
    if reason.startswith(_NEVER):
        what = f"It cannot start with the requested resources ({reason})"
        words = f"{what}: cancel it, and start it again with other resources."
        return Seen("held", words)
    if not reason or reason == "None":
        return Seen("queued")
    what = next((text for word, text in _WAITS_FOR.items() if reason.startswith(word)), "its turn")
    return Seen("queued", f"It waits for {what} ({reason}).")


def read_lines(text: str) -> dict[str, list[Line]]:
    """Parse the output of ``squeue`` or ``sacct``, by the id of the job or of the array.

    Args:
        text: lines ``ID|STATE|REASON``. An ID is ``12``, ``12_3`` or ``12_[0-3%2]``; a STATE may be followed by the
            user who caused it.
    """
    found: dict[str, list[Line]] = {}
    for line in text.splitlines():
        name, _, rest = line.strip().partition("|")
        state, _, reason = rest.partition("|")
        job, _, task = name.partition("_")
        word, _, more = state.partition(" ")
        if job.isdecimal() and word:
            found.setdefault(job, []).append(Line(task, word.rstrip("+"), _reason(reason, more)))
    return found


def are_final(lines: Iterable[Line]) -> bool:
    """Whether all lines have final states."""
    return all(line.is_final for line in lines)


def _reason(reason: str, more: str) -> str:
    words = [word for word in (more, reason.strip()) if word and word not in ("None", "0:0", "(null)")]
    return ", ".join(words)[:200]
