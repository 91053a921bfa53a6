"""`dragoman evaluate`: measures the coder on annotated sets, and holds it to its floors."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.guard import FAILED, say
from dragoman.errors import ConfigError

if TYPE_CHECKING:
    from dragoman.evaluate.gate import Floors
    from dragoman.evaluate.sets import Bench, EvaluationSet, SetResult

app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)


class Output(StrEnum):
    """Forms of the result."""

    TABLE = "table"
    MARKDOWN = "markdown"
    JSONL = "jsonl"


class Split(StrEnum):
    """Parts of the corpus that are not trained on."""

    DEV = "dev"
    TEST = "test"


@app.command()
def evaluate(
    data: Annotated[Path | None, typer.Option(file_okay=False, help="Folder of the open data.")] = None,
    corpus: Annotated[Path | None, typer.Option(file_okay=False, help="Folder of the annotated corpus.")] = None,
    lists: Annotated[Path | None, typer.Option(file_okay=False, help="Folder of the project's test lists.")] = None,
    sets: Annotated[str | None, typer.Option(help="Only these sets, with commas between; 'help' lists them.")] = None,
    split: Annotated[Split, typer.Option(help="Part of the corpus; use dev while you change things.")] = Split.TEST,
    model: Annotated[Path | None, typer.Option(file_okay=False, help="Model folder [the shipped one].")] = None,
    codebook: Annotated[str, typer.Option(help="Name or file of the codebook.")] = "plover",
    engine: Annotated[str, typer.Option(help="model, or rules for the codebook alone.")] = "model",
    floors: Annotated[Path, typer.Option(dir_okay=False, help="File of pinned floors.")] = Path(
        "evaluation/floors.json"
    ),
    gate: Annotated[bool, typer.Option("--gate", help="Exit with 1 when a figure is below its floor.")] = False,
    pin: Annotated[bool, typer.Option("--pin", help="Write what was measured to the file of floors.")] = False,
    lower: Annotated[
        bool, typer.Option("--lower", help="With --pin: floors may fall. Say why in CHANGELOG.md.")
    ] = False,
    errors: Annotated[
        bool, typer.Option("--errors", help="Also thresholds, calibration and errors by category.")
    ] = False,
    output: Annotated[Output, typer.Option(help="Form of the result.")] = Output.TABLE,
) -> None:
    """Measure the coder on annotated sets: one line a figure. Sets whose files are not there are skipped, and said."""
    from dragoman.coder import Coder
    from dragoman.evaluate.sets import Bench, measure_set

    chosen = _choose_sets(sets)
    coder = Coder.open(codebook, model=model, engine=engine)
    bench = Bench(coder=coder, data=data, corpus=corpus, lists=lists or _beside(floors), split=split.value)
    results = []
    for one in chosen:
        say(f"{one.name} …")
        results.append(measure_set(bench, one))
    pinned = _load_floors(floors, required=gate)
    _print_results(results, pinned, coder.model.version, output)
    if errors:
        _print_errors(bench)
    if pin:
        _pin(floors, pinned, results, bench, lower=lower)
    elif gate and pinned:
        raise typer.Exit(_check(pinned, results, bench))


def _beside(floors: Path) -> Path | None:
    return floors.parent if floors.parent.is_dir() else None


def _choose_sets(names: str | None) -> list["EvaluationSet"]:
    from dragoman.evaluate.sets import SETS

    if names == "help":
        for one in SETS:
            print(f"{one.name:16} {one.title} ({one.place}: {one.file or one.origin})")
        raise typer.Exit
    if names is None:
        return list(SETS)
    known = {one.name: one for one in SETS}
    asked = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in asked if name not in known]
    if unknown:
        raise ConfigError(f"--sets: no set {', '.join(unknown)}; expected some of {', '.join(known)}")
    return [known[name] for name in asked]


def _load_floors(path: Path, *, required: bool) -> "Floors | None":
    from dragoman.evaluate.gate import load_floors

    return load_floors(path) if required or path.is_file() else None


def _print_results(results: list["SetResult"], floors: "Floors | None", model: str, output: Output) -> None:
    from dragoman.evaluate import tables

    lines = {
        Output.TABLE: lambda: tables.table_lines(results, floors),
        Output.MARKDOWN: lambda: tables.markdown_lines(results),
        Output.JSONL: lambda: tables.json_lines(results, model),
    }
    if output is Output.TABLE:
        print(f"model {model}")
    print("\n".join(lines[output]()))


def _print_errors(bench: "Bench") -> None:
    """Where the corpus was coded: thresholds, calibration, categories and errors, own and real reports apart."""
    from dragoman.evaluate import events, tables

    threshold = bench.coder.calibration.threshold
    for origin, coded in bench.coded.items():
        if coded:
            parts = {
                f"rows over thresholds (default {threshold:.2f})": tables.threshold_lines(
                    events.tabulate_thresholds(coded)
                ),
                "confidence and share right": tables.reliability_lines(events.reliability(coded)),
                "by category": tables.category_lines(events.category_counts(coded, threshold)),
                "errors": tables.confusion_lines(events.count_confusions(coded, threshold)),
            }
            for title, lines in parts.items():
                print(f"\n{origin}, {bench.split}: {title}\n")
                print("\n".join(lines))


def _pin(path: Path, old: "Floors | None", results: list["SetResult"], bench: "Bench", *, lower: bool) -> None:
    from dragoman.evaluate.gate import format_floors, pin_floors

    if old is not None and old.split != bench.split:
        raise ConfigError(
            f"--split {bench.split}: {path} holds floors of the {old.split} split; pin with --split {old.split}"
        )
    new = pin_floors(old, results, model=bench.coder.model.version, split=bench.split, lower=lower)
    path.write_text(format_floors(new), encoding="utf-8")
    say(f"{path}: floors of {len(new.sets)} sets written")


def _check(floors: "Floors", results: list["SetResult"], bench: "Bench") -> int:
    from dragoman.evaluate.gate import check_floors

    if floors.split != bench.split:
        raise ConfigError(f"--split {bench.split}: the floors are of the {floors.split} split")
    breaches = check_floors(floors, results)
    for breach in breaches:
        say(f"{breach.set_name}: {breach.message}")
    skipped = sum(result.skipped is not None for result in results)
    say(f"gate: {len(results) - skipped} sets measured, {skipped} skipped, {len(breaches)} figures fell")
    return FAILED if breaches else 0
