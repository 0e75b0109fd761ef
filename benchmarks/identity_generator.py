"""Synthetic registries of company names and the ways people misquote them.

Everything here is invented (示例): the structure of the names is realistic, the firms are
not. Same seed, same registry.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from openzone.engines.identity.sounds import sound
from openzone.packs.tables import load_divisions

# Characters Chinese brands favour; the rest come from the first level of GB 2312.
_FAVOURED = (
    "鑫华天中恒盛达兴泰隆源丰安康瑞祥和顺宏伟业创新联合众信诚德博远航宇通金银龙凤海江山河"
    "星辰阳光明辉煌东方南北西国民生大成立正元亨利永久长春福禄嘉美佳佰万千百亿融捷紫宸卓越格"
    "林蓝科宁德时代比亚迪威腾飞跃升旭日云峰岭岳川泽润沃禾田雨露凯铭铂钰锦绣绿森木易优尚品悦"
)
# Trade words and how often they are drawn.
_TRADES = """
科技 8  新能源 4  新材料 4  电子 5  机械 5  智能装备 2  精密机械 2  环保科技 3  生物科技 3  医药 2
食品 3  建设工程 4  贸易 5  商贸 5  物流 3  供应链管理 2  信息技术 4  网络科技 3  软件 2  化工 3
汽车零部件 3  锂业 1  钛业 1  光电 2  半导体 1  集成电路 1  农业科技 2  种业 1  置业 2  物业管理 2
投资管理 2  企业管理 2  文化传媒 2  装饰工程 2  实业 3  电气 3  金属制品 2  塑料 2  包装 2  纺织 2
新能源科技 3  激光科技 1  机器人 1  储能 1  医疗器械 2  能源科技 2
"""
_FORMS = (("有限公司", 80), ("有限责任公司", 10), ("股份有限公司", 10))
_FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "()0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_BRANCHES = ("分公司", "第一分公司", "分厂", "办事处")


@dataclass(frozen=True)
class Firm:
    """An invented firm: the parts its full name is made of."""

    place: str
    code: str
    brand: str
    trades: tuple[str, ...]
    form: str
    group: bool = False
    bracketed: bool = False

    @property
    def core(self) -> str:
        """Brand and trade."""
        return self.brand + "".join(self.trades)

    def name(self, **changed: str) -> str:
        """Write the full name, with some parts written otherwise."""
        place = changed.get("place", self.place)
        form = ("(集团)" if self.group else "") + changed.get("form", self.form)
        core = changed.get("core", self.core)
        return f"{core}({place}){form}" if self.bracketed and place else place + core + form


class Generator:
    """Draws firms and variants of their names from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._bare = load_divisions().place_names()
        self._cities = [d for d in load_divisions() if d.level == "prefecture"]
        self._counties = [d for d in load_divisions() if d.level == "county"]
        self._trades = _TRADES.split()[::2]
        self._shares = [int(share) for share in _TRADES.split()[1::2]]

    def firms(self, count: int) -> list[Firm]:
        """Return firms of different full names; one in thirty takes another's brand elsewhere."""
        firms: dict[str, Firm] = {}
        while len(firms) < count:
            pool = list(firms.values())[-500:]
            twin = pool and self._random.random() < 1 / 30
            firm = self.elsewhere(self._random.choice(pool)) if twin else self._firm()
            firms.setdefault(firm.name(), firm)
        return list(firms.values())

    def elsewhere(self, firm: Firm) -> Firm:
        """Return a firm of the same brand and trade in another place: a different firm."""
        while (other := self._firm()).code == firm.code:
            pass
        return Firm(other.place, other.code, firm.brand, firm.trades, other.form)

    def same_sound(self, firm: Firm) -> Firm:
        """Return a different firm in the same place whose brand only sounds the same."""
        brand = self._homophone(firm.brand)
        return Firm(firm.place, firm.code, brand, firm.trades, firm.form)

    def _firm(self) -> Firm:
        pick = self._random
        place = pick.choice(self._cities if pick.random() < 0.6 else self._counties)
        trades = pick.choices(self._trades, self._shares, k=1 if pick.random() < 0.8 else 2)
        forms, shares = zip(*_FORMS, strict=True)
        return Firm(
            place=self._written_place(place.code),
            code=place.code,
            brand="".join(self._brand()),
            trades=tuple(dict.fromkeys(trades)),
            form=pick.choices(forms, shares)[0],
            group=pick.random() < 0.03,
            bracketed=pick.random() < 0.05,
        )

    def _written_place(self, code: str) -> str:
        divisions = load_divisions()
        place = divisions.get(code)
        province = divisions.get(code[:2] + "0000")
        own = self._random.choice([t for t in (place.name, place.short) if t in self._bare])
        return self._random.choice(("", "", "", province.short)) + own

    def _brand(self) -> Iterator[str]:
        for _ in range(self._random.choices((2, 3, 4), (70, 20, 10))[0]):
            favoured = self._random.random() < 0.7
            yield self._random.choice(_FAVOURED if favoured else common_characters())

    def variants(self) -> dict[str, Callable[[Firm], str]]:
        """Return the ways a full name is misquoted, by kind."""
        return {
            "full": lambda firm: firm.name(),
            "full_width": self._full_width,
            "pre_ipo": lambda firm: firm.name(form=_other_form(firm.form)),
            "no_suffix": lambda firm: firm.name(form=""),
            "no_place": lambda firm: firm.name(place=""),
            "homophone": lambda firm: firm.name(
                core=self._homophone(firm.brand) + "".join(firm.trades)
            ),
            "branch": lambda firm: firm.name() + self._branch(),
        }

    def short_name(self, firm: Firm) -> str:
        """Return a short name: brand and trade word, brand alone, or fewer characters in order."""
        first = firm.trades[0]
        kept = [
            firm.brand + first[:2],
            firm.brand,
            firm.brand[:2] + first[-2:],
            firm.brand[:2] + first[:2],
        ]
        return self._random.choices(kept, (55, 15, 15, 15))[0]

    def _full_width(self, firm: Firm) -> str:
        name = firm.name().translate(_FULL_WIDTH)
        cut = self._random.randrange(1, len(name))
        return name[:cut] + self._random.choice((" ", "\u3000", "")) + name[cut:]

    def _homophone(self, brand: str) -> str:
        at = self._random.randrange(len(brand))
        others = [c for c in by_sound()[sound(brand[at])] if c != brand[at]]
        return brand[:at] + self._random.choice(others or [brand[at]]) + brand[at + 1 :]

    def _branch(self) -> str:
        return self._random.choice(self._cities).short + self._random.choice(_BRANCHES)


@cache
def common_characters() -> str:
    """Return the 3,755 characters of the first level of GB 2312."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return "".join(row.decode("gb2312", "ignore") for row in rows)


@cache
def by_sound() -> dict[str, list[str]]:
    """Return those characters by pinyin without tone."""
    found: dict[str, list[str]] = defaultdict(list)
    for character in common_characters():
        found[sound(character)].append(character)
    return found


def _other_form(form: str) -> str:
    return "有限公司" if form == "股份有限公司" else "股份有限公司"
