"""From a place mention to a gazetteer entry, and from a sentence to the mention that says where something happened."""

from dragoman.coding.gazetteer import Gazetteer
from dragoman.coding.place_choice import resolve_place
from dragoman.coding.place_context import PlaceContext, gather_context
from dragoman.coding.place_syntax import choose_event_place

__all__ = ["Gazetteer", "PlaceContext", "choose_event_place", "gather_context", "resolve_place"]
