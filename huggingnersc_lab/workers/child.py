"""A worker process: makes file system calls for another process, which must not block.

A program that gets the folder of our package as its argument. It reads requests from its input (``module:function``,
whether it is a batch, the arguments) and writes their outcomes; before that, an empty message says that it is ready.
Its current step is at the beginning of its error output, which is a file.

It needs only Python's standard library, and exits at the end of its input, or after a minute without work.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

TYPE_CHECKING = False  # a constant for type checkers; importing typing is slow
if TYPE_CHECKING:
    from typing import Any

IDLE_SECONDS = 60.0
"""How long it waits for work, in seconds."""

_OURS = "huggingnersc_lab"
_INPUT, _OUTPUT, _NOTES = 0, 1, 2
_READ_BYTES = 1 << 16


def main(folder: str) -> None:
    """Process one request after the other.

    Args:
        folder: the folder that contains our package.
    """
    _skip_inits(f"{_OURS}.workers.steps", folder)
    from huggingnersc_lab.workers import steps
    from huggingnersc_lab.workers.wire import Inbox, pack

    steps.leave_notes_in(_NOTES)
    inbox = Inbox()
    _send(pack())
    while select.select([_INPUT], [], [], IDLE_SECONDS)[0] and (piece := os.read(_INPUT, _READ_BYTES)):
        for target, is_batch, *arguments in inbox.add(piece):
            steps.begin()
            _skip_inits(str(target), folder)
            for outcome in _outcomes(str(target), arguments, is_batch=bool(is_batch)):
                _send(outcome)


def _outcomes(target: str, arguments: Sequence[Any], *, is_batch: bool) -> Iterator[bytes]:
    """The outcomes of a request: one, or one for each path of a batch."""
    from huggingnersc_lab.workers.outcome import outcome_of

    if not is_batch:
        yield outcome_of(lambda: _function(target)(*arguments))
        return
    answers = _function(target)(*arguments)
    for _ in arguments[0]:
        yield outcome_of(answers.__next__)


def _function(target: str) -> Callable[..., Any]:
    module, _, name = target.partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    return function


def _skip_inits(target: str, folder: str) -> None:
    """Allow importing one of our modules without the ``__init__`` of its packages, which may need much else."""
    parts = target.partition(":")[0].split(".")
    for end in range(1, len(parts) if parts[0] == _OURS else 0):
        name = ".".join(parts[:end])
        if name not in sys.modules:
            package = type(sys)(name)
            package.__path__ = [os.path.join(folder, *parts[:end])]  # noqa: PTH118 - pathlib is a slow import
            sys.modules[name] = package


def _send(message: bytes) -> None:
    while message:
        message = message[os.write(_OUTPUT, message) :]


if __name__ == "__main__":
    main(sys.argv[1])
