"""Facts → Brief → documents.

>>> from datetime import date
>>> from bilat.brief import make_brief
>>> from bilat.programme import open_programme
>>> brief = make_brief(open_programme("examples/blr-kgz"), as_of=date(2025, 10, 1))
>>> brief.targets[0].verdict
'off_track'
"""

from bilat.brief.brief import Brief, brief_schema, make_brief

__all__ = ["Brief", "brief_schema", "make_brief"]
