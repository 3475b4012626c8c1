"""Single requests with huggingface_hub's HTTP client, and responses as validated JSON."""

from __future__ import annotations

import json
from typing import Any

from huggingnersc_lab._version import __version__
from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.failures import of_library
from huggingnersc_lab.record.strict_json import loads, with_shown_halves


def get(address: str, token: str | bool | None) -> Any:
    """The response; raises the errors of huggingface_hub and its HTTP library."""
    from huggingface_hub import get_session
    from huggingface_hub.errors import HfHubHTTPError
    from huggingface_hub.utils import build_hf_headers, hf_raise_for_status  # type: ignore[attr-defined]

    headers = build_hf_headers(token=token, library_name="huggingnersc_lab", library_version=__version__)
    with of_library():
        response = get_session().get(address, headers=headers)
        hf_raise_for_status(response)
    if not response.is_success:  # a redirect without a target
        raise HfHubHTTPError(f"status {response.status_code}", response=response)
    return response


def checked_id(repo_id: str) -> str:
    """A repository's id; raises huggingface_hub's error if it is invalid."""
    from huggingface_hub.utils import validate_repo_id  # type: ignore[attr-defined]

    validate_repo_id(repo_id)
    return repo_id


def read_json(response: Any) -> Any:
    """The JSON values of a response, without lone surrogates and non-finite numbers.

    Raises:
        WrongAnswerError: it is not such JSON.
    """
    try:
        text = response.content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise WrongAnswerError("it is not UTF-8") from err
    try:
        return loads(with_shown_halves(text))
    except json.JSONDecodeError as err:
        raise WrongAnswerError("it is not JSON") from err
    except ValueError as err:
        raise WrongAnswerError(str(err)) from err


def read_object(response: Any) -> dict[str, Any]:
    """:func:`read_json` of a response that must be an object."""
    found = read_json(response)
    if not isinstance(found, dict):
        raise WrongAnswerError("it is not a JSON object")
    return found
