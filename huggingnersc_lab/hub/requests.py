"""Single requests over the HTTP client that huggingface_hub keeps, and answers as JSON that can be relied on."""

from __future__ import annotations

import json
import re
from typing import Any

from huggingnersc_lab._version import __version__
from huggingnersc_lab.hub.answers import WrongAnswerError
from huggingnersc_lab.hub.failures import of_library

_SURROGATES = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."
)
"""The escapes in a JSON text; ``half`` is one that stands for half of a character, which no file could take."""


def get(address: str, token: str | bool | None) -> Any:
    """The response; raises what huggingface_hub and its HTTP library raise."""
    from huggingface_hub import get_session
    from huggingface_hub.errors import HfHubHTTPError
    from huggingface_hub.utils import build_hf_headers, hf_raise_for_status  # type: ignore[attr-defined]

    headers = build_hf_headers(token=token, library_name="huggingnersc_lab", library_version=__version__)
    with of_library():
        response = get_session().get(address, headers=headers)
        hf_raise_for_status(response)
    if not response.is_success:  # a redirect that leads nowhere
        raise HfHubHTTPError(f"status {response.status_code}", response=response)
    return response


def read_json(response: Any) -> Any:
    """What an answer holds: JSON values, their texts all of whole characters, their numbers all finite.

    Raises:
        WrongAnswerError: it is no such JSON.
    """
    try:
        text = response.content.decode("utf-8-sig")
    except UnicodeDecodeError as err:
        raise WrongAnswerError("it is not UTF-8") from err
    try:
        return json.loads(_SURROGATES.sub(_shown, text), parse_constant=_no_number, parse_float=_finite)
    except RecursionError as err:
        raise WrongAnswerError("it is nested too deeply") from err
    except WrongAnswerError:
        raise
    except ValueError as err:  # no JSON, or a number of more digits than Python reads
        raise WrongAnswerError("it is not JSON") from err


def read_object(response: Any) -> dict[str, Any]:
    """:func:`read_json` of what has to be an object."""
    found = read_json(response)
    if not isinstance(found, dict):
        raise WrongAnswerError("what should be an object is none")
    return found


def _no_number(name: str) -> None:
    raise WrongAnswerError(f"{name} is no number in JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise WrongAnswerError("a number in it is too large")
    return number


def _shown(escape: re.Match[str]) -> str:
    """Half of a character as the text of its escape, any other escape as it is."""
    return f"\\{escape[0]}" if escape["half"] else escape[0]
