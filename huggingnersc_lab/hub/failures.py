"""Converts huggingface_hub's exceptions to our error codes with plain messages.

Only errors caused by the Hub's responses are reported as Hub failures. Errors with another cause, such as a bug in this
program, are passed on unchanged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from traceback import walk_tb

from huggingnersc_lab.errors import CatalogError, ErrorCode
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.deadline import OutOfTimeError
from huggingnersc_lab.hub.repeats import asked_wait, status_of
from huggingnersc_lab.hub.transport import current, http

_OURS, _LIBRARY = "huggingnersc_lab", "huggingface_hub"
_LONGEST = 300


@contextmanager
def hub_failures(action: str, url: str) -> Iterator[None]:
    """Convert exceptions of huggingface_hub and its HTTP library.

    Args:
        action: what was being done, as in "Could not publish 'iris'".
        url: the Hub's URL.
    """
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, OfflineModeIsEnabled

    try:
        yield
    except HfHubHTTPError as err:
        raise _from_status(err, action, url) from err
    except (http().TimeoutException, OutOfTimeError) as err:
        detail = f"Could not {action}: {url} did not respond in time. Try again later."
        raise CatalogError("upstream", detail) from err
    except http().TooManyRedirects as err:
        detail = f"Could not {action}: {url} redirects endlessly. Try again later."
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
        detail = f"Could not {action}: {url} sent an invalid response ({_first_line(err)})."
        raise CatalogError("upstream", detail) from err


@contextmanager
def of_library() -> Iterator[None]:
    """Around calls of huggingface_hub: errors from reading a response become Hub failures.

    It reads responses without validating them first, so an invalid one causes KeyError, AttributeError and others.
    Such an error counts as a Hub failure if it was raised in huggingface_hub, or deeper, after a response had arrived;
    not if it was raised in our own code, or because of wrong arguments before anything was sent.

    Raises:
        HfHubHTTPError: for a response with an error status.
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
        if isinstance(err.__cause__, known):  # which it has already explained
            raise err.__cause__ from None
        if (refusal := found.refusal()) is not None:
            raise HfHubHTTPError(f"status {refusal.status_code}", response=refusal) from err
        raise WrongAnswerError(_what(err)) from err


def _is_of_library(err: Exception) -> bool:
    """Whether it was raised in code called by huggingface_hub, not in ours or in callbacks of ours."""
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
    return "it is nested too deeply" if isinstance(err, RecursionError) else "it does not contain the expected data"


def _from_status(err: Exception, action: str, url: str) -> CatalogError:
    from huggingface_hub.errors import RepositoryNotFoundError

    status = status_of(err)
    message = _server_message(err)
    code: ErrorCode = "upstream"
    hints: list[Hint] = []
    if status == HTTPStatus.UNAUTHORIZED and isinstance(err, RepositoryNotFoundError):  # how private ones are hidden
        code = "not_found"
        reason = f"it is not on {url}, or it is private and you are not signed in."
    elif status == HTTPStatus.UNAUTHORIZED:
        code = "forbidden"
        reason = f"{url} does not accept your token."
        hints.append(Hint("sign_in_again"))
    elif status == HTTPStatus.FORBIDDEN:
        code = "forbidden"
        reason = f"{url} does not allow it{message}."
    elif status == HTTPStatus.NOT_FOUND:
        code = "not_found"
        reason = f"it is not on {url}, or your token does not give access to it."
    elif status in (HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED):
        code = "conflict"
        reason = f"somebody else changed it on {url} in the meantime. Check it there, then try again."
    elif status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = asked_wait(err)
        when = f" Try again in {wait:.0f} seconds." if wait else " Try again in a few minutes."
        reason = f"{url} has received too many requests from here.{when}"
    elif status == HTTPStatus.BAD_REQUEST:
        code = "invalid_record"
        reason = f"{url} rejects it{message}."
    else:
        reason = f"{url} responded with status {status}{message}. Try again later."
    return CatalogError(code, f"Could not {action}: {reason}", hints=hints)


def _server_message(err: Exception) -> str:
    message = getattr(err, "server_message", None)
    return f": {_first_line(message).rstrip('.')}" if message else ""


def _first_line(text: object) -> str:
    """The first line of a foreign text, shortened, without tokens and control characters."""
    lines = str(text)[: 10 * _LONGEST].strip().splitlines()
    line = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in lines[0]) if lines else ""
    return re.sub(r"hf_\w+", "hf_…", line[:_LONGEST])
