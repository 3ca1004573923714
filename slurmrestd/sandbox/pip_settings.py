# SPDX-License-Identifier: GPL-2.0-or-later
"""What of the host's pip configuration counts inside the root.

pip finds its index, mirrors and certificates in files and variables. All of them become
variables here, which rank above pip's files in the root (pip documentation, "Configuration").
"""

import configparser
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

_FILES = (
    "/etc/xdg/pip/pip.conf",
    "/etc/pip.conf",
    "~/.pip/pip.conf",
    "~/.config/pip/pip.conf",
)
_SECTIONS = ("global", "install")
# Options that hold places to look at: one of these that is not there must not stop pip.
_PLACES = ("PIP_FIND_LINKS", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL")
_PROXIES = ("http_proxy", "https_proxy", "no_proxy", "all_proxy")
_UNWANTED = ("PIP_CONFIG_FILE", "PIP_REQUIRE_VIRTUALENV", "PIP_USER", "PIP_TARGET", "PIP_PREFIX")
_OURS = {"PIP_NO_INPUT": "1", "PIP_ROOT_USER_ACTION": "ignore"}
CA_BUNDLE = "/etc/ssl/certs/ca-certificates.crt"


def variables(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The host's settings as variables for pip in the root."""
    settings = _from_files(environ)
    settings |= {key: value for key, value in environ.items() if key.startswith("PIP_")}
    for name in _PLACES:
        if name in settings:
            there = [place for place in settings[name].split() if _is_there(place)]
            settings[name] = " ".join(there)
    kept = {key: value for key, value in settings.items() if value and key not in _UNWANTED}
    for proxy in _PROXIES:
        for name in (proxy, proxy.upper()):
            if name in environ:
                kept[name] = environ[name]
    if Path(CA_BUNDLE).exists():
        kept.setdefault("PIP_CERT", CA_BUNDLE)
        kept["SSL_CERT_FILE"] = kept["PIP_CERT"]
    return kept | _OURS


def shown_paths(settings: Mapping[str, str]) -> list[Path]:
    """Files and directories of the host that pip has to see inside to use the settings."""
    network = [Path("/etc/resolv.conf"), Path("/etc/hosts")]
    named = [
        path
        for key, value in settings.items()
        if key.startswith("PIP_") and key != "PIP_CACHE_DIR"
        for word in value.split()
        if (path := _local_path(word)) is not None
    ]
    certificates = [Path(CA_BUNDLE), Path(settings.get("SSL_CERT_FILE", CA_BUNDLE))]
    paths = [path for path in (*network, *certificates, *named) if path.exists()]
    return list(dict.fromkeys(paths))


def _from_files(environ: Mapping[str, str]) -> dict[str, str]:
    parser = configparser.RawConfigParser()
    files = [*_FILES, environ.get("PIP_CONFIG_FILE", "")]
    parser.read(Path(name).expanduser() for name in files if name and name != os.devnull)
    return {
        f"PIP_{key.upper().replace('-', '_')}": " ".join(value.split())
        for section in _SECTIONS
        if parser.has_section(section)
        for key, value in parser.items(section)
    }


def _is_there(place: str) -> bool:
    path = _local_path(place)
    return path is None or path.exists()


def _local_path(place: str) -> Path | None:
    if place.startswith("file:"):
        path = Path(unquote(urlsplit(place).path))
        # An index links to files beside it.
        return path.parent if path.name == "simple" else path
    return Path(place) if place.startswith("/") else None
