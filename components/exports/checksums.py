"""The checksum of the data that a report was made from: the SHA-256 of its documents in a fixed JSON form.

Anybody can compute the same value with other tools:

1. Make an object with four members of each document of the history: `code` and `description` as the service delivered
   them, `date` as `"2018-08-31"` (`null` without a date), `pages` as a whole number (`null` without a count).
2. Write each as JSON with its members in alphabetical order, no blanks between them, and no escapes for characters
   beyond ASCII: `{"code":"CTNF","date":"2018-08-31","description":"Non-Final Rejection","pages":17}`.
3. Sort these texts by code point and keep duplicates; the order on a screen or in a list therefore does not matter.
4. Put them into `{"documents":[…],"history":"US14/706838"}`, again without blanks, and take the SHA-256 of its UTF-8.

The value of several histories is the SHA-256 of `{"US14/412875":"<SHA-256>","US14/706838":"<SHA-256>"}`, written in
the same way.
"""

import hashlib
import json
from collections.abc import Mapping

import pandas as pd


def canonical_json(documents: pd.DataFrame, history: str) -> str:
    """Return the documents of one history in the fixed JSON form described above.

    Args:
        documents: Rows of the `documents` table, of this history and of others, in any order.
        history: The history whose documents are meant.
    """
    rows = documents[documents["history"] == history]
    days = rows["date"].dt.strftime("%Y-%m-%d").astype(object)
    members = zip(
        rows["code"].tolist(),
        days.where(rows["date"].notna(), None).tolist(),
        rows["description"].tolist(),
        rows["pages"].astype(object).where(rows["pages"].notna(), None).tolist(),
        strict=True,
    )
    texts = sorted(
        _as_json({"code": code, "date": day, "description": description, "pages": pages})
        for code, day, description, pages in members
    )
    return f'{{"documents":[{",".join(texts)}],"history":{_as_json(history)}}}'


def data_sha256(documents: pd.DataFrame, history: str) -> str:
    """Return the SHA-256 of the documents of one history, in hexadecimal, computed as described above.

    Args:
        documents: Rows of the `documents` table that the report shows, of this history and of others, in any order.
        history: The history whose documents are meant.
    """
    return _sha256(canonical_json(documents, history))


def all_sha256(values: Mapping[str, str]) -> str:
    """Return the SHA-256 of several histories from the value of each, by history."""
    return _sha256(_as_json(dict(values)))


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
