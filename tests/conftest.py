"""Puts the builders of `tests/make.py` within reach of every test."""
