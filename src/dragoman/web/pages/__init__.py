"""Pages for people: read, explore, review."""
