"""template.yaml as plain data, with its merges and short tags written out: checkov reads neither."""

from typing import Any

import yaml

from tests.local.toolchain import ROOT

BARE = ("Ref", "Condition")


class _Loader(yaml.SafeLoader):
    """Safe, and knows CloudFormation's tags."""


def _long(loader: _Loader, tag: str, node: yaml.Node) -> dict[str, Any]:
    """Write a tag out: !Sub as Fn::Sub."""
    if isinstance(node, yaml.SequenceNode):
        return {f"Fn::{tag}": loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.ScalarNode), f"!{tag} of a mapping"
    value = loader.construct_scalar(node)
    if tag == "GetAtt":
        return {"Fn::GetAtt": value.split(".", 1)}
    return {tag if tag in BARE else f"Fn::{tag}": value}


_Loader.add_multi_constructor("!", _long)


def plain_template() -> dict[str, Any]:
    """The template as it would be in JSON."""
    template: dict[str, Any] = yaml.load((ROOT / "template.yaml").read_text(), _Loader)  # noqa: S506 - safe, with tags
    return template
