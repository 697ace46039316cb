"""A facet that a table has of itself and a reader asks for as well is counted once."""

from __future__ import annotations

import json
from functools import wraps

from datasette import hookimpl
from datasette.facets import Facet


def once(get_configs):
    """``Facet.get_configs`` without repeats: Datasette 0.65 counts those again and shows one of the two."""

    @wraps(get_configs)
    def each_once(self):
        named = {json.dumps(one["config"], sort_keys=True): one for one in reversed(get_configs(self))}
        return list(reversed(named.values()))

    each_once.once = True
    return each_once


@hookimpl
def startup(datasette):
    if not hasattr(Facet.get_configs, "once"):
        Facet.get_configs = once(Facet.get_configs)
