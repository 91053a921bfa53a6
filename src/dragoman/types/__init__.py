"""Frozen values that the rooms of dragoman hand to each other."""
