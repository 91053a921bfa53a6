"""Agreement of the second, blind reading with the first: agreement.py --texts NEWS_DIR [--newswire FILE]."""

import argparse
from pathlib import Path

from dragoman.train.agreement import Agreement, compare_readings
from dragoman.train.corpus import load_file, load_reports
from dragoman.train.news_texts import open_texts

HERE = Path(__file__).parent


def print_agreement(name: str, found: Agreement) -> None:
    """One block of figures."""
    print(f"{name}: {found.reports} reports, {found.events[0]} and {found.events[1]} events")
    print("  F1     " + ", ".join(f"{layer} {value:.1f}" for layer, value in found.f1))
    print("  alpha  " + ", ".join(f"{layer} {value:.2f}" for layer, value in found.alpha))


def main() -> None:
    """Compare every file in `second` with the corpus."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--newswire", type=Path)
    given = parser.parse_args()
    first = load_reports(HERE, given.texts, newswire=given.newswire)
    texts = open_texts(given.texts, given.newswire)
    for file in sorted((HERE / "second").glob("*")):
        print_agreement(file.name, compare_readings(first, load_file(file, texts)))


if __name__ == "__main__":
    main()
