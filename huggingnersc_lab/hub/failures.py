"""What huggingface_hub raises, as our codes with a sentence that a scientist understands.

Only what comes of the Hub's answers is told as a failure of the Hub. An error that has another cause, such as a fault
of this program, goes on as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from traceback import walk_tb

from huggingnersc_lab.errors import CatalogError, ErrorCode
from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.deadline import OutOfTimeError
from huggingnersc_lab.hub.repeats import asked_wait, status_of
from huggingnersc_lab.hub.transport import current, http

_OURS, _LIBRARY = "huggingnersc_lab", "huggingface_hub"
_LONGEST = 300


@contextmanager
def hub_failures(action: str, url: str) -> Iterator[None]:
    """Wrap errors of huggingface_hub and of its HTTP library.

    Args:
        action: what was being done, as in "Could not publish 'iris'".
        url: the Hub's address.
    """
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, OfflineModeIsEnabled

    try:
        yield
    except HfHubHTTPError as err:
        raise _from_status(err, action, url) from err
    except (http().TimeoutException, OutOfTimeError) as err:
        detail = f"Could not {action}: {url} did not answer in time. Try again later."
        raise CatalogError("upstream", detail) from err
    except http().TooManyRedirects as err:
        detail = f"Could not {action}: {url} sends from one address to the next, without end. Try again later."
        raise CatalogError("upstream", detail) from err
    except http().HTTPError as err:
        reason = _first_line(err) or type(err).__name__
        detail = f"Could not {action}: no connection to {url} ({reason}). Check the network, or try again later."
        raise CatalogError("upstream", detail) from err
    except OfflineModeIsEnabled as err:
        detail = f"Could not {action}: HF_HUB_OFFLINE is set, so nothing is sent. Unset it, then try again."
        raise CatalogError("upstream", detail) from err
    except HFValidationError as err:
        raise CatalogError("invalid_record", f"Could not {action}: {_first_line(err)}") from err
    except WrongAnswerError as err:
        detail = f"Could not {action}: {url} answered something that is not of the Hub's form ({_first_line(err)})."
        raise CatalogError("upstream", detail) from err


@contextmanager
def of_library() -> Iterator[None]:
    """Within is huggingface_hub called: what it raises because it cannot read an answer becomes a failure of the Hub.

    It reads answers without looking at their form first, so that KeyError, AttributeError and others come of a wrong
    one. Such an error is of the Hub if it was raised in huggingface_hub, or deeper, after an answer had come: one that
    is raised in our own code, or for wrong arguments, before anything was asked, is not.

    Raises:
        HfHubHTTPError: for an answer of an error's status.
        WrongAnswerError: for any other.
    """
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, OfflineModeIsEnabled

    found = current()
    before = found.answers if found else 0
    try:
        yield
    except (HfHubHTTPError, http().HTTPError, OfflineModeIsEnabled, HFValidationError):
        raise
    except (WrongAnswerError, OutOfTimeError, CatalogError):
        raise
    except Exception as err:
        if found is None or found.answers == before or not _is_of_library(err):
            raise
        known = (HfHubHTTPError, http().HTTPError, WrongAnswerError, OutOfTimeError)
        if isinstance(err.__cause__, known):  # which it has told in words of its own
            raise err.__cause__ from None
        if (refusal := found.refusal()) is not None:
            raise HfHubHTTPError(f"status {refusal.status_code}", response=refusal) from err
        raise WrongAnswerError(_what(err)) from err


def _is_of_library(err: Exception) -> bool:
    """Whether it was raised by what huggingface_hub called, not by what we called, or it calls of ours."""
    is_of_library = False
    for frame, _ in walk_tb(err.__traceback__):
        package = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if package in (_OURS, _LIBRARY):
            is_of_library = package == _LIBRARY
    return is_of_library


def _what(err: Exception) -> str:
    if isinstance(err, KeyError):
        return f"there is no {err} in it"
    if isinstance(err, (json.JSONDecodeError, UnicodeError)):
        return "it is not JSON"
    return "it is nested too deeply" if isinstance(err, RecursionError) else "it says something else than was asked"


def _from_status(err: Exception, action: str, url: str) -> CatalogError:
    from huggingface_hub.errors import RepositoryNotFoundError

    status = status_of(err)
    said = _server_message(err)
    code: ErrorCode = "upstream"
    if status == HTTPStatus.UNAUTHORIZED and isinstance(err, RepositoryNotFoundError):  # so it hides private ones
        code = "not_found"
        reason = f"it is not on {url}, or it is private and you are not signed in."
    elif status == HTTPStatus.UNAUTHORIZED:
        code = "forbidden"
        reason = f"{url} does not accept your token. Sign in anew ('hf auth login') or set HF_TOKEN."
    elif status == HTTPStatus.FORBIDDEN:
        code = "forbidden"
        reason = f"{url} does not allow it{said}."
    elif status == HTTPStatus.NOT_FOUND:
        code = "not_found"
        reason = f"it is not on {url}, or your token may not see it."
    elif status in (HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED):
        code = "conflict"
        reason = f"somebody else changed it on {url} in the meantime. Look at it there, then try again."
    elif status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = asked_wait(err)
        when = f" Try again in {wait:.0f} seconds." if wait else " Try again in a few minutes."
        reason = f"{url} has had too many requests from here.{when}"
    elif status == HTTPStatus.BAD_REQUEST:
        code = "invalid_record"
        reason = f"{url} refuses it{said}."
    else:
        reason = f"{url} answered with status {status}{said}. Try again later."
    return CatalogError(code, f"Could not {action}: {reason}")


def _server_message(err: Exception) -> str:
    message = getattr(err, "server_message", None)
    return f": {_first_line(message).rstrip('.')}" if message else ""


def _first_line(text: object) -> str:
    """The first line of what somebody else wrote, of a length for a sentence, without tokens and control characters."""
    lines = str(text)[: 10 * _LONGEST].strip().splitlines()
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in lines[0]) if lines else ""
    return re.sub(r"hf_\w+", "hf_…", line[:_LONGEST])
