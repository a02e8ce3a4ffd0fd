"""A secretary opens the page of a reading: the text on the left, what it proposes on the right."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st
from tests.core.reading.readings import TEXT, figure, goal, original, proposal, quote, reading

from bilat.language import Words, say
from bilat.reading.highlight import highlight
from bilat.reading.original import Original
from bilat.reading.proposal import Proposal, Quote, Reading
from bilat.reading.relation import Relation

ENGLISH = Words("en")


class Page(HTMLParser):
    """The page as a browser takes it: its tags, and the text inside one element."""

    def __init__(self, html: str, inside: str = "article") -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.marked: list[str] = []
        self.text = ""
        self._inside = inside
        self._depth = 0
        self._skip = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._depth += tag == self._inside
        self._skip += tag in ("a", "span") and self._depth > 0

    def handle_endtag(self, tag: str) -> None:
        self._skip -= tag in ("a", "span") and self._depth > 0
        self._depth -= tag == self._inside

    def handle_data(self, data: str) -> None:
        if self._depth and not self._skip:
            self.text += data


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_every_proposal_is_marked_in_the_text_and_told_beside_it() -> None:
    page = highlight(
        original(), reading(goal("BLR", horizon_years=5), figure(68_000_000.0, "KGZ")), ENGLISH
    )
    words = "raise trade to $500 million in three years"
    assert f'<mark class="target">{words}</mark><a class="ref target" id="q1"' in page
    assert "mutual trade, 500 million USD, within 5 years" in page
    assert "mutual trade, 68 million USD, January–September 2024" in page
    assert 'id="p2"' in page
    assert 'href="#q2"' in page


def test_quotes_that_overlap_are_both_marked() -> None:
    outer = proposal("contact", "In January–September 2024 trade came to $68 million")
    page = highlight(original(), reading(outer, figure(68_000_000.0, "KGZ")), ENGLISH)
    assert '<mark class="contact">In January–September 2024 </mark>' in page
    assert (
        '<mark class="figure">trade came to $68 million</mark><a class="ref contact" id="q1"'
        in page
    )
    assert 'id="q2" href="#p2"' in page


def test_a_contradiction_and_what_was_left_are_shown() -> None:
    relation = Relation(
        "contradicts", (("targets", "t"),), say("the text says {a}; {b}", a="three", b="five")
    )
    left = proposal("figure", "Students of Kyrgyzstan come to Minsk.", indicator="other", value=3)
    page = highlight(
        original(), reading(goal("KGZ", horizon_years=3), left=(left,)), ENGLISH, [relation]
    )
    assert (
        '<p class="relation contradicts">contradicts targets/t: the text says three; five' in page
    )
    assert '<span class="left">Students of Kyrgyzstan come to Minsk.</span>' in page
    assert "Recognised, and not proposed <span>1</span>" in page


def test_a_reading_without_proposals_says_so() -> None:
    assert "Nothing was found to propose." in highlight(original(), reading(), ENGLISH)


def test_a_proposal_of_the_second_reader_is_marked_as_such() -> None:
    page = highlight(original(), reading(proposal("link", rule="second-reader:m")), ENGLISH)
    assert "proposed by the second reader" in page


def test_a_russian_reader_gets_a_russian_page_about_the_english_text() -> None:
    page = highlight(original(), reading(), Words("ru"))
    assert '<html lang="ru">' in page
    assert '<article lang="en"' in page


HOSTILE = """<script>alert(1)</script> "quoted" & <img src=x onerror=alert(1)> </article></body>
<a href="javascript:alert(1)">trade of $5 million</a> \u202etxt.exe\u200b <!-- --> ]]>"""


def test_a_hostile_text_is_shown_and_nothing_of_it_is_run() -> None:
    words = quote('<img src=x onerror=alert(1)> </article></body>\n<a href="j', HOSTILE)
    hostile = Proposal("link", {"type": "<b>x</b>"}, words, speaker="<i>who</i>", rule="<u>")
    text = Original('"><script>.txt', HOSTILE, title="<script>title</script>")
    page = Page(highlight(text, Reading("en", None, None, (hostile,), (hostile,)), ENGLISH))
    tags = {tag for tag, _attributes in page.tags}
    assert not tags & {"script", "img", "iframe", "object", "form", "base"}
    assert all(not name.startswith("on") for _tag, attributes in page.tags for name in attributes)
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert all(link and link.startswith("#") for link in links)
    assert squeezed("<script>alert(1)</script>") in squeezed(page.text)


def test_the_page_forbids_scripts_and_fetching_and_names_no_address() -> None:
    page = highlight(original(), reading(goal("BLR")), ENGLISH)
    assert "default-src 'none'" in page
    assert "http://" not in page
    assert "https://" not in page
    assert "\u202e" not in highlight(Original("t", HOSTILE), reading(), ENGLISH)


LETTERS = st.text(alphabet="ab<>&\"'\n \u202e\u200bя", max_size=60)


@given(LETTERS, st.data())
def test_the_whole_text_is_on_the_page_once_however_quotes_lie(
    text: str, data: st.DataObject
) -> None:
    def drawn() -> Proposal:
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, len(text)))
        return Proposal("figure", {}, Quote(text[start:end], start, end))

    proposals = tuple(drawn() for _ in range(data.draw(st.integers(0, 4))))
    page = Page(highlight(Original("t", text), Reading("en", None, None, proposals), ENGLISH))
    seen = squeezed(text.replace("\u202e", "").replace("\u200b", ""))
    assert squeezed(page.text) == seen


def test_the_offsets_of_the_stories_are_right() -> None:
    item = figure(1, None)
    assert TEXT[item.quote.start : item.quote.end] == item.quote.text
