"""The programme as the asker's side may see it, its register and files with it, in one archive."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

from bilat.filing import Draft, file_all
from bilat.language import say
from bilat_office.files.cabinet import Cabinet
from bilat_office.files.exporting import cabinets_export
from bilat_office.jobs.task import Arguments, Result, Task


class Export(Arguments):
    """There is nothing to choose: one's own side, whole."""


def export(task: Task) -> Result:
    task.tell(0.1, say("Writing the folder"))
    folder = task.folder / "programme"
    written = task.door.export(folder)
    files, problems = cabinets_export(folder=folder, cabinets=[Cabinet(task.door)])
    task.tell(0.7, say("Packing"))
    name = f"{task.door.programme().id}-{task.viewer.side}-{task.today}.zip"
    aside = task.folder / ".packing"
    _packed(folder, aside)
    file_all([Draft(task.folder / name, aside.read_bytes())])
    aside.unlink()
    shutil.rmtree(folder)
    return task.done(
        say("Files packed: {n}", n=len(written) + len(files)),
        files=[name],
        problems=[problem.in_words(task.words) for problem in problems],
    )


def _packed(folder: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packed.write(path, path.relative_to(folder))
