import pytest

from dragoman.language.detect import detect_language

SENTENCES = {
    "fr": "Le président a rencontré le premier ministre dans la capitale et les deux hommes ont parlé de frontières, "
    "mais ils n'ont pas signé un accord sur le commerce qui est attendu par les entreprises de la région depuis un an.",
    "es": "El presidente se reunió con la ministra en la capital y los dos hablaron de la frontera y no firmaron el "
    "acuerdo que las empresas de la región esperan desde hace un año para abrir los mercados.",
    "de": "Der Präsident hat die Ministerin in der Stadt getroffen und die beiden haben über die Grenze gesprochen, "
    "aber sie haben das Abkommen nicht unterschrieben, auf das die Firmen der Region seit einem Jahr warten.",
    "tr": "Cumhurbaşkanı başkentte bakan ile bir araya geldi ve iki lider sınır için daha çok iş olduğunu söyledi "
    "ama bölgedeki şirketler için bir yıldır beklenen anlaşma bu kez de olarak imzalanmadı ve görüşme sonra bitti.",
    "ru": "Президент встретился с министром в столице, и они говорили о границе, но не подписали соглашение.",
    "uk": "Президент зустрівся з міністром у столиці, і вони говорили про кордон, але не підписали угоди її країни.",
    "hy": "Նախագահը մայրաքաղաքում հանդիպեց նախարարին, և նրանք խոսեցին սահմանի մասին։",
    "ar": "التقى الرئيس بالوزير في العاصمة وتحدثا عن الحدود لكنهما لم يوقعا الاتفاق",
    "zh": "总统在首都会见了部长他们谈到了边界问题但是没有签署该地区企业等待了一年的协议",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_other_language_is_named_and_not_taken_for_english(code: str) -> None:
    guess = detect_language(SENTENCES[code])
    assert (guess.code, guess.english) == (code, False)


def test_english_is_english() -> None:
    text = (
        "The president met the minister in the capital and the two spoke about the border, but they did not sign the "
        "agreement that firms of the region have been waiting for since last year."
    )
    guess = detect_language(text)
    assert (guess.code, guess.english) == ("en", True)


@pytest.mark.parametrize("text", ["", "Kazakhstan president visits Armenia", "12 : 3, 4 : 4"])
def test_too_short_a_text_counts_as_english_but_is_not_said_to_be(text: str) -> None:
    guess = detect_language(text)
    assert (guess.code, guess.english) == (None, True)


def test_long_text_without_small_words_is_not_english() -> None:
    guess = detect_language("lorem ipsum dolor amet consectetur adipiscing " * 20)
    assert (guess.english, guess.name) == (False, "a language that is not recognised")


def test_english_with_foreign_names_stays_english() -> None:
    text = "The U.S. Consulate in São Paulo and the U.S. Embassy of la República were closed by the staff. " * 5
    assert detect_language(text).english
