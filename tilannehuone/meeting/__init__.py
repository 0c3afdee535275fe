"""What people write: meetings, promises, observations, and what became of them.

It lives in a database of its own, apart from releases: `book` writes and reads it, `objects` says
what there is, and the other modules are pure: they decide, and touch neither files nor screens.
"""
