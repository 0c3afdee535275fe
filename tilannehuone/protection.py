"""`protect` of a measure: what may be shown of it, and how the rest is kept from the reader."""

from typing import Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from tilannehuone.declared import Declared, broken_rule

ROUNDED_KINDS = ("count", "rate", "proportion")
"""Kinds whose parts may be printed rounded: their numbers come from counts alone."""


class Protection(Declared):
    """Overrides of the instance's rules against disclosure.

    `rounding` prints every count as the nearest multiple of `base` instead of hiding small ones.
    """

    method: Literal["suppression", "rounding"] = "suppression"
    k_min: int = Field(default=5, ge=3)
    complement: bool = True
    denominator_min: int = Field(default=0, ge=0)
    show_zero: bool = False
    n_min: int = Field(default=10, ge=5)  # of a median or a mean
    base: int | None = Field(default=None, ge=6)  # of rounding; twice k_min unless told

    @property
    def rounds(self) -> bool:
        """Whether counts are printed rounded."""
        return self.method == "rounding"

    @property
    def rounding_base(self) -> int:
        """Counts are printed as multiples of this where the method is rounding."""
        return self.base or 2 * self.k_min

    @property
    def most_as_zero(self) -> int:
        """The largest count that rounding prints as 0; halves go down."""
        return self.rounding_base // 2

    @field_validator("base")
    @classmethod
    def _zero_covers_all_small(cls, base: int | None, info: ValidationInfo) -> int | None:
        if base is None:
            return None
        if info.data.get("method") == "suppression":
            raise broken_rule("base_of_rounding")
        least = 2 * info.data.get("k_min", 0)
        if base < least:
            raise broken_rule("base_too_small", least=least)
        return base

    @model_validator(mode="after")
    def _zero_looks_like_any_small(self) -> Self:
        if self.method == "rounding" and self.show_zero:
            raise broken_rule("rounding_has_no_zero")
        return self
