"""``openzone read --model``: articles sent to a language model, because somebody said so."""

import os
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from openzone.cli.output import note, refuse
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.reading.assist import Asked, Kept
    from openzone.engines.reading.pages.articles import Article
    from openzone.engines.reading.pages.lexicon import Lexicon
    from openzone.engines.reading.pages.reader import Reading
    from openzone.zone.readings.assistance import Endpoint


class Helped(NamedTuple):
    """A page with what a model added, how much that is, and how much was dropped for what."""

    reading: "Reading"
    kept: int
    dropped: "Counter[str]"

    @property
    def told(self) -> Text:
        """What is said of the model's part, apart from what the rules read."""
        from openzone.engines.reading.assist import SAID

        each, left = sorted(self.dropped.items()), self.dropped.total()
        zh = "、".join(f"{SAID[name].zh}{n}" for name, n in each)
        en = ", ".join(f"{SAID[name].en} {n}" for name, n in each)
        return Text(
            f"，语言模型另补{self.kept}条，弃用{left}条" + (f"（{zh}）" if each else ""),
            f", {self.kept} more by the language model, {left} dropped"
            + (f" ({en})" if each else ""),
        )


def model_named() -> "Endpoint":
    """Return where the environment says a model is asked, or refuse."""
    from openzone.packs.loading import zone_folder
    from openzone.packs.readings import load_readings
    from openzone.zone.readings.assistance import NAME, URL, NoHelpError, endpoint

    try:
        there = endpoint(os.environ, load_readings(zone_folder()).seconds_model)
    except NoHelpError as error:
        refuse(Text(f"--model：{error.reason.zh}", f"--model: {error.reason.en}"))
    if there is None:
        refuse(
            Text(
                f"--model：请先设置 {URL} 和 {NAME}；没有设置时，文字不会离开本机",
                f"--model: set {URL} and {NAME} first; without them no text leaves this machine",
            )
        )
    return there


def helped(
    there: "Endpoint", texts: list[str], found: "list[Reading]", lexicon: "Lexicon"
) -> list[Helped]:
    """Send every article there, having said so; refuse where not one is answered."""
    articles = sum(len(one.articles) for one in found)
    size = sum(end - start for one in found for each in one.articles for start, end in each.spans)
    note(
        Text(
            f"{articles}篇文章（{size}字）将发送到 {there.host}，模型 {there.model}",
            f"sending {articles} articles ({size} characters) to {there.host}, model {there.model}",
        )
    )
    pages = [_page(there, *one, lexicon) for one in zip(texts, found, strict=True)]
    if articles and not any(answered for _, answered in pages):
        refuse(
            Text(
                "语言模型没有一次可用的答复，未写入任何文件；不加 --model 则只用规则读取",
                "the language model gave no usable answer; nothing was written."
                " Without --model the rules read alone",
            )
        )
    return [one for one, _ in pages]


def _page(there: "Endpoint", text: str, found: "Reading", lexicon: "Lexicon") -> tuple[Helped, int]:
    """Return a page with what was added, and how many of its articles were answered."""
    answers = [_article(there, text, one, found, lexicon) for one in found.articles]
    kept = [one for one in answers if one is not None]
    facts = [fact for one in kept for fact in one.facts]
    dropped = sum((Counter(one.dropped) for one in kept), Counter[str]())
    added = replace(found, facts=(*found.facts, *facts))
    return Helped(added, len(facts), dropped), len(kept)


def _article(
    there: "Endpoint", text: str, article: "Article", found: "Reading", lexicon: "Lexicon"
) -> "Kept | None":
    from openzone.engines.reading.assist import Asked
    from openzone.zone.readings import assistance
    from openzone.zone.readings.packs import closed

    asked = Asked(text, article.spans, article.headline)
    try:
        return assistance.helped(there, asked, lexicon, closed(), _names(asked, found), found.facts)
    except assistance.NoHelpError as error:
        name = article.headline or "—"
        note(Text(f"“{name}”：{error.reason.zh}", f"“{name}”: {error.reason.en}"))
        return None


def _names(asked: "Asked", found: "Reading") -> list[str]:
    """Return the subjects the rules found in an article."""
    here = (
        one.subject
        for one in found.facts
        if one.subject and any(start <= one.start < end for start, end in asked.spans)
    )
    return list(dict.fromkeys(here))
