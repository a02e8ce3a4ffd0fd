"""The folder of a visit as one PDF: a title page, contents with page numbers, then everything."""

from __future__ import annotations

from bilat.brief.brief import Brief
from bilat.brief.facts.folder import FolderFact
from bilat.brief.formats.html import page
from bilat.brief.formats.output import Output
from bilat.brief.formats.pdf import printed
from bilat.brief.story.folder import tell_folder
from bilat.language import Words
from bilat.programme import Programme


def folder_output(programme: Programme, brief: Brief, folder: FolderFact, words: Words) -> Output:
    """brief: of the same day, and for the same eyes, as the folder's facts."""
    return Output(
        programme, brief, words, subject=f"folder-{folder.contact}", told=tell_folder(brief, folder)
    )


def folder_pdf(output: Output) -> bytes:
    """Raises OutputRefused when this machine cannot make PDFs."""
    return printed(page(output, printed=True, template="folder.html.j2"), output.facts.as_of)
