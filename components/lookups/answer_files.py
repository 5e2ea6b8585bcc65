"""Files of answers that could not be saved: written for a person to keep, and taken back in once the store is well.

A file is JSON with a signature below it, made with a key of the deployment: what somebody has changed, or another
deployment has written, is refused. It holds the documents as the service answers them, without their signed links, and
is read by the same parser as an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import orjson
from itsdangerous import BadSignature, Signer
from pydantic import AwareDatetime, BaseModel, ConfigDict, SecretStr, ValidationError

from components.histories import FileHistory
from components.lookups.errors import AnswerFileRefused
from components.lookups.unsaved import UnsavedAnswer
from components.patsnap import PatsnapError, answer_of, history_in
from components.words import moment

_KIND = "prosecution-review unsaved answers 1"


class _SavedHistory(BaseModel):
    """One history in a file."""

    model_config = ConfigDict(extra="forbid")

    asked: str
    complete: bool
    retrieved: AwareDatetime
    findings: list[str]
    answer: dict[str, Any]


class _SavedAnswer(BaseModel):
    """What became of one call, in a file."""

    model_config = ConfigDict(extra="forbid")

    request_id: str
    run: str
    user: str
    note: str
    numbers: list[str]
    billed: list[str]
    rest: Literal["released", "uncertain"]
    histories: list[_SavedHistory]


class _AnswerFile(BaseModel):
    """The whole content of a file."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["prosecution-review unsaved answers 1"]
    source: str
    answers: list[_SavedAnswer]


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """What a file says of one call."""

    request_id: str
    run: str
    user: str
    note: str
    numbers: tuple[str, ...]
    billed: tuple[str, ...]
    rest: Literal["released", "uncertain"]
    histories: Mapping[str, FileHistory]


class AnswerFiles:
    """Writes and reads the files of one deployment.

    Args:
        key: signs them.
        source: whose answers these are, as the store keeps services and walled-off workspaces apart.
    """

    def __init__(self, *, key: SecretStr, source: str) -> None:
        self._signer = Signer(key.get_secret_value(), salt="unsaved answers", sep="\n")
        self._source = source

    def write(self, answers: Sequence[UnsavedAnswer]) -> bytes:
        """Return a file of these answers."""
        content = {
            "kind": _KIND,
            "source": self._source,
            "answers": [
                {
                    "request_id": answer.call.request_id,
                    "run": answer.run,
                    "user": answer.user,
                    "note": answer.note,
                    "numbers": answer.call.numbers,
                    "billed": answer.billed,
                    "rest": answer.rest,
                    "histories": [_saved(asked, history) for asked, history in answer.histories.items()],
                }
                for answer in answers
            ],
        }
        return self._signer.sign(orjson.dumps(content)) + b"\n"

    def read(self, data: bytes) -> list[ReadAnswer]:
        """Return what a file holds; each history says among its findings that it was taken back.

        Raises:
            AnswerFileRefused: it was changed, is of another deployment or service, or is no such file.
        """
        try:
            content = _AnswerFile.model_validate_json(self._signer.unsign(data.strip()))
        except BadSignature:
            raise AnswerFileRefused(
                "This file was changed since it was written, was written by another deployment, or is of another kind."
            ) from None
        except ValidationError:
            raise AnswerFileRefused("This file was written by another version of the app.") from None
        if content.source != self._source:
            raise AnswerFileRefused("This file holds answers of another service or workspace than this one.")
        try:
            return [_read(answer) for answer in content.answers]
        except PatsnapError as error:
            raise AnswerFileRefused(f"An answer in this file cannot be read: {error.meaning}.") from None


def _saved(asked: str, history: FileHistory) -> dict[str, Any]:
    return {
        "asked": asked,
        "complete": history.complete,
        "retrieved": history.retrieved,
        "findings": list(history.findings),
        "answer": answer_of(history),
    }


def _read(answer: _SavedAnswer) -> ReadAnswer:
    return ReadAnswer(
        request_id=answer.request_id,
        run=answer.run,
        user=answer.user,
        note=answer.note,
        numbers=tuple(answer.numbers),
        billed=tuple(answer.billed),
        rest=answer.rest,
        histories={
            saved.asked: history_in(
                saved.answer,
                asked=saved.asked,
                complete=saved.complete,
                retrieved=saved.retrieved,
                findings=(*saved.findings, _taken_back(saved.retrieved)),
            )
            for saved in answer.histories
        },
    )


def _taken_back(retrieved: datetime) -> str:
    """Return the finding on a history that comes from a file."""
    return f"Taken back from a file, because the store could not be written when it arrived ({moment(retrieved)})"
