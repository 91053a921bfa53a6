"""Bring markup files into line with the manual where a rule decides without reading: settle.py [--dry] FILE.txt...

Changes event lines in place and prints every change (file, line, rule, before and after). Running it again changes
nothing. What needs reading (who is meant, whether an act was done) is mended by hand.
"""

import re
import sys
from collections import Counter
from pathlib import Path

# The leaf that a mode decides (manual, decision 21); any other two-digit code becomes the general code of its root.
LEAVES = {
    "ASSAULT.aerial": "195",
    "ASSAULT.drone": "195",
    "ASSAULT.beat": "182",
    "ASSAULT.explosives": "183",
    "ASSAULT.abduct": "181",
    "ASSAULT.torture": "182",
    "ASSAULT.firearms": "193",
    "ASSAULT.primitive": "182",
    "ASSAULT.destroy": "171",
    "ASSAULT.crowd-control": "175",
    "COERCE.arrest": "173",
    "COERCE.deport": "174",
    "COERCE.seize": "171",
    "COERCE.restrict": "172",
    "COERCE.censor": "172",
    "PROTEST.demo": "141",
    "PROTEST.hunger": "142",
    "PROTEST.strike": "143",
    "PROTEST.boycott": "143",
    "PROTEST.obstruct": "144",
    "PROTEST.riot": "145",
    "MOBILIZE.police": "153",
    "MOBILIZE.troops": "154",
    "MOBILIZE.militia": "154",
    "RETREAT.resign": "083",
    "RETREAT.release": "084",
    "RETREAT.withdraw": "087",
    "RETREAT.disarm": "087",
    "RETREAT.ceasefire": "087",
    "RETREAT.access": "086",
    "CONSULT.visit": "042",
    "CONSULT.phone": "041",
    "REQUEST.meet": "026",
    "REJECT.meet": "125",
    "REJECT.assist": "121",
    "THREATEN.violence": "138",
    "THREATEN.territory": "138",
    "ACCUSE.allege": "112",
    "ACCUSE.disapprove": "111",
    "ACCUSE.investigate": "090",
    "SANCTION.convict": "116",
}
HEALTH = re.compile(
    r"doctor|nurse|medic|hospital|clinic|health|surgeon|physician|midwi|ambulance|paramed|pharmac|Asha|^Dr\b|vaccin|patients",
    re.I,
)


# Charges laid before a court (decision 9); "charged that" and a case made in words stay 112 and are mended by hand.
CHARGES = re.compile(r"(charge|charges|charged|indict\w*|trial|lawsuits?|sued|prosecuted)$", re.I)


def settle_event(parts: list[str], health: bool) -> list[str]:
    """Apply the rules to the fields of one event line; returns the names of the rules that changed something."""
    rules = []
    kind, code = parts[1].rsplit(" ", 1)
    if len(code) == 2 or (kind == "RETREAT.resign" and code == "080"):
        parts[1] = f"{kind} {LEAVES.get(kind, code[:2] + '0')}"
        rules.append("code")
    if kind == "ACCUSE.disapprove" and code == "112":
        parts[1] = "ACCUSE.allege 112"
        rules.append("mode of code 112")
    if kind == "ACCUSE.allege" and code == "112" and CHARGES.match(parts[0]):
        parts[1] = "ACCUSE.allege 115"
        rules.append("charges 115")
    if kind == "AGREE" and parts[0].lower().startswith("offer") and parts[4] in ("pledged", "asserted"):
        parts[4] = "signalled"
        rules.append("offer signalled")
    elif kind == "AGREE" and parts[4] == "asserted":
        parts[4] = "pledged"
        rules.append("AGREE pledged")
    if _is_own_word(kind.split(".")[0], parts):
        parts[5] = "report"
        rules.append("own word by report")
    for side in (2, 3):
        settled = "; ".join(_settle_sector(a, health) for a in re.split(r"(?<!\\); ", parts[side]))
        if settled != parts[side]:
            parts[side] = settled
            rules.append("media JRN")
    return rules


# Acts that are done by speaking, and the status they then have (manual, decision 32).
SPOKEN = {
    "asserted": ("ACCUSE", "REQUEST", "STATEMENT", "THREATEN", "REJECT", "SUPPORT"),
    "pledged": ("AGREE", "CONCEDE"),
    "signalled": ("AGREE", "CONCEDE"),
}


def _is_own_word(category: str, parts: list[str]) -> bool:
    """Whether the named speaker does the act by saying it, being its source."""
    speaker = re.fullmatch(r"named: (.+?)(?: / .+)?", parts[5])
    sources = [s.rsplit(" [", 1)[0] for s in re.split(r"(?<!\\); ", parts[2])]
    spoken = category in SPOKEN.get(parts[4], ()) and parts[3] != "&"
    return bool(speaker) and spoken and speaker[1] in sources


def _settle_sector(actor: str, health: bool) -> str:
    """MED is health; newspapers, broadcasters and reporters are JRN."""
    words = actor.rsplit("[", 1)[0].strip()
    if not actor.endswith(" MED]") or HEALTH.search(words) or health:
        return actor
    return actor[: -len("MED]")] + "JRN]"


def _health_reports(lines: list[str]) -> set[int]:
    """Line numbers that lie in reports whose MED actors are health workers."""
    found: set[int] = set()
    start = 0
    for end in [*(n for n, line in enumerate(lines) if line.startswith("== ")), len(lines)]:
        actors = re.findall(r"([^|;]*) \[[A-Z-]+ MED\]", "\n".join(x for x in lines[start:end] if x.startswith("e ")))
        if any(HEALTH.search(a) for a in actors):
            found |= set(range(start, end))
        start = end
    return found


def settle_file(path: Path, dry: bool) -> Counter[str]:
    """Settle one file and print its changes."""
    lines = path.read_text(encoding="utf-8").split("\n")
    health = _health_reports(lines)
    count: Counter[str] = Counter()
    for number, line in enumerate(lines):
        if line.startswith("@ ") and " MED |" in line and number not in health and not HEALTH.search(line):
            lines[number] = line.replace(" MED |", " JRN |")
            count["media JRN"] += 1
        if not line.startswith("e "):
            continue
        parts = [p.strip() for p in re.split(r"(?<!\\)\|", line[2:])]
        if len(parts) != 9:
            continue
        rules = settle_event(parts, number in health)
        if rules:
            count.update(rules)
            lines[number] = "e " + " | ".join(parts)
            print(f"{path.name}:{number + 1}: {', '.join(rules)}: {line} => {lines[number]}")
    if not dry:
        path.write_text("\n".join(lines), encoding="utf-8")
    return count


def main(arguments: list[str]) -> None:
    """Settle all files named."""
    total: Counter[str] = Counter()
    for name in [a for a in arguments if not a.startswith("-")]:
        total += settle_file(Path(name), "--dry" in arguments)
    print(dict(total))


if __name__ == "__main__":
    main(sys.argv[1:])
