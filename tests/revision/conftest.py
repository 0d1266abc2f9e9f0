from __future__ import annotations

import pytest

from jdgen.revision.fresh_sources import FreshSources
from tests.toolbox.documents import newer_materials


@pytest.fixture(scope="session")
def newer(tmp_path_factory: pytest.TempPathFactory) -> FreshSources:
    """The second version of framework and criteria, read once for all tests."""
    return newer_materials(tmp_path_factory.mktemp("workspace"))
