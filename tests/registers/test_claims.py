import make_registers as make
from dragoman.registers import build_claim_register

TEXT = "Kenya said Somalia had closed the border on Friday."
CONTENT = "Somalia had closed the border on Friday"


def test_one_speaker_and_the_same_words_are_one_claim():
    reports = [make.report(name, TEXT, make.claim(name, TEXT, CONTENT, "Kenya")) for name in ("r1", "r2")]
    (entry,) = build_claim_register(reports)
    assert (entry.speaker.name, len(entry.tellings)) == ("Kenya", 2)


def test_another_speaker_makes_another_claim():
    reports = [
        make.report(name, TEXT, make.claim(name, TEXT, CONTENT, speaker))
        for name, speaker in (("r1", "Kenya"), ("r2", "Chad"))
    ]
    assert len(build_claim_register(reports)) == 2


def test_unnamed_speakers_are_never_joined():
    reports = [
        make.report(name, TEXT, make.claim(name, TEXT, CONTENT, None, kind="collective")) for name in ("r1", "r2")
    ]
    entries = build_claim_register(reports)
    assert [(entry.speaker, entry.speaker_kind) for entry in entries] == [(None, "collective")] * 2


def test_what_is_said_of_whom_is_listed():
    inner = make.event("r1", TEXT, "closed", "COERCE", "Somalia", "Kenya")
    agreed = make.agreement("r1", TEXT, "border", "Kenya Chad", "signed")
    told = make.claim("r1", TEXT, CONTENT, "Kenya", about=(inner.id, agreed.id, "missing"))
    (entry,) = build_claim_register([make.report("r1", TEXT, inner, agreed, told)])
    assert [(about.kind, about.label) for about in entry.about] == [
        ("event", "COERCE asserted"),
        ("agreement", "border: signed"),
    ]
    assert [party.name for party in entry.about[0].targets] == ["Kenya"]


def test_other_kinds_inside_a_claim_have_a_label():
    stance = make.position("r1", TEXT, "Somalia", "border", "against")
    plan = make.project("r1", TEXT, "border", "proposed")
    belongs = make.membership("r1", TEXT, "Somalia", "border", "member")
    told = make.claim("r1", TEXT, CONTENT, "Kenya", about=(stance.id, plan.id, belongs.id))
    (entry,) = build_claim_register([make.report("r1", TEXT, stance, plan, belongs, told)])
    assert [about.label for about in entry.about] == ["against border", "border: proposed", "member"]
