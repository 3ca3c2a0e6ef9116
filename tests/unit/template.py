"""template.yaml as plain data: `!Ref Table` reads as {"Ref": "Table"}, `!GetAtt Table.Arn` as {"GetAtt": …}."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PATH = Path(__file__).parents[2] / "template.yaml"
Part = dict[str, Any]


class _Loader(yaml.SafeLoader):
    """Safe, and knows CloudFormation's tags."""


def _tagged(loader: _Loader, tag: str, node: yaml.Node) -> Part:
    if isinstance(node, yaml.SequenceNode):
        return {tag: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.ScalarNode), f"!{tag} of a mapping"
    return {tag: loader.construct_scalar(node)}


_Loader.add_multi_constructor("!", _tagged)


@cache
def template() -> Part:
    """The whole template."""
    loaded: Part = yaml.load(PATH.read_text(), _Loader)  # noqa: S506 - a safe loader with tags
    return loaded


def resources(kind: str) -> dict[str, Part]:
    """The properties of all resources of a type, by name."""
    found = {name: each for name, each in template()["Resources"].items() if each["Type"] == kind}
    return {name: each.get("Properties", {}) for name, each in found.items()}


def resource(name: str) -> Part:
    """A resource as a whole."""
    found: Part = template()["Resources"][name]
    return found


def functions() -> dict[str, Part]:
    """The functions, with what Globals give them where they say nothing themselves."""
    defaults: Part = template()["Globals"]["Function"]
    return {name: _merged(defaults, own) for name, own in resources("AWS::Serverless::Function").items()}


def events(kind: str) -> dict[tuple[str, str], Part]:
    """The triggers of a type, by function and name."""
    return {
        (function, name): event["Properties"]
        for function, own in functions().items()
        for name, event in own.get("Events", {}).items()
        if event["Type"] == kind
    }


def statements(function: str) -> list[Part]:
    """What a function may do, statements on condition included."""
    found: list[Part] = []
    for policy in functions()[function]["Policies"]:
        for statement in policy["Statement"]:
            found.append(statement["If"][1] if "If" in statement else statement)
    return found


def actions(statement: Part) -> list[str]:
    """The actions of a statement."""
    action = statement["Action"]
    return [action] if isinstance(action, str) else list(action)


def texts(part: Any) -> Iterator[str]:
    """Every text in a part of the template."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for name, inner in part.items():
            yield from (str(name), *texts(inner))
    elif isinstance(part, list):
        for inner in part:
            yield from texts(inner)


def _merged(defaults: Part, own: Part) -> Part:
    merged = {**defaults, **own}
    for name in defaults.keys() & own.keys():
        if isinstance(defaults[name], dict):
            merged[name] = _merged(defaults[name], own[name])
    return merged
