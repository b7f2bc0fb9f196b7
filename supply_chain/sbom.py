"""`python -m supply_chain.sbom --out FILE`: the bill of materials of the lock, as CycloneDX 1.6 in JSON.

The same lock gives the same bytes on the same machine. Licences and dependencies come from what is installed; what the
lock has for other machines only is listed without them. What the product does not need to run is `excluded`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tomllib
import uuid
from email.message import Message
from importlib import metadata
from pathlib import Path
from typing import cast

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from supply_chain.lock import LOCK, PROJECT, Locked, direct_names, installed, needs, read_lock, runtime_names

_CLASSIFIER = "License :: OSI Approved :: "
_LONGEST_LICENCE = 80


def licence_of(distribution: metadata.Distribution) -> str:
    """The licence in the package's own words, '' where it says none."""
    said = cast("Message", distribution.metadata)
    for text in (said.get("License-Expression"), said.get("License")):
        if text and len(text) <= _LONGEST_LICENCE and "\n" not in text and text.upper() != "UNKNOWN":
            return text
    named = [
        text.removeprefix(_CLASSIFIER) for text in said.get_all("Classifier") or [] if text.startswith(_CLASSIFIER)
    ]
    return " OR ".join(sorted(named))


def bill() -> str:
    """The bill as JSON, valid by the schema. Raises ValueError where it is not."""
    entries, present = read_lock(LOCK.read_text(encoding="utf-8")), installed()
    runtime = runtime_names(present)
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    digest = hashlib.sha256(LOCK.read_bytes() + PROJECT.read_bytes()).hexdigest()
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_OID, digest))
    product = Component(
        name=project["name"], version=project["version"], type=ComponentType.APPLICATION, bom_ref=project["name"],
        licenses=[LicenseFactory().make_from_string(project["license"])],
    )  # fmt: skip
    bom.metadata.component = product
    components = {}
    for entry in entries:
        distribution = present.get(entry.name) if entry.is_for_here else None
        component = _component(entry, distribution, entry.name in runtime)
        bom.components.add(component)
        if distribution is not None:
            components[entry.name] = component
    for name, component in components.items():
        bom.register_dependency(component, [components[each] for each, _ in needs(present[name]) if each in components])
    bom.register_dependency(product, [components[each] for each, _ in direct_names() if each in components])
    text = _without_time(JsonV1Dot6(bom).output_as_string())
    if errors := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(f"The bill is not valid CycloneDX: {errors}")
    return text


def _component(entry: Locked, distribution: metadata.Distribution | None, is_runtime: bool) -> Component:
    licence = licence_of(distribution) if distribution is not None else ""
    licences: list[License] = [LicenseFactory().make_from_string(licence)] if licence else []
    return Component(
        name=entry.name,
        version=entry.version,
        bom_ref=f"{entry.name}=={entry.version}",
        purl=PackageURL("pypi", name=entry.name, version=entry.version),
        scope=ComponentScope.REQUIRED if is_runtime else ComponentScope.EXCLUDED,
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=each) for each in entry.hashes],
        licenses=licences,
    )


def _without_time(text: str) -> str:
    """When it was made says nothing of the materials, and would make each bill another."""
    content = json.loads(text)
    content["metadata"].pop("timestamp", None)
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def licences(text: str) -> str:
    """The licences of a bill as a list, what the product needs to run first."""
    rows = []
    for each in json.loads(text)["components"]:
        said = [entry.get("expression") or entry["license"].get("id") or entry["license"]["name"]
                for entry in each.get("licenses", [])]  # fmt: skip
        rows.append(
            (each["scope"] != "required", each["name"], each["version"], ", ".join(said) or "not installed here")
        )
    return "".join(
        f"{'development' if is_extra else 'runtime':12}{name} {version}: {said}\n"
        for is_extra, name, version, said in sorted(rows)
    )


def main() -> None:
    """Write the bill and the licences beside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("sbom.cdx.json"))
    out = parser.parse_args().out
    text = bill()
    out.write_text(text, encoding="utf-8")
    out.with_name("licences.txt").write_text(licences(text), encoding="utf-8")
    sys.stdout.write(f"{len(json.loads(text)['components'])} components: {out}\n")


if __name__ == "__main__":
    main()
