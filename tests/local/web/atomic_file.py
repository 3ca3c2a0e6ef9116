"""Files that are either the old ones or the new ones, never half of one, whenever the process dies."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file at once; folders on the way are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as partial:
        partial.write(content)
        partial.flush()
        os.fsync(partial.fileno())
    Path(partial.name).replace(path)
