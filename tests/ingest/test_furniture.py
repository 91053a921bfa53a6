import pytest

from dragoman.ingest.furniture import find_furniture


@pytest.mark.parametrize(
    "line",
    [
        "Leave a review.:",
        "Leave a comment",
        "12 comments",
        "Comments (3)",
        "Share",
        "Share this article",
        "Share on Facebook",
        "Facebook | Twitter | WhatsApp",
        "Read also: Two mayors open a bridge",
        "Read more",
        "* Related articles",
        "Subscribe to our newsletter",
        "Sign up for our daily briefing and never miss a story",
        "Follow us on Telegram",
        "We use cookies to improve your experience.",
        "Accept all cookies",
        "Copyright 2024 The Daily Example. All rights reserved.",
        "© 2024 The Daily Example",
        "Photo: Daily Example/Ann Writer",
        "(Photo by Ann Writer)",
        "Advertisement",
        "Privacy policy | Terms of use | Contact us",
        "Tags: trade, transport",
        "5 min read",
    ],
)
def test_furniture_line_is_marked(line: str) -> None:
    text = f"The ministers met.\n{line}\nThey agreed."
    (mark,) = find_furniture(text)
    assert mark.span.of(text) == line.removeprefix("* ")


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell in Astana on Monday.",
        "Copyright law was changed by parliament.",
        "Comments by the minister angered Yerevan.",
        "Read more than once, the treaty still puzzles lawyers.",
        "Subscribe to the treaty, the envoy told the five states.",
        "Follow the money, prosecutors said.",
        "Photo reporters were beaten at the border.",
        "Home ministers of four states met.",
        "Join forces, the premier urged the opposition.",
        "Register for the vote by May, officials said.",
        "Print media were shut down.",
        "Leave a country with no army and it will be invaded.",
        "Video shows troops crossing the river.",
    ],
)
def test_sentence_that_begins_like_furniture_is_not_marked(line: str) -> None:
    assert find_furniture(f"{line}\n") == ()
