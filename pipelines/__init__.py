"""The steps from extracts to a release: load, validate, aggregate, protect, analyse, publish."""
