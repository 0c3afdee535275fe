"""Who asks a route: the same question as a page's, put to a request's cookies."""

from starlette.requests import HTTPConnection

from tilannehuone.access import Person
from tilannehuone.instance import served_folder
from tilannehuone.ui.person import who


def person_of(request: HTTPConnection) -> Person:
    """Return who sends a request; raise AccessDenied as `tilannehuone.ui.person.person` does.

    No header is trusted: only the cookie that this server has signed counts.
    """
    return who(served_folder(), request.cookies)
