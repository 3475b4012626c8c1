"""The current account, YAML validation and tags: requests that concern no particular repository."""

from __future__ import annotations

from huggingnersc_lab.sandbox.cards import check_card
from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.refusals import RefusalError, bad_request, unauthorized
from huggingnersc_lab.sandbox.vocabulary import tags_by_type


class WhoAmI(Endpoint):
    """``GET /api/whoami-v2``."""

    def get(self) -> None:
        """Name, organizations with the role in each, and the token's permissions."""
        if self.account is None:
            raise unauthorized("Invalid username or password.")
        self.reply(self.hub.permissions.whoami(self.account))


class ValidateYaml(Endpoint):
    """``POST /api/validate-yaml``."""

    def post(self) -> None:
        """Validates the front matter of a card; 400 with all errors, as text for clients that accept only that."""
        content = self.json_body().get("content")
        if not isinstance(content, str):
            raise bad_request("content must be a string")
        findings = check_card(content)
        if "text/plain" in self.request.headers.get("Accept", ""):
            lines = [f"- Error: {message}" for message in findings.errors]
            lines += [f"- Warning: {message}" for message in findings.warnings]
            self.set_status(400 if findings.errors else 200)
            self.send("\n".join(lines).encode("utf-8", "replace"), "text/plain; charset=utf-8")
            return
        body = {
            "errors": [{"message": message} for message in findings.errors],
            "warnings": [{"message": message} for message in findings.warnings],
        }
        if findings.errors:
            raise RefusalError(400, "Invalid metadata in README.md", body=body)
        self.reply(body)


class DatasetTagsByType(Endpoint):
    """``GET /api/datasets-tags-by-type``."""

    def get(self) -> None:
        """The known licences, tasks, languages and so on."""
        self.reply(tags_by_type())
