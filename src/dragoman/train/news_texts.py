"""The texts that stand-off annotation is about: a folder of files, or the public newswire file."""

from dataclasses import dataclass, field
from pathlib import Path

from dragoman.train.annotation import CorpusError
from dragoman.train.newswire import document_text, read_newswire

NEWSWIRE = Path("entities") / "worldwide_train.jsonl.gz"


@dataclass(slots=True, kw_only=True)
class NewsTexts:
    """Looks texts up by id: `folder/ID.txt` first, then the articles of `newswire` (read when first needed)."""

    folder: Path | None = None
    newswire: Path | None = None
    articles: dict[str, str] = field(default_factory=dict)

    def get(self, name: str, where: str) -> str:
        """The whole text of `name`.

        Raises CorpusError, naming `where` it was asked, when neither source has it.
        """
        file = self.folder / f"{name}.txt" if self.folder else None
        if file and file.is_file():
            return file.read_bytes().decode("utf-8")
        if not self.articles and self.newswire and self.newswire.is_file():
            self.articles.update((row.id, document_text(row)) for row in read_newswire(self.newswire))
        if name not in self.articles:
            raise CorpusError(
                f"{where}: no text of {name!r} in {self.folder} nor in {self.newswire}; "
                "give the folder of the news texts and the newswire file (corpus/README.md)"
            )
        return self.articles[name]


def open_texts(news_dir: Path | None, newswire: Path | None = None) -> NewsTexts | None:
    """The texts at `news_dir`; the newswire file is looked for beside it when it is not named. None when nothing is.

    `news_dir` may itself be the newswire file.
    """
    if news_dir is None:
        return NewsTexts(newswire=newswire) if newswire else None
    if news_dir.is_file():
        return NewsTexts(newswire=news_dir)
    return NewsTexts(folder=news_dir, newswire=newswire or news_dir.parent / NEWSWIRE)
