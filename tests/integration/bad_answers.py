"""Every bad answer, by name: made by rules from a good one."""

from itertools import chain

from tests.integration.bad_bodies import bodies, encoded
from tests.integration.bad_connections import heads, lengths, secure_lines
from tests.integration.bad_documents import documents, page_keys
from tests.integration.bad_echoes import echoes
from tests.integration.bad_fields import dates, sections
from tests.integration.bad_figures import accounts, figures
from tests.integration.bad_rows import extras, odd_rows, repeated_rows
from tests.integration.bad_statuses import redirects, statuses
from tests.integration.bad_units import units

FAMILIES = (
    figures,
    accounts,
    units,
    sections,
    dates,
    odd_rows,
    repeated_rows,
    extras,
    documents,
    page_keys,
    bodies,
    encoded,
    statuses,
    redirects,
    echoes,
    heads,
    lengths,
    secure_lines,
)

BAD_ANSWERS = tuple(chain.from_iterable(family() for family in FAMILIES))
