"""What every command says, writes and exits with, word for word: transcripts of the commands in ``commands.yaml``."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.acceptance.kept.conftest import Keep
from tests.acceptance.kept.running import Workplace

FOLDER = Path(__file__).parent
COMMANDS: dict[str, list[str]] = yaml.safe_load((FOLDER / "commands.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_transcript_is_the_kept_one(name: str, workplace: Workplace, keep: Keep) -> None:
    keep(FOLDER / "transcripts" / f"{name}.txt", "\n".join(map(workplace.transcript, COMMANDS[name])))


def test_there_is_no_transcript_without_its_commands() -> None:
    assert {path.stem for path in (FOLDER / "transcripts").glob("*.txt")} == set(COMMANDS)
