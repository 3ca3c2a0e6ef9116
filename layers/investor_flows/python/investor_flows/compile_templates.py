"""Compiles the templates into the package, for the layer's Makefile: `python -m investor_flows.compile_templates`."""

from investor_flows import chart
from investor_flows.render import Wording
from investor_flows.template_loader import compile_template


def main() -> None:
    """Compile each template with the environment that it is rendered in."""
    compile_template(chart.environment(), chart.TEMPLATE)
    for language in ("ja", "en"):
        for name in ("email.txt.j2", f"phrases.{language}.j2"):
            compile_template(Wording(language).environment, name)


if __name__ == "__main__":
    main()
