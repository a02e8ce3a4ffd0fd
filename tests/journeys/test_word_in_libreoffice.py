"""The Word document as LibreOffice opens it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from bilat.brief import make_brief
from bilat.brief.formats import Output, renderer
from bilat.language import Words
from bilat.programme import open_programme

EXAMPLE = Path(__file__).parents[2] / "examples" / "blr-kgz"
OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
def test_libreoffice_opens_the_russian_brief_with_contents_headings_and_tables(
    tmp_path: Path,
) -> None:
    programme = open_programme(EXAMPLE)
    brief = make_brief(programme, as_of=date(2025, 10, 1))
    document = tmp_path / "brief.docx"
    document.write_bytes(renderer("docx")(Output(programme, brief, Words("ru"))))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, tmp_path, document], check=True, capture_output=True, timeout=120)
    pages = [page.extract_text() for page in PdfReader(tmp_path / "brief.pdf").pages]
    contents = pages[0][pages[0].index("Содержание") :]
    assert "10. В чём расходятся данные сторон" in contents
    assert any("почти 135,0" in page for page in pages[1:])
    assert "Error!" not in "".join(pages)
