"""Where templates come from: compiled when the layer is built (compile_templates.py), in a checkout at their first use.

Compiling them takes a sixth of the cold start of the function that words messages.
"""

from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, Environment, ModuleLoader, PackageLoader

COMPILED = Path(__file__).parent / "compiled_templates"


def templates() -> BaseLoader:
    """The loader of this package's templates."""
    return ChoiceLoader([ModuleLoader(COMPILED), _sources()])


def compile_template(environment: Environment, name: str) -> None:
    """Compile one template with the environment that it is rendered in, whose settings are part of the outcome."""
    environment.loader = _sources()
    environment.optimized = False  # a filter may depend on the language: nothing is worked out in advance
    environment.compile_templates(COMPILED, zip=None, filter_func=lambda found: found == name, ignore_errors=False)


def _sources() -> BaseLoader:
    return PackageLoader("investor_flows")
