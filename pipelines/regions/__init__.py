"""A network room's release: the packages of several regions merged into one."""
