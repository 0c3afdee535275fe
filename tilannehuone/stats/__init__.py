"""Statistics as pure functions: arrays in, frozen results out; no files, no screens."""
