import pytest

from openzone.engines.identity.sounds import sound


@pytest.mark.parametrize(("one", "other"), [("紫宸", "紫辰"), ("百鑫", "百欣"), ("龙腾", "龙藤")])
def test_homophones_sound_the_same(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_syllables_are_kept_apart() -> None:
    assert sound("西安") != sound("先")


def test_a_character_sounds_the_same_in_every_company() -> None:
    assert sound("银行").split()[1] == sound("行").split()[0]


def test_other_characters_stand_for_themselves() -> None:
    assert sound("A1") == "A 1"
