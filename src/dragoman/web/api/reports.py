"""Reports in through the API: with a token that has the scope `ingest`, or on one's own machine."""

from dataclasses import asdict
from datetime import date

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from dragoman.errors import InputError
from dragoman.ingest.options import Found
from dragoman.web.api.bodies import need_json
from dragoman.web.api.single import json_response
from dragoman.web.errors import refuse
from dragoman.web.site import site_of

_MOST = 100


class Report(BaseModel):
    """A report as it was published. Without an id it gets one from its text, so that sending it twice is harmless."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(description="The text of the report, at most 100,000 characters.")
    id: str | None = Field(default=None, min_length=1, max_length=200, description="An id of your own.")
    title: str | None = Field(default=None, max_length=2000)
    published: date | None = Field(default=None, description="Day of publication; without it, undated days stay so.")
    publisher: str | None = Field(default=None, max_length=500)
    url: str | None = Field(default=None, max_length=2000)
    language: str | None = Field(default=None, max_length=20, description="en; else told by the words.")


class Reports(BaseModel):
    """Reports that are read, coded and kept as one run."""

    model_config = ConfigDict(extra="forbid")

    documents: list[Report] = Field(min_length=1, max_length=_MOST)


def add_reports(request: Request, reports: Reports) -> Response:
    """Reads, codes and keeps; says of each report whether it is new, there already, skipped or failed, and why.

    201 when something is new, 200 when all was there, 422 when nothing could be kept. What the time does not suffice
    for is said, and can be sent again with the rest: what is kept already is not coded twice.
    """
    need_json(request)
    token = request.state.token
    taken = site_of(request).intake.take(
        [_found(report) for report in reports.documents], origin=f"api:{token.name if token else 'local'}"
    )
    outcomes = {one.outcome for one in taken.reports}
    if not outcomes & {"new", "there"}:
        said = "; ".join(f"document {number}: {one.reason}" for number, one in enumerate(taken.reports[:5], 1))
        return refuse(request, 422, said)
    return json_response(asdict(taken), 201 if "new" in outcomes else 200)


def _found(report: Report) -> Found:
    if report.id is not None and not report.id.isprintable():
        raise InputError(f"id {report.id[:40]!r}: expected printable characters")
    return Found(
        text=report.text,
        id=report.id,
        title=report.title,
        date=report.published.isoformat() if report.published else None,
        publisher=report.publisher,
        url=report.url,
        language=report.language,
    )
