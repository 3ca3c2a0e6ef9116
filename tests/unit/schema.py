"""The published schema of the message document."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator


@cache
def _validator() -> Any:
    schema = json.loads((files("investor_flows") / "investor-flows-1.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def errors(document: object) -> list[str]:
    """What of a document, as it is sent, is not as the schema says."""
    sent = json.loads(json.dumps(document))
    return [f"{error.json_path}: {error.message}" for error in _validator().iter_errors(sent)]
