"""Proves that a backup and this repository are enough: restores on an otherwise empty place, asks, compares.

Needs only python3 with pip, git and make, so that it can run where nothing of the product is installed:

    python3 deploy/restore_drill.py BACKUP [--answers FILE]

A fresh clone with an environment of its own, another HOME and TMPDIR, none of this shell's settings. Exit code 1 and
the reason where anything differs; in the end the folder is removed, unless `--folder` names one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
CLEARANCES = ("public", "internal", "restricted")
# How packages are reached is the machine's business, not the installation's.
_PASSED_ON = ("PIP_", "SSL_CERT", "REQUESTS_CA", "CURL_CA", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "PATH")
_PATIENCE_SECONDS = 1_800


def say(line: str) -> None:
    """One line, at once: a drill takes minutes."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class DrillFailed(RuntimeError):
    """A step ended with an error, or answers differ."""


class Place:
    """The empty place: program, home, HOME and TMPDIR, all new, in one folder."""

    def __init__(self, folder: Path, tiendo: Path | None) -> None:
        self.folder = folder
        self.home = folder / "restored"
        self.program = folder / "program"
        self._given = tiendo
        for name in ("user", "tmp"):
            (folder / name).mkdir()
        self.environment = {
            **{name: value for name, value in os.environ.items() if name.upper().startswith(_PASSED_ON)},
            "HOME": str(folder / "user"),
            "TMPDIR": str(folder / "tmp"),
            "LANG": "C.UTF-8",
        }

    def run(self, step: str, *command: str | Path) -> str:
        """Runs a step and says how long it took; gives what it printed. Raises DrillFailed."""
        begun = time.monotonic()
        done = subprocess.run(
            [str(part) for part in command],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=_PATIENCE_SECONDS,
            check=False,
        )
        if done.returncode:
            said = (done.stdout + done.stderr).strip()[-2_000:]
            raise DrillFailed(f"{step}: {Path(str(command[0])).name} ended with {done.returncode}.\n{said}")
        say(f"{time.monotonic() - begun:8.1f} s  {step}")
        return done.stdout

    def install(self) -> None:
        """A clone of this repository (what is committed), with what its lock names."""
        if self._given is not None:
            return
        self.run("git clone", "git", "clone", "--quiet", "--no-hardlinks", REPOSITORY, self.program)
        self.run("make install", "make", "--no-print-directory", "-C", self.program, "install")

    def tiendo(self, step: str, *arguments: str | Path) -> str:
        """A command of the program on the restored home."""
        return self.run(step, self._given or self.program / ".venv" / "bin" / "tiendo", *arguments)

    def answers(self, step: str) -> str:
        """What identifies the answers to all questions, at each clearance (`tiendo sql --ask all`)."""
        asked = ("sql", "--home", self.home, "--ask", "all", "--format", "csv", "--clearance")
        return "".join(self.tiendo(f"{step}, {clearance}", *asked, clearance) for clearance in CLEARANCES)


def drill(place: Place, backup: Path, expected: str | None) -> None:
    """All steps. Raises DrillFailed with the step and what it said."""
    place.install()
    place.tiendo("tiendo restore --check", "restore", backup, "--check")
    place.tiendo("tiendo restore", "restore", backup, "--home", place.home)
    place.tiendo("tiendo verify", "verify", "--home", place.home)
    restored = place.answers("questions, published version as restored")
    if expected is not None:
        compare("the running system", expected, "the restored one", restored)
    place.tiendo("tiendo rebuild", "rebuild", "--home", place.home)
    rebuilt = place.answers("questions, derived anew from the landed files")
    compare("the restored version", restored, "the one derived anew", rebuilt)
    size = sum(path.stat().st_size for path in place.home.rglob("*") if path.is_file() and not path.is_symlink())
    count = sum(not line.endswith(",,") and not line.startswith("question") for line in restored.splitlines())
    say(f"Backup {backup.stat().st_size / 1e6:.1f} MB, restored home {size / 1e6:.1f} MB.")
    say(f"{count} answers identical{'' if expected is None else ', also to those of the running system'}.")


def compare(name: str, one: str, other_name: str, other: str) -> None:
    """Raises DrillFailed with the answers that differ."""
    differing = sorted(set(one.splitlines()) ^ set(other.splitlines()))
    if one != other:
        raise DrillFailed(f"{name} and {other_name} answer differently:\n" + "\n".join(differing))


def main() -> int:
    """Reads the arguments; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("backup", type=Path, help="the file that `tiendo backup` has written")
    parser.add_argument("--answers", type=Path, help="what the running system answered (docs/operations.md)")
    parser.add_argument("--folder", type=Path, help="a new folder to work in, which is kept")
    parser.add_argument("--tiendo", type=Path, help="an installed command to use, instead of installing the program")
    given = parser.parse_args()
    if given.folder:
        given.folder.mkdir(parents=True)
    folder = (given.folder or Path(tempfile.mkdtemp(prefix="restore-drill-"))).resolve()
    try:
        expected = given.answers.read_text(encoding="utf-8") if given.answers else None
        drill(Place(folder, given.tiendo), given.backup.resolve(), expected)
    except (DrillFailed, OSError, subprocess.TimeoutExpired) as error:
        sys.stderr.write(f"The drill failed. {error}\n")
        return 1
    finally:
        if not given.folder:
            shutil.rmtree(folder)
    say("The restored home is accepted by `tiendo verify` and answers as before.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
