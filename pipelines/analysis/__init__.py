"""The parts of the analyse step: what is shown, its intervals, breaks and targets, its rows."""
