"""Names in a query: one that nothing reads is an error of the asker, and answered as one."""

from typing import Any

from fastapi import Request

from dragoman.errors import InputError


def refuse_unknown(request: Request) -> None:
    """Raises InputError for a parameter that the route does not take: a filter misspelt would let everything pass."""
    route: Any = request.scope["route"]
    known = sorted(parameter.alias for parameter in route.dependant.query_params)
    for name in request.query_params:
        if name not in known:
            expected = f"expected one of {', '.join(known)}" if known else "this resource takes none"
            raise InputError(f"parameter {name[:40]!r}: {expected}")
