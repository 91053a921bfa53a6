"""Texts that were sent in capitals get small letters back."""

from dragoman.train.truecase import Truecaser

SEEN = [("The", "army", "told", "us", "of", "Lima", "."), ("He", "saw", "the", "US", "envoy", "and", "US", "aid")]


def test_words_come_in_their_usual_form() -> None:
    assert Truecaser.learn(SEEN).restore("THE ENVOY SAW LIMA") == "The envoy saw Lima"


def test_the_small_form_wins_when_it_is_not_rare() -> None:
    assert Truecaser.learn(SEEN).restore("ENVOY TOLD US") == "Envoy told us"
    often = [("x", "US")] * 50
    assert Truecaser.learn([*SEEN, *often]).restore("ENVOY TOLD US") == "Envoy told US"


def test_unknown_words_are_names_unless_their_ending_says_otherwise() -> None:
    assert Truecaser.learn(SEEN).restore("ARMY CONDEMNING ZACATECOLUCA") == "Army condemning Zacatecoluca"


def test_sentences_and_paragraphs_begin_with_a_capital() -> None:
    assert Truecaser.learn(SEEN).restore('ARMY SAW. "ENVOY SAW."\n\nARMY.') == 'Army saw. "Envoy saw."\n\nArmy.'


def test_letters_with_points_stay() -> None:
    assert Truecaser.learn(SEEN).restore("THE U.S. ARMY") == "The U.S. army"
