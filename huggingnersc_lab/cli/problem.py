"""Errors become a message and an exit code; nothing else of the command line knows how."""

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
    from huggingnersc_lab.cli.output import Output

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
"""Exit code of each error; 2 is a wrong call."""


STOPPED = 130
"""Exit code when a person stopped it, as a shell gives it for SIGINT."""


@contextmanager
def report(output: Output) -> Iterator[None]:
    """Say what went wrong within, and leave with its exit code."""
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
        # A fault of this program: the person gets a sentence, whoever mends it gets the place on request.
        if os.environ.get("HUGGINGNERSC_DEBUG"):
            traceback.print_exc()
        detail = (
            f"An error of this program: {type(err).__name__}: {err}. Run it again with HUGGINGNERSC_DEBUG=1 and report "
            "what it prints."
        )
        output.error(CatalogError("unexpected", detail))
        raise typer.Exit(1) from err
