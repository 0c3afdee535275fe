"""The stranger: reads a release file, knows nothing of how it was made, and tries to undo it."""
