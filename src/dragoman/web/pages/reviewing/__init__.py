"""Pages on which people decide: one record at a time, missed ones, what belongs together, codings side by side."""
