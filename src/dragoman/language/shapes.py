"""What a word looks like: the casing that an uncased vocabulary loses."""

SHAPES = ("none", "lower", "title", "upper", "capital", "mixed", "digits", "has_digit", "punctuation")
NONE, LOWER, TITLE, UPPER, CAPITAL, MIXED, DIGITS, HAS_DIGIT, PUNCTUATION = range(len(SHAPES))


def shape_of(word: str) -> int:
    """The shape class of `word`, an index into `SHAPES`.

    >>> [SHAPES[shape_of(word)] for word in ("talks", "Baku", "NATO", "A", "McKay", "2024", "Su-27", "...")]
    ['lower', 'title', 'upper', 'capital', 'mixed', 'digits', 'has_digit', 'punctuation']
    """
    if word.isalpha():
        return _shape_of_letters(word)
    if word.isdigit():
        return DIGITS
    if any(character.isdigit() for character in word):
        return HAS_DIGIT
    if any(character.isalpha() for character in word):
        return _shape_of_letters(word)
    return PUNCTUATION


def _shape_of_letters(word: str) -> int:
    if word.islower():
        return LOWER
    if word.isupper():
        return CAPITAL if len(word) == 1 else UPPER
    return TITLE if word[0].isupper() and word[1:].islower() else MIXED
