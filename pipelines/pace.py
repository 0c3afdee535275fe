"""How far a step is, how fast it goes, and how long it will still take."""

from collections.abc import Callable
from time import monotonic

Tell = Callable[[float, float, float], None]
"""Called with the share that is done (0–1), the seconds that are left, and units a second."""


class Pace:
    """Tells somebody of a step as it goes on; what is left is guessed from the bytes so far."""

    def __init__(self, total: int, tell: Tell) -> None:
        self.total, self.tell = total, tell
        self.done, self.units, self.began = 0, 0, monotonic()

    def advance(self, size: int, units: int) -> None:
        """Note that `size` more bytes are done, which held `units` rows."""
        self.done += size
        self.units += units
        spent = max(monotonic() - self.began, 1e-3)
        share = min(self.done / self.total, 1.0) if self.total else 1.0
        left = spent * (1 - share) / share if share else 0.0
        self.tell(share, left, self.units / spent)
