"""A typed number: its standing, its kind, and the ways in which it can be read."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from components.numbers.errors import NotSettled


class Standing(StrEnum):
    """How far a typed number is understood before anything is looked up."""

    UNDERSTOOD = "understood"
    """It has one reading."""
    AMBIGUOUS = "ambiguous"
    """It has several readings, of which the user chooses one."""
    REFUSED = "refused"
    """It has no reading, or must not be asked for."""
    DOUBLED = "doubled"
    """It has one reading, and the same number stands earlier in the list."""


class NumberKind(StrEnum):
    """The kind of document or application that a number identifies, in words for people."""

    US_GRANT = "US grant"
    US_PUBLICATION = "US publication"
    US_APPLICATION = "US application"
    US_DESIGN = "US design"
    US_DESIGN_APPLICATION = "US design application"
    US_HAGUE_DESIGN = "US design application (Hague)"
    US_PROVISIONAL = "US provisional application"
    US_EX_PARTE = "US ex parte reexamination"
    US_INTER_PARTES = "US inter partes reexamination"
    US_SUPPLEMENTAL = "US supplemental examination"
    US_PLANT = "US plant patent"
    US_REISSUE = "US reissue"
    US_SIR = "US statutory invention registration"
    US_DEFENSIVE = "US defensive publication"
    US_REEXAMINATION = "US reexamination certificate"
    US_IMPROVEMENT = "US additional improvement"
    US_X_PATENT = "US patent of 1790 to 1836"
    US_X_REISSUE = "US reissue of 1790 to 1836"
    US_PROTEST = "US trial voluntary protest publication"
    EP_PUBLICATION = "EP publication"
    EP_APPLICATION = "EP application"
    WO_PUBLICATION = "WO publication"
    PCT_APPLICATION = "PCT application"
    JP_KOKAI = "JP publication (kokai)"
    JP_KOKOKU = "JP examined publication (kokoku)"
    JP_PATENT = "JP patent"
    JP_APPLICATION = "JP application"
    JP_DESIGN = "JP design"
    JP_UTILITY = "JP utility model"
    KR_PATENT = "KR patent"
    KR_PUBLICATION = "KR publication"
    KR_APPLICATION = "KR application"
    KR_EXAMINED = "KR examined publication"
    KR_UTILITY = "KR utility model"
    KR_DESIGN = "KR design"
    DE_PUBLICATION = "DE publication"
    DE_APPLICATION = "DE application"
    OTHER = "publication of another office"
    OTHER_APPLICATION = "application of another office"


NumberField = Literal["patent_number", "apno"]
"""The field of a request to P048 that takes a typed number.

The service knows a third, `patent_id`, for its own identifiers, which nobody types: see `patsnap.IdentifierField`.
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what was typed."""

    kind: NumberKind
    field: NumberField
    normalised: str
    """The service's form; without a kind code (`US7654321`) where several kind codes have to be tried."""
    request_forms: tuple[str, ...]
    """The forms to ask for, in order, until one is known: `("US7654321B2", "US7654321B1")` or `(normalised,)`."""
    display_form: str
    """The form for the screen: `US 11,205,304 B2`, `14/706,838`."""
    note: str = ""
    """What the user should know about this reading; empty where there is nothing to say."""

    @property
    def office(self) -> str:
        """Code of the office that publishes or examines it: `US`; `WO` for an international application."""
        return "WO" if self.normalised.startswith("PCT/") else self.normalised[:2]


@dataclass(frozen=True, slots=True)
class Number:
    """One item of what was typed or uploaded, and how it was understood."""

    typed: str
    """What was typed for this item, trimmed, and cut at 300 characters. Untrusted text: escape before showing."""
    standing: Standing
    readings: tuple[Reading, ...]
    """One if understood or doubled, two or more if ambiguous, none if refused."""
    reason: str = ""
    """Why it was refused, what is ambiguous or which item it doubles, and what to do; words for the user."""
    double_of: int | None = None
    """Index (from 0) of the first occurrence in the list, for a doubled number."""

    @property
    def reading(self) -> Reading:
        """The only reading.

        Raises:
            NotSettled: the number is ambiguous (choose first) or refused.
        """
        if len(self.readings) != 1:
            raise NotSettled(f"“{self.typed}” has {len(self.readings)} readings. Choose one before it is looked up.")
        return self.readings[0]
