"""`dragoman parse`: raw text or CoNLL-U in, CoNLL-U out."""

import sys
from collections.abc import Iterator
from typing import IO

from dragoman.cli.guard import DONE, FAILED, PARTLY, open_coder, read_settings, say
from dragoman.errors import InputError, OriginError
from dragoman.ingest import read
from dragoman.ingest.streams import STDIN, open_origin, read_lines
from dragoman.language.conllu import Block, blocks_of, document_of, fill, read_conllu, write_block
from dragoman.types.coding import CoderLike
from dragoman.types.text import Rejected, Rejection

_LONGEST_LINE = 1_000_000
_SENTENCES_AT_A_TIME = 200


def run_parse(origins: tuple[str, ...], *, format: str, pretokenized: bool, quiet: bool) -> int:
    """Prints the parse of each input; returns the exit code."""
    coder = open_coder(read_settings({}))
    parse = _parse_blocks if pretokenized else _parse_text
    done = failed = 0
    for item in parse(origins, format, coder):
        if isinstance(item, Rejected):
            failed += item.kind is not Rejection.IGNORED
            if item.kind is not Rejection.IGNORED:
                say(f"{item.origin}: {item.reason}")
        else:
            done += 1
            sys.stdout.write(write_block(item))
    if not quiet:
        say(f"{done} sentences, {failed} inputs failed")
    return (PARTLY if done else FAILED) if failed else DONE


def _parse_text(origins: tuple[str, ...], format: str, coder: CoderLike) -> Iterator[Block | Rejected]:
    for item in read(origins, format=format):
        if isinstance(item, Rejected):
            yield item
        else:
            yield from blocks_of(coder.parse(item))


def _parse_blocks(origins: tuple[str, ...], format: str, coder: CoderLike) -> Iterator[Block | Rejected]:
    for origin in origins:
        try:
            for group in _groups(_read_blocks(origin)):
                parsed = coder.parse_tokens(document_of(group, document_id=origin, origin=origin))
                for block, sentence in zip(group, parsed.sentences, strict=True):
                    yield fill(block, sentence)
        except InputError as error:
            yield Rejected(origin=origin, reason=str(error))


def _read_blocks(origin: str) -> Iterator[Block]:
    with open_origin(origin) as stream:
        yield from read_conllu(_lines(stream), origin="standard input" if origin == STDIN else origin)


def _lines(stream: IO[bytes]) -> Iterator[str]:
    for number, line, note in read_lines(stream, limit=_LONGEST_LINE):
        if line is None:
            raise OriginError(f"line {number}: {note}")
        yield line


def _groups(blocks: Iterator[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if len(group) == _SENTENCES_AT_A_TIME:
            yield group
            group = []
    if group:
        yield group
