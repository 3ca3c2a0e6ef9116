"""The published schema of the message document."""

import json
from functools import cache
from importlib.resources import files

from jsonschema_rs import Draft202012Validator


@cache
def _validator() -> Draft202012Validator:
    schema = (files("investor_flows") / "investor-flows-1.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(schema))


def errors(document: object) -> list[str]:
    """What of a document, as it is sent, is not as the schema says."""
    sent = json.loads(json.dumps(document))
    return [f"{error.instance_path}: {error.message}" for error in _validator().iter_errors(sent)]
