"""Slurm's words for how a job stands, as our states and in sentences with what to do next.

The words are those of squeue(1) and sacct(1), *JOB STATE CODES* and *JOB REASON CODES*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint, HintKey
from huggingnersc_lab.jobs.executors.base import Seen

UNKNOWN = "UNKNOWN"
"""Our word for a job that neither ``squeue`` nor ``sacct`` knows."""


@dataclass(frozen=True)
class Line:
    """What Slurm says of a job, or of tasks of an array.

    Attributes:
        task: the task's number; empty for a job that is no array, ``[0-3]`` for tasks that wait together.
        state: Slurm's word, without what stands behind it.
        reason: Slurm's reason, exit code or who cancelled it; empty where it says none.
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
        """State and reason in Slurm's words."""
        return f"{self.state}: {self.reason}" if self.reason else self.state


_WAITING = frozenset({"PENDING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "SPECIAL_EXIT", "RESV_DEL_HOLD"})
_WORKING = frozenset(
    {"RUNNING", "CONFIGURING", "COMPLETING", "SUSPENDED", "STOPPED", "SIGNALING", "STAGE_OUT", "RESIZING"}
)

_WAITS_FOR: Mapping[str, str] = {
    "Priority": "jobs of higher priority",
    "Resources": "free nodes",
    "Dependency": "another job",
    "Licenses": "a licence that others use",
    "BeginTime": "the time at which it may begin",
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
    """What a final word means, ``{words}`` being Slurm's, and what to do next."""

    sentence: str
    hint: HintKey


_ENDS: Mapping[str, _End] = {
    "TIMEOUT": _End("reached its time limit and was stopped by Slurm ({words}).", "more_time"),
    "DEADLINE": _End("reached its deadline and was stopped by Slurm ({words}).", "more_time"),
    "OUT_OF_MEMORY": _End("needed more memory than it was given, and was killed ({words}).", "more_memory"),
    "NODE_FAIL": _End("lost the node that it ran on ({words}).", "begin_again"),
    "BOOT_FAIL": _End("did not begin, since its node did not start ({words}).", "begin_again"),
    "LAUNCH_FAILED": _End("could not be started on its node ({words}).", "begin_again"),
    "PREEMPTED": _End("had to make room for another job ({words}).", "begin_again"),
    "CANCELLED": _End("was cancelled in Slurm, not from here ({words}).", "begin_again"),
    "REVOKED": _End("was taken over by another cluster ({words}).", "begin_again"),
    "FAILED": _End("ended before it could say why ({words}).", "read_log"),
    "COMPLETED": _End(
        "is done, says Slurm ({words}), but its folder does not say so: its node may not see this folder, or not be "
        "able to write there.",
        "read_log",
    ),
    UNKNOWN: _End(
        "is not known to Slurm any more, which keeps no account of how it ended: it may have been cancelled, or have "
        "lost its node.",
        "begin_again",
    ),
}
_OTHER_END = _End("was ended by Slurm ({words}).", "begin_again")


def seen_of(scheduler_id: str, whole: Sequence[Line], parts: Sequence[Line] = (), log: str = "") -> Seen:
    """What Slurm's lines come to.

    Args:
        scheduler_id: the job's id; of a job that is split, that of the job that merges.
        whole: what is said of that.
        parts: what is said of the array, where the job is split.
        log: where its log is, for sentences that send people there.
    """
    failed = next((line for line in parts if line.is_final and line.state not in ("COMPLETED", UNKNOWN)), None)
    if whole and are_final(whole):
        line = failed or whole[0]
        if "Dependency" in line.reason:
            detail = f"The Slurm job {scheduler_id} did not begin, since a part did not succeed ({line.words})."
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
        words = f"It is held ({reason or line.state}); 'scontrol release {scheduler_id}' lets it begin."
        return Seen("held", words)
    if "held" in reason.lower() or "hold" in reason.lower():
        return Seen("held", f"It is held by an administrator or by Slurm ({reason}): ask the centre's support.")
    if reason.startswith(_NEVER):
        words = f"It cannot begin as it was asked for ({reason}): cancel it, and begin it again with other resources."
        return Seen("held", words)
    if not reason or reason == "None":
        return Seen("queued")
    what = next((text for word, text in _WAITS_FOR.items() if reason.startswith(word)), "its turn")
    return Seen("queued", f"It waits for {what} ({reason}).")


def read_lines(text: str) -> dict[str, list[Line]]:
    """The lines of ``squeue`` or ``sacct``, by the id of the job or of the array.

    Args:
        text: lines ``ID|STATE|REASON``. An ID is ``12``, ``12_3`` or ``12_[0-3%2]``; a STATE may be followed by who
            did it.
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
    """Whether nothing of what is said there goes on."""
    return all(line.is_final for line in lines)


def _reason(reason: str, more: str) -> str:
    words = [word for word in (more, reason.strip()) if word and word not in ("None", "0:0", "(null)")]
    return ", ".join(words)[:200]
