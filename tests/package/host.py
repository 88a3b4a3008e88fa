"""Owns a stranger's site: made by `wagtail start`, our wheel installed as its reader would."""

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# What docs/how-to/install-into-a-site.md tells a host to add.
SETTINGS = """
INSTALLED_APPS = ["hub", "directory", "cluster_pages", "wagtail_modeladmin", "django_htmx", *INSTALLED_APPS]
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "French"), ("nl", "Dutch")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
MIDDLEWARE.insert(2, "django.middleware.locale.LocaleMiddleware")
MIDDLEWARE += [
    "hub.middleware.TermsMiddleware",
    "hub.middleware.RefusalsMiddleware",
    "hub.middleware.WallsMiddleware",
    "hub.once.OnceMiddleware",
]
HUB_DEMO = True
"""
URLS = """
from django.conf.urls.i18n import i18n_patterns
ours = i18n_patterns(path("", include("hub.invitation_urls")), path("", include("directory.urls")))
urlpatterns = [*ours, *urlpatterns]
"""


@dataclass(frozen=True)
class Host:
    """The folder of a site and the interpreter that runs it."""

    folder: Path
    python: Path

    @classmethod
    def start(cls, folder: Path) -> "Host":
        """A new site with an environment of its own, which borrows what our lock has installed here."""
        site = folder / "site"
        site.mkdir()
        _run(
            [sys.executable, "-c", "from wagtail.bin.wagtail import main; main()", "start", "mysite", site],
            folder,
        )
        _run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], folder)
        python = folder / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        paths = _run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder)
        Path(paths.strip(), "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
        return cls(site, python)

    def install(self, wheel: Path) -> None:
        """Installs the wheel as `pip install` does, without looking for what is here already."""
        pip = [sys.executable, "-m", "pip", "--python", self.python, "--disable-pip-version-check", "--quiet"]
        _run([*pip, "install", "--no-index", "--no-deps", wheel], self.folder)
        (self.folder / "mysite/settings/base.py").open("a", encoding="utf-8").write(SETTINGS)
        (self.folder / "mysite/urls.py").open("a", encoding="utf-8").write(URLS)

    def give_up_search(self) -> None:
        """Removes the site's own app `search`, as hub.E001 asks; ours takes its line in INSTALLED_APPS."""
        shutil.rmtree(self.folder / "search")
        urls = self.folder / "mysite/urls.py"
        lines = urls.read_text(encoding="utf-8").splitlines()
        urls.write_text("\n".join(line for line in lines if "search_views" not in line), encoding="utf-8")

    def manage(self, *arguments: str) -> str:
        """What a command of the site prints.

        :raises AssertionError: with all it said, if it fails.
        """
        done = self.try_manage(*arguments)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def try_manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the site, however it ends; errors stand in its output."""
        return subprocess.run(
            [self.python, "manage.py", *arguments],
            cwd=self.folder,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=300,
        )


def build_wheel(folder: Path) -> Path:
    """Builds our wheel with what is installed here: nothing is fetched."""
    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT], folder)
    return next(folder.glob("*.whl"))


def _environment() -> dict[str, str]:
    ours = ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if name not in ours} | {"PYTHONUTF8": "1"}


def _run(command: list[str | Path], folder: Path) -> str:
    done = subprocess.run(
        command,
        cwd=folder,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout
    return done.stdout
