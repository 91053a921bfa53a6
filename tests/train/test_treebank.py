import gzip
import json
from pathlib import Path

from dragoman.train.lexicon import write_lexicon
from dragoman.train.treebank import read_entities, read_treebank

CONLLU = """# newdoc id = talk-1
# sent_id = talk-1-1
1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDo\tdo\tAUX\tVB\t_\t3\taux\t_\t_
2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
3\twait\twait\tVERB\tVB\t_\t0\troot\t_\t_
3.1\t_\t_\t_\t_\t_\t_\t_\t_\t_

# sent_id = talk-1-2
1\tLeft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "part.gz"
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_ranges_and_empty_nodes_are_left_out(tmp_path: Path) -> None:
    first = next(read_treebank(written(tmp_path, CONLLU)))
    assert first.words == ("Do", "n't", "wait")
    assert first.heads == (2, 2, -1)


def test_sentence_without_a_blank_line_behind_it_is_read(tmp_path: Path) -> None:
    sentences = list(read_treebank(written(tmp_path, CONLLU)))
    assert [sentence.words[0] for sentence in sentences] == ["Do", "Left"]
    assert {sentence.document for sentence in sentences} == {"talk-1"}


def test_rare_kinds_are_folded_and_tags_repaired(tmp_path: Path) -> None:
    rows = [
        {"tokens": ["Oman", "Gate", "bridge"], "tags": ["I-Facility", "I-Facility", "O"]},
        {"tokens": [], "tags": []},
    ]
    (sentence,) = read_entities(written(tmp_path, json.dumps({"sentences": rows}) + "\n"))
    assert sentence.tags == ("B-Location", "I-Location", "O")


def test_lexicon_keeps_agreed_lemmas_that_rules_would_miss(tmp_path: Path) -> None:
    sentences = list(read_treebank(written(tmp_path, CONLLU)))
    rows = write_lexicon(sentences, tmp_path / "lemmas.tsv")
    lines = (tmp_path / "lemmas.tsv").read_text("utf-8").splitlines()
    assert rows == len(lines)
    assert "left\tVBD\tleave" in lines
    assert "wait\tVB\twait" not in lines
