"""Adding a record that the coder missed: words selected, a small form, a signed verdict."""

from datetime import UTC, datetime
from secrets import token_hex
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import Response

from dragoman.codec import format_json
from dragoman.errors import ConflictError, InputError
from dragoman.store import Store
from dragoman.store.derived import Follower
from dragoman.types.record import Coding
from dragoman.types.review import Judgement, Verdict
from dragoman.types.text import Document, Span
from dragoman.web.adding import blank_value, make_addition
from dragoman.web.editing import NAMES, Ground, lay_ground, make_editor, refill
from dragoman.web.forms import Form, read_form
from dragoman.web.pages.reviewing.review import decision_id, reviewer_of
from dragoman.web.quoting import find_words, read_bounds
from dragoman.web.site import go_to, path_part, session_of, show, site_of
from dragoman.web.spans import cut_text
from dragoman.web.words import reveal

_NOTE = 2000


def form(request: Request, id: str) -> Response:
    """The form over the words that were selected, empty but for them."""
    asked = request.query_params
    if not (request.state.token or session_of(request).reviewer):
        return show(request, "review_name.html", then=f"{request.url.path}?{request.url.query}")
    store = site_of(request).store
    document = store.document(id)
    selected = _selected(document.text, asked.get("words", ""), asked.get("at", ""))
    ground = _ground(store, document, asked.get("kind") or "event", selected)
    return _show(request, document, ground, selected, then=asked.get("then", ""))


def _selected(text: str, words: str, at: str) -> Span | None:
    return find_words(text, words, at=at) if words.strip() else read_bounds(text, at)


def _ground(store: Store, document: Document, kind: str, selected: Span | None) -> Ground:
    value = blank_value(kind, document, _coding(store, document).provenance, selected)
    near = list(store.records(document=document.id).order("text").limit(200).entries())
    return lay_ground(value, document.text, near)


def _coding(store: Store, document: Document) -> Coding:
    return store.coded_document(document.id).coding


def _show(
    request: Request,
    document: Document,
    ground: Ground,
    selected: Span | None,
    *,
    then: str,
    sent: Form | None = None,
    wrong: str = "",
    status: int = 200,
) -> Response:
    editor = make_editor(ground)
    records = [entry.record for entry in site_of(request).store.records(document=document.id).entries()]
    return show(
        request,
        "add.html",
        status=status,
        document=document,
        chosen=ground.kind,
        kinds=tuple(NAMES),
        editor=editor if sent is None else refill(editor, sent),
        paragraphs=cut_text(document.text, records, document.furniture, chosen=selected),
        words=sent.one("words") if sent else reveal(selected.of(document.text)) if selected else "",
        at=sent.one("words_at") if sent else f"{selected.start}-{selected.end}" if selected else "",
        note=sent.one("note") if sent else "",
        then=then if _is_inside(then) else f"/articles/{path_part(document.id)}",
        decision="v-" + token_hex(8),
        reviewer=reviewer_of(request),
        wrong=wrong,
    )


def _is_inside(path: str) -> bool:
    """True for a path of this site: it is written into a link."""
    return path.startswith("/") and not path.startswith(("//", "/\\"))


def add(request: Request, id: str, form: Annotated[Form, Depends(read_form)]) -> Response:
    """Keeps the record; shows the form again with what is wrong when it says too little or is there already."""
    store, reviewer = site_of(request).store, reviewer_of(request)
    document = store.document(id)
    selected: Span | None = None
    ground = _ground(store, document, form.one("kind", "event"), None)
    try:
        selected = find_words(document.text, form.one("words"), at=form.one("words_at"))
        ground = _ground(store, document, ground.kind, selected)
        value = make_addition(form, ground, Follower())
        store.add_verdict(_verdict(value, form, reviewer))
    except (InputError, ConflictError) as error:
        status = 412 if isinstance(error, ConflictError) else 400
        then = form.one("then")
        return _show(request, document, ground, selected, then=then, sent=form, wrong=str(error), status=status)
    then = form.one("then") or f"/articles/{path_part(id)}"
    return go_to(f"{then}#c-{value['id']}" if then.startswith("/articles/") else then)


def _verdict(value: Any, form: Form, reviewer: str) -> Verdict:
    return Verdict(
        id=decision_id(form.one("decision")),
        record=value["id"],
        document=value["document"],
        reviewer=reviewer,
        decided_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        judgement=Judgement.ADD,
        value=format_json(value),
        note=form.one("note")[:_NOTE],
    )
