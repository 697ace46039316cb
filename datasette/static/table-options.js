// Datasette's table.js asks for this; it stands in a file because no page here may run inline scripts.
window.DATASETTE_ALLOW_FACET = true;
