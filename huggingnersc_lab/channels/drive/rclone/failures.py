"""What went wrong at another service, from the words of rclone and gdown, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from huggingnersc_lab.errors import CatalogError, ErrorCode

_SECRET = re.compile(
    r"(?i)((?:access_token|refresh_token|client_secret|token|secret|password|passwd|bearer|authorization|key)"
    r"[\"']?\s*[:= ]\s*[\"']?(?:bearer )?)[A-Za-z0-9._~+/=-]{6,}|ya29\.[\w-]+|(://[^/\s:@]+:)[^/\s@]+(?=@)"
)

_KNOWN: tuple[tuple[str, ErrorCode, str], ...] = (
    (
        r"read[- ]only",
        "upstream",
        "Nothing can be written there. Choose another place.",
    ),
    (
        r"didn't find section in config file|remote .* not found in config",
        "not_found",
        "rclone does not know this remote. 'rclone listremotes' shows those it knows; 'setup' shows how to add one.",
    ),
    (
        r"couldn't decrypt configuration|unable to decrypt configuration|config.*password|configuration data too short",
        "forbidden",
        (
            "rclone's configuration is protected by a password. Put it into RCLONE_CONFIG_PASS, or name a program that "
            "knows it in RCLONE_PASSWORD_COMMAND."
        ),
    ),
    (
        (
            r"invalid_grant|couldn't fetch token|empty token found|token expired and there's no refresh token|"
            r"unauthenticated|authError|\b401\b|failed to create oauth client"
        ),
        "upstream",
        "The sign-in has expired, or was never completed. Run 'rclone config reconnect REMOTE:' and try again.",
    ),
    (
        r"storageQuotaExceeded|teamDriveFileLimitExceeded|quotaExceeded\b|storage quota|\b507\b|insufficient storage",
        "upstream",
        "There is no space left on it. Free some, or ask its owner for more, then try again.",
    ),
    (
        r"Cannot retrieve the public link",
        "upstream",
        (
            "It is not shared with everybody, or too many people have downloaded it lately. Ask its owner, try again "
            "tomorrow, or use rclone with a client id of your own."
        ),
    ),
    (
        r"downloadQuotaExceeded|Too many users have viewed",
        "upstream",
        (
            "Too many people have downloaded this file lately, so Google lets nobody have it for up to a day. "
            "Try again tomorrow, or with rclone and a client id of your own."
        ),
    ),
    (
        r"RateLimitExceeded|uploadLimitExceeded|dailyLimitExceeded|\b429\b|too many requests|upload limit",
        "upstream",
        (
            "It does not take more requests for now. Try again later; with a client id of your own the limit is yours "
            "alone. For uploads Google allows 750 GB a day."
        ),
    ),
    (
        (
            r"\b403\b|insufficientPermissions|insufficientFilePermissions|permission denied|forbidden|"
            r"cannotDownloadFile"
        ),
        "upstream",
        "You may not do that there. Ask the owner of the folder for the right, or choose another place.",
    ),
    (
        (
            r"no such host|connection refused|connection reset|network is unreachable|i/o timeout|timed? ?out|TLS|"
            r"x509|certificate|dial tcp|EOF|Failed to establish a new connection|Max retries exceeded|proxyconnect|"
            r"ProxyError|ConnectionError|NameResolution"
        ),
        "upstream",
        "It cannot be reached from here. Check the network, or the proxy of this machine, then try again.",
    ),
    (
        r"no space left on device|disk quota exceeded",
        "storage",
        "This disk is full. Free some space or choose another folder, then try again.",
    ),
    (
        r"directory not found|object not found|file not found|\b404\b|notFound",
        "not_found",
        "It is not there, or you may not see it. Check the link or the path.",
    ),
    (
        r"\b50[0234]\b|backendError|internal error|bad gateway|service unavailable",
        "upstream",
        "It has trouble of its own. Try again later.",
    ),
)


def without_secrets(text: str) -> str:
    """A text of another program, in which nothing is left that looks like a key or a token."""
    return _SECRET.sub(lambda match: f"{match[1] or match[2] or ''}…", text)


def failure(action: str, output: Sequence[str], kept: str, *, code: ErrorCode = "upstream") -> CatalogError:
    """The error for what another program said.

    Args:
        action: what could not be done, "The upload to mila-gdrive:waves".
        output: what the program said, the most recent last.
        kept: what was kept, a sentence.
        code: for what is not known.
    """
    text = "\n".join(output)
    shown = without_secrets(" ".join(output[-1].split()) if output else "no reason was given")[:300]
    for pattern, known, advice in _KNOWN:
        if re.search(pattern, text, re.IGNORECASE):
            return CatalogError(known, f"{action} failed: {shown}. {advice} {kept}")
    return CatalogError(code, f"{action} failed: {shown}. {kept}")
