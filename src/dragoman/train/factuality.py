"""Predicates judged for factuality (UDS-IH2 on UD English EWT dev) as training sentences.

Half of the documents train, the other half is kept for measuring; the halves follow from the document's name.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from dragoman.train.event_data import EventSentence


def is_held_out(sentence_id: str) -> bool:
    """True for sentences of the documents that are only measured on; `sentence_id` is `DOCUMENT-NUMBER`."""
    document = sentence_id.rpartition("-")[0] or sentence_id
    return sha256(document.encode()).digest()[0] % 2 == 0


def read_factuality(path: Path) -> Iterator[EventSentence]:
    """The training half, one sentence with all its judged predicates."""
    judged: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    words: dict[str, tuple[str, ...]] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if not is_held_out(row["sent_id"]):
                judged[row["sent_id"]].append((int(row["token_index"]), int(row["label"])))
                words[row["sent_id"]] = tuple(row["tokens"])
    for sentence_id, labels in judged.items():
        yield EventSentence(
            report=sentence_id,
            origin="web",
            split="train",
            words=words[sentence_id],
            spans=(),
            triggers=(),
            happened=tuple(dict.fromkeys(labels)),
        )
