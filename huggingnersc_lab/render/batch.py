"""Batch scripts for Slurm: generates one with the site's defaults, and checks those from users."""

from __future__ import annotations

import re
import shlex

from huggingnersc_lab.errors import FieldError
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.languages import command_for

_POINTER = "/batch_script"
_TIME = re.compile(r"\d+(?::\d{1,2}){0,2}|\d+-\d{1,2}(?::\d{1,2}){0,2}", re.ASCII)
_PARTITIONED = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*(?:,[A-Za-z0-9_][A-Za-z0-9_.+-]*)*", re.ASCII)
_SHORT = {
    "A": "account",
    "C": "constraint",
    "D": "chdir",
    "J": "job-name",
    "L": "licenses",
    "N": "nodes",
    "c": "cpus-per-task",
    "d": "dependency",
    "e": "error",
    "i": "input",
    "n": "ntasks",
    "o": "output",
    "p": "partition",
    "q": "qos",
    "t": "time",
    "w": "nodelist",
    "x": "exclude",
}
_FLAGS = frozenset(
    {
        *("H", "I", "O", "Q", "W", "h", "k", "s", "v", "contiguous", "exclusive", "get-user-env", "help", "hold"),
        *("ignore-pbs", "nice", "no-kill", "no-requeue", "overcommit", "oversubscribe", "parsable", "propagate"),
        *("quiet", "reboot", "requeue", "share", "spread-job", "test-only", "use-min-nodes", "verbose", "wait"),
    }
)
"""Options of sbatch(1) that take no value, or only one after '='."""
_LONE = "".join(name for name in sorted(_FLAGS) if len(name) == 1)
_SIZES = ("nodes", "ntasks", "ntasks-per-node", "gpus", "nodelist")


def render_batch(entry: Entry) -> Script:
    """A batch script that runs the loader with the site's Slurm defaults; the account is left to the submitter.

    Raises:
        ValueError: if the entry has no loader.
    """
    loader = entry.loader
    if loader is None:
        raise ValueError("an entry without a loader has nothing to run in a batch job")
    slurm = entry.site.slurm
    hours, minutes = divmod(slurm.minutes, 60)
    options = {
        "job-name": entry.record.name,
        "nodes": str(slurm.nodes),
        "time": f"{hours:02d}:{minutes:02d}:00",
        "qos": slurm.qos,
        "constraint": slurm.constraint,
        "licenses": slurm.licenses,
        "account": slurm.account,
    }
    lines = ["#!/bin/bash", *(f"#SBATCH --{name}={value}" for name, value in options.items() if value), ""]
    lines.append("set -eu")
    if path := entry.record.data_path:
        # A reader can set DATA_PATH to another path.
        lines += [f"default_path={shlex.quote(path)}", 'export DATA_PATH="${DATA_PATH:-$default_path}"']
    lines += [f"srun {command_for(loader)}", ""]
    name = f"run_{entry.record.name}.sh"
    return Script(name if name != loader.file_name else f"batch_{name}", "\n".join(lines))


def check_batch(script: Script) -> list[FieldError]:
    """Warnings about what Slurm would reject or ignore in a batch script; it may still be intended.

    Options that only some centres have, such as Shifter's ``--image`` and ``--module``, are ignored.
    """
    lines = script.text.removeprefix("\ufeff").splitlines()
    directives = [line for line in lines if line.startswith("#SBATCH")]
    first_command = next((i for i, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    late = [i for i, line in enumerate(lines) if line.startswith("#SBATCH") and i > first_command]
    findings = []
    if "\r" in script.text:
        findings.append(("line_ends", "has Windows line endings, which the shell treats as part of each command."))
    if not script.text.startswith("#!"):
        findings.append(("no_shebang", "does not start with a shebang line, such as '#!/bin/bash'."))
    if not directives:
        findings.append(("no_directives", "has no line '#SBATCH …': every option must be given to sbatch."))
    if late:
        where = f"line {late[0] + 1} comes after the first command (line {first_command + 1})"
        findings.append(("late_directive", f"has options that Slurm ignores: {where}."))
    options = _options([line for i, line in enumerate(lines) if line.startswith("#SBATCH") and i < first_command])
    findings += _missing(options) if directives else []
    findings += _malformed(options)
    findings += _passed_over(lines[:first_command])
    return [FieldError(_POINTER, code, f"{script.file_name} {detail}") for code, detail in findings]


def _words(directive: str) -> list[str]:
    """Split the line into words as Slurm does."""
    text = directive.removeprefix("#SBATCH")
    return list(_split(text)) if _is_quoted_well(directive) else text.split()


def _split(text: str) -> shlex.shlex:
    """As a shell takes it apart, but a backslash keeps no space, and '#' ends the line wherever it stands."""
    words = shlex.shlex(re.sub(r"\\(?=\s)", "", text), posix=True)
    words.whitespace_split = True
    words.commenters = "#"
    return words


def _passed_over(lines: list[str]) -> list[tuple[str, str]]:
    """Lines that look like options but are not, and parts of options that Slurm ignores."""
    findings = []
    for number, line in enumerate(lines, 1):
        if re.match(r"#[ \t]+SBATCH\b|#(?!SBATCH)[sS][bB][aA][tT][cC][hH]\b", line):
            detail = f"has no options on line {number}, '{line[:60]}': Slurm reads only lines with '#SBATCH'."
            findings.append(("not_read", detail))
        elif line.startswith("#SBATCH") and _is_quoted_well(line) and (rest := _strays(_words(line))):
            detail = (
                f"has a word on line {number} that belongs to no option: '{rest[0][:60]}'. Slurm rejects or ignores "
                'it. A value with spaces needs quotes, --comment="two words".'
            )
            findings.append(("passed_over", detail))
    return findings


def _strays(words: list[str]) -> list[str]:
    """The words that are neither an option nor an option's value."""
    strays, takes_value = [], False
    for word in words:
        if word.startswith("-") and len(word) > 1:
            name = word.lstrip("-")
            if not word.startswith("--"):  # flags may stand before the last letter
                name = name.lstrip(_LONE) or name[-1]
            takes_value = "=" not in word and name not in _FLAGS and (word.startswith("--") or len(name) == 1)
        elif takes_value:
            takes_value = False
        else:
            strays.append(word)
    return strays


def _options(directives: list[str]) -> dict[str, str]:
    options: dict[str, str] = {}
    for line in directives:
        words = _words(line)
        for position, word in enumerate(words):
            following = words[position + 1] if position + 1 < len(words) else ""
            if match := re.fullmatch(r"--([a-z][a-z0-9-]*)(?:=(.*))?", word):
                options[match[1]] = following if match[2] is None else match[2]
            elif match := re.fullmatch(rf"-[{_LONE}]*([A-Za-z])(.*)", word):
                options[_SHORT.get(match[1], match[1])] = match[2] or following
    return options


def _is_quoted_well(line: str) -> bool:
    try:
        list(_split(line.removeprefix("#SBATCH")))
    except ValueError:
        return False
    return True


def _missing(options: dict[str, str]) -> list[tuple[str, str]]:
    findings = []
    if "time" not in options:
        findings.append(("no_time", "sets no time limit ('#SBATCH --time=00:30:00'): the job gets the default limit."))
    if not any(name in options for name in _SIZES):
        findings.append(("no_size", "does not say how many nodes or tasks it needs ('#SBATCH --nodes=2')."))
    return findings


def _malformed(options: dict[str, str]) -> list[tuple[str, str]]:
    findings = []
    time = options.get("time")
    if time is not None and not _TIME.fullmatch(time) and time.upper() not in ("INFINITE", "UNLIMITED"):
        findings.append(("bad_time", f"has an invalid time limit, '{time}': use 30, 01:30:00 or 2-12."))
    for name in ("qos", "partition"):
        value = options.get(name)
        if value is not None and not _PARTITIONED.fullmatch(value):
            findings.append((f"bad_{name}", f"has an invalid {name}, '{value}'."))
    return findings
