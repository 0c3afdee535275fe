"""What is drawn, kept in memory: the same words for the same release, language, day and reader.

Fifty readers who choose anew every two seconds leave a choice 40 ms of one processor. Drawing a
page takes more than that, and putting it on the screen a third; so a page is drawn once.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import lru_cache, wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar

from tilannehuone.ui.frame import Page

Arguments = ParamSpec("Arguments")
Drawn = TypeVar("Drawn")
Told = TypeVar("Told")


@dataclass(frozen=True)
class Keyed(Generic[Told]):
    """Something to draw from, known in a cache by its `key` alone."""

    key: Hashable
    told: Told = field(compare=False)


def kept(
    most: int,
) -> Callable[
    [Callable[Concatenate[Page, Arguments], Drawn]],
    Callable[Concatenate[Page, Arguments], Drawn],
]:
    """Keep the `most` last used answers of a function of a page and of hashable arguments.

    The function may depend on the release as the reader sees it, the page's name, the language,
    the day and which areas the reader may open; on nothing else of the page, the session or the
    meetings' book. It draws nothing by itself: the page it is given has no place for notices.
    """

    def keeping(
        make: Callable[Concatenate[Page, Arguments], Drawn],
    ) -> Callable[Concatenate[Page, Arguments], Drawn]:
        @lru_cache(maxsize=most)
        def made(seen: Keyed[Page], *args: Arguments.args, **named: Arguments.kwargs) -> Drawn:
            return make(seen.told, *args, **named)

        @wraps(make)
        def asked(page: Page, *args: Arguments.args, **named: Arguments.kwargs) -> Drawn:
            # without what belongs to one session, which would live as long as the answer
            alone = replace(page, notices=None, served=None)
            return made(Keyed(_key(page), alone), *args, **named)  # type: ignore[arg-type]

        return asked

    return keeping


def _key(page: Page) -> tuple[Hashable, ...]:
    return (str(page.release), page.name, page.lang, page.today, page.person.open_areas)
