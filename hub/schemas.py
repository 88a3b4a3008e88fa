"""Owns the shapes that answers of the API share: what an answer is, a text in three languages, a problem."""

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from .languages import LANGUAGES

LanguageCode = Literal["en", "fr", "nl"]


class Answer(BaseModel):
    """Anything that the API says. Every field is written down: nothing becomes public by itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Texts(Answer):
    """The same in three languages; empty where it is not told in one."""

    en: str = Field(default="", examples=["Food & drink"])
    fr: str = Field(default="", examples=["Agroalimentaire"])
    nl: str = Field(default="", examples=["Voeding en drank"])

    @classmethod
    def of(cls, thing: object, name: str) -> Self:
        """The attribute `name` of a thing in each language, as it is kept."""
        told: dict[str, Any] = {code: getattr(thing, f"{name}_{code}") for code in LANGUAGES}
        return cls(**told)


class WrongParameter(Answer):
    """What is wrong with one parameter."""

    parameter: str = Field(examples=["page"])
    detail: str = Field(examples=["Input should be less than or equal to 500"])


class Problem(Answer):
    """Why there is no answer (RFC 9457, media type `application/problem+json`)."""

    type: str = Field(default="about:blank", description="always this: the status says which problem it is")
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["No firm is or was listed under this name."])
    errors: tuple[WrongParameter, ...] = Field(
        default=(), description="with status 422: the parameters to mend"
    )
