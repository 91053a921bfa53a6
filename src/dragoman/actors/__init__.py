"""Who is meant: mention and date into an actor with country, sector and role."""

from dragoman.actors.coref import Resolver
from dragoman.actors.kb import KnowledgeBase, open_kb
from dragoman.actors.resolve import predict_actor, resolve_actor

__all__ = ["KnowledgeBase", "Resolver", "open_kb", "predict_actor", "resolve_actor"]
