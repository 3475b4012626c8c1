"""Turns errors into a message and an exit code; the only module of the command line that does."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from huggingnersc_lab.errors import CatalogError, ErrorCode

if TYPE_CHECKING:
    from huggingnersc_lab.cli.terminal.output import Output

EXIT_CODES: dict[ErrorCode, int] = {
    "unexpected": 1,
    "invalid_record": 3,
    "not_found": 4,
    "conflict": 5,
    "forbidden": 6,
    "upstream": 7,
    "scheduler": 8,
    "heavy_on_login_node": 9,
    "storage": 10,
}
"""Exit code of each error; 2 is a usage error."""


STOPPED = 130
"""Exit code when the user interrupted the command, as a shell reports SIGINT."""


@contextmanager
def report(output: Output) -> Iterator[None]:
    """Report errors raised within, and exit with their exit code."""
    try:
        yield
    except CatalogError as err:
        output.error(err)
        raise typer.Exit(EXIT_CODES[err.code]) from err
    except KeyboardInterrupt as err:
        output.error(CatalogError("unexpected", str(err) or "Stopped."))
        raise typer.Exit(STOPPED) from err
    except BrokenPipeError as err:  # `huggingnersc list | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from err
    except (typer.Exit, typer.Abort, typer.BadParameter):
        raise
    except Exception as err:
        # A bug in this program: the user gets a sentence, developers get the traceback on request.
        if os.environ.get("HUGGINGNERSC_DEBUG"):
            traceback.print_exc()
        detail = (
            f"Internal error: {type(err).__name__}: {err}. Run it again with HUGGINGNERSC_DEBUG=1 and report "
            "the output."
        )
        output.error(CatalogError("unexpected", detail))
        raise typer.Exit(1) from err
