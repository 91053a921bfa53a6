from dragoman.pipeline import Coded, run
from dragoman.types.text import Document, Rejected, Rejection
from make_coder import MadeCoder

SPANISH = (
    "El presidente se reunió con la ministra en la capital y los dos hablaron de la frontera, pero no firmaron el "
    "acuerdo que las empresas de la región esperan desde hace un año para abrir los mercados."
)


def made(text: str, language: str | None = None) -> Document:
    return Document(id="d", text=text, origin="made.txt", language=language)


def coded(item: Document | Rejected, limit: float = 60.0) -> Coded | Rejected:
    (result,) = run([item], MadeCoder(), limit=limit)
    return result


def test_document_is_coded() -> None:
    result = coded(made("Arman visited Armenia."))
    assert isinstance(result, Coded)
    assert len(result.coding.records) == 1


def test_rejected_items_pass_through() -> None:
    rejected = Rejected(origin="a", reason="empty")
    assert coded(rejected) == rejected


def test_other_language_is_said_and_not_coded() -> None:
    result = coded(made(SPANISH))
    assert isinstance(result, Rejected)
    assert result.kind is Rejection.SKIPPED
    assert result.reason.startswith("not coded: the text is in Spanish")


def test_stated_language_is_believed() -> None:
    assert isinstance(coded(made(SPANISH, language="en")), Coded)
    assert isinstance(coded(made("Arman visited Armenia.", language="fr")), Rejected)


def test_report_that_breaks_the_coder_is_rejected_and_the_next_is_coded() -> None:
    broken, fine = run([made("Breaks."), made("Arman visited Armenia.")], MadeCoder())
    assert isinstance(broken, Rejected)
    assert broken.reason == "not coded: KeyError: 'made to break'"
    assert isinstance(fine, Coded)


def test_report_over_the_time_limit_is_rejected_and_the_next_is_coded() -> None:
    slow, fine = run([made("Sleeps."), made("Arman visited Armenia.")], MadeCoder(), limit=0.05)
    assert isinstance(slow, Rejected)
    assert slow.reason == "not coded: the time limit of 0.05 s was reached"
    assert isinstance(fine, Coded)
