"""/pictures: attention over time, who is quoted most, who sides with whom, the coverage of each source."""

from __future__ import annotations

from datasette import Response, hookimpl


async def gallery(datasette, request):
    return Response.html(await datasette.render_template("pictures.html", {}, request=request))


@hookimpl
def register_routes():
    return [(r"^/pictures$", gallery)]
