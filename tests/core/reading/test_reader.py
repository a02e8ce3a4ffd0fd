"""A secretary gives the reader a text and gets proposals, each with its words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bilat.errors import BilatError
from bilat.reading.gold import as_gold
from bilat.reading.original import Original
from bilat.reading.proposal import Proposal, Reading
from bilat.reading.reader import read_text

SEED = Path(__file__).parents[4] / "shared" / "seed"
ON = date(2025, 10, 2)


def read(text: str, published: date | None = ON) -> Reading:
    return read_text(Original("text", text), parties=("BLR", "KGZ"), published=published)


def of_kind(reading: Reading, kind: str) -> list[Proposal]:
    return [p for p in reading.proposals if p.kind == kind and not p.optional]


def only(text: str, kind: str) -> dict[str, object]:
    (proposal,) = of_kind(read(text), kind)
    return {name: value for name, value in proposal.fields.items() if value is not None}


@pytest.fixture(scope="module")
def communique() -> Reading:
    files = sorted(SEED.glob("*.txt"))
    if not files:
        pytest.skip("the communiqué is not beside this checkout")
    text = files[0].read_text(encoding="utf-8")
    return read_text(Original("communique.txt", text), published=date(2025, 9, 29))


def test_the_communique_names_its_parties(communique: Reading) -> None:
    assert communique.language == "en"
    assert communique.parties == ("BLR", "KGZ")


def test_the_communique_holds_the_target(communique: Reading) -> None:
    (target,) = of_kind(communique, "target")
    assert (target.fields["value"], target.fields["currency"]) == (500e6, "USD")
    assert (target.fields["horizon_years"], target.fields["by"]) == (5, None)


def test_the_communique_holds_the_growth_of_2024(communique: Reading) -> None:
    (figure,) = of_kind(communique, "figure")
    assert (figure.fields["growth_pct"], figure.fields["period"]) == (15, "2024")
    assert figure.fields["qualifier"] == "more than"


def test_the_communique_holds_both_roadmaps_with_their_ends(communique: Reading) -> None:
    roadmaps = {
        (p.fields["until"], p.fields["status"])
        for p in of_kind(communique, "document")
        if p.fields["type"] == "roadmap"
    }
    assert roadmaps == {(2027, "in force"), (2030, "signed")}


def test_the_communique_holds_the_twelfth_session_and_belagro(communique: Reading) -> None:
    found = [(p.fields["type"], p.fields["ordinal"], p.fields["place"], p.fields["date"])
             for p in of_kind(communique, "contact")]  # fmt: skip
    assert ("commission", 12, "Bishkek", "2024-11") in found
    assert ("forum", None, "Minsk", "2025-06") in found
    assert ("meeting", None, "Minsk", "2025-09-29") in found


def test_the_communique_holds_assembly_money_and_exchanges(communique: Reading) -> None:
    works = {(p.fields["product"], p.fields["activity"]) for p in of_kind(communique, "project")}
    money = {p.fields["instrument"] for p in of_kind(communique, "finance")}
    areas = {p.fields["area"] for p in of_kind(communique, "exchange")}
    assert {("elevators", "assembly"), ("transformers", "assembly")} <= works
    assert {"leasing", "bank agreement"} <= money
    assert areas == {"education", "culture", "sport", "tourism"}


def test_the_communique_holds_the_proposal_of_regular_contacts(communique: Reading) -> None:
    (wish,) = [p for p in of_kind(communique, "commitment") if "systematize" in p.quote.text]
    assert (wish.manner, wish.side) == ("proposed", "BLR")


def test_the_communique_holds_the_presidency_of_the_sco(communique: Reading) -> None:
    assert any("presidency" in p.quote.text for p in communique.proposals)


@pytest.mark.parametrize(
    ("text", "exporter"),
    [
        ("In 2024 Belarusian exports to Kyrgyzstan came to $90 million.", "BLR"),
        ("In 2024 Kyrgyz imports from Belarus came to $90 million.", "BLR"),
        ("In 2024 exports from Kyrgyzstan came to $90 million.", "KGZ"),
        ("In 2024 Belarus bought goods worth $90 million from Kyrgyzstan.", "KGZ"),
        ("In 2024 imports of Kyrgyz goods came to $90 million.", "KGZ"),
        ("В 2024 году экспорт в Кыргызстан составил 90 млн долларов.", "BLR"),
        ("В 2024 году поставки из Кыргызстана составили 90 млн долларов.", "KGZ"),
        ("В 2024 году закупки в Кыргызстане составили 90 млн долларов.", "KGZ"),
        ("В 2024 году импорт белорусских товаров составил 90 млн долларов.", "BLR"),
        ("В 2024 году Кыргызстан закупил товаров на 90 млн долларов.", "BLR"),
    ],
)
def test_an_analyst_sees_where_the_goods_come_from(text: str, exporter: str) -> None:
    assert only(text, "figure")["exporter"] == exporter


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("In 2024 trade amounted to $138 million.", "2024"),
        ("Last year trade amounted to $138 million.", "2024"),
        (
            "In the first nine months of this year trade amounted to $138 million.",
            "2025-01/2025-09",
        ),
        ("In January-August trade amounted to $138 million.", "2025-01/2025-08"),
        ("In H1 2025 trade amounted to $138 million.", "2025-01/2025-06"),
        ("In the third quarter of 2024 trade amounted to $138 million.", "2024-07/2024-09"),
        ("In 2023-24 trade amounted to $138 million.", "2023-04/2024-03"),
        ("In FY24 trade amounted to $138 million.", "2023-04/2024-03"),
        ("In the eight months to August trade amounted to $138 million.", "2025-01/2025-08"),
        (
            "За девять месяцев текущего года товарооборот составил 138 млн долларов.",
            "2025-01/2025-09",
        ),
        ("В первом полугодии товарооборот составил 138 млн долларов.", "2025-01/2025-06"),
        ("В январе–сентябре 2024 года товарооборот составил 138 млн долларов.", "2024-01/2024-09"),
        ("В III квартале 2024 г. товарооборот составил 138 млн долларов.", "2024-07/2024-09"),
        ("В минувшем году товарооборот составил 138 млн долларов.", "2024"),
    ],
)
def test_an_analyst_sees_the_period_that_was_measured(said: str, period: str) -> None:
    assert only(said, "figure")["period"] == period


@pytest.mark.parametrize(
    ("said", "growth"),
    [
        ("In 2024 trade grew 1.4 times.", 40),
        ("In 2024 trade doubled.", 100),
        ("In 2024 trade grew by almost a quarter.", 25),
        ("In 2024 trade shrank by a third.", -33.3),
        ("In 2024 trade was down 7 per cent.", -7),
        ("В 2024 году товарооборот вырос в 2,7 раза.", 170),
        ("В 2024 году товарооборот вырос в полтора раза.", 50),
        ("В 2024 году товарооборот сократился на пятую часть.", -20),
        ("В 2024 году темп роста товарооборота составил 115%.", 15),
        ("В 2024 году товарооборот удвоился.", 100),
    ],
)
def test_an_analyst_sees_every_growth_in_per_cent(said: str, growth: float) -> None:
    assert only(said, "figure")["growth_pct"] == pytest.approx(growth)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("Trade in 2024 reached half a billion dollars.", 500e6),
        ("Trade in 2024 reached USD 1.84bn.", 1.84e9),
        ("Trade in 2024 reached $1,234.5 million.", 1234.5e6),
        ("Товарооборот в 2024 году достиг полумиллиарда долларов.", 500e6),
        ("Товарооборот в 2024 году достиг 8 млрд 800 млн долларов.", 8.8e9),
        ("Товарооборот в 2024 году достиг 1 234,5 тыс. долларов.", 1234.5e3),
        ("Товарооборот в 2024 году составил полтора миллиарда долларов.", 1.5e9),
    ],
)
def test_an_analyst_sees_amounts_in_full(said: str, value: float) -> None:
    assert only(said, "figure")["value"] == pytest.approx(value)


def test_a_base_of_comparison_is_a_figure_of_the_year_before() -> None:
    reading = read("Trade rose to $80 million in 2024 against $64 million a year earlier.")
    found = {(p.fields["value"], p.fields["period"]) for p in of_kind(reading, "figure")}
    assert found == {(80e6, "2024"), (64e6, "2023")}


def test_two_levels_are_two_targets_and_a_deadline_is_not_a_horizon() -> None:
    reading = read(
        "The parties plan to bring trade to $200 million within three years "
        "and to $500 million by 2030."
    )
    found = {
        (p.fields["value"], p.fields["by"], p.fields["horizon_years"])
        for p in of_kind(reading, "target")
    }
    assert found == {(200e6, None, 3), (500e6, 2030, None)}


def test_a_person_sees_what_was_left_and_why() -> None:
    reading = read("Kyrgyzstan’s trade with Kazakhstan reached $1.7 billion in 2024.")
    assert not reading.proposals
    assert [p.rule for p in reading.left] == ["amounts.other-pair"]


def test_without_a_day_of_publication_last_year_stays_open() -> None:
    (figure,) = of_kind(read("Last year trade amounted to $138 million.", None), "figure")
    assert figure.fields["period"] is None


def test_a_dateline_with_its_year_gives_the_day() -> None:
    reading = read("MINSK, 29 September 2025 (Wire) – Last year trade reached $138 million.", None)
    assert reading.published == date(2025, 9, 29)
    assert of_kind(reading, "figure")[0].fields["period"] == "2024"


def test_parties_are_found_where_nobody_gives_them() -> None:
    text = "Mongolia and Belarus signed a memorandum. Belarusian trucks go to Mongolia."
    reading = read_text(Original("text", text))
    assert set(reading.parties or ()) == {"MNG", "BLR"}


@pytest.mark.parametrize("text", ["", "   \n", "12 345 – 67"])
def test_a_text_without_words_is_refused_with_a_reason(text: str) -> None:
    with pytest.raises(BilatError, match="no words"):
        read(text)


def test_a_third_language_is_refused() -> None:
    text = (
        "Der Handel zwischen beiden Ländern ist im vergangenen Jahr um fünfzehn Prozent gewachsen, "
        "sagte der Minister nach der Sitzung der gemeinsamen Kommission, die gestern stattfand und "
        "zwei neue Abkommen sowie einen gemeinsamen Arbeitsplan brachte."
    )
    with pytest.raises(BilatError, match="neither English nor Russian"):
        read(text)


def test_a_scorer_gets_one_object_without_the_optional_ones() -> None:
    reading = read("Trade will reach $160 million by 2027, analysts forecast.")
    assert [p.optional for p in reading.proposals] == [True]
    assert as_gold(reading, "x1") == {
        "id": "x1",
        "lang": "en",
        "published": "2025-10-02",
        "parties": ["BLR", "KGZ"],
        "facts": [],
    }


def test_a_secretary_finds_the_months_that_a_count_since_january_measures() -> None:
    for text in (
        "As of 1 July, trade between Belarus and Kyrgyzstan had reached $74 million.",
        "По состоянию на 1 июля товарооборот Беларуси и Кыргызстана достиг 74 млн долларов.",
    ):
        assert only(text, "figure")["period"] == "2025-01/2025-06"


def test_a_sentence_ends_at_the_year_that_a_word_names() -> None:
    text = (
        "Экспорт Беларуси в Кыргызстан вырос за первое полугодие этого года. "
        "В 2024 году он составил 98 млн долларов."
    )
    assert only(text, "figure")["period"] == "2024"


def test_after_a_part_the_text_goes_on_to_speak_of_the_whole() -> None:
    text = (
        "Trade between Belarus and Kyrgyzstan came to $92 million in January–July, of which "
        "Belarusian exports made up $68 million. A year earlier it was $80 million."
    )
    figures = [p.fields for p in of_kind(read(text), "figure")]
    assert [(f["indicator"], f["value"]) for f in figures] == [
        ("turnover", 92e6),
        ("exports", 68e6),
        ("turnover", 80e6),
    ]
    assert figures[2]["period"] == "2024-01/2024-07"


def test_these_figures_take_the_flows_told_before_in_their_order() -> None:
    text = (
        "В 2024 году экспорт Беларуси в Кыргызстан составил 98 млн долларов, импорт — 22 млн. "
        "Годом ранее эти показатели составляли 90 и 18 млн соответственно."
    )
    figures = [p.fields for p in of_kind(read(text), "figure")]
    assert [(f["value"], f["exporter"], f["period"]) for f in figures[2:]] == [
        (90e6, "BLR", "2023"),
        (18e6, "KGZ", "2023"),
    ]


def test_goods_on_the_partners_market_come_from_the_other_side() -> None:
    text = "Supplies to the Belarusian market were worth $22 million in 2024."
    assert only(text, "figure")["exporter"] == "KGZ"


def test_a_condition_told_by_inversion_is_no_target() -> None:
    text = "Should the railway be built, trade between Belarus and Kyrgyzstan could triple by 2030."
    assert of_kind(read(text), "target") == []


def test_a_text_about_two_other_countries_is_not_taken_for_the_programmes() -> None:
    text = (
        "Kazakhstan and Qatar held talks in Astana on 3 October 2025. "
        "Mutual trade reached $18.7 million in 2024."
    )
    reading = read_text(Original("release.txt", text), parties=("BLR", "KGZ"))
    assert reading.proposals == ()
    assert set(reading.others or ()) == {"KAZ", "QAT"}
    assert any(one.rule == "text.other-pair" for one in reading.left)


def test_a_speech_that_says_we_and_our_partners_is_read_for_the_programme() -> None:
    text = "Our countries will bring trade to $500 million by 2030, the minister said."
    reading = read_text(Original("speech.txt", text), parties=("BLR", "KGZ"))
    assert [one.kind for one in reading.proposals] == ["target"]
    assert reading.others is None


def _targets(text: str) -> set[tuple[object, ...]]:
    return {
        (p.fields["value"], p.fields["multiple"], p.fields["by"], p.fields["horizon_years"])
        for p in of_kind(read(text), "target")
    }


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (
            "Mutual trade of $500 million is the task. The deadline is 2030.",
            (5e8, None, 2030, None),
        ),
        ("Trade must double. That is the task for 2030.", (None, 2, 2030, None)),
        ("2030 was named as the deadline. By then, trade is to double.", (None, 2, 2030, None)),
        ("We must bring trade to $500 million. When? By 2030.", (5e8, None, 2030, None)),
        ("Товарооборот предстоит удвоить. Такова задача на 2030 год.", (None, 2, 2030, None)),
        ("Довести торговлю надо до 500 млн долларов. Срок — пять лет.", (5e8, None, None, 5)),
        (
            "The sides agreed to raise mutual trade by a half within two years.",
            (None, 1.5, None, 2),
        ),
        (
            "They want their mutual trade, now at $138 million, to hit $500 million by 2030.",
            (5e8, None, 2030, None),
        ),
    ],
)
def test_a_secretary_sees_the_deadline_that_stands_in_another_sentence(
    text: str, target: tuple[object, ...]
) -> None:
    assert _targets(text) == {target}


@pytest.mark.parametrize(
    "text",
    [
        "A newspaper wrote of a goal of $2 billion for mutual trade. Both ministries denied it.",
        "Was $300 million of trade the goal? It was, and it was missed.",
        "Traders dream of $30 billion of mutual trade.",
        "Ten years ago they pledged to double mutual trade within five years.",
        "Целью был миллиард долларов товарооборота? Его не достигли.",
        "Никто не ставил цели довести товарооборот до 2 млрд долларов.",
    ],
)
def test_a_secretary_is_not_shown_goals_that_nobody_holds(text: str) -> None:
    assert _targets(text) == set()


def test_a_meeting_after_a_goal_is_no_deadline_of_it() -> None:
    text = "It was agreed to bring trade to $500 million. The next session takes place in 2026."
    assert _targets(text) == {(5e8, None, None, None)}


@pytest.mark.parametrize(
    ("parties", "text", "period"),
    [
        (("PAK", "UZB"), "In 2023-24 mutual trade reached $387 million.", "2023-07/2024-06"),
        (("PAK", "UZB"), "In July–March 2023-24 trade was $287 million.", "2023-07/2024-03"),
        (("IND", "KGZ"), "In FY24 mutual trade reached $64 million.", "2023-04/2024-03"),
        (("JPN", "UZB"), "In fiscal 2023 trade came to 45 billion yen.", "2023-04/2024-03"),
        (("IRN", "ARM"), "In the Iranian year 1403 trade was $740 million.", "2024-03/2025-03"),
        (("IRN", "ARM"), "За 1403 год товарооборот составил 740 млн долларов.", "2024-03/2025-03"),
        (("AUS", "IDN"), "In the year to June trade was worth $35 billion.", "2024-07/2025-06"),
    ],
)
def test_a_fiscal_year_runs_by_the_calendar_of_its_country(
    parties: tuple[str, str], text: str, period: str
) -> None:
    reading = read_text(Original("text", text), parties=parties, published=ON)
    assert [p.fields["period"] for p in of_kind(reading, "figure")] == [period]


@pytest.mark.parametrize(
    "text",
    [
        "The trading house sold goods worth $3 million.",
        "Milk production rose by 12%.",
        "The economy of Kyrgyzstan grew by 9%.",
        "The number of flights doubled.",
        "Imports are twice as large.",
        "That is $20 million more than a year before.",
        "Kyrgyzstan welcomed 10 million foreign tourists.",
        "Memoranda on deliveries worth $50 million were signed.",
    ],
)
def test_after_the_pairs_trade_other_numbers_are_left(text: str) -> None:
    before = "Trade between Belarus and Kyrgyzstan reached $138 million in 2024. "
    assert len(of_kind(read(before + text), "figure")) == 1


def test_a_million_that_is_left_out_is_taken_from_the_one_before() -> None:
    text = "The ministers agreed on this for trade: 300 million dollars in 2027, and 500 by 2030."
    assert _targets(text) == {(3e8, None, 2027, None), (5e8, None, 2030, None)}


def test_you_is_the_side_that_does_not_speak() -> None:
    text = (
        "Belarus and Kyrgyzstan trade more. “Last year you sold us goods worth $43 million,” the "
        "Belarusian minister Ivan Petrov said."
    )
    assert only(text, "figure")["exporter"] == "KGZ"


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("The sides agreed to open a trading house in Osh by the end of 2026.", "2026"),
        ("The sides agreed to open a trading house in Osh before 2029.", "2028"),
        ("The sides agreed to open a trading house in Osh by 1 September 2026.", "2026-09-01"),
        ("The sides agreed to repair the road to Osh in 2027.", "2027"),
        ("The sides agreed to prepare the plan by the end of the year.", "2025"),
        ("The ministries were instructed to submit proposals by July 2026.", "2026-07"),
        ("Стороны договорились открыть торговый дом в Оше до конца 2026 года.", "2026"),
        ("Стороны договорились открыть торговый дом в Оше до 1 сентября 2026 года.", "2026-09-01"),
        ("Министерствам поручено подготовить план в первом полугодии 2026 года.", "2026-H1"),
        ("The sides agreed to open a trading house in Osh.", None),
        ("The sides agreed to go on with the work begun in 2019.", None),
        ("The sides agreed to open one house in 2026 and another in 2028.", None),
    ],
)
def test_a_measure_keeps_by_when_it_is_to_be_done(text: str, due: str | None) -> None:
    found = of_kind(read(text, published=date(2025, 10, 2)), "commitment")
    assert [one.fields["by"] for one in found] == [due], text
