"""What huggingface_hub raises, as our codes with a sentence that a scientist understands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from huggingnersc_lab.errors import CatalogError, ErrorCode
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.hub.transport import asked_wait, http, status_of


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
    except http().TimeoutException as err:
        detail = f"Could not {action}: {url} did not answer in time. Try again later."
        raise CatalogError("upstream", detail) from err
    except http().HTTPError as err:
        reason = str(err).strip() or type(err).__name__
        detail = f"Could not {action}: no connection to {url} ({reason}). Check the network, or try again later."
        raise CatalogError("upstream", detail) from err
    except OfflineModeIsEnabled as err:
        detail = f"Could not {action}: HF_HUB_OFFLINE is set, so nothing is sent. Unset it, then try again."
        raise CatalogError("upstream", detail) from err
    except HFValidationError as err:
        raise CatalogError("invalid_record", f"Could not {action}: {err}") from err
    except ValueError as err:
        detail = f"Could not {action}: {url} answered something that is not of the Hub's form ({_first_line(err)})."
        raise CatalogError("upstream", detail) from err


def _from_status(err: Exception, action: str, url: str) -> CatalogError:
    from huggingface_hub.errors import RepositoryNotFoundError

    status = status_of(err)
    said = _server_message(err)
    code: ErrorCode = "upstream"
    hints: list[Hint] = []
    if status == HTTPStatus.UNAUTHORIZED and isinstance(err, RepositoryNotFoundError):  # so it hides private ones
        code = "not_found"
        reason = f"it is not on {url}, or it is private and you are not signed in."
    elif status == HTTPStatus.UNAUTHORIZED:
        code = "forbidden"
        reason = f"{url} does not accept your token."
        hints.append(Hint("sign_in_again"))
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
    return CatalogError(code, f"Could not {action}: {reason}", hints=hints)


def _server_message(err: Exception) -> str:
    message = getattr(err, "server_message", None)
    return f": {_first_line(message).rstrip('.')}" if message else ""


def _first_line(text: object) -> str:
    return re.sub(r"hf_\w+", "hf_…", str(text).strip().splitlines()[0][:300]) if str(text).strip() else ""
