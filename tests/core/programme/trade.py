"""What most stories about numbers need beside them: a source and two indicators."""

from __future__ import annotations

TRADE = {
    "sources.yaml": "- {id: press, title: Communiqué, publisher: Press service}\n",
    "indicators.yaml": """
        - {id: turnover, title: Trade, measures: turnover, unit: million USD}
        - {id: students, title: Students, measures: count, unit: persons}
        """,
}
