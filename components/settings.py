"""The settings: one typed class, read from the environment and from `.streamlit/secrets.toml`.

The environment wins. Secrets are `SecretStr`, so that no `repr`, log line or traceback shows them.
"""

import os
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Literal, Self

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from components.outgoing import OutgoingConnections, Proxy, check_root_certificates

SECRETS_FILE = Path(__file__).resolve().parent.parent / ".streamlit" / "secrets.toml"
DEFAULT_BASE_URL = "https://connect.patsnap.com"
DEFAULT_PATH = "/advanced-patent-data/overseas-patent-documents"
DEFAULT_PDF_ORIGINS = "https://open.patsnap.com,https://open.zhihuiya.com"
_PRICE: Final = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,4}))?\s*([A-Za-z]{3})")
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}\b")
"""`1,200` is twelve hundred to some and one and a fifth to others."""


@dataclass(frozen=True, slots=True)
class Price:
    """What one look-up costs."""

    amount: Decimal
    currency: str
    """Three letters (ISO 4217)."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the price that a text such as `0.85 EUR` or `1,20 CHF` names.

        Raises:
            ValueError: it names none, or may be read as two.
        """
        parts = _PRICE.fullmatch(text.strip())
        if parts is None or _THOUSANDS.match(text.strip()) or not Decimal(f"{parts[1]}.{parts[2] or 0}"):
            raise ValueError(
                "REVIEW_PRICE is the price of one look-up: an amount above 0 without a thousands separator, a blank "
                "and a currency of three letters, such as 0.85 EUR or 1,20 CHF; empty shows no money"
            )
        return cls(Decimal(f"{parts[1]}.{parts[2]}" if parts[2] else parts[1]), parts[3].upper())

    @property
    def decimals(self) -> int:
        """How many decimals amounts are written with: as many as the price has, but never one alone."""
        exponent = self.amount.as_tuple().exponent
        return max(-exponent, 2) if isinstance(exponent, int) and exponent else 0

    def of(self, count: int) -> str:
        """Return what so many look-ups cost: `85.00 EUR`, `1,020.00 CHF`."""
        return f"{self.amount * count:,.{self.decimals}f} {self.currency}"


class Settings(BaseSettings):
    """All settings; each field is the environment variable of the same name.

    Raises:
        pydantic.ValidationError: a value is not of its type, or only half of the client credentials is given.
    """

    model_config = SettingsConfigDict(
        extra="ignore",
        case_sensitive=False,
        env_ignore_empty=True,
        hide_input_in_errors=True,  # a setting that cannot be read may hold a password
    )

    patsnap_api_key: SecretStr | None = None
    """API key of a current account (`sk-…`)."""
    patsnap_client_id: str | None = None
    """Client id of an enterprise account; needs the secret too."""
    patsnap_client_secret: SecretStr | None = None
    patsnap_base_url: str = DEFAULT_BASE_URL
    patsnap_path: str = DEFAULT_PATH
    patsnap_pdf_origins: str = DEFAULT_PDF_ORIGINS
    """Exact origins that a document link may lead to, separated by commas."""
    patsnap_qps: float | None = Field(default=None, gt=0)
    """Calls a second that the account allows; empty: not limited here."""
    patsnap_limit: int = Field(default=1000, ge=1)
    """Documents asked for in one call. If the service refuses so many, 100 are asked for, then 10."""
    patsnap_batch: int = Field(default=25, ge=1, le=100)
    """Patents asked for in one call."""
    patsnap_workers: int = Field(default=8, ge=1, le=64)
    """Calls under way at the same time."""
    patsnap_deadline: float = Field(default=30.0, gt=0)
    """Seconds that one call may take in all."""
    patsnap_repeat_uncertain: int = Field(default=0, ge=0, le=1)
    """How often a call that failed and may have been charged is repeated by itself; the repeat may be charged too."""

    patsnap_proxy: SecretStr | None = None
    """Proxy for calls to PatSnap and for fetching PDFs; may hold a password. Empty: none."""
    patsnap_ca_file: Path | None = None
    """PEM file with the root certificates to trust in place of the usual ones, such as a firm's own."""

    review_store_url: SecretStr | None = None
    """SQLAlchemy URL of the store; empty: an SQLite file in the user's data folder. May hold a password."""
    review_confirm_above: int = Field(default=25, ge=0)
    """A look-up that charges more than this is confirmed once more."""
    review_cap_run: int | None = Field(default=None, ge=0)
    review_cap_day: int | None = Field(default=None, ge=0)
    review_cap_month: int | None = Field(default=None, ge=0)
    """Hard caps on patents charged: per look-up, per day and per calendar month (UTC)."""
    review_fresh_days: int = Field(default=7, ge=0)
    """Age in days from which an open file history is called old. Closed ones do not age."""
    review_pdf_mb: int = Field(default=500, ge=0)
    """How much the PDFs kept in the store may take together, in MB; 0 keeps none."""
    review_ocr: str = ""
    """What reads scans: the absolute path of a Tesseract, `rapidocr` or `none`; empty: the first Tesseract found."""
    review_price: str = ""
    """What one look-up costs, such as `0.85 EUR`: amounts are then shown in money, too."""
    review_serve: Literal["local", "network"] = "local"
    """Whom an account without a login serves: this machine alone, or everybody who can reach it."""
    review_hosts: str = ""
    """Host names under which the app may be opened, separated by commas, besides the one of the login's redirect."""
    review_allow: str = ""
    """Who may enter where a login is configured: addresses, `@domains` and `claim:value`, separated by commas."""
    review_spend: str = ""
    """Who of these may look numbers up and be charged."""
    review_admin: str = ""
    """Who of these sees the whole ledger, sets caps for people and ends sessions."""
    review_workspaces: str = ""
    """Walled-off workspaces, each a name, `=` and its people, separated by semicolons."""
    review_session_hours: float = Field(default=12, gt=0, le=720)
    """Hours after its login at which a session ends."""
    review_session_with_token: bool = False
    """Whether a session also ends with the id token of its login."""
    review_trusted_issuer: str = ""
    """Issuer whose e-mail addresses count although it never says whether it has verified them."""

    @field_validator("patsnap_base_url")
    @classmethod
    def _base_is_an_origin(cls, value: str) -> str:
        value = value.strip().rstrip("/")
        if not value.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise ValueError("PATSNAP_BASE_URL must begin with https:// (plain http only for 127.0.0.1)")
        return value

    @field_validator("patsnap_path")
    @classmethod
    def _path_is_absolute(cls, value: str) -> str:
        return "/" + value.strip().lstrip("/")

    @field_validator("patsnap_proxy")
    @classmethod
    def _proxy_is_an_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value is None or not value.get_secret_value().strip():
            return None
        Proxy.parse(value.get_secret_value())
        return value

    @field_validator("patsnap_ca_file")
    @classmethod
    def _root_certificates_can_be_read(cls, value: Path | None) -> Path | None:
        if value is None or value == Path():
            return None
        check_root_certificates(value)
        return value

    @field_validator("review_ocr", mode="before")
    @classmethod
    def _ocr_can_be_started(cls, value: object) -> str:
        text = str(value).strip()
        if text in ("", "none", "rapidocr"):
            return text
        if not Path(text).is_absolute() or not Path(text).is_file() or not os.access(text, os.X_OK):
            raise ValueError(
                "REVIEW_OCR is the absolute path of a tesseract that this user may start, or rapidocr, or none; empty "
                "takes the first Tesseract that is found"
            )
        return text

    @field_validator("review_price", mode="before")
    @classmethod
    def _price_is_an_amount_of_money(cls, value: object) -> str:
        text = str(value).strip()
        if text:
            Price.parse(text)
        return text

    @model_validator(mode="after")
    def _has_whole_credentials(self) -> Self:
        if (self.patsnap_client_id is None) != (self.patsnap_client_secret is None):
            raise ValueError("PATSNAP_CLIENT_ID and PATSNAP_CLIENT_SECRET must be set together")
        return self

    @property
    def account(self) -> Literal["api key", "client credentials", "sandbox"]:
        """How calls are authenticated; without credentials the sandbox serves. An API key goes first."""
        if self.patsnap_api_key is not None:
            return "api key"
        return "sandbox" if self.patsnap_client_id is None else "client credentials"

    @property
    def outgoing(self) -> OutgoingConnections:
        """How connections to PatSnap and to the hosts of its documents are made."""
        proxy = self.patsnap_proxy
        return OutgoingConnections(
            proxy=None if proxy is None else Proxy.parse(proxy.get_secret_value()), ca_file=self.patsnap_ca_file
        )

    @property
    def pdf_origins(self) -> tuple[str, ...]:
        """The exact origins that a document link may lead to."""
        return tuple(part.strip().rstrip("/") for part in self.patsnap_pdf_origins.split(",") if part.strip())

    @property
    def price(self) -> Price | None:
        """What one look-up costs; `None` if no money is to be shown."""
        return Price.parse(self.review_price) if self.review_price else None

    @property
    def hosts(self) -> frozenset[str]:
        """The host names of `REVIEW_HOSTS`, in lower case."""
        return frozenset(part.strip().lower() for part in self.review_hosts.split(",") if part.strip())

    @property
    def store_url(self) -> SecretStr:
        """Where the store is: as set, else a file in the user's data folder."""
        if self.review_store_url is not None:
            return self.review_store_url
        folder = Path(platformdirs.user_data_dir("prosecution-review", appauthor=False))
        return SecretStr(f"sqlite:///{folder / 'store.db'}")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments, then the environment, then the secrets file."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, InitSettingsSource(settings_cls, _secrets_in(SECRETS_FILE))


def _secrets_in(file: Path) -> dict[str, Any]:
    """Return the settings of a secrets file by lower-case name, without its sections; empty if there is none."""
    if not file.is_file():
        return {}
    entries = tomllib.loads(file.read_text(encoding="utf-8"))
    return {name.lower(): value for name, value in entries.items() if not isinstance(value, dict)}


def setting_problems(error: ValidationError) -> list[str]:
    """Return what is wrong with the settings, a sentence for each, without any value."""
    problems = []
    for line in error.errors(include_input=False, include_url=False, include_context=False):
        name = "_".join(str(part) for part in line["loc"]).upper()
        problems.append(f"{name or 'Settings'}: {line['msg'].removeprefix('Value error, ')}")
    return problems
