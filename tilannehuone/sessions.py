"""Who is still logged in: kept by the server, whatever a browser's cookie says."""

from dataclasses import dataclass
from threading import Lock

NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a session lasts, in seconds: since its last use, and since the login."""

    idle: float
    absolute: float


class Sessions:
    """The sessions of this process by a digest of their cookie.

    A session that this process has not met, because it was started anew, counts as used last at
    the login. One process serves an instance.
    """

    def __init__(self) -> None:
        self._used: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def use(self, key: str, began: float, now: float, limits: Limits) -> bool:
        """Note that a session is used, and return whether it may be; one that ended stays so.

        `began` is the moment of the login, in seconds, as `now` is.
        """
        with self._lock:
            _, last = self._used.get(key, (began, began))
            is_open = now - last <= limits.idle and now - began <= limits.absolute
            self._used[key] = (began, max(last, now) if is_open else NEVER)
            if len(self._used) % 100 == 0:
                self._forget(now - limits.absolute)
        return is_open

    def end(self, key: str, began: float) -> None:
        """End a session: its cookie opens nothing any more, wherever a copy of it lies."""
        with self._lock:
            self._used[key] = (began, NEVER)

    def _forget(self, before: float) -> None:
        """Drop those that the absolute limit refuses in any case."""
        self._used = {key: one for key, one in self._used.items() if one[0] >= before}
